"""The card of the price check as it is painted: the price big, sums whole, nothing lost that cannot be scrolled to."""

from typing import Final

import pytest
from msgspec.structs import replace

from cashier.core.modes import Remark, Selling, ShowingPrice
from cashier.core.money import LIMIT, Kopecks
from cashier.core.say import Say, say
from cashier.core.view_dialog import literal
from cashier.ui.locale import Catalogue
from cashier.ui.paint.digits import big
from tests.ui.drawing import fills, rows_of, text_of
from tests.ui.fake_front import BREAD, FakeFront
from tests.ui.price_goods import pack
from tests.ui.scenes_checks import MANY, MUCH, checking
from tests.ui.shots import Shot
from tests.ui.test_ui_hostile import HOSTILE

LEAST: Final = (80, 24)
SIZES: Final = [LEAST, (80, 25), (100, 37), (128, 40)]


def card(*lines: Say, price: int = 4550, unit: str = "шт", first: int = 0) -> Shot:
    """Return a till with a card of bread on it."""
    front = FakeFront().sign_in()
    goods = replace(BREAD, price=Kopecks(price), unit=unit)
    front.show(mode=ShowingPrice(Selling(), goods, remarks=(Remark(lines=lines),), first=first))
    return Shot(front)


def inside(shot: Shot, size: tuple[int, int] = LEAST, language: str = "ru", theme: str = "normal") -> list[str]:
    """Read the rows of the dialog without its frame, blank ones left out."""
    rows = text_of(rows_of(shot, size, language, theme)).split("\n")
    side = "║" if theme != "console" else "│║"
    said = (row.strip().strip(side).rstrip() for row in rows if row.strip()[:1] in side and row.strip())
    return [row for row in said if row.strip()]


def frame(shot: Shot, size: tuple[int, int] = LEAST) -> tuple[str, str]:
    """Read the first and the last row of the frame."""
    rows = text_of(rows_of(shot, size)).split("\n")
    return next(row for row in rows if "╔" in row), next(row for row in rows if "╚" in row)


class TestPrice:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_it_is_big(self, size: tuple[int, int], language: str) -> None:
        """Given goods, then its name and code stand above the price in big digits, and what that is for beside it."""
        name, top, middle, low, *_ = inside(card(), size, language)
        digits = big(Catalogue(language).money(Kopecks(4550)), blocks=True)
        assert BREAD.name in name
        assert name.endswith(BREAD.code)
        for row, own in zip((top, middle, low), digits, strict=True):
            assert own.rstrip() in row
        assert low.endswith("1 шт")

    def test_it_is_big_where_a_font_has_no_blocks(self) -> None:
        """Given the console, then the digits are of lines."""
        screen = text_of(rows_of(card(), LEAST, theme="console"))
        assert all(own.rstrip() in screen for own in big("45,50", blocks=False))

    def test_narrower_digits_then_small_ones(self) -> None:
        """Given dearer goods, then digits become narrower, and small at last; the sum is whole in each form."""
        assert big("12 345 678,90", blocks=False)[1] in text_of(rows_of(card(price=1_234_567_890), LEAST))
        assert Catalogue("ru").money(LIMIT) in inside(card(price=LIMIT))[1]

    def test_endless_unit_takes_no_digit(self) -> None:
        """Given a unit without end, then the price is small and whole before it."""
        assert inside(card(unit="штука " * 30))[1].strip().startswith("45,50  ₽ за 1 штука")


class TestLines:
    def test_parts_stand_apart(self) -> None:
        """Given a text in two parts, then the second ends at the right."""
        row = inside(card(say("known_minimum", price=BREAD.name)))[4]
        assert row.split("  ")[-1] == f"{BREAD.name} ₽"

    def test_sums_of_a_list_are_never_broken(self) -> None:
        """Given more prices than a row holds, then they go on below, each of them whole."""
        front = checking(MANY)
        front.take(pack(MANY, 0))
        said = inside(Shot(front), (100, 37))
        rows = [row.strip() for row in said[said.index("  Цена этой упаковки") + 1 :][:3]]
        money = Catalogue("ru").money
        assert " ".join(rows) == ", ".join(map(money, (MANY.price, *MANY.alternatives))) + " ₽"
        assert all(row.endswith((",", "₽")) for row in rows)

    @pytest.mark.parametrize("words", ["слово " * 24, "Ж" * 100])
    def test_long_words_go_on_below(self, words: str) -> None:
        """Given a message of another system, long as it comes, then it is there, on rows of its own."""
        long = say("known_age", age=words)
        joined = "".join("".join(inside(card(literal(words), long), (100, 37))).split())
        assert joined.count("".join(words.split())) == 2

    def test_hidden_lines_are_counted_and_reached(self) -> None:
        """Given more than fits, then the frame counts what is hidden, and from the last line on all else is above."""
        front = checking(MUCH, legal=19000)
        front.take(pack(MUCH, 230))
        assert "↓ 6" in frame(Shot(front))[1]
        seen = set(inside(Shot(front)))
        for _ in range(12):
            front.press("down")
            seen |= set(inside(Shot(front)))
        assert "↑ 6" in frame(Shot(front))[0]
        assert len(seen) == len(inside(Shot(front), (100, 37)))

    def test_all_is_shown_where_all_fits(self) -> None:
        """Given less than fits, then there is nothing to scroll, wherever the reading begins."""
        lines = tuple(literal(f"строка {number}") for number in range(5))
        assert inside(card(*lines, first=4)) == inside(card(*lines))


class TestHostileText:
    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_fills_the_screen(self, words: str, size: tuple[int, int]) -> None:
        """Markup, escapes, bidi and endless words in what a gate tells change nothing but the text itself."""
        shot = card(literal(words), say("problem", what=words, advice=words), unit=words)
        fills(shot, size)
        assert "Esc" in inside(shot, size)[-1]
