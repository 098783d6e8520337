"""The buyer's date of birth on a whole till: typed, mended, too young, and what holds for the receipt after it."""

import pytest

from tests.core.goods import BREAD, IVANOVA
from tests.ui.mark_rig import refused
from tests.ui.price_goods import BEER
from tests.ui.price_rig import PriceRig
from tests.ui.sitting import sitting
from tests.ui.test_ui_restrictions import AGE, asked


class TestDateOfBirth:
    @pytest.mark.parametrize("born", ["20112008", "201108", "20.11.2008", "20.11.08"])
    async def test_it_is_typed(self, born: str) -> None:
        """Given 2, then what is typed stands in the entry line with its caption, and who is old enough is sold to."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *born)
            await cashier.sees("Наберите день, месяц и год", f"Дата рождения: {born}", "Esc Очистить")
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            (confirmed,) = rig.ages
            assert (confirmed.age, confirmed.entered) == (18, True)

    @pytest.mark.parametrize(
        ("born", "advice"),
        [("21112008", "возраст считают со дня после дня рождения"), ("22112008", "Отложите"), ("1.1.15", "Отложите")],
        ids=["birthday", "tomorrow", "child"],
    )
    async def test_too_young(self, born: str, advice: str) -> None:
        """Given somebody whose 18th birthday is today or to come, then the sale is refused, and nothing is sold."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *born, "enter")
            await cashier.sees("Пиво светлое 0,45 л: покупателю ещё нет 18 лет", "Продавать нельзя", advice)
            cashier.types("enter")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert (rig.names, rig.ages) == ([], [])

    async def test_who_was_too_young_needs_another_date(self) -> None:
        """Given a receipt whose buyer a date has shown to be 17, then only another date sells beer, no mere word."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            rig.scan(BEER.barcode)
            await cashier.sees(AGE, "1 Возраст проверен: 18 лет есть")
            cashier.types("2", *"22112008", "enter")
            await cashier.sees("покупателю ещё нет 18 лет")
            cashier.types("enter")
            await cashier.sees("+ Оплата")
            rig.scan(BEER.barcode)
            screen = await cashier.sees(AGE, "▶ 1 Ввести дату рождения")
            assert "Возраст проверен" not in screen
            cashier.types("1", *"20.11.2008", "enter")
            await cashier.sees("▶  2  Пиво")
            assert [(own.age, own.entered) for own in rig.ages] == [(17, True), (18, True)]

    @pytest.mark.parametrize("born", ["31022000", "31.2.00", "20112108"])
    async def test_no_date(self, born: str) -> None:
        """Given what is no date of birth, then the dialog says so, and it stays to be looked at."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *born, "enter")
            await cashier.sees(AGE, "Такой даты рождения нет: исправьте её.", f"Дата рождения: {born}")
            assert rig.lines == ()

    @pytest.mark.parametrize("born", ["2011", "20.11", "2011200", "20112008."])
    async def test_half_a_date(self, born: str) -> None:
        """Given less or more than a date, then the dialog says what is one, and what was typed stays."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *born, "enter")
            await cashier.sees(AGE, "Нужна вся дата: день, месяц и год, 6 или 8 цифр.", f"Дата рождения: {born}")
            assert rig.lines == ()

    async def test_a_wrong_date_is_mended(self) -> None:
        """Given a date with a slip in it, then Backspace takes its end away, and the rest is typed anew."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *"20.11.2108", "enter")
            await cashier.sees("Такой даты рождения нет", "Дата рождения: 20.11.2108")
            cashier.types(*["backspace"] * 3)
            await cashier.sees("Дата рождения: 20.11.2\n")
            cashier.types(*"008", "enter")
            await cashier.sees("▶  1  Пиво")
            assert [own.age for own in rig.ages] == [18]

    async def test_nothing_typed(self) -> None:
        """Given an empty entry, then Enter is refused, and so are letters: digits and points are a date."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2")
            await cashier.sees("Дата рождения:", "Esc Не продавать")
            for key in ("enter", "x"):
                rig.tones.clear()
                cashier.types(key)
                await refused(rig, cashier)
            await cashier.sees("Дата рождения:")

    async def test_esc_clears_then_sells_nothing(self) -> None:
        """Given digits, then Esc clears them, and once more sells nothing."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2", *"2011")
            await cashier.sees("Дата рождения: 2011")
            cashier.types("escape")
            assert "2011" not in (await cashier.sees("Esc Не продавать")).split("\n")[-2]
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert rig.till.ledger.receipt is None
