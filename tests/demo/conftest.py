"""A cash server that is up, empty and without faults, and a till that asks it."""

from collections.abc import Iterator

import pytest

from cashier.demo.cash_server import CashServer
from cashier.demo.serving import Served
from tests.demo.asking import Till


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
