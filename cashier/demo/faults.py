"""What a server can do wrong, on demand: switches for tests and for the trainer."""

from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct, convert

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

NAMES: Final[tuple[FaultName, ...]] = get_args(FaultName)[1:]
"""Of all there are, without the empty one."""

Path = Literal["status", "queue", "orders", "sales", "returns", "reserve", "cancel", "stock", "receipts"]
"""What a till asks. The cash server: about a mark (reserves as well), to take its queue, for an order, for receipts
that were sold, to give lines of one back. СКО: to reserve, to cancel a reserve, what is free, to take a receipt."""

CASH_PATHS: Final[tuple[Path, ...]] = ("status", "queue", "orders", "sales", "returns")
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


class Wish(Struct, frozen=True):
    """A fault as trainers ask for it: it may have no name or place that there is."""

    fault: str
    path: str | None = None
    seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    text: Annotated[str, Meta(max_length=100_000)] = ""


class Known(Struct, frozen=True):
    """What can be switched here, and what is on."""

    faults: tuple[str, ...]
    paths: tuple[str, ...]
    on: dict[str, str]
    """Faults by what is asked."""


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
            return self._no_path(fault.path)
        self._on |= dict.fromkeys([fault.path] if fault.path else self._paths, fault)
        return ""

    def wish(self, wish: Wish) -> str:
        """Switch on what is wished; a name that is none is answered with those there are.

        Returns:
            As `set` does.
        """
        if wish.fault and wish.fault not in NAMES:
            return f"Нет поломки {wish.fault}, есть {', '.join(NAMES)}; пустое имя выключает"
        if wish.path and wish.path not in self._paths:
            return self._no_path(wish.path)
        return self.set(convert(wish, Fault, from_attributes=True))

    def known(self) -> Known:
        """Return what can be switched, and what is on."""
        return Known(NAMES, self._paths, {path: own.fault for path, own in self._on.items() if own.fault})

    def _no_path(self, path: str) -> str:
        return f"Здесь нет {path}, есть {', '.join(self._paths)}"

    def of(self, path: Path) -> Fault:
        """Return what goes wrong there now."""
        return self._on.get(path, NONE)
