"""A senior cashier at a headless till: looks at the screen, answers what it asks, and goes on with the day."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

from cashier.core import modes as m
from cashier.core.facts import AnyFact, from_json
from cashier.core.ledger import Ledger
from cashier.folder import DataFolder
from cashier.store.connect import open_for_reading
from cashier.store.journal import entries
from devices import SimulatedFiscal, SimulatedTerminal
from devices.fiscal import Fault as FiscalFault
from devices.payment import Fault as TerminalFault
from tests.faults.day import Day, Inputs, Task, keys, kind_of
from tests.faults.headless import Headless, build
from tests.faults.process import PATIENCE, goods
from tests.faults.roll import Paper, papers
from tests.faults.sale import SIGN_IN

ENOUGH = 40
"""Answers, or moves of one thing to be done, after which the till is stuck."""

Sabotage = Callable[[Headless], None]


def sound(_till: Headless) -> None:
    """Leave the till as it is."""


def switched_off(till: Headless) -> None:
    """Let terminal and fiscal device be off when the till starts; whoever comes switches them on."""
    _set_faults(till, "silent", "off")


def _set_faults(till: Headless, terminal: TerminalFault, fiscal: FiscalFault) -> None:
    hands = till.house.hands
    assert isinstance(hands.cards.terminal, SimulatedTerminal)
    hands.cards.terminal.fault = terminal
    assert hands.press.registrar
    assert isinstance(hands.press.registrar.device, SimulatedFiscal)
    hands.press.registrar.device.fault = fiscal


class StuckError(AssertionError):
    """The till asks for ever, or for what nobody can answer."""


class Person:
    """Whoever stands at the till. They know the papers that came out, and nothing that the screen does not show."""

    def __init__(self, till: Headless, work: "asyncio.Task[None]", data: Path) -> None:
        """Step up to it."""
        self.till, self.data = till, data
        self.given: list[str] = []
        """All inputs so far."""
        self._work = work

    @property
    def ledger(self) -> Ledger:
        """Where the till stands."""
        return self.till.pump.till.ledger

    async def give(self, inputs: Inputs) -> None:
        """Press and scan, and wait each time until the till has dealt with it."""
        for line in inputs:
            self.given.append(line)
            self.till.feed(line)
            await self.till.rest(self._work)

    async def spend(self, day: Day) -> None:
        """Switch on what is off, and do what of the day is still to be done, one thing after the other."""
        _set_faults(self.till, "", "")
        for index, task in enumerate(day):
            before = sum(kind_of(own) == kind_of(task) for own in day[:index])
            await self._do(task, before)
        await self.attend()

    async def _do(self, task: Task, before: int) -> None:
        for _ in range(ENOUGH):
            await self.attend()
            made = written(self.data)
            if task.done(made) > before:
                return
            await self.give(task.next(self.ledger, made))
        raise StuckError(task, self.till.pump.till.mode)

    async def attend(self) -> None:
        """Answer what the till asks until it stands free."""
        for _ in range(ENOUGH):
            answer = self._answer()
            if not answer:
                return
            await self.give(answer)
        raise StuckError(self.till.pump.till.mode)

    def _answer(self) -> Inputs:
        match self.till.pump.till.mode:
            case m.EnteringCode():
                return SIGN_IN
            case m.Popup() | m.Reporting() | m.Telling() | m.Confirming(purpose=m.Purpose.WORD):
                return keys("enter")
            case m.Charging(stage="silent") | m.Closing(stage="silent"):
                return keys(str(m.ASK_AGAIN + 1))
            case m.Owing(document):
                row = "paper_seen" if papers(self.data)[document] else "paper_again"
                return keys(str(m.PAPER_ROWS.index(row) + 1))
            case m.Selling():
                return keys("f10", str(m.MENU.index("menu_paper") + 1)) if self.ledger.owed else ()
            case m.Paying():
                return ()
            case mode:
                raise StuckError(mode)


def written(data: Path) -> list[AnyFact]:
    """Read all facts of the journal."""
    with closing(open_for_reading(DataFolder(data).documents)) as conn:
        return [from_json(entry.body) for entry in entries(conn)]


def spend(data: Path, day: Day, *, paper: Paper = "roll", sabotage: Sabotage = sound) -> list[str]:
    """Start a till on a folder in this program, let a person spend the day there; return what was given to it."""
    with _gc_as_before():
        return asyncio.run(_spend(data, day, paper, sabotage))


async def _spend(data: Path, day: Day, paper: Paper, sabotage: Sabotage) -> list[str]:
    async with at_work(data, paper, sabotage) as person, asyncio.timeout(PATIENCE):
        await person.spend(day)
        return person.given


@asynccontextmanager
async def at_work(data: Path, paper: Paper = "roll", sabotage: Sabotage = sound) -> AsyncIterator[Person]:
    """Start a till, let it settle what is open, and put a person there."""
    till = build(DataFolder(data), goods(), paper=paper)
    sabotage(till)
    work = asyncio.create_task(till.house.run())
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(PATIENCE):
            await till.rest(work)
        yield Person(till, work, data)
    finally:
        for task in (work, *till.house.hands._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        till.close()


@contextmanager
def _gc_as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
