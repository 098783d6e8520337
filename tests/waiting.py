"""Waiting for a condition, for tests of what runs beside them."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 5.0
"""Seconds to wait for what must come."""

_BREATH: Final = 0.001
"""Seconds between two looks. Looking without a pause keeps the interpreter's lock from threads that play devices: each
of their system calls then waits a whole switch interval for its turn, and what takes 20 ms takes seconds."""


async def until(
    holds: Callable[[], object], patience: float = PATIENCE, what: Callable[[], str] = lambda: "it never came"
) -> None:
    """Wait until a condition holds; fail with words on how things are then if it never does."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while not holds():  # noqa: ASYNC110 - any condition may be waited for
                await asyncio.sleep(_BREATH)
    assert holds(), what()
