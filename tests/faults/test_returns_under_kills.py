"""A return at a till that dies at any moment: file, ledger, terminal and servers agree in the end (spec R6, R7)."""

from pathlib import Path

import pytest

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.gate import Settlement
from cashier.core.receipt import Line
from cashier.gates.returns import ReturnRules, ReturnsGate
from tests.faults.return_day import WAYS, MortalShop, ReturnDay, Way
from tests.gates.marked import STRICT, gate

pytestmark = pytest.mark.no_cover
NAMES = [way.name for way in WAYS]


class Unsettling(ReturnsGate, frozen=True):
    """Leaves a claim that nobody has answered where it is."""

    def settle(self, _intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Do nothing."""
        return Settlement()


class ForgettingShop(MortalShop):
    """A till whose terminal does not know what it gave back."""

    forgets = True


def moments(folder: Path, way: Way) -> int:
    """Count the moments of a return that nothing happens to."""
    day = ReturnDay(folder, way).run()
    assert (day.found, day.deaths) == ([], 0)
    return day.moments


@pytest.mark.parametrize("gives_up", [False, True], ids=["finished", "given up"])
@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_killed_once(way: Way, gives_up: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """Given a death at each moment, when the return goes on or is given up, then it was made once or not at all."""
    count = moments(tmp_path, way)
    days = [ReturnDay(tmp_path, way, (moment,), gives_up=gives_up).run() for moment in range(1, count + 1)]
    assert [(day.fuses, day.found) for day in days if day.found] == []
    assert [day.deaths for day in days] == [1] * count


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_killed_twice(way: Way, tmp_path: Path) -> None:
    """Given a death at each moment, and another one soon after the start, then it was made once all the same."""
    count = moments(tmp_path, way)
    days = [ReturnDay(tmp_path, way, (moment, 1 + moment % 4)).run() for moment in range(1, count + 1)]
    assert [(day.fuses, day.found) for day in days if day.found] == []


def test_unsettled_claims_are_caught(tmp_path: Path) -> None:
    """Given a gate that does not settle its claims after a death, then the server holds what no line has."""
    gates = gate(STRICT, told=True), Unsettling(ReturnRules(asks=True))
    days = (ReturnDay(tmp_path, WAYS[0], (moment,), gives_up=True, gates=gates).run() for moment in range(1, 20))
    assert any("claims are not the lines" in day.found for day in days)


def test_forgotten_refund_is_caught(tmp_path: Path) -> None:
    """Given a terminal that says it did nothing, then the card gets its money twice, and it is seen."""
    last = moments(tmp_path, WAYS[0])
    days = (ReturnDay(tmp_path, WAYS[0], (moment,), shops=ForgettingShop).run() for moment in range(1, last))
    assert any(word.startswith("the card got") for day in days for word in day.found)
