"""Signs that mean something alone type themselves within an entry."""

import pytest

from cashier.core import modes as m
from cashier.core.keys import key_map
from cashier.core.presets import PRESETS
from cashier.core.quantity import Thousandths
from cashier.core.state import Rules
from tests.core.goods import BREAD, PETROV
from tests.core.hand import Hand


class TestSignsWithinAnEntry:
    @pytest.mark.parametrize("entry", ["12-3", "1?2", "1-", "1--", "7=8", "1%2", "1-2?3=4"])
    def test_are_typed(self, entry: str) -> None:
        """Given a code with signs that mean something alone, when it is typed, then they are signs of the code."""
        hand = Hand.signed_in().scan(BREAD.barcode).write(entry)
        assert (hand.till.mode, hand.wrote) == (m.Selling(entry), [])

    @pytest.mark.parametrize(
        ("key", "mode"), [("/", m.Approving), ("-", m.EnteringCode), ("?", m.Inspecting), ("plus", m.Paying)]
    )
    def test_alone_they_mean_something(self, key: str, mode: type[m.Mode]) -> None:
        """Given nothing typed, or all of it erased, when a sign is pressed, then it does what it is bound to."""
        hand = Hand.signed_in().scan(BREAD.barcode).write("1").press("backspace", key)
        assert isinstance(hand.till.mode, mode)

    def test_what_works_on_the_entry_is_never_typed(self) -> None:
        """Given a number typed, when `*` or `/` is pressed, then they do what they do with it; `+` refuses it."""
        assert Hand.signed_in().write("3*").till.mode == m.Selling(times=Thousandths(3000))
        assert Hand.signed_in().scan(BREAD.barcode).write("3").press("plus").till.mode == m.Selling("3")
        senior = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode)
        assert senior.write("3").press("/").till.mode == m.Discounting(entry="3")

    def test_code_with_signs_is_looked_up_whole(self) -> None:
        """Given a code with signs, when Enter is pressed, then it is looked up as it was typed."""
        hand = Hand.signed_in()
        hand.answers_at_once = False
        assert hand.write("12-3?4").press("enter").till.mode == m.Finding("12-3?4")

    @pytest.mark.parametrize("name", list(PRESETS))
    def test_words_of_the_search_have_them(self, name: str) -> None:
        """Given the search by name in any map, when a sign is typed, then it is part of the words."""
        hand = Hand.signed_in(rules=Rules(keymap=key_map(preset=PRESETS[name]))).press("f5").write("3/4-?=")
        assert isinstance(hand.till.mode, m.Searching)
        assert hand.till.mode.entry == "3/4-?="

    @pytest.mark.parametrize("name", list(PRESETS))
    def test_password_has_them(self, name: str) -> None:
        """Given a code or a password in any map, when a sign is typed, then it is part of it and nothing else."""
        hand = Hand(rules=Rules(keymap=key_map(preset=PRESETS[name]))).write("7").press("enter").write("-/=*+")
        assert hand.till.mode == m.EnteringPassword("7", "-/=*+")

    def test_function_keys_still_work(self) -> None:
        """Given a code half typed, when a key that types nothing is pressed, then it does what it is bound to."""
        assert Hand.signed_in().write("12").press("f10").till.mode == m.Menu()
