"""СКО over HTTP: what it grants, refuses and shows; all of it is of the contract."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cashier.core.quantity import Thousandths
from cashier.demo.serving import Served
from cashier.demo.stock_rules import CLOSED, NOTHING, OTHER, UNDONE, UNKNOWN, Heard
from cashier.demo.stock_server import StockServer
from tests.contract import KEY, UNDO
from tests.demo.stocking import Buyer, guid, pushed

SUCCESS = {"success": True}


class TestReserve:
    def test_granted(self, stock: StockServer, buyer: Buyer) -> None:
        """Given enough, when it is reserved, then it is held and not free any more."""
        assert buyer.reserve("1", "0.345", guid()).json() == SUCCESS
        assert stock.held(buyer.receipt) == {"1": 345}
        shown = {"sku": "1", "quantity": 2.655, "reserved": 0.345, "measure": "шт"}
        assert buyer.stock("1").json() == shown

    def test_too_little(self, buyer: Buyer) -> None:
        """Given too little, then the refusal says what is free, in words and as a number."""
        words = "Недостаточно: доступно 3, запрошено 5"
        refused = buyer.reserve("1", "5", guid())
        assert refused.status_code == 400
        assert refused.json() == {"success": False, "message": words, "available": 3.0}

    def test_unknown(self, stock: StockServer, buyer: Buyer) -> None:
        """Given an article nobody has set, then it is unknown, and plenty of it is there if the server is endless."""
        assert buyer.reserve("2", "1", guid()).json()["message"] == UNKNOWN
        assert buyer.stock("2").json()["message"] == UNKNOWN
        buyer.tell("/switches", {"endless": True})
        assert buyer.reserve("2", "40", guid()).json() == SUCCESS
        assert buyer.stock("2").json()["quantity"] == 60
        assert stock.endless

    def test_endless_goods_have_no_measure_and_are_sold(self, buyer: Buyer) -> None:
        """Given an endless server, when some is sold, then less is free, and more comes in before there is none."""
        buyer.tell("/switches", {"endless": True})
        told = []
        for quantity in ("2", "47.5", "0.5", "1"):
            own = buyer.another()
            assert own.reserve("2", quantity, guid()).json() == SUCCESS
            own.push(pushed(own.receipt))
            shown = buyer.stock("2").json()
            told.append((shown["quantity"], shown["reserved"], shown["measure"]))
        assert told == [(98, 0, ""), (50.5, 0, ""), (100, 0, ""), (99, 0, "")]

    def test_same_key_again(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a key that was granted or refused, when it comes again, then so does its answer, and nothing else."""
        granted, refused = guid(), guid()
        first = [buyer.reserve("1", "2", granted).json(), buyer.reserve("1", "2", refused).json()]
        stock.set("1", Thousandths(100_000))
        assert [buyer.reserve("1", "2", granted).json(), buyer.reserve("1", "2", refused).json()] == first
        assert stock.held(buyer.receipt) == {"1": 2000}

    def test_key_of_another_reserve(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a key, when it comes with another quantity or receipt, then it is refused."""
        key = guid()
        buyer.reserve("1", "1", key)
        assert buyer.reserve("1", "2", key).json()["message"] == OTHER
        assert buyer.another().cancel("1", "1", key).json()["message"] == OTHER
        assert stock.held(buyer.receipt) == {"1": 1000}

    def test_two_lines_of_one_article(self, stock: StockServer, buyer: Buyer) -> None:
        """Given two lines of an article, when one is cancelled, then the other one stays."""
        first, second = guid(), guid()
        buyer.reserve("1", "1", first)
        buyer.reserve("1", "2", second)
        assert buyer.cancel("1", "1", first).json() == SUCCESS
        assert stock.held(buyer.receipt) == {"1": 2000}

    def test_many_tills_at_once(self, stock: StockServer, buyer: Buyer) -> None:
        """Given three pieces and twenty tills that want one each at once, then three of them have one."""
        with ThreadPoolExecutor(20) as tills:
            wishes = [tills.submit(buyer.another().reserve, "1", "1", guid()) for _ in range(20)]
        assert sorted(wish.result().status_code for wish in wishes) == [200] * 3 + [400] * 17
        level = stock.stock("1")
        assert level
        assert (level.reserved, level.free) == (3000, 0)


class TestCancel:
    def test_repeated(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a cancel that comes twice, then it frees once, and both are granted."""
        first, second = guid(), guid()
        buyer.reserve("1", "1", first)
        buyer.reserve("1", "1", second)
        assert [buyer.cancel("1", "1", first).json() for _ in range(2)] == [SUCCESS, SUCCESS]
        assert stock.held(buyer.receipt) == {"1": 1000}

    def test_before_its_reserve(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a cancel that overtakes its reserve, then the reserve is refused when it comes; the tombstone shows."""
        key = guid()
        assert buyer.cancel("1", "1", key).json() == SUCCESS
        assert buyer.reserve("1", "1", key).json()["message"] == UNDONE
        assert stock.held(buyer.receipt) == {}
        assert buyer.see("/holdings")["tombstones"] == [key]

    def test_without_header(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a cancel that names no key, then it frees by quantity, and is refused when nothing is held."""
        buyer.reserve("1", "2", guid())
        assert buyer.cancel("1", "1.5").json() == SUCCESS
        assert stock.held(buyer.receipt) == {"1": 500}
        assert buyer.cancel("1", "3").json() == SUCCESS
        assert buyer.cancel("1", "1").json()["message"] == NOTHING

    def test_server_that_ignores_keys(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a server that ignores keys, then each reserve adds up, and there are no tombstones."""
        buyer.tell("/switches", {"ignores_keys": True})
        key = guid()
        assert buyer.cancel("1", "1", key).json()["message"] == NOTHING
        for _ in range(2):
            buyer.reserve("1", "1", key)
        assert stock.held(buyer.receipt) == {"1": 2000}
        assert buyer.cancel("1", "1", key).json() == SUCCESS
        assert stock.held(buyer.receipt) == {"1": 1000}


class TestReceipts:
    def test_completed(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a completed receipt pushed twice, then what it held is sold, once."""
        buyer.reserve("1", "2", guid())
        for _ in range(2):
            assert buyer.push(pushed(buyer.receipt)).json() == {"result": "success"}
        level = stock.stock("1")
        assert level
        assert (level.on_hand, level.reserved, level.sold) == (1000, 0, 2000)
        (kept,) = buyer.see("/receipts")
        assert (kept["guid"], kept["result"], kept["times"]) == (buyer.receipt, "Completed", 2)
        assert kept["body"]["number"] == 15

    def test_cancelled(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a cancelled receipt, then its reserves are free, and a late one of its is refused."""
        buyer.reserve("1", "2", guid())
        buyer.push(pushed(buyer.receipt, "Cancelled"))
        assert stock.held(buyer.receipt) == {}
        assert buyer.reserve("1", "1", guid()).json()["message"] == CLOSED
        assert buyer.stock("1").json()["quantity"] == 3

    def test_cancel_that_comes_after_the_sale(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a line that was cancelled, when the cancel comes after its receipt, then the goods are there again."""
        key = guid()
        buyer.reserve("1", "1", key)
        buyer.reserve("1", "1", guid())
        buyer.push(pushed(buyer.receipt))
        buyer.cancel("1", "1", key)
        level = stock.stock("1")
        assert level
        assert (level.on_hand, level.sold) == (2000, 1000)

    @pytest.mark.parametrize(
        "body",
        [
            [],
            {},
            {"elements": [{}]},
            pushed("7e0b"),
            pushed(guid(), "Postponed"),
            {"elements": [{"result": "Completed", "additional": {"properties": []}}]},
        ],
    )
    def test_wrong(self, stock: StockServer, buyer: Buyer, body: object) -> None:
        """Given what is no push of receipts, then it is refused with a reason, and all of it is left alone."""
        buyer.reserve("1", "1", guid())
        good = pushed(buyer.receipt)["elements"]
        whole = {"elements": [*good, *body["elements"]]} if isinstance(body, dict) and body else body  # type: ignore[misc]
        refused = buyer.push(whole)
        assert refused.status_code == 400
        assert refused.json()["description"]
        assert stock.held(buyer.receipt) == {"1": 1000}


class TestWrong:
    @pytest.mark.parametrize(
        "query", ["", "?sku=1", "?quantity=1", "?sku=1&quantity=x", "?sku=1&quantity=0", f"?sku={'1' * 201}&quantity=1"]
    )
    def test_query(self, stock: StockServer, buyer: Buyer, query: str) -> None:
        """Given a query that is no wish, then it is refused in words and changes nothing."""
        for method in ("POST", "DELETE"):
            assert buyer.wrong(method, buyer.url + query)
        assert stock.held(buyer.receipt) == {}

    def test_names(self, buyer: Buyer) -> None:
        """Given what is no UUID where one must be, or a shop beyond all sense, then it is refused in words."""
        query = "?sku=1&quantity=1"
        assert "UUID" in buyer.wrong("POST", f"{buyer.root}/api/1.0/reservationItem/77/3/7{query}")
        assert "UUID" in buyer.wrong("POST", buyer.url + query, {KEY: "key"})
        assert "UUID" in buyer.wrong("DELETE", buyer.url + query, {UNDO: "\x1b[2J"})
        assert buyer.wrong("POST", buyer.url.replace("/77/", f"/{'7' * 201}/") + query)

    def test_stock(self, buyer: Buyer) -> None:
        """Given no article, then there is none."""
        assert buyer.wrong("GET", f"{buyer.root}/api/1.0/stock/77") == UNKNOWN


class TestTrainer:
    def test_sets_and_sees(self, buyer: Buyer) -> None:
        """Given articles that a trainer sets, then they are there, also with nothing of them, and can be forgotten."""
        buyer.tell("/stock", {"sku": "\x1b[2J", "quantity": "1.5", "measure": "кг"})
        buyer.tell("/stock", {"sku": "1", "quantity": "0"})
        buyer.reserve("\x1b[2J", "0.5", guid())
        seen = buyer.see("/holdings")
        assert seen["stock"] == [
            {"sku": "\x1b[2J", "free": "1", "reserved": "0.5", "sold": "0", "measure": "кг"},
            {"sku": "1", "free": "0", "reserved": "0", "sold": "0", "measure": "шт"},
        ]
        holding = {"reservation": buyer.receipt, "till": "77-3", "sku": "\x1b[2J", "quantity": "0.5"}
        assert seen["reserves"] == [holding]
        buyer.http.delete(f"{buyer.root}/stock")
        assert buyer.see("/holdings") == {"stock": [], "reserves": [], "tombstones": []}

    @pytest.mark.parametrize("wrong", [{}, {"sku": "", "quantity": "1"}, {"sku": "1", "quantity": "-1"}])
    def test_wrong(self, stock: StockServer, buyer: Buyer, wrong: object) -> None:
        """Given what is no stock, then it is refused and nothing changes."""
        assert buyer.tell("/stock", wrong).status_code == 400
        level = stock.stock("1")
        assert level
        assert level.on_hand == 3000

    def test_log(self, stock: StockServer, buyer: Buyer) -> None:
        """Given requests of tills, then each is noted with its answer; what trainers do is not."""
        key = guid()
        buyer.reserve("1", "1", key)
        buyer.cancel("1", "1", key)
        buyer.reserve("1", "x", key)
        buyer.see("/holdings")
        path = buyer.url.removeprefix(buyer.root)
        assert stock.log == (
            Heard("POST", path, "1", "1", key, "", 200),
            Heard("DELETE", path, "1", "1", "", key, 200),
            Heard("POST", path, "1", "x", key, "", 400),
        )

    def test_it_knows_what_it_knew(self, tmp_path: Path) -> None:
        """Given a file, when the server is started again, then stock, reserves and tombstones are there."""
        with StockServer(tmp_path / "stock.db") as stock, Served(lambda: stock.app) as served, httpx.Client() as http:
            stock.set("1", Thousandths(1000))
            buyer, key = Buyer(served.root, http), guid()
            buyer.reserve("1", "1", guid())
            buyer.cancel("1", "1", key)
            seen = stock.holdings()
        with StockServer(tmp_path / "stock.db") as again:
            assert again.holdings() == seen
            assert again.held(buyer.receipt) == {"1": 1000}
            assert seen.tombstones == (key,)
