"""Checks that need no server, in the seed's order: own receipt, receipts put aside, past receipts, white list."""

import pytest

from cashier.core import modes as m
from cashier.core.events import Answered, NoReply, Reply
from cashier.core.reading import Standing
from cashier.gates.marked_goods import STATUSES, Category
from tests.gates.marked import FREE, KEFIR, LENIENT, LISTED, SMOKES, STRICT, UNASKED, Shop, mark

SOLD = mark(KEFIR, standing=Standing.SOLD)
BEFORE = ("mark_registered_before", "mark_take_another")


class TestReceiptsPutAside:
    def test_mark_in_one_of_them(self) -> None:
        """Given a mark in a receipt put aside, when it comes in the next one, then it is told where it is."""
        shop = Shop.selling().take(mark(KEFIR)).press("f11").take(mark(KEFIR))
        assert shop.popup == ("mark_in_postponed", "mark_in_postponed_advice")
        assert shop.sentence == "Код маркировки уже добавлен в чек 1, он отложен"
        assert shop.lines == []

    def test_in_the_dialog(self) -> None:
        """Given the same, when the barcode came first, then the dialog says it and waits for another pack."""
        shop = Shop.selling().take(mark(KEFIR)).press("f11").scan(KEFIR.barcode).take(mark(KEFIR))
        assert shop.wrong == ("mark_in_postponed", "mark_in_postponed_advice")
        assert shop.take(mark(KEFIR, "b")).marks == [mark(KEFIR, "b").ki]

    def test_own_receipt_comes_first(self) -> None:
        """Given a mark sold here before that is in the receipt too, then the receipt is what is told."""
        shop = Shop.selling().take(mark(KEFIR)).take(SOLD)
        assert shop.popup[0] == "mark_in_receipt"

    def test_storno_frees_the_mark(self) -> None:
        """Given a line that went out again, when its mark comes back, then it is sold."""
        shop = Shop.selling().take(mark(KEFIR)).press("delete").take(mark(KEFIR)).press("left").take(mark(KEFIR))
        assert [storno for _, _, storno in shop.lines] == [True, False]


class TestLocalUniqueness:
    def test_sold_before(self) -> None:
        """Given a mark this till has sold, when it comes again, then it is refused with the seed's words (M10)."""
        shop = Shop.selling().take(SOLD)
        assert shop.popup == BEFORE
        assert shop.sentence == "Код маркировки уже был зарегистрирован ранее"
        assert shop.lines == []

    def test_in_the_dialog_it_ends_the_dialog(self) -> None:
        """Given the barcode first, when such a mark comes, then the same is told and nothing is sold."""
        shop = Shop.selling().scan(KEFIR.barcode).take(SOLD)
        assert (shop.popup, shop.lines) == (BEFORE, [])

    def test_returned_last(self) -> None:
        """Given a mark this till sold and took back, when it comes again, then it is sold (M10)."""
        assert Shop.selling().take(mark(KEFIR, standing=Standing.RETURNED)).marks == [SOLD.ki]

    def test_switched_off(self) -> None:
        """Given `checkLocalUniqueness = false`, when a sold mark comes again, then it is sold."""
        assert Shop.selling(unique=False).take(SOLD).marks == [SOLD.ki]

    @pytest.mark.parametrize("unique", [True, False])
    def test_of_tobacco_always(self, unique: bool) -> None:  # noqa: FBT001 - drawn
        """Given tobacco, when a sold mark comes again, then it is refused whatever the setting says (T3)."""
        assert Shop.selling(unique=unique).take(mark(SMOKES, standing=Standing.SOLD)).popup == BEFORE

    def test_server_is_not_asked(self) -> None:
        """Given a server to ask, when this till has sold the mark, then that is enough."""
        shop = Shop.selling(STRICT).take(SOLD)
        assert (shop.popup, shop.requests) == (BEFORE, [])


class TestTrustedServer:
    def test_returned_elsewhere(self) -> None:
        """Given `trustServerReturn`, when the server says that another till took it back, then it is sold."""
        shop = Shop.selling(STRICT, trust_return=True).take(SOLD).reply("RETURNED").reply("RESERVED")
        assert shop.marks == [SOLD.ki]

    @pytest.mark.parametrize("status", [FREE, "UNRESERVED_SALE"])
    def test_any_other_status_that_allows_lifts_nothing(self, status: str) -> None:
        """Given the same, when the server knows of no return, then the till's own word stands."""
        shop = Shop.selling(STRICT, trust_return=True).take(SOLD).reply(status)
        assert (shop.popup, shop.lines) == (BEFORE, [])
        assert shop.condition == "status_marks"

    @pytest.mark.parametrize("status", sorted({*STATUSES, "?"} - {"RETURNED", FREE, "UNRESERVED_SALE"}))
    def test_status_that_refuses_is_told(self, status: str) -> None:
        """Given the same, when the server refuses, then its reason is told and nothing is sold."""
        shop = Shop.selling(STRICT, trust_return=True).take(SOLD).reply(status)
        assert shop.problem.startswith("mark_status_")
        assert shop.lines == []

    @pytest.mark.parametrize("category", [STRICT, LENIENT], ids=["strict", "lenient"])
    def test_no_answer_lifts_nothing(self, category: Category) -> None:
        """Given the same, when the server is silent, then the mark is refused even where errors are ignored."""
        shop = Shop.selling(category, trust_return=True).take(SOLD).no_reply()
        assert (shop.popup, shop.lines) == (BEFORE, [])
        assert shop.condition == "status_marks_unchecked"

    def test_without_a_server_it_means_nothing(self) -> None:
        """Given `trustServerReturn` and no server, when a sold mark comes, then it is refused at once."""
        assert Shop.selling(UNASKED, trust_return=True).take(SOLD).popup == BEFORE


class TestWhiteList:
    def test_not_in_it(self) -> None:
        """Given `enableMarkVerifyLocal`, when it is not listed, then it is refused with the seed's words (M11)."""
        shop = Shop.selling(LISTED).take(mark(KEFIR, white=False))
        assert shop.popup == ("mark_not_white", "mark_take_another")
        assert shop.sentence == "Товар с таким кодом маркировки запрещен к продаже"
        assert shop.lines == []

    def test_in_it(self) -> None:
        """Given the same, when the mark is listed, then it is sold; nothing is reserved and nobody is told."""
        shop = Shop.selling(LISTED).take(mark(KEFIR, white=True))
        assert (len(shop.marks), shop.waits, shop.queued) == (1, "", [])

    def test_not_asked(self) -> None:
        """Given a list that is not asked, or an answer that was not looked up, then the mark is sold."""
        assert len(Shop.selling(UNASKED).take(mark(KEFIR, white=False)).marks) == 1
        assert len(Shop.selling(LISTED).take(mark(KEFIR, white=None)).marks) == 1

    def test_plays_no_part_where_the_server_is_asked(self) -> None:
        """Given both settings, when the mark is not listed here, then the server alone decides."""
        both = Category(verify=True, ignore_errors=False, white=True)
        shop = Shop.selling(both).take(mark(KEFIR, white=False))
        assert shop.waits == "mark_checking"
        assert len(shop.reply(FREE).reply("RESERVED").marks) == 1

    def test_past_receipts_come_first(self) -> None:
        """Given a sold mark that is not listed either, then its sale is what is told."""
        assert Shop.selling(LISTED).take(mark(KEFIR, standing=Standing.SOLD, white=False)).popup == BEFORE


class TestCategories:
    def test_category_the_settings_have_no_more(self) -> None:
        """Given a mark of a category nobody configured, when it is scanned, then the common parameters count."""
        shop = Shop.selling(UNASKED, common=STRICT).take(mark(KEFIR, category=""))
        assert shop.waits == "mark_checking"
        assert shop.order["category"] == ""

    def test_each_has_its_own(self) -> None:
        """Given a category the server is asked for and common parameters without, then only its marks are checked."""
        shop = Shop.selling(STRICT).take(mark(KEFIR, category="Other"))
        assert (shop.waits, shop.till.mode) == ("", m.Selling())
        assert shop.take(mark(KEFIR, "b")).waits == "mark_checking"


def test_late_answer_of_a_check_given_up_changes_nothing() -> None:
    """Given a check that the cashier gave up, when the server answers after all, then nothing happens."""
    shop = Shop.selling(STRICT).take(mark(KEFIR))
    token = shop.token
    shop.press("escape")
    assert (shop.lines, shop.queued, shop.till.mode) == ([], [], m.Selling())
    for answer in (Reply(FREE), NoReply("late")):
        shop.give(Answered(token, answer))
        assert (shop.lines, shop.effects) == ([], ())
