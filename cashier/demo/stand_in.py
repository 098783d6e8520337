"""What every stand-in server has: a file, faults on demand, an end."""

from typing import Self

from cashier.demo.book import Book
from cashier.demo.faults import Faults, Path


class StandIn:
    """A server that knows what is in its book, and errs as it is told."""

    def __init__(self, book: Book, paths: tuple[Path, ...]) -> None:
        """Take its book, and the things that a till asks of it."""
        self.book = book
        self.faults = Faults(paths)

    def close(self) -> None:
        """Let its file go."""
        self.book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
