"""Secrets (I12): whatever is typed as a password is in no file of the data folder and on no screen.

Wrong ones and right ones, and one that was typed into the code's field because nobody looked at the screen.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from cashier.folder import DataFolder
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.passwords import hash_password
from cashier.store.staff import add_person
from tests.faults.figures import Figures, caught
from tests.faults.journal import kinds, wait_for
from tests.faults.process import goods
from tests.faults.sale import BREAD, SIGN_OUT
from tests.faults.terminal import Terminal

CODE, NAME = "1", "Иванова"
RIGHT, WRONG, ASTRAY = "7390518264", "8264017395", "5917360482"
SECRETS = {"right password": RIGHT, "wrong password": WRONG, "password in the code's field": ASTRAY}
REFUSED = "Неверный код или пароль"
REFUSALS = 3
"""Twice a wrong password, once a password for a code."""


def _staffed(folder: Path) -> None:
    """Give the cashier a password that stands nowhere else."""
    data = folder / "data"
    data.mkdir()
    shutil.copy(goods(), DataFolder(data).dictionaries)
    with closing(prepare_dictionaries(DataFolder(data).dictionaries)) as conn:
        add_person(conn, CODE, NAME, 1, hash_password(RIGHT))


def told(place: str, text: str) -> list[str]:
    """Name the secrets that stand in a text."""
    return [f"I12 the {what} is in {place}" for what, secret in SECRETS.items() if secret in text]


def kept(data: Path) -> list[str]:
    """Look for secrets in the bytes of all files, and in all rows of the documents as text."""
    files = [path for path in data.rglob("*") if path.is_file()]
    found = [word for path in files for word in told(path.name, path.read_bytes().decode("latin-1"))]
    with closing(sqlite3.connect(DataFolder(data).documents)) as conn:
        return found + told("the rows of documents.db", "\n".join(conn.iterdump()))


class Day:
    """A day of a cashier who does not always look at the screen."""

    def __init__(self, till: Terminal) -> None:
        """Begin it at the sign-in."""
        self.till = till
        self.found: list[str] = []
        self.looked = 0
        self.careless = ""
        """The screen while a password stands in the code's field, where codes are shown."""

    def look(self, *words: str) -> None:
        """Wait for words and read the whole screen."""
        self.till.shows(*words)
        self.looked += 1
        self.found += told("the screen", self.till.text)

    def spend(self) -> None:
        """Be refused three times, sign in, sell, and leave."""
        self.till.shows("Код кассира")
        self._refused((CODE, "enter", *WRONG), WRONG)
        self.till.type(*ASTRAY)
        self.till.shows(ASTRAY)
        self.careless = self.till.text
        self._refused(("enter", *RIGHT), RIGHT)
        self._refused((CODE, "enter", *WRONG), WRONG)
        self.till.type(CODE, "enter", *RIGHT)
        self.look("•" * len(RIGHT))
        self.till.type("enter")
        self.look(NAME)
        self.till.type(*BREAD, "enter", "plus", "enter")
        wait_for(lambda: kinds(self.till.data)["PrintEnded"], lambda: self.till.read(0.05))
        self.till.type(*SIGN_OUT)
        self.look("Код кассира")
        self.found += kept(self.till.data)

    def _refused(self, keys: Iterable[str], password: str) -> None:
        refusals = kinds(self.till.data)["SignInRefused"]
        self.till.type(*keys)
        self.till.shows("•" * len(password))
        self.till.type("enter")
        wait_for(lambda: kinds(self.till.data)["SignInRefused"] > refusals, lambda: self.till.read(0.05))
        self.look("Код кассира", REFUSED)


def unseen(data: Path) -> list[str]:
    """Write secrets where a careless till would; return the places in which nobody saw them."""
    before = set(kept(data))
    with (data / "cashier.log").open("a", encoding="utf-8") as log:
        log.write(f"sign-in of {CODE} with {RIGHT}\n")
    with closing(sqlite3.connect(DataFolder(data).documents, isolation_level=None)) as conn:
        conn.execute("CREATE TABLE careless (password)")
        conn.execute("INSERT INTO careless VALUES (?)", (WRONG,))
    seen = " ".join(set(kept(data)) - before)
    return [place for place in ("cashier.log", "rows of documents.db") if place not in seen]


def rehearse(*, short: bool) -> Figures:
    """Spend the day once."""
    del short
    with TemporaryDirectory() as name:
        _staffed(Path(name))
        with Terminal(Path(name)) as till:
            day = Day(till)
            day.spend()
        day.found += kept(till.data)
        refused = kinds(till.data)["SignInRefused"]
        files = sum(path.is_file() for path in till.data.rglob("*"))
        figures = Figures("secrets", {"refusals": refused, "screens": day.looked, "files": files})
        figures.done, figures.violations = day.looked, sorted(set(day.found))
        figures.violations += [] if refused == REFUSALS else [f"{refused} refusals instead of {REFUSALS}"]
        missed = [*unseen(till.data), *([] if told("the screen", day.careless) else ["screen"])]
        figures.control = caught(f"a password in log, table and code field, unseen: {missed or 'none'}", not missed)
    return figures
