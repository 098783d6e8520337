"""Payment by card: sums, outcomes, and Esc while the terminal is at work."""

from typing import Literal

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import AskTerminal, CancelCharge, Charge, OpenDrawer, Signal
from cashier.core.events import CardAnswered, Scanned
from cashier.core.money import Kopecks
from cashier.core.samples import Sample
from cashier.core.say import Moment, Sum, say
from cashier.core.state import Rules
from cashier.core.tender import Tender, TenderKind
from tests.core.bank import AT_COUNTER, SLIP, Counter, sums, waiting
from tests.core.goods import BREAD
from tests.core.hand import SCANNER

CARD, CASH = TenderKind.CARD, TenderKind.CASH


class TestSums:
    def test_empty_entry_is_the_rest(self) -> None:
        """Given a payment, when F2 is pressed, then the rest is asked of the terminal, under an intent before it."""
        hand = waiting()
        (effect,) = (effect for effect in hand.effects if isinstance(effect, Charge))
        at = hand.clock.isoformat()
        begun = f.ChargeBegun(effect.token, hand.receipt.identifier, BREAD.price, at)
        assert (hand.facts[-1], hand.wrote, effect.amount) == (begun, ["ChargeBegun"], BREAD.price)
        assert (hand.till.mode, hand.till.ledger.charge) == (m.Charging("waiting"), begun)

    def test_entry_is_a_part(self) -> None:
        """Given a sum typed, when F2 is pressed, then that part is asked for; the rest is to be paid after it."""
        hand = waiting("20.50").card()
        assert (hand.till.mode, hand.receipt.rest, hand.wrote) == (m.Paying(), 2500, ["ChargeEnded", "TenderTaken"])
        assert Signal(accepted=True) in hand.effects

    def test_more_than_the_rest_is_refused(self) -> None:
        """Given a kopeck more than the rest typed, when F2 is pressed, then nothing is asked: cards give no change."""
        hand = waiting("45.51")
        assert hand.till.notice == say("card_too_much", rest=Sum(BREAD.price))
        assert (hand.till.mode, hand.wrote, hand.orders) == (m.Paying("45.51"), [], [])
        assert Counter.paying("20").press("enter").write("25.51").press("f2").notice == "card_too_much"
        assert waiting("45.50").orders

    @pytest.mark.parametrize("typed", ["0", "0.00", ".", "1.234", "99999999999999999999"])
    def test_no_sum_is_refused(self, typed: str) -> None:
        """Given zero or no sum, when F2 is pressed, then a word says so and nothing is asked."""
        hand = waiting(typed)
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Paying(typed), "sum_bad", [])

    def test_nothing_to_pay_is_no_charge(self) -> None:
        """Given a receipt whose sum rounds to nothing, when F2 is pressed, then no terminal is asked for nothing."""
        hand = Counter(rules=AT_COUNTER)
        hand.sign_in().write("0.1*").scan("2300007").press("plus", "f2")
        assert (hand.notice, hand.orders, hand.receipt.total) == ("sum_bad", [], 0)

    def test_cash_then_card(self) -> None:
        """Given a part in cash, when the rest is paid by card, then the receipt is closed without change."""
        hand = Counter.paying("20").press("enter", "f2").card()
        assert (sums(hand), hand.last.change) == ([(CASH, 2000), (CARD, 2550)], 0)
        assert OpenDrawer() in hand.effects

    def test_card_then_cash_with_change(self) -> None:
        """Given a part by card, when more than the rest is given in cash, then the change is out of the cash."""
        hand = waiting("20").card().write("100").press("enter")
        assert (sums(hand), hand.last.change) == ([(CARD, 2000), (CASH, 10000)], 7450)
        assert hand.last.tendered == {CASH: 2550, CARD: 2000}
        assert hand.till.ledger.drawer == 2550

    def test_two_cards(self) -> None:
        """Given a part by one card, when the rest is paid by another, then both tenders know their own charge."""
        hand = waiting("20").card().press("f2").card()
        assert sums(hand) == [(CARD, 2000), (CARD, 2550)]
        assert [tender.token for tender in hand.last.tenders] == hand.orders
        assert len(set(hand.orders)) == 2

    def test_card_alone_leaves_the_drawer_shut(self) -> None:
        """Given the whole sum by card, when it is approved, then tender, closing and paper are one commit."""
        hand = waiting().answer("approved", slip=SLIP)
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert hand.last.tenders == (Tender(CARD, BREAD.price, hand.orders[0], SLIP),)
        assert OpenDrawer() not in hand.effects
        assert hand.farewell == (1, BREAD.price, Kopecks(0))
        assert (hand.till.mode, hand.till.ledger.charge) == (m.Selling(), None)
        assert (hand.till.cursor, Signal(accepted=True) in hand.effects) == (0, True)


class TestOutcomes:
    def test_declined_with_its_words(self) -> None:
        """Given a charge, when it is declined, then the terminal's words are in the popup and in the journal."""
        hand = waiting().answer("declined", "[/red] нет денег")
        popup = hand.till.mode
        assert isinstance(popup, m.Popup)
        assert popup.reason == say("card_declined", sum=Sum(BREAD.price))
        assert popup.advice == say("card_reason", reason="[/red] нет денег")
        assert hand.facts[-1] == f.ChargeEnded(hand.orders[0], "declined", "[/red] нет денег")
        assert hand.press("enter").till.mode == m.Paying()
        assert (hand.receipt.tenders, hand.till.ledger.charge) == ((), None)

    def test_declined_without_words(self) -> None:
        """Given a charge, when it is declined without a word, then our own advice stands in the popup."""
        hand = waiting().answer("declined")
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.advice == say("card_declined_advice")

    def test_declined_is_tried_anew(self) -> None:
        """Given a declined charge, when F2 is pressed again, then it is another charge with a token of its own."""
        hand = waiting().card("declined").press("enter", "f2")
        assert len(set(hand.orders)) == 2
        assert sums(hand.card()) == [(CARD, 4550)]

    def test_absent_is_not_charged(self) -> None:
        """Given a charge that never reached the terminal, when it is asked, then nothing is taken."""
        hand = waiting().answer("unknown").answer("absent")
        assert (hand.problem, hand.facts[-1]) == ("card_declined", f.ChargeEnded(hand.orders[0], "absent"))

    def test_pending_is_asked_again(self) -> None:
        """Given an operation under way, when the terminal says so, then it is asked again until it has ended."""
        hand = waiting().answer("unknown").answer("pending")
        assert [type(effect) for effect in hand.effects] == [AskTerminal]
        assert hand.answer("pending").asked(AskTerminal).token == hand.orders[0]
        assert sums(hand.card()) == [(CARD, 4550)]

    def test_unknown_is_asked_once_by_itself(self) -> None:
        """Given a charge, when nobody knows its outcome, then the terminal is asked; only then is a person."""
        hand = waiting().answer("unknown")
        assert [type(effect) for effect in hand.effects] == [AskTerminal]
        assert (hand.asked(AskTerminal).token, hand.till.mode) == (hand.orders[0], m.Charging("asking"))
        hand.answer("unknown")
        assert hand.effects == (Signal(accepted=False),)
        assert hand.till.notice == say("terminal_silent", time=Moment(hand.clock.isoformat()))
        assert (hand.till.mode, hand.till.ledger.charge) == (m.Charging("silent"), hand.charge)
        assert [own.topic for own in hand.till.conditions] == ["terminal"]

    def test_each_silence_is_said_with_its_time(self) -> None:
        """Given a silent terminal, when it is asked again and is silent, then the line has the later time."""
        hand = waiting().answer("unknown").answer("unknown")
        first = hand.till.notice
        assert hand.press("1").till.notice is None
        hand.wait(60).answer("unknown")
        assert hand.till.notice == say("terminal_silent", time=Moment(hand.clock.isoformat())) != first

    def test_word_of_the_wait_goes_with_it(self) -> None:
        """Given «wait for the terminal» said, when it answers, then that is not said any more."""
        hand = waiting("20").press("enter")
        assert hand.notice == "wait_terminal"
        assert hand.card().notice == ""

    @pytest.mark.parametrize("outcome", ["approved", "declined", "absent", "pending", "unknown"])
    def test_unknown_token_changes_nothing(
        self, outcome: Literal["approved", "declined", "absent", "pending", "unknown"]
    ) -> None:
        """Given a charge, when an answer to another comes, then mode and ledger are as they were."""
        hand = waiting()
        before = hand.till
        hand.give(CardAnswered("another", outcome))
        assert (hand.till.mode, hand.till.ledger, hand.wrote) == (before.mode, before.ledger, [])

    def test_approved_twice_is_one_tender(self) -> None:
        """Given an approved part, when the same answer comes again, then nothing is taken and nothing is said."""
        hand = waiting("20").card()
        hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert (hand.wrote, hand.receipt.paid, hand.till.warning) == ([], 2000, None)
        hand.press("enter").give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert (hand.wrote, hand.till.warning) == ([], None)


class TestEscape:
    @pytest.mark.parametrize("answers", [0, 1])
    def test_escape_asks_to_stop(self, answers: int) -> None:
        """Given a wait for the terminal, when Esc is pressed, then it is told to stop; the wait goes on as it was."""
        hand = waiting()
        for _ in range(answers):
            hand.answer("unknown")
        hand.press("escape")
        assert (hand.effects, hand.wrote, hand.stage) == ((CancelCharge(),), [], ["waiting", "asking"][answers])
        assert hand.till.ledger.charge is not None

    def test_buyer_was_faster(self) -> None:
        """Given Esc pressed too late, when the terminal has charged, then the money counts."""
        hand = waiting()
        hand.terminal.end("approved")
        assert sums(hand.press("escape").card()) == [(CARD, 4550)]

    def test_stopped_in_time(self) -> None:
        """Given Esc pressed in time, when the terminal answers, then nothing is taken."""
        hand = waiting().press("escape").card()
        assert (hand.problem, hand.counted, hand.terminal.charged) == ("card_declined", 0, 0)

    def test_no_other_key_gets_through(self) -> None:
        """Given a wait for the terminal, when other keys and scans come, then nothing but a tone and a word."""
        keys = ("enter", "f2", "plus", "1", "2", "3", "f1", "f3", "f4", "f10", "f11", "-", "?", "/", "delete", "я")
        hand = waiting()
        for key in keys:
            hand.press(key)
            assert (hand.till.mode, hand.notice) == (m.Charging("waiting"), "wait_terminal")
            assert hand.effects == (Signal(accepted=False),)
        hand.give(Scanned(SCANNER, 7, BREAD.barcode.encode()))
        assert (hand.notice, hand.wrote, hand.orders) == ("scan_in_payment", [], [hand.charge.token])


class TestPanel:
    """The trainee's panel over the wait: there the terminal's faults are switched."""

    TRAINING = Rules(terminal=True, training=True, samples=(Sample("Хлеб", BREAD.barcode.encode()),))

    @pytest.mark.parametrize("answers", [0, 1, 2])
    def test_it_opens_and_goes(self, answers: int) -> None:
        """Given a wait or a silent terminal, when F3 is pressed, then the panel opens, and Esc leads back."""
        hand = Counter.paying(rules=self.TRAINING).press("f2")
        for _ in range(answers):
            hand.answer("unknown")
        before = hand.till.mode
        assert hand.press("f3").till.mode == m.Panel(before)
        assert (hand.press("escape").till.mode, hand.wrote) == (before, [])

    def test_it_opens_in_the_payment(self) -> None:
        """Given a sum typed, when the panel is opened and left, then the sum still stands."""
        hand = Counter.paying("20", rules=self.TRAINING).press("f3")
        assert hand.till.mode == m.Panel(m.Paying("20"))
        assert hand.press("escape").till.mode == m.Paying("20")

    def test_answer_under_it(self) -> None:
        """Given the panel over the wait, when the terminal approves, then the receipt is closed."""
        hand = Counter.paying(rules=self.TRAINING).press("f2", "f3").card()
        assert (sums(hand), hand.till.mode) == ([(CARD, 4550)], m.Selling())


class TestOutlived:
    """A payment that was begun in a shift that is over by now."""

    @pytest.mark.parametrize("keys", [("f2",), ("enter",)])
    def test_no_money_is_taken(self, keys: tuple[str, ...]) -> None:
        """Given a payment of yesterday, when cash or a card is to be taken, then the shift is to be closed first."""
        hand = Counter.paying("20").wait(86400).press(*keys)
        assert (hand.problem, hand.wrote, hand.orders) == ("shift_outlived", [], [])
        assert hand.press("enter").till.mode == m.Paying("20")

    def test_money_is_given_back(self) -> None:
        """Given a card taken yesterday, when it is given back, then the terminal is asked and the lines stand."""
        hand = waiting("20").card().wait(86400).press("escape", "enter").card()
        assert (hand.till.mode, hand.receipt.tenders, hand.terminal.charged) == (m.Selling(), (), 0)
