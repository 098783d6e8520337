"""The whole program: started twice, killed at random, trusted with passwords."""

from collections.abc import Callable

import pytest

from tests.faults import second, secrecy, sudden
from tests.faults.figures import Figures

Passed = Callable[[Figures], None]
pytestmark = pytest.mark.no_cover


def test_a_second_till_on_the_folder_is_refused(passed: Passed) -> None:
    """It says which process has the folder and ends with 2; a killed till leaves the folder free."""
    passed(second.rehearse(short=True))


@pytest.mark.alone
@pytest.mark.timeout(300)
def test_after_a_kill_the_same_receipt_is_on_the_screen(passed: Passed) -> None:
    """Kills at random moments: each start is ready within three seconds and shows what was confirmed."""
    passed(sudden.rehearse(short=True))


def test_a_password_is_kept_and_shown_nowhere(passed: Passed) -> None:
    """Wrong, right or typed into the wrong field: it is in no log, no table and on no screen afterwards (I12)."""
    passed(secrecy.rehearse(short=True))
