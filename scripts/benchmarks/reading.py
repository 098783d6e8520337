"""Figures of reading a mark: transport undone, code parsed, masks held against it; beside one `re` match per mask."""

import re
import time
from dataclasses import dataclass

from benchmarks.terminal import percentile
from cashier.core.marks import GS, Code, read
from cashier.demo import marks, masks
from cashier.masks import Masks
from cashier.settings.model import MarkCategory

LIMIT = 200e-6
"""Seconds a scan may take (p99)."""


@dataclass(frozen=True, slots=True)
class Read:
    """Seconds for a scan, ours and the peer's."""

    ours: list[float]
    peer: list[float]

    def told(self) -> str:
        """Word the figure."""
        ours, peer = percentile(self.ours, 0.99), percentile(self.peer, 0.99)
        name, verdict = "scan read as a mark / bare masks p99", "ok" if ours <= LIMIT else "TOO SLOW"
        figures = f"{ours * 1e6:.0f} us / {peer * 1e6:.0f} us"
        return f"{name:<52}{figures:>24}  {ours / peer:5.2f}x  (<= {LIMIT * 1e6:.0f} us)  {verdict}"


def spelled(data: bytes) -> tuple[bytes, ...]:
    """Return a scan as scanners send it: as it is, with an AIM identifier, with GS spelled otherwise or lost."""
    gs = GS.encode()
    return data, b"]d2" + data, data.replace(gs, b"^]"), data.replace(gs, b"<GS>"), data.replace(gs, b"")


def bench(rounds: int) -> Read:
    """Read every code of the demo in every spelling, so many times."""
    shipped = masks.shipped()
    ours = Masks(tuple(MarkCategory(name=name, mask=mask) for name, mask in shipped))
    bare = [re.compile(mask.replace("(?<", "(?P<")) for _, mask in shipped]
    scans = [spelling for sample in marks.samples("0000") for spelling in spelled(sample.data)]
    own, peer = [], []
    for _ in range(rounds):
        for scan in scans:
            began = time.perf_counter()
            code = read(scan)
            if isinstance(code, Code):
                ours.match(code.code)
            own.append(time.perf_counter() - began)
            text = scan.decode()
            began = time.perf_counter()
            for mask in bare:
                mask.fullmatch(text)
            peer.append(time.perf_counter() - began)
    return Read(own, peer)
