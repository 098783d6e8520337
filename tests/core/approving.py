"""Who asks whom: a sale where rights are missing, and the dialog that asks for another user."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.rights import Right
from cashier.core.state import Rules, Till
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.core.hand import NOON, Hand


def menu(row: str) -> tuple[str, ...]:
    """Return the keys that take a row of the cash menu."""
    return ("f10", *("down",) * m.MENU.index(row), "enter")


def needing(role: int, **others: int) -> Rules:
    """Make rules where every action needs a role, but for some."""
    named = {Right(name): lowest for name, lowest in others.items()}
    return Rules(rights={**dict.fromkeys(Right, role), **named})


def selling(rules: Rules | None = None, code: str = IVANOVA.code) -> Hand:
    """Sell bread and milk, and select the bread."""
    return Hand.signed_in(rules=rules, code=code).scan(BREAD.barcode).scan(MILK.barcode).press("up")


def asking(rules: Rules | None = None) -> Hand:
    """Ask for the storno of the receipt, with something typed: it needs a senior."""
    return selling(rules).write("12").press("f4")


def screen(till: Till) -> Till:
    """Return all of a till but the time and the quiet line."""
    return replace(till, now=NOON, uptime=0.0, notice=None)


def stage(hand: Hand) -> str:
    """Tell how far the dialog is; empty when it does not stand."""
    return hand.till.mode.stage if isinstance(hand.till.mode, m.Approving) else ""


def approvals(hand: Hand) -> list[tuple[str, str, str]]:
    """Return what was allowed so far: the right, by whom, for whom."""
    return [(own.right, own.by.name, own.cashier.name) for own in hand.facts if isinstance(own, f.Approved)]
