"""Every fault of the cash server, in every place: the till decides in time, its screen lives, its memory stays."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, get_args

import httpx
import msgspec

from cashier.demo.cash_server import CashServer
from cashier.demo.faults import FaultName
from cashier.gates.marked_goods import NAME, Order
from cashier.remote.marks import MarkRegistry
from tests.faults.figures import Figures, caught
from tests.faults.headless import Headless
from tests.faults.invariants import violations
from tests.faults.mark_bench import Bench, Case, bench
from tests.faults.mark_books import at_rest
from tests.faults.mark_far import Far
from tests.faults.mark_person import Sabotage, sound
from tests.faults.mark_server import Asked
from tests.faults.mark_watch import Cost

LIMIT, GRACE = 0.5, 0.1
"""Seconds that a question may take, and that the decision may come later."""
GAP = 0.1
GROWTH = 20_000_000
TRIES = 4
"""Times that a till may be measured before a figure is its own and not that of a machine with other work."""

PLACES: Final[tuple[Asked, ...]] = get_args(Asked)
CASES: Final[tuple[Case, ...]] = tuple((asked, fault) for fault in get_args(FaultName) for asked in PLACES)
FEW: Final[tuple[Case, ...]] = (
    ("status", "bomb"),
    ("reserve", "drip"),
    ("queue", "huge"),
    ("status", "deep"),
    ("reserve", "unknown_key"),
    ("queue", "later"),
)


def judged(cost: Cost) -> Iterator[str]:
    """Hold what was measured against the promises."""
    if cost.decision > LIMIT + GRACE:
        yield f"decided after {cost.decision:.2f} s"
    if cost.gap > GAP:
        yield f"the loop stood still for {cost.gap * 1000:.0f} ms"
    if cost.growth > GROWTH:
        yield f"memory grew by {cost.growth / 1e6:.0f} MB"


async def _measured(own: Bench, case: Case, worst: Cost) -> list[str]:
    """Measure once more where a figure is bad; what is wrong otherwise is wrong at once."""
    for _ in range(TRIES):
        cost, found = await own.measured(case)
        figures = list(judged(cost))
        if found or not figures:
            worst.add(cost)
            break
    return [f"{case[1]} at {case[0]}: {word}" for word in (*found, *figures)]


async def _all(
    data: Path, far: Far, cases: tuple[Case, ...], sabotage: Sabotage, limit: float
) -> tuple[Cost, list[str]]:
    worst, found = Cost(), []
    async with bench(data, far, sabotage, limit) as own:
        for case in cases:
            found += await _measured(own, case, worst)
    return worst, found


def suffered(cases: tuple[Case, ...], sabotage: Sabotage = sound, limit: float = LIMIT) -> tuple[Cost, list[str]]:
    """Let a till suffer each of the cases; return the worst figures that are good, and what is wrong."""
    with TemporaryDirectory() as name:
        data, db = Path(name) / "data", Path(name) / "server.db"
        with Far(db) as far:
            worst, found = asyncio.run(_all(data, far, cases, sabotage, limit))
        with CashServer(db) as server:
            found += [*at_rest(data, server, checked=False), *violations(data, at_rest=True)]
    return worst, found


class Trusting:
    """Sabotage: a handler that reads whatever comes."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __call__(self, body: str) -> str:
        """Ask as a program does that has never met a bad server."""
        order = msgspec.json.decode(body, type=Order)
        async with httpx.AsyncClient() as client:
            sent = msgspec.json.encode(order.request)
            answer = await client.post(self.url, content=sent, headers={"Idempotency-Key": order.key})
        status: str = answer.json()["status"]
        return status


def trusts(till: Headless) -> None:
    """Put the trusting handler in."""
    handlers = till.house.hands.handlers
    careful = handlers[NAME]
    assert isinstance(careful, MarkRegistry)
    handlers[NAME] = Trusting(careful.common)


def rehearse(*, short: bool) -> Figures:
    """Let a till suffer everything everywhere, or a few things."""
    cases = FEW if short else CASES
    worst, found = suffered(cases)
    figures = Figures("bad answers", {"faults and places": len(cases), **_worded(worst)}, found, done=len(cases))
    missed = [name for name, said in _controls().items() if not said]
    figures.control = caught(f"a client that trusts, a till that waits longer, unseen: {missed or 'none'}", not missed)
    return figures


def _controls() -> dict[str, list[str]]:
    return {
        "trusts": suffered((("status", "bomb"),), trusts)[1],
        "waits longer": suffered((("status", "slow"),), limit=2 * LIMIT)[1],
    }


def _worded(worst: Cost) -> dict[str, object]:
    return {
        "longest decision, s": f"{worst.decision:.2f} of {LIMIT}",
        "longest gap, ms": f"{worst.gap * 1000:.0f}",
        "largest growth, MB": f"{worst.growth / 1e6:.1f}",
    }
