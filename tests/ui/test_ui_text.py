"""Pieces of the screen: clean text that fits, and figures to be read from afar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.ui.paint.digits import big
from cashier.ui.paint.text import clean, cut, width, wrap


class TestText:
    @given(st.text())
    def test_clean_text_is_printable_and_stays_so(self, text: str) -> None:
        """Cleaning leaves nothing to clean, and one cell per sign that could not be shown."""
        cleaned = clean(text)
        assert cleaned.isprintable()
        assert clean(cleaned) == cleaned

    @given(st.text(), st.integers(0, 60))
    def test_cut_text_fits(self, text: str, cells: int) -> None:
        """However wide its characters, cut text takes at most the cells there are."""
        assert width(cut(clean(text), cells)) <= cells

    @given(st.text(), st.integers(2, 40), st.integers(1, 5))
    def test_wrapped_text_fits(self, text: str, cells: int, rows: int) -> None:
        """Wrapping keeps to width and number of rows."""
        lines = wrap(clean(text), cells, rows)
        assert len(lines) <= rows
        assert all(width(line) <= cells for line in lines)

    def test_words_are_not_broken(self) -> None:
        """A sentence breaks at its spaces."""
        assert wrap("Проверьте код или найдите товар", 14, 3) == ["Проверьте код", "или найдите", "товар"]


class TestDigits:
    @pytest.mark.parametrize("blocks", [True, False])
    @given(amount=st.from_regex(r"-?[0-9]{1,3}( [0-9]{3}){0,3},[0-9]{2}", fullmatch=True))
    def test_three_rows_of_equal_width(self, blocks: bool, amount: str) -> None:  # noqa: FBT001 - a parameter
        """Every sum is a clean block."""
        assert len({len(row) for row in big(amount, blocks=blocks)}) == 1

    def test_the_console_gets_what_its_font_has(self) -> None:
        """No half block, no round corner on the Linux console."""
        drawn = set("".join(big("-1 234 567 890,0", blocks=False)))
        assert drawn <= set("│─┌┐└┘├┤┴ ,")
