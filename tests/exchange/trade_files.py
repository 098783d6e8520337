"""Files of the trade system, and a shop to import them into."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from cashier.exchange.load import import_files
from cashier.exchange.report import Report
from cashier.store.connect import open_for_reading
from cashier.store.dictionaries import Dictionaries
from cashier.store.forms import TABLES

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

    def kept(self, query: str) -> list[tuple[Any, ...]]:
        """Read what an import has kept, by a query of the tables."""
        with closing(open_for_reading(self.path)) as conn:
            return conn.execute(query).fetchall()

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Read everything the dictionaries say, apart from numbers of rows."""
        conn = open_for_reading(self.path)
        try:
            return {table: sorted(_rows(conn, table), key=repr) for table in TABLES}
        finally:
            conn.close()

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


def _rows(conn: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    cursor = conn.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
    numbered = cursor.description[0][0] == "id"
    return [row[1:] if numbered else row for row in cursor]
