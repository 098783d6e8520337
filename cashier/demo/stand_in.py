"""What every stand-in server has: a file, faults on demand, an end."""

from typing import Self

from cashier.demo.book import Book
from cashier.demo.faults import Fault, FaultName, Faults, Path


class StandIn:
    """A server that knows what is in its book, and errs as it is told."""

    def __init__(self, book: Book, paths: tuple[Path, ...]) -> None:
        """Take its book, and the things that a till asks of it."""
        self.book = book
        self.faults = Faults(paths)
        self._first = paths[0]

    @property
    def fault(self) -> FaultName:
        """What goes wrong with the first thing that is asked of it; set it, and it goes wrong everywhere."""
        return self.faults.of(self._first).fault

    @fault.setter
    def fault(self, name: FaultName) -> None:
        self.faults.set(Fault(name))

    def close(self) -> None:
        """Let its file go."""
        self.book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
