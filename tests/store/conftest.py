"""Whatever databases a test opens are closed after it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents


@pytest.fixture(autouse=True)
def _closed_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    opened: list[Documents] = []
    open_one = Documents.__init__

    def remembered(documents: Documents, path: Path) -> None:
        open_one(documents, path)
        opened.append(documents)

    monkeypatch.setattr(Documents, "__init__", remembered)
    yield
    for documents in opened:
        documents.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Dictionaries without goods, opened to write."""
    conn = prepare_dictionaries(tmp_path / "dictionaries.db")
    yield conn
    conn.close()


@pytest.fixture
def dictionaries(writer: sqlite3.Connection, tmp_path: Path) -> Iterator[Dictionaries]:
    """The dictionaries that a module fills as `writer`, opened to look up."""
    assert writer.in_transaction is False
    opened = Dictionaries(tmp_path / "dictionaries.db")
    yield opened
    opened.close()
