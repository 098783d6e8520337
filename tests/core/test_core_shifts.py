"""The sums of a shift, counted as it goes, and a shift that must be closed before anything is sold."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.conditions import stale
from cashier.core.events import ShiftShut
from cashier.core.ledger import Ledger, fold
from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.say import say
from cashier.core.shifts import CashMove, ShiftReport, Totals, caption
from cashier.core.state import Rules
from cashier.core.tender import Tender, TenderKind
from tests.core.goods import BREAD, CHEAP, IVANOVA, MILK, PETROV
from tests.core.hand import NOON
from tests.core.registry import Registry

ALONE = Rules()
CASH, CARD = TenderKind.CASH, TenderKind.CARD
LOAF, PACK = Line(1, BREAD, BREAD.quantity, BREAD.price), Line(2, MILK, MILK.quantity, MILK.price)


def receipt(*tenders: tuple[TenderKind, int], lines: tuple[Line, ...] = (LOAF,)) -> Receipt:
    """Return a receipt with its tenders, a loaf for 45.50 if nothing else is said."""
    taken = tuple(Tender(kind, Kopecks(amount)) for kind, amount in tenders)
    return Receipt("r", 1, 1, IVANOVA, "2026-11-21T12:00:00", lines, taken)


class TestTotals:
    def test_change_is_not_in_them(self) -> None:
        """Given 45.50 sold, when 100 was given, then the shift has 45.50 in cash."""
        totals = Totals().with_sale(receipt((CASH, 10000)))
        assert (totals.cash, totals.card, totals.sold, totals.sales) == (4550, 0, 4550, 1)

    def test_mixed(self) -> None:
        """Given 20 by card and 30 in cash, then the change is out of the cash."""
        totals = Totals().with_sale(receipt((CARD, 2000), (CASH, 3000)))
        assert (totals.cash, totals.card, totals.sold) == (2550, 2000, 4550)

    def test_stornos_and_discounts(self) -> None:
        """Given a line storno'd and one with a discount, then both are counted, and only what is sold is summed."""
        cheaper = Line(1, BREAD, BREAD.quantity, BREAD.price, discount=Kopecks(50))
        gone = Line(2, MILK, MILK.quantity, MILK.price, storno=True, discount=Kopecks(7))
        totals = Totals().with_sale(receipt((CASH, 4500), lines=(cheaper, gone)))
        assert (totals.stornos, totals.discounts, totals.sold) == (1, 50, 4500)

    def test_returns_have_sums_of_their_own(self) -> None:
        """Given goods taken back for cash and card, then they are no sales, and neither discounts nor stornos count."""
        cheaper = Line(1, BREAD, BREAD.quantity, BREAD.price, discount=Kopecks(50))
        gone = Line(2, MILK, MILK.quantity, MILK.price, storno=True)
        back = replace(receipt((CASH, 2500), (CARD, 2000), lines=(cheaper, gone)), kind=DocumentType.RETURN)
        sold = Totals().with_sale(receipt((CASH, 10000)))
        totals = sold.with_refund(back).with_refund(replace(back, tenders=back.tenders[1:]))
        assert (totals.refunds, totals.refund_cash, totals.refund_card, totals.refunded) == (2, 2500, 4000, 6500)
        assert totals.takings == 4550 - 6500
        assert replace(totals, refunds=0, refund_cash=ZERO, refund_card=ZERO) == sold

    def test_given_up(self) -> None:
        """Given receipts given up, then they are counted by themselves and not sold."""
        totals = Totals().with_cancelled(receipt()).with_cancelled(receipt(lines=(PACK,)))
        assert (totals.cancelled, totals.cancelled_sum, totals.sold, totals.sales) == (2, 4550 + 8990, 0, 0)

    def test_cash_in_and_out(self) -> None:
        """Given cash put in and taken out, then each has a sum of its own, and neither is sold."""
        totals = Totals().with_cash("in", Kopecks(500)).with_cash("out", Kopecks(200)).with_cash("in", Kopecks(1))
        assert (totals.cash_in, totals.cash_out, totals.sold) == (501, 200, 0)

    def test_captions(self) -> None:
        """Given a document of each kind, then it is named by its kind and number."""
        move = CashMove("c", 4, 1, "in", Kopecks(1), "2026-11-21T12:00:00", IVANOVA)
        report = ShiftReport("z", "z", 5, move.at, move.at, IVANOVA, Totals(), ZERO)
        assert caption(receipt()) == say("document_receipt", number=1)
        assert caption(move) == say("document_cash", number=4)
        assert caption(report) == say("document_report", number=5)


class TestFacts:
    def test_journal_that_begins_in_the_middle(self) -> None:
        """Given a journal whose shift was opened by an earlier program, then documents open it in the fold."""
        at = "2026-11-21T12:00:00"
        move = f.CashMoved(CashMove("c", 3, 2, "in", Kopecks(700), at, IVANOVA))
        ledger = fold(Ledger(), (move,))
        assert ledger.shift is not None
        assert (ledger.shift.number, ledger.shift.receipts, ledger.drawer) == (2, 3, 700)
        opened = fold(Ledger(), (f.ReceiptOpened("r", 4, 2, at, IVANOVA),))
        assert opened.shift is not None
        assert (opened.shift.opened, opened.shift.receipts) == (at, 4)

    def test_receipt_given_up_between_shifts(self) -> None:
        """Given no shift, when receipts of the last one are given up, then the next one counts them, and only that."""
        at = "2026-11-21T12:00:00"
        aside = Ledger(receipt=receipt(), postponed=(replace(receipt(lines=(PACK,)), identifier="p"),))
        ledger = fold(aside, (f.ReceiptCancelled("r", at, IVANOVA), f.ReceiptCancelled("p", at, IVANOVA)))
        assert (ledger.shift, ledger.receipt, ledger.postponed) == (None, None, ())
        assert (ledger.uncounted.cancelled, ledger.uncounted.cancelled_sum) == (2, 4550 + 8990)
        opened = fold(ledger, (f.ShiftOpened(2, at, IVANOVA),))
        assert opened.shift is not None
        assert (opened.shift.totals, opened.uncounted) == (ledger.uncounted, Totals())


WORK = st.lists(
    st.sampled_from(("cash", "change", "card", "mixed", "cheap", "discount", "give up", "storno", "in", "out", "z")),
    max_size=25,
)


def work(hand: Registry, what: str) -> None:
    """Do a piece of a day's work."""
    match what:
        case "cash" | "cheap":
            hand.write("0.1*" if what == "cheap" else "").scan((CHEAP if what == "cheap" else BREAD).barcode)
            hand.press("plus", "enter")
        case "change":
            hand.write("3*").scan(MILK.barcode).press("plus").write("1000").press("enter")
        case "card":
            hand.scan(MILK.barcode).press("plus", "f2", "2", "enter")
        case "mixed":
            hand.scan(BREAD.barcode).press("plus").write("20").press("f2", "2", "enter").write("50").press("enter")
        case "discount":
            hand.scan(BREAD.barcode).press("/").write("7").press("enter", "plus", "enter")
        case "give up":
            hand.scan(BREAD.barcode).press("f4", "enter")
        case "storno":
            hand.scan(BREAD.barcode).scan(MILK.barcode).press("delete", "plus", "enter")
        case "in" | "out":
            hand.press("f10", "4" if what == "in" else "5").write("12.34").press("enter", "escape", "escape")
        case _:
            hand.press("f10", "7", "enter", "enter")


@settings(max_examples=80, deadline=None)
@given(WORK)
def test_sums_are_those_of_the_documents(day: list[str]) -> None:
    """Given any day, then each Z and the open shift have the sums of their receipts, and the drawer is the cash."""
    hand = Registry.senior(rules=ALONE)
    for what in day:
        work(hand, what)
        assert isinstance(hand.till.mode, m.Selling)
    shifts: list[list[f.AnyFact]] = [[]]
    for fact in hand.facts:
        shifts[-1].append(fact)
        shifts += [[]] if isinstance(fact, f.ShiftClosed) else []
    told = [report.totals for report in hand.reports]
    told += [hand.shift.totals if hand.till.ledger.shift else Totals()]
    assert [_told(totals) for totals in told] == [_sums(facts) for facts in shifts]
    assert hand.till.ledger.drawer == sum(totals.cash + totals.cash_in - totals.cash_out for totals in told)
    assert [report.number for report in hand.reports] == list(range(1, len(hand.reports) + 1))


def _told(totals: Totals) -> tuple[int, ...]:
    return totals.sales, totals.sold, totals.cash, totals.card, totals.cancelled, totals.cash_in, totals.cash_out


def _sums(facts: list[f.AnyFact]) -> tuple[int, ...]:
    """Add the documents of a shift up from what was written of each."""
    closed = [fact for fact in facts if isinstance(fact, f.ReceiptClosed)]
    taken = [fact for fact in facts if isinstance(fact, f.TenderTaken)]
    moved = [fact.move for fact in facts if isinstance(fact, f.CashMoved)]
    cash = sum(fact.amount for fact in taken if fact.kind is CASH) - sum(fact.change for fact in closed)
    return (
        len(closed),
        sum(fact.total for fact in closed),
        cash,
        sum(fact.amount for fact in taken if fact.kind is CARD),
        len([fact for fact in facts if isinstance(fact, f.ReceiptCancelled)]),
        sum(move.amount for move in moved if move.direction == "in"),
        sum(move.amount for move in moved if move.direction == "out"),
    )


class TestStale:
    @pytest.mark.parametrize(
        ("later", "old"),
        [
            (timedelta(0), False),
            (timedelta(hours=11, minutes=59, seconds=59), False),
            (timedelta(hours=12), True),
            (timedelta(hours=24), True),
            (timedelta(days=400), True),
            (timedelta(seconds=-1), False),
            (timedelta(days=-1), False),
            (timedelta(days=-400), False),
        ],
    )
    def test_midnight_decides(self, later: timedelta, *, old: bool) -> None:
        """Given a shift opened at noon, when it is another day, then it must be closed; a clock put back is no day."""
        assert stale(NOON.isoformat(), NOON + later) is old

    def test_no_shift_is_not_old(self) -> None:
        """Given no shift, then none is old."""
        assert not stale("", NOON)
        assert not stale("", NOON + timedelta(days=400))


def yesterday(*keys: str) -> Registry:
    """Sell a loaf, scan milk, press keys, and let a day pass."""
    hand = Registry.senior(rules=ALONE).sell().scan(MILK.barcode)
    hand.press(*keys).wait(24 * 3600)
    return hand


class TestOutlived:
    def test_line_is_refused_with_advice(self) -> None:
        """Given a shift of yesterday, when goods are scanned, then they are refused, and the advice is Z."""
        hand = yesterday().scan(BREAD.barcode)
        assert (hand.problem, hand.wrote, len(hand.lines)) == ("shift_outlived", [], 1)
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.advice == say("shift_outlived_advice")
        assert hand.press("enter").till.mode == m.Selling()

    def test_payment_is_refused(self) -> None:
        """Given a shift of yesterday with a receipt, when the subtotal is struck, then it is refused."""
        hand = yesterday().press("plus")
        assert (hand.problem, hand.wrote, hand.receipt.in_payment) == ("shift_outlived", [], False)

    def test_goods_of_the_list_are_refused_too(self) -> None:
        """Given a shift of yesterday, when goods come by name or by weight, then they are refused likewise."""
        assert yesterday().press("f5").write("хлеб").press("enter").problem == "shift_outlived"
        assert yesterday().write("0.5*").scan(CHEAP.barcode).problem == "shift_outlived"

    def test_storno_and_cash_out_are_allowed(self) -> None:
        """Given a shift of yesterday, when a line goes, cash is taken out or X is read, then it is done."""
        assert yesterday().press("delete").wrote == ["LineStornoed"]
        assert yesterday().press("f4", "enter").wrote == ["ReceiptCancelled"]
        assert yesterday("f11").press("f10", "5").write("10").press("enter").wrote[0] == "CashMoved"
        assert isinstance(yesterday().press("f10", "6").till.mode, m.Reporting)

    def test_receipt_goes_on_after_z(self) -> None:
        """Given a receipt of yesterday, when Z is closed, then it is paid in a shift of today, with its number."""
        hand = yesterday().press("f10", "7", "enter", "enter", "plus", "enter")
        assert [report.totals.sold for report in hand.reports] == [4550]
        assert (hand.shift.number, hand.shift.totals.sold, hand.shift.opened[:10]) == (2, 8990, "2026-11-22")

    @pytest.mark.parametrize("key", ["enter", "f2"])
    @pytest.mark.parametrize("typed", ["", "20"])
    def test_payment_that_was_begun_takes_no_more(self, typed: str, key: str) -> None:
        """Given a payment over midnight, when cash or a card is to be taken, then it is refused, and the sum stays."""
        hand = yesterday("plus").write(typed).press(key)
        assert (hand.problem, hand.wrote, hand.till.ledger.charge) == ("shift_outlived", [], None)
        assert hand.press("enter").till.mode == m.Paying(typed)

    def test_money_taken_before_midnight_is_given_back(self) -> None:
        """Given a part paid before midnight, when it is given back, then Z can be closed and the receipt paid anew."""
        hand = yesterday("plus", "1", "0", "enter").press("enter")
        assert hand.problem == "shift_outlived"
        hand.press("enter", "escape", "enter")
        assert hand.wrote == ["TendersReturned", "PaymentLeft"]
        hand.press("enter", "f10", "7", "enter", "enter", "plus", "enter")
        assert [report.totals.sold for report in hand.reports] == [4550]
        assert (hand.shift.totals.sold, hand.till.ledger.drawer) == (8990, 4550 + 8990)

    def test_bad_sum_is_told_before_the_shift(self) -> None:
        """Given a payment over midnight, when no sum is typed but something else, then that is what is told."""
        assert yesterday("plus").write("0").press("enter").notice == "sum_bad"
        assert yesterday("plus").write("100").press("f2").notice == "card_too_much"

    def test_clock_put_back(self) -> None:
        """Given a clock that was put back by a day, when goods are scanned, then they are sold."""
        hand = Registry.senior(rules=ALONE).sell()
        hand.wait(-24 * 3600)
        assert hand.scan(MILK.barcode).press("plus", "enter").shift.totals.sold == 13540

    def test_clock_put_right_again(self) -> None:
        """Given a shift opened by a clock a year ahead, when it is put right, then goods are sold and Z is closed."""
        hand = Registry.senior(rules=ALONE)
        hand.wait(365 * 24 * 3600)
        hand.sell().wait(-365 * 24 * 3600)
        hand.sell(MILK).ask_z().press("enter")
        assert hand.reports[0].totals.sold == 13540
        assert hand.reports[0].at < hand.reports[0].opened

    def test_device_closes_the_old_shift(self) -> None:
        """Given a fiscal device and a shift of yesterday, when Z fails and then is made, then sales go on today."""
        hand = Registry.senior().sell()
        hand.wait(24 * 3600)
        assert hand.scan(MILK.barcode).problem == "shift_outlived"
        hand.press("enter").begin().give(ShiftShut(hand.asked_for[-1].token, "failed")).press("enter")
        assert hand.scan(MILK.barcode).problem == "shift_outlived"
        hand.press("enter").begin().close().press("enter").scan(MILK.barcode)
        assert (hand.problem, hand.shift.number, hand.receipt.number, hand.receipt.cashier) == ("", 2, 1, PETROV)
