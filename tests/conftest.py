"""What holds for all tests: one sweep of memory, and no stopwatch where two processes share the processors."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


@pytest.fixture(scope="session", autouse=True)
def _frozen_once() -> Iterator[None]:
    """Freeze the tests themselves; no till that starts among them freezes or thaws anything after that.

    A till sweeps its memory as it starts and after each receipt. Here that memory holds thousands of tests, and each
    sweep of them would take longer than what is tested.
    """
    gc.collect()
    gc.freeze()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "freeze", lambda: None)
        patch.setattr(gc, "unfreeze", lambda: None)
        yield
    gc.unfreeze()
