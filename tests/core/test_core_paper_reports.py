"""Papers of a shift: every sum of it once, what it adds up to, and who is answerable for the money."""

import pytest
from msgspec.structs import replace

from cashier.core.money import Kopecks
from cashier.core.paper import RULE, Letterhead, Row
from cashier.core.paper_reports import cash_paper, report_paper
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.shifts import CashMove, ShiftReport, Totals
from cashier.ui.locale import Catalogue
from tests.core.goods import IVANOVA

HEAD = Letterhead("77", "3", "Магазин", ("ул. Лесная",), ("Спасибо",))
MORNING, EVENING = "2026-11-21T08:00:00", "2026-11-21T22:00:00"
TOTALS = Totals(
    sales=12,
    cash=Kopecks(100_000),
    card=Kopecks(50_050),
    discounts=Kopecks(700),
    stornos=4,
    cancelled=2,
    cancelled_sum=Kopecks(3_300),
    cash_in=Kopecks(20_000),
    cash_out=Kopecks(60_000),
)
Z = ShiftReport("z-1", "z", 5, MORNING, EVENING, IVANOVA, TOTALS, Kopecks(61_000))
PUT_IN = CashMove("m-1", 3, 5, "in", Kopecks(20_000), MORNING, IVANOVA)


def sums(rows: tuple[Row, ...]) -> dict[str, Say | None]:
    """Return what stands at the right edge, by the key of the text at the left."""
    return {row.text.key: row.right for row in rows if row.right}


def money(kopecks: int) -> Say:
    """Say an amount."""
    return say("sum", sum=Sum(Kopecks(kopecks)))


def count(number: int) -> Say:
    """Say how many."""
    return say("paper_count", count=number)


class TestReport:
    def test_every_figure_of_the_shift_stands_once(self) -> None:
        """Given a shift, then sales by tender, what they add up to, corrections and cash are on its report."""
        assert sums(report_paper(Z, HEAD)) == {
            "paper_place": say("paper_shift", shift=5),
            "paper_shift_opened": say("paper_time", time=Moment(MORNING)),
            "paper_reported": say("paper_time", time=Moment(EVENING)),
            "paper_receipts": count(12),
            "paper_cash": money(100_000),
            "paper_card": money(50_050),
            "paper_sold": money(150_050),
            "paper_discounts_given": money(700),
            "paper_stornos": count(4),
            "paper_cancelled": money(3_300),
            "paper_put_in": money(20_000),
            "paper_taken_out": money(60_000),
            "paper_in_drawer": money(61_000),
        }

    def test_refunds_where_there_were_any(self) -> None:
        """Given goods that came back, then what was given back for them and what stays stand below the sales."""
        back = replace(TOTALS, refunds=3, refund_cash=Kopecks(20_000), refund_card=Kopecks(150))
        rows = report_paper(replace(Z, totals=back), HEAD)
        first = rows.index(Row(say("paper_refunds"), count(3)))
        assert rows[first - 1 : first + 6] == (
            RULE,
            Row(say("paper_refunds"), count(3)),
            Row(say("paper_refund_cash"), money(20_000)),
            Row(say("paper_refund_card"), money(150)),
            Row(say("paper_refunded"), money(20_150), kind="big"),
            Row(say("paper_takings"), money(129_900), kind="big"),
            RULE,
        )
        others = [row for row in rows if row not in rows[first : first + 6]]
        assert [row for row in others if row != RULE] == [row for row in report_paper(Z, HEAD) if row != RULE]

    def test_kind_is_said_in_big_letters(self) -> None:
        """Given an X report, then it says X where a Z says Z, and both are alike otherwise."""
        z, x = report_paper(Z, HEAD), report_paper(replace(Z, kind="x"), HEAD)
        assert Row(say("paper_z_report"), kind="big") in z
        assert [own for own, other in zip(x, z, strict=True) if own != other] == [
            Row(say("paper_x_report"), kind="big")
        ]

    def test_cashier_and_cancelled_receipts_are_named(self) -> None:
        """Given a report, then it names who took it and how many receipts were given up."""
        texts = [row.text for row in report_paper(Z, HEAD)]
        assert say("paper_cashier", name="Иванова") in texts
        assert say("paper_cancelled", count=2) in texts

    def test_fiscal_number_where_there_is_one(self) -> None:
        """Given a fiscal document that closed the shift, then its number is there; without one there is no row."""
        rows = report_paper(Z, HEAD, 31)
        assert Row(say("paper_fiscal", number=31)) in rows
        assert not [row for row in report_paper(Z, HEAD) if row.text.key == "paper_fiscal"]


class TestCash:
    def test_both_ways(self) -> None:
        """Given cash put in or taken out, then direction and sum are big, with number, shift, time and cashier."""
        rows = cash_paper(PUT_IN, HEAD)
        assert Row(say("paper_cash_in"), money(20_000), kind="big") in rows
        assert sums(rows)["paper_place"] == say("paper_document", number=3)
        assert sums(rows)["paper_shift"] == say("paper_time", time=Moment(MORNING))
        assert Row(say("paper_cashier", name="Иванова")) in rows
        taken = cash_paper(replace(PUT_IN, direction="out"), HEAD)
        assert Row(say("paper_cash_out"), money(20_000), kind="big") in taken

    def test_room_for_signatures_is_the_last_thing(self) -> None:
        """Given a slip, then whoever gave and whoever took the money sign it below the sum."""
        rows = cash_paper(PUT_IN, HEAD)
        assert rows[-4:] == (RULE, Row(say("paper_given_by")), Row(say("paper_taken_by")), Row(kind="cut"))


@pytest.mark.parametrize("paper", [report_paper(Z, HEAD), cash_paper(PUT_IN, HEAD)], ids=["report", "cash"])
def test_shop_stands_above_and_nobody_is_thanked(paper: tuple[Row, ...]) -> None:
    """Given a letterhead, then a paper of the shift begins with the shop, ends with a cut, and thanks nobody."""
    assert [row.text for row in paper[:2]] == [say("external", text="Магазин"), say("external", text="ул. Лесная")]
    assert paper[-1] == Row(kind="cut")
    assert say("external", text="Спасибо") not in [row.text for row in paper]


def test_training_says_so_twice() -> None:
    """Given a till for training, then the banner stands at the top and at the end; elsewhere it never does."""
    banner = Row(say("training_banner"), kind="title")
    training = replace(HEAD, training=True)
    for paper in (report_paper(Z, training), cash_paper(PUT_IN, training)):
        assert (paper.count(banner), paper[0], paper[-2]) == (2, banner, banner)
    assert banner not in report_paper(Z, HEAD)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_is_in_the_catalogue(language: str) -> None:
    """Whatever can be on a paper of the shift, both languages have a text for it."""
    text = Catalogue(language).text
    kinds = (replace(Z, kind="x"), replace(Z, totals=replace(TOTALS, refunds=1)))
    papers = [report_paper(report, replace(HEAD, training=True), 1) for report in kinds]
    papers += [cash_paper(PUT_IN, HEAD), cash_paper(replace(PUT_IN, direction="out"), HEAD)]
    for row in (row for paper in papers for row in paper):
        assert "⟨" not in text(row.text) + (text(row.right) if row.right else "")
