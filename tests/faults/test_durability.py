"""What was shown as confirmed is there: after kills, power cuts and on a disk that is full or fails."""

from collections.abc import Callable

import pytest

from tests.faults import disk, full, kills, power, recovery, tracer
from tests.faults.figures import Figures
from tests.faults.sale import GROUPS

Passed = Callable[[Figures], None]
pytestmark = pytest.mark.no_cover


@pytest.mark.root
@pytest.mark.timeout(300)
def test_killed_at_a_system_call_it_has_all_it_has_shown(passed: Passed) -> None:
    """SIGKILL at a choice of the syncs and other calls of a sale loses nothing, and everything is printed once."""
    passed(kills.rehearse(short=True))


@pytest.mark.root
def test_killed_while_it_settles_it_settles_the_rest_once(passed: Passed) -> None:
    """SIGKILL at a choice of the calls of a restart with an open intent, line and paper doubles none of them."""
    passed(recovery.rehearse(short=True))


@pytest.mark.root
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_a_power_cut_takes_nothing_that_was_shown(kind: str, passed: Passed) -> None:
    """With the power gone the till knows every confirmed line; one that does not sync would not."""
    passed(power.rehearse(short=True, kind=kind))


@pytest.mark.alone
class TestBadDisk:
    """The till says so within a second, changes nothing, and works again."""

    def test_under_a_limit_of_file_size(self) -> None:
        """Each part of a sale is refused while no file may grow, and done once it may."""
        outcome = full.small_limit()
        assert outcome.found == []
        assert outcome.refusals == len(GROUPS)

    @pytest.mark.root
    def test_on_a_full_disk(self) -> None:
        """Each part of a sale is refused while the disk is full, and done once there is room."""
        if why := disk.missing("tmpfs"):
            pytest.skip(f"full disk: {why}")
        outcome = full.small_disk()
        assert outcome.found == []
        assert outcome.refusals > 0

    @pytest.mark.root
    def test_with_a_call_that_fails(self) -> None:
        """EIO and ENOSPC at some of the calls of a sale lose nothing."""
        if why := tracer.permitted():
            pytest.skip(f"failing calls: {why}")
        swept = full.sweep(short=True)
        assert swept
        assert [word for outcome in swept for word in outcome.found] == []

    def test_a_till_that_goes_on_regardless_is_caught(self) -> None:
        """What was shown and not kept is found."""
        assert full.control()
