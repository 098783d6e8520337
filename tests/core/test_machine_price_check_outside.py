"""«Проверка цены» with gates that ask outside, the trainee's panel over it, and the idle lock."""

from cashier.core import modes as m
from cashier.core.effects import RunGate
from cashier.core.events import Answered, Reply, Ticked
from tests.core.checking import asking, lines, searched, shown
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES


class TestPanel:
    def test_a_sample_is_checked(self) -> None:
        """Given the trainee's panel over the dialog or a card, when a sample is held, then its scan comes to it."""
        hand = Hand.signed_in(rules=SAMPLES).press("f2", "f3", "1")
        assert searched(hand) == m.CheckingPrice(m.Selling())
        hand.scan(BREAD.barcode).press("f3", "2")
        assert shown(hand) == BREAD


class TestOutside:
    def test_card_stands_while_gates_ask(self) -> None:
        """Given gates that ask outside, then the card has their waits, and no intent is written, durable or not."""
        hand = asking(durable=False)
        before = hand.till.ledger
        hand.press("f2").scan(BREAD.barcode)
        assert lines(hand) == ["stock_wait", "stock_wait"]
        runs = [effect for effect in hand.effects if isinstance(effect, RunGate)]
        assert [(run.gate, run.deadline, run.after_picture) for run in runs] == [
            ("first", 3.0, True),
            ("second", 3.0, True),
        ]
        assert len({run.token for run in runs}) == 2
        assert hand.till.ledger == before

    def test_answers_come_in_any_order(self) -> None:
        """Given two gates that wait, then each answer takes the place of its wait; no reply is told as well."""
        hand = asking().press("f2").scan(BREAD.barcode)
        first, second = (effect.token for effect in hand.effects if isinstance(effect, RunGate))
        hand.give(Answered(second, Reply("5")))
        assert lines(hand) == ["stock_wait", "stock", "reserve"]
        hand.give(Answered(first, Reply("7")))
        assert lines(hand) == ["stock", "reserve", "stock", "reserve"]
        hand.scan(MILK.barcode)
        hand.no_reply()
        assert lines(hand) == ["stock_wait", "stock_unknown"]

    def test_gate_may_ask_again(self) -> None:
        """Given an answer that leads to another question, then the gate waits under a new name."""
        hand = asking().press("f2").scan(BREAD.barcode)
        token = hand.token
        hand.reply("more")
        assert hand.token != token
        assert lines(hand) == ["stock_wait", "stock_wait"]
        assert lines(hand.reply("5")) == ["stock_wait", "stock", "reserve"]

    def test_stale_answers_change_nothing(self) -> None:
        """Given goods scanned while those before were asked for, or the dialog closed, then the old answer is lost."""
        hand = asking().press("f2").scan(BREAD.barcode)
        token = hand.token
        hand.scan(MILK.barcode)
        before, newer = hand.till.mode, hand.token
        assert hand.give(Answered(token, Reply("5"))).till.mode == before
        hand.press("escape").give(Answered(newer, Reply("5")))
        assert (hand.till.mode, hand.effects) == (m.Selling(), ())

    def test_answer_comes_under_the_panel(self) -> None:
        """Given the trainee's panel over a card, when the answer comes, then the card has it, and the panel stands."""
        hand = asking().press("f2").scan(BREAD.barcode)
        token = hand.token
        hand.press("f3").give(Answered(token, Reply("5")))
        assert isinstance(hand.till.mode, m.Panel)
        assert lines(hand.press("escape")) == ["stock_wait", "stock", "reserve"]

    def test_idle_lock_leaves_it(self) -> None:
        """Given a card that waits, when the till locks itself, then nobody is signed in, and the answer is lost."""
        hand = asking().press("f2").scan(BREAD.barcode)
        token = hand.token
        hand.give(Ticked(idle=True))
        assert hand.wrote == ["SignedOut"]
        assert hand.give(Answered(token, Reply("5"))).till.mode == m.EnteringCode()
        assert hand.sign_in().till.mode == m.Selling()
