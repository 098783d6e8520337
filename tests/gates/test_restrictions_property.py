"""Whatever is pressed at whatever hour, nothing restricted is sold to whom or when it may not be."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.ledger import Ledger, fold
from cashier.core.rights import NEEDS, Errand
from cashier.gates.restrictions import Limits
from cashier.gates.restrictions._hours import forbidden_until
from tests.core.aside import Z
from tests.core.goods import BREAD
from tests.core.hand import NOON
from tests.gates.restricted import BEER, CRACKERS, ICE, RULES, RUM, TONIC, Kiosk

APPROVE = "approve"
WANTED = (BEER, CRACKERS, ICE, RUM, TONIC, BREAD)
ANSWERS = (
    ("enter",),
    ("enter", "enter"),
    ("enter", APPROVE, "enter"),
    ("enter", APPROVE, "enter", APPROVE),
    *(("2", *born, "enter") for born in ("20112008", "21112008", "01012015", "01011981", "311208", "99")),
    *(("enter", APPROVE, "2", APPROVE, *born, "enter") for born in ("20112008", "01012015")),
    ("down", "enter", "9", "escape", "escape"),
    ("escape",),
    (),
)
BESIDES = (
    ("delete",),
    ("up", "delete"),
    ("f6", "2", "enter"),
    ("f11",),
    ("f11", "1"),
    ("plus",),
    ("plus", "enter", "escape"),
    (*Z, "enter", APPROVE, "enter", "escape"),
)
"""Storno, a receipt put aside and back, payment, a quantity, the end of the shift."""
LEAPS = (timedelta(hours=11), timedelta(hours=-11), timedelta(days=-2), timedelta(minutes=50))


class Sale(Struct, frozen=True):
    """Goods wanted, and the keys that follow."""

    goods: Product
    answer: tuple[str, ...]


Action = Sale | tuple[str, ...] | timedelta | None
sales = st.builds(Sale, st.sampled_from(WANTED), st.sampled_from(ANSWERS))
others = st.one_of(st.sampled_from(BESIDES), st.sampled_from(LEAPS), st.none())
actions = st.lists(st.one_of(sales, sales, sales, others), min_size=5, max_size=20)


def act(kiosk: Kiosk, action: Action) -> Kiosk:
    """Do what was drawn: want goods and answer, do something else, set the clock, cut the power."""
    match action:
        case None:
            return kiosk.cut()
        case timedelta():
            return kiosk.at(kiosk.clock + action)
        case Sale(goods, answer):
            return press(press(kiosk, "escape", "escape").scan(goods.barcode), *answer)
        case _:
            return press(kiosk, *action)


def press(kiosk: Kiosk, *keys: str) -> Kiosk:
    """Press keys; a senior comes where one is asked for."""
    for key in keys:
        if key != APPROVE:
            kiosk.press(key)
        elif kiosk.approving:
            kiosk.approve()
    return kiosk


def check_sold(kiosk: Kiosk, ledger: Ledger, facts: list[f.AnyFact]) -> None:
    """Check that goods that have just come in may be sold to this buyer, now, by a clock that nobody doubts."""
    for fact in facts:
        if isinstance(fact, f.LineAdded):
            limits = RULES.of(fact.line.product)
            assert forbidden_until(limits.periods, kiosk.clock) is None
            assert limits == Limits() or ledger.doubted(kiosk.clock.isoformat()) == ""
            assert ledger.receipt is not None
            assert ledger.receipt.age >= limits.age
        ledger = fold(ledger, (fact,))
        if isinstance(fact, f.AgeConfirmed | f.ClockConfirmed):
            errand = Errand.CONFIRM_AGE if isinstance(fact, f.AgeConfirmed) else Errand.CONFIRM_CLOCK
            assert fact.by.role >= kiosk.rules.rights[NEEDS[errand]]


@settings(max_examples=150)
@given(actions=actions, role=st.sampled_from([1, 2]))
def test_nothing_forbidden_is_sold(actions: list[Action], role: int) -> None:
    """Given anything that happens, then the buyer is old enough, the hour is good, and who answers has the right."""
    kiosk = Kiosk.open(confirm_age=role).want(BREAD).cash().at(NOON)
    for action in actions:
        before, seen = kiosk.till.ledger, len(kiosk.facts)
        kiosk = act(kiosk, action)
        check_sold(kiosk, before, kiosk.facts[seen:])
        ledger = kiosk.till.ledger
        if ledger.last:
            assert all(RULES.of(line.product).age <= ledger.last.age for line in ledger.last.live)
        assert ledger == fold(Ledger(), tuple(kiosk.facts))
