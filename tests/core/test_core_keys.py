"""The key map, the entry line, lists, and what a frame of a scanner can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.keys import Action, Context, KeyClashError, Typed, key_map
from cashier.core.machines.entry import LIMIT, edited
from cashier.core.machines.lists import PAGE, moved, row_of
from cashier.core.scans import barcode_of


class TestKeyMap:
    @pytest.mark.parametrize(
        ("context", "key", "meaning"),
        [
            (Context.SALE, "f12", Action.SUBTOTAL),
            (Context.SALE, "plus", Action.SUBTOTAL),
            (Context.SALE, "/", Action.DISCOUNT),
            (Context.SALE, "-", Action.LOCK),
            (Context.SALE, "f11", Action.POSTPONE),
            (Context.SALE, "f2", Action.PRICE_CHECK),
            (Context.PAYMENT, "f2", Action.CARD),
            (Context.PAYMENT, "?", Action.STATUS),
            (Context.SIGN_IN, "?", Typed("?")),
            (Context.PAYMENT, "plus", Typed("+")),
            (Context.LIST, "asterisk", Typed("*")),
            (Context.TEXT, "space", Typed(" ")),
            (Context.SALE, "enter", Action.ACCEPT),
            (Context.DIALOG, "escape", Action.CANCEL),
            (Context.SALE, "я", Typed("я")),
            (Context.SALE, "f9", Action.RETURN),
            (Context.SALE, "", None),
            (Context.SALE, "\x1b", None),
            (Context.SALE, "\u200b", None),
        ],
    )
    def test_default(self, context: Context, key: str, meaning: object) -> None:
        """A key means what its context says, else what all say, else it is typed if it prints."""
        assert key_map().meaning(context, key) == meaning

    @pytest.mark.parametrize(
        ("key", "meaning"),
        [
            ("/", Action.DISCOUNT),
            ("-", Typed("-")),
            ("?", Typed("?")),
            ("7", Typed("7")),
            ("asterisk", Action.TIMES),
            ("plus", Action.SUBTOTAL),
            ("enter", Action.ACCEPT),
            ("delete", Action.STORNO_LINE),
            ("f8", None),
        ],
    )
    def test_sign_is_typed_within_an_entry(self, key: str, meaning: object) -> None:
        """A code may have signs: in the middle of one they are typed, but for those that work on the entry."""
        assert key_map().in_entry(Context.SALE, key) == meaning

    @pytest.mark.parametrize(
        ("key", "character"), [("asterisk", "*"), ("space", " "), ("/", "/"), ("f1", ""), ("enter", ""), ("\x07", "")]
    )
    def test_character_of_a_key(self, key: str, character: str) -> None:
        """What a key types has nothing to do with what it is bound to."""
        assert key_map().character(key) == (Typed(character) if character else None)

    def test_shop_has_its_own(self) -> None:
        """A changed action loses its default keys, in its context only."""
        keys = key_map({Context.SALE: {Action.SUBTOTAL: ("f9",), Action.RETURN: ()}})
        assert keys.meaning(Context.SALE, "f9") is Action.SUBTOTAL
        assert keys.meaning(Context.SALE, "f12") is None
        assert keys.meaning(Context.LIST, "f9") is None
        assert keys.keys_of(Context.SALE, Action.SUBTOTAL) == ("f9",)
        assert key_map().keys_of(Context.SALE, Action.SUBTOTAL) == ("plus", "f12")

    def test_context_does_not_take_a_key_of_all(self) -> None:
        """A key that means something everywhere is refused in a context: Enter would no longer be Enter."""
        with pytest.raises(KeyClashError, match=r"\[Keys.list\] f1: help, menu"):
            key_map({Context.LIST: {Action.MENU: ("f1",)}})

    def test_context_may_repeat_all(self) -> None:
        """Naming a common key for its own action once more is no clash."""
        keys = key_map({Context.LIST: {Action.HELP: ("f1",)}})
        assert keys.meaning(Context.LIST, "f1") is Action.HELP

    def test_clash_is_refused(self) -> None:
        """Two actions on one key of a context are refused, and both are named."""
        with pytest.raises(KeyClashError, match=r"\[Keys.sale\] f5: (search, menu|menu, search)") as clash:
            key_map({Context.SALE: {Action.MENU: ("f5",)}})
        assert (clash.value.context, clash.value.key) == (Context.SALE, "f5")
        assert set(clash.value.actions) == {Action.SEARCH, Action.MENU}

    @pytest.mark.parametrize("key", ["tab", "f8", "ctrl+]", "ctrl+j"])
    def test_keys_that_scanners_type_are_refused(self, key: str) -> None:
        """No action may sit on a key that a scanner types in the middle of a code."""
        with pytest.raises(KeyClashError) as clash:
            key_map({Context.ALL: {Action.HELP: (key,)}})
        assert clash.value.actions == (Action.HELP,)

    def test_same_key_twice_is_no_clash(self) -> None:
        """An action may name its key twice."""
        keys = key_map({Context.SALE: {Action.MENU: ("f10", "f10")}})
        assert keys.meaning(Context.SALE, "f10") is Action.MENU


class TestEntry:
    @given(st.integers(0, LIMIT), st.text(min_size=1, max_size=3), st.characters())
    def test_character_is_added_until_the_end(self, length: int, words: str, character: str) -> None:
        """A character grows the entry of words up to its limit; a long entry repeats itself, which is quickly drawn."""
        entry = (words * LIMIT)[:length]
        grown = edited(entry, Typed(character), words=True)
        assert grown == (entry + character if len(entry) < LIMIT else None)

    @given(st.text(max_size=5))
    def test_erase_takes_the_last(self, entry: str) -> None:
        """Backspace takes the last character, and nothing from nothing."""
        assert edited(entry, Action.ERASE) == entry[:-1]

    @given(st.characters(), st.sampled_from(["", "1", "1.5"]))
    def test_numbers_take_digits_and_one_point(self, character: str, entry: str) -> None:
        """In a number only ASCII digits count, and one point, which may be typed as a comma."""
        fits = character in "0123456789" or (character in {".", ","} and "." not in entry)
        assert (edited(entry, Typed(character), numeric=True) is not None) == fits

    def test_other_actions_edit_nothing(self) -> None:
        """Only Backspace edits; a key without meaning does not."""
        assert all(edited("1", action) is None for action in Action if action is not Action.ERASE)
        assert edited("1", None) is None


class TestLists:
    @given(st.sampled_from(Action), st.integers(0, 50), st.integers(0, 50))
    def test_selection_stays_in_the_list(self, action: Action, chosen: int, count: int) -> None:
        """Whatever moves, the selection is a row of the list, the first one in an empty list."""
        row = moved(action, min(chosen, max(count - 1, 0)), count)
        assert row is None or 0 <= row <= max(count - 1, 0)

    def test_moves(self) -> None:
        """Arrows move by one, pages by a page, Home and End to the ends."""
        moves = {Action.UP: 19, Action.DOWN: 21, Action.PAGE_UP: 20 - PAGE, Action.PAGE_DOWN: 20 + PAGE}
        moves |= {Action.FIRST: 0, Action.LAST: 40}
        assert {action: row for action in Action if (row := moved(action, 20, 41)) is not None} == moves

    @pytest.mark.parametrize(
        ("character", "row"), [("1", 0), ("3", 2), ("4", None), ("0", None), ("a", None), ("²", None), ("٣", None)]
    )
    def test_digit_is_a_row(self, character: str, row: int | None) -> None:
        """A digit is its row, counted from 1, where there is one."""
        assert row_of(character, 3) == row


class TestFrames:
    @pytest.mark.parametrize(
        ("data", "barcode"),
        [
            (b"4600682000013", "4600682000013"),
            (b"]E04600682000013\r\n", "4600682000013"),
            (b"\t2300003 ", "2300003"),
            (b"]", "]"),
            (b"]-046", "]-046"),
            (b"x" * 48, "x" * 48),
            (b"x" * 49, None),
            (b"", None),
            (b"]E0", None),
            (b"a b", None),
            (b"01\x1d21", None),
            (b"\x7f", None),
            ("хлеб".encode(), None),
        ],
    )
    def test_barcode_of_a_frame(self, data: bytes, barcode: str | None) -> None:
        """A frame is a barcode when it is short and printable, without its AIM identifier."""
        assert barcode_of(data) == barcode

    @given(st.binary(max_size=600))
    def test_any_frame_is_decided(self, data: bytes) -> None:
        """Whatever bytes come, they are a printable barcode or none."""
        barcode = barcode_of(data)
        assert barcode is None or (barcode.isascii() and barcode.isprintable() and " " not in barcode)
