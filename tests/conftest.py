"""What holds for all tests: one sweep of memory, no stopwatch on shared processors, reports that can be sent.

Marks of tests: `alone` measures time and runs when nothing else does. `no_cover` plays whole days, often in programs of
its own; the tests of each room cover the same lines, and a tracer would double the time that the days take.
"""

import gc
from collections.abc import Generator, Iterator
from typing import Any

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


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Let a report reach the other process whatever a hostile test has printed: half of a surrogate pair cannot."""
    return _sendable((yield))


def _sendable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {key: _sendable(own) for key, own in value.items()}
        case list() | tuple():
            return type(value)(map(_sendable, value))
        case _:
            return value
