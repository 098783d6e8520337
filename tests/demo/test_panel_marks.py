"""The marks of the trainee's panel: the shipped masks read them, and what they capture is what the caption says."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.marks import Damaged, read
from cashier.core.marks.mrc import mrc_kopecks, mrc_text
from cashier.core.max_price import max_price
from cashier.core.samples import Sample
from cashier.demo import marks, masks, tobacco
from cashier.masks import Accepted, Masks
from cashier.settings.model import MarkCategory

OWN, OTHER = "aZ09", "aZ0a"
"""Of two starts."""
SHIPPED: Final = Masks(tuple(MarkCategory(name=name, mask=mask) for name, mask in masks.shipped()))
CATEGORIES: Final = {
    "Молоко": "MilkByWeight",
    "Сыр весовой": "MilkByWeight",
    "Вода минеральная": "Water",
    "Туфли": "Shoes",
    "Духи": "Common",
    "Фотокамера": "Camera",
    "Футболка": "Common",
    "Сигареты": "Tobacco",
    "Стики": "Tobacco",
    "Сигареты, блок": "TobaccoBlock",
}
"""How captions begin → whose mask takes the mark."""
NOT_READ: Final = ("штрих-код", "код повреждён", "два кода сразу")


def of_start(own: str) -> tuple[Sample, ...]:
    """Return the rows of the panel whose marks a till must read."""
    rows = (*tobacco.samples(own), *marks.samples(own))
    return tuple(row for row in rows if not row.caption.endswith(NOT_READ))


READ: Final = of_start(OWN)
TOBACCO: Final = tuple(row for row in tobacco.samples(OWN) if not row.caption.endswith(NOT_READ))


def accepted(row: Sample) -> Accepted:
    """Return what the shipped masks make of a row."""
    code = read(row.data)
    assert not isinstance(code, Damaged), row.caption
    found = SHIPPED.match(code.code)
    assert found is not None, row.caption
    return found


class TestMarks:
    @pytest.mark.parametrize("row", READ, ids=range(len(READ)))
    def test_shipped_masks_read_it(self, row: Sample) -> None:
        """Given a row of the panel, then the mask of its goods takes it, and the barcode in it is that of the goods."""
        found = accepted(row)
        assert found.category.name == CATEGORIES[row.caption.partition(":")[0]]
        assert re.fullmatch(r"046006821\d{5}", found.barcode)

    def test_packs_of_a_start_are_its_own(self) -> None:
        """Given two starts, then no mark of the one is one of the other's, and within one each is there once."""
        first, second = (
            [code.ki for row in of_start(own) if not isinstance(code := read(row.data), Damaged)]
            for own in (OWN, OTHER)
        )
        assert len({*first, *second}) == len(first) + len(second) == 2 * len(READ)


class TestTobacco:
    @pytest.mark.parametrize("row", TOBACCO, ids=range(len(TOBACCO)))
    def test_caption_says_the_price(self, row: Sample) -> None:
        """Given a pack or a carton, then the till reads the МРЦ that its caption names, or none where it says so."""
        named = re.search(r"МРЦ (\d+)", row.caption)
        assert max_price(dict(accepted(row).properties)) == (int(named[1]) * 100 if named else None)


class TestWriting:
    @given(st.integers(0, 80**4 - 1))
    def test_what_is_written_is_read(self, kopecks: int) -> None:
        """Whatever price is written on a pack, that one is read."""
        assert mrc_kopecks(mrc_text(kopecks)) == kopecks

    @pytest.mark.parametrize(("text", "kopecks"), [("AAAA", 0), ("ABm8", 9500), ("ADI8", 19_900), ("ADvo", 23_000)])
    def test_by_the_table(self, text: str, kopecks: int) -> None:
        """Prices of real packs are written as there."""
        assert mrc_text(kopecks) == text
