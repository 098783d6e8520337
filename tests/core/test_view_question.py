"""Questions of gates as they are seen: rows of sums, what Esc means, what another user sees, МРЦ beside the total."""

import pytest
from msgspec.structs import replace

from cashier.core.keys import Action
from cashier.core.modes import Approving, Helping, Passing, Selling
from cashier.core.money import Kopecks
from cashier.core.passage import Passage, Phase, Questioned
from cashier.core.question import Choice, Question
from cashier.core.rights import Errand
from cashier.core.say import Say, Sum, say
from cashier.core.state import Till
from cashier.core.view import view
from cashier.core.view_model import Detail, Dialog, Entry
from tests.core.goods import BREAD, MILK, PETROV
from tests.core.hand import Hand

GOODS = say("external", text="Сигареты")
PRICES = tuple(Choice(str(price), say("price", price=Sum(Kopecks(price)))) for price in (19500, 119500))
CHOICE = Question(say("price_choose"), (GOODS,), PRICES, errand=Errand.CHOOSE_PRICE)
SURE = (Choice("sure", say("age_sure", age=18)), Choice("date", say("age_date")))
AGE = Question(say("age_title"), (GOODS,), SURE, errand=Errand.CONFIRM_AGE)
BIRTH = Question(say("age_title"), (say("age_type"),), entry=say("entry_birth"))


def asking(question: Question, chosen: int = 0, entry: str = "") -> Till:
    """Return a till on which a gate asks a question about a line to come."""
    till = Hand.signed_in().scan(BREAD.barcode).till
    receipt = till.ledger.receipt
    assert receipt is not None
    passage = Passage(Phase.ENTER, receipt, replace(receipt.lines[0], position=2))
    return replace(till, mode=Passing(passage, Questioned(question, chosen, entry)))


def panel(till: Till) -> Dialog:
    """Return the dialog that stands."""
    shown = view(till).dialog
    assert shown is not None
    return shown


def escape(till: Till) -> Say:
    """Return what the last key of the dialog, Esc, says that it does."""
    last = panel(till).keys[-1]
    assert last.keys == ("escape",)
    return last.caption


class TestRows:
    def test_sums_stand_under_one_another(self) -> None:
        """Given rows that are nothing but a sum, then they are drawn as sums; words are not, though a number is in."""
        assert [row.is_sum for row in panel(asking(CHOICE)).options] == [True, True]
        assert [row.is_sum for row in panel(asking(AGE)).options] == [False, False]

    def test_a_remark_and_a_digit(self) -> None:
        """Given a row with a remark, then it has both, and its digit."""
        remarked = replace(CHOICE, choices=(replace(PRICES[0], remark=say("price_of_catalogue")), PRICES[1]))
        first, second = panel(asking(remarked)).options
        assert (first.value, first.digit, second.value, second.digit) == (say("price_of_catalogue"), 1, None, 2)

    def test_what_somebody_answers_for_is_weighty(self) -> None:
        """Given a question that a person answers for, then all of its text is to be read."""
        assert [panel(asking(own)).weighty for own in (AGE, CHOICE)] == [True, False]


class TestWayOut:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            (CHOICE, say("key_cancel")),
            (AGE, say("key_not_sell")),
            (replace(AGE, errand=Errand.CONFIRM_CLOCK), say("key_not_sell")),
            (BIRTH, say("key_not_sell")),
        ],
    )
    def test_what_esc_means(self, question: Question, words: Say) -> None:
        """Given a question on which a sale hangs, then Esc says that there is none."""
        assert escape(asking(question)) == words

    def test_it_clears_what_is_typed(self) -> None:
        """Given digits, then Esc says that it clears, and they stand in the entry line."""
        till = asking(BIRTH, entry="2111")
        assert escape(till) == say("key_clear")
        assert view(till).entry == Entry(say("entry_birth"), "2111")


class TestApproval:
    def test_of_a_price(self) -> None:
        """Given a price whose choice needs another user, then that user sees which one, and of what."""
        till = asking(CHOICE, chosen=1)
        body = panel(replace(till, mode=Approving(Errand.CHOOSE_PRICE, till.mode))).body
        named = say("approving_sum", what=say("right_choose_price"), chosen=PRICES[1].caption)
        assert body == (named, GOODS, say("approving_advice"))

    def test_of_an_age(self) -> None:
        """Given an age that another user answers for, then the goods are named, and the answer is not a sum."""
        till = asking(AGE)
        body = panel(replace(till, mode=Approving(Errand.CONFIRM_AGE, till.mode))).body
        assert body == (say("right_confirm_age"), GOODS, say("approving_advice"))

    def test_of_anything_else(self) -> None:
        """Given an errand that no gate has asked for, then the right alone is named."""
        till = Hand.signed_in().till
        body = panel(replace(till, mode=Approving(Errand.OPEN_DRAWER, Selling()))).body
        assert body == (say("right_open_drawer"), say("approving_advice"))


def sold(*, own: bool, whole: bool, properties: tuple[tuple[str, str], ...] = (("price", "023000"),)) -> list[Detail]:
    """Sell bread and milk whose mark has such properties, with discounts; return what stands beside the total."""
    hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).scan(MILK.barcode)
    hand = hand.press("/").write("10").press("enter") if own else hand
    hand = hand.press("/", "down").write("5").press("enter") if whole else hand
    receipt = hand.till.ledger.receipt
    assert receipt is not None
    receipt = receipt.with_line(replace(receipt.lines[1], properties=properties))
    return list(view(replace(hand.till, ledger=replace(hand.till.ledger, receipt=receipt))).details)


class TestMaximumPrice:
    def test_it_stands_under_the_price(self) -> None:
        """Given a line whose mark names МРЦ, then it stands third, after goods and price."""
        assert sold(own=False, whole=False)[2:] == [Detail(say("line_max_price", price=Sum(Kopecks(23000))))]

    def test_unread_it_is_not_there(self) -> None:
        """Given a mark without МРЦ that can be told, then nothing stands in its place."""
        assert len(sold(own=False, whole=False, properties=(("mrc", "AAAA"),))) == 2

    def test_no_discount_is_pushed_out(self) -> None:
        """Given both discounts and МРЦ, then all of them are in the four rows there are."""
        rows = sold(own=True, whole=True)
        assert [row.caption.key for row in rows[2:]] == ["line_max_price", "line_and_receipt_discount"]
        own, everything = (sold(own=True, whole=True, properties=())[row] for row in (2, 3))
        assert dict(rows[3].caption.places) == {
            "discount": dict(own.caption.places)["discount"],
            "whole": dict(everything.caption.places)["discount"],
        }

    @pytest.mark.parametrize("own", [True, False])
    def test_one_discount_has_its_row(self, own: bool) -> None:  # noqa: FBT001 - a case
        """Given one kind of discount, then it has its own row, as without МРЦ; of a receipt's a line has its share."""
        rows = sold(own=own, whole=not own)
        expected = ["line_discount"] if own else ["line_and_receipt_discount"]
        assert [row.caption.key for row in rows[3:]] == expected


def test_help_names_the_digits() -> None:
    """Given help, then what digits do in lists and questions stands with what works everywhere."""
    till = Hand.signed_in().till
    everywhere = view(replace(till, mode=Helping(till.mode))).help[-1]
    assert everywhere.hints[-1].caption == say("help_rows")
    assert say(f"action_{Action.ACCEPT}") in [hint.caption for hint in everywhere.hints]
