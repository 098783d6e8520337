"""Figures of the dictionaries: import against the sqlite3 shell, and look-up among many barcodes."""

import os
import random
import statistics
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cashier.exchange.load import import_files
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries

FIRST_BARCODE = 4_600_000_000_000
SPREAD = 5
NOW = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """Seconds for the same rows in the same random order into the same table."""

    rows: int
    shell: float
    ours: float

    @property
    def ratio(self) -> float:
        """Our rate as a part of the shell's; 0.5 is asked."""
        return self.shell / self.ours


@dataclass(frozen=True, slots=True)
class LookupFigures:
    """Milliseconds of one look-up of a random barcode."""

    barcodes: int
    p50: float
    p99: float


def rows(count: int) -> Iterable[tuple[int, str]]:
    """Make barcodes and item codes in random order, the same each time."""
    chance = random.Random(1)  # noqa: S311 - no secret
    barcodes = chance.sample(range(FIRST_BARCODE, FIRST_BARCODE + count * SPREAD), count)
    return zip(barcodes, (f"{code:08d}" for code in chance.sample(range(count * SPREAD), count)), strict=True)


def bench_import(folder: Path, count: int) -> ImportFigures:
    """Load the same rows with the shell's `.import` and with `cashier import`."""
    table, commands = folder / "rows.csv", folder / "rows.aif"
    with table.open("w") as csv, commands.open("w") as aif:
        aif.write("### data begin ###\n")
        for barcode, code in rows(count):
            csv.write(f"{barcode},{code},Товар {code},,,796,1,,,0,\n")
            aif.write(
                f'{{"command":"addBarcode","barcode":{{"code":"{code}","barcode":"{barcode}","name":"Товар {code}",'
                '"measure":796,"tmctype":0,"quantdefault":1}}\n---\n'
            )
        aif.write("### data end ###\n")
    os.sync()
    return ImportFigures(count, _shell(folder / "shell.db", table), _ours(folder / "ours.db", commands))


def bench_lookup(folder: Path, count: int, tries: int = 20_000) -> LookupFigures:
    """Look random barcodes up among many, each with its item, price and unit."""
    path = folder / f"lookup{count}.db"
    if not path.exists():
        _fill(path, count)
    dictionaries = Dictionaries(path)
    chance = random.Random(2)  # noqa: S311 - no secret
    times = [_one_lookup(dictionaries, FIRST_BARCODE + chance.randrange(count)) for _ in range(tries)]
    dictionaries.close()
    return LookupFigures(count, statistics.median(times), statistics.quantiles(times, n=100)[98])


def _shell(path: Path, table: Path) -> float:
    prepare_dictionaries(path).close()
    start = time.perf_counter()
    subprocess.run(["sqlite3", "-csv", str(path), f".import {table} barcodes"], check=True)
    return time.perf_counter() - start


def _ours(path: Path, commands: Path) -> float:
    start = time.perf_counter()
    report = import_files([commands], path, lambda *_: None)
    if report.bad_count:
        raise SystemExit(report.bad)
    return time.perf_counter() - start


def _fill(path: Path, count: int) -> None:
    """Build the table in order of keys: how it is filled is not what is measured."""
    conn = prepare_dictionaries(path)
    goods = max(count // 10, 1)
    conn.execute("BEGIN")
    conn.execute("DROP INDEX barcodes_code")
    conn.execute(
        "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)"
        " INSERT INTO tmc (code, bcode, name, measure, price)"
        " SELECT printf('%08d', i), CAST(? + i AS TEXT), 'Товар ' || i, '796', 45.5 FROM n",
        (goods, FIRST_BARCODE),
    )
    conn.execute(
        "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)"
        " INSERT INTO barcodes (barcode, code, tmctype)"
        " SELECT CAST(? + i AS TEXT), printf('%08d', i % ?), 0 FROM n",
        (count, FIRST_BARCODE, goods),
    )
    conn.execute("CREATE INDEX barcodes_code ON barcodes (code)")
    conn.execute("INSERT INTO units (code, name) VALUES ('796', 'шт')")
    conn.execute("COMMIT")
    conn.close()


def _one_lookup(dictionaries: Dictionaries, barcode: int) -> float:
    start = time.perf_counter()
    found = dictionaries.by_barcode(str(barcode), NOW)
    took = time.perf_counter() - start
    if not found:
        raise LookupError(barcode)
    return took * 1000
