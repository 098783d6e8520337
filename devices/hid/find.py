"""Which of the computer's keyboards is the scanner: by path, or by what sysfs tells of each.

sysfs answers without opening a device and without its rights: asking every half second disturbs nobody, and a missing
right is met where it matters, at the scanner itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from devices.framing import Framing

SYSFS = Path("/sys/class/input")
KEY_1 = 2


@dataclass(frozen=True, slots=True)
class HidConfig:
    """A keyboard scanner as the settings name it.

    Either `device`, a path of /dev/input (best /dev/input/by-id/…), or any of the others; all that are given must
    agree. `phys` (the USB port) tells two equal scanners apart. With nothing given no keyboard matches, for the
    cashier's own must not be grabbed.
    """

    name: str
    device: str = ""
    vendor: int | None = None
    product: int | None = None
    device_name: str = ""
    phys: str = ""
    framing: Framing = field(default_factory=Framing)


def find(config: HidConfig, sysfs: Path = SYSFS) -> str | None:
    """Return the path of the scanner's device, the first by number if several match, or None."""
    if config.device:
        return config.device
    wanted = _wanted(config)
    if not wanted:
        return None
    return next((f"/dev/input/{node.name}" for node in _keyboards(sysfs) if _matches(node, wanted)), None)


def _wanted(config: HidConfig) -> dict[str, str]:
    """Return file below the device's folder: its content."""
    wanted = {"name": config.device_name, "phys": config.phys}
    for key, number in (("id/vendor", config.vendor), ("id/product", config.product)):
        wanted[key] = "" if number is None else f"{number:04x}"
    return {key: value for key, value in wanted.items() if value}


def _keyboards(sysfs: Path) -> Iterator[Path]:
    """Yield the nodes that can type; a scanner may have others for its settings."""
    for node in sorted(sysfs.glob("event*"), key=lambda node: int(node.name.removeprefix("event"))):
        words = _read(node, "capabilities/key").split()
        if words and int(words[-1], 16) >> KEY_1 & 1:
            yield node


def _matches(node: Path, wanted: dict[str, str]) -> bool:
    return all(_read(node, key) == value for key, value in wanted.items())


def _read(node: Path, key: str) -> str:
    try:
        return (node / "device" / key).read_text(errors="replace").strip()
    except OSError:
        return ""  # pulled out while we looked
