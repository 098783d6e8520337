"""Whatever documents.db a test opens is closed after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
