"""Papers, and printers of every kind with every fault."""

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import (
    EscposConfig,
    EscposPrinter,
    FilePrinter,
    PaperLine,
    Printer,
    PrintJob,
    PrintOutcome,
    SerialConfig,
    SimulatedPrinter,
    to_text,
)
from devices.printing.escpos import NO_PAPER_NOW, PAPER_AFTER, PAPER_NOW, PULSE
from devices.printing.simulated import REMEMBERED
from devices.printing.wires import Wire
from tests.devices.conftest import Line

RECEIPT = (
    PaperLine("КАССОВЫЙ ЧЕК", style="bold", align="center"),
    PaperLine("Молоко 3,2%", right="89.90"),
    PaperLine(kind="rule"),
    PaperLine("ИТОГ", style="big", right="89.90"),
    PaperLine("t=20260101", kind="qr"),
    PaperLine(kind="cut"),
)
JOB = PrintJob("1-7-42", RECEIPT, drawer=True)


def texts(folder: Path) -> list[str]:
    """Return what the files of a folder say."""
    return [path.read_text() for path in folder.iterdir()]


class TestPaper:
    def test_a_receipt_as_text(self) -> None:
        """Centred, two-sided, ruled; big text is as wide as the rest where there is one size of letters."""
        assert to_text(RECEIPT, 24) == (
            "      КАССОВЫЙ ЧЕК\nМолоко 3,2%        89.90\n------------------------\n"
            "ИТОГ               89.90\n[QR t=20260101]\n\n"
        )

    def test_a_long_name_is_wrapped_before_its_sum(self) -> None:
        """The sum stands at the edge of the last row, or below it where there is no room."""
        assert to_text((PaperLine("Сок яблочный светлый", right="1.00"),), 16) == "Сок яблочный\nсветлый     1.00\n"
        assert to_text((PaperLine("12345678", right="123"),), 10) == "12345678\n       123\n"
        assert to_text((PaperLine("right", align="right"),), 8) == "   right\n"

    def test_a_name_cannot_command_a_printer(self) -> None:
        """Escapes and direction marks are no characters."""
        assert to_text((PaperLine("a\x1bp\x00b\u202ec\nd\u2028"),), 42) == "a?p?b?c?d?\n"

    @given(st.text(), st.text(), st.integers(1, 60))
    def test_no_row_is_wider_than_the_paper(self, text: str, right: str, width: int) -> None:
        """Whatever stands in it."""
        for line in to_text((PaperLine(text, right=right),), width).split("\n"):
            assert len(line) <= width


class TestFilePrinter:
    async def test_a_receipt_is_a_file(self, tmp_path: Path) -> None:
        """Readable, in a folder that is made; nothing else is left there."""
        printer = FilePrinter("archive", tmp_path / "receipts", 24)
        assert (await printer.print(JOB)).result == "printed"
        assert [path.name for path in (tmp_path / "receipts").iterdir()] == ["1-7-42.txt"]
        assert (tmp_path / "receipts" / "1-7-42.txt").read_text() == to_text(RECEIPT, 24)

    async def test_a_repeat_replaces(self, tmp_path: Path) -> None:
        """One receipt is one file however often it is printed."""
        printer = FilePrinter("archive", tmp_path)
        await printer.print(JOB)
        await printer.print(PrintJob("1-7-42", (PaperLine("again"),), copies=2))
        assert texts(tmp_path) == ["again\n"]

    @pytest.mark.parametrize("identifier", ["../x", "", "a/b", ".hidden", "a\x00"])
    async def test_an_identifier_cannot_leave_the_folder(self, tmp_path: Path, identifier: str) -> None:
        """It is a name and no path."""
        outcome = await FilePrinter("archive", tmp_path).print(PrintJob(identifier, RECEIPT))
        assert (outcome.result, outcome.trouble) == ("failed", "refused")

    async def test_a_folder_that_cannot_be_written_is_a_failure(self, tmp_path: Path) -> None:
        """Certainly nothing was printed."""
        (tmp_path / "file").write_text("")
        outcome = await FilePrinter("archive", tmp_path / "file" / "below").print(JOB)
        assert (outcome.result, outcome.trouble) == ("failed", "broken")


class TestSimulatedPrinter:
    async def test_faults(self) -> None:
        """Only a death in the middle leaves anything open."""
        printer = SimulatedPrinter("demo")
        await printer.print(PrintJob("1", RECEIPT, copies=2, drawer=True))
        for fault, result in (("off", "failed"), ("out_of_paper", "failed"), ("dies_in_middle", "unknown")):
            printer.fault = fault  # type: ignore[assignment]
            assert (await printer.print(JOB)).result == result
        assert [job.identifier for job in printer.printed] == ["1", "1"]
        assert (len(printer.torn), printer.drawer_opened) == (1, 1)

    async def test_memory_is_bounded(self) -> None:
        """A demo may run for days: the last papers are kept, and no more."""
        printer = SimulatedPrinter("demo")
        await printer.print(PrintJob("old", RECEIPT))
        await printer.print(PrintJob("new", RECEIPT, copies=REMEMBERED))
        assert {job.identifier for job in printer.printed} == {"new"}
        assert len(printer.printed) == REMEMBERED


class TestDrawer:
    async def test_simulated_printer_counts(self) -> None:
        """Without paper, too; not when it is off."""
        printer = SimulatedPrinter("demo")
        results = []
        for fault in ("", "out_of_paper", "off"):
            printer.fault = fault
            results.append((await printer.open_drawer()).result)
        assert (results, printer.drawer_opened, printer.printed) == (["printed", "printed", "failed"], 2, [])

    async def test_a_folder_has_no_drawer(self, tmp_path: Path) -> None:
        """Nothing is written."""
        assert (await FilePrinter("archive", tmp_path).open_drawer()).result == "printed"
        assert texts(tmp_path) == []

    async def test_escpos_sends_the_pulse_alone(self, line: Line) -> None:
        """Not a byte of paper, nor a question: the drawer opens without paper as well."""
        printer = EscposPrinter(EscposConfig("kitchen", serial=SerialConfig("kitchen", str(line.path))))
        assert (await printer.open_drawer()).result == "printed"
        assert os.read(line.device, 4096) == PULSE

    async def test_escpos_that_cannot_be_reached(self, tmp_path: Path) -> None:
        """Certainly nothing was opened."""
        serial = SerialConfig("kitchen", str(tmp_path / "none"))
        outcome = await EscposPrinter(EscposConfig("kitchen", serial=serial)).open_drawer()
        assert (outcome.result, outcome.trouble) == ("failed", "off")


class Box:
    """A printer in a box on the network: it keeps what it gets and answers as it is told to.

    `answers` are those to the paper questions in order; None pulls the plug, an empty one is silence.
    """

    def __init__(self, *answers: bytes | None) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._server.settimeout(10)
        self.got = b""
        self._answers = list(answers)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        try:
            wire, _ = self._server.accept()
        except TimeoutError:
            return
        wire.settimeout(10)
        with wire:
            while data := wire.recv(65536):
                self.got += data
                if self._answers and data.endswith((PAPER_NOW, PAPER_AFTER)):
                    answer = self._answers.pop(0)
                    if answer is None:
                        return
                    wire.sendall(answer)

    def close(self) -> None:
        """Take it away when it has read everything."""
        self._thread.join()
        self._server.close()


PLENTY, NONE_LEFT = b"\x12", bytes([0x12 | NO_PAPER_NOW])


@pytest.fixture
def boxed() -> Iterator[Callable[..., Box]]:
    """Return a maker of printers in boxes."""
    made: list[Box] = []

    def make(*answers: bytes | None) -> Box:
        made.append(Box(*answers))
        return made[-1]

    yield make
    for box in made:
        box.close()


async def printed(box: Box) -> PrintOutcome:
    """Print the receipt on it."""
    return await EscposPrinter(EscposConfig("kitchen", "127.0.0.1", box.port, deadline=9)).print(JOB)


class TestEscpos:
    async def test_a_printer_that_answers(self, boxed: Callable[..., Box]) -> None:
        """Drawer first, text in its code page, a QR code of its own, cut; the answer after it proves it."""
        box = boxed(PLENTY, b"\x00")
        assert await printed(box) == PrintOutcome("printed")
        box.close()
        assert box.got.startswith(PAPER_NOW + PULSE)
        assert "Молоко 3,2%".encode("cp866") in box.got
        assert b"\x1d(k" in box.got
        assert b"t=20260101" in box.got
        assert b"\x1dV" in box.got

    async def test_a_printer_that_never_answers_is_believed(self, boxed: Callable[..., Box]) -> None:
        """Many cannot."""
        assert (await printed(boxed())).result == "printed"

    async def test_no_paper_is_known_before(self, boxed: Callable[..., Box]) -> None:
        """Then not even the drawer is opened."""
        box = boxed(NONE_LEFT)
        assert await printed(box) == PrintOutcome("failed", "out_of_paper")
        box.close()
        assert box.got == PAPER_NOW

    @pytest.mark.parametrize(
        ("answers", "trouble"),
        [((PLENTY, b"", NONE_LEFT), "out_of_paper"), ((PLENTY, b"", b""), "no_answer"), ((PLENTY, None), "broken")],
    )
    async def test_a_death_in_the_middle_is_unknown(
        self, boxed: Callable[..., Box], answers: tuple[bytes | None, ...], trouble: str
    ) -> None:
        """Paper ran out, silence, plug pulled: a part may be on paper."""
        outcome = await printed(boxed(*answers))
        assert (outcome.result, outcome.trouble) == ("unknown", trouble)

    async def test_a_printer_that_is_off_has_printed_nothing(self, boxed: Callable[..., Box]) -> None:
        """No connection, no doubt."""
        box = boxed(PLENTY, b"\x00")
        await printed(box)
        box.close()
        assert (await printed(box)).result == "failed"
        assert (await printed(box)).trouble == "off"

    async def test_an_impossible_code_page_is_refused(self) -> None:
        """Before anything is sent."""
        printer = EscposPrinter(EscposConfig("kitchen", "127.0.0.1", 1, codepage="cp99999"))
        outcome = await printer.print(JOB)
        assert (outcome.result, outcome.trouble, printer.name) == ("failed", "refused", "kitchen")


class Stuck:
    """A wire that hangs where it is told to until it is let go."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.free = threading.Event()
        self.sent: list[bytes] = []

    def connected(self, _: EscposConfig) -> Wire:
        """Connect, perhaps late."""
        self._hang("connect")
        return self

    def send(self, data: bytes, seconds: float) -> None:  # noqa: ARG002 - see Wire
        """Send, perhaps late."""
        if data != PAPER_NOW:
            self._hang("send")
        self.sent.append(data)

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 - see Wire
        """Answer that there is paper."""
        return PLENTY

    def close(self) -> None:
        """Nothing to close."""

    def _hang(self, where: str) -> None:
        if where == self._where:
            assert self.free.wait(5)


class TestDeadline:
    async def test_a_pulse_ends_at_its_deadline(self) -> None:
        """A drawer that was told as closed does not spring open later."""
        wire = Stuck("connect")
        printer = EscposPrinter(EscposConfig("kitchen", deadline=0.1), wire.connected)
        assert (await printer.open_drawer()).result == "failed"
        wire.free.set()
        await asyncio.get_running_loop().shutdown_default_executor()
        assert wire.sent == []

    @pytest.mark.parametrize(("where", "result"), [("connect", "failed"), ("send", "unknown")])
    async def test_a_job_ends_at_its_deadline(self, where: str, result: str) -> None:
        """What it says then stays true: a job told as failed is not printed later."""
        wire = Stuck(where)
        printer = EscposPrinter(EscposConfig("kitchen", deadline=1.0), wire.connected)
        await asyncio.to_thread(__import__, "escpos.printer")
        async with asyncio.timeout(2):
            outcome = await printer.print(JOB)
        assert (outcome.result, outcome.trouble) == (result, "no_answer")
        wire.free.set()
        await asyncio.get_running_loop().shutdown_default_executor()
        assert any(data.startswith(PULSE) for data in wire.sent) == (result == "unknown")


class TestEveryPrinter:
    async def test_all_are_printers_by_their_names(self, tmp_path: Path) -> None:
        """The till knows them by the one protocol."""
        every: list[Printer] = [
            FilePrinter("a", tmp_path),
            SimulatedPrinter("b"),
            EscposPrinter(EscposConfig("c")),
        ]
        assert [printer.name for printer in every] == ["a", "b", "c"]


class TestSerialPrinter:
    async def test_it_prints_on_a_line(self, line: Line) -> None:
        """The same bytes; a line that never answers is believed."""
        config = EscposConfig("kitchen", serial=SerialConfig("kitchen", str(line.path)))
        assert (await EscposPrinter(config).print(JOB)).result == "printed"
        got = b""
        while not got.endswith(b"\x1dV\x00"):
            got += os.read(line.device, 4096)
        assert "Молоко 3,2%".encode("cp866") in got

    async def test_a_line_that_is_not_there_is_off(self, tmp_path: Path) -> None:
        """Certainly nothing was printed; impossible settings likewise."""
        for serial in (SerialConfig("x", str(tmp_path / "none")), SerialConfig("x", "x", bytesize=9)):
            outcome = await EscposPrinter(EscposConfig("kitchen", serial=serial)).print(JOB)
            assert (outcome.result, outcome.trouble) == ("failed", "off")
