"""What the demo's till has around it."""

import re

import pytest

from cashier.core.samples import Sample
from cashier.demo import samples
from cashier.demo.addresses import Addresses, addresses
from cashier.demo.goods import GOODS
from cashier.demo.start import REFUSAL, SCARCE, break_stock, demo_settings
from cashier.demo.stock_server import StockServer
from cashier.settings import Settings
from tests.demo.stocking import Buyer, guid


class TestSettings:
    def test_stand_ins_are_set(self) -> None:
        """Given both stand-ins, then the till checks marks and stock, fetches orders and pushes receipts there."""
        made = demo_settings(Settings(), addresses("http://127.0.0.1:1", "http://127.0.0.1:2"))
        assert made.plugins.stockcontrol
        assert made.stock_control.url == "http://127.0.0.1:2"
        assert made.orders.url == "http://127.0.0.1:1/orders"
        assert (made.export.push, made.export.push_url) == (True, "http://127.0.0.1:2/api/1.0/receipts")
        assert made.queue.url == "http://127.0.0.1:1/queue"
        assert made.cash_server.url == "http://127.0.0.1:1"

    def test_what_is_not_there_is_off(self) -> None:
        """Given no СКО, then the till asks and pushes nothing."""
        made = demo_settings(Settings(), Addresses())
        assert (made.plugins.stockcontrol, made.export.push) == (False, False)


class TestScarce:
    @pytest.mark.parametrize(("sku", "left"), SCARCE)
    def test_panel_offers_it(self, sku: str, left: int) -> None:
        """Given a scarce article, then a row of the panel holds it under the scanner and says how much is left."""
        item = next(line for line in GOODS.read_text("utf-8").splitlines() if f'"inventcode":"{sku}"' in line)
        codes = {code.encode() for code in re.findall(r'"barcode":"(\d+)"', item)}
        (row,) = (row for row in samples.rows("0000") if isinstance(row, Sample) and row.data in codes)
        assert ("2 шт." if left else "нет") in row.caption


class TestRefusals:
    def test_only_reserves_are_refused(self, stock: StockServer, buyer: Buyer) -> None:
        """Given a СКО without a connection that is told to refuse, then it refuses in words, and all else works."""
        break_stock(stock, "down")
        break_stock(stock, "refuse")
        assert buyer.reserve("1", "1", guid()).json()["message"] == REFUSAL
        assert buyer.cancel("1", "1", guid()).status_code == 200
        assert buyer.stock("1").status_code == 200
        break_stock(stock, "")
        assert buyer.reserve("1", "1", guid()).status_code == 200
