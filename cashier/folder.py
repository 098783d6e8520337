"""The data folder: where its files lie, one running till per folder, and its log."""

import contextlib
import fcntl
import logging
import logging.handlers
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOG_SIZE = 5_000_000
LOG_FILES = 5


class FolderTakenError(Exception):
    """Another till works in the folder; the text says which process."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths of a till's data."""

    path: Path

    @property
    def dictionaries(self) -> Path:
        """What the shop sells and who works in it."""
        return self.path / "dictionaries.db"

    @property
    def documents(self) -> Path:
        """The journal and its tables."""
        return self.path / "documents.db"


def default_data() -> Path:
    """Folder of the data when none was named."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "cashier"


@contextlib.contextmanager
def taken(folder: DataFolder) -> Iterator[None]:
    """Hold the folder for one running till. The lock ends with the process, however it ends.

    Raises:
        FolderTakenError: another till holds it.
        OSError: the folder cannot be written to.
    """
    folder.path.mkdir(parents=True, exist_ok=True)
    with (folder.path / "till.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise FolderTakenError(lock.read(32).strip() or "?") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that are no visible ones, or that begin a new line somewhere."""


class OneLine(logging.Formatter):
    """One line per record: what is no visible character is written as an escape, so that no text can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record; the lines of a traceback are joined."""
        return "".join(_escape(c) if unicodedata.category(c) in _UNSEEN else c for c in super().format(record))


def _escape(character: str) -> str:
    return " ⏎ " if character == "\n" else character.encode("unicode_escape").decode()


def open_log(folder: DataFolder) -> None:
    """Send the log to `cashier.log`, five files of five megabytes at most."""
    folder.path.mkdir(parents=True, exist_ok=True)
    logging.raiseExceptions = False  # a log that a full disk does not take must not be written over the screen
    handler = logging.handlers.RotatingFileHandler(
        folder.path / "cashier.log", maxBytes=LOG_SIZE, backupCount=LOG_FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("cashier")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    root.propagate = False
