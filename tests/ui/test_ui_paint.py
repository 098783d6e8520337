from datetime import datetime
from inspect import signature
from itertools import product

import pytest
from msgspec.structs import replace

from cashier.core.keys import Action, Context, key_map
from cashier.core.modes import (
    EnteringCode,
    Popup,
)
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line
from cashier.core.say import say
from cashier.core.state import Device
from cashier.core.view import view
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import breadth
from cashier.ui.paint.screen import Moment, paint
from cashier.ui.themes import THEMES
from tests.ui.drawing import LOOKS, pen_of, rows_of, text_of
from tests.ui.fake_front import BREAD, FakeFront
from tests.ui.scenes import SCENES
from tests.ui.shots import Shot, sold

SIZES = [(80, 24), (80, 25), (80, 30), (100, 30), (100, 37), (128, 48), (200, 60)]


class TestGrid:
    def test_painters_know_nothing_of_a_theme_but_its_signs(self) -> None:
        """Themes with the same signs draw the same, so that the tests below need no theme of each colour."""
        assert set(signature(Pen).parameters) == {"catalogue", "signs"}
        assert {THEMES[name].signs for name in LOOKS} == {theme.signs for theme in THEMES.values()}

    @pytest.mark.parametrize("scene", SCENES)
    def test_rows_fill_the_screen_exactly(self, scene: str) -> None:
        """Every screen has as many rows and cells as the terminal, at every size and with the signs of every theme."""
        shot = SCENES[scene]()
        for size, theme in product(SIZES, LOOKS):
            rows = rows_of(shot, size, theme=theme)
            assert (len(rows), {breadth(row) for row in rows}) == (size[1], {size[0]}), (size, theme)

    @pytest.mark.parametrize("size", [(79, 25), (80, 23), (20, 5), (1, 1)], ids=str)
    def test_a_window_too_small_says_so(self, size: tuple[int, int]) -> None:
        """Below 80×24 nothing is drawn half: words tell what is needed."""
        rows = rows_of(SCENES["sale"](), size)
        assert len(rows) == size[1]
        assert "Окно"[: size[0] - 1] in text_of(rows)

    @pytest.mark.parametrize("scene", SCENES)
    def test_every_role_has_a_style(self, scene: str) -> None:
        """No part of a screen is drawn in a role that a theme does not know."""
        shot = SCENES[scene]()
        roles = {span.role for theme in LOOKS for row in rows_of(shot, (80, 25), theme=theme) for span in row}
        for name, theme in THEMES.items():
            assert roles - theme.styles.keys() == set(), name


class TestSale:
    def test_the_header_is_that_of_the_sketch(self) -> None:
        """Shop, till, kind, receipt and shift, cashier, status and clock stand in the top line."""
        front = sold()
        top = text_of(rows_of(Shot(front), (80, 25))).split("\n")[0]
        assert top == " Магазин 77 · Касса 3  ПРОДАЖА  чек 1 · см. 1  Иванова   ● Статус   21.11 18:26"

    @pytest.mark.parametrize(("cells", "said"), [(80, "чек 1 · см. 1"), (89, "чек 1 · см. 1"), (90, "чек 1 · смена 1")])
    def test_a_broad_header_spells_the_shift_out(self, cells: int, said: str) -> None:
        """Where there is room, nobody has to know what a shift is cut short to."""
        assert f" {said} " in text_of(rows_of(Shot(sold()), (cells, 25))).split("\n")[0]

    def test_columns_never_glue(self) -> None:
        """However many figures quantity, price and sum have, a blank stands between them."""
        front = sold()
        receipt = front.till.ledger.receipt
        assert receipt is not None
        much = Line(6, BREAD, Thousandths(99_999_999), Kopecks(99_999_999))
        front.show(ledger=replace(front.till.ledger, receipt=receipt.with_line(much)), cursor=6)
        row = next(row for row in text_of(rows_of(Shot(front), (80, 25))).split("\n") if row.startswith("▶"))
        assert row.endswith("  99999,999  999 999,99 99 999 998 000,00")

    def test_sums_are_never_cut(self) -> None:
        """A line of many millions keeps its figures; the name gives way."""
        front = sold()
        receipt = front.till.ledger.receipt
        assert receipt is not None
        dear = Line(6, replace(BREAD, name="Н" * 100), BREAD.quantity, Kopecks(10**11 - 1))
        front.show(ledger=replace(front.till.ledger, receipt=receipt.with_line(dear)), cursor=6)
        assert "…" in text_of(rows_of(Shot(front), (80, 25)))
        assert "999 999 999,99" in text_of(rows_of(Shot(front), (80, 25)))

    @pytest.mark.parametrize("cursor", [1, 2, 15, 30, 55, 59, 60])
    def test_the_selected_line_is_in_sight(self, cursor: int) -> None:
        """Wherever the selection goes, the window goes with it."""
        shot = SCENES["long"]()
        shot.front.show(cursor=cursor)
        lines = text_of(rows_of(shot, (80, 25))).split("\n")
        assert next(line for line in lines if line.startswith("▶")).split()[1] == str(cursor)

    def test_a_storno_line_is_told_without_colour(self) -> None:
        """It has a cross of its own, stays in its place and is struck through."""
        rows = rows_of(SCENES["storno"](), (80, 25))
        row = next(row for row in rows if "× Вода" in "".join(span.text for span in row))
        assert "storno" in {span.role for span in row} or "storno_selected" in {span.role for span in row}
        assert all("strike" in theme.styles["storno"] for theme in THEMES.values())

    def test_hidden_lines_are_counted(self) -> None:
        """What is above and below the window is told with its number."""
        text = text_of(rows_of(SCENES["long"](), (80, 25)))
        assert "↑ 21" in text
        assert "↓ 25" in text

    def test_change_stays_until_the_next_key(self) -> None:
        """After payment the big figure is the change; a key brings the next receipt."""
        shot = SCENES["change"]()
        assert "СДАЧА, ₽" in text_of(rows_of(shot, (80, 25)))
        shot.front.press("up")
        assert "ИТОГО, ₽" in text_of(rows_of(shot, (80, 25)))

    def test_a_notice_too_long_for_the_entry_line_takes_the_key_bar(self) -> None:
        """It is read whole; keys can be looked up again after the next key."""
        front = sold()
        front.show(notice=say("scan_broken"))
        assert "Скан пришёл не полностью. Сканируйте ещё раз" in text_of(rows_of(Shot(front), (80, 25)))

    def test_what_waits_is_counted(self) -> None:
        """Scans in the queue are told beside the entry."""
        pen = pen_of("ru", "normal")
        rows = paint(pen, view(sold().till, 2), 80, 25, Moment())
        assert text_of(rows).split("\n")[-2].endswith("в очереди 2 скана")

    def test_the_receipt_stays_readable_under_a_dialog(self) -> None:
        """At 80×24 at least the selected line stands above every dialog, and the total below it."""
        for scene in ("several", "search", "pick-list", "weighing", "quantity", "popup", "menu", "price"):
            text = text_of(rows_of(SCENES[scene](), (80, 24)))
            assert "▶  5" in text or "▶  4" in text, scene
            assert "ИТОГО, ₽" in text, scene

    @pytest.mark.parametrize(
        ("state", "sign", "words"),
        [
            ("gone", "■", "Сканер левый: отключён"),
            ("denied", "■", "Сканер левый: нет доступа"),
            ("opening", "▲", "Сканер левый: подключается"),
            ("stopped", "▲", "Сканер левый: остановлен"),
            ("ready", "●", "Статус"),
        ],
    )
    def test_the_header_says_which_device_is_in_trouble(self, state: str, sign: str, words: str) -> None:
        """The worst trouble is told in words, with a sign of its own."""
        front = sold()
        front.show(devices=(*front.till.devices, Device("левый", state)))
        assert f"{sign} {words}" in text_of(rows_of(Shot(front), (80, 25))).split("\n")[0]

    def test_a_discount_is_told(self) -> None:
        """The current line says what was taken off."""
        front = sold()
        receipt = front.till.ledger.receipt
        assert receipt is not None
        line = replace(receipt.lines[4], discount=Kopecks(1500))
        front.show(ledger=replace(front.till.ledger, receipt=receipt.with_line(line)))
        assert "скидка 15,00" in text_of(rows_of(Shot(front), (80, 25)))

    def test_an_error_at_sign_in_is_shown(self) -> None:
        """A popup before anybody is signed in stands under the fields."""
        front = FakeFront()
        front.show(mode=Popup(say("internal_error"), say("internal_error_advice"), EnteringCode()))
        text = text_of(rows_of(Shot(front), (80, 24)))
        assert "Внутренняя ошибка кассы" in text
        assert "Enter Понятно" in text
        assert "Код кассира" in text

    def test_a_long_code_shows_its_end(self) -> None:
        """The cursor stays in its field."""
        front = FakeFront()
        front.type(*"1234567890" * 4)
        text = text_of(rows_of(Shot(front), (80, 24)))
        assert "34567890" in text
        assert text.count("1234567890") == 3


class TestKeyBar:
    def test_only_what_works_is_offered(self) -> None:
        """Without a receipt nobody is told of payment, storno or quantity."""
        bar = text_of(rows_of(SCENES["empty"](), (80, 25))).split("\n")[-1]
        assert bar == " F2 Цена  F5 Поиск  F7 Список  F10 Меню  F9 Возврат  F1 Клавиши"

    def test_a_shop_with_other_keys_reads_its_own(self) -> None:
        """The bar follows the key map in force."""
        front = sold()
        keymap = key_map({Context.SALE: {Action.SUBTOTAL: ("insert",), Action.QUANTITY: ()}})
        front.show(rules=replace(front.till.rules, keymap=keymap))
        assert " Ins Оплата" in text_of(rows_of(Shot(front), (80, 25)))

    def test_an_action_without_a_key_is_not_offered(self) -> None:
        """A shop may take keys away; nothing breaks, and nobody is told of them."""
        keymap = key_map({Context.ALL: {Action.CANCEL: (), Action.HELP: ()}, Context.SALE: {Action.MENU: ()}})
        for scene in SCENES.values():
            shot = scene()
            shot.front.show(rules=replace(shot.front.till.rules, keymap=keymap))
            text = text_of(rows_of(shot, (80, 25)))
            assert "Меню" not in text
            assert "Esc" not in text


def test_the_clock_is_that_of_the_state() -> None:
    """The screen asks no clock of its own."""
    front = FakeFront()
    front.show(now=datetime(2026, 1, 2, 3, 4))  # noqa: DTZ001 - shop's local time
    assert "02.01 03:04" in text_of(rows_of(Shot(front), (80, 25)))
