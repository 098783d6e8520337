"""A return without a receipt: the right, entry as in a sale, marks, what may not come back, the money (M9, R6)."""

import json

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import RefundCharge
from cashier.core.quantity import pieces
from cashier.core.reading import Standing
from cashier.core.receipt import DocumentType
from cashier.core.rights import LOWEST_ROLES
from tests.core.goods import BANNED, BREAD, IVANOVA, MILK, PETROV
from tests.core.sample_money import card
from tests.gates.marked import KEFIR, SMOKES, STRICT, gate, mark
from tests.gates.returned import FLOAT, ReturnShop, returns

ROW = ("f10", *("down",) * m.MENU.index("menu_return"), "enter")


def begun(*gates: object, **rules: object) -> ReturnShop:
    """Start a return without a receipt by the cash menu."""
    return ReturnShop.behind(*(gates or (gate(), returns())), **rules).press(*ROW)  # type: ignore[arg-type]


class TestBeginning:
    def test_menu_opens_it(self) -> None:
        """Given the cash menu, when its row is taken, then a return stands open, before any goods are scanned."""
        shop = begun()
        assert shop.receipt.kind is DocumentType.RETURN
        assert shop.till.mode == m.Selling()
        assert shop.notice == "return_begun"

    def test_right_is_asked(self) -> None:
        """Given a cashier without the right, when a senior agrees, then his word and the return are one commit."""
        shop = begun(rights=LOWEST_ROLES)
        assert isinstance(shop.till.mode, m.Approving)
        shop.approve(PETROV.code)
        assert shop.wrote == ["Approved", "ReceiptOpened"]
        assert shop.happened(f.Approved)[0] == f.Approved("refund", PETROV, IVANOVA, shop.till.now.isoformat())

    def test_open_receipt_comes_first(self) -> None:
        """Given a sale in work, when the row is taken, then nobody is asked for the right and nothing changes."""
        shop = ReturnShop.behind(returns(), rights=LOWEST_ROLES).scan(BREAD.barcode).press(*ROW)
        assert shop.notice == "return_receipt_open"
        assert shop.receipt.kind is DocumentType.SALE

    def test_power_cut(self) -> None:
        """Given a return in work, when the power goes, then after the sign-in it is still a return."""
        again = begun().scan(BREAD.barcode).restarted().sign_in()
        assert again.receipt.kind is DocumentType.RETURN
        assert [line.product.name for line in again.receipt.live] == ["Хлеб"]


class TestGoods:
    def test_entry_as_in_a_sale(self) -> None:
        """Given a return, when goods are scanned and counted, then they stand in it, quantity and storno as ever."""
        shop = begun().write("3*").scan(BREAD.barcode).scan(MILK.barcode).press("f6", "2", "enter")
        assert [(line.product.name, line.quantity) for line in shop.receipt.live] == [
            ("Хлеб", pieces(3)),
            ("Молоко", pieces(2)),
        ]
        assert shop.press("delete").receipt.total == 13650

    def test_discount_may_be_given(self) -> None:
        """Given goods that were sold cheaper, when a discount is typed, then less goes back."""
        assert begun().scan(BREAD.barcode).press("/").write("10").press("enter").receipt.total == 4095

    def test_what_is_not_for_sale_any_more_comes_back(self) -> None:
        """Given goods taken from sale, when they come back, then they may: only their return can be forbidden."""
        assert begun().scan(BANNED.barcode).receipt.total == BANNED.price

    def test_order_and_postponing_are_refused(self) -> None:
        """Given a return, then neither an order nor F11 goes with it."""
        shop = begun(orders=True).scan(BREAD.barcode)
        assert shop.press("f11").notice == "return_not_postponed"
        order = ("f10", *("down",) * m.MENU.index("menu_order"), "enter")
        assert shop.press(*order).notice == "order_in_return"

    def test_form_is_not_opened_over_it(self) -> None:
        """Given a return without a receipt, when F9 is pressed, then it has to be finished first."""
        assert begun().press("f9").notice == "return_free_open"


class TestMarks:
    def test_mark_as_in_a_sale_then_returned(self) -> None:
        """Given a pack, when it comes back, then its mark is asked for, and the queue hears `markReturned`."""
        shop = begun(gate(STRICT), returns()).scan(KEFIR.barcode)
        assert isinstance(shop.till.mode, m.Passing)
        shop.take(mark(KEFIR)).reply("SOLD").reply("RESERVED")
        told = [json.loads(own.body)["request"]["documentType"] for own in shop.requests]
        assert told == ["return", "return"]
        shop.paying().press("enter")
        (message,) = shop.happened(f.MessageQueued)
        assert message.kind == "markReturned"  # type: ignore[union-attr]

    def test_tobacco_only_by_its_mark(self) -> None:
        """Given a pack of cigarettes, when its barcode is scanned, then its mark is asked for, without a way around."""
        shop = begun(gate(without_mark=True), returns()).scan(SMOKES.barcode)
        mode = shop.till.mode
        assert isinstance(mode, m.Passing)
        assert mode.at.question.choices == ()  # type: ignore[union-attr]

    def test_mark_returned_before(self) -> None:
        """Given a mark that came back here, when it comes back again, then it is refused; sold ones come back."""
        assert begun().take(mark(KEFIR, standing=Standing.RETURNED)).problem == "mark_registered_before"
        assert begun().take(mark(KEFIR, standing=Standing.SOLD)).receipt.total == KEFIR.price

    def test_mark_never_sold_here(self) -> None:
        """Given a mark this till knows nothing of, when it comes back, then it is taken."""
        assert begun().take(mark(KEFIR)).receipt.total == KEFIR.price


class TestMoney:
    def test_cash(self) -> None:
        """Given goods that came back, when the reason and Enter are given, then cash goes out of the drawer."""
        shop = begun().scan(BREAD.barcode).paying().press("enter")
        assert shop.till.ledger.drawer == FLOAT - BREAD.price
        assert shop.till.ledger.last is not None
        assert shop.till.ledger.last.kind is DocumentType.RETURN

    def test_card_without_an_operation(self) -> None:
        """Given a buyer who paid by card, when F2 is pressed, then the terminal goes by the card held to it."""
        shop = begun().scan(BREAD.barcode).paying().press("f2")
        assert shop.asked(RefundCharge).operation == ""
        assert card(shop, "approved").till.ledger.receipt is None

    def test_cancelled(self) -> None:
        """Given an empty return opened by mistake, when F4 is pressed, then it is gone without a senior."""
        shop = begun().press("f4", "enter")
        assert shop.till.ledger.receipt is None
