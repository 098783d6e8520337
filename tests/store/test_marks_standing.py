"""What closed receipts say of a mark."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core.reading import Standing
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.marks import PastMarks
from tests.store.days import Day
from tests.store.marked import PACK, PACKS, begin, code, enter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A till's day."""
    return Day(path)


@pytest.fixture
def past(day: Day, path: Path) -> Iterator[PastMarks]:
    """The same file, opened to look marks up."""
    assert day.ledger.receipt is None
    with closing(PastMarks(path)) as opened:
        yield opened


class TestOneReceipt:
    def test_unknown_till_it_is_sold(self, day: Day, past: PastMarks) -> None:
        """Given a pack in the receipt, then it is unknown until the receipt is closed, and sold from that moment."""
        begin(day, PACK)
        before = past.standing(PACK)
        day.close()
        assert (before, past.standing(PACK)) == (Standing.UNKNOWN, Standing.SOLD)

    def test_storno_did_not_sell(self, day: Day, past: PastMarks) -> None:
        """Given a pack taken out of its receipt, when another is sold, then only that one is."""
        begin(day, PACK, PACKS[2]).storno(2).close()
        assert [past.standing(PACK), past.standing(PACKS[2])] == [Standing.UNKNOWN, Standing.SOLD]

    def test_storno_and_again_sold(self, day: Day, past: PastMarks) -> None:
        """Given a pack taken out and scanned again into the same receipt, when it is closed, then it is sold."""
        enter(begin(day, PACK).storno(2), PACK).close()
        assert past.standing(PACK) is Standing.SOLD

    def test_cancelled_sold_nothing(self, day: Day, past: PastMarks) -> None:
        """Given a receipt that was given up, then its pack is unknown."""
        begin(day, PACK).cancel()
        assert past.standing(PACK) is Standing.UNKNOWN

    def test_postponed_has_not_sold_yet(self, day: Day, past: PastMarks) -> None:
        """Given a postponed receipt, then its pack is unknown, and sold once it was restored and closed."""
        name = begin(day, PACK).postpone()
        assert past.standing(PACK) is Standing.UNKNOWN
        day.restore(name).close()
        assert past.standing(PACK) is Standing.SOLD

    @pytest.mark.parametrize("text", ["", "0", PACK[:-1], PACK + "x", PACK.lower(), code(PACK), "\ud800", "\0", "%"])
    def test_another_text_is_unknown(self, day: Day, past: PastMarks, text: str) -> None:
        """Given a sold pack, then whatever is not its КИ byte for byte is unknown."""
        begin(day, PACK).close()
        assert past.standing(text) is Standing.UNKNOWN

    def test_case_tells_packs_apart(self, day: Day, past: PastMarks) -> None:
        """Given two packs that differ by the case of a letter, when one is sold, then the other is not."""
        begin(day, PACKS[0]).close()
        assert [past.standing(pack) for pack in PACKS[:2]] == [Standing.SOLD, Standing.UNKNOWN]


class TestManyReceipts:
    @pytest.mark.parametrize("back", [56, 58])
    def test_the_last_receipt_decides(self, day: Day, past: PastMarks, back: int) -> None:
        """Sold, brought back, sold again: each time the last closed receipt is what counts."""
        told = []
        for opcode in (50, back, 50):
            begin(day, PACK, opcode=opcode).close()
            told.append(past.standing(PACK))
        assert told == [Standing.SOLD, Standing.RETURNED, Standing.SOLD]

    def test_return_given_up_changes_nothing(self, day: Day, past: PastMarks) -> None:
        """Given a sold pack, when a return of it is given up or its line storno'd, then it stays sold."""
        begin(day, PACK).close()
        begin(day, PACK, opcode=56).cancel()
        begin(day, PACK, PACKS[2], opcode=56).storno(2).close()
        assert past.standing(PACK) is Standing.SOLD

    def test_other_operations_say_nothing(self, day: Day, past: PastMarks) -> None:
        """Given a sold pack in a later document of another operation, as a certificate's, then it stays sold."""
        begin(day, PACK).close()
        begin(day, PACK, opcode=63).close()
        assert past.standing(PACK) is Standing.SOLD

    def test_cash_and_shifts_between_say_nothing(self, day: Day, past: PastMarks) -> None:
        """Given a sold pack, when cash is moved and a shift closed, then it is sold in the next shift too."""
        begin(day, PACK).close()
        day.move("in", 100)
        day.z().begin().close()
        assert past.standing(PACK) is Standing.SOLD

    def test_unmarked_goods_are_no_mark(self, day: Day, past: PastMarks) -> None:
        """Given bread sold, then no text is known, not even none."""
        day.begin().close()
        assert past.standing("") is Standing.UNKNOWN


class TestFile:
    def test_missing_file_is_refused(self, tmp_path: Path) -> None:
        """Without documents.db there is nothing to look up."""
        with pytest.raises(StoreError):
            PastMarks(tmp_path / "none.db")

    def test_unreadable_file_is_told(self, day: Day, past: PastMarks, path: Path) -> None:
        """Given a file that somebody brought into another form, then the look-up says so in plain words."""
        begin(day, PACK).close()
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA legacy_alter_table = ON")
            conn.execute("ALTER TABLE document RENAME TO gone")
        with pytest.raises(StoreError, match=str(path)):
            past.standing(PACK)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.sampled_from(PACKS), st.sampled_from([50, 56, 58])),
        st.tuples(st.sampled_from(["storno", "close", "cancel", "postpone", "restore", "z"])),
    ),
    max_size=25,
)


class Plain:
    """The plainest model: which packs stand where, and what was done to each last."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.past = dict.fromkeys(PACKS, Standing.UNKNOWN)
        self.open: dict[str, int] = {}
        self.aside: list[tuple[str, dict[str, int]]] = []

    def standing_now(self) -> set[str]:
        """Name the packs that stand in receipts not yet ended."""
        return {*self.open, *(pack for _, packs in self.aside for pack in packs)}

    def enter(self, pack: str, opcode: int) -> None:
        """Scan a pack; one that stands somewhere is refused."""
        if self.day.ledger.receipt is None:
            begin(self.day)
        if pack in self.standing_now():
            with pytest.raises(StoreError, match="stands in an open receipt"):
                enter(self.day, pack, opcode)
        else:
            enter(self.day, pack, opcode)
            self.open[pack] = opcode

    def storno(self) -> None:
        """Take the last live pack out."""
        if self.open:
            self.open.pop(self.day.receipt.live[-1].ki)
            self.day.storno(self.day.receipt.live[-1].position)

    def close(self) -> None:
        """Close the receipt, or give it up where nothing is left in it."""
        self.past |= {pack: Standing.SOLD if op == 50 else Standing.RETURNED for pack, op in self.open.items()}
        self.day.close() if self.open else self.day.cancel()
        self.open = {}

    def cancel(self) -> None:
        """Give the receipt up."""
        self.day.cancel()
        self.open = {}

    def postpone(self) -> None:
        """Put the receipt aside."""
        self.aside.append((self.day.postpone(), self.open))
        self.open = {}

    def do(self, word: str, *more: object) -> None:
        """Do one thing where it can be done."""
        has_receipt = self.day.ledger.receipt is not None
        match word, more:
            case "enter", (str(pack), int(opcode)):
                self.enter(pack, opcode)
            case "restore", () if self.aside and not has_receipt:
                name, self.open = self.aside.pop(0)
                self.day.restore(name)
            case "z", () if not has_receipt and self.day.ledger.shift:
                self.day.z()
            case (("storno" | "close" | "cancel" | "postpone"), ()) if has_receipt:
                getattr(self, word)()


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_any_days_agree_with_the_plain_model(steps: list[tuple[object, ...]]) -> None:
    """Whatever happens to some packs, the look-up says what the last closed receipt did, after every step."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.db"
        Documents(path).close()
        day = Day(path)
        with closing(day.documents), closing(PastMarks(path)) as past:
            model = Plain(day)
            for word, *more in steps:
                model.do(str(word), *more)
                assert {pack: past.standing(pack) for pack in PACKS} == model.past
