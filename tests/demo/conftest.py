"""A cash server and a СКО that are up, empty and without faults, and who asks them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from cashier.core.quantity import Thousandths
from cashier.demo.cash_server import CashServer
from cashier.demo.serving import Served
from cashier.demo.stock_server import StockServer
from tests.demo.asking import Till

if TYPE_CHECKING:
    from tests.demo.stocking import Buyer


@pytest.fixture(scope="module")
def _one() -> Iterator[tuple[CashServer, Till]]:
    with CashServer() as server, Served(lambda: server.app) as served:
        till = Till(served)
        yield server, till
        till.http.close()


@pytest.fixture
def server(_one: tuple[CashServer, Till]) -> CashServer:
    """The server, as new."""
    _one[0].reset()
    return _one[0]


@pytest.fixture
def till(server: CashServer, _one: tuple[CashServer, Till]) -> Till:  # noqa: ARG001 - reset first
    """A till of this server."""
    return _one[1]


@pytest.fixture(scope="module")
def _shop() -> Iterator[tuple[StockServer, Served, httpx.Client]]:
    with StockServer() as stock, Served(lambda: stock.app) as served, httpx.Client(timeout=10) as http:
        yield stock, served, http


@pytest.fixture
def stock(_shop: tuple[StockServer, Served, httpx.Client]) -> StockServer:
    """СКО, as new: three of article 1 are there, nothing else is known."""
    _shop[0].reset()
    _shop[0].endless = _shop[0].ignores_keys = False
    _shop[0].set("1", Thousandths(3000))
    return _shop[0]


@pytest.fixture
def buyer(stock: StockServer, _shop: tuple[StockServer, Served, httpx.Client]) -> "Buyer":  # noqa: ARG001 - reset first
    """A receipt of a till that asks this СКО."""
    from tests.demo.stocking import Buyer  # noqa: PLC0415 - loads the contract, a second

    return Buyer(_shop[1].root, _shop[2])
