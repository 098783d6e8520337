"""Random sagas of reserves in virtual time: at rest the system holds what the lines are, whatever happened (I5).

The real machines, gate, handler and carrier work against a simulated network, whose requests come late, twice or never,
and a till that is killed between any two steps. A server that knows no keys must never hold less than the lines are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.figures import Figures, caught
from tests.faults.stock_harm import DEAF, HARMS
from tests.faults.stock_loop import run
from tests.faults.stock_saga import Harm, Saga

LONG, SHORT = (10_000, 2_000), (100, 30)
"""Sagas with a server that knows keys, and with one that does not."""
PATIENCE = 600
"""Sagas after which a harm that was not seen is missed."""


@dataclass
class Outcome:
    """What came of some sagas."""

    found: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    orphans: int = 0
    """Sagas in which something was held for no line at the end."""
    sagas: int = 0


async def _played(seeds: Iterable[int], harm: Harm, *, all_of_them: bool = True) -> Outcome:
    outcome = Outcome()
    for seed in seeds:
        saga = await Saga(seed, harm).run()
        outcome.sagas += 1
        outcome.found += saga.found
        outcome.counts += saga.shop.counts
        outcome.faults += sum(times for fault, times in saga.weather.faults.items() if fault)
        outcome.orphans += bool(saga.orphans)
        if saga.found and not all_of_them:
            break
    return outcome


def played(sagas: int, harm: Harm | None = None) -> Outcome:
    """Play so many sagas and count what came of them."""
    return run(_played(range(sagas), harm or Harm()))


def seen(harm: Harm) -> int:
    """Play sagas until a harm is seen; return how many it took, 0 if it was not."""
    outcome = run(_played(range(PATIENCE), harm, all_of_them=False))
    return outcome.sagas if outcome.found else 0


def rehearse(*, short: bool) -> Figures:
    """Play ten thousand sagas, or a few."""
    sagas, deaf = SHORT if short else LONG
    own, other = played(sagas), played(deaf, DEAF)
    told = own.counts
    counts = {
        "sagas": sagas,
        "kills": told["kills"],
        "faults of the network": own.faults,
        "lines": told["LineAdded"],
        "quantities changed": told["QuantityChanged"],
        "stornos": told["LineStornoed"],
        "paid": told["ReceiptClosed"],
        "given up": told["ReceiptCancelled"],
        "cancels by the outbox": told["MessageQueued"],
        "sagas without keys": deaf,
        "of them with orphans": other.orphans,
    }
    figures = Figures("reserves of stock control", {**counts}, [*own.found, *other.found], done=own.faults)
    took = {harm.name: seen(harm) for harm in HARMS}
    missed = [name for name, sagas in took.items() if not sagas]
    slowest = max(took.values())
    figures.control = caught(f"{len(HARMS)} harms within {slowest} sagas, unseen: {missed or 'none'}", not missed)
    return figures
