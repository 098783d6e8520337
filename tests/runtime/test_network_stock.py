"""Stock control in the network: its handler, its carrier, and what a cancel must know of the till."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core.ledger import Ledger
from cashier.core.quantity import Thousandths
from cashier.folder import DataFolder
from cashier.gates import stock_control
from cashier.network import Network
from cashier.remote.stock import StockControl
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.outbox import Message, Outbox
from cashier.store.writer import Writer
from cashier.till import Extras, Parts
from tests.core.goods import BREAD, MILK
from tests.gates.stocked import Stocked

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
SETTINGS = Settings(
    plugins=s.Plugins(stockcontrol=True),
    stock_control=s.StockControl(url="http://127.0.0.1:9"),
    till=s.Till(shopcode=7),
)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """What a till is put together from."""
    folder = DataFolder(tmp_path)
    prepare_dictionaries(folder.dictionaries).close()
    with (
        closing(Dictionaries(folder.dictionaries)) as dictionaries,
        closing(Writer(Documents(folder.documents))) as writer,
    ):
        yield Parts(SETTINGS, folder, Extras(), dictionaries, writer)


def undo(receipt: str, sku: str = BREAD.code, key: str = "own") -> stock_control.Undo:
    """Word a cancel."""
    return stock_control.Undo(receipt, sku, Thousandths(1000), key)


async def test_reserve_on_its_way_counts(parts: Parts) -> None:
    """Given a reserve that is being asked for, then a cancel of its article knows, whatever the tables say."""
    till = Stocked.selling().sell().press("f4", "enter").scan(BREAD.barcode)
    network = Network(parts, lambda: NOON, lambda: till.till.ledger)
    assert await network._shares(undo("given up"))
    assert not await network._shares(undo("given up", MILK.code))
    assert not await network._shares(undo("given up", key=till.orders[-1].key))


async def test_tables_are_asked(parts: Parts) -> None:
    """Given an open receipt, then its cancels share with what may be scanned; once it is given up they do not."""
    till = Stocked.selling().sell()
    receipt = till.receipt.identifier
    network = Network(parts, lambda: NOON, Ledger)
    assert await parts.writer.commit(NOON, tuple(till.facts)) == ""
    assert await network._shares(undo(receipt))
    told = len(till.facts)
    till.press("f4", "enter")
    assert await parts.writer.commit(NOON, tuple(till.facts[told:])) == ""
    assert not await network._shares(undo(receipt))


async def test_cancel_that_goes_out_is_noted(parts: Parts) -> None:
    """Given a cancel that is about to go out, then it counts as tried: a crash does not forget it."""
    till = Stocked.selling().sell().press("f4", "enter")
    network = Network(parts, lambda: NOON, Ledger)
    assert await parts.writer.commit(NOON, tuple(till.facts)) == ""
    outbox = Outbox(parts.folder.documents, parts.writer)
    (message,) = await outbox.first(stock_control.DESTINATION, (), 5)
    await network._begin(message)
    (again,) = await outbox.first(stock_control.DESTINATION, (), 5)
    assert (message.tries, again.tries, again.seq) == (0, 1, message.seq)
    assert isinstance(again, Message)


def test_place_is_that_of_the_till(parts: Parts) -> None:
    """Given no store and till of the system's own, then they are those of the till; else the system's own."""
    handler = Network(parts, lambda: NOON, Ledger).handlers[stock_control.NAME]
    assert isinstance(handler, StockControl)
    assert (handler.system.store, handler.system.pos) == ("7", "1")
    own = replace(SETTINGS, stock_control=replace(SETTINGS.stock_control, store="S", pos="P"))
    parts = Parts(own, parts.folder, parts.extras, parts.dictionaries, parts.writer)
    handler = Network(parts, lambda: NOON, Ledger).handlers[stock_control.NAME]
    assert isinstance(handler, StockControl)
    assert (handler.system.store, handler.system.pos) == ("S", "P")


def test_no_address_no_carrier(parts: Parts) -> None:
    """Given no address, then cancels wait; given one, then they are carried."""
    routes = Network(parts, lambda: NOON, Ledger).routes
    assert [route.carrier.destination for route in routes] == ["stock_control", "export_xml"]
    nowhere = Parts(Settings(), parts.folder, parts.extras, parts.dictionaries, parts.writer)
    assert [own.carrier.destination for own in Network(nowhere, lambda: NOON, Ledger).routes] == ["export_xml"]
