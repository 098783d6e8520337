"""The dialogs of price, age and clock as they are painted: sums and dates are whole in the smallest window."""

import re
from typing import Final

import pytest
from msgspec.structs import replace

from cashier.core.modes import Popup
from cashier.core.money import LIMIT, Kopecks
from cashier.ui.themes import THEMES
from tests.gates.marked import mark
from tests.ui.drawing import fills, rows_of, text_of, words_of
from tests.ui.mark_front import MarkFront
from tests.ui.price_goods import BEER, PACK, pack
from tests.ui.scenes_prices import LONG, PRICE_SCENES, SHUT, begun, choosing
from tests.ui.shots import Shot
from tests.ui.test_ui_hostile import HOSTILE

LEAST: Final = (80, 24)
SIZES: Final = [LEAST, (80, 25), (100, 37), (128, 40)]
DEAREST: Final = replace(LONG, alternatives=(Kopecks(119500), LIMIT))
"""A long name, and prices from 95.00 to the highest there is."""


def inside(front: MarkFront, size: tuple[int, int] = LEAST, language: str = "ru") -> list[str]:
    """Read the rows of a dialog without its frame and the sign of the selection, blank ones left out."""
    rows = text_of(rows_of(Shot(front), size, language)).split("\n")
    said = (row.strip().strip("║").strip().removeprefix("▶ ") for row in rows if row.strip().startswith("║"))
    return [row for row in said if row]


class TestPrices:
    def test_digit_and_sum_are_told_apart(self) -> None:
        """Given 195.00 in row 1, then nobody reads 1 195.00: the sum stands apart from its digit."""
        rows = [re.sub(" {3,}", " | ", row) for row in inside(choosing())[1:4]]
        assert rows == ["1 | 195,00 | по справочнику", "2 | 210,00", "3 | 225,00"]

    @pytest.mark.parametrize("size", SIZES, ids=str)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_sums_end_in_one_column(self, size: tuple[int, int], language: str) -> None:
        """Given prices of different length and a long name, then all sums are whole, kopecks under kopecks."""
        money = words_of(language).money
        lines = text_of(rows_of(Shot(choosing(product=DEAREST, roubles=0)), size, language)).split("\n")
        sums = [f"  {money(own)}" for own in (DEAREST.price, *DEAREST.alternatives)]
        ends = [line.index(own) + len(own) for line in lines for own in sums if own in line and "║" in line]
        assert len(ends) == 3
        assert len(set(ends)) == 1

    @pytest.mark.parametrize("size", SIZES, ids=str)
    @pytest.mark.parametrize(
        ("language", "words"), [("ru", "МРЦ не прочитана"), ("en", "max. price not read")], ids=["ru", "en"]
    )
    def test_a_long_name_cuts_nothing_else(self, size: tuple[int, int], language: str, words: str) -> None:
        """Given a name longer than two rows, then what is said of МРЦ stands whole at the right of it."""
        first, second, *_ = inside(choosing(product=DEAREST, roubles=0), size, language)
        assert first.endswith(f"  {words}")
        assert second.endswith("…")

    @pytest.mark.parametrize("theme", THEMES)
    def test_the_choice_is_in_sight(self, theme: str) -> None:
        """Given a row without a digit far down, then it is shown as the selected one in every theme."""
        drawn = text_of(rows_of(PRICE_SCENES["price-many"](), LEAST, theme=theme))
        assert re.search("[▶>] +210,00", drawn)

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_discounts_and_maximum_are_whole(self, language: str) -> None:
        """Given МРЦ and both discounts, then the smallest window has all of their sums beside the total."""
        words = words_of(language)
        drawn = text_of(rows_of(PRICE_SCENES["price-discounts"](), LEAST, language))
        assert all(words.money(Kopecks(own)) in drawn for own in (23000, 1531, 2354))


class TestAge:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_a_long_name_cuts_nothing_else(self, size: tuple[int, int]) -> None:
        """Given a name longer than two rows, then age, date of birth, both answers and the keys are whole."""
        front = begun(replace(BEER, name=LONG.name))
        front.scan(BEER.barcode)
        rows = inside(front, size)
        assert rows[0].endswith("  с 18 лет")
        assert rows[2:] == [
            "Дата рождения: 20.11.2008 или раньше",
            "1 Возраст проверен: 18 лет есть",
            "2 Ввести дату рождения",
            "↑↓ Выбор    Enter Выбрать    Esc Не продавать",
        ]


class TestRefusals:
    @pytest.mark.parametrize("words", ["Пиво " * 60, "Ж" * 500, "商品名" * 40], ids=["words", "word", "wide"])
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_an_endless_name_cuts_nothing_else(self, words: str, language: str) -> None:
        """Given a name without end, then the smallest window has all of why the goods are refused, and what to do."""
        dear = replace(PACK, name=words, price=Kopecks(LIMIT - 100), min_price=LIMIT, alternatives=())
        shut, young = replace(SHUT, name=words), begun(replace(BEER, name=words))
        young.scan(BEER.barcode)
        young.type("2", *"21112008", "enter")
        for front in (begun(dear).take(pack(dear, 0)), begun(shut).take(mark(shut)), young):
            mode = front.till.mode
            assert isinstance(mode, Popup)
            said = " ".join(inside(front, language=language))
            reason = words_of(language).parts(mode.reason)[1]
            assert f"… {reason} {words_of(language).text(mode.advice)}" in said


class TestHostileText:
    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_in_every_dialog_of_them(self, words: str) -> None:
        """Markup, escapes, bidi and endless words in names change nothing but the text itself."""
        for front in _hostile(words):
            for size in (LEAST, (100, 37)):
                fills(Shot(front), size)
                assert "Esc" in inside(front, size)[-1] or "Enter" in inside(front, size)[-1]


def _hostile(words: str) -> list[MarkFront]:
    """Put hostile words into the name of goods that are asked about, and refused."""
    tobacco, beer, shut = (replace(own, name=words, unit=words) for own in (PACK, BEER, SHUT))
    window, sold = choosing(product=tobacco), choosing(product=tobacco)
    sold.type("2", "delete")
    age, young, late = begun(beer), begun(beer), begun(shut)
    for front in (age, young, late):
        front.scan(BEER.barcode)
    young.type("2", *"21112008", "enter")
    cheap = replace(tobacco, min_price=Kopecks(20000), alternatives=())
    return [window, sold, age, young, late, begun(cheap).take(pack(cheap))]
