"""Ways in which a disk takes nothing for a while."""

import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


class Shortage:
    """A disk that can be made to take nothing."""

    def begin(self) -> None:
        """Take nothing from now on."""

    def end(self) -> None:
        """Take everything again."""


@dataclass
class SizeLimit(Shortage):
    """The unprivileged form: no file of the process may grow."""

    pid: int

    def begin(self) -> None:
        """Let no file be written."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, self._most()))

    def end(self) -> None:
        """Let files be written."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (self._most(), self._most()))

    def _most(self) -> int:
        return resource.prlimit(self.pid, resource.RLIMIT_FSIZE)[1]


@dataclass
class Filler(Shortage):
    """A file that takes all the room there is."""

    path: Path

    def begin(self) -> None:
        """Fill the disk to its last byte."""
        with self.path.open("ab", buffering=0) as file, suppress(OSError):
            for size in (1 << 16, 1 << 12, 1):
                with suppress(OSError):
                    while file.write(b"0" * size):
                        pass

    def end(self) -> None:
        """Make room."""
        self.path.unlink(missing_ok=True)
