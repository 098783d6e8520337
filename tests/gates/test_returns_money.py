"""Money that goes back: the reason, cash, card, both; never more than was paid so; what cannot be undone (R3, R6)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import OpenDrawer, Print, RefundCharge, Signal
from cashier.core.events import CardAnswered
from cashier.core.quantity import pieces
from cashier.core.receipt import DocumentType
from cashier.core.sales import REASONS
from cashier.core.tender import TenderKind
from cashier.core.view_keys import bar as key_bar
from tests.core.goods import BREAD, MILK
from tests.core.sample_money import card
from tests.gates.returned import FLOAT, THREE, ReturnShop, refunded, sale, sold

TWO = sale(sold(1, BREAD, pieces(2)), sold(2, MILK))
"""180.90 in cash."""
CARDED = replace(TWO, paid=sale(sold(1, BREAD, total=18090), card=18090).paid)
"""180.90 by card."""
HALF = sale(sold(1, BREAD, pieces(2)), sold(2, MILK), card=10000)
"""100 by card, 80.90 in cash."""


def due(own: ReturnShop) -> int:
    """Return what is still to be given back, in kopecks."""
    return own.receipt.rest


def given(own: ReturnShop) -> list[tuple[TenderKind, int]]:
    """Return the money that went back so far."""
    return [(fact.kind, fact.amount) for fact in own.facts if isinstance(fact, f.TenderTaken)]


class TestReason:
    def test_written_down(self) -> None:
        """Given a return, when + is pressed, then the reason is asked for and written down before any money moves."""
        shop = ReturnShop.having(TWO).press("f12", "plus")
        assert shop.till.mode == m.GivingReason()
        shop.press("2")
        assert shop.wrote == ["ReasonGiven", "PaymentBegun"]
        assert shop.receipt.reason == REASONS[1] == "faulty"

    def test_changed(self) -> None:
        """Given a reason, when the cashier went back and strikes again, then it is selected, and may be another."""
        shop = ReturnShop.having(TWO).press("f12", "plus", "2", "escape", "plus")
        assert shop.till.mode == m.GivingReason(1)
        assert shop.press("enter").wrote == ["PaymentBegun"]
        shop.press("escape", "plus", "4")
        assert shop.wrote == ["ReasonGiven", "PaymentBegun"]
        assert shop.receipt.reason == REASONS[3]

    def test_left(self) -> None:
        """Given the question for the reason, when Esc is pressed, then the receipt stands and nothing was written."""
        shop = ReturnShop.having(TWO).press("f12", "plus", "escape")
        assert shop.till.mode == m.Selling()
        assert shop.receipt.reason == ""

    def test_arrows_and_enter(self) -> None:
        """Given the list, when the third row is selected and taken, then that is the reason."""
        assert ReturnShop.having(TWO).press("f12", "plus", "down", "down", "enter").receipt.reason == REASONS[2]


class TestCash:
    def test_enter_gives_all_of_it(self) -> None:
        """Given a sale paid in cash, when Enter is pressed, then all goes back in cash, paper and drawer follow."""
        shop = ReturnShop.having(TWO).press("f12").paying().press("enter")
        assert given(shop) == [(TenderKind.CASH, 18090)]
        assert shop.till.ledger.drawer == FLOAT - 18090
        assert OpenDrawer() in shop.effects
        document = shop.asked(Print).document
        assert document.kind is DocumentType.RETURN_BY_RECEIPT  # type: ignore[union-attr]
        assert shop.till.farewell is not None
        assert (shop.till.farewell.total, shop.till.farewell.kind) == (18090, DocumentType.RETURN_BY_RECEIPT)

    def test_shift_counts_it_apart(self) -> None:
        """Given a return that is paid back, then the shift has one refund of that sum, and no sale."""
        shop = ReturnShop.having(TWO).press("f12").paying().press("enter")
        assert shop.till.ledger.shift is not None
        totals = shop.till.ledger.shift.totals
        assert (totals.sales, totals.sold, totals.refunds, totals.refund_cash) == (0, 0, 1, 18090)

    def test_in_parts(self) -> None:
        """Given a sum typed, when it goes back, then the rest is still due; there is no change."""
        shop = ReturnShop.having(TWO).press("f12").paying().write("100").press("enter")
        assert due(shop) == 8090
        assert shop.write("80.91").press("enter").notice == "refund_too_much"
        assert shop.press("escape", "enter").till.ledger.receipt is None

    def test_drawer_has_less(self) -> None:
        """Given less in the drawer, when cash is to go back, then money has to be put in first."""
        shop = ReturnShop.having(TWO).press("f12").paying()
        shop.till = replace(shop.till, ledger=replace(shop.till.ledger, drawer=BREAD.price))
        assert shop.press("enter").notice == "refund_drawer"
        assert given(shop) == []

    def test_taken_in_again(self) -> None:
        """Given a part in cash, when the cashier goes back to the lines, then it is taken from the buyer again."""
        shop = ReturnShop.having(TWO).press("f12").paying().write("100").press("enter", "escape")
        assert isinstance(shop.till.mode, m.Confirming)
        mode = shop.press("enter").till.mode
        assert isinstance(mode, m.Telling)
        assert mode.text.key == "taken_back"
        assert (shop.receipt.tenders, shop.till.ledger.drawer) == ((), FLOAT)

    @pytest.mark.parametrize("typed", ["0", "."])
    def test_no_sum(self, typed: str) -> None:
        """Given the payment, when no sum is typed, then nothing goes back."""
        assert ReturnShop.having(TWO).press("f12").paying().write(typed).press("enter").notice == "sum_bad"


class TestCard:
    def test_enter_goes_to_the_card_it_came_from(self) -> None:
        """Given a sale paid by card, when Enter is pressed, then the terminal gives it back by its operation."""
        shop = ReturnShop.having(CARDED).press("f12").paying().press("enter")
        refund = shop.asked(RefundCharge)
        assert (refund.operation, refund.amount) == ("000017", 18090)
        card(shop, "approved")
        assert given(shop) == [(TenderKind.CARD, 18090)]
        assert shop.till.ledger.drawer == FLOAT
        assert OpenDrawer() not in shop.effects

    def test_intent_comes_first(self) -> None:
        """Given a refund by card, then it is written down before the terminal hears of it."""
        shop = ReturnShop.having(CARDED).press("f12").paying().press("f2")
        assert shop.wrote == ["ChargeBegun"]
        assert [type(effect).__name__ for effect in shop.effects] == ["Record", "RefundCharge"]

    def test_cash_is_refused(self) -> None:
        """Given a sale paid by card alone, when a sum is typed for cash, then it was not paid so."""
        shop = ReturnShop.having(CARDED).press("f12").paying().write("10").press("enter")
        assert shop.notice == "refund_cash_left"
        assert given(shop) == []

    def test_card_is_refused_where_none_was_used(self) -> None:
        """Given a sale paid in cash, when F2 is pressed, then no card has paid for it."""
        assert ReturnShop.having(TWO).press("f12").paying().press("f2").notice == "refund_no_card"

    def test_declined(self) -> None:
        """Given a bank that declines, then the error says so, and the sum is still due."""
        shop = card(ReturnShop.having(CARDED).press("f12").paying().press("f2"), "declined")
        assert shop.problem == "card_not_reversed"
        assert due(shop) == 18090

    def test_declined_then_held_to_the_terminal(self) -> None:
        """Given a bank that does not know the payment any more, then the buyer holds the card to it, turn by turn."""
        shop = card(ReturnShop.having(CARDED).press("f12").paying().press("f2"), "declined")
        shop.press("enter").press("f2")
        refund = shop.asked(RefundCharge)
        assert (refund.operation, refund.amount) == ("", 18090)
        card(shop, "declined").press("enter").press("f2")
        assert shop.asked(RefundCharge).operation == "000017"
        assert given(card(shop, "approved")) == [(TenderKind.CARD, 18090)]

    def test_silent_terminal_is_asked_not_repeated(self) -> None:
        """Given a terminal that dies, then it is asked what became of it; its answer gives the money back once."""
        shop = card(ReturnShop.having(CARDED).press("f12").paying().press("f2"), "unknown")
        assert type(shop.effects[-1]).__name__ == "AskTerminal"
        assert given(card(shop, "approved")) == [(TenderKind.CARD, 18090)]

    def test_power_cut_while_the_terminal_works(self) -> None:
        """Given a cut in the middle, when the till is back, then the terminal is asked, and it is closed once."""
        again = ReturnShop.having(CARDED).press("f12").paying().press("f2").restarted().sign_in()
        charge = again.till.ledger.charge
        assert charge is not None
        assert charge.refund
        again.give(CardAnswered(charge.token, "approved"))
        assert again.till.ledger.receipt is None
        assert again.till.ledger.shift is not None
        assert again.till.ledger.shift.totals.refund_card == 18090

    def test_way_back_is_shut_once_the_card_has_it(self) -> None:
        """Given money that went back to a card, when Esc is pressed, then the return has to be finished."""
        shop = card(ReturnShop.having(HALF).press("f12").paying().press("f2"), "approved")
        assert shop.press("escape").notice == "refund_card_given"
        assert due(shop) == 8090

    def test_terminal_that_stands_alone(self) -> None:
        """Given no terminal connected, then the cashier says what it did, and it counts as refund to the card."""
        shop = ReturnShop.having(CARDED, terminal=False).press("f12").paying().press("enter")
        assert shop.till.mode == m.Charging("manual")
        shop.press("2", "enter")
        assert given(shop) == [(TenderKind.CARD, 18090)]


class TestKeys:
    """What the key bar promises is what the keys do."""

    def test_card_alone(self) -> None:
        """Given a sale paid by card, then Enter is the card's, and when it has the money nothing leads back."""
        shop = ReturnShop.having(CARDED).press("f12").paying()
        assert ("enter", "key_refund_card") in bar(shop)
        shop = card(ReturnShop.having(HALF).press("f12").paying().press("f2"), "approved")
        assert [caption for _, caption in bar(shop)] == ["key_refund_cash", "key_help"]

    def test_both(self) -> None:
        """Given both kinds, then each has its key; what is typed goes by the key it is ended with."""
        shop = ReturnShop.having(HALF).press("f12").paying()
        assert bar(shop)[:2] == [("enter", "key_refund_cash"), ("f2", "key_refund_card")]
        assert ("escape", "key_clear") in bar(shop.write("1"))

    def test_empty_return(self) -> None:
        """Given a return out of which all has gone, then the first key is the one that ends it."""
        assert bar(ReturnShop.having(TWO).press("f12", "delete", "up", "delete"))[0] == ("f4", "key_storno_receipt")


def bar(shop: ReturnShop) -> list[tuple[str, str]]:
    """Return the first key and the caption of each hint."""
    return [(own.keys[0], own.caption.key) for own in key_bar(shop.till, shop.till.mode)]


class TestBoth:
    def test_no_more_than_was_paid_in_each(self) -> None:
        """Given 100 by card and 80.90 in cash, then Enter gives 80.90 in cash, and then 100 to the card."""
        shop = ReturnShop.having(HALF).press("f12").paying().press("enter")
        assert given(shop) == [(TenderKind.CASH, 8090)]
        shop.press("enter")
        assert shop.asked(RefundCharge).amount == 10000
        assert card(shop, "approved").till.ledger.receipt is None

    def test_more_cash_than_was_paid_so(self) -> None:
        """Given 80.90 paid in cash, when 90 are typed for cash, then it says how much may be, the rest to the card."""
        shop = ReturnShop.having(HALF).press("f12").paying().write("90").press("enter")
        assert shop.notice == "refund_cash_left"
        assert shop.press("escape").write("100.01").press("f2").notice == "refund_card_left"

    def test_earlier_returns_count(self) -> None:
        """Given cash that went back before, when the rest comes back, then only the card is left for it."""
        before = sold(1, BREAD, pieces(2), returned=pieces(1), returned_sum=BREAD.price)
        own = replace(HALF, lines=(before, *HALF.lines[1:]), refunded=refunded(cash=4550))
        shop = ReturnShop.having(own).press("f12").paying()
        assert due(shop) == 13540
        shop.press("enter")
        assert given(shop) == [(TenderKind.CASH, 3540)]
        assert shop.press("enter").asked(RefundCharge).amount == 10000

    def test_two_cards_one_after_the_other(self) -> None:
        """Given a sale paid by two cards, then money goes back by the first operation, then by the second."""
        one, two = sale(sold(1, BREAD), card=4550, operation="11"), sale(sold(1, MILK), card=8990, operation="12")
        both = sale(sold(1, BREAD), sold(2, MILK), paid=(*one.paid, *two.paid))
        shop = ReturnShop.having(both).press("f12").paying().press("enter")
        assert (shop.asked(RefundCharge).operation, shop.asked(RefundCharge).amount) == ("11", 4550)
        card(shop, "approved").press("enter")
        assert (shop.asked(RefundCharge).operation, shop.asked(RefundCharge).amount) == ("12", 8990)


class TestPaper:
    def test_print_begins_with_the_closing(self) -> None:
        """Given the last money, then closing, messages and the paper's intent are one commit."""
        shop = ReturnShop.having(THREE, destinations=("cash_server",)).press("f12").paying().press("enter")
        assert shop.wrote == ["TenderTaken", "ReceiptClosed", "MessageQueued", "PrintBegun"]
        assert Signal(accepted=True) in shop.effects
