"""Power cuts: a reserve whose answer nobody has seen is asked for once more, and the line follows the answer."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Answered, IntentFound, NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.gate import Settlement
from cashier.core.say import say
from cashier.core.view import view
from cashier.gates.marked_goods import STATUSES, Category
from tests.core import gates as scripted
from tests.core.goods import BREAD
from tests.gates.marked import FREE, KEFIR, LENIENT, STRICT, WATER, Shop, gate, mark
from tests.gates.seed_words import SEED, UNKNOWN

FIRST, SECOND = mark(KEFIR), mark(WATER)


def cut(category: Category = STRICT) -> Shop:
    """Cut the power between the commit of a line and the answer to its reserve."""
    return Shop.selling(category).sell(SECOND).take(FIRST).reply(FREE).restarted()


class TestAskedAgain:
    def test_with_its_own_words(self) -> None:
        """Given an intent without an answer, when the till starts, then the same is asked under the same token."""
        shop = Shop.selling(STRICT).take(FIRST).reply(FREE)
        asked = shop.requests[-1]
        after = shop.restarted()
        asked = replace(asked, after_picture=False)
        assert after.requests == [asked]
        assert after.restarted().requests == [asked]
        assert after.marks == [FIRST.ki]
        assert after.facts == shop.facts

    def test_answered_ones_are_not(self) -> None:
        """Given a reserve that was made, when the till starts, then nothing is asked."""
        assert Shop.selling(STRICT).sell(FIRST).restarted().requests == []

    def test_check_before_the_commit_leaves_nothing(self) -> None:
        """Given a power cut while the status is asked, when the till starts, then nothing was sold or asked."""
        after = Shop.selling(STRICT).take(FIRST).restarted()
        assert (after.lines, after.requests, after.till.ledger.intents) == ([], [], ())


class TestAnswers:
    def test_reserved(self) -> None:
        """Given the reserve asked for again, when the server has it for this receipt, then the line stands."""
        shop = cut()
        shop.give(Answered(shop.requests[0].token, Reply("RESERVED")))
        assert shop.marks == [SECOND.ki, FIRST.ki]
        assert (shop.till.ledger.intents, shop.queued, shop.condition) == ((), [], "status_marks")
        assert shop.warned == ""

    @pytest.mark.parametrize("category", [STRICT, LENIENT], ids=["strict", "lenient"])
    @pytest.mark.parametrize("status", [*STATUSES, "nobody knows"])
    def test_any_other(self, status: str, category: Category) -> None:
        """Given the same, when the server answers a status, then the line goes; the first request may come yet."""
        shop = cut(category)
        shop.give(Answered(shop.requests[0].token, Reply(status)))
        assert shop.marks == [SECOND.ki]
        assert (shop.till.ledger.intents, shop.till.ledger.leaving) == ((), ())
        assert shop.sent == [("markReleased", FIRST.ki)]
        assert all(shop.order_key in body for body in shop.messages)
        assert shop.warned == f"Снята позиция: Кефир. {SEED.get(status) or UNKNOWN}"

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_none_and_ignored(self, reason: str) -> None:
        """Given the same and errors ignored, when nothing answers, then the line stays, the till works unchecked."""
        shop = cut(LENIENT)
        shop.give(Answered(shop.requests[0].token, NoReply(reason)))  # type: ignore[arg-type]
        assert shop.marks == [SECOND.ki, FIRST.ki]
        assert (shop.queued, shop.till.ledger.intents, shop.condition) == ([], (), "status_marks_unchecked")

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_none_and_not_ignored(self, reason: str) -> None:
        """Given the same and errors that count, then the line goes and its reserve is released by its key."""
        shop = cut()
        shop.give(Answered(shop.requests[0].token, NoReply(reason)))  # type: ignore[arg-type]
        assert shop.marks == [SECOND.ki]
        assert shop.sent == [("markReleased", FIRST.ki)]
        assert shop.order_key in shop.messages[0]
        assert shop.warned == "Снята позиция: Кефир. Код маркировки не проверить: сервер не отвечает"

    def test_second_answer_changes_nothing(self) -> None:
        """Given a reserve that is settled, when one more answer comes, then nothing happens."""
        shop = cut()
        token = shop.requests[0].token
        shop.give(Answered(token, Reply("RESERVED"))).give(Answered(token, Reply("SOLD")))
        assert (shop.marks, shop.effects) == ([SECOND.ki, FIRST.ki], ())


class TestMeanwhile:
    def test_neither_paid_nor_put_aside(self) -> None:
        """Given a reserve not answered yet, when it is to be paid or put aside, then the same is asked once more."""
        shop = cut().sign_in()
        for key in ("plus", "f11"):
            asked = len(shop.requests)
            assert shop.press(key).notice == "gates_at_work"
            assert shop.till.mode == m.Selling()
            assert shop.requests[asked:] == shop.requests[:1]
        shop.give(Answered(shop.requests[0].token, Reply("RESERVED")))
        assert shop.notice == ""
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_is_said_as_long_as_it_lasts(self) -> None:
        """Given the same, then a lasting line says so, and goes with the answer."""
        shop = cut().sign_in().press("up", "down")
        assert view(shop.till).notice == say("gates_at_work")
        shop.give(Answered(shop.requests[0].token, Reply("RESERVED")))
        assert view(shop.till).notice is None

    def test_only_the_receipt_in_hand_is_asked_about(self) -> None:
        """Given a line storno'd before the answer, when it is paid, then nothing keeps it and nothing more is asked."""
        shop = cut().sign_in().press("up", "down", "delete").take(FIRST)
        assert view(shop.till).notice != say("gates_at_work")
        shop.press("plus")
        assert (isinstance(shop.till.mode, m.Paying), len(shop.requests)) == (True, 1)

    def test_other_goods_are_sold(self) -> None:
        """Given the same, when goods are scanned, then the sale goes on."""
        shop = cut().sign_in().scan(BREAD.barcode).sell(mark(KEFIR, "c"))
        assert len(shop.lines) == 4
        shop.give(Answered(shop.requests[0].token, Reply("SOLD")))
        assert shop.marks == [SECOND.ki, "", mark(KEFIR, "c").ki]

    def test_line_storno_d_before_the_answer(self) -> None:
        """Given the same, when the line goes by its mark before the answer, then it is released, whatever comes."""
        for answer in (Reply("RESERVED"), Reply("SOLD"), NoReply("late")):
            shop = cut().sign_in().press("up", "down", "delete").take(FIRST)
            assert shop.marks == [SECOND.ki]
            first = shop.queued
            shop.give(Answered(shop.requests[0].token, answer))
            assert shop.till.ledger.intents == ()
            assert [own.kind for own in first] == ["markReleased"]
            assert shop.queued == first

    def test_whole_receipt_given_up_before_the_answer(self) -> None:
        """Given the same, when the receipt is given up before the answer, then both marks are released, each once."""
        shop = cut().sign_in().press("f4", "enter")
        assert shop.sent == [("markReleased", SECOND.ki), ("markReleased", FIRST.ki)]
        shop.give(Answered(shop.requests[0].token, Reply("RESERVED")))
        assert shop.till.ledger.intents == ()
        assert len(shop.queued) == 2

    def test_mark_of_the_line_is_scanned_once_more(self) -> None:
        """Given the same, when the pack is scanned again, then it is in the receipt."""
        assert cut().sign_in().take(FIRST).problem == "mark_in_receipt"


class TestStorno:
    def test_cut_in_the_dialog(self) -> None:
        """Given the storno dialog, when the power goes, then the line stands and nothing is released."""
        after = Shop.selling(STRICT).sell(FIRST).press("delete").restarted()
        assert (after.marks, after.queued, after.till.ledger.leaving) == ([FIRST.ki], [], ())

    def test_cut_while_another_gate_lets_go(self) -> None:
        """Given a storno that another gate is still busy with, when the power goes, then the mark is released once."""
        shop = Shop.behind(gate(STRICT), scripted.gate("stock", leave="do")).sell(FIRST)
        shop.press("delete").take(FIRST)
        assert shop.lines == [("Кефир", 1000, True)]
        assert shop.queued == []
        after = shop.restarted()
        assert [own.kind for own in after.queued] == ["markReleased"]
        assert after.till.ledger.leaving == ()
        assert after.till.ledger.intents == ()

    def test_cut_after_a_lost_race(self) -> None:
        """Given a lost race that another gate is still busy with, then what is released names a reserve nobody made."""
        shop = Shop.behind(gate(STRICT), scripted.gate("stock", leave="do")).take(FIRST).reply(FREE).reply("SOLD")
        key = shop.requests[1].body.rpartition('"key":"')[2].rstrip('"}')
        after = shop.restarted()
        assert [(own.kind, key in own.body) for own in after.queued] == [("markReleased", True)]

    def test_silent_server_at_a_later_gate(self) -> None:
        """Given a reserved mark, when a later gate refuses the line after the commit, then the mark is released."""
        shop = Shop.behind(gate(STRICT), scripted.gate("stock", added="refuse")).take(FIRST).reply(FREE)
        shop.reply("RESERVED")
        assert shop.lines == [("Кефир", 1000, True)]
        assert ("markReleased", FIRST.ki) in shop.sent

    def test_refused_by_a_later_gate_before_the_commit(self) -> None:
        """Given a mark that may be sold, when a later gate refuses before the commit, then nothing was reserved."""
        shop = Shop.behind(gate(STRICT), scripted.gate("stock", enter="refuse")).take(FIRST).reply(FREE)
        assert (shop.lines, shop.queued) == ([], [])


def test_intent_of_a_line_that_never_stood_is_released() -> None:
    """Given the gate alone, when an intent of no line is found, then its reserve is released by the intent's words."""
    shop = Shop.selling(STRICT).take(FIRST).reply(FREE)
    (intent,) = shop.till.ledger.intents
    settlement = gate(STRICT).settle(intent, None, None)
    assert [(own.kind, own.key) for own in settlement.messages] == [("markReleased", FIRST.ki)]
    assert settlement == Settlement(settlement.messages)
    assert shop.order_key in settlement.messages[0].body


def test_intent_of_a_receipt_that_is_gone() -> None:
    """Given an intent of a receipt nobody knows, when it is found at the start, then it is settled by a release."""
    body = Shop.selling(STRICT).take(FIRST).reply(FREE).requests[-1].body
    shop = Shop.selling(STRICT).give(IntentFound(IntentMade("t", "marked_goods", "gone", body, 1)))
    assert shop.sent == [("markReleased", FIRST.ki)]
    assert shop.requests == []
