"""A till without a screen: the real pump, store, printer, fiscal device and terminal, fed with keys and scans.

    python -m tests.faults.headless DATA --goods dictionaries.db --ack FD

Standard input: first a line `go`, then `k:KEY`, `s:CODE` (or `x:HEX` for bytes). After every turn one line about what
the screen would show as confirmed is sent to the descriptor, a socket, and one more when an input has been dealt with
to its end; the next one waits for that. All work beside the loop is done by one thread and the lines go out by
`sendto`, so that counting the system calls of that thread counts every moment at which something durable changes.
"""

import argparse
import asyncio
import ctypes
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cashier.bus import Bus
from cashier.cards import Cards
from cashier.core import modes as m
from cashier.core.events import Event, PasswordChecked
from cashier.core.paper import Letterhead
from cashier.core.state import Rules, Till
from cashier.folder import DataFolder, open_log, taken
from cashier.house import House
from cashier.lookups import Lookups
from cashier.outside import Hands
from cashier.printing import Press
from cashier.pump import Pump
from cashier.registering import Registrar
from cashier.store.dictionaries import Dictionaries
from cashier.store.documents import Documents
from cashier.store.passwords import check_password
from cashier.store.writer import Writer
from cashier.ui.locale import Catalogue
from cashier.uptime import uptime
from devices import FilePrinter, Scan, Scanner, SimulatedFiscal, SimulatedTerminal
from devices.printing import Printer
from tests.faults.reserving import NAME, Reserving, reserve
from tests.faults.roll import Paper, Roll
from tests.faults.shown import Shown, shown, to_line

SHOP, TILL = "77", "3"
ZONE = ZoneInfo("Europe/Moscow")
LINGERS = 0.2
"""Seconds after which an operation that the terminal had begun when the till died comes to its end without it."""
SCANNER = "rehearsal"


class WatchedPump(Pump):
    """The pump, whose turns are watched to their very end."""

    turning = False
    """A turn is under way, perhaps in the middle of its commit."""

    @cached_property
    def turned(self) -> asyncio.Event:
        """Is set at the end of each turn."""
        return asyncio.Event()

    async def turn(self, event: Event) -> None:
        """Take an event as the pump does."""
        self.turning = True
        try:
            await super().turn(event)
        finally:
            self.turning = False
            self.turned.set()


@dataclass
class Headless:
    """The parts of a till that a rehearsal looks at."""

    house: House
    pump: WatchedPump
    documents: Documents
    dictionaries: Dictionaries
    writer: Writer
    folder: Path
    scans: int = 0

    @property
    def busy(self) -> bool:
        """Tell whether something is still on its way."""
        till, bus = self.pump.till, self.pump.bus
        waits = isinstance(till.mode, m.CheckingPassword | m.Finding | m.Passing)
        working = any(not task.done() for task in self.house.hands._tasks)
        return bool(bus._inputs or bus._others or waits or working or self.pump.turning)

    async def rest(self, work: "asyncio.Task[None]") -> None:
        """Wait until nothing is on its way, or the till has ended."""
        while self.busy and not work.done():
            self.pump.turned.clear()
            turned = asyncio.create_task(self.pump.turned.wait())
            await asyncio.wait([turned, work, *self.house.hands._tasks], return_when=asyncio.FIRST_COMPLETED)
            turned.cancel()

    def shown(self, *, resting: bool = False) -> Shown:
        """Tell what would stand on the screen now."""
        return shown(self.house.pump.till, self.documents._seq, self.documents._head, resting=resting)

    def feed(self, line: str) -> None:
        """Put an input on the queue."""
        kind, _, value = line.partition(":")
        if kind == "k":
            self.house.pump.press(value)
            return
        self.scans += 1
        data = bytes.fromhex(value) if kind == "x" else value.encode()
        self.house.hear(Scan(SCANNER, self.scans, data, time.monotonic()))

    def close(self) -> None:
        """Let the files go."""
        self.writer.close()
        self.dictionaries.close()


def build(
    folder: DataFolder,
    goods: Path,
    scanners: tuple[Scanner, ...] = (),
    documents: Documents | None = None,
    paper: Paper = "file",
) -> Headless:
    """Put a till together as `cashier.till` does, without the screen."""
    documents = documents or Documents(folder.documents)
    dictionaries, writer = Dictionaries(goods), Writer(documents)
    gate = Reserving()
    rules = Rules(SHOP, TILL, gates=(gate,), terminal=True, fiscal=True)
    ledger, started = replace(documents.ledger, cashier=None), uptime()
    till = Till(_now(), rules, ledger, m.EnteringCode(), uptime=started, since=started)
    pump = WatchedPump(till, Bus(), writer, Lookups(dictionaries), _now)
    registrar = Registrar(SimulatedFiscal(folder.path / "fiscal"))
    press = Press(_printer(folder, paper), Letterhead(SHOP, TILL), Catalogue().text, registrar=registrar)
    terminal = SimulatedTerminal(folder.path / "terminal")
    terminal.lingers = LINGERS

    async def check(code: str, password: str) -> PasswordChecked:
        person, kept, locked = dictionaries.person(code) or (None, "", False)
        fits = await asyncio.to_thread(check_password, password, kept)
        return PasswordChecked(code, person if fits else None, known=person is not None, locked=locked)

    hands = Hands(pump.bus, press, check, lambda _: None, lambda: None, {}, {NAME: reserve}, Cards(terminal))
    house = House(pump, hands, scanners, _now, 0)
    pump.watch(pump.painted)
    return Headless(house, pump, documents, dictionaries, writer, folder.path)


def _printer(folder: DataFolder, paper: Paper) -> Printer:
    return Roll(folder.path) if paper == "roll" else FilePrinter("file", folder.path / "receipts")


def _now() -> datetime:
    return datetime.now(ZONE)


async def play(options: argparse.Namespace, ack: socket.socket) -> None:
    """Run a till on the inputs of standard input until they end and nothing is on its way."""
    hand, inputs = ThreadPoolExecutor(1), await _inputs()
    asyncio.get_running_loop().set_default_executor(hand)
    ack.sendall(f"ready {await asyncio.to_thread(threading.get_native_id)}\n".encode())
    await inputs.readline()
    till = await _opened(options, hand)
    try:
        await _deal_with(till, inputs, ack)
    finally:
        till.close()


async def _inputs() -> asyncio.StreamReader:
    inputs = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(inputs), sys.stdin)
    return inputs


async def _opened(options: argparse.Namespace, hand: ThreadPoolExecutor) -> Headless:
    folder = DataFolder(options.data)
    documents = await asyncio.to_thread(Documents, folder.documents)
    if options.synchronous:
        documents._conn.execute(f"PRAGMA synchronous={options.synchronous}")
    till = build(folder, options.goods, documents=documents, paper=options.paper)
    till.writer._thread = hand
    return till


async def _deal_with(till: Headless, inputs: asyncio.StreamReader, ack: socket.socket) -> None:
    def acknowledge(*, resting: bool = False) -> None:
        ack.sendall(to_line(till.shown(resting=resting)))

    till.house.pump.watch(acknowledge)
    work = asyncio.create_task(till.house.run())
    await asyncio.sleep(0)
    acknowledge()
    while line := await inputs.readline():
        till.feed(line.decode().rstrip("\n"))
        await till.rest(work)
        acknowledge(resting=True)
    await till.rest(work)
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--goods", type=Path, required=True)
    parser.add_argument("--ack", type=int, required=True)
    parser.add_argument("--synchronous", default="")
    parser.add_argument("--paper", default="file")
    options = parser.parse_args()
    # What the till imports late would be counted as its own reading of files.
    import_module("argon2")
    import_module("sqlite_utils.migrations")
    # Whoever rehearses may attach a tracer, also where the kernel allows that to ancestors only.
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1))
    with taken(DataFolder(options.data)):
        open_log(DataFolder(options.data))
        asyncio.run(play(options, socket.socket(fileno=options.ack)))


if __name__ == "__main__":
    main()
