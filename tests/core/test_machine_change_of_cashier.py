"""Locking the till, and going on as another cashier."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Person
from cashier.core.effects import Print
from cashier.core.events import CardAnswered, Ticked
from cashier.core.keys import key_map
from cashier.core.money import Kopecks
from cashier.core.paper import Letterhead, receipt_paper
from cashier.core.presets import PRESETS
from cashier.core.receipt import Receipt
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.state import Rules
from cashier.core.view import view
from cashier.core.view_model import Scene, SignIn
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA, KUZMIN, MILK, ORLOV, PETROV
from tests.core.hand import Hand

LOCK_ROW = ("f10", *("down",) * m.MENU.index("menu_lock"), "enter")


def asked(hand: Hand) -> SignIn:
    """Return the sign-in on the screen."""
    shown = view(hand.till).sign_in
    assert shown is not None
    return shown


def cashier_on(receipt: Receipt) -> Say:
    """Return the row of the paper that names a cashier."""
    rows = receipt_paper(receipt, Letterhead("1", "1"))
    return next(row.text for row in rows if row.text.key == "paper_cashier")


class TestLock:
    @pytest.mark.parametrize("keys", [("-",), LOCK_ROW, ("f10", "9")])
    def test_key_and_menu(self, keys: tuple[str, ...]) -> None:
        """Given a sale, when the till is locked by key or by menu, then it says who left it, and when."""
        hand = Hand.signed_in().press(*keys)
        assert (hand.till.mode, hand.wrote) == (m.EnteringCode(), ["SignedOut"])
        assert hand.till.ledger.cashier is None
        at = hand.clock.isoformat()
        assert hand.facts[-1] == f.SignedOut(IVANOVA, at=at)
        assert asked(hand).locked == say("locked_by", name="Иванова", time=Moment(at))
        assert view(hand.till).scene is Scene.SIGN_IN

    def test_idle_says_so(self) -> None:
        """Given nobody at the till for long, then it is said that it locked itself, and whose it was."""
        hand = Hand.signed_in(code=PETROV.code).give(Ticked(idle=True))
        assert asked(hand).locked == say("locked_idle", name="Петров", time=Moment(hand.clock.isoformat()))

    def test_stands_while_somebody_signs_in(self) -> None:
        """Given a locked till, when code and password are typed, even wrong ones, then it still says who left it."""
        hand = Hand.signed_in().press("-")
        first = asked(hand).locked
        assert first is not None
        for key in ("8", "enter", "1", "enter"):
            assert asked(hand.press(key)).locked == first

    def test_stands_after_a_power_cut(self) -> None:
        """Given a locked till, when the power is cut, then it says the same afterwards."""
        hand = Hand.signed_in().press("-")
        assert asked(hand.restarted()).locked == asked(hand).locked

    def test_gone_with_the_sign_in(self) -> None:
        """Given a locked till, when somebody signs in and the power is cut, then nobody has locked it."""
        hand = Hand.signed_in().press("-").sign_in()
        assert hand.till.ledger.locked is None
        assert asked(hand.restarted()).locked is None

    def test_fresh_till_was_locked_by_nobody(self) -> None:
        """Given a till that starts for the first time, then the sign-in names nobody."""
        assert (asked(Hand()).locked, asked(Hand()).receipt) == (None, None)

    def test_open_receipt_is_named(self) -> None:
        """Given an open receipt, when the till is locked, then the sign-in says its number and its sum."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).press("-")
        assert asked(hand).receipt == say("sign_in_receipt", number=1, total=Sum(Kopecks(13540)))

    def test_name_is_what_it_is(self) -> None:
        """Given a name with markup, then it is a place of the text and no part of it."""
        hostile = Person("7", "[b]{time}\x1b[2J", 1)
        hand = Hand.signed_in().press("-")
        locked = hand.till.ledger.locked
        assert locked is not None
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, locked=replace(locked, person=hostile)))
        shown = asked(hand).locked
        assert shown is not None
        assert dict(shown.places)["name"] == hostile.name

    def test_scans_do_nothing(self) -> None:
        """Given a locked till with a receipt, when goods are scanned, then that is refused and nothing is sold."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("-").scan(MILK.barcode)
        assert (hand.notice, hand.wrote, len(hand.lines)) == ("scan_sign_in", [], 1)

    def test_with_something_typed_it_is_a_sign(self) -> None:
        """Given a code half typed, when the key of the lock is pressed, then it is typed and nothing locks."""
        assert Hand.signed_in().write("12-3").till.mode == m.Selling("12-3")

    def test_quantity_given_does_not_hinder(self) -> None:
        """Given a quantity before a scan, when the till is locked, then it locks, and the quantity is forgotten."""
        hand = Hand.signed_in().write("3*").press("-")
        assert hand.till.mode == m.EnteringCode()
        assert hand.sign_in().till.mode == m.Selling()

    @pytest.mark.parametrize("keys", [("f10",), ("f5",), ("f7",), ("f6",), ("f4",), ("/",), ("f1",)])
    def test_not_from_a_dialog(self, keys: tuple[str, ...]) -> None:
        """Given something over the sale, when the key of the lock is pressed, then it locks nothing."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press(*keys, "-")
        assert (hand.till.ledger.cashier, "SignedOut" in hand.wrote) == (PETROV, False)

    def test_not_while_a_line_is_on_its_way(self) -> None:
        """Given a line before a gate, when the key of the lock is pressed, then the line is waited for."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode).press("-")
        assert (type(hand.till.mode), hand.wrote) == (m.Passing, [])

    def test_keypad_has_its_own_key(self) -> None:
        """Given the map of the keypad, where `-` is the storno, then `=` locks, in the payment too."""
        rules = Rules(keymap=key_map(preset=PRESETS["numpad"]))
        hand = Hand.signed_in(rules=rules).scan(BREAD.barcode).scan(MILK.barcode).press("-")
        assert hand.lines[1] == ("Молоко", 1000, True)
        assert hand.press("=").till.mode == m.EnteringCode()
        assert hand.sign_in().press("plus", "=").till.mode == m.EnteringCode()


class TestChange:
    def test_receipt_is_the_new_cashiers(self) -> None:
        """Given an open receipt, when another signs in, then it is that one's; lines and selection stay."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).press("up", "-").sign_in(PETROV.code)
        assert hand.wrote == ["SignedIn", "CashierChanged"]
        assert hand.facts[-1] == f.CashierChanged(hand.receipt.identifier, PETROV)
        assert (hand.receipt.cashier, hand.till.ledger.cashier) == (PETROV, PETROV)
        assert (len(hand.lines), hand.till.cursor, hand.till.mode) == (2, 2, m.Selling())

    def test_the_same_again_changes_nothing(self) -> None:
        """Given an open receipt, when the same cashier is back, then no change is written."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("-").sign_in()
        assert hand.wrote == ["SignedIn"]

    def test_no_receipt_no_change(self) -> None:
        """Given no receipt, when another signs in, then only that is written."""
        assert Hand.signed_in().press("-").sign_in(PETROV.code).wrote == ["SignedIn"]

    def test_back_and_forth(self) -> None:
        """Given a receipt that passes through three hands, then each change is written, and the last one has it."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        for person in (PETROV, ORLOV, IVANOVA):
            hand.press("-").sign_in(person.code)
        changes = [own.cashier for own in hand.facts if isinstance(own, f.CashierChanged)]
        assert changes == [PETROV, ORLOV, IVANOVA]
        assert hand.receipt.cashier == IVANOVA

    def test_who_may_not_sign_in_takes_nothing_over(self) -> None:
        """Given an open receipt, when a person who is locked out tries, then the receipt is still the other's."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("-").sign_in(KUZMIN.code)
        assert (hand.wrote, hand.receipt.cashier, hand.till.ledger.cashier) == ([], IVANOVA, None)

    def test_who_confirms_takes_nothing_over(self) -> None:
        """Given a senior's word in an open receipt, then the receipt stays the cashier's."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f4").approve().press("escape")
        assert (hand.receipt.cashier, hand.happened(f.CashierChanged)) == (IVANOVA, [])

    def test_after_a_power_cut(self) -> None:
        """Given an open receipt, when the power is cut and another comes, then it is that one's, for good."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        again = hand.restarted().sign_in(PETROV.code)
        assert again.receipt.cashier == PETROV
        assert again.wrote == ["SignedIn", "CashierChanged"]

    def test_paper_names_the_last(self) -> None:
        """Given a change within the receipt, when it is paid, then paper and copy name who took the money."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("-").sign_in(PETROV.code).press("plus", "enter")
        sent = hand.asked(Print).document
        assert isinstance(sent, Receipt)
        assert cashier_on(sent) == say("paper_cashier", name="Петров")
        assert (hand.till.ledger.last, sent.closed) == (sent, hand.clock.isoformat())

    def test_what_was_done_before_stays_with_who_did_it(self) -> None:
        """Given a storno before the change, then the journal still says who did that."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).press("delete", "-").sign_in(PETROV.code)
        (storno,) = hand.happened(f.LineStornoed)
        assert isinstance(storno, f.LineStornoed)
        assert storno.by == IVANOVA


class TestInPayment:
    def paying(self) -> Hand:
        """Take ten roubles for a loaf."""
        return Hand.signed_in().scan(BREAD.barcode).press("plus").write("10").press("enter")

    def test_lock_and_back(self) -> None:
        """Given a part paid, when the till is locked and the cashier is back, then it is the payment, with its rest."""
        hand = self.paying().press("-")
        assert (hand.till.mode, hand.wrote) == (m.EnteringCode(), ["SignedOut"])
        assert asked(hand).receipt == say("sign_in_receipt", number=1, total=Sum(BREAD.price))
        hand.sign_in()
        assert (hand.till.mode, hand.receipt.rest) == (m.Paying(), 3550)

    def test_with_a_sum_typed(self) -> None:
        """Given a sum half typed, when the till is locked, then it locks: no sum has such a sign."""
        hand = self.paying().write("100").press("-")
        assert (hand.till.mode, hand.receipt.paid) == (m.EnteringCode(), 1000)
        assert hand.sign_in().till.mode == m.Paying()

    def test_another_cashier_takes_the_rest(self) -> None:
        """Given a part paid, when another takes the rest, then the receipt and its paper are that one's."""
        hand = self.paying().press("-").sign_in(PETROV.code)
        assert (hand.wrote, hand.till.mode) == (["SignedIn", "CashierChanged"], m.Paying())
        hand.press("enter")
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.cashier == PETROV
        assert cashier_on(hand.till.ledger.last) == say("paper_cashier", name="Петров")

    def test_card_that_answers_while_nobody_is_there(self) -> None:
        """Given a terminal at work, when the till locks and then it pays, then the receipt is closed."""
        hand = Hand.signed_in(rules=Rules(terminal=True)).scan(BREAD.barcode).press("plus", "f2")
        charge = hand.till.ledger.charge
        assert charge is not None
        hand.give(Ticked(idle=True)).give(CardAnswered(charge.token, "approved"))
        assert hand.till.mode == m.EnteringCode()
        assert hand.till.ledger.last is not None
        assert hand.sign_in(PETROV.code).till.mode == m.Selling()
        assert hand.happened(f.CashierChanged) == []
