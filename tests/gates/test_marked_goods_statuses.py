"""The eleven statuses of the cash server, word for word, and what is done without an answer (spec M12)."""

import pytest

from cashier.gates.marked_goods import STATUSES, Category
from tests.gates.marked import FREE, KEFIR, LENIENT, RUSSIAN, STRICT, Shop, mark
from tests.gates.seed_words import SEED, UNKNOWN

MARK = mark(KEFIR)


def test_statuses_are_those_of_the_protocol() -> None:
    """Given the statuses of interfaces.md, then the table holds these eleven and no other."""
    assert sorted(STATUSES) == sorted(SEED)
    assert len(SEED) == 11


@pytest.mark.parametrize("category", [STRICT, LENIENT], ids=["strict", "lenient"])
@pytest.mark.parametrize("way", ["mark", "barcode and mark"])
@pytest.mark.parametrize("status", SEED)
def test_status(status: str, way: str, category: Category) -> None:
    """Given a status, when the server answers it, then the mark is sold or refused with the seed's words (M12)."""
    shop = Shop.selling(category)
    shop = shop.take(MARK) if way == "mark" else shop.scan(KEFIR.barcode).take(MARK)
    assert shop.waits == "mark_checking"
    shop.reply(status)
    assert shop.sentence == SEED[status]
    assert shop.marks == ([] if SEED[status] else [MARK.ki])
    assert shop.condition == "status_marks"
    assert shop.queued == []


@pytest.mark.parametrize("answer", ["RESERVED", "sold", "", "NOT_REGISTERED ", "⟨?⟩"])
def test_status_nobody_knows(answer: str) -> None:
    """Given a status that is none of the eleven, then the mark is refused as unknown, errors ignored or not."""
    shop = Shop.selling(LENIENT).take(MARK).reply(answer)
    assert (shop.sentence, shop.lines) == (UNKNOWN, [])


class TestQuestionToTheServer:
    def test_body(self) -> None:
        """Given a check, then the server is asked with the fields of interfaces.md, within the category's deadline."""
        shop = Shop.selling(STRICT).take(MARK)
        assert shop.order["request"] == {
            "operation": "status",
            "mark": MARK.code,
            "ki": MARK.ki,
            "barcode": KEFIR.barcode,
            "shopcode": 5,
            "cashcode": 12,
            "receipt": shop.order["request"]["receipt"],
            "documentType": "sale",
        }
        assert shop.requests[0].deadline == 7.0
        assert shop.requests[0].gate == "marked_goods"

    def test_receipt_is_that_which_is_opened(self) -> None:
        """Given the first line, when the server was asked before there was a receipt, then it is the same one."""
        shop = Shop.selling(STRICT).take(MARK)
        receipt = shop.order["request"]["receipt"]
        assert shop.reply(FREE).receipt.identifier == receipt

    def test_nothing_is_written_before_the_answer(self) -> None:
        """Given a check, when it is under way, then nothing is written and the scan shows nothing sold."""
        shop = Shop.selling(STRICT).take(MARK)
        assert (shop.wrote, shop.lines) == ([], [])


class TestNoAnswer:
    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_ignored(self, reason: str) -> None:
        """Given `ignoreMarkVerifyErrors`, when the server is silent, then the line is added and the status says so."""
        shop = Shop.selling(LENIENT).take(MARK).no_reply(reason)
        assert shop.marks == [MARK.ki]
        assert shop.condition == "status_marks_unchecked"
        assert RUSSIAN.text(shop.till.conditions[-1].text) == "Работа без проверки кодов маркировки"

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_not_ignored(self, reason: str) -> None:
        """Given no ignoring, when the server is silent, then the mark is refused, and the status says so too."""
        shop = Shop.selling(STRICT).take(MARK).no_reply(reason)
        assert shop.popup == ("mark_server_silent", "mark_server_silent_advice")
        assert (shop.lines, shop.condition) == ([], "status_marks_silent")

    def test_well_again(self) -> None:
        """Given work without the check, when the server answers once more, then the status is well again."""
        shop = Shop.selling(LENIENT).take(MARK).no_reply()
        assert shop.condition == "status_marks_unchecked"
        assert shop.reply("RESERVED").condition == "status_marks"
        shop.take(mark(KEFIR, "b")).no_reply()
        assert shop.condition == "status_marks_unchecked"
        shop.no_reply().take(mark(KEFIR, "c")).reply("SOLD")
        assert shop.condition == "status_marks"

    def test_nobody_knows_before_the_first_question(self) -> None:
        """Given marks that need no server, when they are sold, then nothing is said of its health."""
        assert Shop.selling().take(MARK).condition == ""
