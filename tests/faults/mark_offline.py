"""Thirty days without a connection, then one that fails in every way: nothing lost, nothing doubled, order kept."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cashier.demo.cash_server import CashServer
from cashier.folder import DataFolder
from cashier.remote.delivery import Delivery
from cashier.store.outbox import Outbox, waiting
from cashier.store.verify import verify
from tests.faults.figures import Figures, caught
from tests.faults.mark_month import Month, Sabotage, sound
from tests.faults.mark_sabotage import Rewriting, renamed
from tests.faults.mark_server import Market
from tests.remote.month import Forgetful

LONG, SHORT = (100_000, 0.1, 100), (300, 0.3, 15)
"""Messages; how harsh the server is; messages in one request."""


def forgets_what_it_read(delivery: Delivery) -> None:
    """Take a message for delivered as soon as it is read."""
    assert isinstance(delivery.outbox, Outbox)
    delivery.outbox = Forgetful(delivery.outbox)


def renames_each_try(delivery: Delivery) -> None:
    """Name a message anew each time it is sent."""
    delivery.client = Rewriting(delivery.client, renamed)


CONTROLS: tuple[Sabotage, ...] = (forgets_what_it_read, renames_each_try)


def passed(size: tuple[int, float, int], sabotage: Sabotage = sound) -> tuple[Month, list[str]]:
    """Let the month pass and all be delivered; tell what is wrong."""
    with TemporaryDirectory() as name, Market(Path(name) / "server.db") as market:
        messages, harsh, batch = size
        month = Month(DataFolder(Path(name) / "data"), market, messages, harsh, sabotage, batch)
        asyncio.run(month.pass_offline())
        found = list(_away(month))
        asyncio.run(month.come_back())
        return month, [*found, *_mistakes(month, market.server)]


def _away(month: Month) -> Iterator[str]:
    """Nothing gets out while there is no connection."""
    left = waiting(month.folder.documents)
    if (left.count, left.parked) != (len(month.made), 0):
        yield f"I4 after the month {left.count} of {len(month.made)} wait, {left.parked} are parked"


def _mistakes(month: Month, server: CashServer) -> list[str]:
    left = waiting(month.folder.documents)
    found = [f"I4 parked: {left.parked}"] if left.parked else []
    return [*found, *verify(month.folder.documents), *_effects(month, server), *_order(month, server)]


def _effects(month: Month, server: CashServer) -> Iterator[str]:
    """Each message took effect once."""
    taken, made = server.messages(), Counter(own.identifier for own in month.made)
    known = Counter(own.id for own in taken if own.result == "accepted")
    lost, more = made - known, known - made
    if lost or more:
        yield f"I4 lost {lost.total()}, doubled or unknown {more.total()}"
    if sorted(own.seq for own in taken) != list(range(1, len(made) + 1)):
        yield "I8 numbers of messages at the server have gaps"
    states = Counter(mark.state for mark in server.marks())
    if states != {"RETURNED": len({own.key for own in month.made})}:
        yield f"I4 marks at the end: {dict(states)}"


def _order(month: Month, server: CashServer) -> Iterator[str]:
    """What happened to a mark was told in its order."""
    places = {own.id: place for place, own in enumerate(server.messages())}
    told: dict[str, list[int]] = defaultdict(list)
    for own in month.made:
        told[own.key].append(places.get(own.identifier, -1))
    wrong = sum(order != sorted(order) for order in told.values())
    if wrong:
        yield f"order of {wrong} marks was not kept"


def rehearse(*, short: bool) -> Figures:
    """Let a month pass with a hundred thousand messages, or with a few and a harsher server."""
    month, found = passed(SHORT if short else LONG)
    requests = len(month.market.bodies)
    counts = {"messages": len(month.made), "lives of the till": month.lives, "requests": requests}
    counts |= {f"fault {fault}": count for fault, count in sorted(month.faults.items())}
    figures = Figures("thirty days offline", {**counts}, found, done=len(month.made) if month.faults else 0)
    missed = [harm.__name__ for harm in CONTROLS if not passed(SHORT, harm)[1]]
    figures.control = caught(f"{len(CONTROLS)} sabotages, unseen: {missed or 'none'}", not missed)
    return figures
