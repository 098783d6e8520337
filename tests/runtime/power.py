"""A till whose power goes at a commit point, and the same till after its next start: same disk, same devices."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from cashier.core.facts import AnyFact
from cashier.core.ledger import Ledger
from cashier.store.connect import Trouble
from devices import SimulatedFiscal, SimulatedPrinter, SimulatedTerminal
from tests.core.goods import BREAD
from tests.runtime.rig import Disk, Rig
from tests.waiting import until


@dataclass
class Cut(Disk):
    """A disk whose power goes after so many commits; what is written after that is never acknowledged."""

    left: int = 1_000
    dark: asyncio.Event = field(default_factory=asyncio.Event)

    async def commit(self, at: datetime, facts: tuple[AnyFact, ...]) -> Trouble | Literal[""]:
        """Write facts down while there is power."""
        if not self.left:
            self.dark.set()
            await asyncio.Event().wait()
        self.left -= 1
        return await super().commit(at, facts)


class Life:
    """One till over several starts, with a cashier who may also be the senior one."""

    def __init__(self, folder: Path, code: str = "7") -> None:
        self.folder, self.code = folder, code
        self.printer = SimulatedPrinter("printer")
        self.rig, self.disk = Rig(), Cut()
        self.fiscal, self.terminal = SimulatedFiscal(folder), SimulatedTerminal(folder)

    @contextlib.asynccontextmanager
    async def started(self) -> AsyncIterator[Rig]:
        """Start the till on what its disk has, sign in once all is settled, and take the power away at the end."""
        self.fiscal, self.terminal = SimulatedFiscal(self.folder), SimulatedTerminal(self.folder)
        ledger = replace(self.disk.ledger, cashier=None)
        self.rig = rig = Rig(ledger=ledger, printer=self.printer, fiscal=self.fiscal, terminal=self.terminal)
        self.disk = Cut(self.disk.commits)
        rig.disk = rig.pump._journal = self.disk
        async with rig.working(sign_in=False):
            await self.settled()
            await rig.sign_in(self.code)
            yield rig
        for task in rig.hands._tasks:
            task.cancel()
        await asyncio.gather(*rig.hands._tasks, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def cut_after(self, commits: int) -> AsyncIterator[None]:
        """Let the power go after so many commits of what is done inside, and wait for that."""
        self.disk.left = commits
        yield
        await until(self.disk.dark.is_set)

    async def subtotal(self) -> None:
        """Sell a loaf up to its payment."""
        self.rig.scan(BREAD.barcode)
        await until(lambda: self.rig.names)
        self.rig.press("plus")
        await until(lambda: self.rig.till.ledger.receipt and self.rig.till.ledger.receipt.in_payment)

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        await until(lambda: not (self.ledger.charge or self.ledger.closing or self.ledger.prints))

    async def looked_after(self) -> None:
        """Look at each paper nobody knows of: here they are all out, and the cashier says so."""
        while self.ledger.papers:
            count = len(self.ledger.papers)
            self.rig.press("f10", "2", "2")
            await until(lambda count=count: len(self.ledger.papers) < count)  # type: ignore[misc]

    @property
    def ledger(self) -> Ledger:
        """The state as it is now."""
        return self.rig.till.ledger

    @property
    def printed(self) -> list[str]:
        """Identifiers of the papers that came out, in order."""
        return [job.identifier for job in self.printer.printed]

    @property
    def charged(self) -> list[int]:
        """Sums that the terminal has charged, in order."""
        return [sum_ for _, kind, sum_, status in self.terminal.operations() if (kind, status) == ("pay", "approved")]
