"""Receipt printers that speak ESC/POS: on the network, on a serial line, behind a device file."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from devices.printing.job import PRINTED, PrintJob, PrintOutcome
from devices.printing.paper import Paper, PaperLine, clean, rows
from devices.printing.wires import FileWire, NetworkWire, SerialWire, Wire
from devices.serial import SerialConfig

PAPER_NOW = b"\x10\x04\x04"
"""DLE EOT 4: paper sensor, answered at once whatever is being printed."""
NO_PAPER_NOW = 0x60
PAPER_AFTER = b"\x1dr\x01"
"""GS r 1: paper sensor, answered when everything before it has been printed."""
PULSE = b"\x1bp\x00\x19\xfa"
"""ESC p: drawer kick on pin 2, 50 ms on."""

CONNECT, ANSWER, SEND = 3.0, 0.5, 5.0
"""Seconds for connecting, for an answer that comes at once, for sending."""


@dataclass(frozen=True, slots=True)
class EscposConfig:
    """An ESC/POS printer as the settings name it: `host` and `tcp_port`, `serial` for a line, or `device`.

    `width` in characters, `codepage` by python-escpos's names, `deadline` in seconds for a whole job.
    """

    name: str
    host: str = ""
    tcp_port: int = 9100
    serial: SerialConfig | None = None
    device: Path | None = None
    width: int = 42
    codepage: str = "cp866"
    deadline: float = 15.0


@dataclass(slots=True)
class _Progress:
    """How far a job has come, shared by the thread that prints and the one that may give up waiting."""

    began: bool = False
    given_up: bool = False

    def begin(self) -> bool:
        """Tell whether printing may begin. Who gives up sets `given_up` before it looks at `began`: one of us sees."""
        self.began = True
        return not self.given_up


class EscposPrinter:
    """Prints text and native QR codes, kicks the drawer, and asks the printer whether it did."""

    def __init__(self, config: EscposConfig, connected: Callable[[EscposConfig], Wire] | None = None) -> None:
        self._config = config
        self._connected = connected or connect
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        """The printer's name in the settings."""
        return self._config.name

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print in a thread, one job at a time; see `Printer`."""
        return await self._in_turn(partial(self._print, job))

    async def open_drawer(self) -> PrintOutcome:
        """Send the pulse alone, whatever the paper sensor says; see `Printer`."""
        return await self._in_turn(self._pulse)

    async def _in_turn(self, work: Callable[[_Progress], PrintOutcome]) -> PrintOutcome:
        progress = _Progress()
        async with self._turn:
            try:
                async with asyncio.timeout(self._config.deadline):
                    return await asyncio.to_thread(work, progress)
            except TimeoutError:
                progress.given_up = True
                return PrintOutcome("unknown" if progress.began else "failed", "no_answer")

    def _print(self, job: PrintJob, progress: _Progress) -> PrintOutcome:
        try:
            data = rendered(job, self._config.width, self._config.codepage)
            with contextlib.closing(self._connected(self._config)) as wire:
                wire.send(PAPER_NOW, ANSWER)
                before = wire.receive(ANSWER)
                if _no_paper(before):
                    return PrintOutcome("failed", "out_of_paper")
                if not progress.begin():
                    return PrintOutcome("failed", "no_answer")
                return self._send(wire, data, answers=bool(before))
        except ValueError as error:
            return PrintOutcome("failed", "refused", str(error))
        except OSError as error:
            return _broken(error, began=progress.began)

    def _pulse(self, progress: _Progress) -> PrintOutcome:
        try:
            with contextlib.closing(self._connected(self._config)) as wire:
                if not progress.begin():
                    return PrintOutcome("failed", "no_answer")
                wire.send(PULSE, SEND)
                return PRINTED
        except OSError as error:
            return _broken(error, began=progress.began)

    def _send(self, wire: Wire, data: bytes, *, answers: bool) -> PrintOutcome:
        wire.send(data, SEND)
        if not answers:
            return PRINTED
        wire.send(PAPER_AFTER, ANSWER)
        if wire.receive(self._config.deadline - SEND - CONNECT):
            return PRINTED
        wire.send(PAPER_NOW, ANSWER)
        return PrintOutcome("unknown", "out_of_paper" if _no_paper(wire.receive(ANSWER)) else "no_answer")


def connect(config: EscposConfig) -> Wire:
    """Connect to the printer by the way that the settings name.

    Raises:
        OSError: it cannot be reached.
    """
    if config.device:
        return FileWire(config.device)
    return SerialWire(config.serial) if config.serial else NetworkWire(config.host, config.tcp_port, CONNECT)


def rendered(job: PrintJob, width: int, codepage: str) -> bytes:
    """Return the job in ESC/POS: drawer first, then each copy. Takes a third of a second the first time.

    Raises:
        ValueError: the printer has no such code page.
    """
    paper = _rendered_paper(job.paper, width, codepage)
    return (PULSE if job.drawer else b"") + paper * job.copies


def _rendered_paper(paper: Paper, width: int, codepage: str) -> bytes:
    from escpos.printer import Dummy  # noqa: PLC0415 - a third of a second, only with such a printer

    with contextlib.closing(Dummy()) as printer:
        printer.hw("INIT")
        if codepage.upper() not in printer.profile.get_code_pages():
            message = f"unknown code page {codepage}"
            raise ValueError(message)
        printer.charcode(codepage.upper())
        for line in paper:
            _render_line(printer, line, width)
        return bytes(printer.output)


def _render_line(printer: Any, line: PaperLine, width: int) -> None:  # noqa: ANN401 - python-escpos is untyped
    match line.kind:
        case "cut":
            printer.cut()
        case "qr":
            printer.set(align="center")
            printer.qr(clean(line.text), size=6, native=True)
            printer.set(align="left")
        case _:
            big = line.style == "big"
            printer.set(bold=line.style == "bold", normal_textsize=not big, double_width=big, double_height=big)
            for row in rows(line, width):
                printer.textln(row.rstrip())


def _no_paper(answer: bytes) -> bool:
    return bool(answer) and answer[-1] & NO_PAPER_NOW == NO_PAPER_NOW


def _broken(error: OSError, *, began: bool) -> PrintOutcome:
    return PrintOutcome("unknown" if began else "failed", "broken" if began else "off", str(error))
