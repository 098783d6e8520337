"""Keys and scans, however they come: with no gap, as garbage, as attacks, over a cable that is pulled."""

from collections.abc import Callable

import pytest

from tests.faults import garbage, hostile, replug, typeahead
from tests.faults.attacks import HOSTILE, SCREENS
from tests.faults.figures import Figures

Passed = Callable[[Figures], None]
pytestmark = [pytest.mark.alone, pytest.mark.no_cover]


def test_type_ahead_tells_the_same_story_as_slow_typing(passed: Passed) -> None:
    """A day of keys and scans with no gap, and over a stall of half a second, makes the journal of a slow cashier."""
    passed(typeahead.rehearse(short=True))


def test_garbage_from_the_terminal_changes_nothing(passed: Passed) -> None:
    """After bytes that no terminal should send the receipt stands and the next keys work."""
    passed(garbage.rehearse(short=True))


async def test_a_scan_can_only_be_data() -> None:
    """Control bytes, key names, markup and SQL as scans act on no screen, and each has exactly one outcome."""
    came, found = await hostile.on_every_screen(HOSTILE[::6])
    assert found == []
    assert came > len(SCREENS)


async def test_a_scanner_that_never_ends_is_one_fault() -> None:
    """A megabyte without a terminator is one broken frame, and the next good one is taken."""
    assert await hostile.endless(1 << 20) == []


async def test_a_refusal_that_nobody_logs_is_missed() -> None:
    """The count of outcomes notices a scan that has none."""
    assert await hostile.control()


@pytest.mark.timeout(180)
def test_the_scanner_is_unplugged_in_the_middle_of_a_code(passed: Passed) -> None:
    """The half is dropped, the unplug is seen, and a plugged scanner works."""
    passed(replug.rehearse(short=True))
