"""Puts yesterday's sales where they would be: into the till's journal, its devices' files and the cash server."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from cashier.core.catalogue import Product
from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.tender import CardSlip
from cashier.demo.cash_protocol import MarkBody
from cashier.demo.cash_server import CashServer
from cashier.demo.past_day import other_shifts, own_shift
from cashier.demo.past_names import OTHERS, named
from cashier.demo.past_shift import PastShift, Pay
from cashier.exchange.sales.json import to_json
from cashier.folder import DataFolder
from cashier.store.dictionaries import Dictionaries
from cashier.store.documents import Documents
from devices import SimulatedTerminal


class GoodsMissingError(Exception):
    """The dictionaries have other goods than the demo's."""


def fill(folder: DataFolder, cash: CashServer, zone: ZoneInfo) -> None:
    """Give a new folder a shift of yesterday, and let the cash server know of it and of what was sold elsewhere.

    A folder in which a till has worked, or whose goods are others, gets no shift.

    Raises:
        StoreError: the folder cannot be used.
        OSError: the same.
    """
    now = datetime.now(zone).replace(tzinfo=None)
    day = now.date() - timedelta(days=1)

    def find(barcode: str) -> Product:
        found = dictionaries.by_barcode(barcode, now)
        if not found:
            raise GoodsMissingError(barcode)
        return found[0]

    with closing(Dictionaries(folder.dictionaries)) as dictionaries, suppress(GoodsMissingError):
        if not folder.documents.exists():
            _fill_folder(folder, cash, lambda pay: own_shift(day, zone, find, pay))
        if not cash.sold.knows(named(OTHERS[0][0])):
            for shift in other_shifts(day, zone, find):
                tell(cash, shift.ended)


def _fill_folder(folder: DataFolder, cash: CashServer, sell: Callable[[Pay], PastShift]) -> None:
    """Write a shift down; its journal last and as a whole: what a crash interrupts is made anew by the next start."""
    shift = sell(_payer(SimulatedTerminal(folder.path / "terminal")))
    tell(cash, shift.ended)
    _fill_fiscal(folder.path / "fiscal", shift)
    fresh = folder.documents.with_name("documents.new.db")
    for left in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + left).unlink(missing_ok=True)
    with closing(Documents(fresh)) as documents:
        for step in shift.steps:
            documents.commit(step.at, step.facts)
    fresh.rename(folder.documents)


def tell(cash: CashServer, receipts: Iterable[Ended]) -> None:
    """Let the cash server know of receipts, and of the marks that they sold."""
    with cash.book.transaction():
        for ended in receipts:
            cash.sold.take(to_json(ended))
            for line in ended.receipt.live if ended.completed else ():
                if line.ki:
                    body = MarkBody(line.mark, line.ki, ended.receipt.identifier, "sale", line.product.barcode)
                    cash.registry.settle(body, f"{ended.shop}-{ended.till}")


def _payer(terminal: SimulatedTerminal) -> Pay:
    """Take money from a card at the simulated terminal: it must know the operation when the money goes back."""

    def pay(token: str, amount: Kopecks) -> CardSlip:
        slip = asyncio.run(terminal.pay(token, amount)).slip
        return CardSlip(slip.operation, slip.authorisation, slip.card, slip.text) if slip else CardSlip()

    return pay


def _fill_fiscal(folder: Path, shift: PastShift) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fiscal.jsonl").write_bytes(b"".join(msgspec.json.encode(own) + b"\n" for own in shift.fiscal))
