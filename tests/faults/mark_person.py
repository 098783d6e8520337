"""A till with marks in this program, and a person at it who finishes what a kill broke off."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from cashier.folder import DataFolder
from devices import Scanner
from tests.faults.headless import Headless, build
from tests.faults.mark_books import at_rest
from tests.faults.mark_day import to_its_end
from tests.faults.mark_prices import as_answered
from tests.faults.mark_server import Market
from tests.faults.mark_till import Marked
from tests.faults.person import ENOUGH, Person, StuckError, _gc_as_before
from tests.faults.process import PATIENCE, goods

Sabotage = Callable[[Headless], None]


def sound(_till: Headless) -> None:
    """Leave the till as it is."""


@asynccontextmanager
async def at_work(
    data: Path, marked: Marked, sabotage: Sabotage = sound, scanners: tuple[Scanner, ...] = ()
) -> AsyncIterator[Person]:
    """Start a till, let it settle what is open and deliver what waits, and put a person there."""
    with _gc_as_before():
        till = build(DataFolder(data), goods(), scanners, marked=marked)
        sabotage(till)
        work = asyncio.create_task(till.house.run())
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(PATIENCE):
                await till.rest(work)
            yield Person(till, work, data)
        finally:
            for task in (*till.house.hands._tasks, work):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            till.close()


def settled(data: Path, market: Market, *, checked: bool = True) -> list[str]:
    """Start a till on a folder where nothing is wrong any more, and look at it at rest."""
    return _looked_at(_settled(data, Marked(market.root)), data, market, checked=checked)


def finished(data: Path, market: Market, *, give_up: bool) -> list[str]:
    """Start it again, let a person finish the receipts, and look at it at rest."""
    found = _looked_at(_ended(data, Marked(market.root), give_up=give_up), data, market)
    return [f"at the end, {word}" for word in found]


def _looked_at(work: Coroutine[Any, Any, None], data: Path, market: Market, *, checked: bool = True) -> list[str]:
    market.still()
    try:
        asyncio.run(work)
    except (AssertionError, TimeoutError) as stuck:
        return [f"the day cannot be finished: {stuck!r}"]
    return [*at_rest(data, market.server, checked=checked), *as_answered(data)]


async def _settled(data: Path, marked: Marked) -> None:
    async with at_work(data, marked):
        pass


async def _ended(data: Path, marked: Marked, *, give_up: bool) -> None:
    async with at_work(data, marked) as person, asyncio.timeout(PATIENCE):
        for _ in range(ENOUGH):
            await person.attend()
            pressed = to_its_end(person.till.pump.till, give_up=give_up)
            if not pressed:
                return
            await person.give(pressed)
        raise StuckError(person.till.pump.till.mode)
