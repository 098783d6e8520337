"""What a running house changes in the interpreter is put back after each test."""

import gc
import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the garbage collector and the log back."""
    thresholds, log = gc.get_threshold(), logging.getLogger("cashier")
    handlers, level = list(log.handlers), log.level
    monkeypatch.setattr(log, "propagate", True)
    log.setLevel(logging.INFO)
    yield
    for handler in [handler for handler in log.handlers if handler not in handlers]:
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)
    gc.unfreeze()
    gc.set_threshold(*thresholds)
