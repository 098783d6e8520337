"""What the ledger remembers of papers and of words for a silent terminal, and when it forgets."""

from typing import Literal

import pytest

from cashier.core import facts as f
from cashier.core.ledger import MOST_PAPERS, Ledger, fold
from cashier.core.money import ZERO, Kopecks
from cashier.core.shifts import CashMove, ShiftReport, Totals
from tests.core.goods import IVANOVA, PETROV

DAY = "2026-11-21T12:00:00"
OPENED = f.ShiftOpened(1, DAY, IVANOVA)
Z = f.ShiftClosed(ShiftReport("z", "z", 1, DAY, DAY, PETROV, Totals(), ZERO))


def paid(identifier: str, number: int = 1) -> tuple[f.AnyFact, ...]:
    """Return the facts of a receipt that is opened and closed."""
    closed = f.ReceiptClosed(identifier, ZERO, ZERO, "2026-11-21T12:05:00")
    return f.ReceiptOpened(identifier, number, 1, DAY, IVANOVA), closed


def printed(identifier: str, fiscal: int) -> tuple[f.AnyFact, ...]:
    """Return the facts of a paper that failed after the device had registered it."""
    return f.PrintBegun("p", identifier, copy=False), f.PrintEnded("p", "failed", "off", fiscal)


def moved(identifier: str, number: int = 1, at: str = DAY) -> f.CashMoved:
    """Put a kopeck into the drawer."""
    return f.CashMoved(CashMove(identifier, number, 1, "in", Kopecks(1), at, IVANOVA))


class TestPapers:
    def papers(self, *facts: f.AnyFact) -> list[str]:
        """Return the identifiers of the papers remembered."""
        return [paper.document.identifier for paper in fold(Ledger(), (OPENED, *facts)).papers]

    def test_oldest_that_is_registered_goes_first(self) -> None:
        """Given too many papers, when one is registered or of no receipt, then that goes and older ones stay."""
        facts = [fact for number in range(MOST_PAPERS) for fact in paid(f"r{number}", number + 1)]
        registered = printed("r7", 12)
        assert self.papers(*facts, *registered)[7] == "r7"
        assert "r7" not in self.papers(*facts, *registered, *paid("new", 99))
        assert len(self.papers(*facts, *registered, *paid("new", 99))) == MOST_PAPERS
        assert "cash" not in self.papers(moved("cash"), *facts)
        assert self.papers(moved("cash"), *facts) == [f"r{number}" for number in range(MOST_PAPERS)]

    def test_newest_is_never_dropped(self) -> None:
        """Given as many unregistered receipts as there may be papers, when cash is moved, then its paper is known."""
        facts = [fact for number in range(MOST_PAPERS) for fact in paid(f"r{number}", number + 1)]
        kept = self.papers(*facts, moved("cash", 99))
        assert (len(kept), kept[-1]) == (MOST_PAPERS + 1, "cash")
        assert self.papers(*facts, moved("cash", 99), moved("more", 100)) == [*kept[:-1], "more"]


class TestWords:
    def spoken(self, *more: f.AnyFact, outcome: Literal["approved", "declined"] = "declined") -> Ledger:
        """Let a senior speak for a silent terminal."""
        begun = f.ChargeBegun("c", "r", Kopecks(100), DAY)
        return fold(Ledger(), (OPENED, begun, f.ChargeEnded("c", outcome, by=PETROV), *more))

    def test_word_is_remembered(self) -> None:
        """Given a word for a charge, then it is remembered with who said so; a terminal's own answer is not."""
        (word,) = self.spoken().words
        assert (word.token, word.outcome, word.by) == ("c", "declined", PETROV)
        begun = f.ChargeBegun("own", "r", Kopecks(100), DAY)
        assert len(self.spoken(begun, f.ChargeEnded("own", "approved")).words) == 1

    def test_dispute_takes_its_place(self) -> None:
        """Given a late answer that says otherwise, then it stands for the word, and another word stays."""
        begun, word = f.ChargeBegun("d", "r", Kopecks(1), DAY), f.ChargeEnded("d", "approved", by=PETROV)
        disputed = f.ChargeDisputed("c", "approved", DAY)
        ledger = self.spoken(begun, word, disputed)
        assert (ledger.words, ledger.disputed) == ((word,), (disputed,))

    def test_both_end_with_the_shift(self) -> None:
        """Given words and a dispute, when the shift is closed, then neither is known any more."""
        begun, word = f.ChargeBegun("d", "r", Kopecks(1), DAY), f.ChargeEnded("d", "approved", by=PETROV)
        ledger = self.spoken(begun, word, f.ChargeDisputed("c", "approved", DAY), Z)
        assert (ledger.words, ledger.disputed, ledger.shift) == ((), (), None)


class TestAge:
    def test_greatest_is_kept(self) -> None:
        """Given several answers for the age of one buyer, then the greatest counts, and is of this receipt alone."""
        opened = f.ReceiptOpened("r", 1, 1, DAY, IVANOVA)
        ages = [f.AgeConfirmed("r", age, DAY, IVANOVA) for age in (18, 45, 21)]
        receipt = fold(Ledger(), (OPENED, opened, *ages)).receipt
        assert receipt is not None
        assert receipt.age == 45
        other = fold(Ledger(), (OPENED, *paid("q"), opened, *ages, *paid("r")[1:], *paid("s", 3)[:1])).receipt
        assert other is not None
        assert other.age == 0


class TestClock:
    """The clock against the last document: a receipt, cash moved, a shift opened or closed."""

    @pytest.mark.parametrize(
        ("at", "is_doubted"),
        [
            ("2026-11-21T12:00:00", False),
            ("2026-11-22T12:00:00", False),
            ("2026-11-22T12:00:01", True),
            ("2026-11-20T12:00:00", False),
            ("2026-11-20T11:59:59", True),
            ("2000-01-01T00:00:00", True),
            ("2099-01-01T00:00:00", True),
        ],
    )
    def test_more_than_a_day_off(self, at: str, is_doubted: bool) -> None:  # noqa: FBT001 - drawn
        """Given a document, then the clock is doubted a second after a day on either side, not at a day sharp."""
        assert fold(Ledger(), (OPENED,)).doubted(at) == (DAY if is_doubted else "")

    def test_no_document_ever(self) -> None:
        """Given a till that has never made a document, then nothing is known against its clock."""
        assert Ledger().doubted("2000-01-01T00:00:00") == ""

    @pytest.mark.parametrize(
        ("facts", "dated"),
        [
            (paid("r"), "2026-11-21T12:05:00"),
            ((moved("cash", at="2026-11-21T13:00:00"),), "2026-11-21T13:00:00"),
            ((Z,), DAY),
            ((f.ReceiptOpened("r", 1, 1, "2026-11-21T14:00:00", IVANOVA),), DAY),
            ((*paid("r")[:1], f.ReceiptCancelled("r", "2026-11-21T14:00:00", IVANOVA)), DAY),
            ((f.Approved("discount", PETROV, IVANOVA, "2026-11-21T14:00:00"),), DAY),
        ],
    )
    def test_what_is_a_document(self, facts: tuple[f.AnyFact, ...], dated: str) -> None:
        """Given what happens on a day, then these are documents, and a receipt begun or given up is none."""
        assert fold(Ledger(), (OPENED, *facts)).dated == dated

    BACK = "2026-11-01T09:00:00"
    LEAPT = (OPENED, moved("leapt", at=BACK))

    def test_leap_is_remembered(self) -> None:
        """Given documents made after a leap of the clock, then the last one before it is told, however many follow."""
        ledger = fold(Ledger(), self.LEAPT)
        assert (ledger.dated, ledger.doubted(self.BACK)) == (self.BACK, DAY)
        more = (moved("b", 2, "2026-11-01T10:00:00"), moved("c", 3, "2020-01-01T10:00:00"), moved("d", 4))
        assert fold(ledger, more).doubted(DAY) == DAY

    def test_person_ends_it(self) -> None:
        """Given the same, when somebody answers for the clock, then it is good from that moment on."""
        ledger = fold(Ledger(), (*self.LEAPT, f.ClockConfirmed("2026-11-01T09:30:00", PETROV)))
        assert (ledger.dated, ledger.doubted("2026-11-01T09:31:00")) == ("2026-11-01T09:30:00", "")
        assert ledger.doubted("2026-11-05T09:31:00") == "2026-11-01T09:30:00"

    def test_closed_shift_ends_it(self) -> None:
        """Given documents after a leap, when the shift is closed, then the clock is good; a Z alone does it not."""
        at = "2026-11-01T20:00:00"
        closed = f.ShiftClosed(ShiftReport("z", "z", 1, DAY, at, PETROV, Totals(), ZERO))
        assert fold(Ledger(), (*self.LEAPT, closed)).doubted(at) == ""
        assert fold(Ledger(), (OPENED, closed)).doubted(at) == DAY

    @pytest.mark.parametrize(
        ("at", "dated"),
        [
            ("2026-11-21T20:00:00", "2026-11-21T20:00:00"),
            ("2026-11-22T12:00:00", "2026-11-22T12:00:00"),
            ("2026-11-20T12:00:00", "2026-11-20T12:00:00"),
            ("2026-11-22T12:00:01", DAY),
            ("2026-11-20T11:59:59", DAY),
        ],
    )
    def test_closed_shift_is_a_document_unless_the_clock_leapt(self, at: str, dated: str) -> None:
        """Given a Z within a day of the last document, then it is one itself; after a leap of the clock it is not."""
        closed = f.ShiftClosed(ShiftReport("z", "z", 1, DAY, at, PETROV, Totals(), ZERO))
        ledger = fold(Ledger(), (OPENED, closed))
        assert (ledger.dated, ledger.astray) == (dated, "")

    def test_closed_shift_after_documents_of_a_leap(self) -> None:
        """Given documents made after a leap, then the Z that makes it good counts from the last of them."""
        at = "2026-11-01T20:00:00"
        closed = f.ShiftClosed(ShiftReport("z", "z", 1, DAY, at, PETROV, Totals(), ZERO))
        assert fold(Ledger(), (*self.LEAPT, closed)).dated == at
