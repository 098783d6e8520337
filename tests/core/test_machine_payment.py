"""Payment: exact, with change, in parts, and what is no sum."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Break, OpenDrawer, Print, Signal
from cashier.core.events import Ticked
from cashier.core.money import Kopecks
from cashier.core.receipt import Receipt
from cashier.core.say import Sum, say
from cashier.core.tender import Tender, TenderKind
from tests.core.gates import gate
from tests.core.goods import BREAD, CHEAP, MILK
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES


def paying(typed: str = "") -> Hand:
    """Sell a loaf for 45.50 and strike the subtotal."""
    return Hand.signed_in().scan(BREAD.barcode).press("plus").write(typed)


class TestSubtotal:
    @pytest.mark.parametrize("key", ["plus", "f12"])
    def test_subtotal_opens_payment(self, key: str) -> None:
        """Given lines, when the subtotal is struck, then the payment begins and is written down."""
        hand = Hand.signed_in().scan(BREAD.barcode).press(key)
        assert hand.till.mode == m.Paying()
        assert hand.receipt.in_payment
        assert hand.wrote == ["PaymentBegun"]

    def test_empty_receipt_is_refused(self) -> None:
        """Given no receipt or one where all is storno'd, when the subtotal is struck, then a word says why not."""
        assert Hand.signed_in().press("plus").notice == "receipt_empty"
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete", "plus")
        assert (hand.till.mode, hand.notice) == (m.Selling(), "receipt_empty")

    def test_escape_goes_back_to_the_lines(self) -> None:
        """Given a payment with a sum half typed, when Esc is pressed twice, then the lines can be changed again."""
        assert paying("10").press("escape").till.mode == m.Paying()
        hand = paying("10").press("escape", "escape")
        assert hand.till.mode == m.Selling()
        assert hand.wrote == ["PaymentLeft"]
        assert not hand.receipt.in_payment

    def test_lines_are_frozen(self) -> None:
        """Given a payment, when goods are scanned or storno'd, then nothing is added or taken."""
        hand = paying().scan(MILK.barcode).press("delete", "f4", "f6")
        assert hand.lines == [("Хлеб", 1000, False)]
        assert hand.till.mode == m.Paying()

    def test_panel_keeps_the_sum(self) -> None:
        """Given the trainee's panel over a sum half typed, when a device is broken in it, then the sum is as it was."""
        hand = Hand.signed_in(rules=SAMPLES).scan(BREAD.barcode).press("plus").write("5").press("f3")
        assert hand.till.mode == m.Panel(m.Paying("5"))
        hand.press("3")
        assert hand.effects == (Break("printer", "out_of_paper"),)
        assert hand.press("backspace", "5").till.mode == m.Paying("5")
        assert paying("5").press("f3").till.mode == m.Paying("5")

    def test_panel_opens_at_the_row_taken_last(self) -> None:
        """Given a row of the panel that was taken, when the panel is opened again, then it stands there."""
        hand = Hand.signed_in(rules=SAMPLES).press("f3", "3", "f3")
        assert hand.till.mode == m.Panel(m.Selling(), 2)

    def test_help_keeps_the_sum(self) -> None:
        """Given a sum half typed, when help is opened and closed, then the sum is as it was."""
        assert paying("5").press("f1", "escape").till.mode == m.Paying("5")


class TestCash:
    def test_empty_entry_is_exact(self) -> None:
        """Given a payment, when Enter is pressed, then the exact sum is taken and the receipt is closed."""
        hand = paying().press("enter")
        assert hand.wrote == ["TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert hand.till.ledger.receipt is None
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.tenders == (Tender(TenderKind.CASH, BREAD.price),)
        assert (hand.till.mode, hand.till.cursor) == (m.Selling(), 0)
        assert hand.farewell == (1, BREAD.price, Kopecks(0))

    def test_change(self) -> None:
        """Given 45.50 to pay, when 100 is typed, then the change is 54.50, written and shown."""
        hand = paying("100").press("enter")
        closed = next(fact for fact in hand.facts if isinstance(fact, f.ReceiptClosed))
        assert (closed.total, closed.change) == (4550, 5450)
        assert hand.farewell == (1, BREAD.price, Kopecks(5450))

    def test_kopecks(self) -> None:
        """Given 45.50 to pay, when 45.5 is typed, then it is exact."""
        hand = paying("45.5").press("enter")
        assert hand.farewell == (1, BREAD.price, Kopecks(0))

    def test_in_parts(self) -> None:
        """Given 45.50 to pay, when 20 and then 30 are given, then the change is 4.50."""
        hand = paying("20").press("enter")
        assert hand.till.mode == m.Paying()
        assert hand.receipt.rest == 2550
        assert hand.wrote == ["TenderTaken"]
        assert Signal(accepted=True) in hand.effects
        hand.write("30").press("enter")
        assert hand.farewell == (1, BREAD.price, Kopecks(450))

    def test_rest_is_exact_after_a_part(self) -> None:
        """Given a part paid, when Enter is pressed, then the rest is taken."""
        hand = paying("20").press("enter", "enter")
        assert hand.till.ledger.last is not None
        assert [tender.amount for tender in hand.till.ledger.last.tenders] == [2000, 2550]

    @pytest.mark.parametrize("typed", ["0", ".", "0.00", "1.234"])
    def test_no_sum_is_refused(self, typed: str) -> None:
        """Given zero or no sum, when Enter is pressed, then a word says so and nothing is taken."""
        hand = paying(typed).press("enter")
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Paying(typed), "sum_bad", [])

    def test_letters_are_refused(self) -> None:
        """Given a payment, when a letter is typed, then there is a tone and no letter."""
        hand = paying("1").press("я", "asterisk")
        assert hand.till.mode == m.Paying("1")
        assert hand.effects == (Signal(accepted=False),)

    def test_slip_is_erased(self) -> None:
        """Given a sum, when its last digit is erased, then the rest counts."""
        assert paying("100").press("backspace").till.mode == m.Paying("10")

    def test_code_typed_for_a_sum(self) -> None:
        """Given a barcode in the place of a sum, when Enter is pressed, then it is not taken."""
        hand = paying(BREAD.barcode).press("enter")
        assert (hand.notice or hand.problem) in {"sum_bad", "sum_too_big"}
        assert hand.wrote == []
        assert hand.receipt.tenders == ()

    def test_too_much_change_is_refused(self) -> None:
        """Given a sum with more than 100,000 roubles of change, when Enter is pressed, then a popup refuses."""
        hand = paying("100045.51").press("enter")
        assert hand.problem == "sum_too_big"
        assert hand.press("escape").till.mode == m.Paying()
        assert paying("100045.50").press("enter").problem == ""

    def test_too_much_change_counts_from_the_rest(self) -> None:
        """Given a part paid, when a sum is too great for the rest, then it is refused."""
        assert paying("20").press("enter").write("100025.51").press("enter").problem == "sum_too_big"

    def test_receipt_of_nothing_to_pay(self) -> None:
        """Given goods whose sum rounds to nothing, when Enter is pressed, then the receipt is closed."""
        for typed in ("", "0"):
            hand = Hand.signed_in().write("0.1*").scan(CHEAP.barcode).press("plus").write(typed).press("enter")
            assert hand.farewell == (1, Kopecks(0), Kopecks(0))


class TestGivingBack:
    """A buyer who has paid a part and cannot pay the rest."""

    def asked(self) -> Hand:
        """Pay 20 of 45.50, then want to leave the payment."""
        return paying("20").press("enter", "escape")

    def test_question_names_the_money(self) -> None:
        """Given a part paid, when Esc is pressed, then it is asked whether to give it back, and nothing happens yet."""
        hand = self.asked()
        question = say("give_back_question", paid=Sum(Kopecks(2000)))
        assert hand.till.mode == m.Confirming(question, m.Purpose.GIVE_BACK, m.Paying())
        assert (hand.wrote, hand.receipt.paid) == ([], 2000)

    def test_enter_gives_it_back(self) -> None:
        """Given the question, when Enter is pressed, then the return is written, the drawer opens, the lines stand."""
        hand = self.asked().press("enter")
        identifier, at = hand.receipt.identifier, hand.till.now.isoformat()
        returned = f.TendersReturned(identifier, Kopecks(2000), at)
        assert hand.facts[-2:] == [returned, f.PaymentLeft(identifier)]
        assert hand.wrote == ["TendersReturned", "PaymentLeft"]
        assert hand.till.mode == m.Telling(say("given_back", paid=Sum(Kopecks(2000))))
        assert hand.effects[1:] == (OpenDrawer(), Signal(accepted=True))
        assert (hand.receipt.paid, hand.receipt.in_payment) == (0, False)

    def test_sum_stands_until_it_is_read(self) -> None:
        """Given money to give back, when keys or goods come, then its sum stands; Enter or Esc brings the lines."""
        hand = self.asked().press("enter")
        assert isinstance(hand.till.mode, m.Telling)
        telling = replace(hand.till.mode, stray=True)
        assert hand.press("1", "plus", "delete", "f10", "f4").till.mode == telling
        assert hand.effects == (Signal(accepted=False),)
        hand.scan(MILK.barcode)
        assert (hand.till.mode, hand.notice, len(hand.lines)) == (telling, "scan_in_popup", 1)
        for key in ("enter", "escape"):
            assert self.asked().press("enter", key).till.mode == m.Selling()

    def test_lock_closes_it(self) -> None:
        """Given money to give back, when the till locks itself, then the next one in stands at the lines."""
        hand = self.asked().press("enter").give(Ticked(idle=True)).sign_in()
        assert (hand.till.mode, hand.receipt.paid) == (m.Selling(), 0)

    def test_receipt_is_paid_anew_after_it(self) -> None:
        """Given money given back, when goods go and the rest is paid, then only the new money counts."""
        hand = self.asked().press("enter", "enter").scan(MILK.barcode).press("up", "delete", "plus", "enter")
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.tenders == (Tender(TenderKind.CASH, MILK.price),)
        assert hand.farewell == (1, MILK.price, Kopecks(0))

    def test_all_that_was_taken_is_given_back(self) -> None:
        """Given two parts, when they are given back, then it is their sum."""
        hand = paying("20").press("enter").write("10").press("enter", "escape", "enter")
        (fact,) = hand.happened(f.TendersReturned)
        assert isinstance(fact, f.TendersReturned)
        assert fact.amount == 3000

    def test_escape_goes_on_with_the_payment(self) -> None:
        """Given the question, when Esc is pressed, then the rest is still to be paid."""
        hand = self.asked().press("escape")
        assert (hand.till.mode, hand.wrote, hand.receipt.rest) == (m.Paying(), [], 2550)

    def test_sum_half_typed_goes_first(self) -> None:
        """Given a part paid and a sum half typed, when Esc is pressed, then it is erased without a question."""
        assert paying("20").press("enter").write("5").press("escape").till.mode == m.Paying()

    def test_receipt_that_is_gone_has_no_money(self) -> None:
        """Given the question without its receipt, when Enter is pressed, then nothing is written."""
        hand = Hand.signed_in()
        hand.till = replace(hand.till, mode=m.Confirming(say("?"), m.Purpose.GIVE_BACK, m.Paying()))
        hand.press("enter")
        assert (hand.till.mode, hand.effects) == (m.Selling(), ())

    def test_power_cut_after_it(self) -> None:
        """Given money given back, when the power is cut, then the same receipt stands at its lines, with no money."""
        hand = self.asked().press("enter")
        again = hand.restarted().sign_in()
        assert (again.till.mode, again.receipt) == (m.Selling(), hand.receipt)


class TestClosing:
    def test_gates_hear_of_it_in_the_closing_record(self) -> None:
        """Given two gates, when the receipt is paid, then tender, closing, messages and paper are one record."""
        hand = Hand.signed_in(gate("first"), gate("second")).scan(BREAD.barcode).press("plus", "enter")
        assert hand.wrote == ["TenderTaken", "ReceiptClosed", "MessageQueued", "MessageQueued", "PrintBegun"]
        bodies = [fact.body for fact in hand.facts if isinstance(fact, f.MessageQueued)]
        assert bodies[-2:] == ["first completed 1", "second completed 1"]

    def test_paper_has_the_whole_receipt_and_opens_the_drawer(self) -> None:
        """Given a payment, when it is complete, then it is printed with its tenders under the written token."""
        hand = paying("100").press("enter")
        (paper,) = (effect for effect in hand.effects if isinstance(effect, Print))
        begun = hand.facts[-1]
        assert begun == f.PrintBegun(paper.token, paper.document.identifier, copy=False)
        assert isinstance(paper.document, Receipt)
        assert (paper.copy, paper.document.change) == (False, 5450)
        assert hand.effects[1:] == (Signal(accepted=True), OpenDrawer(), paper)

    @pytest.mark.parametrize(("price", "opens"), [("", False), ("5", True)])
    def test_drawer_stays_shut_where_no_cash_is(self, price: str, *, opens: bool) -> None:
        """Given goods for nothing, when the receipt is closed, then the drawer opens only if money was given."""
        hand = Hand.signed_in().write("0.1*").scan(CHEAP.barcode).press("plus").write(price).press("enter")
        assert hand.farewell is not None
        assert (OpenDrawer() in hand.effects) == opens

    def test_receipt_knows_when_it_was_paid(self) -> None:
        """Given a receipt opened at noon, when it is paid, then it has the time of that, and the paper has it too."""
        hand = paying().wait(600).press("enter")
        last, at = hand.till.ledger.last, hand.clock.isoformat()
        assert last is not None
        assert (last.closed, last.closed > last.opened) == (at, True)
        assert hand.asked(Print).document == last

    @pytest.mark.parametrize("key", ["1", "f9", "escape"])
    def test_total_stays_until_the_next_key(self, key: str) -> None:
        """Given a closed receipt, when a key is pressed, whatever it is, then total and change go."""
        assert paying().press("enter", key).till.farewell is None

    def test_total_stays_until_the_next_scan(self) -> None:
        """Given a closed receipt, when goods are scanned, then total and change go and a new receipt begins."""
        hand = paying().press("enter").scan(MILK.barcode)
        assert hand.till.farewell is None
        assert hand.lines == [("Молоко", 1000, False)]
