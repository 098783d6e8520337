"""What the sale of tobacco must have left in the journal: a price that was chosen, and who answered for the age."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cashier.core import facts as f
from tests.faults.mark_day import CHOSEN
from tests.faults.person import written


def as_answered(data: Path, chosen: Mapping[str, Sequence[int]] = CHOSEN) -> list[str]:
    """Check the journal of a folder.

    Args:
        data: the folder; no till works in it.
        chosen: kopecks by mark, in the order in which they were chosen; a person after a restart chooses none.
    """
    facts = written(data)
    return [*_prices(facts, chosen), *_ages(facts)]


def _prices(facts: Sequence[f.AnyFact], chosen: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Find lines at a price that nobody chose."""
    lines = [fact.line for fact in facts if isinstance(fact, f.LineAdded) and fact.line.product.alternatives]
    for mark in sorted({line.ki for line in lines}):
        prices = [line.price for line in lines if line.ki == mark]
        if prices != list(chosen.get(mark, ()))[: len(prices)]:
            yield f"{mark} stands at {prices}, chosen was {chosen.get(mark, ())}"


def _ages(facts: Sequence[f.AnyFact]) -> Iterator[str]:
    """Find lines of restricted goods in a receipt for whose buyer nobody has answered before."""
    ages: dict[str, int] = {}
    for fact in facts:
        match fact:
            case f.AgeConfirmed(receipt, age):
                ages[receipt] = max(ages.get(receipt, 0), age)
            case f.LineAdded(receipt, line) if line.product.min_age > ages.get(receipt, 0):
                yield f"{line.product.name} was sold to nobody knows whom"
