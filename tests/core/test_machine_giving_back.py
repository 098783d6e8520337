"""A payment that is given up: cards are taken back by the terminal first, then the cash is given out."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import OpenDrawer, ReverseCharge, Signal
from cashier.core.money import Kopecks
from cashier.core.say import Sum, say
from cashier.core.state import Rules
from cashier.core.tender import TenderKind
from tests.core.bank import Counter, disagreement
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import Hand


def cash(amount: str = "20") -> Counter:
    """Give a part of 45.50 in cash."""
    return Counter.paying(amount).press("enter")


def card(amount: str = "20") -> Counter:
    """Take a part of 45.50 by card."""
    return Counter.paying(amount).press("f2").card()


def two_cards() -> Counter:
    """Take 20 and 10 by two cards."""
    return card().write("10").press("f2").card()


def given_up(hand: Counter) -> Counter:
    """Ask for the money back."""
    return hand.press("escape", "enter")


def left(hand: Hand) -> bool:
    """Tell whether the lines stand with no money taken for them."""
    receipt = hand.receipt
    return (hand.till.mode, receipt.in_payment, receipt.tenders) == (m.Selling(), False, ())


class TestMoney:
    def test_cash_only(self) -> None:
        """Given cash taken, when it is given back, then no terminal is asked."""
        hand = given_up(cash())
        assert (hand.wrote, hand.orders) == (["TendersReturned", "PaymentLeft"], [])
        assert hand.till.mode == m.Telling(say("given_back", paid=Sum(Kopecks(2000))))
        assert left(hand.press("enter"))

    def test_sum_stands_until_it_is_read(self) -> None:
        """Given cash to be given back, when other keys and scans come, then the sum stands; Esc closes it too."""
        hand = given_up(cash())
        told = hand.till.mode
        assert isinstance(told, m.Telling)
        assert hand.press("1", "f2", "plus").scan(BREAD.barcode).till.mode == replace(told, stray=True)
        assert (hand.notice, hand.receipt.sold) == ("scan_in_popup", 1)
        assert left(hand.press("escape"))

    def test_card_only(self) -> None:
        """Given a card payment, when it is taken back, then by its operation number, and the drawer stays shut."""
        hand = given_up(card())
        order, taken = hand.asked(ReverseCharge), hand.receipt.tenders[0]
        assert order == ReverseCharge(hand.charge.token, "000001", Kopecks(2000))
        assert (hand.charge.reverses, hand.wrote, hand.stage) == (taken.token, ["ChargeBegun"], "waiting")
        hand.card()
        assert hand.till.notice == say("card_reversed", sum=Sum(Kopecks(2000)))
        assert hand.wrote == ["ChargeEnded", "TenderReversed", "PaymentLeft"]
        assert hand.effects[1:] == (Signal(accepted=True),)
        assert (left(hand), hand.terminal.charged, disagreement(hand)) == (True, 0, "")

    def test_card_first_and_then_cash(self) -> None:
        """Given cash and a card, when both are given back, then the drawer opens only once the card is done."""
        hand = given_up(cash().write("10").press("f2").card())
        assert OpenDrawer() not in hand.effects
        hand.card()
        assert hand.wrote == ["ChargeEnded", "TenderReversed", "TendersReturned", "PaymentLeft"]
        assert hand.till.mode == m.Telling(say("given_back", paid=Sum(Kopecks(2000))))
        assert hand.till.notice == say("card_reversed", sum=Sum(Kopecks(1000)))
        assert hand.effects[1:] == (OpenDrawer(), Signal(accepted=True))
        assert (left(hand.press("enter")), disagreement(hand)) == (True, "")

    def test_two_cards_one_after_the_other(self) -> None:
        """Given two cards, when they are taken back, then the later one first, each by an intent of its own."""
        hand = given_up(two_cards())
        assert hand.asked(ReverseCharge).operation == "000002"
        hand.card()
        assert hand.wrote == ["ChargeEnded", "TenderReversed", "ChargeBegun"]
        assert hand.asked(ReverseCharge).operation == "000001"
        hand.card()
        assert (left(hand), hand.terminal.charged, len(set(hand.orders))) == (True, 0, 4)

    def test_receipt_is_paid_anew(self) -> None:
        """Given a card taken back, when the receipt is paid in cash, then only the cash counts."""
        hand = given_up(card()).card().press("plus", "enter")
        assert [tender.kind for tender in hand.last.tenders] == [TenderKind.CASH]
        assert hand.till.ledger.shift is not None
        assert (hand.till.ledger.shift.totals.card, hand.till.ledger.shift.totals.cash) == (0, 4550)


class TestDeclined:
    def test_payment_stands(self) -> None:
        """Given a reversal that is declined, then a popup says so, and the payment stands with its money."""
        hand = given_up(cash().write("10").press("f2").card()).answer("declined", "поздно")
        assert hand.problem == "card_not_reversed"
        assert hand.press("enter").till.mode == m.Paying()
        assert (hand.receipt.paid, hand.receipt.rest, hand.wrote) == (3000, 1550, [])
        assert sum(fact.amount for fact in hand.facts if isinstance(fact, f.TendersReturned)) == 0
        hand.press("enter")
        assert hand.last.tendered == {TenderKind.CASH: 3550, TenderKind.CARD: 1000}

    def test_it_can_be_tried_again(self) -> None:
        """Given a reversal that never began, when it is asked for again, then under a new token, and it is made."""
        hand = card()
        hand.reaches = False
        given_up(hand).answer("absent").press("enter")
        hand.reaches = True
        assert left(given_up(hand).card())
        assert (disagreement(hand), len(set(hand.orders))) == ("", 3)

    def test_second_of_two(self) -> None:
        """Given two cards, when the second reversal is declined, then the first one stays taken back."""
        hand = given_up(two_cards()).card().answer("declined").press("enter")
        assert ([tender.amount for tender in hand.receipt.tenders], hand.till.mode) == ([2000], m.Paying())

    @pytest.mark.parametrize(("key", "rest"), [("2", 4550), ("3", 2550)])
    def test_silent_reversal_is_answered_by_a_person(self, key: str, rest: int) -> None:
        """Given a silent terminal, when a senior says what became of the reversal, then that counts."""
        hand = given_up(card()).answer("unknown").answer("unknown").press(key).approve()
        asked = "word_reversal_done" if key == "2" else "word_reversal_not_done"
        assert isinstance(hand.till.mode, m.Confirming)
        assert hand.till.mode.question == say(asked, sum=Sum(Kopecks(2000)))
        assert hand.press("enter").wrote[0] == "ChargeEnded"
        assert (hand.receipt.rest, left(hand)) == (rest, key == "2")

    def test_manual_terminal(self) -> None:
        """Given a terminal that stands alone, when the cashier says that the card was taken back, the lines stand."""
        hand = Counter.paying("20", rules=Rules()).press("f2", "2", "enter")
        given_up(hand)
        assert (hand.till.mode, hand.orders) == (m.Charging("manual"), [])
        assert hand.press("enter").till.mode == m.Paying()
        assert left(given_up(hand).press("2", "enter"))

    def test_word_of_the_senior_is_for_one_card(self) -> None:
        """Given a card without a number and one with, when a senior speaks for one, the cashier does for the other."""
        hand = Counter.paying("20").press("f2").answer("unknown").answer("unknown").word("2")
        given_up(hand.write("10").press("f2").card()).answer("unknown").answer("unknown").word("2")
        assert hand.till.mode == m.Charging("manual")
        assert left(hand.press("2", "enter"))
        assert [own.by for own in hand.facts if isinstance(own, f.ChargeEnded)] == [PETROV, None, PETROV, IVANOVA]


class TestPowerCut:
    @pytest.mark.parametrize("done", [False, True])
    @pytest.mark.parametrize("reaches", [False, True])
    def test_in_the_middle(self, *, done: bool, reaches: bool) -> None:
        """Given two cards and cash, when the power goes in the second reversal, then it is asked for, not repeated."""
        hand = given_up(two_cards().write("5").press("enter"))
        hand.terminal.end("approved")
        hand.reaches = reaches
        hand = hand.give(hand.terminal.told(hand.charge.token)).cut()
        assert (len(hand.orders), hand.questions) == (4, [hand.charge.token])
        hand.terminal.end("approved" if done else "declined")
        hand.give(hand.terminal.told(hand.charge.token)).sign_in()
        assert (hand.till.mode, disagreement(hand)) == (m.Paying(), "")
        assert hand.receipt.paid == (500 if done and reaches else 2500)

    def test_between_answer_and_commit(self) -> None:
        """Given a reversal that was made and not written down, when the till starts, then the terminal tells of it."""
        hand = given_up(card())
        hand.terminal.end("approved")
        hand = hand.cut()
        hand.sign_in().give(hand.terminal.told(hand.charge.token))
        assert (left(hand), disagreement(hand), hand.terminal.charged) == (True, "", 0)

    def test_behind_a_lock(self) -> None:
        """Given a lock in a reversal, when it is made, then it is written, and the next one in can go on with it."""
        hand = given_up(two_cards()).lock().card()
        assert (hand.till.mode, hand.till.ledger.charge) == (m.EnteringCode(), None)
        assert hand.sign_in().till.mode == m.Paying()
        assert left(given_up(hand).card())
        assert disagreement(hand) == ""

    def test_receipt_that_is_gone(self) -> None:
        """Given a reversal whose receipt is gone, when it is made, then the sale stands, and no cash is given out."""
        hand = cash()
        receipt = hand.receipt
        hand.press("escape")
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, receipt=None))
        assert (receipt.paid, hand.press("enter").till.mode, hand.wrote) == (2000, m.Selling(), [])
        assert OpenDrawer() not in hand.effects
