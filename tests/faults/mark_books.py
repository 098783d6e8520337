"""What the till and the cash server must agree on about marks; joins the checker of all rehearsals (`invariants`).

A violation is a sentence; numbers are those of domain/reliability.md.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from cashier.core.ledger import Ledger
from cashier.demo.cash_server import CashServer
from cashier.folder import DataFolder
from cashier.store.connect import open_for_reading
from cashier.store.documents import Documents

_SOLD = """SELECT ki, identifier FROM goodsitem JOIN document USING (documentid)
    WHERE ki IS NOT NULL AND status = 0 AND closed = 1"""
_WAITING = "SELECT seq, type, state, reason FROM outbox WHERE state <> 'delivered'"
_TAKEN = "SELECT id, type, body, result FROM messages WHERE till = ? ORDER BY n"


class _Body(msgspec.Struct):
    """Of a message about a mark; one about a whole receipt has neither."""

    ki: str = ""
    receipt: str = ""


def at_rest(data: Path, server: CashServer, till: str = "77-3", *, checked: bool = True) -> list[str]:
    """Check a folder whose till rests, its queue drained.

    Args:
        data: the folder; no till works in it.
        server: the cash server.
        till: name of the till there.
        checked: the server answered all along: else a line may stand whose mark was never reserved.
    """
    with closing(open_for_reading(DataFolder(data).documents)) as conn:
        sold, waiting = conn.execute(_SOLD).fetchall(), conn.execute(_WAITING).fetchall()
        sent = [row for (row,) in conn.execute("SELECT identifier FROM outbox")]
    with closing(Documents(DataFolder(data).documents)) as documents:
        standing = _standing(documents.ledger)
    found = [f"not delivered: {row}" for row in waiting]
    found += _reserves(server, till, standing, checked=checked)
    return [*found, *_sales(server, till, sold), *_effects(server, till, sold, sent)]


def _standing(ledger: Ledger) -> set[tuple[str, str]]:
    """Name marks and receipts of live lines that are open or put aside."""
    receipts = [*([ledger.receipt] if ledger.receipt else []), *ledger.postponed]
    return {(line.ki, receipt.identifier) for receipt in receipts for line in receipt.live if line.ki}


def _reserves(server: CashServer, till: str, standing: set[tuple[str, str]], *, checked: bool) -> Iterator[str]:
    """I5: the server holds reserves exactly for the lines of open and postponed receipts."""
    held = {(m.ki, m.receipt) for m in server.marks() if m.state.startswith("RESERVED") and m.till == till}
    if held - standing:
        yield f"I5 reserved without a line: {sorted(held - standing)}"
    if checked and standing - held:
        yield f"I5 lines without a reserve: {sorted(standing - held)}"


def _sales(server: CashServer, till: str, sold: Sequence[tuple[str, str]]) -> Iterator[str]:
    """I3, I4: sold are the marks of closed receipts, each by its own."""
    for mark, times in Counter(mark for mark, _ in sold).items():
        if times > 1:
            yield f"I3 {mark} was sold {times} times"
    there = {(mark.ki, mark.receipt) for mark in server.marks() if mark.state == "SOLD" and mark.till == till}
    if there != set(sold):
        yield f"I4 sold at the server and here: {sorted(there ^ set(sold))}"


def _effects(server: CashServer, till: str, sold: Sequence[tuple[str, str]], sent: Sequence[str]) -> Iterator[str]:
    """I4: each message was taken once, each sale told once."""
    taken = messages(server, till)
    known = Counter(identifier for identifier, _, _, result in taken if result == "accepted")
    if known != Counter(sent):
        yield f"I4 messages taken and sent: {known - Counter(sent)}, {Counter(sent) - known}"
    told = Counter((mark, receipt) for _, kind, (mark, receipt), _ in taken if kind == "markSold")
    if told != Counter(sold):
        yield f"I4 sales told: {told - Counter(sold)}, not told: {Counter(sold) - told}"


def messages(server: CashServer, till: str) -> list[tuple[str, str, tuple[str, str], str]]:
    """Return identifier, type, mark with receipt, and result of each message of a till in the order taken."""
    with server.book.transaction():
        rows: list[tuple[Any, ...]] = server.book.run(_TAKEN, till)
    return [(identifier, kind, _mark(body), result) for identifier, kind, body, result in rows]


def _mark(body: str) -> tuple[str, str]:
    told = msgspec.json.decode(body, type=_Body)
    return told.ki, told.receipt


def lines_with(conn: sqlite3.Connection, mark: str) -> list[tuple[Any, ...]]:
    """Return code and КИ of the rows of a mark."""
    return conn.execute("SELECT excisemark, ki FROM goodsitem WHERE ki = ?", (mark,)).fetchall()
