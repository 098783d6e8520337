"""The door between the screen and the till: what the screen needs to know and to tell."""

from collections.abc import Callable
from typing import Protocol

from cashier.core.state import Step, Till


class Front(Protocol):
    """What the runtime offers the screen."""

    @property
    def till(self) -> Till:
        """The state after the last committed step."""
        ...

    @property
    def waiting(self) -> int:
        """Scans that wait in the queue."""
        ...

    def press(self, key: str) -> None:
        """Put a key, by the project's own name, on the one ordered queue."""
        ...

    def pasted(self, size: int) -> None:
        """Hear that so many characters were pasted into the terminal and refused."""
        ...

    def painted(self) -> None:
        """Hear that the state last shown is on the glass: a popup or dialog can be read now."""
        ...

    def watch(self, changed: Callable[[], None], ahead: Callable[[Step], None] | None = None) -> Callable[[], None]:
        """Call `changed` after each committed step, `ahead` while it is being committed; the returned function ends it.

        A picture may be prepared ahead; it is shown only after the commit.
        """
        ...

    async def run(self) -> None:
        """Take events from the queue until the till is ended; an exception ends the program."""
        ...
