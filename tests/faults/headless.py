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
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from cashier.bus import Bus
from cashier.cards import Cards
from cashier.core import modes as m
from cashier.core.events import Event, PasswordChecked
from cashier.core.paper import Letterhead
from cashier.core.passage import Waiting
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
from tests.faults.clock import now
from tests.faults.reserving import NAME, Reserving, reserve
from tests.faults.roll import Paper, Roll
from tests.faults.shown import Shown, shown, to_line

if TYPE_CHECKING:
    from tests.faults.mark_till import Marked, Post

SHOP, TILL = "77", "3"
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
    post: "Post | None" = None
    """Of a till that sells marked goods."""
    scans: int = 0

    @property
    def busy(self) -> bool:
        """Tell whether something is still on its way."""
        till, bus = self.pump.till, self.pump.bus
        asking = isinstance(till.mode, m.Passing) and isinstance(till.mode.at, Waiting)
        waits = asking or isinstance(till.mode, m.CheckingPassword | m.Finding)
        working = any(not task.done() for task in self.house.hands._tasks)
        delivers = self.post is not None and self.post.busy
        return bool(bus._inputs or bus._others or waits or working or self.pump.turning or delivers)

    async def rest(self, work: "asyncio.Task[None]") -> None:
        """Wait until nothing is on its way, or the till has ended."""
        while self.busy and not work.done():
            self.pump.turned.clear()
            heard = [asyncio.create_task(self.pump.turned.wait())]
            heard += [asyncio.create_task(self.post.outbox.empty.wait())] if self.post and self.post.busy else []
            await asyncio.wait([*heard, work, *self.house.hands._tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in heard:
                task.cancel()

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
        if self.post:
            self.post.close()


def build(
    folder: DataFolder,
    goods: Path,
    scanners: tuple[Scanner, ...] = (),
    documents: Documents | None = None,
    paper: Paper = "file",
    marked: "Marked | None" = None,
) -> Headless:
    """Put a till together as `cashier.till` does, without the screen; its gate is a rehearsed one or that of marks."""
    documents = documents or Documents(folder.documents)
    dictionaries, writer = Dictionaries(goods), Writer(documents)
    post = _post(marked, folder, dictionaries, writer) if marked else None
    rules = post.rules if post else Rules(SHOP, TILL, gates=(Reserving(),), terminal=True, fiscal=True)
    ledger, started = replace(documents.ledger, cashier=None), uptime()
    till = Till(now(), rules, ledger, m.EnteringCode(), uptime=started, since=started)
    pump = WatchedPump(till, Bus(), writer, post.lookups if post else Lookups(dictionaries), now)
    hands = _hands(pump, folder, paper, dictionaries)
    hands.handlers = post.handlers if post else {NAME: reserve}
    house = House(pump, hands, scanners, now, 0, network=post.network.run if post else None)
    if post:
        post.hang_on(pump)
    pump.watch(pump.painted)
    return Headless(house, pump, documents, dictionaries, writer, folder.path, post)


def _hands(pump: Pump, folder: DataFolder, paper: Paper, dictionaries: Dictionaries) -> Hands:
    registrar = Registrar(SimulatedFiscal(folder.path / "fiscal"))
    press = Press(_printer(folder, paper), Letterhead(SHOP, TILL), Catalogue().text, registrar=registrar)
    terminal = SimulatedTerminal(folder.path / "terminal")
    terminal.lingers = LINGERS

    async def check(code: str, password: str) -> PasswordChecked:
        person, kept, locked = dictionaries.person(code) or (None, "", False)
        fits = await asyncio.to_thread(check_password, password, kept)
        return PasswordChecked(code, person if fits else None, known=person is not None, locked=locked)

    return Hands(pump.bus, press, check, lambda _: None, lambda: None, cards=Cards(terminal))


def _post(marked: "Marked", folder: DataFolder, dictionaries: Dictionaries, writer: Writer) -> "Post":
    from tests.faults.mark_till import Post  # noqa: PLC0415 - a till without marks starts without it

    return Post(marked, folder, dictionaries, writer)


def _printer(folder: DataFolder, paper: Paper) -> Printer:
    return Roll(folder.path) if paper == "roll" else FilePrinter("file", folder.path / "receipts")


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
    till = build(folder, options.goods, documents=documents, paper=options.paper, marked=_marked(options.marked))
    till.writer._thread = hand
    return till


def _marked(text: str) -> "Marked | None":
    """Read how the till stands to the cash server; what it imports late would be counted as its own reading."""
    if not text:
        return None
    import_module("httpx")
    import_module("regex")
    from tests.faults.mark_till import Marked  # noqa: PLC0415 - as above

    return msgspec.json.decode(text, type=Marked)


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
    parser.add_argument("--marked", default="")
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
