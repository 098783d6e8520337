"""`cashier stand-in`: the demo's servers for trainers and QA, with what they hold on the terminal."""

from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from socket import socket
from threading import Event
from typing import Final

import click
from rich.console import Console, Group, RenderableType

from cashier.demo.addresses import Addresses, addresses
from cashier.demo.book import Book
from cashier.demo.cash_server import CashServer
from cashier.demo.serving import Served, bound
from cashier.demo.stock_server import StockServer
from cashier.demo.tables import marks_table, sold_table, stock_table
from cashier.store.connect import StoreError

CASH_FILE: Final = "stand-in-cash.db"
STOCK_FILE: Final = "stand-in-stock.db"
SHOWN: Final = 20
"""Rows of a table: marks that changed last, receipts told last, or articles."""

_DONE, _REFUSED = 0, 2
_GLANCE: Final = 0.2
"""Seconds from look to look."""


class PortTakenError(Exception):
    """A port that is not to be had; says so in Russian."""


def run_stand_in(cash_port: int, stock_port: int, data: Path | None, ended: Event | None = None) -> int:
    """Serve until Ctrl+C, or until `ended` is set, and show what the servers hold whenever it changes.

    Args:
        cash_port: Port of the cash server on loopback; zero is any that is free.
        stock_port: The same of СКО.
        data: Folder of the files that keep what they hold; without one it is forgotten at the end.
        ended: For tests.

    Returns:
        The exit code.
    """
    with ExitStack() as held:
        try:
            ports = [held.enter_context(_port("--cash-port", cash_port))]
            ports.append(held.enter_context(_port("--stock-port", stock_port)))
            cash = held.enter_context(CashServer(data / CASH_FILE if data else None))
            stock = held.enter_context(StockServer(data / STOCK_FILE if data else None, endless=True))
        except (PortTakenError, StoreError) as error:
            click.echo(str(error), err=True)
            return _REFUSED
        held.enter_context(suppress(KeyboardInterrupt))
        tills = held.enter_context(Served(lambda: cash.app, ports[0]))
        stocks = held.enter_context(Served(lambda: stock.app, ports[1]))
        click.echo(_settings(addresses(tills.root, stocks.root)))
        tills_view, stock_view = _View(cash.book, lambda: _cash(cash)), _View(stock.book, lambda: _stock(stock))
        _watch((tills_view, stock_view), ended or Event())
    return _DONE


def _port(option: str, port: int) -> "closing[socket]":
    try:
        return closing(bound(port))
    except (OSError, OverflowError) as error:
        text = f"Порт {port} не занять: {error}. Укажите другой: {option}"
        raise PortTakenError(text) from None


def _settings(there: Addresses) -> str:
    """Say what to write into `ncash.ini`."""
    return f"""Запишите в ncash.ini:
[MarkedGoods] markVerifyUrl = {there.marks}
[Queue] url = {there.queue}
[Orders] url = {there.orders}
[CashServer] url = {there.cash_server}
[StockControl] url = {there.stock}
[Export] pushUrl = {there.receipts}
Выход: Ctrl+C"""


class _View:
    """Tables that are drawn when their book has changed."""

    def __init__(self, book: Book, table: Callable[[], RenderableType]) -> None:
        self._book, self._table = book, table
        self._seen = -1

    def show(self, console: Console) -> None:
        """Draw the tables if they are others by now."""
        if self._book.changes != self._seen:
            self._seen = self._book.changes
            console.print(self._table())


def _cash(server: CashServer) -> RenderableType:
    return Group(marks_table(server.registry.marks(SHOWN)), sold_table(server.sold.rows(SHOWN)))


def _stock(server: StockServer) -> RenderableType:
    return stock_table(server.holdings(), SHOWN)


def _watch(views: tuple[_View, ...], ended: Event) -> None:
    console = Console()
    while not ended.wait(_GLANCE):
        for view in views:
            view.show(console)
