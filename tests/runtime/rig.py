"""A till put together from real parts and fakes at its edges: disk, goods, clock, printer, handlers of gates.

The loop is turned by `until`, which waits for a condition; no test sleeps.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from cashier.bus import Bus
from cashier.cards import Cards
from cashier.core.events import FolderListed, Found, PasswordChecked, PeopleListed, Scanned, ScanRead, Worker
from cashier.core.facts import AnyFact, from_json, to_json
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger, fold
from cashier.core.modes import EnteringCode, Popup
from cashier.core.paper import Letterhead
from cashier.core.reading import Reading
from cashier.core.say import Say
from cashier.core.state import Rules, Till
from cashier.entrance import Entrance
from cashier.house import House
from cashier.outside import Handler, Hands
from cashier.printing import Press
from cashier.pump import Pump
from cashier.registering import Registrar
from cashier.store.connect import Trouble
from devices import FiscalPort, PaymentTerminal, SimulatedConfig, SimulatedPrinter, SimulatedScanner
from devices.printing import Printer
from tests.core.goods import FOLDERS, PASSWORDS, by_code, by_name
from tests.core.hand import plain as plain_reading
from tests.runtime.fiscal import AT_ONCE
from tests.waiting import until

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
NAMES = {"+": "plus", "*": "asterisk", " ": "space"}


async def settled() -> None:
    """Let everything happen that can happen without waiting for anybody."""
    for _ in range(200):
        await asyncio.sleep(0)


@dataclass
class Disk:
    """Keeps facts as the journal would: as text, all of a commit or none."""

    commits: list[tuple[bytes, ...]] = field(default_factory=list)
    trouble: Trouble | Literal[""] = ""
    """Of a disk that takes nothing."""
    breaks: Exception | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Clear it to make the disk slow."""

    def __post_init__(self) -> None:
        self.ready.set()

    async def commit(self, at: datetime, facts: tuple[AnyFact, ...]) -> Trouble | Literal[""]:
        """Write facts down."""
        assert facts
        assert at.tzinfo is not None
        await self.ready.wait()
        if self.breaks:
            raise self.breaks
        if not self.trouble:
            self.commits.append(tuple(to_json(fact) for fact in facts))
        return self.trouble

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """All facts that were written down."""
        return tuple(from_json(fact) for commit in self.commits for fact in commit)

    @property
    def kinds(self) -> list[str]:
        """Kinds of all facts, in order."""
        return [type(fact).__name__ for fact in self.facts]

    @property
    def ledger(self) -> Ledger:
        """What a start after a power cut goes out from."""
        return fold(Ledger(), self.facts)


class Shop:
    """Goods that are found at once."""

    def __init__(self) -> None:
        self.breaks: Exception | None = None
        self.readings: dict[bytes, Reading] = {}

    def find_code(self, text: str, now: datetime) -> Found:
        """Look a code up."""
        assert now.tzinfo is not None
        if self.breaks:
            raise self.breaks
        return Found(by_code(text))

    def read_scan(self, scan: Scanned, now: datetime) -> ScanRead:
        """Read a scan: as what the test says, else as a plain barcode."""
        assert now.tzinfo is not None
        return ScanRead(scan, self.readings.get(scan.data) or plain_reading(scan.data))

    def find_name(self, words: str, now: datetime) -> Found:
        """Look words up."""
        assert now.tzinfo is not None
        return Found(by_name(words))

    def list_folder(self, code: str) -> FolderListed:
        """Open a folder."""
        return FolderListed(FOLDERS[code])

    def list_people(self) -> PeopleListed:
        """List who works on the till."""
        return PeopleListed(tuple(Worker(person) for _, person in PASSWORDS.values()))


@dataclass
class Clock:
    """A clock that goes on a millisecond at each look."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """Tell the time."""
        self.now += timedelta(milliseconds=1)
        return self.now


def plain(said: Say) -> str:
    """Write a text without a language: its key and what stands in its places."""
    if said.key == "external":
        return str(dict(said.places)["text"])
    return " ".join([said.key, *(str(value) for _, value in said.places)])


async def knows(code: str, password: str) -> PasswordChecked:
    """Compare a password."""
    known, person = PASSWORDS.get(code, ("", None))
    return PasswordChecked(code, person if password == known else None, known=code in PASSWORDS)


class Rig:
    """The till in a test: what is pressed and scanned, what is seen, written down, printed and signalled."""

    def __init__(
        self,
        *gates: Gate,
        ledger: Ledger | None = None,
        printer: Printer | None = None,
        handlers: dict[str, Handler] | None = None,
        idle: float = 0,
        fiscal: FiscalPort | None = None,
        terminal: PaymentTerminal | None = None,
    ) -> None:
        self.disk, self.shop, self.clock = Disk(), Shop(), Clock()
        self.scanner = SimulatedScanner(SimulatedConfig("scanner"))
        self.printer = printer or SimulatedPrinter("printer")
        self.tones: list[bool] = []
        self.left = False
        """Whether the program was told to end."""
        rules = Rules(gates=gates, fiscal=fiscal is not None, terminal=terminal is not None)
        till = Till(NOON, rules, ledger or Ledger(), EnteringCode())
        self.pump = Pump(till, Bus(), self.disk, self.shop, self.clock)
        registrar = Registrar(fiscal, AT_ONCE) if fiscal else None
        self.hands = Hands(
            bus=self.pump.bus,
            press=Press(self.printer, Letterhead("77", "3"), plain, registrar=registrar),
            check=knows,
            signal=self.tones.append,
            quit=self._leave,
            scanners={"scanner": self.scanner},
            handlers=handlers or {},
            cards=Cards(terminal),
        )
        self.house = House(self.pump, self.hands, (self.scanner,), self.clock, idle)
        self.front = Entrance(self.pump, self.house.run)
        """What the screen has of the till."""
        self._numbers = 0

    def _leave(self) -> None:
        self.left = True

    @contextlib.asynccontextmanager
    async def working(self, *, sign_in: bool = True) -> AsyncIterator["Rig"]:
        """Let the house work, with a cashier at the till."""
        task = asyncio.create_task(self.front.run())
        try:
            await until(lambda: self.till.devices or task.done())
            if sign_in:
                await self.sign_in()
            yield self
            assert not task.done(), task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def sign_in(self, code: str = "7") -> None:
        """Sign Иванова in, or somebody else."""
        self.write(code).press("enter").write(PASSWORDS[code][0]).press("enter")
        await until(lambda: self.till.ledger.cashier)

    def press(self, *keys: str) -> "Rig":
        """Press keys, one right after the other."""
        for key in keys:
            self.front.press(key)
        return self

    def write(self, text: str) -> "Rig":
        """Press the keys of a text."""
        return self.press(*(NAMES.get(character, character) for character in text))

    def scan(self, data: str) -> "Rig":
        """Hold a code under the scanner."""
        self.scanner.scan(data.encode())
        return self

    def scanned(self, data: str, at: float) -> bool:
        """Put a scan of a given moment on the queue."""
        self._numbers += 1
        return self.pump.bus.put(Scanned("other", self._numbers, data.encode()), at)

    @property
    def till(self) -> Till:
        """The state."""
        return self.front.till

    @property
    def names(self) -> list[str]:
        """Names of the lines of the open receipt, storno'd ones left out."""
        receipt = self.till.ledger.receipt
        return [line.product.name for line in receipt.live] if receipt else []

    @property
    def problem(self) -> str:
        """Key of the error popup; empty when there is none."""
        return self.till.mode.reason.key if isinstance(self.till.mode, Popup) else ""

    @property
    def notice(self) -> str:
        """Key of the quiet line; empty when there is none."""
        return self.till.notice.key if self.till.notice else ""

    @property
    def entry(self) -> str:
        """What is typed."""
        return str(getattr(self.till.mode, "entry", ""))


@contextlib.contextmanager
def watched(rig: Rig) -> Iterator[list[Till]]:
    """Keep every state the screen is told about."""
    seen: list[Till] = []
    stop = rig.front.watch(lambda: seen.append(rig.till))
    yield seen
    stop()
