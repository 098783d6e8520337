"""Whoever types without looking answers nothing: a question, an error and a sum to give back stand until read."""

from collections.abc import Callable

import pytest

from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.money import Kopecks
from cashier.core.say import Sum, say
from cashier.core.state import Step
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand

KEYS = ("6", "a", "asterisk", ".", "up", "f2", "delete", "backspace", "f1", "space")
"""None of them answers a question."""


def asked() -> Hand:
    """Ask whether the whole receipt shall go."""
    return Hand.signed_in(code="8").scan(BREAD.barcode).press("f4")


def refused() -> Hand:
    """Put an error up over a sale of bread."""
    return Hand.signed_in().scan(BREAD.barcode).write("777").press("enter")


def told() -> Hand:
    """Tell what is to be given back."""
    hand = Hand.signed_in().scan(BREAD.barcode)
    hand.till = Step(hand.till).to(m.Telling(say("given_back", paid=Sum(Kopecks(2000))))).till
    return hand


STANDING = {"question": asked, "error": refused, "sum": told}


@pytest.mark.parametrize("begun", STANDING.values(), ids=STANDING)
class TestBlindHands:
    """All three alike."""

    @pytest.mark.parametrize("key", KEYS)
    def test_enter_after_another_key_is_no_answer(self, begun: Callable[[], Hand], key: str) -> None:
        """Given a message, when another key and Enter come, then a tone and a quiet word; a second Enter answers."""
        hand = begun()
        before = type(hand.till.mode)
        hand.press(key)
        assert (type(hand.till.mode), hand.effects) == (before, (Signal(accepted=False),))
        hand.press("enter")
        assert (type(hand.till.mode), hand.notice) == (before, "read_first")
        assert (hand.effects, hand.wrote) == ((Signal(accepted=False),), [])
        assert hand.press("enter").till.mode == m.Selling()

    def test_goods_typed_over_it_do_nothing(self, begun: Callable[[], Hand]) -> None:
        """Given a message, when a whole code is typed with Enter, then it stands as often as that is done."""
        hand = begun()
        before = type(hand.till.mode)
        for _ in range(3):
            hand.write("6003").press("enter")
            assert (type(hand.till.mode), hand.till.ledger.receipt is None) == (before, False)
        assert hand.lines == [("Хлеб", 1000, False)]

    def test_enter_alone_answers(self, begun: Callable[[], Hand]) -> None:
        """Given a message, when Enter is the first key, then it answers at once."""
        assert begun().press("enter").till.mode == m.Selling()

    def test_escape_works_at_once(self, begun: Callable[[], Hand]) -> None:
        """Given keys typed blind, when Esc comes, then the message is closed with no yes, and the sale goes on."""
        hand = begun().write("60").press("escape")
        assert (hand.till.mode, hand.receipt.sold) == (m.Selling(), 1)
        assert hand.scan(MILK.barcode).receipt.sold == 2

    def test_refused_scan_is_no_key(self, begun: Callable[[], Hand]) -> None:
        """Given a scan upon a message, when Enter comes after it, then it answers: nobody typed blind."""
        assert begun().scan(MILK.barcode).press("enter").till.mode == m.Selling()
