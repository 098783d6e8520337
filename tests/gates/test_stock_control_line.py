"""A line is in once the system holds its reserve; a refusal shows the system's words (spec S1, S2, S3)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.events import Answered, Reply
from cashier.core.receipt import DocumentType
from cashier.gates.stock_control import Answer, StockControlGate
from cashier.remote.said import plain
from tests.core.goods import APPLES, BREAD, CHEESE, MILK
from tests.gates.choosy import Choosy, always
from tests.gates.stocked import ANSWERS, BROKEN, DONE, LATE, REFUSED, UNSENT, UNSURE, WORDLESS, Stocked


class TestNewLine:
    def test_is_asked_for_before_it_is_in(self) -> None:
        """Given goods under the scanner, then a reserve is asked for, and no line is there yet (S1)."""
        till = Stocked.selling().scan(BREAD.barcode)
        assert (till.waits, till.lines, till.asks) == ("stock_reserving", [], [("reserve", 1000)])
        (order,) = till.orders
        assert (order.sku, order.reservation) == (BREAD.code, till.receipt.identifier)

    def test_guid_and_intent_are_committed_before_the_request(self) -> None:
        """Given the first line of a receipt, then receipt and intent are one commit, and the request comes after it."""
        till = Stocked.selling().scan(BREAD.barcode)
        assert till.wrote == ["ShiftOpened", "ReceiptOpened", "IntentMade"]
        (intent,) = till.till.ledger.intents
        assert (intent.receipt, intent.position) == (till.receipt.identifier, 1)
        assert intent.body == till.requests[0].body
        assert intent.token == till.requests[0].token == till.orders[0].key

    def test_granted(self) -> None:
        """Given the permission, then line, reserve and outcome are one commit (S3)."""
        till = Stocked.selling().scan(BREAD.barcode).said(DONE)
        assert till.wrote == ["LineAdded", "IntentSettled"]
        assert till.reserves == [[1000]]
        assert till.sound()
        assert (till.undone, till.condition) == ([], "status_stock")

    @pytest.mark.parametrize("way", ANSWERS)
    def test_not_granted(self, way: str) -> None:
        """Given any other answer, or none, then no line; what may be held all the same is cancelled (S2, S10)."""
        till = Stocked.selling().scan(BREAD.barcode).said(ANSWERS[way])
        assert till.lines == []
        assert till.till.ledger.intents == ()
        assert till.undone == ([(1000, True)] if way in UNSURE else [])
        assert till.press("escape").scan(MILK.barcode).said(DONE).reserves == [[1000]]

    @pytest.mark.parametrize(
        ("answer", "words", "condition"),
        [
            (REFUSED, "Доступно 2 шт", "status_stock"),
            (WORDLESS, "Продажа товара запрещена системой контроля остатков", "status_stock"),
            (BROKEN, "Продажа товара запрещена системой контроля остатков", "status_stock"),
            (UNSENT, "Нет ответа от системы контроля остатков", "status_stock_silent"),
            (LATE, "Нет ответа от системы контроля остатков", "status_stock_silent"),
        ],
    )
    def test_words(self, answer: Answer | None, words: str, condition: str) -> None:
        """Given a refusal, then the system's own words are shown as sent, ours where it sent none."""
        till = Stocked.selling().scan(BREAD.barcode).said(answer)
        assert till.popup == f"{words}. Товар не добавлен: Хлеб"
        assert till.condition == condition

    def test_hostile_words_are_words(self) -> None:
        """Given markup and control signs, then they are shown as they are, without the signs, in one line."""
        text = plain("[b]Нет[/b]\x1b[2J\n{name} " + "х" * 500)
        till = Stocked.selling().scan(BREAD.barcode).said(replace(REFUSED, text=text))
        assert till.popup.startswith("[b]Нет[/b]\N{REPLACEMENT CHARACTER}[2J {name} хх")
        assert len(text) <= 200

    @pytest.mark.parametrize(("product", "quantity"), [(CHEESE, 350), (BREAD, 1000)])
    def test_quantity_is_that_of_the_line(self, product: object, quantity: int) -> None:
        """Given a pack of its own weight, then that much is asked for."""
        till = Stocked.selling().scan(getattr(product, "barcode", ""))
        assert till.asks == [("reserve", quantity)]

    def test_weight(self) -> None:
        """Given goods by weight, then the typed weight is asked for, and each weighing is a line of its own."""
        till = Stocked.selling()
        for _ in range(2):
            till.scan(APPLES.barcode).write("0.345").press("enter").said(DONE)
        assert till.asks == [("reserve", 345)] * 2
        assert till.reserves == [[345], [345]]
        assert till.sound()

    def test_several_pieces_are_one_request(self) -> None:
        """Given «3 *» and a scan, then three are asked for at once."""
        till = Stocked.selling().write("3").press("asterisk").scan(BREAD.barcode).said(DONE)
        assert (till.asks, till.reserves) == ([("reserve", 3000)], [[3000]])

    def test_keys_differ(self) -> None:
        """Given two lines, then each reserve has a key of its own, and both the GUID of the receipt."""
        till = Stocked.selling().sell(BREAD, MILK)
        assert len({order.key for order in till.orders}) == 2
        assert {order.reservation for order in till.orders} == {till.receipt.identifier}


class TestGivenUp:
    def test_escape_in_the_wait(self) -> None:
        """Given a reserve asked for, when Esc is pressed, then no line, and whatever it becomes is cancelled."""
        till = Stocked.selling().scan(BREAD.barcode).press("escape")
        assert (till.lines, till.problem) == ([], "")
        assert till.undone == [(1000, True)]
        assert till.undos[0].key == till.orders[0].key

    def test_answer_after_escape_changes_nothing(self) -> None:
        """Given a wait given up, when the permission comes after all, then nothing happens."""
        till = Stocked.selling().scan(BREAD.barcode).press("escape")
        told = list(till.facts)
        till.give(Answered(till.requests[0].token, Reply('{"done":true}')))
        assert (till.lines, till.facts) == ([], told)

    def test_second_answer_changes_nothing(self) -> None:
        """Given a line that is in, when a refusal comes after all, then it stays."""
        till = Stocked.selling().sell()
        till.give(Answered(till.requests[0].token, Reply('{"done":false}')))
        assert till.reserves == [[1000]]


class TestNotAsked:
    def test_switched_off(self) -> None:
        """Given the module switched off, then nobody is asked, and the line has no reserve."""
        till = Stocked.selling(asks=False).scan(BREAD.barcode)
        assert (till.lines, till.asks, till.reserves) == ([("Хлеб", 1000, False)], [], [[]])

    def test_returns(self) -> None:
        """Given a return, then nobody is asked (ukm5 2.2)."""
        till = Stocked.selling().sell()
        receipt = replace(till.receipt, kind=DocumentType.RETURN)
        till.till = replace(till.till, ledger=replace(till.till.ledger, receipt=receipt))
        till.scan(MILK.barcode)
        assert [line.product.name for line in till.live] == ["Хлеб", "Молоко"]
        assert len(till.asks) == 1

    def test_refused_by_a_gate_before(self) -> None:
        """Given a gate before it that refuses, then nothing is reserved."""
        till = Stocked.behind(Choosy(always), StockControlGate()).scan(BREAD.barcode)
        assert (till.lines, till.asks) == ([], [])


class TestLaterGate:
    @pytest.mark.parametrize("phase", ["enter", "added"])
    @pytest.mark.parametrize("way", ["done", *ANSWERS])
    def test_refuses_the_line(self, phase: str, way: str) -> None:
        """Given a gate after it that refuses, then the reserve is cancelled; where that fails the outbox does it."""
        answer = DONE if way == "done" else ANSWERS[way]
        later = Choosy(always) if phase == "enter" else Choosy(standing=always)
        till = Stocked.selling(later).scan(BREAD.barcode).said(DONE)
        assert till.waits == "stock_cancelling"
        till.said(answer)
        assert till.live == ()
        assert till.problem == "no"
        assert till.undone == ([] if way == "done" else [(1000, way in UNSURE)])
        assert (till.till.ledger.intents, till.till.ledger.leaving) == ((), ())

    def test_escape_while_the_reserve_is_cancelled(self) -> None:
        """Given such a wait, when Esc is pressed, then the outbox cancels."""
        till = Stocked.selling(Choosy(always)).scan(BREAD.barcode).said(DONE).press("escape")
        assert (till.live, till.undone, till.problem) == ((), [(1000, True)], "no")


class TestPayment:
    def test_nobody_is_told(self) -> None:
        """Given a receipt that is paid, then nothing is cancelled: the export says that it was sold (S4)."""
        till = Stocked.selling().sell(BREAD, MILK).press("plus", "enter")
        assert till.happened(f.ReceiptClosed)
        assert (till.undone, len(till.asks)) == ([], 2)
