"""Dialogs where sums are typed or read: discount, cash in and out, X and Z."""

import pytest

from cashier.core import modes as m
from cashier.core.effects import Print
from cashier.core.events import Printed
from cashier.core.money import Kopecks
from cashier.core.say import Moment, Sum, say
from cashier.core.state import Rules, Till
from cashier.core.view import view
from cashier.core.view_model import Dialog, Entry
from cashier.core.view_money import dialog_of
from tests.core.goods import BREAD, MILK, PETROV
from tests.core.hand import Hand
from tests.core.registry import Registry


def panel(till: Till) -> Dialog:
    """Return the dialog that stands."""
    shown = view(till).dialog
    assert shown is not None
    return shown


class TestDiscounting:
    def test_of_a_line(self) -> None:
        """Given a selected line, then its name and sum are told, and how the number is meant is on the keys."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("/").write("7.5")
        dialog = panel(hand.till)
        assert dialog.title == say("title_discount_line")
        assert dialog.body == (say("external", text="Хлеб"), say("discount_total", total=Sum(BREAD.price)))
        assert [key.keys for key in dialog.keys] == [("enter",), ("plus",), ("up", "down"), ("escape",)]
        assert view(hand.till).entry == Entry(say("entry_discount"), "7.5")

    def test_of_the_receipt(self) -> None:
        """Given two lines, when the receipt is meant, then its sum is told."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).scan(MILK.barcode).press("/", "up")
        dialog = panel(hand.till)
        total = say("discount_total", total=Sum(Kopecks(13540)))
        assert (dialog.title, dialog.body) == (say("title_discount_receipt"), (say("discount_of_receipt"), total))

    def test_without_a_line(self) -> None:
        """Given a storno'd line selected or no receipt, then only the receipt can be meant, and nothing breaks."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).scan(MILK.barcode).press("delete", "/")
        assert [key.keys for key in panel(hand.till).keys] == [("enter",), ("plus",), ("escape",)]
        empty = dialog_of(Hand.signed_in().till, m.Discounting())
        assert empty is not None
        assert empty.body == (say("discount_of_receipt"),)


class TestMovingCash:
    @pytest.mark.parametrize(("row", "title"), [("4", "title_cash_in"), ("5", "title_cash_out")])
    def test_tells_what_is_there(self, row: str, title: str) -> None:
        """Given a drawer with 45.50, when cash is moved, then the dialog tells what is there, and the sum is typed."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("plus", "enter", "f10", row).write("12.5")
        dialog = panel(hand.till)
        assert (dialog.title.key, dialog.body) == (title, (say("drawer_now", drawer=Sum(BREAD.price)),))
        assert view(hand.till).entry == Entry(say("entry_sum"), "12.5")


class TestReporting:
    @pytest.mark.parametrize(("row", "title"), [("6", "title_x_report"), ("7", "title_z_report")])
    def test_every_sum_in_its_row(self, row: str, title: str) -> None:
        """Given a shift with a bit of everything, then each sum stands in its row and none twice."""
        hand = (
            Hand.signed_in(code=PETROV.code)
            .scan(BREAD.barcode)
            .press("plus")
            .write("20")
            .press("f2", "2", "enter", "enter")
        )
        hand.scan(MILK.barcode).press("/").write("10").press("enter", "plus", "enter")
        hand.scan(MILK.barcode).press("f4", "enter", "f10", "4").write("100").press("enter")
        hand.press("f10", "5").write("30").press("enter", "f10", row, *(["enter"] if row == "7" else []))
        mode = hand.till.mode
        assert isinstance(mode, m.Reporting)
        dialog = panel(hand.till)
        assert (dialog.title, dialog.chosen) == (say(title, shift=1), -1)
        told = {row.caption.key: dict(row.value.places) for row in dialog.options if row.value}
        assert told["report_sales"] == {"count": 2}
        assert told["report_opened"] == {"time": Moment(mode.report.opened)}
        sums = {
            "report_cash": 2550 + 8091,
            "report_card": 2000,
            "report_sold": 4550 + 8091,
            "report_discounts": 899,
            "report_cancelled": 8990,
            "report_cash_in": 10000,
            "report_cash_out": 3000,
            "report_drawer": 2550 + 8091 + 7000,
        }
        assert {key: told[key] for key in sums} == {key: {"sum": Sum(Kopecks(own))} for key, own in sums.items()}
        assert set(told) == {"report_opened", "report_sales", *sums}

    def test_z_is_shown_while_its_paper_fails(self) -> None:
        """Given Z on the screen, when its paper fails, then the report still stands, with the warning."""
        hand = Registry.senior(rules=Rules()).sell().ask_z().press("enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "off"))
        assert panel(hand.till).title == say("title_z_report", shift=1)
        assert view(hand.till).notice == say("print_report_failed", number=1)
