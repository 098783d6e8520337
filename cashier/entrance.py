"""The door between the screen and the till."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from cashier.core.state import Till
from cashier.pump import Ahead, Pump


@dataclass(slots=True)
class Entrance:
    """The screen's door to the till (`cashier.ui.front.Front`). What hangs on the till is built behind it, in `run`."""

    pump: Pump
    work: Callable[[], Awaitable[None]]
    typed: Callable[[bytes], bytes] = bytes
    """What the terminal's bytes pass before they are keys: takes out what a scanner types."""

    @property
    def till(self) -> Till:
        """The state to be drawn."""
        return self.pump.till

    @property
    def waiting(self) -> int:
        """Scans that wait."""
        return self.pump.waiting

    def press(self, key: str) -> None:
        """Take a key."""
        self.pump.press(key)

    def pasted(self, size: int) -> None:
        """Refuse a paste."""
        self.pump.pasted(size)

    def painted(self) -> None:
        """Remember that the screen has shown the state."""
        self.pump.painted()

    def watch(self, changed: Callable[[], None], ahead: Ahead | None = None) -> Callable[[], None]:
        """Be told after each step, and of each one while the disk works."""
        return self.pump.watch(changed, ahead)

    def sift(self, data: bytes) -> bytes:
        """Let the terminal's bytes pass; called in the input thread."""
        return self.typed(data)

    async def run(self) -> None:
        """Build what the first picture did without, and work until cancelled."""
        await self.work()
