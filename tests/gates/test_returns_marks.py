"""Marked goods in a return by receipt: the three ways, what fits, what was sold, what was returned (M8, M9, M10)."""

import json
from typing import Any

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.passage import Questioned
from cashier.core.quantity import pieces
from cashier.core.reading import Standing
from cashier.ui.locale.catalogue import Catalogue
from tests.gates.marked import BRIE, FREE, KEFIR, SMOKES, STRICT, WATER, damaged, gate, mark
from tests.gates.returned import MIXED, ReturnShop, marked, returns, sale, sold

A, B = mark(KEFIR), mark(KEFIR, "b")
RUSSIAN = Catalogue("ru")
UNMARKED = sale(sold(1, KEFIR), sold(2, SMOKES))
"""Sold without their marks."""


def dialog(shop: ReturnShop) -> Questioned:
    """Return the question that stands over the form."""
    assert isinstance(shop.till.mode, m.Passing)
    assert isinstance(shop.till.mode.at, Questioned)
    return shop.till.mode.at


def asked_why(shop: ReturnShop) -> str:
    """Return what was wrong with the last scan, in the dialog's words."""
    problem = dialog(shop).question.problem
    return RUSSIAN.text(problem) if problem else ""


class TestThreeWays:
    def test_picked_then_scanned(self) -> None:
        """Given the row of a pack, when it is picked, then its mark is asked for, and then it stands in the receipt."""
        shop = ReturnShop.having(MIXED).press("2")
        assert dialog(shop).question.title.key == "mark_scan"
        shop.take(A)
        assert isinstance(shop.till.mode, m.Returning)
        assert [(line.origin, line.ki, line.mark) for line in shop.receipt.live] == [(2, A.ki, A.code)]

    def test_picked_then_without_mark(self) -> None:
        """Given `addWithoutScanMark`, when 1 is pressed in the dialog, then the pack comes back without its mark."""
        shop = ReturnShop.having(MIXED, gate(without_mark=True), returns()).press("2", "1")
        assert [(line.origin, line.ki, line.single) for line in shop.receipt.live] == [(2, "", True)]

    def test_just_scanned(self) -> None:
        """Given the form, when a mark is scanned, then its own row comes back, wherever the selection stood."""
        shop = ReturnShop.having(MIXED).take(B)
        assert [(line.origin, line.ki) for line in shop.receipt.live] == [(3, B.ki)]
        assert shop.form.chosen == 2

    def test_without_mark_is_not_offered(self) -> None:
        """Given the default, or tobacco whatever is set, then the dialog has no way without a mark (M7, T4)."""
        assert dialog(ReturnShop.having(MIXED).press("2")).question.choices == ()
        tobacco = ReturnShop.having(MIXED, gate(without_mark=True), returns()).press("4")
        assert dialog(tobacco).question.choices == ()

    def test_given_up(self) -> None:
        """Given the dialog, when Esc is pressed, then the form stands and nothing was opened."""
        shop = ReturnShop.having(MIXED).press("2", "escape")
        assert isinstance(shop.till.mode, m.Returning)
        assert shop.till.ledger.receipt is None

    def test_barcode_of_marked_goods_asks_for_the_mark(self) -> None:
        """Given the form, when the plain barcode of a pack is scanned, then its mark is asked for (T5)."""
        assert dialog(ReturnShop.having(MIXED).scan(KEFIR.barcode)).question.wants_scan

    def test_picked_marked_row_cannot_be_unpicked(self) -> None:
        """Given a pack that is in, when its row is picked again, then it stays, and its storno is the way out (M9)."""
        shop = ReturnShop.having(MIXED).take(A).press("2")
        assert shop.notice == "return_in_receipt"
        assert [line.origin for line in shop.receipt.live] == [2]

    def test_weighed_pack_comes_back_at_its_weight(self) -> None:
        """Given cheese sold by weight and mark, when it is scanned, then its weight and its sum come back."""
        own = mark(BRIE, properties=(("weight", "000353"),))
        cheese = sale(sold(1, BRIE, 353, mark=own.code, ki=own.ki))
        assert ReturnShop.having(cheese).take(own).back == [(1, 353, 31770)]


class TestFit:
    def test_equal_pack_takes_its_own_row(self) -> None:
        """Given two equal packs, when one is picked and the other scanned, then the other's row comes back."""
        shop = ReturnShop.having(MIXED).press("2").take(B)
        assert [(line.origin, line.ki) for line in shop.receipt.live] == [(3, B.ki)]

    def test_pack_of_another_price_does_not(self) -> None:
        """Given two packs sold at two prices, when the wrong one is scanned for a row, then it is refused there."""
        own = sale(marked(1), sold(2, KEFIR, total=8000, mark=B.code, ki=B.ki))
        shop = ReturnShop.having(own).press("1").take(B)
        assert asked_why(shop).startswith("Позиция с таким кодом маркировки не найдена в чеке")
        assert shop.take(A).back == [(1, 1000, 9000)]

    def test_mark_that_was_not_sold_by_this_receipt(self) -> None:
        """Given a pack of the same goods from elsewhere, then neither dialog nor form takes it."""
        stranger = mark(KEFIR, "zz")
        shop = ReturnShop.having(MIXED).press("2").take(stranger)
        assert asked_why(shop).startswith("Позиция с таким кодом маркировки не найдена в чеке")
        form = ReturnShop.having(sale(marked(1)), gate(), returns()).take(A)
        assert form.take(stranger).problem == "mark_not_in_receipt"

    def test_mark_of_other_goods(self) -> None:
        """Given the dialog of kefir, when water is scanned, then it is of other goods, in the exact words."""
        assert asked_why(ReturnShop.having(MIXED).press("2").take(mark(WATER))).startswith(
            "Код маркировки относится к другому товару"
        )

    def test_damaged_scan(self) -> None:
        """Given a scan that lost its separator, then it is not read, in the dialog and in the form."""
        assert asked_why(ReturnShop.having(MIXED).press("2").take(damaged("no_gs"))).startswith(
            "Код маркировки не распознан"
        )
        assert ReturnShop.having(MIXED).take(damaged("no_gs")).problem == "mark_unread"

    def test_same_pack_twice(self) -> None:
        """Given a pack in the return, when it is scanned again, then it is in the receipt already."""
        shop = ReturnShop.having(MIXED).take(A).wait(5)
        assert shop.take(A).problem == "mark_in_receipt"

    def test_pack_that_came_back_before(self) -> None:
        """Given a pack this receipt gave back before, when it is scanned, then it was returned, in the exact words."""
        back = sold(1, KEFIR, mark=A.code, ki=A.ki, returned=pieces(1), returned_sum=KEFIR.price)
        shop = ReturnShop.having(sale(back, marked(2, serial="b"))).take(A)
        mode = shop.till.mode
        assert isinstance(mode, m.Popup)
        assert RUSSIAN.text(mode.reason) == "Товар с такой акцизной маркой уже был возвращен"

    def test_sold_without_mark(self) -> None:
        """Given kefir sold without its mark, when it comes back, then any mark of kefir that was never sold will do."""
        shop = ReturnShop.having(UNMARKED).press("1").take(mark(KEFIR, "q"))
        assert [(line.origin, line.ki) for line in shop.receipt.live] == [(1, mark(KEFIR, "q").ki)]
        assert ReturnShop.having(UNMARKED).take(mark(KEFIR, "q")).back == [(1, 1000, 9000)]


class TestSeveralInOnePosition:
    """Three packs in one position: sold before their marks were asked for, or on a till that does not know of marks."""

    OLD = sale(sold(1, KEFIR, pieces(3), total=26999), sold(2, WATER))

    def test_each_by_its_own_mark(self) -> None:
        """Given three packs, when each mark is scanned, then each is a line, and together they are what was paid."""
        shop = ReturnShop.having(self.OLD)
        for serial in "xyz":
            shop.take(mark(KEFIR, serial)).wait(5)
        assert [(origin, quantity) for origin, quantity, _ in shop.back] == [(1, 1000)] * 3
        assert shop.receipt.total == 26999
        assert shop.take(mark(KEFIR, "w")).problem == "mark_not_in_receipt"

    def test_picked_row_after_row(self) -> None:
        """Given the row, when Space is pressed, then one mark is asked for, and the row may be picked again."""
        shop = ReturnShop.having(self.OLD).press("1").take(mark(KEFIR, "x"))
        assert asked_why(shop.wait(5).press("1")) == ""
        assert [line.quantity for line in shop.take(mark(KEFIR, "y")).receipt.live] == [1000, 1000]

    def test_storno_frees_one(self) -> None:
        """Given all three in the return, when one goes out, then one may come in again."""
        shop = ReturnShop.having(self.OLD)
        for serial in "xyz":
            shop.take(mark(KEFIR, serial)).wait(5)
        shop.press("escape", "delete").take(mark(KEFIR, "z"))
        assert len(shop.receipt.live) == 2
        assert len(shop.wait(5).take(mark(KEFIR, "z")).receipt.live) == 3


class TestUniqueness:
    def test_returned_here_before(self) -> None:
        """Given a mark that came back on this till without a receipt, then it does not come back once more (M10)."""
        shop = ReturnShop.having(MIXED).take(mark(KEFIR, standing=Standing.RETURNED))
        assert shop.problem == "mark_registered_before"

    @pytest.mark.parametrize("standing", [Standing.UNKNOWN, Standing.SOLD])
    def test_never_sold_here_or_sold(self, standing: Standing) -> None:
        """Given a mark of another till's sale, or of ours, then it comes back."""
        assert ReturnShop.having(MIXED).take(mark(KEFIR, standing=standing)).back == [(2, 1000, 9000)]

    def test_check_is_skipped(self) -> None:
        """Given `skipCheckExciseMark`, then neither uniqueness, status nor the sold mark count; the item does."""
        skipping = gate(STRICT, skip_check=True)
        shop = ReturnShop.having(MIXED, skipping, returns()).press("2")
        shop.take(mark(KEFIR, "other", standing=Standing.RETURNED))
        assert shop.requests == []
        assert [line.origin for line in shop.receipt.live] == [2]
        assert asked_why(shop.press("4").take(mark(WATER))).startswith("Код маркировки относится к другому товару")


class TestServer:
    def test_status_then_reserve(self) -> None:
        """Given a server, when a pack comes back, then its status is asked as of a return by receipt, then reserved."""
        shop = ReturnShop.having(MIXED, gate(STRICT), returns()).take(A)
        status = json.loads(shop.requests[-1].body)["request"]
        assert (status["operation"], status["documentType"]) == ("status", "returnByReceipt")
        shop.reply("SOLD")
        reserve = json.loads(shop.requests[-1].body)["request"]
        assert (reserve["operation"], reserve["receipt"]) == ("reserve", shop.receipt.identifier)
        shop.reply("RESERVED")
        assert isinstance(shop.till.mode, m.Returning)

    @pytest.mark.parametrize(
        ("status", "text"),
        [
            ("RETURNED", "Товар с такой акцизной маркой уже был возвращен"),
            ("RESERVED_SALE", "Товар с такой акцизной маркой уже был зарезервирован"),
            ("UNRESERVED_SALE", "Товар с такой акцизной маркой не был продан"),
        ],
    )
    def test_refused_status(self, status: str, text: str) -> None:
        """Given a status that stands against it, then the pack does not come back, and its words are the exact ones."""
        shop = ReturnShop.having(MIXED, gate(STRICT), returns()).take(A).reply(status)
        mode = shop.till.mode
        assert isinstance(mode, m.Popup)
        assert RUSSIAN.text(mode.reason) == text
        assert isinstance(shop.press("enter").till.mode, m.Returning)

    def test_lost_race(self) -> None:
        """Given another till that was faster, when the reserve is refused, then the line goes out, the form stands."""
        shop = ReturnShop.having(MIXED, gate(STRICT), returns()).take(A).reply("SOLD").reply("RESERVED_RETURN")
        assert shop.receipt.live == ()
        assert isinstance(shop.press("enter").till.mode, m.Returning)

    def test_closing_says_returned(self) -> None:
        """Given a pack that is paid back, then the cash server hears `markReturned`; a storno'd one is released."""
        shop = ReturnShop.having(MIXED, gate(STRICT), returns())
        shop.take(A).reply("SOLD").reply("RESERVED").take(B).reply("SOLD").reply("RESERVED").press("escape")
        shop.press("delete").take(B)
        assert kinds(shop) == ["markReleased"]
        shop.paying().press("enter")
        assert kinds(shop) == ["markReleased", "markReturned"]

    def test_given_up_return_releases(self) -> None:
        """Given a return with a reserved mark, when it is cancelled, then the mark is released."""
        shop = ReturnShop.having(MIXED, gate(STRICT), returns()).take(A).reply("SOLD").reply("RESERVED")
        shop.press("escape", "f4", "enter")
        assert kinds(shop) == ["markReleased"]


def kinds(shop: ReturnShop) -> list[str]:
    """Return the kinds of the messages queued so far."""
    return [fact.kind for fact in shop.facts if isinstance(fact, f.MessageQueued)]


class TestStorno:
    def test_mark_is_asked_for_where_one_was_used(self) -> None:
        """Given a pack that came back by its mark, when its line is storno'd, then the mark is asked for (M8)."""
        shop = ReturnShop.having(MIXED).take(A).press("escape", "delete")
        assert dialog(shop).question.wants_scan
        assert shop.take(A).receipt.live == ()

    def test_none_is_asked_for_where_none_was(self) -> None:
        """Given a pack that came back without mark, when its line is storno'd, then none is asked for."""
        shop = ReturnShop.having(MIXED, gate(without_mark=True), returns()).press("2", "1", "escape", "delete")
        assert shop.receipt.live == ()

    def test_row_is_free_again(self) -> None:
        """Given a storno'd pack, when it is scanned in the form once more, then it comes back."""
        shop = ReturnShop.having(MIXED).take(A).press("escape", "delete").take(A).press("f9").wait(5)
        assert shop.take(A).back == [(2, 1000, 9000)]


class TestTobacco:
    def test_pack_comes_back_at_the_price_it_was_sold_at(self) -> None:
        """Given cigarettes sold at their МРЦ, when they come back, then the price is that of the sale, no window."""
        own = mark(SMOKES, "s", properties=(("mrc", "AABr"),))
        pack = sale(sold(1, SMOKES, total=21900, mark=own.code, ki=own.ki))
        shop = ReturnShop.having(pack).take(own)
        assert shop.back == [(1, 1000, 21900)]


def anything(**known: Any) -> ReturnShop:
    """Start with one pack of kefir."""
    return ReturnShop.having(sale(marked(1)), gate(STRICT, **known), returns())


def test_status_not_registered_is_no_obstacle() -> None:
    """Given a mark the server never heard of, when it comes back, then it may (M12r)."""
    assert anything().take(A).reply(FREE).reply("RESERVED").back == [(1, 1000, 9000)]
