"""Gates from the scan to the paper and back: handlers that answer, refuse, hang, crash and answer late."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import RunGate
from cashier.core.events import Answered, DeviceChanged, Reply, Ticked
from cashier.core.gate import Asked, Do, Enter
from cashier.core.passage import Phase
from tests.core.gates import ScriptedGate, gate
from tests.core.goods import BREAD, MILK
from tests.runtime.rig import Rig, settled
from tests.runtime.servers import Server, breaks, outcomes, rig_with, waiting
from tests.waiting import until


class HastyGate(ScriptedGate):
    """A scripted gate that gives the outside no time."""

    def _next(self, phase: Phase, asked: Asked) -> Enter:
        verdict = super()._next(phase, asked)
        return replace(verdict, deadline=0.02) if isinstance(verdict, Do) else verdict


class TestAnswers:
    async def test_yes_lets_the_line_in(self) -> None:
        """Given a server that says yes, then the line is in and its intent is done."""
        rig = rig_with(Server())
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
            assert outcomes(rig) == ["done"]

    async def test_intent_is_durable_before_anybody_is_asked(self) -> None:
        """Given a first scan, when the server is asked, then shift, receipt with its GUID, and intent are written."""
        server = Server()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names)
        assert server.known == [["SignedIn", "ShiftOpened", "ReceiptOpened", "IntentMade"]]

    async def test_no_keeps_the_line_out(self) -> None:
        """Given a server that says no, then there is an error, no line, and the intent is settled as refused."""
        async with rig_with(Server("no")).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "no")
            assert (rig.names, outcomes(rig)) == ([], ["refused"])

    async def test_request_under_way_is_not_made_again(self) -> None:
        """Given a request whose answer is not there yet, when it is wanted once more, then the server hears of one."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            (intent,) = rig.till.ledger.intents
            rig.hands.do(RunGate(intent.gate, intent.token, intent.body, 5.0))
            await settled()
            assert len(server.asked) == 1
            server.open.set()
            await until(lambda: rig.names == ["Хлеб"])
            rig.hands.do(RunGate(intent.gate, intent.token, intent.body, 5.0))
            await until(lambda: len(server.asked) == 2)

    async def test_storno_lets_go_at_the_server(self) -> None:
        """Given a line that is held, when it is storno'd, then the server is asked to let it go."""
        server = Server()
        rig = rig_with(server, gate(enter="do", leave="do"))
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names)
            rig.press("delete")
            await until(lambda: not rig.names and not waiting(rig))
            assert server.asked == ["gate enter 0", "gate leave 0"]
            assert outcomes(rig) == ["done", "done"]


class TestSilence:
    async def test_hanging_handler_is_given_up_at_the_deadline(self) -> None:
        """Given a server that never answers, then the deadline decides, and the intent is put right by its gate."""
        server = Server()
        server.open.clear()
        own = HastyGate("gate", {Phase.ENTER: ("do",)})
        async with rig_with(server, own).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "no")
            assert (rig.names, outcomes(rig)) == ([], ["compensated"])
            assert set(own.settled) == {"gate enter 0"}

    async def test_patient_gate_sells_without_an_answer(self) -> None:
        """Given a gate that may go on alone, when nobody answers, then the line is in."""
        server = Server()
        server.open.clear()
        async with rig_with(server, HastyGate("gate", {Phase.ENTER: ("do",)}, patient=True)).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])

    async def test_crashing_handler_is_no_answer(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a handler that breaks, then the line stays out, the log knows, and the till goes on."""
        rig = Rig(gate(enter="do"), handlers={"gate": breaks})
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "no")
            assert outcomes(rig) == ["compensated"]
        assert "handler of gate gate" in caplog.text

    async def test_gate_without_a_handler_is_no_answer(self) -> None:
        """Given a gate nobody has given a handler, then the line stays out and the till goes on."""
        rig = Rig(gate(enter="do"))
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "no")

    async def test_late_answer_changes_nothing(self) -> None:
        """Given a wait that was given up, when the answer comes after all, then the till stands as it stood."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.press("escape")
            await until(lambda: not waiting(rig))
            before = rig.till.ledger
            server.open.set()
            await settled()
            assert (rig.till.ledger, rig.till.mode, outcomes(rig)) == (before, m.Selling(), ["compensated"])

    async def test_answer_of_a_stranger_changes_nothing(self) -> None:
        """Given a wait, when an answer with another token comes, then the till still waits."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.pump.bus.put(Answered("stranger", Reply("yes")))
            await settled()
            assert waiting(rig)


class TestWaiting:
    async def test_keys_and_scans_wait_and_go_on_in_order(self) -> None:
        """Given a gate that waits, when more is scanned and typed, then it all happens after the answer, in order."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.scan(MILK.barcode).write("3*").scan("4600682000044").write("12")
            await settled()
            assert (len(server.asked), rig.front.waiting) == (1, 2)
            server.open.set()
            await until(lambda: rig.names == ["Хлеб", "Молоко", "Вода, 6 шт"])
            await until(lambda: rig.entry == "12")
            assert rig.till.line is not None
            assert rig.till.line.quantity == 18_000

    async def test_news_do_not_wait(self) -> None:
        """Given a gate that waits, when a scanner is unplugged and a minute passes, then the screen is told."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.pump.bus.put(DeviceChanged("other", "gone"))
            rig.pump.bus.put(Ticked(idle=True))
            await until(lambda: len(rig.till.devices) == 2)
            assert waiting(rig)
            assert rig.till.ledger.cashier is not None

    async def test_escape_takes_back_what_was_typed_then_gives_up(self) -> None:
        """Given two keys typed into a wait, then the first two Esc take them back and the third gives up."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.write("12").press("escape", "escape")
            await settled()
            assert waiting(rig)
            assert not rig.pump.bus._inputs
            rig.press("escape")
            await until(lambda: not waiting(rig))
            await settled()
            assert (rig.entry, rig.names, rig.problem) == ("", [], "")

    async def test_escape_does_not_take_scans_back(self) -> None:
        """Given a scan that waits, when the wait is given up, then the scan is sold next."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.scan(MILK.barcode).press("escape")
            await until(lambda: len(server.asked) == 2)
            server.open.set()
            await until(lambda: rig.names == ["Молоко"])

    async def test_two_escapes_at_once_give_up(self) -> None:
        """Given impatient hands, when Esc is hit twice before the till can look, then the wait is given up."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.press("escape", "escape")
            await until(lambda: not waiting(rig))

    async def test_line_that_is_in_goes_out_again(self) -> None:
        """Given a gate that works on a committed line, when Esc is pressed, then the line is storno'd at once."""
        server = Server()
        server.open.clear()
        async with rig_with(server, gate(added="do")).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.press("escape")
            await until(lambda: not waiting(rig))
            receipt = rig.till.ledger.receipt
            assert receipt is not None
            assert [line.storno for line in receipt.lines] == [True]
            server.open.set()


class TestQuestions:
    async def test_scan_of_before_the_question_waits(self) -> None:
        """Given two scans at once and a gate that asks, then the second waits for the answer to the first."""
        async with Rig(gate(enter="choose")).working() as rig:
            rig.scan(BREAD.barcode).scan(MILK.barcode)
            await until(lambda: isinstance(rig.till.mode, m.Passing))
            await settled()
            assert rig.front.waiting == 1
            rig.press("1", "1")
            await until(lambda: rig.names == ["Хлеб", "Молоко"])

    async def test_scan_upon_the_painted_question_is_refused(self) -> None:
        """Given a question on the glass that wants no scan, when one comes, then it is refused."""
        async with Rig(gate(enter="choose")).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: isinstance(rig.till.mode, m.Passing))
            rig.front.painted()
            rig.scan(MILK.barcode)
            await until(lambda: rig.notice == "scan_in_dialog")

    async def test_scan_answers_a_question_that_wants_one(self) -> None:
        """Given a gate that wants a mark, when it is scanned at once behind the barcode, then it is the answer."""
        async with Rig(gate(enter="scan")).working() as rig:
            rig.scan(BREAD.barcode).scan("mark")
            await until(lambda: rig.names == ["Хлеб"])
