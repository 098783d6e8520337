"""The window of alternative prices: when it comes, what it shows, which keys it takes (spec T6)."""

import pytest

from cashier.core.catalogue import Product
from cashier.core.effects import Signal
from tests.core.gates import gate as scripted
from tests.core.gates import told
from tests.core.goods import BREAD
from tests.gates.marked import RUSSIAN
from tests.gates.priced import MARK, PACK, THREE, Kiosk, asked, pack, priced


class TestRowsOfTheSpec:
    @pytest.mark.parametrize(
        ("product", "most", "price", "floor"),
        [
            (priced(19500), 19400, 19400, 0),
            (priced(19500, 18000), 19400, 19400, 0),
            (priced(19500, floor=19450), 19400, 19400, 19400),
            (priced(19500, floor=19300), 19400, 19400, 19300),
            (priced(19500), 19500, 19500, 0),
            (priced(19500, 18000, floor=20000), 19500, 19500, 19500),
            (priced(19500), 19600, 19500, 0),
            (priced(19500, 20000), 19600, 19500, 0),
            (priced(19500, 19500), 19600, 19500, 0),
            (priced(19500, 19400, floor=19450), 19600, 19500, 19450),
            (priced(19500, 19600, floor=19700), 19600, 19600, 19600),
            (priced(19500), "AAAA", 19500, 0),
            (priced(19500, floor=19000), "AB(8", 19500, 19000),
        ],
    )
    def test_no_window(self, product: Product, most: int | str, price: int, floor: int) -> None:
        """Given one price that is left, when the mark is scanned, then the pack is in at it, with its minimum."""
        kiosk = asked(product, most)
        assert (kiosk.at_rest, kiosk.sold, kiosk.line.min_price) == (True, [("Сигареты", price)], floor)

    @pytest.mark.parametrize(
        ("product", "most", "rows", "chosen"),
        [
            (priced(19500, 21000), 21000, ["1 195,00 по справочнику", "2 210,00"], 0),
            (priced(19500, 18000), 21000, ["1 180,00", "2 195,00 по справочнику"], 1),
            (THREE, 20900, ["1 180,00", "2 195,00 по справочнику"], 1),
            (THREE, 21000, ["1 180,00", "2 195,00 по справочнику", "3 210,00"], 1),
            (THREE, "AAAA", ["1 180,00", "2 195,00 по справочнику", "3 210,00"], 1),
            (priced(19500, 18000, 900000), "????", ["1 180,00", "2 195,00 по справочнику", "3 9 000,00"], 1),
            (priced(19500, 18000, 21000, floor=18100), "AAAA", ["1 195,00 по справочнику", "2 210,00"], 0),
            (priced(19500, 20000, 21000, floor=19600), 23000, ["1 200,00", "2 210,00"], 0),
        ],
    )
    def test_window(self, product: Product, most: int | str, rows: list[str], chosen: int) -> None:
        """Given several prices that are left, when the mark is scanned, then they are offered, its own preselected."""
        kiosk = asked(product, most)
        shown = [row.replace("\xa0", " ").replace("\u202f", " ") for row in kiosk.rows]
        assert (shown, kiosk.dialog.chosen, kiosk.sold) == (rows, chosen, [])

    def test_minimum_goes_with_the_line(self) -> None:
        """Given a minimum above МРЦ or below it, when a price is chosen, then the lower of the two holds."""
        assert asked(priced(19500, 20000, floor=19000), 23000).press("2").line.min_price == 19000
        assert asked(priced(19500, 20000, floor=19000), "AAAA").press("2").line.min_price == 19000

    def test_what_it_shows(self) -> None:
        """Given the window, then it names goods and МРЦ, or says that there is none to be read."""
        for most, words in ((23000, "МРЦ 230,00 ₽"), ("AAAA", "МРЦ не прочитана")):
            dialog = asked(THREE, most).dialog
            assert RUSSIAN.text(dialog.title) == "Выберите цену"
            assert [RUSSIAN.text(own) for own in dialog.body] == [f"Сигареты {words}"]

    def test_no_price_is_left(self) -> None:
        """Given a catalogue price below its own minimum and no other, then nothing is sold and it is said why."""
        kiosk = asked(priced(19500, 19600, floor=20000), 21000)
        assert kiosk.popup == ("price_below_minimum", "price_below_minimum_advice")
        assert kiosk.sentence == "Сигареты: цена 195,00 ниже минимальной 200,00"
        assert (kiosk.press("escape").at_rest, kiosk.sold) == (True, [])

    def test_minimum_that_sank_is_the_one_named(self) -> None:
        """Given the same with a minimum above МРЦ, then it is МРЦ that the price is below."""
        kiosk = asked(priced(19400, floor=20000), 19500)
        assert kiosk.sentence == "Сигареты: цена 194,00 ниже минимальной 195,00"


class TestKeys:
    @pytest.mark.parametrize(
        ("keys", "price"),
        [
            (("enter",), 19500),
            (("1",), 18000),
            (("2",), 19500),
            (("3",), 21000),
            (("down", "enter"), 21000),
            (("up", "enter"), 18000),
            (("down", "up", "up", "enter"), 18000),
            (("4", "0", "enter"), 19500),
            (("down", "1"), 18000),
        ],
    )
    def test_row_is_taken(self, keys: tuple[str, ...], price: int) -> None:
        """Given the window, when a digit is pressed or a row is gone to and Enter pressed, then that price is it."""
        kiosk = asked().press(*keys)
        assert (kiosk.sold, kiosk.at_rest, kiosk.marks) == ([("Сигареты", price)], True, [MARK.ki])
        assert kiosk.wrote == ["LineAdded"]

    def test_escape_adds_nothing(self) -> None:
        """Given the window, when Esc is pressed, then nothing was sold, and the same pack can be sold afterwards."""
        kiosk = asked().press("escape")
        assert (kiosk.at_rest, kiosk.sold, kiosk.wrote) == (True, [], [])
        assert kiosk.take(MARK).press("enter").sold == [("Сигареты", 19500)]

    def test_escape_leaves_what_was_entered(self) -> None:
        """Given something reserved before the window, when Esc is pressed, then it is given back."""
        stock = scripted("stock", enter="do")
        kiosk = Kiosk.open(stock).take(MARK).reply()
        assert told(stock) == ["stock enter do", "stock enter pass"]
        assert kiosk.rows
        kiosk.press("escape")
        assert (told(stock), kiosk.sold) == (["stock leave pass"], [])
        assert (kiosk.till.ledger.intents, kiosk.settled) == ((), {"stock enter 0": "done"})

    def test_choice_keeps_what_was_entered(self) -> None:
        """Given the same, when a price is chosen, then the line is in with what was reserved."""
        stock = scripted("stock", enter="do")
        kiosk = Kiosk.open(stock).take(MARK).reply().press("1")
        assert (kiosk.sold, kiosk.line.memory("stock")) == ([("Сигареты", 18000)], "holds 1000")
        assert kiosk.settled == {"stock enter 0": "done"}

    def test_nothing_left_leaves_what_was_entered(self) -> None:
        """Given something reserved and no price that is left, then it is given back."""
        stock = scripted("stock", enter="do")
        kiosk = Kiosk.open(stock).take(pack(priced(19500, floor=20000), 21000)).reply()
        assert (kiosk.problem, told(stock)[-1]) == ("price_below_minimum", "stock leave pass")

    def test_other_keys_change_nothing(self) -> None:
        """Given the window, when keys of the sale are pressed, then it stands as it was."""
        kiosk = asked()
        before = kiosk.till.mode
        for key in ("plus", "delete", "f4", "f11", "/", "x", "0", "4"):
            kiosk.press(key)
            assert (kiosk.till.mode, kiosk.wrote) == (before, []), key

    def test_scan_is_refused(self) -> None:
        """Given the window, when anything is scanned, then it is refused with a sound, and the window stands."""
        kiosk = asked()
        before = kiosk.till.mode
        for data in (BREAD.barcode, PACK.barcode, MARK.code):
            kiosk.scan(data)
            assert (kiosk.till.mode, kiosk.notice, kiosk.wrote) == (before, "scan_in_dialog", [])
            assert any(isinstance(own, Signal) and not own.accepted for own in kiosk.effects)
        assert kiosk.press("enter").sold == [("Сигареты", 19500)]
