"""A mark read again within a second by the same scanner is one mark: a tone, a line in the log, no popup (M15)."""

import pytest

from cashier.core import modes as m
from cashier.core.effects import Log, Signal
from tests.core.goods import BREAD
from tests.core.hand import SCANNER
from tests.gates.marked import KEFIR, RUSSIAN, STRICT, Shop, mark

MARK, OTHER = mark(KEFIR), mark(KEFIR, "b")


def sold() -> Shop:
    """Sell a pack whose mark was read at 100.0 s."""
    return Shop.selling().held_up(MARK, 100.0)


class TestInTheSale:
    @pytest.mark.parametrize("at", [100.0, 100.3, 100.999])
    def test_within_a_second(self, at: float) -> None:
        """Given a mark just sold, when it is read again within a second, then there is a tone and a word, no popup."""
        shop = sold().held_up(MARK, at)
        assert (shop.notice, shop.till.mode) == ("mark_read_twice", m.Selling())
        assert shop.lines == [("Кефир", 1000, False)]
        assert Signal(accepted=False, device=SCANNER) in shop.effects
        assert any("mark_read_twice" in effect.text for effect in shop.effects if isinstance(effect, Log))
        assert shop.till.notice is not None
        assert RUSSIAN.text(shop.till.notice) == "Этот код уже считан"

    def test_log_has_no_check_part(self) -> None:
        """Given marks sold, refused and read twice, then no line of the log has enough to forge one."""
        shop = Shop.selling()
        for own, at in ((MARK, 10.0), (MARK, 10.2), (mark(KEFIR, "c", category=None), 12.0), (mark(BREAD), 14.0)):
            shop.held_up(own, at).press("escape")
            texts = [effect.text for effect in shop.effects if isinstance(effect, Log)]
            assert not any("93dGVz" in text or b"93dGVz".hex() in text for text in texts)
        held = shop.scan(KEFIR.barcode).held_up(mark(BREAD), 20.0).held_up(mark(BREAD), 20.1)
        (refused,) = [effect.text for effect in held.effects if isinstance(effect, Log) and "refused" in effect.text]
        assert refused.endswith(mark(BREAD).code.encode()[:21].hex())

    def test_a_second_later(self) -> None:
        """Given a mark just sold, when it is read 1.0 s later, then it is told like any that is in the receipt."""
        assert sold().held_up(MARK, 101.0).problem == "mark_in_receipt"

    def test_trigger_held_down(self) -> None:
        """Given a scanner that reads on and on, when less than a second lies between, then each is the same read."""
        shop = sold()
        for tenth in range(5, 40, 5):
            assert shop.held_up(MARK, 100.0 + tenth / 10).notice == "mark_read_twice"
            assert shop.problem == ""

    def test_by_another_scanner(self) -> None:
        """Given a mark just sold, when another scanner reads it, then that is no double read."""
        assert sold().held_up(MARK, 100.2, "other").problem == "mark_in_receipt"

    def test_of_another_mark(self) -> None:
        """Given a mark just sold, when another one is read at once, then both are sold, and the first is forgotten."""
        shop = sold().held_up(OTHER, 100.1)
        assert shop.marks == [MARK.ki, OTHER.ki]
        assert shop.held_up(MARK, 100.2).problem == "mark_in_receipt"

    def test_key_in_between(self) -> None:
        """Given a key pressed in between, when the mark is read again, then the cashier meant it."""
        shop = sold().press("up").held_up(MARK, 100.5)
        assert shop.problem == "mark_in_receipt"

    def test_clock_that_went_back(self) -> None:
        """Given a moment before that of the first read, then it is no double read."""
        assert sold().held_up(MARK, 99.9).problem == "mark_in_receipt"

    def test_keeps_the_quantity_typed(self) -> None:
        """Given a double read of a refused mark, when a quantity was not touched, then it stands as typed."""
        shop = Shop.selling().write("2*").held_up(MARK, 10.0)
        assert shop.problem == "quantity_of_marked"
        assert shop.press("enter").till.mode == m.Selling()

    def test_plain_barcode_twice_is_two_pieces(self) -> None:
        """Given a plain barcode read twice within a second, then two pieces are sold."""
        shop = Shop.selling().scan(BREAD.barcode).scan(BREAD.barcode)
        assert shop.lines == [("Хлеб", 2000, False)]


class TestInTheDialog:
    def test_wrong_mark_read_twice(self) -> None:
        """Given the dialog, when a mark is read twice, then what was wrong with it stands, and a tone says no."""
        shop = Shop.selling().scan(KEFIR.barcode).held_up(mark(BREAD), 50.0)
        wrong = shop.wrong
        assert wrong[0] == "mark_of_other_item_named"
        shop.held_up(mark(BREAD), 50.5)
        assert (shop.wrong, shop.notice) == (wrong, "mark_read_twice")

    def test_mark_that_opened_no_line(self) -> None:
        """Given a mark sold, when the next pack's dialog gets it again within a second, then it is a double read."""
        shop = sold().scan(KEFIR.barcode).held_up(MARK, 100.9)
        assert (shop.wrong, shop.notice) == (("", ""), "mark_read_twice")

    def test_while_the_server_is_asked(self) -> None:
        """Given a check under way, when the mark is read again, then it is a scan nobody waits for."""
        shop = Shop.selling(STRICT).held_up(MARK, 10.0).held_up(MARK, 10.2)
        assert (shop.waits, shop.notice) == ("mark_checking", "scan_in_dialog")
