"""The trainee's panel where marks are sold: packs of open receipts come first, and it opens where it was left."""

from typing import Final

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import Break, Simulate
from cashier.core.samples import Sample, Switch
from cashier.core.say import say
from tests.core.goods import BREAD
from tests.gates.marked import BRIE, KEFIR, WATER, Shop, mark

FIRST, SECOND = mark(KEFIR), mark(WATER)
LOAF: Final = Sample("Хлеб", BREAD.barcode.encode())
PACK: Final = Sample("Кефир", FIRST.code.encode())
BROKEN: Final = Switch("Сервер молчит", "cash_server", "silent")


def training() -> Shop:
    """A trainee's till."""
    shop = Shop.selling()
    rules = replace(shop.rules, training=True, samples=(LOAF, PACK, BROKEN))
    shop.rules, shop.till = rules, replace(shop.till, rules=rules)
    return shop


def captions(shop: Shop) -> list[str]:
    """Return the rows of the panel."""
    return [row.caption for row in shop.till.samples]


class TestOwnPacks:
    def test_come_first(self) -> None:
        """Given packs in the open receipt and one put aside, then they lead, bread without a mark does not."""
        shop = training().take(FIRST).press("f11").scan(BREAD.barcode).press("delete").scan(BREAD.barcode).take(SECOND)
        numbers = [receipt.number for receipt in (shop.receipt, *shop.till.ledger.postponed)]
        assert captions(shop)[:2] == [f"№ {numbers[0]}/3: Вода", f"№ {numbers[1]}/1: Кефир"]
        assert captions(shop)[2:] == ["Хлеб", "Кефир", "Сервер молчит"]

    def test_go_with_their_lines(self) -> None:
        """Given a pack in the receipt, when it is taken out or paid, then the panel is as it was."""
        assert len(captions(training().take(FIRST).press("delete").take(FIRST))) == 3
        assert len(captions(training().take(FIRST).press("plus", "enter"))) == 3

    def test_is_held_under_the_scanner_whole(self) -> None:
        """Given a pack in the receipt and the storno dialog, when its row is taken, then its whole code is scanned."""
        shop = training().take(FIRST).press("delete", "f3", "1")
        assert Simulate(FIRST.code.encode()) in shop.effects


class TestRow:
    def test_it_opens_where_it_was_left(self) -> None:
        """Given a row taken, when the panel opens again, then that row stands selected, also with more rows above."""
        shop = training().press("f3", "2")
        modes = [shop.till.mode, shop.press("f3").till.mode]
        assert modes == [m.Selling(), m.Panel(m.Selling(), 1)]
        shop.press("escape").take(FIRST).press("f3")
        assert shop.till.mode == m.Panel(m.Selling(), 2)
        assert shop.till.samples[2] == PACK

    def test_first_time_and_after_looking_only(self) -> None:
        """Given no row taken yet, or Esc, then the first row is selected."""
        assert training().press("f3", "down", "escape", "f3").till.mode == m.Panel(m.Selling(), 0)

    def test_row_that_is_gone(self) -> None:
        """Given an own pack taken last, when it is no longer there, then the panel opens at its beginning."""
        shop = training().take(FIRST, SECOND).press("f3", "1")
        shop.press("f4", "enter", "f3")
        assert shop.till.mode == m.Panel(m.Selling(), 0)

    def test_fault_is_said(self) -> None:
        """Given a row that breaks something, when it is taken, then it is broken and a quiet line says so."""
        shop = training().press("f3", "3")
        assert shop.effects[-1] == Break("cash_server", "silent")
        assert shop.till.notice == say("fault_set", what="Сервер молчит")

    def test_from_the_dialog_of_a_weight(self) -> None:
        """Given the weight of marked goods asked for, when the panel is opened, then a pack may be held up there."""
        shop = training().scan(BRIE.barcode).press("f3")
        assert isinstance(shop.till.mode, m.Panel)
        assert isinstance(shop.press("2").till.mode, m.Weighing)
        assert Simulate(PACK.data) in shop.effects
