"""The list of receipts put aside, and who takes one up (spec R4)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Person
from cashier.core.effects import Signal
from cashier.core.events import Ticked
from cashier.core.keys import Action, Context, key_map
from cashier.core.say import Say
from cashier.core.state import Rules
from cashier.core.view import view
from tests.core.aside import aside, bread
from tests.core.goods import BREAD, IVANOVA, MILK, PETROV
from tests.core.hand import Hand


def rows(hand: Hand) -> list[tuple[int, Say]]:
    """Return the list on the screen: the digit of each row and its caption."""
    dialog = view(hand.till).dialog
    return [(own.digit, own.caption) for own in dialog.options] if dialog else []


class TestList:
    def several(self, count: int = 3) -> Hand:
        """Put so many receipts aside: one loaf, two loaves and so on."""
        hand = Hand.signed_in()
        for number in range(1, count + 1):
            bread(hand, number).press("f11")
        return hand

    def test_order_is_that_of_putting_aside(self) -> None:
        """Given three aside, when F11 is pressed, then they stand in order: number, time, first goods and sum."""
        hand = self.several().press("f11")
        captions = [caption for _, caption in rows(hand)]
        assert [dict(own.places)["number"] for own in captions] == [1, 2, 3]
        assert [dict(own.places)["name"] for own in captions] == ["Хлеб"] * 3
        assert [digit for digit, _ in rows(hand)] == [1, 2, 3]

    def test_first_goods_are_live(self) -> None:
        """Given a receipt whose first line is storno'd, then the list names the first that is sold."""
        hand = bread(Hand.signed_in()).scan(MILK.barcode).press("home", "delete", "f11", "f11")
        ((_, caption),) = rows(hand)
        assert dict(caption.places)["name"] == "Молоко"

    @pytest.mark.parametrize("keys", [("2",), ("down", "enter"), ("end", "up", "enter"), ("pagedown", "up", "enter")])
    def test_digit_or_arrows(self, keys: tuple[str, ...]) -> None:
        """Given three aside, when the second is taken by any keys, then it is open and the others stay in order."""
        hand = self.several().press("f11", *keys)
        assert (hand.receipt.number, hand.receipt.total) == (2, 9100)
        assert aside(hand) == [(1, 4550), (3, 13650)]

    @pytest.mark.parametrize("key", ["4", "9", "0", "f11", "f4", "delete", "x"])
    def test_keys_of_no_row(self, key: str) -> None:
        """Given three aside, when a key means none of them, then the list stays."""
        hand = self.several().press("f11", key)
        assert (hand.till.mode, hand.wrote, hand.effects) == (m.Restoring(), [], (Signal(accepted=False),))

    def test_escape(self) -> None:
        """Given the list, when Esc is pressed, then nothing is open and all are still aside."""
        hand = self.several().press("f11", "down", "escape")
        assert (hand.till.mode, hand.till.ledger.receipt, len(aside(hand)), hand.wrote) == (m.Selling(), None, 3, [])

    def test_more_than_nine(self) -> None:
        """Given a dozen aside, then the tenth has no digit and is taken by arrows."""
        hand = self.several(12).press("f11")
        assert [digit for digit, _ in rows(hand)][8:] == [9, 0, 0, 0]
        assert hand.press(*("down",) * 9, "enter").receipt.number == 10

    def test_scan(self) -> None:
        """Given the list, when goods are scanned, then that is refused aloud."""
        hand = self.several().press("f11").scan(BREAD.barcode)
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Restoring(), "scan_in_list", [])

    def test_idle(self) -> None:
        """Given the list, when nobody comes, then the till locks, and all are still aside."""
        hand = self.several().press("f11").give(Ticked(idle=True)).sign_in()
        assert (hand.till.mode, len(aside(hand))) == (m.Selling(), 3)

    def test_not_over_an_open_one(self) -> None:
        """Given a receipt open and one aside, when F11 is pressed, then the open one goes aside and no list opens."""
        hand = bread(self.several(1), 5).press("f11")
        assert (hand.till.mode, aside(hand)) == (m.Selling(), [(1, 4550), (2, 22750)])

    def test_list_over_an_open_receipt_takes_nothing(self) -> None:
        """Given a list that stands though a receipt is open, when a row is taken, then the open one is not lost."""
        hand = bread(self.several(1), 5)
        hand.till = replace(hand.till, mode=m.Restoring())
        hand.press("1")
        assert (hand.till.mode, hand.wrote, hand.receipt.number, aside(hand)) == (m.Selling(), [], 2, [(1, 4550)])

    def test_own_keys(self) -> None:
        """Given a shop with another key for it, then that key puts aside."""
        keymap = key_map({Context.SALE: {Action.POSTPONE: ("f9",), Action.RETURN: ()}})
        assert aside(bread(Hand.signed_in(rules=Rules(keymap=keymap))).press("f9")) == [(1, 4550)]


class TestAnotherCashier:
    def test_paper_names_the_one_who_goes_on(self) -> None:
        """Given a receipt put aside by one, when another takes it up, then it is that one's, in the journal too."""
        hand = bread(Hand.signed_in()).press("f11", "-").sign_in(PETROV.code).press("f11", "1")
        assert hand.receipt.cashier == PETROV
        (restored,) = hand.happened(f.ReceiptRestored)
        assert isinstance(restored, f.ReceiptRestored)
        assert (restored.by, restored.at) == (PETROV, hand.clock.isoformat())

    def test_sign_in_changes_nobody_aside(self) -> None:
        """Given one aside, when another cashier signs in, then the one aside keeps its cashier until it is taken up."""
        hand = bread(Hand.signed_in()).press("f11", "-").sign_in(PETROV.code)
        assert [own.cashier for own in hand.till.ledger.postponed] == [IVANOVA]
        assert hand.happened(f.CashierChanged) == []


class TestLockedTill:
    @pytest.mark.parametrize("person", [IVANOVA, PETROV])
    def test_nothing_is_open_at_the_sign_in(self, person: Person) -> None:
        """Given one aside, when the till is locked, then the sign-in names no open receipt, and none is opened."""
        hand = bread(Hand.signed_in()).press("f11", "-")
        asked = view(hand.till).sign_in
        assert asked is not None
        assert asked.receipt is None
        assert hand.sign_in(person.code).till.ledger.receipt is None
