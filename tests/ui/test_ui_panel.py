"""The trainee's panel over a dialog, on a whole till: a sample taken there does what a scan at that dialog would."""

from typing import Final

import pytest
from msgspec.structs import replace

from cashier.core.samples import Sample
from tests.core.goods import BREAD, IVANOVA
from tests.gates.marked import KEFIR, mark
from tests.ui.mark_rig import ASKS, MarkRig, asked
from tests.ui.price_goods import BEER, PACK, pack
from tests.ui.price_rig import PriceRig
from tests.ui.sitting import Cashier, sitting
from tests.waiting import until

LOAF: Final = Sample("Образец хлеба", BREAD.barcode.encode())
PRICES, AGE, PANEL = "╔═ Выберите цену ═", "╔═ Проверьте возраст покупателя ═", "╔═ Образцы и поломки ═"
BOTTLE: Final = mark(KEFIR)
WAYS: Final = pytest.mark.parametrize(
    ("row", "way"),
    [(1, ("1",)), (2, ("down", "enter")), (3, ("down", "down", "enter"))],
    ids=["digit", "arrow", "arrows"],
)
"""Rows of the panel, by the keys that lead to them."""


def trainee(rig: MarkRig, row: int, sample: Sample = LOAF) -> MarkRig:
    """Give a till a panel of three rows, the sample in one of them."""
    rows = tuple(sample if own == row else Sample(f"Пустой {own}", b"0") for own in (1, 2, 3))
    rig.pump.till = replace(rig.pump.till, rules=replace(rig.pump.till.rules, training=True, samples=rows))
    return rig


async def held(cashier: Cashier, way: tuple[str, ...]) -> None:
    """Open the panel and take a row, as slowly as a trainee reads: each of its pictures is on the glass."""
    pump = cashier.rig.pump
    for row, key in enumerate(("f3", *way[:-1])):
        cashier.types(key)
        await cashier.sees(PANEL, f"▶ {row + 1}")
        await until(lambda: pump._painted[0] is pump.till.mode)
    cashier.types(way[-1])


class TestOverTheWindowOfPrices:
    @WAYS
    async def test_goods_are_refused(self, row: int, way: tuple[str, ...]) -> None:
        """Given the window, when bread is held over it, then that is refused, and not sold after it either."""
        rig = trainee(PriceRig(), row)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack())
            await cashier.sees(PRICES)
            await held(cashier, way)
            await cashier.sees(PRICES, "Скан не принят: ответьте на вопрос")
            assert (rig.tones[-1], rig.front.waiting) == (False, 0)
            cashier.types("2")
            await cashier.sees("▶  1  Сигареты", "1 шт × 210,00")
            assert rig.names == [PACK.name]

    async def test_one_after_the_other(self) -> None:
        """Given the window, when a row is taken time and again, then each time it is refused."""
        rig = trainee(PriceRig(), 1)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack())
            await cashier.sees(PRICES)
            for times in (1, 2, 3):
                await held(cashier, ("1",))
                await until(lambda times=times: rig.tones.count(False) == times)  # type: ignore[misc]
                await cashier.sees(PRICES)
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert (rig.names, rig.front.waiting) == ([], 0)

    async def test_closed_again(self) -> None:
        """Given the panel opened and closed over the window, then a real scan is refused as before."""
        rig = trainee(PriceRig(), 1)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack())
            await cashier.sees(PRICES)
            cashier.types("f3")
            await cashier.sees(PANEL)
            cashier.types("escape")
            await cashier.sees(PRICES)
            rig.scan(BREAD.barcode)
            await cashier.sees(PRICES, "Скан не принят: ответьте на вопрос")


class TestOverTheQuestionOfAge:
    @WAYS
    async def test_goods_are_refused(self, row: int, way: tuple[str, ...]) -> None:
        """Given the question, when bread is held over it, then that is refused, and not sold after it either."""
        rig = trainee(PriceRig(), row)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.scan(BEER.barcode)
            await cashier.sees(AGE)
            await held(cashier, way)
            await cashier.sees(AGE, "Скан не принят: ответьте на вопрос")
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            assert (rig.names, rig.front.waiting) == ([BEER.name], 0)


class TestOverTheDialogOfMarks:
    @WAYS
    async def test_a_barcode_is_no_mark(self, row: int, way: tuple[str, ...]) -> None:
        """Given the dialog, when bread is held over it, then it says that this is no mark, and bread is not sold."""
        rig = trainee(MarkRig(), row)
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            await held(cashier, way)
            await cashier.sees(*ASKS, "Код маркировки не распознан.", "Считайте квадратный код DataMatrix")
            assert rig.front.waiting == 0
            rig.take(BOTTLE)
            await cashier.sees("▶  1  Кефир", "▣")
            assert rig.names == [KEFIR.name]

    @WAYS
    async def test_its_mark_answers(self, row: int, way: tuple[str, ...]) -> None:
        """Given the dialog, when the mark of these goods is held over it, then they are sold."""
        rig = trainee(MarkRig(), row, Sample("Образец кефира", BOTTLE.code.encode()))
        rig.shop.readings[BOTTLE.code.encode()] = BOTTLE
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            await held(cashier, way)
            await cashier.sees("▶  1  Кефир", "▣")
            assert rig.names == [KEFIR.name]
