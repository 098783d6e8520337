"""The ready-made key maps: whole, without clashes, and as their tables promise."""

import pytest

from cashier.core.keys import DEFAULT, FORBIDDEN, OF_ENTRY, Action, Context, key_map
from cashier.core.presets import PRESETS

KEYPAD = {*"0123456789./-", "asterisk", "plus", "enter"}


@pytest.mark.parametrize("name", PRESETS)
class TestEveryPreset:
    def test_has_no_clash(self, name: str) -> None:
        """No key has two meanings in one context, none is typed by scanners."""
        keys = key_map(preset=PRESETS[name])
        assert not {key for own in keys.keys.values() for key in own} & FORBIDDEN

    def test_reaches_every_action(self, name: str) -> None:
        """Whatever has a key in the standard map has one here, in the same context."""
        keys = key_map(preset=PRESETS[name])
        for context, own in DEFAULT.items():
            assert all(keys.keys_of(context, action) for action in own), context
        bound = {action for own in PRESETS[name].values() for action, pressed in own.items() if pressed}
        assert bound == set(Action)

    def test_has_nothing_dangerous_on_f3(self, name: str) -> None:
        """Some scanners type F3: it may open the trainer's panel and nothing else."""
        keys = key_map(preset=PRESETS[name])
        assert {keys.meaning(context, "f3") for context in Context} == {Action.PANEL}

    def test_types_every_digit(self, name: str) -> None:
        """Digits are digits everywhere, and the point is one within an entry."""
        keys = key_map(preset=PRESETS[name])
        for context in Context:
            assert all(keys.meaning(context, digit) == keys.character(digit) for digit in "0123456789")
            assert keys.in_entry(context, ".") == keys.character(".")

    def test_has_the_return_on_f9(self, name: str) -> None:
        """F9 is the return by sale receipt, on every map."""
        assert key_map(preset=PRESETS[name]).meaning(Context.SALE, "f9") is Action.RETURN

    def test_has_the_price_check_on_f2(self, name: str) -> None:
        """F2 is the price in the sale; in the payment it stays the card, where a map has one there."""
        keys = key_map(preset=PRESETS[name])
        assert keys.keys_of(Context.SALE, Action.PRICE_CHECK) == ("f2",)
        assert keys.meaning(Context.PAYMENT, "f2") in {Action.CARD, None}


class TestArtix:
    @pytest.mark.parametrize(
        ("context", "key", "action"),
        [
            (Context.SALE, "delete", Action.STORNO_LINE),
            (Context.SALE, "f12", Action.QUANTITY),
            (Context.SALE, "/", Action.SUBTOTAL),
            (Context.SALE, "f4", Action.STORNO_RECEIPT),
            (Context.PAYMENT, "f7", Action.CARD),
            (Context.PAYMENT, "f6", Action.CARD),
        ],
    )
    def test_keys_of_a_live_till(self, context: Context, key: str, action: Action) -> None:
        """Map A of a chain, as far as a terminal delivers its keys."""
        keys = key_map(preset=PRESETS["artix"])
        assert keys.meaning(context, key) is action
        assert keys.in_entry(context, key) is action

    @pytest.mark.parametrize("key", ["/", "plus", "f7"])
    def test_subtotal_struck_twice_takes_no_money(self, key: str) -> None:
        """No key that strikes the subtotal takes cash or a card: pressed twice, it leaves the receipt unpaid."""
        keys = key_map(preset=PRESETS["artix"])
        strikes = keys.meaning(Context.SALE, key) is Action.SUBTOTAL
        assert strikes == (keys.meaning(Context.PAYMENT, key) not in {Action.ACCEPT, Action.CARD})


class TestNumpad:
    @pytest.mark.parametrize(
        ("context", "actions"),
        [
            (
                Context.SALE,
                [Action.ACCEPT, Action.CANCEL, Action.TIMES, Action.STORNO_LINE, Action.SUBTOTAL, Action.MENU],
            ),
            (Context.PAYMENT, [Action.ACCEPT, Action.CANCEL, Action.CARD]),
            (Context.DIALOG, [Action.ACCEPT, Action.CANCEL]),
            (Context.LIST, [Action.ACCEPT, Action.CANCEL]),
        ],
    )
    def test_sale_needs_nothing_but_the_keypad(self, context: Context, actions: list[Action]) -> None:
        """Codes, quantities, storno, both ways to pay and the way back are within one hand."""
        keys = key_map(preset=PRESETS["numpad"])
        for action in actions:
            assert KEYPAD & set(keys.keys_of(context, action)), action

    def test_slash_clears_what_is_typed(self) -> None:
        """Esc of the keypad works on the entry; minus and point are typed within one."""
        keys = key_map(preset=PRESETS["numpad"])
        assert keys.in_entry(Context.SALE, "/") in OF_ENTRY
        assert [keys.in_entry(Context.SALE, key) for key in "-."] == [keys.character("-"), keys.character(".")]
