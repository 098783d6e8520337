"""Cards at random: whatever is answered, in whatever order, over power cuts, receipts have what was charged."""

from typing import Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cashier.core import modes as m
from cashier.core.effects import Charge
from cashier.core.events import CardAnswered
from cashier.core.machines import charging
from cashier.core.state import Step
from tests.core.bank import AT_COUNTER, Counter, disagreement
from tests.core.goods import BREAD, IVANOVA, PETROV

CODES = st.sampled_from([IVANOVA.code, PETROV.code])


class CardMachine(RuleBasedStateMachine):
    """Buyers with cards and cash, a terminal that answers late or never, and a power line that fails."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(rules=AT_COUNTER)
        self.counter.sign_in()

    def stands(self, *modes: type[m.Mode]) -> bool:
        """Tell whether one of these is on the screen."""
        return isinstance(self.counter.till.mode, modes)

    @precondition(lambda self: self.stands(m.Selling))
    @rule()
    def strike(self) -> None:
        """Sell a loaf and strike the subtotal."""
        self.counter.scan(BREAD.barcode).press("plus")

    @precondition(lambda self: self.stands(m.Paying))
    @rule(typed=st.sampled_from(["", "1", "20", "45.5"]), key=st.sampled_from(["f2", "f2", "enter"]))
    def pay(self, typed: str, key: str) -> None:
        """Pay by card or in cash, in part or in full."""
        self.counter.write(typed).press(key)

    @precondition(lambda self: self.stands(m.Paying, m.Charging, m.Confirming, m.Popup))
    @rule(key=st.sampled_from(["escape", "enter"]))
    def leave(self, key: str) -> None:
        """Ask for the money back, stop the terminal, ask it again, read an error."""
        self.counter.press(key)

    @rule(reaches=st.booleans())
    def line(self, reaches: bool) -> None:  # noqa: FBT001 - drawn by name
        """Let the next order reach the terminal, or not."""
        self.counter.reaches = reaches

    @rule(status=st.sampled_from(["approved", "approved", "declined"]))
    def end(self, status: Literal["approved", "declined"]) -> None:
        """Let the card come, or the bank say no."""
        self.counter.terminal.end(status)

    @precondition(lambda self: self.counter.questions)
    @rule(which=st.integers(0, 3), known=st.booleans(), again=st.booleans())
    def answer(self, which: int, known: bool, again: bool) -> None:  # noqa: FBT001 - drawn by name
        """Let one of the questions be answered, in any order, perhaps twice."""
        token = self.counter.questions[which % len(self.counter.questions)]
        if not again:
            self.counter.questions.remove(token)
        self.counter.give(self.counter.terminal.told(token) if known else CardAnswered(token, "unknown"))

    @rule(code=CODES)
    def sign_in(self, code: str) -> None:
        """Let somebody sign in where nobody is."""
        if self.stands(m.EnteringCode):
            self.counter.sign_in(code)

    @rule()
    def lock(self) -> None:
        """Let everybody go away."""
        self.counter.lock()

    @rule()
    def cut(self) -> None:
        """Cut the power."""
        self.counter = self.counter.cut()

    @precondition(lambda self: self.stands(m.Charging) and self.counter.stage == "silent")
    @rule()
    def word(self) -> None:
        """Let a senior tell truly what the terminal has done, once it has ended."""
        told = self.counter.terminal.told(self.counter.charge.token).outcome
        if told != "pending":
            self.counter.word("2" if told == "approved" else "3")

    @invariant()
    def books_agree(self) -> None:
        """Nothing is charged that is not counted, but what is on its way."""
        assert disagreement(self.counter) == ""
        assert self.counter.till.ledger.disputed == ()

    @invariant()
    def wait_is_on_the_screen(self) -> None:
        """Whoever is signed in sees the charge that is open, and none that is not."""
        signing_in = (m.EnteringCode, m.EnteringPassword, m.CheckingPassword)
        assert bool(self.counter.stage) == bool(self.counter.till.ledger.charge) or self.stands(*signing_in)

    def teardown(self) -> None:
        """Once the terminal has told of the last charge, the books agree to the kopeck."""
        counter = self.counter
        for _ in range(5):
            if counter.till.ledger.charge:
                counter.card()
        assert counter.till.ledger.charge is None
        assert (counter.terminal.charged, disagreement(counter)) == (counter.counted, "")


TestCards = CardMachine.TestCase
TestCards.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)


def at_each_point(status: Literal["approved", "declined"], *, reaches: bool) -> list[Counter]:
    """Begin a charge, cut the power before or after its end and before or after each answer, and ask."""
    made = []
    for answers in range(4):
        counter = Counter.paying()
        counter.reaches = reaches
        counter.press("f2")
        for _ in range(answers):
            counter.answer("unknown")
        again = counter.cut()
        again.terminal.end(status)
        made.append(again)
    return made


class TestPowerCut:
    @pytest.mark.parametrize("reaches", [False, True])
    @pytest.mark.parametrize("status", ["approved", "declined"])
    @pytest.mark.parametrize("signed_in", [False, True])
    def test_exactly_one_outcome(
        self, status: Literal["approved", "declined"], *, reaches: bool, signed_in: bool
    ) -> None:
        """Given a power cut at any point of a charge, when the terminal is asked, then it is one tender or none."""
        for counter in at_each_point(status, reaches=reaches):
            if signed_in:
                assert counter.sign_in().stage == "asking"
            counter.give(counter.terminal.told(counter.charge.token))
            paid = status == "approved" and reaches
            assert (counter.counted, disagreement(counter)) == (4550 if paid else 0, "")
            assert (counter.till.ledger.receipt is None) == paid
            assert signed_in or counter.till.mode == m.EnteringCode()
            assert len(counter.orders) == 1

    @pytest.mark.parametrize("outcome", ["pending", "unknown"])
    def test_no_outcome_yet(self, outcome: Literal["pending", "unknown"]) -> None:
        """Given a power cut, when the terminal still cannot tell, then nothing is taken and the charge stays open."""
        for counter in at_each_point("declined", reaches=True):
            counter.answer(outcome)
            assert (counter.till.mode, counter.wrote) == (m.EnteringCode(), [])
            assert counter.sign_in().stage == "asking"

    def test_cut_after_cut(self) -> None:
        """Given a charge, when the power goes again and again, then it is ordered once and told of once."""
        counter = Counter.paying().press("f2")
        for _ in range(3):
            counter = counter.cut()
        counter.terminal.end("approved")
        counter.give(counter.terminal.told(counter.charge.token))
        counter = counter.cut()
        assert (len(counter.orders), counter.counted, counter.till.ledger.charge) == (1, 4550, None)


class TestControl:
    """What the checks above must catch."""

    def test_a_till_that_repeats(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a till that orders again what it does not know of, when it was charged, then the checks tell."""

        def repeats(step: Step) -> Step:
            charge = step.till.ledger.charge
            return step.then(Charge(charge.token, charge.amount)) if charge else step

        monkeypatch.setattr(charging, "ask", repeats)
        counter = Counter.paying().press("f2")
        counter.terminal.end("approved")
        counter.cut().terminal.end("approved")
        assert disagreement(counter) == "an order was repeated"
        assert counter.terminal.charged == 9100

    def test_a_till_that_forgets(self) -> None:
        """Given a till that lost its intent in the power cut, when the terminal has charged, then the checks tell."""
        counter = Counter.paying().press("f2")
        counter.terminal.end("approved")
        counter.facts.pop()
        counter.cut()
        assert disagreement(counter.cut()) == "4550 kopecks were charged and not counted"

    def test_a_word_that_is_not_true(self) -> None:
        """Given a senior who says «not passed» of what was charged, then the checks tell."""
        counter = Counter.paying().press("f2")
        counter.terminal.end("approved")
        counter.answer("unknown").answer("unknown").word("3")
        assert disagreement(counter) == "4550 kopecks were charged and not counted"
        (disputed,) = counter.give(counter.terminal.told(counter.orders[0])).till.ledger.disputed
        assert disputed.outcome == "approved"
