"""Orders that a till fetches and gives back."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from cashier.core.money import from_roubles
from cashier.core.quantity import Thousandths, cost
from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault
from cashier.demo.goods import GOODS
from cashier.demo.orders import CONTENTS, document
from cashier.exchange.load import import_files
from cashier.store.dictionaries import Dictionaries
from tests.demo.asking import Till

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def goods(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's goods, loaded as a till loads them."""
    path = tmp_path_factory.mktemp("goods") / "dictionaries.db"
    import_files([GOODS], path, lambda _stage, _done, _total: None)
    return path


def order(till: Till, number: str) -> httpx.Response:
    """Fetch an order."""
    return till.http.get(f"{till.served.root}/orders/{number}")


def states(till: Till) -> dict[str, str]:
    """Return where the orders are."""
    return {each["number"]: each["state"] for each in till.see("/orders")}


class TestOrders:
    def test_taken_and_released(self, till: Till) -> None:
        """Given an order, when a till fetches it twice and gives it back, then its state goes with that."""
        assert set(states(till).values()) == {"free"}
        assert [order(till, "1001").status_code for _ in range(2)] == [200, 200]
        assert states(till) == {"1001": "taken", "1002": "free", "1003": "free"}
        assert till.tell("/orders/1001/release", {}).status_code == 200
        assert states(till)["1001"] == "free"

    def test_unknown(self, till: Till) -> None:
        """Given a number of no order, then there is none to fetch or to give back."""
        assert order(till, "9999").status_code == 404
        assert till.tell("/orders/9999/release", {}).status_code == 404

    def test_faults(self, server: CashServer, till: Till) -> None:
        """Given a fault of orders, then orders have it, marks do not; a lost answer has taken the order."""
        server.faults.set(Fault("lost", "orders"))
        with pytest.raises(httpx.TransportError):
            order(till, "1002")
        assert states(till)["1002"] == "taken"
        assert till.ask("status") == "NOT_REGISTERED"

    def test_reset(self, server: CashServer, till: Till) -> None:
        """Given a taken order, when the server is reset, then it is free."""
        order(till, "1003")
        server.reset()
        assert states(till)["1003"] == "free"


class TestContents:
    @pytest.mark.parametrize("number", CONTENTS)
    def test_goods_of_the_demo(self, goods: Path, till: Till, number: str) -> None:
        """Given an order, then its lines are goods of the demo with their prices and taxes, and its sum is theirs."""
        fetched, dictionaries = order(till, number).json(), Dictionaries(goods)
        total = 0
        for line in fetched["positions"]:
            (product,) = dictionaries.by_barcode(line["barcode"], NOON)
            assert (product.code, product.name) == (line["code"], line["name"])
            assert product.price == from_roubles(line["price"])
            assert product.fractional == line["isfractionalmeasure"]
            assert product.vat == line["vatrate"] * 100
            total += cost(product.price, Thousandths(round(line["quant"] * 1000)))
        dictionaries.close()
        assert total == from_roubles(fetched["sum"])
        assert [line["posnum"] for line in fetched["positions"]] == list(range(1, len(fetched["positions"]) + 1))

    def test_kinds(self) -> None:
        """Given the orders, then one is plain, one has goods with marks, each pack a line, one has tobacco."""
        kinds = {number: [line.tmctype for line in document(number).positions] for number in CONTENTS}
        assert kinds == {
            "1001": ["basic", "basic", "basic"],
            "1002": ["basic", "markedgoods", "markedgoods"],
            "1003": ["tobacco", "basic"],
        }
