"""Signing in, out, and back into the receipt that was open."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Person
from cashier.core.effects import CheckPassword
from cashier.core.events import PasswordChecked, Ticked
from cashier.core.money import Kopecks
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.view import view
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA, KUZMIN, MILK, PETROV
from tests.core.hand import Hand


def who_left(hand: Hand) -> Say | None:
    """Return what the sign-in says of whoever left the till."""
    asked = view(hand.till).sign_in
    return asked.locked if asked else None


class TestSigningIn:
    def test_code_and_password_open_the_sale(self) -> None:
        """Given nobody at the till, when code and password fit, then the sale screen stands at once."""
        hand = Hand().sign_in()
        assert hand.till.mode == m.Selling()
        assert hand.till.ledger.cashier == IVANOVA
        assert hand.facts == [f.SignedIn(IVANOVA)]

    def test_wrong_password_starts_over(self) -> None:
        """Given a code, when the password is wrong, then it is written down and the code is asked again."""
        hand = Hand().write("7").press("enter").write("9").press("enter")
        assert hand.till.mode == m.EnteringCode()
        assert hand.notice == "sign_in_refused"
        assert hand.facts == [f.SignInRefused("7")]

    def test_what_is_nobodys_code_is_not_written_down(self) -> None:
        """Given a password typed where the code belongs, when it is refused, then the journal does not have it."""
        hand = Hand().write("1111").press("enter").write("7").press("enter")
        assert (hand.till.mode, hand.notice) == (m.EnteringCode(), "sign_in_refused")
        assert hand.facts == [f.SignInRefused("")]

    def test_answer_about_another_code_is_not_taken(self) -> None:
        """Given a password being compared, when one about another comes, then nobody is in; a wrong one counts."""
        hand = Hand()
        hand.answers_at_once = False
        hand.sign_in().give(PasswordChecked("8", PETROV))
        assert (hand.till.mode, hand.facts) == (m.CheckingPassword("7"), [])
        hand.give(PasswordChecked("8", None))
        assert (hand.till.mode, hand.facts) == (m.CheckingPassword("7"), [f.SignInRefused("8")])

    def test_keys_do_nothing_while_the_password_is_compared(self) -> None:
        """Given a password being compared, when keys are pressed, then nothing happens."""
        hand = Hand()
        hand.answers_at_once = False
        assert hand.sign_in().press("escape", "enter", "1").till.mode == m.CheckingPassword("7")

    def test_empty_code_is_not_accepted(self) -> None:
        """Given an empty code, when Enter is pressed, then the code is still asked."""
        assert Hand().press("enter").till.mode == m.EnteringCode()

    def test_escape_clears_code_and_leaves_password(self) -> None:
        """Given a code or a password in work, when Esc is pressed, then the code is asked afresh."""
        assert Hand().write("78").press("escape").till.mode == m.EnteringCode()
        assert Hand().write("7").press("enter").write("11").press("escape").till.mode == m.EnteringCode()

    def test_backspace_erases(self) -> None:
        """Given a slip in code and password, when it is erased, then what remains counts."""
        hand = Hand().write("78").press("backspace", "enter").write("11112").press("backspace", "enter")
        assert hand.till.ledger.cashier == IVANOVA

    def test_help_comes_back_to_the_code(self) -> None:
        """Given a code half typed, when help is opened and closed, then the code is as it was."""
        assert Hand().write("1").press("f1", "f1").till.mode == m.EnteringCode("1")

    def test_keys_of_the_sale_are_letters_or_nothing_here(self) -> None:
        """Given sign-in, when keys of the sale are pressed, then no receipt and no menu opens."""
        assert Hand().press("f10", "delete", "f4", "f12", "f3").till.mode == m.EnteringCode()
        assert Hand().write("7").press("enter", "f10", "f1").till.mode == m.EnteringPassword("7")

    def test_password_stands_in_no_repr(self) -> None:
        """Given a password in work, when state or effect is printed, then it does not show."""
        hand = Hand().write("7").press("enter").write("secret")
        assert "secret" not in repr(hand.till)
        assert "secret" not in repr(CheckPassword("7", "secret"))
        assert "7" in repr(CheckPassword("7", "secret"))
        assert "7" in repr(hand.till.mode)


class TestLeaving:
    def test_lock_from_the_menu_keeps_the_receipt(self) -> None:
        """Given an open receipt, when the till is locked, then another cashier goes on with it."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f10", "9")
        assert hand.till.mode == m.EnteringCode()
        assert hand.wrote == ["SignedOut"]
        assert hand.facts[-1] == f.SignedOut(IVANOVA, at=hand.till.now.isoformat())
        hand.sign_in(PETROV.code).scan(MILK.barcode)
        assert [name for name, _, _ in hand.lines] == ["Хлеб", "Молоко"]
        assert hand.till.ledger.cashier == PETROV
        assert hand.receipt.cashier == PETROV
        assert hand.happened(f.CashierChanged) == [f.CashierChanged(hand.receipt.identifier, PETROV)]

    def test_idle_locks(self) -> None:
        """Given a signed-in till, when the idle limit runs out, then it is locked and says so."""
        hand = Hand.signed_in().scan(BREAD.barcode).give(Ticked(idle=True))
        assert hand.till.mode == m.EnteringCode()
        assert who_left(hand) == say("locked_idle", name=IVANOVA.name, time=Moment(hand.till.now.isoformat()))
        assert hand.facts[-1] == f.SignedOut(IVANOVA, idle=True, at=hand.till.now.isoformat())

    def test_sign_in_says_who_locked_until_somebody_is_in(self) -> None:
        """Given a till locked by hand, then the sign-in says who and when, after a power cut too, until a sign-in."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("-")
        locked = say("locked_by", name=IVANOVA.name, time=Moment(hand.till.now.isoformat()))
        assert who_left(hand) == who_left(hand.restarted()) == locked
        hand.sign_in(PETROV.code)
        assert hand.till.ledger.locked is None

    def test_who_may_not_sign_in_is_told_so(self) -> None:
        """Given somebody who may only confirm for others, when code and password fit, then the till stays locked."""
        hand = Hand().sign_in(KUZMIN.code)
        assert (hand.till.mode, hand.notice, hand.facts) == (m.EnteringCode(), "person_may_not_sign_in", [])

    def test_idle_locks_payment_and_comes_back_to_it(self) -> None:
        """Given a payment, when the till locks and the cashier is back, then it is the payment."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus").give(Ticked(idle=True)).sign_in()
        assert hand.till.mode == m.Paying()

    def test_idle_is_nothing_to_a_till_nobody_is_at(self) -> None:
        """Given sign-in, when the idle limit runs out, then nothing is written, and help stays."""
        assert Hand().give(Ticked(idle=True)).effects == ()
        assert Hand().press("f1").give(Ticked(idle=True)).till.mode == m.Helping(m.EnteringCode())

    @pytest.mark.parametrize("keys", [("7",), ("7", "enter"), ("7", "enter", "1", "1")])
    def test_idle_clears_what_is_typed_at_the_sign_in(self, keys: tuple[str, ...]) -> None:
        """Given a code or a password half typed, when its owner has gone away, then nobody goes on with it."""
        hand = Hand().press(*keys).give(Ticked(idle=True))
        assert (hand.till.mode, hand.effects) == (m.EnteringCode(), ())
        assert hand.sign_in().till.mode == m.Selling()

    def test_sign_in_after_a_cut_is_not_idle_locked(self) -> None:
        """Given a journal that ends inside a receipt, when nobody has signed in yet, then idling writes nothing."""
        hand = Hand.signed_in().scan(BREAD.barcode).restarted()
        hand.answers_at_once = False
        hand.sign_in().give(Ticked(idle=True))
        assert hand.till.mode == m.CheckingPassword("7")
        assert hand.wrote == []

    def test_idle_waits_for_a_line_on_its_way(self) -> None:
        """Given a line before a gate, when the idle limit runs out, then the line is not lost."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        before = hand.till.mode
        assert hand.give(Ticked(idle=True)).till.mode == before

    @pytest.mark.parametrize("phase", ["enter", "release"])
    def test_idle_gives_a_question_up(self, phase: str) -> None:
        """Given a question nobody answers, when the idle limit runs out, then it is given up and the till locks."""
        hand = Hand.signed_in(gate("first"), gate("asks", **{phase: "choose"})).scan(BREAD.barcode)
        before = [] if phase == "enter" else hand.lines
        _ = hand if phase == "enter" else hand.press("delete")
        assert isinstance(hand.till.mode, m.Passing)
        hand.give(Ticked(idle=True))
        assert who_left(hand) == say("locked_idle", name=IVANOVA.name, time=Moment(hand.till.now.isoformat()))
        assert hand.lines == before
        assert hand.facts[-1] == f.SignedOut(IVANOVA, idle=True, at=hand.till.now.isoformat())
        assert hand.sign_in().till.mode == m.Selling()

    def test_idle_gives_a_question_under_the_panel_up(self) -> None:
        """Given the trainee's panel over a gate's question, when the idle limit runs out, then the till locks, too."""
        hand = Hand.signed_in(gate(enter="choose"))
        hand.till = replace(hand.scan(BREAD.barcode).till, mode=m.Panel(hand.till.mode))
        assert hand.give(Ticked(idle=True)).till.mode == m.EnteringCode()

    def test_idle_puts_right_what_the_question_left_open(self) -> None:
        """Given a gate that reserved and then asks, when nobody answers, then what it did is put right, durably."""
        hand = Hand.signed_in(gate("stock", enter="do choose")).scan(BREAD.barcode).reply().give(Ticked(idle=True))
        assert hand.wrote == ["IntentSettled", "MessageQueued", "SignedOut"]
        assert hand.settled == {"stock enter 0": "compensated"}
        assert hand.till.ledger.intents == ()

    def test_idle_waits_for_the_gates_it_leaves(self) -> None:
        """Given a question behind a gate that lets go outside, when it is given up, then the lock waits for the end."""
        hand = Hand.signed_in(gate("stock", leave="do"), gate("asks", enter="choose")).scan(BREAD.barcode)
        hand.give(Ticked(idle=True))
        assert (type(hand.till.mode), hand.till.ledger.cashier) == (m.Passing, IVANOVA)
        hand.reply()
        assert (type(hand.till.mode), hand.till.ledger.cashier) == (m.Selling, IVANOVA)
        assert hand.give(Ticked(idle=True)).till.mode == m.EnteringCode()

    def test_clock_does_not_lock(self) -> None:
        """Given a sale, when a minute passes, then only the clock moves."""
        hand = Hand.signed_in().write("12")
        then = hand.till.now
        hand.give(Ticked())
        assert hand.till.mode == m.Selling("12")
        assert hand.till.now > then


class TestParting:
    """A till that locked itself while the buyer of the last receipt still waits for the change."""

    def locked(self) -> Hand:
        """Pay 45.50 with 100, then do nothing until the till locks."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus").write("100").press("enter")
        return hand.give(Ticked(idle=True))

    def test_change_stands_at_the_sign_in(self) -> None:
        """Given a receipt just paid, when the till locks itself, then the sign-in still says its number and change."""
        asked = view(self.locked().till).sign_in
        assert asked is not None
        assert asked.receipt == say("sign_in_paid", number=1, change=Sum(Kopecks(5450)))

    @pytest.mark.parametrize("cashier", [IVANOVA, PETROV])
    def test_change_stands_after_the_sign_in(self, cashier: Person) -> None:
        """Given that lock, when somebody signs in, then total and change stand again until the next key."""
        hand = self.locked().sign_in(cashier.code)
        assert hand.farewell == (1, BREAD.price, Kopecks(5450))
        assert hand.press("1").farewell is None

    def test_change_stands_after_a_power_cut(self) -> None:
        """Given a receipt just paid, when the power is cut, then the sign-in says the change, and the sale after it."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus").write("100").press("enter").restarted()
        asked = view(hand.till).sign_in
        assert asked is not None
        assert asked.receipt == say("sign_in_paid", number=1, change=Sum(Kopecks(5450)))
        assert hand.sign_in().farewell == (1, BREAD.price, Kopecks(5450))

    def test_who_leaves_by_hand_has_given_the_change(self) -> None:
        """Given a receipt just paid, when the cashier is changed by hand, then its change is nowhere any more."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter", "f10", "9")
        asked = view(hand.till).sign_in
        assert asked is not None
        assert asked.receipt is None
        assert hand.sign_in().farewell is None

    def test_leaving_by_hand_ends_it_after_a_lock(self) -> None:
        """Given a lock and a sign-in, when the cashier then leaves by hand, then nothing is told at the next one."""
        assert self.locked().sign_in().press("f10", "9").sign_in().farewell is None

    def test_next_receipt_ends_it(self) -> None:
        """Given the next receipt begun and given up, when the till locks itself, then the last change is not told."""
        hand = (
            Hand.signed_in()
            .scan(BREAD.barcode)
            .press("plus", "enter")
            .scan(MILK.barcode)
            .press("f4")
            .approve()
            .press("enter")
        )
        asked = view(hand.give(Ticked(idle=True)).till).sign_in
        assert asked is not None
        assert asked.receipt is None

    def test_open_receipt_is_told_first(self) -> None:
        """Given a receipt in work after a paid one, when the till locks itself, then the one in work is told."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter").scan(MILK.barcode).give(Ticked(idle=True))
        asked = view(hand.till).sign_in
        assert asked is not None
        assert asked.receipt == say("sign_in_receipt", number=2, total=Sum(MILK.price))


class TestAfterAPowerCut:
    def test_same_receipt_after_sign_in(self) -> None:
        """Given lines, a storno and a new quantity, when the power is cut, then sign-in shows the same receipt."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).press("delete").write("2*").scan(BREAD.barcode)
        again = hand.restarted()
        assert isinstance(again.till.mode, m.EnteringCode)
        again = again.sign_in()
        assert again.till.ledger.receipt == hand.till.ledger.receipt
        assert again.till.mode == m.Selling()
        assert again.till.cursor == 2

    def test_same_payment_after_sign_in(self) -> None:
        """Given a part paid, when the power is cut, then sign-in shows the payment with its tender."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus").write("10").press("enter")
        again = hand.restarted().sign_in()
        assert again.till.mode == m.Paying()
        assert again.receipt == hand.receipt
        assert again.receipt.rest == 3550

    def test_numbers_go_on(self) -> None:
        """Given a closed receipt, when the power is cut, then the next receipt has the next number of the shift."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")
        again = hand.restarted().sign_in().scan(BREAD.barcode)
        assert (again.receipt.number, again.receipt.shift) == (2, 1)
        assert again.happened(f.ShiftOpened) == []
        assert again.till.ledger.last == hand.till.ledger.last

    def test_sign_in_with_no_receipt_selects_nothing(self) -> None:
        """Given no receipt, when a cashier signs in, then no line is selected."""
        assert Hand().sign_in().till.cursor == 0
