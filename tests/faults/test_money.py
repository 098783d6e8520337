"""Money under faults: one outcome of each payment and of each Z, whenever the power goes; nobody guesses a code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import guessing, money, settling
from tests.faults.books import mistakes
from tests.faults.day import CLOSING, RECEIPTS
from tests.faults.figures import Figures
from tests.faults.invariants import violations
from tests.faults.money_controls import PAYMENT, SHIFT, Control, found_by
from tests.faults.person import spend
from tests.faults.roll import Paper

Passed = Callable[[Figures], None]
pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize("paper", ["roll", "file"])
def test_a_day_without_a_fault_is_right_to_the_kopeck(paper: Paper, tmp_path: Path) -> None:
    """Cash, card, mixed, given back, put aside, cheaper, cash in and out, X, Z, the next day: all books agree."""
    day = (*RECEIPTS, *CLOSING)
    spend(tmp_path, day, paper=paper)
    assert mistakes(tmp_path, day) == []
    assert violations(tmp_path, at_rest=True) == []


@pytest.mark.root
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", money.CHOICE)
def test_killed_at_a_commit_point_there_is_one_outcome(name: str, passed: Passed) -> None:
    """SIGKILL at each sync of a payment by card, of a Z: after the restart the day ends with one of everything."""
    passed(money.rehearse(short=True, name=name))


@pytest.mark.root
@pytest.mark.timeout(300)
def test_killed_while_money_is_settled_there_is_one_outcome(passed: Passed) -> None:
    """SIGKILL at a choice of the syncs of a restart with an open charge, registering, paper or closing."""
    passed(settling.rehearse(short=True))


@pytest.mark.parametrize("control", [*PAYMENT, *SHIFT], ids=lambda control: control.name)
def test_a_till_that_doubles_is_caught(control: Control) -> None:
    """A charge, a fiscal document or a closing that is repeated, and a charge before its intent, are in the books."""
    assert found_by(control)


@pytest.mark.parametrize("way", guessing.WAYS, ids=lambda way: way.name)
def test_a_password_is_guessed_at_ten_times_at_the_most(way: guessing.Way) -> None:
    """In half an hour, whatever is done to clocks, program and machine; and whoever was attacked still gets in."""
    compared, found = guessing.attacked(way, 10.0)
    assert found == []
    assert compared > 1


def test_without_the_delay_far_more_are_compared() -> None:
    """The delay is what stops the attacker."""
    assert guessing.control(10.0) >= 10 * guessing.MOST
