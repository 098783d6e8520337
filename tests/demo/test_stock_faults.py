"""What СКО does wrong on demand, where, and what of it was work."""

import time
from collections.abc import Callable

import httpx
import pytest

from cashier.demo.faults import NAMES, STOCK_PATHS, Fault
from cashier.demo.stock_server import StockServer
from tests.contract import KEY
from tests.demo.stocking import Buyer, guid, pushed
from tests.waiting import until

QUERY = {"sku": "1", "quantity": "1"}


class TestSaysNo:
    def test_refuses(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `refuse`, then its text comes as it was given, however wild, and nothing is held."""
        text = "[red]Нет\x1b[2J[/] " * 100
        buyer.tell("/faults", {"fault": "refuse", "path": "reserve", "text": text})
        refused = buyer.reserve("1", "1", guid())
        assert (refused.status_code, refused.json()) == (400, {"success": False, "message": text})
        assert stock.held(buyer.receipt) == {}
        assert buyer.stock("1").status_code == 200

    def test_error(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `error500`, then an error in form comes, with a text or without."""
        stock.faults.set(Fault("error500", "reserve", text="Сбой базы"))
        assert buyer.reserve("1", "1").json() == {"message": "Сбой базы"}
        stock.faults.set(Fault("error500"))
        assert (buyer.stock("1").status_code, buyer.stock("1").json()) == (500, {})

    def test_key_is_fresh_after_a_fault(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a reserve that a fault refused, when it comes again without the fault, then it is granted."""
        key = guid()
        stock.faults.set(Fault("refuse"))
        buyer.reserve("1", "1", key)
        stock.fault = ""
        assert buyer.reserve("1", "1", key).status_code == 200


class TestSaysNothing:
    @pytest.mark.parametrize(("fault", "held"), [("down", {}), ("lost", {"1": 1000})])
    def test_no_answer(self, stock: StockServer, buyer: Buyer, fault: str, held: dict[str, int]) -> None:
        """Given `down` or `lost`, then the connection breaks; only `lost` reserved, and a repetition adds nothing."""
        key = guid()
        buyer.tell("/faults", {"fault": fault})
        with pytest.raises(httpx.TransportError):
            buyer.reserve("1", "1", key)
        assert stock.held(buyer.receipt) == held
        assert [heard.status for heard in stock.log] == [0]
        buyer.tell("/faults", {"fault": ""})
        assert buyer.reserve("1", "1", key).status_code == 200
        assert stock.held(buyer.receipt) == {"1": 1000}

    def test_hang(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `hang`, then nothing comes, the connection breaks at last, and nothing was reserved."""
        stock.faults.set(Fault("hang", seconds=0.2))
        began = time.monotonic()
        with pytest.raises(httpx.TransportError):
            buyer.reserve("1", "1", guid())
        assert time.monotonic() - began >= 0.2
        assert stock.held(buyer.receipt) == {}

    def test_usual_hang(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `hang` without seconds, then a till that waits half a second has waited in vain, and is noted."""
        stock.faults.set(Fault("hang"))
        with pytest.raises(httpx.ReadTimeout):
            buyer.http.post(buyer.url, params=QUERY, timeout=0.5)
        assert [heard.status for heard in stock.log] == [0]

    async def test_slow(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `slow`, when the till goes and cancels meanwhile, then the late reserve finds its tombstone."""
        key = guid()
        stock.faults.set(Fault("slow", "reserve", seconds=0.3))
        with pytest.raises(httpx.ReadTimeout):
            buyer.http.post(buyer.url, params=QUERY, headers={KEY: key}, timeout=0.05)
        assert buyer.cancel("1", "1", key).status_code == 200
        await until(lambda: [heard.status for heard in stock.log] == [400, 200])
        assert stock.held(buyer.receipt) == {}


class TestPlace:
    @pytest.mark.parametrize("broken", ["reserve", "cancel", "stock", "receipts"])
    def test_one_thing(self, buyer: Buyer, broken: str) -> None:
        """Given a fault in one place, then the others work."""
        buyer.tell("/faults", {"fault": "500", "path": broken})
        asked: dict[str, Callable[[], httpx.Response]] = {
            "reserve": lambda: buyer.http.post(buyer.url, params=QUERY),
            "cancel": lambda: buyer.http.delete(buyer.url, params=QUERY),
            "stock": lambda: buyer.http.get(f"{buyer.root}/api/1.0/stock/77", params={"sku": "1"}),
            "receipts": lambda: buyer.push(pushed(guid())),
        }
        assert {name for name, ask in asked.items() if ask().status_code == 500} == {broken}

    def test_not_here(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a place that only the cash server has, then it is refused in words."""
        assert "reserve" in buyer.tell("/faults", {"fault": "500", "path": "queue"}).json()["reason"]
        assert stock.fault == ""

    def test_unknown_names(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a fault or a place that there is nowhere, then the answer names, in Russian, those there are."""
        reason = buyer.tell("/faults", {"fault": "timeout"}).json()["reason"]
        assert reason.startswith("Нет поломки timeout, есть slow, drip, 500, ")
        assert all(name in reason for name in NAMES)
        nowhere = buyer.tell("/faults", {"fault": "500", "path": "kitchen"}).json()["reason"]
        assert nowhere == "Здесь нет kitchen, есть reserve, cancel, stock, receipts"
        assert stock.fault == ""

    def test_list(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a fault in one place, then the list has it, and all there are."""
        stock.faults.set(Fault("slow", "stock"))
        listed = buyer.http.get(f"{buyer.root}/faults").json()
        assert listed == {"faults": [*NAMES], "paths": [*STOCK_PATHS], "on": {"stock": "slow"}}

    def test_redirect(self, stock: StockServer, buyer: Buyer) -> None:
        """Given `redirect`, then whoever follows it is told that all is well, and nothing is held."""
        stock.faults.set(Fault("redirect"))
        answer = buyer.http.post(buyer.url, params=QUERY, follow_redirects=True)
        assert answer.json() == {"success": True}
        assert stock.held(buyer.receipt) == {}
