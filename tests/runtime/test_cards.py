"""The payment terminal at the till: every question has one answer in time, and an unknown outcome is asked after."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cashier.cards import MOST_CHARACTERS, MOST_ROWS, Cards
from cashier.core.effects import AskTerminal, CancelCharge, Charge, RefundCharge, ReverseCharge
from cashier.core.events import CardAnswered
from cashier.core.facts import TenderTaken, from_json, to_json
from cashier.core.money import Kopecks
from cashier.core.tender import CardSlip, TenderKind
from devices import CardSlip as TerminalSlip
from devices import SimulatedTerminal, TerminalOutcome
from tests.runtime.rig import Rig
from tests.waiting import until

PAY = Charge("c-1", Kopecks(10_000))
ASK = AskTerminal("c-1")


@dataclass
class Scripted:
    """A terminal that answers what it is told to, breaks, or never answers."""

    answers: list[TerminalOutcome | Exception] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    cancelled: int = 0

    async def pay(self, token: str, amount: int) -> TerminalOutcome:
        """Answer."""
        return await self._next("pay", token, str(amount))

    async def reverse(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Answer."""
        return await self._next("reverse", token, operation, str(amount))

    async def refund(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Answer."""
        return await self._next("refund", token, operation, str(amount))

    async def last(self, token: str) -> TerminalOutcome:
        """Answer."""
        return await self._next("last", token)

    def cancel(self) -> None:
        """Count."""
        self.cancelled += 1

    async def _next(self, *question: str) -> TerminalOutcome:
        self.asked.append(question)
        if not self.answers:
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def terminal(tmp_path: Path) -> SimulatedTerminal:
    """A terminal that works."""
    return SimulatedTerminal(tmp_path)


class TestAnswers:
    async def test_approved_brings_the_slip(self, terminal: SimulatedTerminal) -> None:
        """Given a card with money, then the answer is the till's own, with operation, code, card and text."""
        answer = await Cards(terminal).ask(PAY)
        assert (answer.token, answer.outcome) == ("c-1", "approved")
        assert answer.slip is not None
        assert (answer.slip.operation, answer.slip.card) == ("000001", "**** 1234")
        assert answer.slip.text[0] == "Заглушка терминала"

    async def test_declined_says_why(self, terminal: SimulatedTerminal) -> None:
        """Given a bank that declines, then the terminal's own words come with it."""
        terminal.fault = "declined"
        assert await Cards(terminal).ask(PAY) == CardAnswered("c-1", "declined", "Недостаточно средств")

    async def test_reversal_names_the_operation(self) -> None:
        """Given a payment to be taken back, then the terminal is given its operation and its sum."""
        scripted = Scripted([TerminalOutcome("approved")])
        answer = await Cards(scripted).ask(ReverseCharge("c-2", "000001", Kopecks(10_000)))
        assert answer == CardAnswered("c-2", "approved")
        assert scripted.asked == [("reverse", "c-2", "000001", "10000")]

    @pytest.mark.parametrize("operation", ["000001", ""])
    async def test_refund_names_the_operation_if_anybody_knows_it(self, operation: str) -> None:
        """Given goods that come back, then the terminal is given the operation of the sale, or none, and its part."""
        scripted = Scripted([TerminalOutcome("approved")])
        answer = await Cards(scripted).ask(RefundCharge("c-2", operation, Kopecks(2_500)))
        assert answer == CardAnswered("c-2", "approved")
        assert scripted.asked == [("refund", "c-2", operation, "2500")]

    async def test_terminal_that_stands_alone(self) -> None:
        """Given no terminal that could be asked, then nothing is known, and there is nothing to cancel."""
        assert await Cards().ask(PAY) == CardAnswered("c-1", "unknown")
        await Cards().cancel()

    async def test_broken_driver_is_unknown(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a driver that breaks, then the outcome is unknown and the log has the reason."""
        assert await Cards(Scripted([ZeroDivisionError()])).ask(PAY) == CardAnswered("c-1", "unknown")
        assert "terminal" in caplog.text

    async def test_time_is_limited(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a terminal that never answers, then the till is told so when the patience of the settings is over."""
        assert await Cards(Scripted(), patience=0.01).ask(PAY) == CardAnswered("c-1", "unknown")
        assert "no answer in time" in caplog.text

    async def test_question_has_a_limit_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a terminal that never answers, when it is asked for its last operation, then that is limited too."""
        monkeypatch.setattr("cashier.cards.ASKING", 0.01)
        assert await Cards(Scripted()).ask(ASK) == CardAnswered("c-1", "unknown")

    async def test_pending_is_asked_for_after_a_pause(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given an operation under way, then it is asked for once more before the till is told."""
        monkeypatch.setattr("cashier.cards.PAUSE", 0.0)
        scripted = Scripted([TerminalOutcome("pending"), TerminalOutcome("declined", "карта убрана")])
        assert await Cards(scripted).ask(ASK) == CardAnswered("c-1", "declined", "карта убрана")
        scripted.answers += [TerminalOutcome("pending"), TerminalOutcome("pending")]
        assert await Cards(scripted).ask(ASK) == CardAnswered("c-1", "pending")


class TestUnknown:
    async def test_death_between_is_settled_by_asking(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal that charges and dies, when it is asked afterwards, then it was charged, once."""
        terminal.fault = "dead_between"
        assert (await Cards(terminal).ask(PAY)).outcome == "unknown"
        terminal.fault = ""
        assert (await Cards(terminal).ask(ASK)).outcome == "approved"
        assert terminal.operations() == [("c-1", "pay", 10_000, "approved")]

    async def test_control_a_till_that_repeats_charges_twice(self, terminal: SimulatedTerminal) -> None:
        """Control: given the same death, when the charge is repeated, then the buyer pays twice."""
        terminal.fault = "dead_between"
        await Cards(terminal).ask(PAY)
        terminal.fault = ""
        await Cards(terminal).ask(PAY)
        assert [amount for _, _, amount, status in terminal.operations() if status == "approved"] == [10_000, 10_000]

    async def test_silence_is_settled_by_asking(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal nothing reached, when it is asked afterwards, then the charge never began there."""
        terminal.fault = "silent"
        assert (await Cards(terminal).ask(PAY)).outcome == "unknown"
        assert (await Cards(terminal).ask(ASK)).outcome == "unknown"
        terminal.fault = ""
        assert (await Cards(terminal).ask(ASK)).outcome == "absent"

    async def test_given_up_charge_goes_on_at_the_terminal(self, tmp_path: Path) -> None:
        """Given a card that comes after the till has given up waiting, then asking tells that it was charged."""
        terminal = SimulatedTerminal(tmp_path, delay=60.0)
        assert (await Cards(terminal, patience=0.05).ask(PAY)).outcome == "unknown"
        terminal.finish()
        assert (await Cards(terminal).ask(ASK)).outcome == "approved"


class TestSlips:
    async def test_long_and_broken_texts_are_cut_to_what_can_be_kept(self) -> None:
        """Given a slip without end and with half characters, then what comes of it can be kept and read back."""
        text = "\ud800" + "x" * 10_000
        slip = TerminalSlip(text, text, text, (text,) * 1_000)
        answer = await Cards(Scripted([TerminalOutcome("approved", text, slip)])).ask(PAY)
        assert answer.slip is not None
        assert len(answer.slip.text) == MOST_ROWS
        assert {len(own) for own in (answer.reason, answer.slip.card, *answer.slip.text)} == {MOST_CHARACTERS}
        fact = TenderTaken("r", TenderKind.CARD, Kopecks(1), "2026-11-21T12:00:00", "c-1", answer.slip)
        assert from_json(to_json(fact)) == fact

    async def test_short_texts_are_kept_as_they_are(self) -> None:
        """Given a slip as terminals write it, then nothing of it is changed."""
        outcome = TerminalOutcome("approved", "", TerminalSlip("1", "2", "**** 3", ("ОДОБРЕНО", "")))
        answer = await Cards(Scripted([outcome])).ask(PAY)
        assert answer.slip == CardSlip("1", "2", "**** 3", ("ОДОБРЕНО", ""))


class TestHands:
    async def test_answer_comes_to_the_queue(self, terminal: SimulatedTerminal) -> None:
        """Given a charge, a question, a refund and a reversal, then each is answered on the queue."""
        rig = Rig(terminal=terminal)
        refund, reversal = RefundCharge("c-2", "", Kopecks(500)), ReverseCharge("c-3", "000001", Kopecks(10_000))
        for effect in (PAY, ASK, refund, reversal):
            rig.hands.do(effect)
            await until(lambda: rig.pump.bus._others)
            answer = rig.pump.bus._others.popleft()
            assert isinstance(answer, CardAnswered)
            assert (answer.token, answer.outcome) == (effect.token, "approved")

    async def test_cancel_ends_the_wait_for_a_card(self, tmp_path: Path) -> None:
        """Given a terminal that waits for a card, when the charge is cancelled, then it is declined, once."""
        terminal = SimulatedTerminal(tmp_path, delay=60.0)
        rig = Rig(terminal=terminal)
        rig.hands.do(PAY)
        await until(terminal.operations)
        rig.hands.do(CancelCharge())
        await until(lambda: rig.pump.bus._others)
        assert list(rig.pump.bus._others) == [CardAnswered("c-1", "declined", "cancelled")]
