"""A loop of asyncio in virtual time: whoever sleeps is woken at once, in the order of the moments they named."""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from typing import Any, Final, TypeVar

Result = TypeVar("Result")

STALLED: Final = "everybody waits, and nobody is due"


class _Leaping(selectors.SelectSelector):
    """Waits for nothing: the clock leaps instead. Nothing here is ever read or written."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let so much time pass."""
        if timeout is None:
            raise RuntimeError(STALLED)
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time is its own."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)
        self.set_exception_handler(_raised)

    def time(self) -> float:
        """Return the seconds since the loop was made."""
        return self._leaping.now


def _raised(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Break the run where something in it broke unseen."""
    raise RuntimeError(context["message"]) from context.get("exception")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
