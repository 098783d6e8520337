"""The receipt by itself: sums of live lines, places that never move, equal lines, and the ledger that folds it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import MARKED_KINDS, Kind, Period, Person, Product
from cashier.core.discounts import Discount
from cashier.core.ledger import Ledger, apply, fold
from cashier.core.money import LIMIT, Kopecks
from cashier.core.quantity import LIMIT as MOST
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line, Receipt
from cashier.core.shifts import Shift
from cashier.core.tender import Tender, TenderKind
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK

EMPTY = Receipt("guid", 1, 1, IVANOVA, "2026-11-21T12:00:00")
OPENED = f.ReceiptOpened("guid", 1, 1, "2026-11-21T12:00:00", IVANOVA)


def line(position: int = 1, product: Product = BREAD, quantity: int = 1000, **changes: object) -> Line:
    """Make a line at the catalogue's price."""
    made = Line(position, product, Thousandths(quantity), product.price)
    return replace(made, **changes)


DAY = "2026-11-21T12:00:00"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PRODUCTS = st.builds(
    Product,
    TEXTS,
    TEXTS,
    st.integers(1, 10**7).map(Kopecks),
    barcode=TEXTS,
    kind=st.sampled_from(Kind),
    alternatives=st.lists(st.integers(1, 10**6).map(Kopecks), max_size=2).map(tuple),
    fractional=st.booleans(),
)
LINES = st.builds(
    Line,
    st.just(1),
    PRODUCTS,
    st.integers(1, MOST // 1000).map(Thousandths),
    st.integers(1, LIMIT // 10**6).map(Kopecks),
    discount=st.integers(0, 100).map(Kopecks),
    storno=st.booleans(),
    mark=TEXTS,
    held=st.dictionaries(TEXTS, TEXTS, max_size=2).map(lambda held: tuple(held.items())),
    source=TEXTS,
)


def receipt_of(lines: list[Line]) -> Receipt:
    """Put lines into a receipt, each at the next position."""
    receipt = EMPTY
    for number, own in enumerate(lines, 1):
        receipt = receipt.with_line(replace(own, position=number))
    return receipt


class TestSums:
    @given(st.lists(LINES, max_size=8))
    def test_total_is_that_of_live_lines(self, lines: list[Line]) -> None:
        """Total and discount are sums over the lines that are not storno'd."""
        receipt = receipt_of(lines)
        live = [own for own in lines if not own.storno]
        assert receipt.total == sum(own.gross - own.discount for own in live)
        assert receipt.discount == sum(own.discount for own in live)
        assert [own.product for own in receipt.live] == [own.product for own in live]

    @given(st.lists(LINES, max_size=4), st.lists(st.integers(0, 10**9).map(Kopecks), max_size=4))
    def test_rest_and_change_close_the_sum(self, lines: list[Line], amounts: list[Kopecks]) -> None:
        """What was paid is total less rest plus change, and there is never both rest and change."""
        receipt = replace(receipt_of(lines), tenders=tuple(Tender(TenderKind.CASH, amount) for amount in amounts))
        if receipt.total >= 0:
            assert receipt.paid == receipt.total - receipt.rest + receipt.change
        assert min(receipt.rest, receipt.change) == 0

    def test_line_sums(self) -> None:
        """A line's sum is its gross less its discount."""
        apples = line(1, APPLES, 745, discount=Kopecks(11))
        assert (apples.gross, apples.sum) == (9611, 9600)


class TestPlaces:
    @given(st.lists(LINES, min_size=1, max_size=6), st.data())
    def test_a_changed_line_keeps_its_place(self, lines: list[Line], data: st.DataObject) -> None:
        """A line put over another leaves all others where they are; positions are 1 to n for ever."""
        receipt = receipt_of(lines)
        place = data.draw(st.integers(1, len(lines)))
        changed = receipt.with_line(replace(receipt.lines[place - 1], storno=True))
        assert [own.position for own in changed.lines] == list(range(1, len(lines) + 1))
        assert changed.at(place) == replace(receipt.lines[place - 1], storno=True)
        others = [own for own in changed.lines if own.position != place]
        assert others == [own for own in receipt.lines if own.position != place]

    def test_no_line_outside(self) -> None:
        """There is no line at zero, below, or after the last."""
        receipt = receipt_of([line(), line()])
        assert (receipt.at(0), receipt.at(-1), receipt.at(3)) == (None, None, None)
        assert receipt.at(2) is receipt.lines[1]


class TestEqualLines:
    def test_twin_is_the_last_equal_line(self) -> None:
        """Of equal lines the last one is the twin."""
        receipt = receipt_of([line(), line(), line(1, MILK)])
        assert receipt.twin(line(4)) is receipt.lines[1]
        assert receipt.twin(line(4, MILK)) is receipt.lines[2]

    @pytest.mark.parametrize(
        "change",
        [
            {"storno": True},
            {"single": True},
            {"granted": Discount(amount=Kopecks(1))},
            {"price": Kopecks(1)},
            {"product": replace(BREAD, code="other")},
            {"product": replace(BREAD, barcode="other")},
            {"product": replace(BREAD, name="other")},
            {"product": replace(BREAD, min_price=Kopecks(1))},
            {"product": replace(BREAD, min_age=18)},
            {"product": replace(BREAD, periods=(Period(),))},
            {"product": replace(BREAD, group="other")},
        ],
    )
    def test_line_that_differs_is_none(self, change: dict[str, object]) -> None:
        """A line storno'd, single, discounted, of other price or of goods not quite the same is no twin."""
        assert receipt_of([line(1, **change)]).twin(line(2)) is None  # type: ignore[arg-type]

    def test_single_and_weighed_have_none(self) -> None:
        """A piece of its own and goods by weight are merged into nothing."""
        assert receipt_of([line()]).twin(line(2, single=True)) is None
        assert receipt_of([line(1, APPLES)]).twin(line(2, APPLES)) is None


class TestMemory:
    def test_each_gate_has_one(self) -> None:
        """A gate's memory replaces the one it left before, and no other gate's."""
        own = line().holding("a", "1").holding("b", "2").holding("a", "3")
        assert (own.memory("a"), own.memory("b"), own.memory("c")) == ("3", "2", "")
        assert len(own.held) == 2


class TestAge:
    @pytest.mark.parametrize(
        ("told", "age", "proven"),
        [
            ([(18, False)], 18, False),
            ([(18, False), (21, False)], 21, False),
            ([(21, False), (18, False)], 21, False),
            ([(17, True)], 17, True),
            ([(18, False), (17, True)], 17, True),
            ([(17, True), (20, True)], 20, True),
            ([(20, True), (17, True)], 17, True),
            ([(45, True), (18, False)], 45, True),
        ],
    )
    def test_date_of_birth_goes_before_a_word(self, told: list[tuple[int, bool]], age: int, *, proven: bool) -> None:
        """Given words and dates of birth, then the oldest of words holds until a date comes, then the last date."""
        facts = (f.AgeConfirmed("guid", years, "t", IVANOVA, entered) for years, entered in told)
        receipt = fold(Ledger(), (f.ShiftOpened(1, DAY, IVANOVA), OPENED, *facts)).receipt
        assert receipt is not None
        assert (receipt.age, receipt.proven) == (age, proven)


class TestLedger:
    def test_fold_is_apply_after_apply(self) -> None:
        """A fold over all facts is a fold over some and then the rest."""
        facts = (f.ShiftOpened(1, "t", IVANOVA), OPENED, f.LineAdded("guid", line()), f.PaymentBegun("guid"))
        whole = fold(Ledger(), facts)
        for cut in range(len(facts)):
            assert fold(fold(Ledger(), facts[:cut]), facts[cut:]) == whole
        assert whole.receipt == replace(EMPTY, lines=(line(),), in_payment=True)

    def test_numbers(self) -> None:
        """The next receipt has the next number of the shift, the first one without a shift."""
        assert Ledger().next_receipt == 1
        ledger = fold(Ledger(), (f.ShiftOpened(5, "t", IVANOVA), OPENED))
        assert (ledger.shift, ledger.shifts, ledger.next_receipt) == (Shift(5, "t", 1), 5, 2)

    def test_receipt_without_its_shift_opens_one(self) -> None:
        """A journal whose shift was cut away still gives a shift with the receipt's number and time."""
        assert apply(Ledger(), OPENED).shift == Shift(1, OPENED.at, 1)

    @pytest.mark.parametrize(
        "fact",
        [f.LineAdded("guid", line()), f.ReceiptClosed("other", Kopecks(0), Kopecks(0), "t"), f.PaymentBegun("other")],
    )
    def test_fact_of_a_receipt_that_is_not_open(self, fact: f.AnyFact) -> None:
        """A fact that speaks of no open receipt, or of another, is refused by name."""
        ledger = Ledger() if isinstance(fact, f.LineAdded) else apply(Ledger(), OPENED)
        with pytest.raises(ValueError, match=r"guid|other"):
            apply(ledger, fact)

    def test_changed_line_keeps_all_else(self) -> None:
        """A new quantity changes quantity and memory only; a storno only the storno; the other line nothing."""
        first, second = line(1, held=(("a", "1"),), source="s#1"), line(2, MILK)
        ledger = fold(Ledger(), (OPENED, f.LineAdded("guid", first), f.LineAdded("guid", second)))
        changed = f.QuantityChanged("guid", 1, Thousandths(2000), Kopecks(9100), (("a", "2"),), "s#2")
        ledger = fold(ledger, (changed, f.LineStornoed("guid", 2, "t", IVANOVA)))
        assert ledger.receipt is not None
        assert ledger.receipt.lines == (
            replace(first, quantity=Thousandths(2000), held=(("a", "2"),)),
            replace(second, storno=True),
        )

    def test_settled_and_printed_are_forgotten_by_token(self) -> None:
        """Of open intents and printings only the one named is taken off."""
        made = tuple(f.IntentMade(token, "g", "r", "b", 1) for token in "ab")
        begun = tuple(f.PrintBegun(token, "r", copy=False) for token in "cd")
        ended = (f.IntentSettled("a", "done"), f.PrintEnded("d", "unknown"))
        ledger = fold(Ledger(), (*made, *begun, *ended))
        assert (ledger.intents, ledger.prints) == (made[1:], begun[:1])

    def test_given_up_receipt_is_not_the_last(self) -> None:
        """A receipt given up leaves the one closed before as the last; its number is used."""
        second = replace_opened("two", 2)
        facts = (OPENED, f.ReceiptClosed("guid", Kopecks(0), Kopecks(0), "t"), second)
        ledger = fold(Ledger(), (*facts, f.ReceiptCancelled("two", "t", IVANOVA)))
        assert (ledger.receipt, ledger.last, ledger.next_receipt) == (None, replace(EMPTY, closed="t"), 3)


def replace_opened(identifier: str, number: int) -> f.ReceiptOpened:
    """Make the opening of another receipt."""
    return f.ReceiptOpened(identifier, number, 1, "t", IVANOVA)


class TestJournalForm:
    @given(LINES, TEXTS, TEXTS)
    def test_facts_survive(self, own: Line, text: str, name: str) -> None:
        """Facts with any text in them, GS and escapes too, come back as they were, byte for byte."""
        facts: tuple[f.AnyFact, ...] = (
            f.LineAdded(text, own),
            f.SignedIn(Person(text, name, 3)),
            f.IntentMade(text, name, text, text, 1),
            f.MessageQueued(text, name, text, name, text),
            f.PrintEnded(text, "unknown", name),
        )
        for fact in facts:
            written = f.to_json(fact)
            assert f.from_json(written) == fact
            assert f.to_json(f.from_json(written)) == written
            assert f.from_json(written.decode()) == fact

    @pytest.mark.parametrize("text", ["{}", '{"type":"Nothing"}', '{"type":"PaymentBegun"}', "[]", "null"])
    def test_what_is_no_fact_is_refused(self, text: str) -> None:
        """What this program never wrote is refused."""
        with pytest.raises(msgspec.ValidationError):
            f.from_json(text)

    def test_kind_is_the_class_name(self) -> None:
        """A journal read by eye tells what happened."""
        assert f.to_json(f.PaymentBegun("r")) == b'{"type":"PaymentBegun","receipt":"r"}'
        cash, card = (f.TenderTaken("r", kind, Kopecks(5), "t") for kind in TenderKind)
        assert f.to_json(cash).startswith(b'{"type":"TenderTaken","receipt":"r","kind":"cash","amount":5,"at":"t"')
        assert b'"kind":"card"' in f.to_json(card)

    @pytest.mark.parametrize(
        ("text", "fact"),
        [
            (
                '{"type":"TenderTaken","receipt":"r","kind":"cash","amount":5,"at":"t"}',
                f.TenderTaken("r", TenderKind.CASH, Kopecks(5), "t"),
            ),
            ('{"type":"SignedOut","person":{"code":"7","name":"Иванова","role":1}}', f.SignedOut(IVANOVA)),
            ('{"type":"PaperSeen","receipt":"r"}', f.PaperSeen("r")),
        ],
    )
    def test_journal_of_an_earlier_program_is_read(self, text: str, fact: f.AnyFact) -> None:
        """A fact written before it had all its fields is read; what it did not say is as it was then."""
        assert f.from_json(text) == fact


@pytest.mark.parametrize("value", [Ledger(), Shift(1, "t"), EMPTY, line(), Tender(TenderKind.CASH, Kopecks(1)), BREAD])
def test_values_never_change(value: msgspec.Struct) -> None:
    """A value once made stays as it is: a step makes new ones."""
    field = value.__struct_fields__[0]
    with pytest.raises(AttributeError):
        setattr(value, field, getattr(value, field))


def test_marked_kinds() -> None:
    """Tobacco, shoes and other marked goods demand a mark (spec M4)."""
    assert {Kind(3), Kind(4), Kind(7)} == MARKED_KINDS
