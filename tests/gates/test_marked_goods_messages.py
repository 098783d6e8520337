"""What the cash server is told through the outbox, and when: sold, released; once, keyed by the КИ (spec M13)."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.events import Found
from cashier.gates.marked_goods import Category
from tests.core.aside import Z
from tests.core.goods import BREAD
from tests.gates.marked import KEFIR, LENIENT, STRICT, UNASKED, WATER, Shop, gate, mark

FIRST, SECOND = mark(KEFIR), mark(WATER)
PAID = ("plus", "enter")


def bodies(shop: Shop) -> list[dict[str, Any]]:
    """Return what the messages of the latest input say."""
    return [msgspec.json.decode(body) for body in shop.messages]


def key_of(shop: Shop, position: int) -> str:
    """Return the key under which the mark of a line was reserved."""
    line = (shop.till.ledger.receipt or shop.till.ledger.last).at(position)  # type: ignore[union-attr]
    return str(msgspec.json.decode(line.memory("marked_goods"))["key"])  # type: ignore[union-attr]


class TestSold:
    def test_each_mark_is_told_with_the_closing(self) -> None:
        """Given two marks and bread, when it is paid, then each mark is told as sold in the record that closes."""
        shop = Shop.selling(STRICT).sell(FIRST).scan(BREAD.barcode).sell(SECOND).press(*PAID)
        assert "ReceiptClosed" in shop.wrote
        assert shop.sent == [("markSold", FIRST.ki), ("markSold", SECOND.ki)]
        assert {message.destination for message in shop.queued} == {"cash_server"}

    def test_body(self) -> None:
        """Given a mark sold, then the message has the fields of interfaces.md, its GS, and its reserve."""
        shop = Shop.selling(STRICT).sell(FIRST)
        receipt, key = shop.receipt.identifier, key_of(shop, 1)
        (body,) = bodies(shop.press(*PAID))
        assert key
        assert body == {
            "mark": FIRST.code,
            "ki": FIRST.ki,
            "barcode": KEFIR.barcode,
            "receipt": receipt,
            "documentType": "sale",
            "reserve": key,
        }
        assert "\x1d" in body["mark"]

    def test_only_what_is_live(self) -> None:
        """Given a mark that went out again and a line without mark, when it is paid, then neither is told as sold."""
        shop = Shop.selling(STRICT, without_mark=True).sell(FIRST, SECOND).press("delete").take(FIRST)
        shop.scan(KEFIR.barcode).press("1").press(*PAID)
        assert shop.sent == [("markSold", SECOND.ki)]

    @pytest.mark.parametrize(
        ("category", "told", "kinds"),
        [
            (UNASKED, False, []),
            (UNASKED, True, ["markSold"]),
            (STRICT, False, ["markSold"]),
            (STRICT, True, ["markSold"]),
        ],
    )
    def test_where_the_server_was_not_asked(self, category: Category, told: bool, kinds: list[str]) -> None:  # noqa: FBT001 - drawn
        """Given marks with and without the server, when they are sold, then it hears of them where it can at all."""
        shop = Shop.selling(category, told=told).sell(FIRST).press(*PAID)
        assert [kind for kind, _ in shop.sent] == kinds
        assert [bool(body.get("reserve", None)) for body in bodies(shop)] == [category.verify] * len(kinds)
        assert "" not in [value for body in bodies(shop) for value in body.values()]

    def test_sold_without_an_answer(self) -> None:
        """Given a silent server that is ignored, when the mark is sold, then the server hears of it by the queue."""
        shop = Shop.selling(LENIENT).take(FIRST).no_reply().no_reply().press(*PAID)
        assert shop.sent == [("markSold", FIRST.ki)]


class TestBarcode:
    BARE = replace(KEFIR, barcode="")
    """As it is found by its typed code."""

    def told(self, *products: Product) -> list[str]:
        """Sell such goods by their mark, take them out; return each barcode the server was told of."""
        reading = mark(KEFIR, products=products)
        shop = Shop.selling(STRICT)
        shop.answers_at_once = False
        shop.write(KEFIR.code).press("enter").give(Found((self.BARE,)))
        shop.answers_at_once = True
        shop.sell(reading)
        asked = [msgspec.json.decode(own.body)["request"]["barcode"] for own in shop.requests]
        assert shop.line.product.barcode == asked[0]
        return [*asked, *(body["barcode"] for body in bodies(shop.press("delete").take(reading)))]

    def test_of_the_mark_where_the_line_has_none(self) -> None:
        """Given goods by their typed code, when their mark names a barcode, then the server and the line have it."""
        assert self.told(KEFIR) == [KEFIR.barcode] * 3

    def test_of_its_own_item(self) -> None:
        """Given a mark that several items answer to, then the barcode of the line's own item is told."""
        assert self.told(WATER, KEFIR) == [KEFIR.barcode] * 3

    def test_of_the_line_stays(self) -> None:
        """Given goods by a barcode of their own, when their mark names another form of it, then the line's is told."""
        shop = Shop.selling(STRICT).scan(KEFIR.barcode).take(mark(KEFIR, products=(replace(KEFIR, barcode="77"),)))
        assert shop.order["request"]["barcode"] == KEFIR.barcode


class TestReleased:
    def test_body(self) -> None:
        """Given a storno by mark, then the message names the reserve it undoes: one that comes later is refused."""
        shop = Shop.selling(STRICT).sell(FIRST)
        receipt, key = shop.receipt.identifier, key_of(shop, 1)
        (body,) = bodies(shop.press("delete").take(FIRST))
        told = {"mark": FIRST.code, "ki": FIRST.ki, "barcode": KEFIR.barcode, "documentType": "sale"}
        assert body == {**told, "receipt": receipt, "reserve": key}

    def test_whole_receipt(self) -> None:
        """Given a receipt given up, then each reserve is released by its own key, bread by none."""
        shop = Shop.selling(STRICT).sell(FIRST, SECOND).scan(BREAD.barcode)
        keys = [key_of(shop, 1), key_of(shop, 2)]
        shop.press("f4", "enter")
        assert shop.sent == [("markReleased", FIRST.ki), ("markReleased", SECOND.ki)]
        assert [body["reserve"] for body in bodies(shop)] == keys

    def test_silent_server(self) -> None:
        """Given a reserve nobody answered and a mark that was kept, when it goes, then it is released all the same."""
        shop = Shop.selling(LENIENT).take(FIRST).no_reply().no_reply().press("delete").take(FIRST)
        assert shop.sent == [("markReleased", FIRST.ki)]


class TestIdentifiers:
    def test_name_the_event_and_not_the_telling(self) -> None:
        """Given one receipt, when the gate words its messages twice, then they are the same messages."""
        shop = Shop.selling(STRICT).sell(FIRST, SECOND)
        own = gate(STRICT)
        assert own.completed(shop.receipt) == own.completed(shop.receipt)
        assert own.cancelled(shop.receipt) == own.cancelled(shop.receipt)

    def test_are_different_for_all_that_differs(self) -> None:
        """Given marks, kinds and receipts that differ, then no two messages share an identifier."""
        shop = Shop.selling(STRICT).sell(FIRST).press("delete").take(FIRST).press("up").sell(FIRST, SECOND).press(*PAID)
        shop.sell(mark(KEFIR, "c"), mark(KEFIR, "d")).press(*PAID)
        names = [message.identifier for message in shop.queued]
        assert len(names) == 5
        assert all(UUID(name).version == 5 for name in names)

    def test_of_storno_and_of_giving_up_are_one(self) -> None:
        """Given a line whose release a crash may word twice, then both have the identifier of one message."""
        shop = Shop.selling(STRICT).sell(FIRST)
        told = gate(STRICT).cancelled(shop.receipt)
        shop.press("delete").take(FIRST)
        assert told == tuple(shop.queued)

    def test_order_is_kept_per_mark(self) -> None:
        """Given a mark storno'd and sold again, then release and sale carry one key, in that order."""
        shop = Shop.selling(STRICT).sell(FIRST).press("delete").take(FIRST).press("up").sell(FIRST).press(*PAID)
        assert [(own.kind, own.key) for own in shop.queued] == [("markReleased", FIRST.ki), ("markSold", FIRST.ki)]


class TestPutAside:
    def test_keeps_the_mark_and_its_reserve(self) -> None:
        """Given a receipt put aside and taken up, then mark and reserve are as they were, and nobody was told."""
        shop = Shop.selling(STRICT).sell(FIRST)
        before, key = shop.receipt.lines, key_of(shop, 1)
        shop.press("f11").scan(BREAD.barcode).press("plus", "enter", "f11", "1")
        assert (shop.receipt.lines, shop.queued) == (before, [])
        (body,) = bodies(shop.press(*PAID))
        assert (body["ki"], body["reserve"]) == (FIRST.ki, key)

    def test_survives_a_power_cut(self) -> None:
        """Given a receipt put aside, when the power goes, then it is there with its marks, and nothing is asked."""
        shop = Shop.selling(STRICT).sell(FIRST).press("f11").restarted().sign_in()
        assert shop.requests == []
        assert shop.take(FIRST).problem == "mark_in_postponed"
        assert shop.press("enter", "f11", "1").marks == [FIRST.ki]

    def test_storno_by_mark_after_taking_up(self) -> None:
        """Given a receipt taken up again, when a mark is storno'd, then the reserve it had is released."""
        shop = Shop.selling(STRICT).sell(FIRST)
        key = key_of(shop, 1)
        (body,) = bodies(shop.press("f11", "f11", "1", "delete").take(FIRST))
        assert body["reserve"] == key

    def test_given_up_with_the_shift(self) -> None:
        """Given a receipt put aside, when the shift is closed and it is given up for that, then it is released."""
        shop = Shop.selling(STRICT).sell(FIRST).press("f11", *Z, "2")
        assert shop.wrote == ["ReceiptCancelled", "MessageQueued"]
        assert shop.sent == [("markReleased", FIRST.ki)]

    def test_goes_on_in_the_next_shift(self) -> None:
        """Given a receipt left for the next shift, when it is paid there, then its mark is sold by its old reserve."""
        shop = Shop.selling(STRICT).sell(FIRST)
        key = key_of(shop, 1)
        shop.press("f11", *Z, "1", "enter", "enter", "f11", "1", *PAID)
        (body,) = bodies(shop)
        assert (shop.sent, body["reserve"]) == ([("markSold", FIRST.ki)], key)


def test_journal_holds_the_full_code() -> None:
    """Given a mark with GS, when it is written down and read back, then not a byte of it is another (M3)."""
    shop = Shop.selling(STRICT).sell(FIRST).restarted()
    (line,) = shop.receipt.lines
    assert (line.mark, line.ki) == (FIRST.code, FIRST.ki)
    assert f.MessageQueued not in {type(fact) for fact in shop.facts}
