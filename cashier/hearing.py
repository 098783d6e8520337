r"""What the till makes of the bytes of a scanner, and which `prefix` and `suffix` would fit them.

>>> ear = Ear(Scanner(name="counter", port="/dev/ttyUSB0"))
>>> ear.hear(b"4600\n", at=0.0)
Heard(frames=('too_slow',), keys=b'', advice=('сканер шлёт \\n: поставьте suffix = \\n',))
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cashier.equipment import framing
from cashier.settings.device_kinds import Spelling
from cashier.settings.model import Scanner
from devices import Framer, Reason, Scan, Wedge, WedgeConfig
from devices.wedge import BURST_LENGTH

CONTROLS = rb"[\x00-\x1c\x1e\x1f\x7f]"
HEAD, TAIL = re.compile(CONTROLS + b"*"), re.compile(CONTROLS + rb"*\Z")
"""Control characters at the ends; GS belongs to the code."""

SPELLING = Spelling("none")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of some bytes: frames and faults in order, what the till takes as keys, and what to set."""

    frames: tuple[bytes | Reason, ...]
    keys: bytes = b""
    advice: tuple[str, ...] = ()


class Ear:
    """Hears one scanner as the till with its present settings does."""

    def __init__(self, own: Scanner) -> None:
        self._own = own
        self._framing = framing(own)
        self._framer = Framer(self._framing)
        self._wedge = Wedge(WedgeConfig(own.name, self._framing)) if own.type == "keyboard" else None

    def hear(self, data: bytes, at: float) -> Heard:
        """Take bytes that came together by `at`, in seconds, with a pause after them."""
        if self._own.type == "simulated":
            return Heard((data,))
        if self._wedge:
            return self._typed(self._wedge, data, at)
        frames = self._framer.feed(data, at) + self._framer.expire(at + self._framing.gap)
        return Heard(tuple(frames), advice=tuple(_advice(data, self._own)))

    def _typed(self, wedge: Wedge, data: bytes, at: float) -> Heard:
        """Part a scan from keys; a person's key is no reason for advice."""
        (found, keys), (late, rest) = wedge.feed(data, at), wedge.expire(at + self._framing.gap)
        frames = tuple(one.data if isinstance(one, Scan) else one.reason for one in (*found, *late))
        return Heard(frames, keys + rest, tuple(_advice(data, self._own)) if len(data) >= BURST_LENGTH else ())


def _advice(data: bytes, own: Scanner) -> Iterator[str]:
    head, tail = _found(HEAD, data).lstrip(b"\r\n"), _found(TAIL, data)
    if len(tail) == len(data):
        return
    if not _ends(data, tail, own.suffix):
        yield _set("suffix", f"сканер шлёт {SPELLING.show(tail)}" if tail else "сканер ничего не шлёт в конце", tail)
        if not tail:
            yield "если код пришёл не весь, сканер медленный: увеличьте gap"
    if not (data.startswith(own.prefix) if own.prefix else not head):
        yield _set("prefix", f"сканер начинает с {SPELLING.show(head)}" if head else "сканер начинает с кода", head)


def _ends(data: bytes, tail: bytes, suffix: bytes) -> bool:
    """Tell whether the suffix of the settings is the scanner's; the till swallows a line feed after CR."""
    if not suffix:
        return not tail
    ended = (data.rstrip(b"\n") if suffix == b"\r" else data).endswith(suffix)
    return ended and not tail.strip(b"\r\n" + suffix)


def _set(key: str, seen: str, value: bytes) -> str:
    return f"{seen}: поставьте {key} = {SPELLING.show(value)}"


def _found(pattern: "re.Pattern[bytes]", data: bytes) -> bytes:
    match = pattern.search(data)
    return match[0] if match else b""
