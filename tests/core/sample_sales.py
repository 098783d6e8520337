"""States of the session, the sale, the desk, papers and payment in cash, as a cashier reaches them."""

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Printed
from cashier.core.state import Till
from tests.core.goods import APPLES, BREAD, PETROV, RED, SIDOROVA
from tests.core.hand import Hand
from tests.core.sample_hands import at_till


def sales() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_session(), **_sale(), **_dialogs(), **_desk(), **_papers(), **_payment()}


def _session() -> dict[str, Till]:
    checking = Hand()
    checking.answers_at_once = False
    return {
        "nobody": Hand().till,
        "code typed": Hand().write("7").till,
        "password asked": Hand().write("7").press("enter").till,
        "password typed": Hand().write("7").press("enter").write("11").till,
        "password checked": checking.sign_in().till,
        "password checked in payment": replace(at_till(lines=1).press("plus").till, mode=checking.till.mode),
    }


def _sale() -> dict[str, Till]:
    finding = at_till()
    finding.answers_at_once = False
    return {
        "no receipt": at_till().till,
        "entry typed": at_till().write("12").till,
        "bad quantity typed": at_till().write("1.2.3").till,
        "times typed": at_till().write("3*").till,
        "lines": at_till(lines=3).till,
        "middle line selected": at_till(lines=3).press("up").till,
        "storno'd line selected": at_till(lines=2).press("delete").till,
        "closed receipt stays": at_till(lines=1).press("plus", "enter").till,
        "finding": finding.scan(BREAD.barcode).till,
    }


def _dialogs() -> dict[str, Till]:
    return {
        "two goods of one code": at_till().scan(RED.barcode).till,
        "weight asked": at_till().scan(APPLES.barcode).till,
        "weight typed": at_till().scan(APPLES.barcode).write("0.5").till,
        "weight zero": at_till().scan(APPLES.barcode).write("0").till,
        "search": at_till().press("f5").till,
        "search found": at_till().press("f5").write("роза").till,
        "search found none": at_till().press("f5").write("ъ").till,
        "pick-list": at_till().press("f7").till,
        "pick-list folder": at_till().press("f7", "1").till,
        "pick-list empty folder": at_till().press("f7", "1", "1").till,
        "new quantity asked": at_till(lines=1).press("f6").till,
        "new quantity typed": at_till(lines=1).press("f6").write("3").till,
        "same quantity typed": at_till(lines=1).press("f6").write("1").till,
        "too great a quantity typed": at_till(lines=1).press("f6").write("999999").till,
    }


def _desk() -> dict[str, Till]:
    closed = at_till(lines=1).press("plus", "enter")
    senior = at_till(lines=1, code=PETROV.code).till
    return {
        "menu": at_till().press("f10").till,
        "menu: copy of nothing": at_till().press("f10").till,
        **{f"menu row {row}": replace(closed.till, mode=m.Menu(row)) for row in range(len(m.MENU))},
        **{f"senior's {row}": replace(senior, mode=m.Menu(m.MENU.index(row))) for row in m.MENU[3:]},
        "menu of an administrator": replace(at_till(code=SIDOROVA.code).till, mode=m.Menu(m.MENU.index("menu_users"))),
        "storno of the receipt asked": at_till(lines=2).press("f4").till,
        "end asked": at_till().press("f10", "end", "enter").till,
        "popup": at_till().scan("000").till,
        "popup over a quantity": at_till().write("3*").scan(b"\x00").till,
        "help in sale": at_till().press("f1").till,
        "help in payment": at_till(lines=1).press("plus", "f1").till,
        "help at sign-in": Hand().press("f1").till,
        "panel": at_till().press("f3").till,
        "panel in payment": at_till(lines=1).press("plus").write("5").press("f3").till,
        "panel in a question": at_till(gates="enter=choose").scan(BREAD.barcode).press("f3").till,
    }


def _papers() -> dict[str, Till]:
    """Return states in which a receipt is paid and its paper did not come out."""
    closed = at_till(lines=1).press("plus", "enter")
    closed.give(Printed(closed.till.ledger.prints[0].token, "failed", "off"))
    failed = closed.till
    copied = closed.press("f10", "1").till
    again = closed.press("enter").till
    locked = replace(failed, ledger=replace(failed.ledger, cashier=None), mode=m.EnteringCode())
    return {
        "paper owed": failed,
        "menu with a paper owed": replace(failed, mode=m.Menu(m.MENU.index("menu_paper"))),
        "paper owed, its copy wanted": copied,
        "paper seen is chosen": replace(copied, mode=replace(_owing(copied), chosen=1)),
        "paper is printed again": again,
        "locked after a payment": locked,
    }


def _owing(till: Till) -> m.Owing:
    assert isinstance(till.mode, m.Owing)
    return till.mode


def _payment() -> dict[str, Till]:
    return {
        "payment": at_till(lines=1).press("plus").till,
        "sum typed": at_till(lines=1).press("plus").write("100").till,
        "point typed": at_till(lines=1).press("plus").write(".").till,
        "zero typed": at_till(lines=1).press("plus").write("0").till,
        "code typed for a sum": at_till(lines=1).press("plus").write(BREAD.barcode).till,
        "partly paid": at_till(lines=1).press("plus").write("10").press("enter").till,
        "giving back asked": at_till(lines=1).press("plus").write("10").press("enter", "escape").till,
    }
