"""What the ledger remembers of papers and of words for a silent terminal, and when it forgets."""

from typing import Literal

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


def moved(identifier: str, number: int = 1) -> f.CashMoved:
    """Put a kopeck into the drawer."""
    return f.CashMoved(CashMove(identifier, number, 1, "in", Kopecks(1), DAY, IVANOVA))


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
