"""A sale receipt is found: by its printed code, by till, shift and number, by day and number, in today's list (R6)."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import SaleFound, Ticked
from cashier.core.money import Kopecks
from cashier.core.quantity import pieces
from cashier.core.return_search import typed_day
from cashier.core.sales import SaleHead, Wanted
from cashier.ui.locale.catalogue import Catalogue
from tests.core.goods import BREAD, MILK
from tests.core.hand import NOON
from tests.gates.marked import gate
from tests.gates.returned import BANNED_BACK, GUID, THREE, ReturnShop, returns, sale, sold

RUSSIAN = Catalogue("ru")
HEADS = (
    SaleHead("a", "1", 3, 16, "2026-11-21T11:00:00", Kopecks(4550)),
    SaleHead("b", "2", 9, 16, "2026-11-21T10:00:00", Kopecks(8990), is_back=True),
)


def shop(**rules: Any) -> ReturnShop:
    """Start a till where goods come back."""
    return ReturnShop.behind(gate(), returns(), **rules)


def said(own: ReturnShop) -> str:
    """Return the error that stands, in Russian."""
    mode = own.till.mode
    assert isinstance(mode, m.Popup), mode
    return RUSSIAN.text(mode.reason)


def waiting(*keys: str) -> tuple[ReturnShop, str]:
    """Let a receipt be looked for, and nobody answer yet; return the token of the question as well."""
    own = shop()
    own.answers_at_once = False
    mode = own.press("f9", *keys).till.mode
    assert isinstance(mode, m.Seeking)
    return own, mode.token


class TestWays:
    def test_printed_code_is_scanned(self) -> None:
        """Given a buyer with a paper, when its code is scanned after F9, then the form of that sale stands."""
        own = shop().knows(THREE).press("f9").scan(GUID)
        assert own.wanted == [Wanted(identifier=GUID)]
        assert own.form.sale == THREE
        assert own.form.chosen == 0

    def test_till_shift_and_number(self) -> None:
        """Given a paper that no scanner reads, when till, shift and number are typed, then they are looked for."""
        own = shop().press("f9", "1").write("2").press("enter").write("7").press("enter").write("15").press("enter")
        assert own.wanted == [Wanted(till="2", shift=7, number=15)]

    def test_enter_takes_own_till_and_shift(self) -> None:
        """Given a sale of this very shift, when Enter answers till and shift, then they are this till's."""
        own = shop().press("f9", "1", "enter", "enter").write("15").press("enter")
        assert own.wanted == [Wanted(till="1", shift=1, number=15)]

    def test_day_and_number(self) -> None:
        """Given a buyer who knows the day, when day and number are typed, then any till's receipt of it is wanted."""
        own = shop().press("f9", "2").write("20.11").press("enter").write("15").press("enter")
        assert own.wanted == [Wanted(date="2026-11-20", number=15)]

    def test_enter_takes_today(self) -> None:
        """Given the question for the day, when Enter answers it, then it is today."""
        own = shop().press("f9", "2", "enter").write("15").press("enter")
        assert own.wanted == [Wanted(date="2026-11-21", number=15)]

    def test_code_is_typed(self) -> None:
        """Given a torn QR code, when the signs below it are typed, then that code is looked for as it was typed."""
        own = shop().knows(THREE).press("f9", "4").write(GUID).press("enter")
        assert own.wanted == [Wanted(identifier=GUID)]
        assert own.form.sale == THREE

    def test_todays_list(self) -> None:
        """Given today's receipts, when the second row is taken by its digit, then that receipt is looked for."""
        own, token = waiting("3")
        own.give(SaleFound(token, "several", heads=HEADS))
        assert own.till.mode == m.ListingSales(HEADS)
        own.answers_at_once = True
        own.press("2")
        assert own.wanted == [Wanted(identifier="b")]

    def test_list_is_left(self) -> None:
        """Given the list, when Esc is pressed, then the ways to find a receipt stand again."""
        own, token = waiting("3")
        assert own.give(SaleFound(token, "several", heads=HEADS)).press("escape").till.mode == m.Seeking()


class TestTyping:
    def test_date_that_was_read_is_typed_again(self) -> None:
        """Given a date, when the cashier goes back to it, then it stands as it is typed, and is taken once more."""
        own = ReturnShop.behind().press("f9", "2", "enter", "escape")
        assert own.till.mode == m.Seeking("date", entry=NOON.strftime("%d.%m.%Y"))
        own.press("enter", "1", "enter")
        assert own.problem == "sale_missing"

    def test_receipt_code_over_the_sale(self) -> None:
        """Given the code of a receipt that is scanned as goods are, then the cashier reads which key it needs."""
        own = ReturnShop.behind().scan("88f2cef0-3d45-5c7d-9e2f-1a2b3c4d5e6f")
        assert own.problem == "scan_is_receipt"

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("21.11", date(2026, 11, 21)),
            ("2111", date(2026, 11, 21)),
            ("211126", date(2026, 11, 21)),
            ("21112025", date(2025, 11, 21)),
            ("1.2.2026", date(2026, 2, 1)),
            ("31.12", date(2025, 12, 31)),
            ("29.02", date(2024, 2, 29)),
            ("29.02.26", None),
            ("1.2.202", None),
            ("1.2.1026", None),
            ("001.2", None),
            ("32.01", None),
            ("1", None),
            ("..", None),
            ("1.2.3.4", None),
            ("²1.11", None),
        ],
    )
    def test_day(self, text: str, day: date | None) -> None:
        """Given a day as people type it, then it is read; without a year it is the last such day."""
        assert typed_day(text, NOON.date()) == day

    @pytest.mark.parametrize("typed", ["0", ".", "1.5", "9999999999"])
    def test_no_number(self, typed: str) -> None:
        """Given the question for a number, when something else is typed, then it is refused and stands."""
        own = shop().press("f9", "1", "enter", "enter").write(typed).press("enter")
        assert own.notice == "seek_bad"
        assert own.wanted == []

    def test_no_day(self) -> None:
        """Given the question for a day, when there is no such day, then that is said."""
        assert shop().press("f9", "2").write("99.99").press("enter").notice == "seek_bad_date"

    def test_escape_goes_back_field_by_field(self) -> None:
        """Given a number half typed, when Esc is pressed, then it is cleared, then the shift stands, then the till."""
        own = shop().press("f9", "1").write("2").press("enter").write("7").press("enter").write("1")
        assert own.press("escape").till.mode == m.Seeking("number", ("2", "7"))
        assert own.press("escape").till.mode == m.Seeking("number", ("2",), "7")
        assert own.press("escape", "escape").till.mode == m.Seeking("number", (), "2")
        assert own.press("escape", "escape").till.mode == m.Seeking()
        assert own.press("escape").till.mode == m.Selling()

    def test_first_shift_of_all_has_to_be_typed(self) -> None:
        """Given a till that never opened a shift, when Enter answers the shift, then nothing is taken for it."""
        own = shop()
        own.till = replace(own.till, ledger=replace(own.till.ledger, shift=None, shifts=0))
        assert own.press("f9", "1", "enter", "enter").notice == "seek_bad"


class TestOutcomes:
    @pytest.mark.parametrize(
        ("outcome", "text"),
        [
            ("missing", "Чек не найден"),
            ("several", "Чек не найден"),
            ("found", "Чек не найден"),
            ("silent", "Чек не найден: кассовый сервер не отвечает"),
            ("cancelled", "Чек отменен"),
            ("other_shop", "Чек другого магазина"),
            ("open", "Чек ещё не оплачен"),
            ("no_sale", "Это чек возврата, а не продажи"),
            ("unreadable", "Ответ кассового сервера не читается"),
        ],
    )
    def test_each_has_its_words(self, outcome: Any, text: str) -> None:
        """Given a receipt that cannot come back, then it is said why, and another one may be tried."""
        own, token = waiting("3")
        own.give(SaleFound(token, outcome))
        assert said(own) == text
        assert own.press("enter").till.mode == m.Seeking()

    def test_all_of_it_came_back_before(self) -> None:
        """Given a receipt of which nothing is left, when it is found, then that is said."""
        gone = sale(sold(1, BREAD, pieces(2), returned=pieces(2), returned_sum=Kopecks(9100)))
        own = shop().knows(gone).press("f9").scan(GUID)
        assert said(own) == "Чек уже возвращен полностью"

    def test_keys_begin_at_what_may_come_back(self) -> None:
        """Given a receipt with goods that stay and goods that are back, then the first other row is selected."""
        own = sale(sold(1, BREAD, returned=pieces(1), returned_sum=BREAD.price), sold(2, BANNED_BACK), sold(5, MILK))
        assert shop().knows(own).press("f9").scan(GUID).form.chosen == 2

    def test_given_up(self) -> None:
        """Given a search, when Esc is pressed, then the ways stand again, and what comes late is only logged."""
        own, token = waiting("3")
        assert own.press("escape").till.mode == m.Seeking()
        own.give(SaleFound(token, "found", THREE))
        assert own.till.mode == m.Seeking()

    def test_late_answer_over_another_search(self) -> None:
        """Given a second search, when the answer to the first one comes, then the second goes on."""
        own, token = waiting("3")
        own.press("escape", "3")
        mode = own.till.mode
        own.give(SaleFound(token, "found", THREE))
        assert own.till.mode == mode

    def test_till_locks_meanwhile(self) -> None:
        """Given a search, when the till locks itself, then what is found opens no form."""
        own, token = waiting("3")
        own.give(Ticked(idle=True)).give(SaleFound(token, "found", THREE))
        assert own.till.mode == m.EnteringCode()


class TestWhen:
    def test_open_receipt_comes_first(self) -> None:
        """Given a sale in work, when F9 is pressed, then it has to be finished or put aside first."""
        own = ReturnShop.behind(returns()).scan(BREAD.barcode).press("f9")
        assert own.notice == "return_receipt_open"
        assert own.till.mode == m.Selling()

    def test_shift_outlived(self) -> None:
        """Given a shift of yesterday, when F9 is pressed, then it must be closed first."""
        own = shop()
        shift = own.till.ledger.shift
        assert shift is not None
        yesterday = replace(shift, opened="2026-11-19T09:00:00")
        own.till = replace(own.till, ledger=replace(own.till.ledger, shift=yesterday))
        assert own.press("f9").problem == "shift_outlived"

    def test_garbage_under_the_scanner(self) -> None:
        """Given the search, when something is scanned that is no code of a receipt, then there is a tone and a word."""
        own = shop().press("f9").scan(b"\x1b[2J" * 20)
        assert own.notice == "scan_no_receipt"
        assert own.till.mode == m.Seeking()
