"""What a server can do wrong, on demand: switches for tests and for the trainer."""

from typing import Annotated, Final, Literal, get_args

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
]
"""Empty: none. What each does is told where it is done (`cash_app`)."""

Path = Literal["status", "queue"]
"""What a till asks: about a mark (reserves as well), or to take its queue."""

PATHS: Final[tuple[Path, ...]] = get_args(Path)


class Fault(Struct, frozen=True):
    """What goes wrong until it is changed."""

    fault: FaultName
    path: Path | None = None
    """Where; None: everywhere."""
    seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    """How long `slow` waits (3 unless told), or `drip` from byte to byte (1 unless told)."""

    def pause(self, usual: float) -> float:
        """Return its seconds, or the usual ones."""
        return usual if self.seconds is None else self.seconds


NONE: Final = Fault("")


class Faults:
    """Which fault is on, for each thing that a till asks."""

    def __init__(self) -> None:
        self._on: dict[Path, Fault] = {}

    def set(self, fault: Fault) -> None:
        """Switch a fault on; the empty one switches off."""
        self._on |= dict.fromkeys([fault.path] if fault.path else PATHS, fault)

    def of(self, path: Path) -> Fault:
        """Return what goes wrong there now."""
        return self._on.get(path, NONE)
