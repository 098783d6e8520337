"""The stand-in cash server in a process of its own, so that its work is not taken for the till's."""

import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

from cashier.demo.faults import Fault
from tests.faults.mark_server import Asked, Market
from tests.faults.process import PATIENCE, ROOT

Weather = Mapping[Asked, Fault]


class Far:
    """A server that is told its weather line by line."""

    def __init__(self, db: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.mark_far", str(db)]
        self._child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.root = self._heard()

    def be(self, weather: Weather) -> int:
        """Let the weather be so; return how many requests there have been."""
        assert self._child.stdin
        self._child.stdin.write(msgspec.json.encode(weather) + b"\n")
        self._child.stdin.flush()
        return int(self._heard())

    def _heard(self) -> str:
        assert self._child.stdout
        return self._child.stdout.readline().decode().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.communicate(timeout=PATIENCE)


def main() -> None:
    """Serve until the standard input ends."""
    # Whoever hangs up on an endless answer is written to for a moment longer: asyncio says so, each time.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with Market(Path(sys.argv[1])) as market:
        sys.stdout.write(f"{market.root}\n")
        sys.stdout.flush()
        for line in sys.stdin:
            market.weather = msgspec.json.decode(line, type=dict[Asked, Fault])
            sys.stdout.write(f"{len(market.bodies)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
