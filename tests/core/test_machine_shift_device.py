"""Z with a fiscal device: intent first, then its answer, or a person's word for it, or nobody at the till."""

from typing import Literal

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.conditions import fiscal
from cashier.core.effects import AskFiscal, Log, Print, ShutShift, Signal
from cashier.core.events import FiscalReady, Scanned, ShiftShut, Ticked
from cashier.core.rights import Errand, Right
from cashier.core.say import say
from cashier.core.state import Rules
from tests.core.goods import IVANOVA, MILK, PETROV
from tests.core.hand import SCANNER
from tests.core.registry import DEVICE, Registry

ALONE = Rules(terminal=True)


class TestDevice:
    """The fiscal device closes its shift under an intent that is written first."""

    def test_asked_for_its_number_first(self) -> None:
        """Given yes, when the device has not answered, then nothing is written, and Esc leaves the shift open."""
        hand = Registry.senior().sell().ask_z().press("enter")
        (ask,) = hand.asked_for
        assert (hand.till.mode, hand.wrote) == (m.Closing(ask.token, "asking"), [])
        assert isinstance(ask, AskFiscal)
        assert hand.press("enter", "f10", "1").notice == "wait_fiscal"
        assert hand.press("escape").till.mode == m.Selling()
        hand.give(FiscalReady(ask.token, 1))
        assert (hand.wrote, hand.till.ledger.closing, len(hand.asked_for)) == ([], None, 1)

    def test_silent_device_leaves_it_open(self) -> None:
        """Given a device that does not answer, when Z is wanted, then the shift stays open, and words say so."""
        hand = Registry.senior().sell().ask_z().press("enter")
        hand.give(FiscalReady(hand.asked_for[-1].token, None))
        assert hand.till.mode == m.Popup(say("fiscal_silent"), say("z_not_closed_advice"), m.Selling())
        assert (hand.wrote, hand.till.ledger.closing) == ([], None)
        assert hand.press("enter").till.mode == m.Selling()
        assert hand.shift.number == 1

    def test_intent_comes_before_the_order(self) -> None:
        """Given the device's number, when it comes, then the closing is written down and asked for, once."""
        hand = Registry.senior().sell().begin()
        at, order = hand.clock.isoformat(), hand.asked_for[-1]
        assert hand.facts[-1] == f.ClosingBegun(order.token, 1, 1, at, PETROV)
        assert (hand.wrote, order) == (["ClosingBegun"], ShutShift(order.token, 1))
        assert hand.till.mode == m.Closing(order.token, "waiting")
        hand.give(FiscalReady(order.token, 1)).give(FiscalReady(order.token, None))
        assert (hand.wrote, len(hand.asked_for)) == ([], 2)
        assert hand.press("escape").notice == "wait_fiscal"

    def test_closed(self) -> None:
        """Given the order, when the device has closed, then so has the till, with the number on the paper."""
        hand = Registry.senior().sell().begin().close()
        (fact,) = (fact for fact in hand.facts if isinstance(fact, f.ShiftClosed))
        assert (fact.fiscal, fact.by, fact.report.identifier) == (2, None, hand.closed[0])
        assert (hand.asked(Print).fiscal, hand.till.mode) == (2, m.Reporting(fact.report))
        assert (hand.till.ledger.shift, hand.till.ledger.closing) == (None, None)

    def test_failed(self) -> None:
        """Given the order, when the device certainly has not closed, then the shift stays open, with advice."""
        hand = Registry.senior().sell().begin()
        hand.give(ShiftShut(hand.asked_for[-1].token, "failed"))
        assert hand.till.mode == m.Popup(say("z_refused"), say("z_not_closed_advice"), m.Selling())
        assert (hand.wrote, hand.facts[-1]) == (["ClosingLeft"], f.ClosingLeft(hand.asked_for[-1].token, "failed"))
        assert hand.press("enter").till.mode == m.Selling()
        assert hand.shift.number == 1
        assert hand.begin().close().reports[0].number == 1

    @pytest.mark.parametrize("outcome", ["unknown", "strange"])
    def test_nobody_knows(self, outcome: Literal["unknown", "strange"]) -> None:
        """Given the order, when nobody knows what became of it, then a person comes to three rows."""
        hand = Registry.senior().sell().begin()
        token = hand.asked_for[-1].token
        hand.give(ShiftShut(token, outcome))
        assert (hand.till.mode, hand.wrote) == (m.Closing(token, "silent"), [])
        assert hand.effects == (Signal(accepted=False),)
        assert hand.press("escape").notice == "closing_must_end"
        assert hand.press("down", "down", "down").till.mode == m.Closing(token, "silent", 2)
        hand.give(Scanned(SCANNER, 9, b"1"))
        assert hand.notice == "scan_in_dialog"

    @pytest.mark.parametrize("outcome", ["closed", "failed", "unknown", "strange"])
    def test_unknown_token_changes_nothing(self, outcome: Literal["closed", "failed", "unknown", "strange"]) -> None:
        """Given the order, when an answer to another comes, then it is logged and that is all."""
        hand = Registry.senior().sell().begin()
        before = hand.till
        hand.give(ShiftShut("another", outcome, 7)).give(FiscalReady("another", 7))
        assert (hand.till.mode, hand.till.ledger, hand.wrote) == (before.mode, before.ledger, [])


class TestWord:
    """A person answers for a silent device."""

    def silent(self, code: str = PETROV.code, rules: Rules = DEVICE) -> Registry:
        """Sell, begin to close, and let the device be silent."""
        hand = Registry(rules=rules)
        hand.sign_in(code).sell().ask_z()
        hand = hand.approve() if code != PETROV.code else hand
        hand.press("enter").give(FiscalReady(hand.asked_for[-1].token, hand.number))
        return hand.give(ShiftShut(hand.asked_for[-1].token, "unknown"))

    def test_ask_again(self) -> None:
        """Given three rows, when the device is asked again, then by the same token, so that it closes once."""
        hand = self.silent().press("1")
        assert hand.asked_for[-1] == hand.asked_for[-2]
        assert hand.till.mode == m.Closing(hand.asked_for[-1].token, "waiting")
        assert len(hand.close().reports) == 1

    def test_closed_by_word(self) -> None:
        """Given a senior who has the device's report, when he says so, then the shift is closed in his name."""
        hand = self.silent().press("2")
        assert hand.wrote == []
        hand.press("enter")
        (fact,) = (fact for fact in hand.facts if isinstance(fact, f.ShiftClosed))
        assert (fact.fiscal, fact.by, hand.till.mode) == (0, PETROV, m.Reporting(fact.report))

    def test_not_closed_by_word(self) -> None:
        """Given a senior who has seen that it failed, when he says so, then the shift stays open."""
        hand = self.silent().press("3", "enter")
        assert hand.facts[-1] == f.ClosingLeft(hand.asked_for[-1].token, by=PETROV)
        assert (hand.till.mode, hand.notice, hand.shift.number) == (m.Selling(), "z_left", 1)
        assert Signal(accepted=True) in hand.effects
        hand.give(ShiftShut(hand.asked_for[-1].token, "closed", 2))
        assert (hand.wrote, [type(effect) for effect in hand.effects]) == ([], [Log])

    @pytest.mark.parametrize(("key", "errand"), [("2", Errand.CLOSING_DONE), ("3", Errand.CLOSING_NOT_DONE)])
    def test_cashier_needs_a_senior(self, key: str, errand: Errand) -> None:
        """Given a cashier at the rows, when he answers, then a senior is asked, and it is the senior's word."""
        hand = self.silent(IVANOVA.code)
        standing = hand.till.mode
        assert hand.press(key).till.mode == m.Approving(errand, standing)
        hand.approve()
        asked = hand.till.mode
        assert isinstance(asked, m.Confirming)
        assert (hand.wrote, asked.purpose, asked.back, asked.errand) == (["Approved"], m.Purpose.WORD, standing, errand)
        hand.press("enter")
        assert hand.wrote[0] == ("ShiftClosed" if key == "2" else "ClosingLeft")
        (fact,) = (fact for fact in hand.facts if isinstance(fact, f.ShiftClosed | f.ClosingLeft))
        assert (fact.by, hand.till.ledger.cashier) == (PETROV, IVANOVA)
        assert isinstance(hand.till.mode, m.Reporting if key == "2" else m.Selling)

    @pytest.mark.parametrize(("key", "question"), [("2", "word_closing_done"), ("3", "word_closing_not_done")])
    def test_word_is_asked_once_more(self, key: str, question: str) -> None:
        """Given a row taken, then the question names the shift; Esc goes back to the rows, and nothing is written."""
        hand = self.silent()
        standing = hand.till.mode
        asked = hand.press(key).till.mode
        assert isinstance(asked, m.Confirming)
        assert (asked.question, hand.wrote) == (say(question, number=1), [])
        assert hand.press(key, "escape").till.mode == standing
        assert (hand.reports, hand.shift.number) == ([], 1)

    def test_word_is_not_that_of_who_allowed_the_closing(self) -> None:
        """Given a cashier who may speak for devices, when a senior has allowed Z, then the word is the cashier's."""
        rules = replace(DEVICE, rights={**DEVICE.rights, Right.CARD_OUTCOME: 1})
        hand = self.silent(IVANOVA.code, rules).press("3", "enter")
        assert hand.facts[-1] == f.ClosingLeft(hand.asked_for[-1].token, by=IVANOVA)

    def test_word_that_escapes_is_asked_of_a_senior_again(self) -> None:
        """Given a senior's leave that was not used, when the row is taken again, then a senior is asked again."""
        hand = self.silent(IVANOVA.code).press("2").approve().press("escape")
        standing = hand.till.mode
        assert hand.press("3").till.mode == m.Approving(Errand.CLOSING_NOT_DONE, standing)

    @pytest.mark.parametrize(("outcome", "mode"), [("closed", m.Reporting), ("failed", m.Popup)])
    def test_answer_comes_before_the_word_is_meant(
        self, outcome: Literal["closed", "failed"], mode: type[m.Mode]
    ) -> None:
        """Given the question whether a word is meant, when the device answers, then that counts and no person's."""
        hand = self.silent().press("3" if outcome == "closed" else "2")
        hand.give(ShiftShut(hand.asked_for[-1].token, outcome, 2))
        assert isinstance(hand.till.mode, mode)
        (fact,) = (fact for fact in hand.facts if isinstance(fact, f.ShiftClosed | f.ClosingLeft))
        assert fact.by is None
        assert (hand.press("enter").wrote, hand.till.mode) == ([], m.Selling())

    def test_silence_leaves_the_question(self) -> None:
        """Given the question whether a word is meant, when the device is silent once more, then the question stays."""
        hand = self.silent().press("2")
        asked = hand.till.mode
        assert hand.give(ShiftShut(hand.asked_for[-1].token, "unknown")).till.mode == asked

    def test_answer_comes_while_a_senior_is_asked(self) -> None:
        """Given a password half typed, when the device answers, then its word counts; silence leaves it typed."""
        hand = self.silent(IVANOVA.code).press("2").write("8").press("enter").write("22")
        typing = hand.till.mode
        assert hand.give(ShiftShut(hand.asked_for[-1].token, "unknown")).till.mode == typing
        assert isinstance(hand.close().till.mode, m.Reporting)
        assert (len(hand.reports), hand.reports[0].cashier) == (1, IVANOVA)

    def test_closing_that_is_gone(self) -> None:
        """Given rows without a closing, when one is taken, then the sale stands."""
        for key in ("2", "3"):
            hand = Registry.senior()
            hand.till = replace(hand.till, mode=m.Closing("t", "silent"))
            assert (hand.press(key, "enter").till.mode, hand.wrote) == (m.Selling(), [])


class TestCondition:
    """What a closing tells of the fiscal device stands in the status."""

    @pytest.mark.parametrize(("before", "answers"), [(1, True), (None, False)])
    def test_number(self, before: int | None, *, answers: bool) -> None:
        """Given Z wanted, when the device tells its number or is silent, then the status has it."""
        hand = Registry.senior().sell().ask_z().press("enter")
        hand.give(FiscalReady(hand.asked_for[-1].token, before))
        assert fiscal(answers=answers) in hand.till.conditions

    @pytest.mark.parametrize(
        ("outcome", "answers"), [("closed", True), ("failed", True), ("unknown", False), ("strange", False)]
    )
    def test_closing(self, outcome: Literal["closed", "failed", "unknown", "strange"], *, answers: bool) -> None:
        """Given the order, when the device answers or nobody knows, then the status has it; it is known once."""
        hand = Registry.senior().sell().begin()
        hand.give(ShiftShut(hand.asked_for[-1].token, outcome, 2))
        assert [own for own in hand.till.conditions if own.topic == "fiscal"] == [fiscal(answers=answers)]


class TestLocked:
    def test_answer_behind_a_lock(self) -> None:
        """Given a lock in a closing, when the device has closed, then the report goes to paper and nobody is let in."""
        hand = Registry.senior().sell().begin().give(Ticked(idle=True)).close()
        assert (hand.till.mode, hand.wrote) == (m.EnteringCode(), ["ShiftClosed", "PrintBegun"])
        assert hand.reports[0].cashier == PETROV
        assert hand.sign_in().till.mode == m.Selling()

    @pytest.mark.parametrize("outcome", ["unknown", "strange"])
    def test_silence_behind_a_lock(self, outcome: Literal["unknown", "strange"]) -> None:
        """Given a lock in a closing, when nobody knows, then it is asked for the next one in, who comes to the rows."""
        hand = Registry.senior().sell().begin().give(Ticked(idle=True))
        hand.give(ShiftShut(hand.asked_for[-1].token, outcome))
        assert hand.till.mode == m.EnteringCode()
        assert hand.sign_in().till.mode == m.Closing(hand.asked_for[-1].token, "waiting")
        again = hand.give(ShiftShut(hand.asked_for[-1].token, outcome)).till
        assert again.mode == m.Closing(hand.asked_for[-1].token, "silent")

    def test_number_behind_a_lock(self) -> None:
        """Given a lock before the device has told its number, when it comes, then nothing is begun."""
        hand = Registry.senior().sell().ask_z().press("enter").give(Ticked(idle=True))
        hand.give(FiscalReady(hand.asked_for[-1].token, 1))
        assert (hand.wrote, hand.till.ledger.closing, hand.till.mode) == ([], None, m.EnteringCode())

    def test_report_without_a_cashier(self) -> None:
        """Given a state that only a broken program leaves, when Z is answered with yes, then nothing is closed."""
        hand = Registry.senior(rules=ALONE)
        hand.till = replace(hand.till, mode=m.Confirming(say("?"), m.Purpose.CLOSE_SHIFT))
        assert (hand.press("enter").till.mode, hand.wrote) == (m.Selling(), [])

    @pytest.mark.parametrize("key", ["1", "2"])
    def test_settling_without_a_shift(self, key: str) -> None:
        """Given the rows for receipts put aside and no shift, when the last one is settled, then the sale stands."""
        hand = Registry.senior(rules=ALONE).scan(MILK.barcode).press("f11")
        ledger = replace(hand.till.ledger, shift=None)
        hand.till = replace(hand.till, ledger=ledger, mode=m.SettlingPostponed())
        assert hand.press(key).till.mode == m.Selling()
        assert hand.reports == []
