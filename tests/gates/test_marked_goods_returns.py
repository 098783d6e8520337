"""Returns of both kinds, as far as the gate goes: their table, their uniqueness, what is skipped (spec M10, M12r)."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from cashier.core.events import NoReply, Reply
from cashier.core.gate import Ask, Asked, Do, Enter, Pass, Refuse
from cashier.core.quantity import ONE
from cashier.core.question import ScanGiven
from cashier.core.reading import Reading, Standing
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.gates.marked_goods import STATUSES, MarkedGoodsGate
from tests.core.goods import IVANOVA
from tests.core.hand import EVENT, NOON
from tests.gates.marked import KEFIR, LENIENT, LISTED, RUSSIAN, SMOKES, STRICT, UNASKED, WATER, damaged, gate, mark
from tests.gates.seed_words import RETURNS, UNKNOWN, certain

BOTH = [DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT]
MARK = mark(KEFIR)


def asked(kind: DocumentType, reading: Reading = MARK, **more: Any) -> Asked:
    """Show the gate a pack that comes back by its mark."""
    product = KEFIR if SMOKES not in reading.products else SMOKES
    receipt = Receipt("return-1", 1, 1, IVANOVA, "2026-11-21T12:00:00", kind=kind)
    return Asked(receipt, Line(1, product, ONE, product.price), NOON, EVENT, reading=reading, **more)


def answered(own: MarkedGoodsGate, shown: Asked, answer: Reply | NoReply) -> Enter:
    """Let the server answer what the gate asks of it."""
    verdict = own.enter(shown)
    assert isinstance(verdict, Do)
    return own.enter(replace(shown, answer=answer, thought=verdict.thought))


def said(verdict: object) -> str:
    """Return the reason of a refusal in Russian; empty for none."""
    return RUSSIAN.text(verdict.reason) if isinstance(verdict, Refuse) else ""


@pytest.mark.parametrize("kind", BOTH)
class TestTable:
    @pytest.mark.parametrize("status", RETURNS)
    def test_status(self, kind: DocumentType, status: str) -> None:
        """Given a pack that comes back, when the server answers a status, then the table of returns decides (M12r)."""
        verdict = answered(gate(STRICT), asked(kind), Reply(status))
        assert said(verdict) == RETURNS[status]
        assert isinstance(verdict, Refuse if RETURNS[status] else Pass)

    def test_whole_table(self, kind: DocumentType) -> None:
        """Given the eleven statuses, then each is in the table."""
        assert kind in BOTH
        assert {*STATUSES, "no status"} == set(RETURNS)

    @pytest.mark.parametrize("status", RETURNS)
    def test_reserve(self, kind: DocumentType, status: str) -> None:
        """Given a return that is committed, when its mark is not reserved, then the line goes; it may be held."""
        entered = answered(gate(STRICT), asked(kind), Reply("SOLD"))
        assert isinstance(entered, Pass)
        shown = replace(asked(kind), line=entered.line)
        assert isinstance(gate(STRICT).added(shown), Do)
        verdict = gate(STRICT).added(replace(shown, answer=Reply(status)))
        assert said(verdict) == (RETURNS[status] or UNKNOWN)
        assert isinstance(verdict, Refuse)
        assert verdict.holds is not certain(status, RETURNS)

    def test_silent_server(self, kind: DocumentType) -> None:
        """Given no answer, when errors are ignored, then the pack comes back; else it does not."""
        assert isinstance(answered(gate(LENIENT), asked(kind), NoReply("late")), Pass)
        assert said(answered(gate(STRICT), asked(kind), NoReply("late"))).startswith("Код маркировки не проверить")


@pytest.mark.parametrize("kind", BOTH)
class TestBodies:
    def test_requests_and_messages_name_the_document(self, kind: DocumentType) -> None:
        """Given a return, then requests, release and end say which kind of return it is."""
        own, shown = gate(STRICT), asked(kind)
        check = own.enter(shown)
        assert isinstance(check, Do)
        entered = answered(own, shown, Reply("SOLD"))
        assert isinstance(entered, Pass)
        reserve = own.added(replace(shown, line=entered.line))
        assert isinstance(reserve, Do)
        for order in (check, reserve):
            assert json.loads(order.body)["request"]["documentType"] == kind.value
        receipt = shown.receipt.with_line(entered.line)
        (returned,), (released,) = own.completed(receipt), own.cancelled(receipt)
        assert (returned.kind, released.kind) == ("markReturned", "markReleased")
        for message in (returned, released):
            assert json.loads(message.body)["documentType"] == kind.value
            assert json.loads(message.body)["receipt"] == "return-1"
            assert message.key == MARK.ki


class TestUniqueness:
    @pytest.mark.parametrize("kind", BOTH)
    def test_returned_before(self, kind: DocumentType) -> None:
        """Given a mark this till has taken back, when it comes back once more, then it is refused (M10)."""
        again = mark(KEFIR, standing=Standing.RETURNED)
        assert said(gate().enter(asked(kind, again))) == "Код маркировки уже был зарегистрирован ранее"

    @pytest.mark.parametrize("standing", [Standing.UNKNOWN, Standing.SOLD])
    def test_sold_here_or_elsewhere(self, standing: Standing) -> None:
        """Given a mark this till has sold, or knows nothing of, when it comes back, then it is taken."""
        assert isinstance(gate().enter(asked(DocumentType.RETURN, mark(KEFIR, standing=standing))), Pass)

    def test_switched_off(self) -> None:
        """Given `checkLocalUniqueness = false`, then the till's own receipts play no part; tobacco's always do."""
        off = gate(unique=False)
        assert isinstance(off.enter(asked(DocumentType.RETURN, mark(KEFIR, standing=Standing.RETURNED))), Pass)
        tobacco = asked(DocumentType.RETURN, mark(SMOKES, standing=Standing.RETURNED))
        assert said(off.enter(tobacco)) == "Код маркировки уже был зарегистрирован ранее"

    def test_trusted_server_lifts_sales_alone(self) -> None:
        """Given `trustServerReturn`, when a returned mark comes back again, then no server is asked."""
        own = gate(STRICT, trust_return=True)
        again = asked(DocumentType.RETURN, mark(KEFIR, standing=Standing.RETURNED))
        assert said(own.enter(again)) == "Код маркировки уже был зарегистрирован ранее"


class TestSkippedChecks:
    SKIPPING = gate(STRICT, skip_check=True)
    BY_RECEIPT = DocumentType.RETURN_BY_RECEIPT

    def test_return_by_receipt(self) -> None:
        """Given `skipCheckExciseMark`, then neither uniqueness nor server nor white list is asked, nor reserved."""
        before = mark(KEFIR, standing=Standing.RETURNED, white=False)
        for own in (self.SKIPPING, gate(LISTED, skip_check=True)):
            verdict = own.enter(asked(self.BY_RECEIPT, before))
            assert isinstance(verdict, Pass)
            assert (verdict.line.ki, verdict.line.single) == (MARK.ki, True)
            shown = replace(asked(self.BY_RECEIPT), line=verdict.line)
            assert own.added(shown) == Pass(verdict.line)
            assert own.cancelled(shown.receipt.with_line(verdict.line)) == ()

    def test_server_hears_of_it_all_the_same(self) -> None:
        """Given the same, when the receipt is closed, then the mark is told as returned where there is a queue."""
        verdict = self.SKIPPING.enter(asked(self.BY_RECEIPT))
        assert isinstance(verdict, Pass)
        receipt = asked(self.BY_RECEIPT).receipt.with_line(verdict.line)
        (told,) = gate(STRICT, skip_check=True, told=True).completed(receipt)
        assert (told.kind, "reserve" in json.loads(told.body)) == ("markReturned", False)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (mark(WATER), "Код маркировки относится к другому товару: Вода"),
            (damaged("structure"), "Код маркировки не распознан"),
            (Reading(KEFIR.barcode, (KEFIR,)), "Код маркировки не распознан"),
        ],
    )
    def test_mark_and_item_must_fit(self, wrong: Reading, words: str) -> None:
        """Given the same, when the dialog gets the mark of another item or none at all, then it keeps waiting."""
        shown = replace(asked(self.BY_RECEIPT), reading=None, answer=ScanGiven(wrong))
        verdict = self.SKIPPING.enter(shown)
        assert isinstance(verdict, Ask)
        assert verdict.question.problem is not None
        assert RUSSIAN.text(verdict.question.problem).startswith(words)

    def test_mark_in_the_receipt_is_no_second_one(self) -> None:
        """Given the same, when a mark of the return comes again, then it is refused."""
        verdict = self.SKIPPING.enter(asked(self.BY_RECEIPT))
        assert isinstance(verdict, Pass)
        shown = asked(self.BY_RECEIPT)
        again = replace(shown, receipt=shown.receipt.with_line(verdict.line))
        assert said(self.SKIPPING.enter(again)) == "Код маркировки уже добавлен в чек"

    @pytest.mark.parametrize("kind", [DocumentType.RETURN, DocumentType.SALE])
    def test_only_there(self, kind: DocumentType) -> None:
        """Given the same, when it is a return without receipt or a sale, then all is checked."""
        assert isinstance(self.SKIPPING.enter(asked(kind)), Do)
        assert isinstance(gate(UNASKED, skip_check=True).enter(asked(kind)), Pass)
