"""What a server can do wrong, on demand: switches for tests and for the trainer."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

FaultName = Literal[
    "",
    "slow",
    "drip",
    "500",
    "garbage",
    "huge",
    "bomb",
    "down",
    "lost",
    "deep",
    "redirect",
    "unknown_key",
    "401",
    "later",
    "hang",
    "refuse",
    "error500",
]
"""Empty: none. What each does is told where it is done (`fault_answers`)."""

Path = Literal["status", "queue", "orders", "reserve", "cancel", "stock", "receipts"]
"""What a till asks. The cash server: about a mark (reserves as well), to take its queue, for an order. СКО: to reserve,
to cancel a reserve, what is free, to take a receipt."""

CASH_PATHS: Final[tuple[Path, ...]] = ("status", "queue", "orders")
STOCK_PATHS: Final[tuple[Path, ...]] = ("reserve", "cancel", "stock", "receipts")


class Fault(Struct, frozen=True):
    """What goes wrong until it is changed."""

    fault: FaultName
    path: Path | None = None
    """Where; None: everywhere."""
    seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    """How long `slow` waits (3 unless told) or `hang` (30), or `drip` from byte to byte (1)."""
    text: Annotated[str, Meta(max_length=100_000)] = ""
    """What `refuse` and `error500` say; empty: nothing."""

    def pause(self, usual: float) -> float:
        """Return its seconds, or the usual ones."""
        return usual if self.seconds is None else self.seconds


NONE: Final = Fault("")


class Faults:
    """Which fault is on, for each thing that a till asks of one server."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._on: dict[Path, Fault] = {}

    def set(self, fault: Fault) -> str:
        """Switch a fault on; the empty one switches off.

        Returns:
            Why not; empty when it is done.
        """
        if fault.path and fault.path not in self._paths:
            return f"Здесь нет {fault.path}, есть {', '.join(self._paths)}"
        self._on |= dict.fromkeys([fault.path] if fault.path else self._paths, fault)
        return ""

    def of(self, path: Path) -> Fault:
        """Return what goes wrong there now."""
        return self._on.get(path, NONE)
