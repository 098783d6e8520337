"""What a whole day leaves in documents.db, fact by fact, as other programs read it."""

from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.discounts import Discount
from cashier.core.money import Kopecks
from cashier.core.shifts import Direction
from cashier.core.tender import TenderKind
from cashier.store.verify import verify
from tests.core.goods import BREAD, IVANOVA, MILK, PETROV
from tests.store.days import Day
from tests.store.files import Row, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A till at the beginning of a day."""
    return Day(path)


def cells(path: Path, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Read some columns of all rows."""
    return [part(row, *columns) for row in rows(path, table)]


def part(row: Row, *columns: str) -> tuple[object, ...]:
    """Return some columns of a row."""
    return tuple(row[column] for column in columns)


class TestPeople:
    def test_another_cashier_goes_on(self, day: Day, path: Path) -> None:
        """Given a line of one cashier, when another goes on, then the receipt and what comes after are the other's."""
        day.begin(BREAD).write(f.CashierChanged(day.receipt.identifier, PETROV)).add(MILK).close()
        assert cells(path, "document", "scode") == [(PETROV.code,)]
        assert cells(path, "goodsitem", "scode") == [(IVANOVA.code,), (PETROV.code,)]
        assert cells(path, "moneyitem", "scode") == [(PETROV.code,)]


class TestPostponed:
    def test_receipt_put_aside_is_three(self, day: Day, path: Path) -> None:
        """Given a receipt put aside, then closed is 3, its lines stay, and the next one is open beside it."""
        day.begin(BREAD).postpone()
        day.begin(MILK)
        assert cells(path, "document", "checknum", "closed", "sume", "time_end") == [
            (1, 3, 45.5, None),
            (2, 0, 89.9, None),
        ]
        assert len(rows(path, "goodsitem")) == 2

    def test_receipt_taken_up_is_open_and_of_who_took_it(self, day: Day, path: Path) -> None:
        """Given a receipt put aside, when another takes it up, then it is open and of that cashier."""
        day.restore(day.begin(BREAD).postpone(), by=PETROV)
        assert cells(path, "document", "closed", "scode") == [(0, PETROV.code)]

    def test_receipt_put_aside_may_be_given_up(self, day: Day, path: Path) -> None:
        """Given a receipt put aside, when it is given up there and then, then closed is 2."""
        day.cancel(day.begin(BREAD).postpone())
        assert cells(path, "document", "closed", "sume", "doctype") == [(2, 45.5, 1)]

    def test_receipt_goes_on_in_the_next_shift(self, day: Day, path: Path) -> None:
        """Given a receipt that outlived its shift, then it is of the new one and has a number of that."""
        day.begin(BREAD).close()
        aside = day.begin(MILK).postpone()
        day.z().begin(BREAD).close()
        day.restore(aside).close()
        assert cells(path, "document", "workshiftid", "checknum", "closed") == [(1, 1, 1), (2, 2, 1), (2, 1, 1)]
        assert cells(path, "workshift", "checknum1", "checknum2") == [(1, 2), (1, 2)]

    def test_receipt_of_a_closed_shift_may_be_given_up(self, day: Day, path: Path) -> None:
        """Given a receipt put aside in a shift that is closed, when it is given up, then it stays in that shift."""
        aside = day.begin(MILK).postpone()
        day.z().cancel(aside)
        assert cells(path, "document", "workshiftid", "closed") == [(1, 2)]


class TestDiscounts:
    def test_percent_of_a_position(self, day: Day, path: Path) -> None:
        """Given 12.34 % on milk of 89.90, then the row says percent, what is off, before and after."""
        day.begin(BREAD, MILK).grant(2, Discount(1234))
        line = rows(path, "goodsitem")[1]
        assert part(line, "disc_perc", "disc_abs", "sumb", "sume") == (12.34, 11.09, 89.9, 78.81)
        assert cells(path, "document", "disc_abs", "sumb", "sume") == [(11.09, 135.4, 124.31)]

    @pytest.mark.parametrize("discount", [None, Discount(amount=Kopecks(500))])
    def test_percent_taken_back(self, day: Day, path: Path, discount: Discount | None) -> None:
        """Given a percent, when it is taken back or a sum stands in its place, then disc_perc is 0."""
        day.begin(BREAD).grant(1, Discount(1000)).grant(1, discount)
        off = 5 if discount else 0
        assert cells(path, "goodsitem", "disc_perc", "disc_abs", "sume") == [(0, off, 45.5 - off)]
        assert cells(path, "document", "disc_abs", "sume") == [(off, 45.5 - off)]

    def test_discount_of_the_receipt_is_spread(self, day: Day, path: Path) -> None:
        """Given 10 roubles off three lines of which one is storno'd, then the live ones bear it to the kopeck."""
        day.begin(BREAD, MILK, BREAD).storno(2).grant(0, Discount(amount=Kopecks(1001)))
        assert cells(path, "goodsitem", "disc_abs", "disc_perc") == [(5.01, 0), (0, 0), (5, 0)]
        assert cells(path, "document", "sumb", "disc_abs", "sume") == [(91, 10.01, 80.99)]
        day.close()
        assert cells(path, "document", "closed") == [(1,)]


class TestMoney:
    def test_card_says_what_the_terminal_told(self, day: Day, path: Path) -> None:
        """Given money from a card and from the hand, then the row of the card has its slip, that of cash nothing."""
        day.begin(BREAD).card(1000)
        day.close()
        card, cash = rows(path, "moneyitem")
        told = part(card, "cardnum", "authcode", "operationid", "valutoperation", "slip", "token")
        assert told == ("************1111", "auth-1", "op-1", 10, "ОПЛАТА\nОДОБРЕНО", "charge2")
        assert part(card, "valcode", "sume") == (4, 10)
        assert set(part(cash, "cardnum", "authcode", "operationid", "valutoperation", "slip", "token")) == {None}

    def test_terminal_that_stands_alone_tells_nothing(self, day: Day, path: Path) -> None:
        """Given a card payment without a slip, then it is a card payment all the same."""
        day.begin(BREAD)
        day.write(f.TenderTaken(day.receipt.identifier, TenderKind.CARD, BREAD.price, day.now, "t"))
        assert cells(path, "moneyitem", "valcode", "valutoperation", "slip", "token") == [(4, 10, None, "t")]

    def test_reversed_card_is_no_payment(self, day: Day, path: Path) -> None:
        """Given two cards and cash, when one card is taken back, then the two other rows stay."""
        day.begin(BREAD, MILK).card(1000)
        second = day.card(2000)
        day.cash(300).reverse(second)
        assert cells(path, "moneyitem", "sume") == [(10,), (3,)]
        day.close()
        assert verify(path) == []


class TestCash:
    @pytest.mark.parametrize(("direction", "doctype"), [("in", 3), ("out", 4)])
    def test_move_is_a_document(self, path: Path, day: Day, direction: Direction, doctype: int) -> None:
        """Given cash put in or taken out, then it is a closed document with a number in the shift."""
        day.begin(BREAD).close()
        day.move(direction, 1050)
        document = rows(path, "document")[1]
        assert part(document, "doctype", "closed", "sume", "checknum", "docnum") == (doctype, 1, 10.5, 2, 2)
        assert part(document, "shopcode", "cashcode", "scode", "workshiftid") == ("77", "3", IVANOVA.code, 1)
        assert document["time_beg"] == document["time_end"]
        assert cells(path, "workshift", "checknum1", "checknum2") == [(1, 2)]


class TestFiscalNumber:
    def test_closed_receipt_gets_its_number(self, day: Day, path: Path) -> None:
        """Given a receipt registered as 17, then the closed document says so."""
        day.printed(day.begin(BREAD).close(), 17)
        assert cells(path, "document", "frdocnum") == [(17,)]

    def test_number_comes_with_a_later_printing(self, day: Day, path: Path) -> None:
        """Given a printing that failed unregistered and a copy, when it is printed again, then that number counts."""
        sold = day.begin(BREAD).close()
        day.printed(sold, 0, "failed").printed(sold, 7, copy=True).printed(sold, 18).printed(sold, 19, "failed")
        assert cells(path, "document", "frdocnum") == [(18,)]
        assert rows(path, "printing") == []

    def test_number_may_come_after_z(self, day: Day, path: Path) -> None:
        """Given a receipt whose paper comes after Z, then its number is written down all the same."""
        sold = day.begin(BREAD).close()
        day.z(21).printed(sold, 17)
        assert cells(path, "document", "frdocnum") == [(17,)]
        assert verify(path) == []

    def test_cash_move_has_one_too(self, day: Day, path: Path) -> None:
        """Given cash put in that the device registered, then its document says the number."""
        day.printed(day.move("in", 100), 5)
        assert cells(path, "document", "frdocnum") == [(5,)]


class TestShift:
    def test_open_shift_has_no_sums(self, day: Day, path: Path) -> None:
        """Given a shift that is not closed, then its sums are not told."""
        day.begin(BREAD).close()
        assert cells(path, "workshift", "sumsale", "countsale", "sumdrawer", "time_end") == [(0, 0, 0, None)]

    def test_z_is_told(self, day: Day, path: Path) -> None:
        """Given sales by cash, card and both, cash in and out, and a receipt given up, then the shift says it all."""
        day.move("in", 10000)
        day.begin(BREAD).cash(5000).close()
        day.begin(MILK).card(8990)
        day.close()
        day.begin(BREAD, MILK).grant(2, Discount(amount=Kopecks(90))).card(450)
        day.close()
        day.begin(MILK).cancel().move("out", 2000)
        day.z(42)
        (shift,) = rows(path, "workshift")
        assert part(shift, "sumsale", "sumgain", "sumsalecash", "sumsalenoncash") == (269.9, 269.9, 175.5, 94.4)
        assert part(shift, "countsale", "countrefund", "countcancelled", "sumcancelled") == (3, 0, 1, 89.9)
        assert part(shift, "cashin", "cashout", "sumdrawer", "frdocnum") == (100, 20, 255.5, 42)
        assert part(shift, "time_end", "checknum1", "checknum2") == (day.now, 1, 6)

    def test_closed_by_word_has_no_number(self, day: Day, path: Path) -> None:
        """Given that a person said the shift is closed, and no device, then its number is not known."""
        day.begin(BREAD).close()
        day.z()
        assert cells(path, "workshift", "frdocnum") == [(None,)]

    def test_drawer_goes_over_to_the_next_shift(self, day: Day, path: Path) -> None:
        """Given money left in the drawer, then the next shift's drawer has it, and its other sums do not."""
        day.begin(BREAD).close()
        day.z().begin(BREAD).close()
        day.z()
        assert cells(path, "workshift", "sumdrawer", "sumsale") == [(45.5, 45.5), (91, 45.5)]
