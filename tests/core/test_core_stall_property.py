"""The day at random in a stall: tobacco by its МРЦ, ages, hours, clocks that leap; and gates that forget are caught."""

from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.money import Kopecks
from cashier.core.state import Rules
from cashier.gates.price import PriceGate
from cashier.gates.restrictions import RestrictionsGate
from tests.core.forgetful import (
    Ageless,
    Courteous,
    Dear,
    Floorless,
    Forgiving,
    Hasty,
    Lawless,
    Lenient,
    Mild,
    Sleepless,
    Trusting,
)
from tests.core.stall import CARTON, SMOKES, Stall, gates, printed, with_gates
from tests.core.test_core_day_property import PEOPLE, DayMachine
from tests.core.warden import Warden, is_night
from tests.gates.restricted import BEER, CRACKERS, ICE, RUM, TONIC

ROLES = st.sampled_from([1, 1, 2])
LAWS = st.sampled_from([0, 15300, 17500])
"""Lowest lawful price of a pack: none, below the minimum of the goods, above it."""
RESTRICTED = st.lists(st.sampled_from([BEER, TONIC, CRACKERS, RUM, ICE]), min_size=1, max_size=3)
MOST = st.sampled_from([0, 14000, 16000, 17000, 19000, 19500, 20000, 21000, 30000])
"""МРЦ of a pack: below law, minimum, price and the other prices, and above; zero is none."""
BIRTHS = ("20112008", "22.11.2008", "01012015", "311279", "99")
"""Of an adult by a day, of one who is not yet, of a child, of an old man; and no date."""
ANSWERS = (
    *(("enter",), ("enter",), ("enter",), ("1",), ("2",), ("3",), ("down", "enter"), ("escape",)),
    *(("2", *born, "enter") for born in BIRTHS),
)
ANSWERED = st.just([("enter",)] * 3) | st.lists(st.sampled_from(ANSWERS), max_size=3)
LEAPS = (11, 11, -11, 5, -5, 25, -25, 72, -72)
"""Hours."""


class StallMachine(DayMachine):
    """Does what people, devices, buyers of any age and clocks do, in any order."""

    restrictions: ClassVar[type[RestrictionsGate]] = RestrictionsGate
    prices: ClassVar[type[PriceGate]] = PriceGate

    def __init__(self) -> None:
        super().__init__()
        self.warden = Warden()
        self.watched = 0
        """Facts the warden has read."""

    @initialize(fiscal=st.booleans(), law=LAWS, choose=ROLES, confirm=ROLES, code=PEOPLE)
    def begin(self, fiscal: bool, law: int, choose: int, confirm: int, code: str) -> None:  # noqa: FBT001 - drawn
        """Open the stall; some of its cashiers may not answer for everything."""
        rules = Rules(terminal=True, fiscal=fiscal, drawer_limit=Kopecks(10**7))
        own = gates(self.restrictions, self.prices, law)
        self.warden.law = law
        self.hand = Stall.signed_in(rules=with_gates(rules, *own, choose_price=choose, confirm_age=confirm), code=code)

    @property
    def stall(self) -> Stall:
        """Whoever stands at the till."""
        assert isinstance(self.hand, Stall)
        return self.hand

    def answer(self, answers: list[tuple[str, ...]]) -> None:
        """Answer what is asked, as long as something is; a shift of yesterday is closed."""
        for keys in answers:
            if self.at(m.Passing):
                self.press(*keys)
        if self.hand.problem == "shift_outlived":
            self.z_report(keep=True)

    @rule(goods=RESTRICTED, count=st.integers(1, 3), answers=ANSWERED, hour=st.sampled_from([-1, -1, 7, 12, 22, 23]))
    def sell_restricted(self, goods: list[Product], count: int, answers: list[tuple[str, ...]], hour: int) -> None:
        """Sell what not everybody may buy at any hour, one thing after the other, perhaps shortly before an hour."""
        if hour >= 0:
            self.stall.clock = self.stall.clock.replace(hour=hour, minute=59, second=56)
        for own in goods:
            if self.to_sale():
                self.hand.write(f"{count}*").scan(own.barcode)
                self.answer(answers)

    @rule(born=st.sampled_from(BIRTHS[:3]), insist=st.booleans())
    def look_at_papers(self, born: str, insist: bool) -> None:  # noqa: FBT001 - drawn
        """Believe a buyer, ask for papers when rum is wanted, and then be paid, or believe the buyer all the same."""
        again = ((RUM, ("enter",)),) if insist else ()
        for own, keys in ((TONIC, ("enter",)), (RUM, ("2", *born, "enter")), *again):
            if self.to_sale():
                self.hand.scan(own.barcode)
                self.answer([keys])
        if not insist:
            self.pay("", card=False, outcome="approved")

    @rule(own=st.sampled_from([SMOKES, SMOKES, CARTON]), most=MOST, answers=ANSWERED, off=st.sampled_from([0, 40_00]))
    def sell_tobacco(self, own: Product, most: int, answers: list[tuple[str, ...]], off: int) -> None:
        """Hold a pack or a carton under the scanner that nobody has sold yet, and bargain perhaps."""
        if self.to_sale():
            most *= 10 if own is CARTON else 1
            read = printed(own, most, f"s{len(self.stall.readings)}")
            self.warden.most |= {read.ki: most} if most else {}
            self.stall.take(read)
            self.answer(answers)
        if off:
            self.discount(off, whole=False, sign="enter")

    @precondition(lambda self: self.at(m.Selling) and self.hand.till.line)
    @rule(right=st.booleans())
    def storno_by_mark(self, right: bool) -> None:  # noqa: FBT001 - drawn
        """Take the selected line out; of a pack its mark is asked for, and another one shown perhaps."""
        self.to_sale()
        self.press("delete")
        question = self.stall.question
        if question and question.wants_scan:
            marks = [line.mark for line in self.hand.receipt.live if line.mark]
            self.hand.scan(self.hand.line.mark if right else marks[-1])

    @rule(hours=st.sampled_from(LEAPS))
    def leap(self, hours: int) -> None:
        """Set the clock, by hours or by days."""
        self.stall.leap(hours)

    @precondition(lambda self: self.at(m.Selling) and self.hand.till.ledger.receipt)
    @rule(seconds=st.integers(0, 6), card=st.booleans())
    def evening(self, seconds: int, card: bool) -> None:  # noqa: FBT001 - drawn
        """Be paid while the hour comes from which some goods are not sold."""
        if not is_night(self.stall.clock):
            self.stall.clock = self.stall.clock.replace(hour=22, minute=59, second=59 - seconds)
            self.pay("", card=card, outcome="approved")

    @precondition(lambda self: self.at(m.Selling) and self.hand.till.ledger.receipt)
    @rule(days=st.sampled_from([-3, 3]), card=st.booleans())
    def another_day(self, days: int, card: bool) -> None:  # noqa: FBT001 - drawn
        """Be paid when the clock has just been set to another day."""
        self.stall.leap(24 * days)
        self.pay("", card=card, outcome="approved")

    @invariant()
    def warden_is_content(self) -> None:
        """Nobody buys what they may not, at no hour at which they may not, and no price leaves its bounds."""
        facts, moments = self.hand.facts, self.stall.moments
        for fact, at in zip(facts[self.watched :], moments[self.watched :], strict=True):
            self.warden.watch(fact, at)
        self.watched = len(facts)
        ledger = self.hand.till.ledger
        for receipt in filter(None, (ledger.receipt, *ledger.postponed, ledger.last)):
            self.warden.look_at(receipt)


FORGETFUL = {
    Floorless: "price",
    Dear: "price",
    Lawless: "price",
    Ageless: "age",
    Mild: "age",
    Sleepless: "hours",
    Lenient: "hours",
    Trusting: "clock",
    Hasty: "clock",
    Forgiving: "age",
    Courteous: "age",
}
"""Gates with one fault, and what the warden has to say of it."""

TestStall = pytest.mark.no_cover(StallMachine.TestCase)
TestStall.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
FIRST_FOUND = settings(
    TestStall.settings,
    max_examples=600,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


@pytest.mark.no_cover
@pytest.mark.parametrize(("gate", "word"), FORGETFUL.items())
def test_a_gate_that_forgets_is_caught(gate: type[PriceGate | RestrictionsGate], word: str) -> None:
    """Given a gate with one fault, when days pass at random, then the warden finds it."""
    kind = "prices" if issubclass(gate, PriceGate) else "restrictions"
    machine = type(gate.__name__, (StallMachine,), {kind: gate})
    with pytest.raises(AssertionError, match=f"^{word}"):
        run_state_machine_as_test(machine, settings=FIRST_FOUND)
