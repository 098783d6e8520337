"""The house: readers and clocks around the pump, and what a crash left open is taken up at start."""

import asyncio
import gc
import logging
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from cashier.core.facts import PrintBegun
from cashier.core.ledger import Ledger, apply
from cashier.core.state import Till
from cashier.house import House
from devices import Broken, Framing, Scan, SimulatedPrinter, Sink, Wedge, WedgeConfig
from devices.printing import FilePrinter
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.core.hand import Hand
from tests.runtime.rig import NOON, Rig, settled
from tests.waiting import until


def closed(*, copy: bool = False) -> Ledger:
    """Return the ledger of a till that lost its power while it printed."""
    hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")
    ledger = hand.till.ledger
    assert ledger.prints
    return apply(ledger, PrintBegun("copy", ledger.prints[0].receipt, copy=True)) if copy else ledger


class TestUnfinishedPaper:
    async def test_file_is_written_again(self, tmp_path: Path) -> None:
        """Given a crash while a receipt went into a file, when the till starts, then the file is there, once."""
        ledger = closed()
        assert ledger.last is not None
        rig = Rig(ledger=ledger, printer=FilePrinter("file", tmp_path))
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.prints)
        assert [path.name for path in tmp_path.iterdir()] == [f"{ledger.last.identifier}.txt"]  # noqa: ASYNC240 - one
        assert rig.disk.kinds == ["PrintEnded"]
        assert rig.till.warning is None

    async def test_copy_is_not_written_again(self, tmp_path: Path) -> None:
        """Given a crash while receipt and copy were printed, then the receipt is, and a person looks at the copy."""
        rig = Rig(ledger=closed(copy=True), printer=FilePrinter("file", tmp_path))
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.prints)
        texts = [path.read_text("utf-8").count("paper_copy") for path in tmp_path.iterdir()]  # noqa: ASYNC240 - one
        assert texts == [0]
        assert rig.till.ledger.papers == ()

    async def test_paper_is_not_printed_twice(self) -> None:
        """Given a crash while a real printer printed, then nothing is printed, and a person is asked to look."""
        printer = SimulatedPrinter("printer")
        rig = Rig(ledger=closed(), printer=printer)
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.prints)
            assert rig.till.warning is not None
            assert rig.till.warning.key == "print_unknown"
        assert printer.printed == []

    async def test_paper_of_an_older_receipt_is_printed_too(self, tmp_path: Path) -> None:
        """Given a crash with the papers of two receipts under way, then both are written, the older one first."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter").scan(MILK.barcode).press("plus", "enter")
        ledger = hand.till.ledger
        wanted = [paper.document.identifier for paper in ledger.papers]
        rig = Rig(ledger=ledger, printer=FilePrinter("file", tmp_path))
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.prints)
        written = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)  # noqa: ASYNC240 - two
        assert [path.stem for path in written] == wanted
        assert rig.till.ledger.papers == ()

    async def test_paper_of_a_receipt_that_is_not_owed_is_unknown(self, tmp_path: Path) -> None:
        """Given a paper of a receipt nobody knows any more, then a person is asked to look and nothing is printed."""
        ledger = apply(Ledger(), PrintBegun("old", "an older receipt", copy=False))
        rig = Rig(ledger=ledger, printer=FilePrinter("file", tmp_path))
        async with rig.working(sign_in=False):
            await until(lambda: not rig.till.ledger.prints)
            assert rig.till.warning is not None
        assert not list(tmp_path.iterdir())  # noqa: ASYNC240 - none

    async def test_nothing_is_done_where_nothing_is_open(self) -> None:
        """Given a till that was left in order, when it starts, then nothing is written down or printed."""
        rig = Rig()
        async with rig.working(sign_in=False):
            await settled()
        assert rig.disk.commits == []


class TestClocks:
    async def test_minute_comes_to_the_screen(self) -> None:
        """Given a clock just before a full minute, then the screen is told when it is full, without a key."""
        rig = Rig()
        rig.clock.now = NOON + timedelta(minutes=5, microseconds=-10_000)
        async with rig.working(sign_in=False):
            rig.clock.now = NOON + timedelta(minutes=5)
            await until(lambda: rig.till.now >= NOON + timedelta(minutes=5))
            assert rig.disk.commits == []

    async def test_till_locks_when_idle(self) -> None:
        """Given a signed-in till with an open receipt, when nobody does anything, then it locks; the receipt stays."""
        rig = Rig(idle=0.1)
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.disk.kinds[-1] == "SignedOut")
            assert rig.till.ledger.locked is not None
            assert (rig.till.ledger.locked.person, rig.till.ledger.locked.idle) == (IVANOVA, True)
            assert rig.names == ["Хлеб"]
            await rig.sign_in()
            rig.scan(MILK.barcode)
            await until(lambda: rig.names == ["Хлеб", "Молоко"])

    async def test_zero_never_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given no idle limit, when a year has passed, then the till is still open."""
        rig = Rig(idle=0)
        async with rig.working():
            monkeypatch.setattr(rig.pump, "touched", -1e9)
            await settled()
            assert rig.till.ledger.cashier is not None

    async def test_scan_counts_as_work(self) -> None:
        """Given a till nobody touched, when goods are scanned, then the time begins anew."""
        rig = Rig()
        async with rig.working():
            rig.pump.touched = 0.0
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names)
            assert rig.pump.touched > 0


class BrokenScanner:
    """A scanner whose driver has a mistake."""

    name = "broken"

    async def run(self, sink: Sink) -> None:  # noqa: ARG002 - it never comes so far
        """Break."""
        raise ZeroDivisionError

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - see devices.Scanner
        """Do nothing."""


class TestReaders:
    async def test_broken_reader_takes_nothing_down(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given two scanners of which one's reader breaks, then it is said to be gone and the other one sells."""
        rig = Rig()
        rig.house.scanners = (BrokenScanner(), rig.scanner)
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
            states = {device.name: device.state for device in rig.till.devices}
            assert states == {"broken": "gone", "scanner": "ready"}
        assert "scanner broken" in caplog.text

    async def test_broken_frame_is_said(self) -> None:
        """Given a frame that was cut off, then the cashier is told, the scanner too, and nothing is sold."""
        rig = Rig()
        async with rig.working():
            assert rig.house.hear(Broken("scanner", 5, "cut_off", 0.0))
            await until(lambda: rig.notice == "scan_broken")
            assert rig.scanner.signals == [False]

    async def test_accepted_scan_is_signalled_back(self) -> None:
        """Given a scan that became a line and one that did not, then the screen hears both tones."""
        rig = Rig()
        async with rig.working():
            rig.scan(BREAD.barcode).scan("000")
            await until(lambda: rig.problem)
            await settled()
            assert rig.tones == [True, False]

    def test_no_room_is_told_to_the_scanner(self) -> None:
        """Given 64 scans that wait, then the reader is told to keep the next one; statuses always have room."""
        rig = Rig()
        assert all(rig.house.hear(Scan("scanner", number, b"460", 0.0)) for number in range(64))
        assert not rig.house.hear(Scan("scanner", 64, b"460", 0.0))
        assert rig.house.hear(Broken("scanner", 65, "too_long", 0.0))


class TestWedge:
    """A scanner that types into the terminal: heard in the input thread."""

    @staticmethod
    def in_thread(rig: Rig, wedge: Wedge, *pieces: bytes) -> bytes:
        """Let bytes pass as the input thread does; return what is left for the keyboard."""
        keys: list[bytes] = []
        sift = rig.house.typed_by(wedge)
        thread = threading.Thread(target=lambda: keys.extend(sift(piece) for piece in pieces))
        thread.start()
        thread.join()
        return b"".join(keys)

    async def test_scan_is_taken_out_and_sold(self) -> None:
        """Given a scan between STX and CR in the middle of typing, then it is a line and the rest is keys."""
        rig = Rig()
        wedge = Wedge(WedgeConfig("wedge", Framing(prefix=b"\x02")))
        async with rig.working():
            assert self.in_thread(rig, wedge, b"1\x02" + BREAD.barcode.encode() + b"\r2", b"") == b"12"
            await until(lambda: rig.names == ["Хлеб"])
            assert rig.till.line is not None
            assert rig.till.line.source == "wedge#1"

    async def test_scan_without_room_is_said_to_be_lost(self) -> None:
        """Given a full queue, when a scanner types, then the terminal cannot be stopped and the cashier is told."""
        rig = Rig()
        wedge = Wedge(WedgeConfig("wedge", Framing(prefix=b"\x02")))
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
            for number in range(64):
                assert rig.house.hear(Scan("scanner", 100 + number, b"460", 0.0))
            self.in_thread(rig, wedge, b"\x02460\r")
            await until(lambda: rig.notice == "scan_broken")


class BrokenMonitor:
    """A monitor with a mistake."""

    def __init__(self) -> None:
        self.looked = 0

    async def run(self) -> None:
        """Look once and break."""
        self.looked += 1
        raise ZeroDivisionError


class TestMonitor:
    async def test_broken_monitor_takes_nothing_down(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a monitor that breaks, then the log says so and the till sells."""
        rig, monitor = Rig(), BrokenMonitor()
        rig.house.monitor = monitor
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
        assert monitor.looked == 1
        assert "monitor" in caplog.text


class TestGarbage:
    async def test_start_is_frozen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a house that starts, then what is garbage goes, and what stays is not looked at any more."""
        done: list[str] = []
        for word in ("collect", "freeze"):
            monkeypatch.setattr(gc, word, partial(done.append, word))
        async with Rig().working(sign_in=False):
            assert done == ["collect", "freeze"]
            assert gc.isenabled()

    async def test_collected_after_a_receipt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a closed receipt, then its garbage is collected while the cashier counts change, not before."""
        asked: list[float] = []
        rig = Rig()
        async with rig.working():
            loop = asyncio.get_running_loop()
            later = loop.call_later

            def noted(delay: float, callback: object, *rest: object) -> asyncio.TimerHandle:
                asked.append(delay) if callback is gc.collect else None
                return later(delay, callback, *rest)  # type: ignore[arg-type]

            monkeypatch.setattr(loop, "call_later", noted)
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names)
            assert asked == []
            rig.press("plus", "enter")
            await until(lambda: asked)
        assert set(asked) == {0.3}


async def test_house_ends_when_it_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Given a working house, when the screen ends it, then its scanners stop and nothing is left running."""
    caplog.set_level(logging.ERROR)
    rig = Rig()
    before = asyncio.all_tasks()
    async with rig.working():
        pass
    await settled()
    assert asyncio.all_tasks() == before
    assert not caplog.records


def test_house_holds_no_state_of_its_own() -> None:
    """The till is the pump's: whoever looks sees one state."""
    rig = Rig()
    assert isinstance(rig.house, House)
    assert isinstance(rig.front.till, Till)
    assert rig.front.till is rig.pump.till
