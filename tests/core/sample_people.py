"""States in which people are asked for, watched or changed: rights, the administrator's list, «Статус»."""

from collections.abc import Callable

from cashier.core import modes as m
from cashier.core.events import PeopleListed, PersonSaved
from cashier.core.rights import Errand, Right
from cashier.core.state import Till
from tests.core.goods import IVANOVA, SIDOROVA
from tests.core.hand import Hand
from tests.core.sample_hands import at_till
from tests.core.sample_money import aside, card, charged, shutting, unknown, unregistered


def people() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_rights(), **_approved(), **_office(), **_status()}


def _rights() -> dict[str, Till]:
    checking = at_till(lines=1)
    checking.answers_at_once = False
    return {
        "code of a senior asked": at_till(lines=1).press("f4").till,
        "code of a senior typed": at_till(lines=1).press("f4").write("8").till,
        "password of a senior asked": at_till(lines=1).press("f4").write("8").press("enter").till,
        "password of a senior typed": at_till(lines=1).press("f4").write("8").press("enter").write("2222").till,
        "password of a senior checked": checking.press("f4").approve().till,
    }


STRICT = dict.fromkeys(Right, 2)
"""Rights where a cashier has none."""


def _errands() -> dict[Errand, Callable[[], Hand]]:
    """Tell how each errand is asked for that a cashier has no right to."""

    def sale() -> Hand:
        return at_till(lines=1, rights=STRICT)

    def silent() -> Hand:
        return card(card(charged(), "unknown"), "unknown")

    return {
        Errand.STORNO_LINE: lambda: sale().press("delete"),
        Errand.STORNO_RECEIPT: lambda: sale().press("f4"),
        Errand.DISCOUNT: lambda: sale().press("/"),
        Errand.CASH_IN: lambda: sale().press("f10", "4"),
        Errand.CASH_OUT: lambda: sale().press("f10", "5"),
        Errand.OPEN_DRAWER: lambda: sale().press("f10", "3"),
        Errand.X_REPORT: lambda: sale().press("f10", "6"),
        Errand.Z_REPORT: lambda: sale().press("f10", "7"),
        Errand.USERS: lambda: sale().press("f10", "end", "up", "enter"),
        Errand.CARD_DONE: lambda: silent().press("2"),
        Errand.CARD_NOT_DONE: lambda: silent().press("3"),
        Errand.CLOSING_DONE: lambda: unknown(shutting(IVANOVA.code)).press("2"),
        Errand.CLOSING_NOT_DONE: lambda: unknown(shutting(IVANOVA.code)).press("3"),
        Errand.PAPER_SEEN: lambda: unregistered(IVANOVA.code).press("f10", "2", "2"),
        Errand.CANCEL_POSTPONED: lambda: aside().press("f10", "7").approve().press("2"),
    }


def _approved() -> dict[str, Till]:
    """Return each errand while a senior's password is compared."""
    found: dict[str, Till] = {}
    for errand, ask in _errands().items():
        hand = ask()
        assert isinstance(hand.till.mode, m.Approving), errand
        assert hand.till.mode.errand is errand
        hand.answers_at_once = False
        found[f"{errand} needs a senior"] = hand.approve(SIDOROVA.code).till
    return found


def _office() -> dict[str, Till]:
    new = at_till(code=SIDOROVA.code).press("f10", "end", "up", "enter")
    list_, typed = new.till, new.press("1").till
    saving = at_till(code=SIDOROVA.code).press("f10", "end", "up", "enter", "3", "1").write("12").press("enter")
    saving.write("12").answers_at_once = False
    return {
        "people": list_,
        "new person": typed,
        "new person's code typed": new.write("44").till,
        "new person's name asked": new.press("enter").till,
        "new person's name typed": new.write("Анна").till,
        "new person's role asked": new.press("enter").till,
        "new person's role typed": new.write("2").till,
        "new person's password asked": new.press("enter").till,
        "new person's password typed": new.write("12").till,
        "new person's password asked again": new.press("enter").till,
        "new person's password typed again": new.write("12").till,
        "person taken": at_till(code=SIDOROVA.code).press("f10", "end", "up", "enter", "3").till,
        "person to be locked": at_till(code=SIDOROVA.code).press("f10", "end", "up", "enter", "3", "down").till,
        "person's role typed": at_till(code=SIDOROVA.code).press("f10", "end", "up", "enter", "3", "3", "2").till,
        "person's password typed again": saving.till,
        "person is being saved": _saving(saving).till,
        "person was not saved": saving.give(PersonSaved(done=False)).give(PeopleListed(saving.workers)).till,
    }


def _saving(hand: Hand) -> Hand:
    hand.press("enter")
    return hand.give(PeopleListed(hand.workers))


def _status() -> dict[str, Till]:
    return {
        "status in sale": at_till().press("?").till,
        "status at sign-in": Hand().press("?").till,
        "status in payment": at_till(lines=1).press("plus", "?").till,
        "status from the menu": at_till().press("f10", "8").till,
    }
