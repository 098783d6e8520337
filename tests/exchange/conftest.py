"""Ready files and a dictionary for the import tests."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cashier.exchange.load import import_files
from cashier.exchange.report import Report
from cashier.store.dictionaries import Dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
Command = dict[str, Any]


class Shop:
    """A data folder into which files are imported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "dictionaries.db"
        self._opened: list[Dictionaries] = []

    def load(self, *texts: "str | bytes") -> Report:
        """Import files with these contents."""
        paths = []
        for number, text in enumerate(texts):
            path = self.folder / f"file{number}.txt"
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths.append(path)
        return import_files(paths, self.path, lambda *_: None)

    def aif(self, *commands: Command) -> Report:
        """Import one AIF file with these commands."""
        return self.load(aif(*commands))

    def ukm(self, *elements: Command) -> Report:
        """Import one УКМ 5 file with these elements."""
        return self.load(json.dumps({"elements": elements}, ensure_ascii=False))

    @property
    def dictionaries(self) -> Dictionaries:
        """The look-ups, as the till opens them."""
        if not self._opened:
            self._opened.append(Dictionaries(self.path))
        return self._opened[0]

    def close(self) -> None:
        """Close what was opened."""
        for dictionaries in self._opened:
            dictionaries.close()


def aif(*commands: Command) -> str:
    """Write commands as an AIF file with header and footer."""
    lines = "".join(json.dumps(command, ensure_ascii=False) + "\n---\n" for command in commands)
    return f"### data begin ###\n{lines}### data end ###\n"


def item(code: str = "1", **fields: Any) -> Command:
    """Write `addInventItem`."""
    invent = {"inventcode": code, "name": "Хлеб", "price": 45.5, "barcode": f"460{code}", **fields}
    return {"command": "addInventItem", "invent": invent}


def barcode(code: str = "1", **fields: Any) -> Command:
    """Write `addBarcode`."""
    return {"command": "addBarcode", "barcode": {"code": code, "barcode": f"460{code}", **fields}}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop with no dictionaries yet."""
    new = Shop(tmp_path)
    yield new
    new.close()


@pytest.fixture
def dump(shop: Shop) -> Callable[[], dict[str, list[tuple[Any, ...]]]]:
    """Everything the dictionaries say, apart from numbers of rows and times."""
    from cashier.store.connect import open_for_reading  # noqa: PLC0415
    from cashier.store.forms import TABLES  # noqa: PLC0415

    def read() -> dict[str, list[tuple[Any, ...]]]:
        conn = open_for_reading(shop.path)
        try:
            return {
                table: sorted((row[1:] if table in ("tmc", "roleuser") else row for row in conn.execute(f"SELECT * FROM {table}")), key=repr)  # noqa: S608, E501
                for table in TABLES
            }
        finally:
            conn.close()

    return read
