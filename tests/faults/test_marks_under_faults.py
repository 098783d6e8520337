"""Marks under faults: no mark is lost, doubled or left reserved, whatever dies, and GS comes through byte for byte."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cashier.core.marks import GS
from cashier.demo.faults import Fault
from cashier.demo.marks import PERFUME, _signed
from cashier.folder import DataFolder
from devices import SerialConfig, SerialScanner
from tests.faults import mark_answers, mark_offline, mark_races, marks
from tests.faults.figures import Figures
from tests.faults.invariants import violations
from tests.faults.journal import facts
from tests.faults.mark_books import at_rest, lines_with
from tests.faults.mark_controls import Control, at_the_reserve, broken_off
from tests.faults.mark_day import DAY, PAY, TOBACCO, ki, scan
from tests.faults.mark_person import at_work, finished, settled, sound
from tests.faults.mark_prices import as_answered
from tests.faults.mark_server import RIVAL, Asked, Market
from tests.faults.mark_till import Marked
from tests.faults.person import Person
from tests.faults.process import PATIENCE
from tests.faults.sale import SIGN_IN
from tests.faults.serial_line import Line

Passed = Callable[[Figures], None]
pytestmark = pytest.mark.no_cover


class TestRehearsals:
    """The short forms of `scripts/faults marks races offline answers`, each with its red controls."""

    @pytest.mark.root
    @pytest.mark.timeout(300)
    def test_killed_in_a_day_with_marks_none_is_lost_doubled_or_left_reserved(self, passed: Passed) -> None:
        """SIGKILL at a choice of syncs and of steps of requests; the sabotaged tills are caught."""
        passed(marks.rehearse(short=True))

    def test_of_two_tills_with_one_mark_one_has_it(self, passed: Passed) -> None:
        """Both scan it at the same moment; the other reads why it has not, and it is sold once."""
        passed(mark_races.rehearse(short=True))

    def test_a_month_offline_loses_and_doubles_nothing(self, passed: Passed) -> None:
        """Restarts, lost answers, 500, later, garbage: each message takes effect once, in the order of its mark."""
        passed(mark_offline.rehearse(short=True))

    @pytest.mark.alone
    def test_bad_answers_hurt_nobody(self, passed: Passed) -> None:
        """The decision comes in time, the screen lives, the memory stays, and the next sale goes on."""
        passed(mark_answers.rehearse(short=True))


class TestBooks:
    """The checker of marks finds what is wrong between till and server."""

    async def test_a_day_without_a_fault_is_right(self, tmp_path: Path, market: Market) -> None:
        """Sold in both ways, storno'd, put aside, given up, paid: nothing is wrong."""
        async with at_work(tmp_path, Marked(market.root)) as person:
            await person.give(DAY)
        assert [*at_rest(tmp_path, market.server), *violations(tmp_path, at_rest=True)] == []

    async def test_tobacco_without_a_fault_is_right(self, tmp_path: Path, market: Market) -> None:
        """Age answered, prices chosen, storno by mark, another price, put aside, paid, given up: nothing is wrong."""
        async with at_work(tmp_path, Marked(market.root)) as person:
            await person.give(TOBACCO)
            assert person.ledger.receipt is None
        assert [*at_rest(tmp_path, market.server), *violations(tmp_path, at_rest=True)] == []
        prices = [fact["line"]["price"] for fact in facts(tmp_path) if fact["type"] == "LineAdded"]
        assert prices == [209_00, 219_00, 209_00, 200_00]
        assert [fact["age"] for fact in facts(tmp_path) if fact["type"] == "AgeConfirmed"] == [18, 18]
        assert as_answered(tmp_path) == []

    @pytest.mark.parametrize(
        ("harm", "word"),
        [
            (lambda server: server.put(ki(9), "RESERVED_SALE", RIVAL), "I5 lines without a reserve"),
            (lambda server: server.put(ki(1), "NOT_REGISTERED"), "I4 sold at the server and here"),
            (lambda server: server.reset(), "I4 messages taken and sent"),
        ],
        ids=["a reserve of another", "a sale that is not known", "messages that never came"],
    )
    async def test_harm_is_found(self, harm: Callable[[Any], None], word: str, tmp_path: Path, market: Market) -> None:
        """A mark taken away, a sale forgotten, a message lost: each is called by its name."""
        async with at_work(tmp_path, Marked(market.root)) as person:
            await person.give((*SIGN_IN, scan(1), *PAY, scan(9)))
        harm(market.server)
        assert any(found.startswith(word) for found in at_rest(tmp_path, market.server))


class TestReserve:
    """Whatever becomes of a wait or of a till, the server holds what stands here and nothing else."""

    @pytest.mark.parametrize("asked", ["status", "reserve"])
    async def test_a_wait_given_up_leaves_no_reserve(self, asked: Asked, tmp_path: Path, market: Market) -> None:
        """Esc while the server is slow: no line, and the reserve that is made later undoes nothing of that."""
        market.weather = {asked: Fault("slow", seconds=0.3)}
        async with at_work(tmp_path, Marked(market.root)) as person:
            await person.give(SIGN_IN)
            person.till.feed(scan(1))
            await _until(lambda: market.bodies and market.bodies[-1][0] == asked)
            await person.give(("k:escape",))
            assert not _stands(person)
        await asyncio.to_thread(market.mend)
        assert at_rest(tmp_path, market.server) == []

    def test_a_mark_sold_elsewhere_while_the_till_was_dead_is_withdrawn(self, tmp_path: Path, market: Market) -> None:
        """The power goes between line and reserve, another till sells the mark: after the restart the line is out."""
        market.weather = {"reserve": "down"}
        scene = Control(sound, (*SIGN_IN, scan(1)), {}, at_the_reserve)
        asyncio.run(broken_off(tmp_path, market, scene, sound))
        market.mend()
        market.server.put(ki(1), "SOLD", RIVAL)
        assert [*settled(tmp_path, market), *finished(tmp_path, market, give_up=False)] == []
        lines = [fact["type"] for fact in facts(tmp_path) if fact["type"].startswith("Line")]
        assert lines == ["LineAdded", "LineStornoed", "LineLeft"]
        assert market.server.state(ki(1)) == "SOLD"


class TestBytes:
    """A mark that came through a serial scanner is the same everywhere."""

    CODE = _signed(PERFUME, "5\"&<>'/%:;=?!")
    KI = CODE.partition(GS)[0]

    async def _sold(self, data: Path, market: Market) -> None:
        line = Line(data.with_name("tty"))
        scanner = SerialScanner(SerialConfig("counter", str(line.path)))
        async with at_work(data, Marked(market.root), scanners=(scanner,)) as person:
            await person.give(SIGN_IN)
            await _until(lambda: any(device.state == "ready" for device in person.till.pump.till.devices))
            await asyncio.to_thread(line.send, self.CODE.encode() + b"\r")
            await _until(lambda: _stands(person))
            await person.give(PAY)
        line.unplug()

    async def test_from_the_frame_to_the_queue(self, tmp_path: Path, market: Market) -> None:
        """Journal, table, both requests and the message hold the code with its GS, byte for byte."""
        data = tmp_path / "data"
        await self._sold(data, market)
        assert [fact["line"]["mark"] for fact in facts(data) if fact["type"] == "LineAdded"] == [self.CODE]
        with closing(sqlite3.connect(DataFolder(data).documents)) as conn:
            assert lines_with(conn, self.KI) == [(self.CODE, self.KI)]
        said = {asked: msgspec.json.decode(body) for asked, body in market.bodies}
        assert [said[asked]["mark"] for asked in ("status", "reserve")] == [self.CODE] * 2
        told = [message["body"]["mark"] for message in said["queue"] if message["type"] != "document"]
        assert told == [self.CODE]
        assert self.CODE.count(GS) == 2
        assert at_rest(data, market.server) == []


def _stands(person: Person) -> bool:
    receipt = person.ledger.receipt
    return bool(receipt and receipt.live) and not person.till.busy


async def _until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - any condition may be waited for
            await asyncio.sleep(0.001)
