"""The reserve after the commit: whoever was first has the mark (spec M13)."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Answered, NoReply, Reply
from cashier.core.gate import Asked, Pass
from cashier.core.say import say
from cashier.core.view import view
from cashier.gates.marked_goods import RESERVED, STATUSES, Category
from tests.core.hand import EVENT, NOON
from tests.gates.marked import FREE, KEFIR, LENIENT, STRICT, UNASKED, Shop, gate, mark
from tests.gates.seed_words import SEED, UNKNOWN, certain

MARK = mark(KEFIR)


def reserving(category: Category = STRICT) -> Shop:
    """Sell a pack as far as its reserve."""
    return Shop.selling(category).take(MARK).reply(FREE)


class TestAsking:
    def test_line_and_intent_are_one_record(self) -> None:
        """Given a mark that may be sold, when the line is committed, then the intent to reserve it is with it."""
        shop = reserving()
        assert shop.wrote == ["ShiftOpened", "ReceiptOpened", "LineAdded", "IntentMade"]
        assert shop.waits == "mark_reserving"
        assert shop.marks == [MARK.ki]

    def test_line_is_seen_before_its_reserve(self) -> None:
        """Given status and reserve, then the line that the commit has put in is painted before the reserve goes out."""
        assert [own.after_picture for own in reserving().requests] == [False, True]

    def test_nothing_is_said_beside_the_wait(self) -> None:
        """Given a reserve that is under way, then the quiet line is empty: it is for what a crash has left open."""
        shop = reserving()
        seen = view(shop.till)
        assert (seen.notice, seen.wait is not None) == (None, True)
        assert view(replace(shop.till, mode=m.Selling())).notice == say("gates_at_work")

    def test_body(self) -> None:
        """Given a reserve, then it has the fields of interfaces.md and a name of its own."""
        shop = reserving()
        assert shop.order["request"] == {
            "operation": "reserve",
            "mark": MARK.code,
            "ki": MARK.ki,
            "barcode": KEFIR.barcode,
            "shopcode": 5,
            "cashcode": 12,
            "receipt": shop.receipt.identifier,
            "documentType": "sale",
        }
        assert shop.order["key"]
        assert shop.requests[-1].deadline == 7.0

    def test_each_has_a_key_of_its_own(self) -> None:
        """Given the same mark sold, storno'd and sold again, then the two reserves have different keys."""
        shop = Shop.selling(STRICT).sell(MARK).press("delete").take(MARK).press("left").sell(MARK)
        keys = [key_of(body) for body in (shop.requests[1].body, shop.requests[3].body)]
        assert keys[0] != keys[1]

    def test_not_where_the_server_is_not_asked(self) -> None:
        """Given a category without the server, when the mark is sold, then nothing is reserved and nothing released."""
        shop = Shop.selling(UNASKED).take(MARK)
        assert (shop.waits, shop.requests) == ("", [])
        shop.press("delete").take(MARK)
        assert (shop.lines, shop.queued) == ([("Кефир", 1000, True)], [])

    def test_not_for_goods_without_mark(self) -> None:
        """Given a line without its mark, when it is committed, then there is nothing to reserve."""
        shop = Shop.selling(STRICT, without_mark=True).scan(KEFIR.barcode).press("1")
        assert (shop.till.mode, shop.requests) == (m.Selling(), [])


def key_of(body: str) -> str:
    """Return the key of a reserve."""
    return str(body.rpartition('"key":"')[2].partition('"')[0])


class TestAnswers:
    def test_reserved(self) -> None:
        """Given a reserve, when the server makes it, then the line stands and the intent is done."""
        shop = reserving().reply(RESERVED)
        assert (shop.marks, shop.till.mode, shop.condition) == ([MARK.ki], m.Selling(), "status_marks")
        assert list(shop.settled.values()) == ["done"]

    @pytest.mark.parametrize("category", [STRICT, LENIENT], ids=["strict", "lenient"])
    @pytest.mark.parametrize("status", [*STATUSES, "nobody knows"])
    def test_any_other(self, status: str, category: Category) -> None:
        """Given a reserve, when the server answers a status, then the line goes with its words.

        A status that should have allowed the reserve is as good as an unknown one: what it means here nobody knows,
        and the server may hold the mark, so that it is released; after a certain denial nothing is.
        """
        shop = reserving(category).reply(status)
        assert shop.sentence == (SEED.get(status) or UNKNOWN)
        assert shop.lines == [("Кефир", 1000, True)]
        assert shop.sent == ([] if certain(status, SEED) else [("markReleased", MARK.ki)])
        assert all(shop.order_key in body for body in shop.messages)
        assert list(shop.settled.values()) == ["refused"]
        assert (shop.till.ledger.leaving, shop.condition) == ((), "status_marks")
        assert shop.press("enter").till.mode == m.Selling()

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_none_and_ignored(self, reason: str) -> None:
        """Given errors ignored, when nothing answers, then the line stays and the till says it works unchecked."""
        shop = reserving(LENIENT).no_reply(reason)
        assert (shop.marks, shop.till.mode) == ([MARK.ki], m.Selling())
        assert (shop.queued, shop.condition) == ([], "status_marks_unchecked")

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_none_and_not_ignored(self, reason: str) -> None:
        """Given errors that count, when nothing answers, then the line goes and what may be held is released."""
        shop = reserving().no_reply(reason)
        assert shop.popup == ("mark_server_silent", "mark_server_silent_advice")
        assert shop.lines == [("Кефир", 1000, True)]
        assert shop.sent == [("markReleased", MARK.ki)]
        assert shop.order_key in shop.messages[0]
        assert shop.condition == "status_marks_silent"
        assert list(shop.settled.values()) == ["refused"]

    @pytest.mark.parametrize(("deadline", "waits"), [(7.0, 5.0), (2.0, 2.0)])
    def test_after_a_silent_status(self, deadline: float, waits: float) -> None:
        """Given a status nobody answered, when the mark is reserved, then five seconds are waited at most."""
        shop = Shop.selling(Category(verify=True, deadline=deadline)).take(MARK).no_reply()
        assert shop.waits == "mark_reserving"
        assert [own.deadline for own in shop.requests] == [deadline, waits]

    def test_after_an_answered_status(self) -> None:
        """Given a status that was answered, when the mark is reserved, then the whole time-out is waited."""
        assert [own.deadline for own in reserving(LENIENT).requests] == [7.0, 7.0]

    def test_esc(self) -> None:
        """Given a reserve under way, when Esc is pressed, then the line goes and what may be held is released."""
        shop = reserving()
        token = shop.token
        shop.press("escape")
        assert shop.lines == [("Кефир", 1000, True)]
        assert shop.sent == [("markReleased", MARK.ki)]
        assert shop.order_key in shop.messages[0]
        assert (shop.till.ledger.intents, shop.till.ledger.leaving, shop.till.mode) == ((), (), m.Selling())
        for late in (Reply(RESERVED), NoReply("late")):
            assert shop.give(Answered(token, late)).effects == ()

    def test_keys_and_scans_change_nothing_meanwhile(self) -> None:
        """Given a reserve under way, when keys are pressed and goods scanned, then the wait stands."""
        shop = reserving().press("enter", "1", "plus", "delete", "f11", "f4").scan(KEFIR.barcode).take(mark(KEFIR, "b"))
        assert (shop.waits, shop.lines) == ("mark_reserving", [("Кефир", 1000, False)])
        assert shop.give(Answered(shop.requests[-1].token, Reply(RESERVED))).till.mode == m.Selling()

    def test_lost_race_leaves_the_next_pack_free(self) -> None:
        """Given a lost race, when another pack is scanned, then it is sold in the same receipt."""
        shop = reserving().reply("SOLD").press("enter").sell(mark(KEFIR, "b"))
        assert shop.marks == [mark(KEFIR, "b").ki]


def test_line_that_never_stood_holds_nothing() -> None:
    """Given the gate alone, when a line is left that another stands in the place of, then nothing is released."""
    shop = Shop.selling(STRICT).sell(MARK)
    own, line = gate(STRICT), shop.line
    shown = Asked(shop.receipt, line, NOON, EVENT)
    assert own.leave(shown) != Pass(line)
    for never in (replace(line, ki="other"), replace(line, position=2)):
        assert own.leave(replace(shown, line=never)) == Pass(never)
