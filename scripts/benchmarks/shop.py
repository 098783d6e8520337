"""A shop to measure in: its settings, goods and past, made once per run in a temporary folder."""

import os
import pty
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cashier.core import facts as f
from cashier.core.catalogue import Person, Product
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.receipt import Line
from cashier.core.shifts import Shift, ShiftReport
from cashier.core.tender import TenderKind
from cashier.store.connect import transaction
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.passwords import hash_password
from cashier.store.staff import add_person

CASHIER = Person("1", "Иванова", 2)
LINES = 100
"""Lines of a past receipt."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A till's folders, and the far end of its serial scanner."""

    conf: Path
    data: Path
    scanner: int

    def scan(self, barcode: str) -> None:
        """Send one code, as a serial scanner does."""
        os.write(self.scanner, barcode.encode() + b"\r")


def barcode(number: int) -> str:
    """Return the barcode of one of the goods."""
    return f"{2_000_000_000_000 + number}"


def mark(number: int, piece: int) -> str:
    """Return the mark of one piece of the goods: milk by its layout."""
    return f"010{barcode(number)}215{piece:05d}\x1d93demo"


def of_marks(url: str) -> str:
    """Return settings under which all marks are checked by a server; without an address by this till alone."""
    verify = f"enableMarkVerify = on\nmarkVerifyUrl = {url}\n" if url else ""
    mask = r'mask = "01(?<barcode>\d{14})21.{6}93.{4}"'
    return f"[plugins]\nmarkedgoods = on\n[MarkedGoods]\n{verify}[MarkedGoods.All]\n{mask}\n"


def of_stock(url: str) -> str:
    """Return settings under which every line is reserved by a stock control system."""
    return f"[plugins]\nstockcontrol = on\n[StockControl]\nurl = {url}\n"


def open_shop(folder: Path, settings: str = "") -> Shop:
    """Make an empty shop whose till has a serial scanner."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    conf, data = folder / "conf", folder / "data"
    conf.mkdir(parents=True)
    (conf / "ncash.ini").write_text(
        f"[Receipt]\nmergeLines = off\n[Scanner.bench]\ntype = serial\nport = {os.ttyname(slave)}\n{settings}"
    )
    conn = prepare_dictionaries(data / "dictionaries.db")
    add_person(conn, CASHIER.code, CASHIER.name, CASHIER.role, hash_password("1"))
    conn.close()
    return Shop(conf, data, master)


def fill_goods(shop: Shop, count: int, kind: int = 0) -> None:
    """Write goods of a kind (`tmctype`) with one barcode each straight into the tables."""
    conn = prepare_dictionaries(shop.data / "dictionaries.db")
    with transaction(conn):
        conn.executemany(
            "INSERT INTO tmc (bcode, code, name, price) VALUES (?, ?, ?, 10.5)",
            ((barcode(n), str(n), f"Товар {n:07d}") for n in range(count)),
        )
        conn.executemany(
            "INSERT INTO barcodes (code, barcode, name, tmctype) VALUES (?, ?, '', ?)",
            ((str(n), barcode(n), kind) for n in range(count)),
        )
    conn.close()


def fill_past(shop: Shop, lines: int, progress: Callable[[int], None]) -> None:
    """Sell so many lines in receipts of a hundred, through the journal like any sale."""
    documents = Documents(shop.data / "documents.db")
    at = "2026-11-20T12:00:00.000+03:00"
    documents.commit(at, (f.ShiftOpened(1, at[:19], CASHIER),))
    for number in range(1, lines // LINES + 1):
        documents.commit(at, past_receipt(number, at))
        progress(number * LINES)
    documents.commit(at, closed_shift(documents.ledger, at))
    documents.close()


def closed_shift(ledger: Ledger, at: str) -> tuple[f.AnyFact, ...]:
    """Return the facts of the Z that ends the past: a shift of yesterday takes no sale."""
    shift = ledger.shift or Shift(1, at[:19])
    report = ShiftReport("z", "z", 1, shift.opened, at[:19], CASHIER, shift.totals, ledger.drawer)
    printed = f.PrintBegun("z", "z", copy=False), f.PrintEnded("z", "printed")
    return (f.ShiftClosed(report), *printed)


def past_receipt(number: int, at: str) -> tuple[f.AnyFact, ...]:
    """Return the facts of one closed receipt."""
    identifier = f"00000000-0000-4000-8000-{number:012d}"
    goods = (Product(str(n), f"Товар {n:07d}", Kopecks(1050), barcode(n)) for n in range(LINES))
    lines = (Line(place, product, ONE, product.price) for place, product in enumerate(goods, 1))
    total = Kopecks(1050 * LINES)
    return (
        f.ReceiptOpened(identifier, number, 1, at[:19], CASHIER),
        *(f.LineAdded(identifier, line) for line in lines),
        f.PaymentBegun(identifier),
        f.TenderTaken(identifier, TenderKind.CASH, total, at[:19]),
        f.ReceiptClosed(identifier, total, Kopecks(0), at[:19]),
        f.PrintBegun(identifier, identifier, copy=False),
        f.PrintEnded(identifier, "printed"),
    )
