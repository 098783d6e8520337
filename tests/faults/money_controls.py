"""Red controls of payment and of Z: tills that do what doubles money, after the power went at the worst moment."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, cast

from cashier.cards import Cards
from cashier.core import facts as f
from cashier.registering import Registrar
from cashier.store.connect import Trouble
from cashier.store.writer import Writer
from devices import FiscalDocument, FiscalState, SimulatedFiscal, SimulatedTerminal, TerminalOutcome
from tests.faults.books import mistakes
from tests.faults.day import CARD_SALE, CASH_SALE, Day, ZReport
from tests.faults.headless import Headless
from tests.faults.person import Sabotage, StuckError, at_work, sound, spend
from tests.faults.process import PATIENCE

DAY: Day = (CASH_SALE, CARD_SALE, ZReport())


class Repeating(SimulatedTerminal):
    """What a till makes of a terminal that charges again instead of asking."""

    async def last(self, token: str) -> TerminalOutcome:
        """Charge once more."""
        return await self.pay(token, self._last().amount)


class Forgetful(SimulatedFiscal):
    """What a till makes of a fiscal device that does not ask which documents came after the number it kept."""

    async def documents_after(self, number: int) -> list[FiscalDocument]:
        """Tell of none."""
        del number
        return []


class Reopening(Forgetful):
    """The same, of a till that closes a shift whatever the state of the device."""

    async def state(self) -> FiscalState:
        """Tell it when a shift is open."""
        await self.open_shift()
        return await super().state()


def repeats_the_charge(till: Headless) -> None:
    """Charge again instead of asking."""
    till.house.hands.cards = Cards(Repeating(till.folder / "terminal"))


def registers_again(till: Headless) -> None:
    """Register without asking what is registered."""
    _with_device(till, Forgetful(till.folder / "fiscal"))


def closes_again(till: Headless) -> None:
    """Close without asking what is closed."""
    _with_device(till, Reopening(till.folder / "fiscal"))


def _with_device(till: Headless, device: SimulatedFiscal) -> None:
    hands = till.house.hands
    hands.press = replace(hands.press, registrar=Registrar(device))


@dataclass(frozen=True)
class Control:
    """When the power goes, and what is wrong with the till."""

    dark: type[f.AnyFact]
    """The fact that is not written down any more."""
    after: Sabotage = sound
    """Of the till that starts afterwards."""
    asks_first: bool = False
    """The terminal is asked before the intent is written down."""

    @property
    def name(self) -> str:
        """Say what is wrong."""
        return "asks before the intent" if self.asks_first else self.after.__name__


PAYMENT = (
    Control(f.TenderTaken, repeats_the_charge),
    Control(f.PrintEnded, registers_again),
    Control(f.ChargeBegun, asks_first=True),
)
SHIFT = (Control(f.ShiftClosed, closes_again),)


class Dark(Writer):
    """A writer whose power goes at a fact, after what the sabotage does there."""

    def __init__(self, own: Writer, kind: type[f.AnyFact], first: Callable[[f.AnyFact], Awaitable[object]]) -> None:
        """Write with the writer of the till."""
        super().__init__(own._documents)
        self._kind, self._first = kind, first
        self.gone = asyncio.Event()

    def commit(self, at: datetime, facts: tuple[f.AnyFact, ...]) -> Awaitable[Trouble | Literal[""]]:
        """Write facts down while there is power."""
        last = next((fact for fact in facts if isinstance(fact, self._kind)), None)
        return self._go_dark(last) if last and self._due(facts) else super().commit(at, facts)

    def _due(self, facts: tuple[f.AnyFact, ...]) -> bool:
        """Leave cash alone: it asks nobody."""
        return not any(isinstance(fact, f.TenderTaken) and not fact.token for fact in facts)

    async def _go_dark(self, last: f.AnyFact) -> Literal[""]:
        await self._first(last)
        self.gone.set()
        await asyncio.Event().wait()
        return ""


async def _nothing(_fact: f.AnyFact) -> None:
    """Do nothing."""


async def broken_off(data: Path, control: Control) -> None:
    """Spend the day until the power goes."""
    async with at_work(data) as person, asyncio.timeout(PATIENCE):
        terminal = person.till.house.hands.cards.terminal
        assert terminal

        async def charge(fact: f.AnyFact) -> None:
            begun = cast("f.ChargeBegun", fact)
            await terminal.pay(begun.token, begun.amount)

        dark = Dark(person.till.writer, control.dark, charge if control.asks_first else _nothing)
        person.till.pump._journal = dark
        spending = asyncio.create_task(person.spend(DAY))
        await dark.gone.wait()
        spending.cancel()
        dark._thread.shutdown()


def found_by(control: Control) -> list[str]:
    """Let the power go, start the sabotaged till and a sound one; return what is found in the first.

    Nothing may be found in the second, unless the sabotage came before the power went.
    """
    with TemporaryDirectory() as name:
        data = Path(name) / "data"
        asyncio.run(broken_off(data, control))
        harmed = shutil.copytree(data, Path(name) / "harmed")
        if not control.asks_first and _finished(data, sound):
            return []
        return _finished(harmed, control.after)


def _finished(data: Path, after: Sabotage) -> list[str]:
    try:
        spend(data, DAY, sabotage=after)
    except (StuckError, TimeoutError) as stuck:
        return [f"the day cannot be finished: {stuck!r}"]
    return mistakes(data, DAY)
