"""What a crash or a full disk left without an outcome is put right: at start, or when the disk is well."""

import pytest

from cashier.core import modes as m
from cashier.core.facts import IntentMade
from devices import SimulatedPrinter
from tests.core.gates import gate
from tests.core.goods import BREAD, MILK
from tests.runtime.rig import Rig, settled
from tests.runtime.servers import Server, outcomes, rig_with
from tests.waiting import until


class TestRestart:
    async def left_open(self) -> Rig:
        """Break a till off in the middle of a reservation."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
        return rig

    async def test_open_intent_is_put_right_at_start(self) -> None:
        """Given a crash in the middle of a reservation, when the till starts, then the gate lets the reserve go."""
        before = await self.left_open()
        own = gate(enter="do")
        rig = Rig(own, ledger=before.disk.ledger)
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.intents)
        assert set(own.settled) == {"gate enter 0"}
        assert rig.disk.kinds == ["IntentSettled", "MessageQueued"]
        assert len(rig.disk.commits) == 1

    async def test_it_is_put_right_once(self) -> None:
        """Given an intent put right at one start, when the till starts again, then there is nothing to do."""
        before = await self.left_open()
        first = Rig(gate(enter="do"), ledger=before.disk.ledger)
        async with first.working(sign_in=False):
            await until(lambda: not first.till.ledger.intents)
        second = Rig(gate(enter="do"), ledger=first.till.ledger)
        async with second.working(sign_in=False):
            await settled()
        assert second.disk.commits == []

    async def test_intent_of_a_gate_that_is_off_stays(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given an intent whose gate was switched off, then it waits, and the log says so."""
        before = await self.left_open()
        rig = Rig(ledger=before.disk.ledger)
        async with rig.working(sign_in=False):
            await until(lambda: "waits: the gate is off" in caplog.text)
            assert [intent.gate for intent in rig.till.ledger.intents] == ["gate"]

    async def test_answer_that_could_not_be_written_is_put_right_at_start(self) -> None:
        """Given a full disk at the moment of the answer, then there is no line, and the next start settles it."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.disk.trouble = "full"
            server.open.set()
            await until(lambda: rig.problem == "disk_full")
            assert rig.names == []
        assert [type(fact) for fact in rig.disk.facts][-1] is IntentMade
        again = Rig(gate(enter="do"), ledger=rig.disk.ledger)
        async with again.working(sign_in=False):
            await until(lambda: not again.till.ledger.intents)

    async def test_line_that_was_leaving_is_let_go_at_start(self) -> None:
        """Given a crash while a gate let a storno'd line go, when the till starts, then the gate is told, once."""
        server = Server()
        before = rig_with(server, gate(leave="do"))
        async with before.working():
            before.scan(BREAD.barcode)
            await until(lambda: before.names)
            server.open.clear()
            before.press("delete")
            await until(lambda: server.asked)
        assert before.disk.ledger.leaving == (1,)
        rig = Rig(gate(leave="do"), ledger=before.disk.ledger)
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.leaving and not rig.till.ledger.intents)
            await settled()
        assert rig.disk.kinds.count("LineLeft") == 1


class TestDiskTrouble:
    """What was left without an outcome while the disk was full is owed until it is well."""

    async def test_intent_is_put_right_when_the_disk_is_well(self) -> None:
        """Given an answer that could not be written, when the next fact is, then its intent is settled, unasked."""
        server = Server()
        server.open.clear()
        async with rig_with(server).working() as rig:
            rig.scan(BREAD.barcode)
            await until(lambda: server.asked)
            rig.disk.trouble = "full"
            server.open.set()
            await until(lambda: rig.problem == "disk_full")
            rig.disk.trouble = ""
            rig.press("enter").scan(MILK.barcode)
            await until(lambda: rig.names == ["Молоко"] and not rig.till.ledger.intents)
            assert sorted(outcomes(rig)) == ["compensated", "done"]
            assert rig.disk.ledger == rig.till.ledger

    async def test_outcome_of_a_paper_is_kept_when_the_disk_is_well(self) -> None:
        """Given a paper whose outcome could not be written, when the disk is well, then it is."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus")
            await until(lambda: isinstance(rig.till.mode, m.Paying))
            stop = rig.front.watch(lambda: setattr(rig.disk, "trouble", "full" if rig.till.ledger.last else ""))
            rig.press("enter")
            await until(lambda: rig.problem == "disk_full")
            stop()
            rig.disk.trouble = ""
            rig.press("enter").scan(MILK.barcode)
            await until(lambda: rig.names == ["Молоко"] and not rig.till.ledger.prints)
            assert len(printer.printed) == 1
