"""States of cards, cash without a sale, discounts, receipts put aside and shifts, as people reach them."""

from datetime import timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import CardAnswered, FiscalReady, Printed, ShiftShut, Ticked
from cashier.core.money import Kopecks
from cashier.core.state import Till
from cashier.core.tender import CardSlip
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import NOON, Hand
from tests.core.sample_hands import at_till

H = TypeVar("H", bound=Hand)
SLIP = CardSlip("17", "A1", "**** 1234", ("ОДОБРЕНО",))


def money() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_charging(), **_reversing(), **_shift(), **_closing(), **_aside(), **_discounts(), **_cash()}


def card(hand: H, outcome: str) -> H:
    """Let the payment terminal answer."""
    assert hand.till.ledger.charge is not None
    slip = SLIP if outcome == "approved" else None
    return hand.give(CardAnswered(hand.till.ledger.charge.token, outcome, slip=slip))  # type: ignore[arg-type]


def card_late(hand: Hand, outcome: str) -> Hand:
    """Let the payment terminal answer after a person has spoken for it."""
    return hand.give(CardAnswered(hand.till.ledger.words[-1].token, outcome))  # type: ignore[arg-type]


def charged(code: str = IVANOVA.code, entry: str = "") -> Hand:
    """Ask a terminal for a loaf, or for a part of it."""
    return at_till(lines=1, code=code, terminal=True).press("plus").write(entry).press("f2")


def _silent(hand: Hand) -> Hand:
    return card(card(hand, "unknown"), "unknown")


def _charging() -> dict[str, Till]:
    locked = charged().give(Ticked(idle=True))
    return {
        "terminal at work": charged().till,
        "panel while the terminal works": charged().press("f3").till,
        "terminal at work on a part": charged(entry="10").till,
        "terminal asked what became of it": card(charged(), "unknown").till,
        "terminal silent": _silent(charged()).till,
        "terminal silent to a senior": _silent(charged(PETROV.code)).till,
        "terminal silent after a cut": _silent(charged()).restarted().sign_in().till,
        "word for the terminal chosen": _silent(charged(PETROV.code)).press("down").till,
        "terminal that stands alone": at_till(lines=1).press("plus", "f2").till,
        "terminal at work, till locked": locked.till,
        "password checked while the terminal works": _checking(locked),
        "card declined": card(charged(), "declined").till,
        "part paid by card": card(charged(entry="10"), "approved").till,
        "word for the terminal asked": _silent(charged(PETROV.code)).press("3").till,
        "card paid by word": _silent(charged(PETROV.code)).press("2", "enter").till,
        "card not paid by word": _silent(charged(PETROV.code)).press("3", "enter").till,
        "card taken after all": card_late(_silent(charged(PETROV.code)).press("3", "enter"), "approved").till,
        "card, nobody at the till": replace(locked.till, mode=m.EnteringCode("7")),
    }


def _checking(hand: Hand) -> Till:
    hand.answers_at_once = False
    return hand.sign_in().till


def _reversing() -> dict[str, Till]:
    two = card(card(charged(entry="10"), "approved").write("5").press("f2"), "approved")
    mixed = card(charged(entry="10"), "approved").write("5").press("enter")
    alone = at_till(lines=1).press("plus").write("10").press("f2", "2", "enter")
    return {
        "cards to be given back": two.press("escape").till,
        "card being given back": two.press("enter").till,
        "card and cash being given back": mixed.press("escape", "enter").till,
        "card given back, terminal silent": _silent(mixed).till,
        "card given back by a terminal that stands alone": alone.press("escape", "enter").till,
        "money to be given back": at_till(lines=1).press("plus").write("10").press("enter", "escape", "enter").till,
        "card given back, till locked": two.give(Ticked(idle=True)).till,
    }


def _sold(code: str = PETROV.code, **rules: Any) -> Hand:
    """Have a till where a shift is open and nothing is in work."""
    hand = at_till(code=code, lines=1, **rules).press("plus", "enter")
    return hand.give(Printed(hand.till.ledger.prints[0].token, "printed", fiscal=1))


def yesterday(*, lines: int = 1, keys: tuple[str, ...] = ()) -> Hand:
    """Have a till at noon whose shift is of yesterday, with lines that were sold then."""
    hand = Hand(rules=at_till().rules)
    hand.clock = NOON - timedelta(days=1)
    hand.sign_in().scan(BREAD.barcode)
    _ = hand if lines else hand.press("plus", "enter")
    hand.press(*keys).clock = NOON
    return hand if keys else hand.press("escape")


def _shift() -> dict[str, Till]:
    return {
        "closing of the shift asked": _sold().press("f10", "7").till,
        "X on the screen": _sold().press("f10", "6").till,
        "Z on the screen": _sold().press("f10", "7", "enter").till,
        "no shift": at_till(code=PETROV.code).till,
        "shift of yesterday": yesterday(lines=0).till,
        "receipt of yesterday": yesterday().till,
        "payment that outlived its shift": yesterday(keys=("plus",)).till,
        "part paid yesterday": yesterday(keys=("plus", "1", "enter")).till,
        "receipt that outlived its shift": _outlived().till,
        "receipt given up between shifts": _outlived().press("f4", "enter").till,
        "receipt put aside that outlived its shift": _outlived().press("f11", "f11").till,
        "receipt being registered": at_till(code=PETROV.code, lines=1, fiscal=True).press("plus", "enter").till,
        "receipts not registered": unregistered().till,
        "receipt not registered, what to do": unregistered().press("f10", "2").till,
        "receipt not registered to stay so": unregistered().press("f10", "2", "2").till,
        "receipts not registered, one sent": unregistered().press("f10", "2", "1").till,
        "sale of yesterday refused": yesterday().press("plus").till,
    }


def unregistered(code: str = PETROV.code) -> Hand:
    """Close two receipts that the fiscal device does not register."""
    hand = at_till(code=code, fiscal=True)
    for _ in range(2):
        hand.scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.till.ledger.prints[0].token, "failed", "fiscal"))
    return hand


def _outlived() -> Hand:
    return at_till(code=PETROV.code, lines=1).press("f10", "7", "enter", "enter")


def shutting(code: str = PETROV.code) -> Hand:
    """Have the fiscal device asked for its last document, before the shift is closed."""
    hand = _sold(code, fiscal=True).press("f10", "7")
    return (hand if code == PETROV.code else hand.approve()).press("enter")


def _begun(hand: Hand) -> Hand:
    assert isinstance(hand.till.mode, m.Closing)
    return hand.give(FiscalReady(hand.till.mode.token, 1))


def unknown(hand: Hand) -> Hand:
    """Let the fiscal device fall silent while it closes the shift."""
    _begun(hand)
    assert hand.till.ledger.closing is not None
    return hand.give(ShiftShut(hand.till.ledger.closing.token, "unknown"))


def _closing() -> dict[str, Till]:
    return {
        "closing asked where there is a fiscal device": _sold(fiscal=True).press("f10", "7").till,
        "fiscal device asked": shutting().till,
        "fiscal device closes": _begun(shutting()).till,
        "fiscal device silent": unknown(shutting()).till,
        "word for the fiscal device chosen": unknown(shutting()).press("end").till,
        "word for the fiscal device asked": unknown(shutting()).press("2").till,
        "fiscal device silent to a cashier": unknown(shutting()).restarted().sign_in().till,
        "fiscal device closes, till locked": _begun(shutting()).give(Ticked(idle=True)).till,
        "fiscal device closes, receipt open": _begun(shutting()).restarted().sign_in().till,
    }


def aside(code: str = IVANOVA.code, **rules: Any) -> Hand:
    """Put two receipts aside."""
    hand = at_till(code=code, lines=2, **rules)
    return hand.press("delete", "f11").scan(BREAD.barcode).press("f11")


def _aside() -> dict[str, Till]:
    return {
        "receipts put aside": aside().till,
        "menu with receipts put aside": replace(aside().till, mode=m.Menu(m.MENU.index("menu_postponed"))),
        "Z with receipts put aside": replace(aside(PETROV.code).till, mode=m.Menu(m.MENU.index("menu_z_report"))),
        "receipt to be taken up": aside().press("f11").till,
        "second receipt to be taken up": aside().press("f11", "down").till,
        "receipt taken up": aside().press("f11", "1").till,
        "receipt put aside is asked about": aside(PETROV.code).press("f10", "7").till,
        "last receipt put aside is asked about": aside(PETROV.code).press("f10", "7", "1").till,
        "receipt put aside to be given up": aside(PETROV.code).press("f10", "7", "down").till,
        "cashier is asked about a receipt put aside": _asked_of_a_cashier(),
        "leaving lines put aside": at_till(gates="leave=do", lines=2).press("delete").restarted().sign_in().till,
    }


def _asked_of_a_cashier() -> Till:
    """Have a cashier close a shift that a senior has allowed."""
    return aside().press("f10", "7").approve().till


def discounted(code: str = PETROV.code) -> Hand:
    """Grant ten percent on one of two loaves and five roubles on the receipt."""
    hand = at_till(code=code, lines=2)
    return hand.press("/").write("10").press("enter", "/", "up").write("5").press("plus")


def _discounts() -> dict[str, Till]:
    return {
        "discount of a position": at_till(code=PETROV.code, lines=2).press("/").till,
        "discount of the receipt": at_till(code=PETROV.code, lines=2).press("/", "down").till,
        "discount typed": at_till(code=PETROV.code, lines=2).press("/").write("10").till,
        "discount too big": at_till(code=PETROV.code, lines=2).press("/").write("200").till,
        "discount is nothing": at_till(code=PETROV.code, lines=2).press("/").write("0").till,
        "discount that a minimum price shortens": _floored(),
        "lines with discounts": discounted().till,
        "quantity of a line with a discount": discounted().press("f6").write("3").till,
        "receipt with discounts in payment": discounted().press("plus").till,
    }


def _floored() -> Till:
    hand = at_till(code=PETROV.code, lines=1)
    line = replace(hand.line, min_price=Kopecks(4000))
    ledger = replace(hand.till.ledger, receipt=hand.receipt.with_line(line))
    hand.till = replace(hand.till, ledger=ledger)
    return hand.press("/").write("50").till


def _cash() -> dict[str, Till]:
    return {
        "cash in": at_till().press("f10", "4").till,
        "cash in typed": at_till().press("f10", "4").write("1000").till,
        "cash out": _sold().press("f10", "5").till,
        "cash out typed": _sold().press("f10", "5").write("10").till,
        "more cash than there is": _sold().press("f10", "5").write("1000").till,
        "cash without a sum": at_till().press("f10", "4").write("0").till,
        "more cash than the drawer may hold": at_till(drawer_limit=Kopecks(1000)).press("f10", "4").write("1000").till,
        "drawer full": _full().till,
    }


def _full() -> Hand:
    return at_till(lines=1, drawer_warning=Kopecks(1)).press("plus", "enter")
