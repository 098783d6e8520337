"""`cashier stand-in`: the demo's cash server for trainers and QA, with the marks it holds on the terminal."""

import contextlib
from pathlib import Path
from threading import Event
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cashier.demo.cash_server import CashServer
from cashier.demo.mark_rules import Mark
from cashier.demo.serving import Served, bound
from cashier.store.connect import StoreError
from devices.report import visible

FILE: Final = "stand-in-cash.db"
SHOWN: Final = 20
"""Marks in the table: those that changed last."""

TAIL: Final = 26
"""Signs of a code that are shown."""
GUID: Final = 8
"""Signs of a receipt's GUID that are shown."""

_DONE, _REFUSED = 0, 2
_GLANCE: Final = 0.2
"""Seconds from look to look."""


def run_stand_in(cash_port: int, data: Path | None, ended: Event | None = None) -> int:
    """Serve until Ctrl+C, or until `ended` is set, and show the marks whenever they change.

    Args:
        cash_port: Port on loopback; zero is any that is free.
        data: Folder of the file that keeps the marks; without one they are forgotten at the end.
        ended: For tests.

    Returns:
        The exit code.
    """
    try:
        own = bound(cash_port)
    except (OSError, OverflowError) as error:
        click.echo(f"Порт {cash_port} не занять: {error}. Укажите другой: --cash-port", err=True)
        return _REFUSED
    try:
        server = CashServer(data / FILE if data else None)
    except StoreError as error:
        own.close()
        click.echo(str(error), err=True)
        return _REFUSED
    with server, Served(lambda: server.app, own) as served, contextlib.suppress(KeyboardInterrupt):
        click.echo(f"Проверка марок: {served.url}\nОчередь: {served.queue_url}\nВыход: Ctrl+C")
        _watch(server, ended or Event())
    return _DONE


def _watch(server: CashServer, ended: Event) -> None:
    console, seen = Console(), -1
    while not ended.wait(_GLANCE):
        if server.book.changes != seen:
            seen = server.book.changes
            console.print(_table(server.registry.marks(SHOWN)))


def _table(marks: list[Mark]) -> Table:
    """Lay the marks out; what came from outside is shown as it is, and obeyed in nothing."""
    table = Table("КИ", "Состояние", "Чек", "Касса", "Время")
    for mark in reversed(marks):
        receipt, since = visible(mark.receipt)[:GUID], mark.since[11:19]
        table.add_row(*map(Text, (_end(visible(mark.ki)), mark.state, receipt, visible(mark.till), since)))
    return table


def _end(ki: str) -> str:
    """Keep the end of a code, which tells packs of one kind apart."""
    return ki if len(ki) <= TAIL else f"…{ki[1 - TAIL :]}"
