"""Restrictions of sale on a whole till: the buyer's age, forbidden hours, a clock that nobody trusts."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cashier.core.rights import Right
from tests.core.goods import BREAD, IVANOVA, PASSWORDS, PETROV
from tests.runtime.rig import NOON
from tests.ui.mark_rig import panel
from tests.ui.price_goods import BEER, ENERGY, GLUE, PACK, pack
from tests.ui.price_rig import PriceRig, confirms
from tests.ui.sitting import Cashier, sitting

AGE, CLOCK = "╔═ Проверьте возраст покупателя ═", "╔═ Проверьте часы кассы ═"
LATEST = "20.11.2008"
"""Who was born on this day has been 18 since yesterday was the birthday; the rig's day is 21.11.2026."""
LONG_AGO = (NOON - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S")


async def asked(rig: PriceRig, cashier: Cashier, words: str = AGE) -> str:
    """Sign in, scan beer, return the screen with the question."""
    await cashier.signs_in(IVANOVA.code)
    rig.scan(BEER.barcode)
    return await cashier.sees(words)


class TestAge:
    async def test_what_is_asked(self) -> None:
        """Given goods from 18, then the dialog has goods, age, the latest date of birth, both answers, the way out."""
        rig = PriceRig()
        async with sitting(rig, (80, 24)) as cashier:
            assert " ".join(panel(await asked(rig, cashier)).split()) == (
                f"Пиво светлое 0,45 л с 18 лет Дата рождения: {LATEST} или раньше "
                "▶ 1 Возраст проверен: 18 лет есть 2 Ввести дату рождения ↑↓ Выбор Enter Выбрать Esc Не продавать"
            )

    @pytest.mark.parametrize("key", ["enter", "1"])
    async def test_the_cashier_answers_for_it(self, key: str) -> None:
        """Given the question, then Enter or 1 sells, and the journal has who answered for it."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types(key)
            await cashier.sees("▶  1  Пиво")
            (confirmed,) = rig.ages
            assert (confirmed.age, confirmed.by, confirmed.entered) == (18, IVANOVA, False)

    async def test_esc_sells_nothing(self) -> None:
        """Given the question, when Esc is pressed, then nothing is sold, and nobody has answered for anything."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert rig.ages == []
            assert rig.till.ledger.receipt is None

    async def test_asked_once(self) -> None:
        """Given an age that was answered for, then other goods from that age are sold, older ones ask again."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            rig.scan(ENERGY.barcode)
            await cashier.sees("▶  2  Напиток")
            rig.scan(GLUE.barcode)
            await cashier.sees(AGE, "Клей", "с 21 года")

    async def test_the_next_buyer_is_asked(self) -> None:
        """Given a receipt that was paid, then the buyer of the next one is another."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            cashier.types("+", "enter")
            await cashier.sees("СДАЧА")
            rig.scan(BEER.barcode)
            await cashier.sees(AGE)

    async def test_age_before_mark_and_price(self) -> None:
        """Given a pack from 18, then the buyer's age is asked first, and its price then."""
        rig = PriceRig(replace(PACK, min_age=18))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0]))
            await cashier.sees(AGE)
            cashier.types("1")
            await cashier.sees("╔═ Выберите цену ═", "МРЦ 230,00")
            cashier.types("3")
            await cashier.sees("▶  1  Сигареты", "1 шт × 225,00")

    async def test_a_senior_answers_for_it(self) -> None:
        """Given a cashier without the right, then a senior types code and password, and answers for it."""
        rig = PriceRig(asked=(Right.CONFIRM_AGE,))
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("Проверка возраста покупателя", f"Дата рождения: {LATEST} или раньше")
            await confirms(cashier, PETROV.code, PASSWORDS[PETROV.code][0])
            await cashier.sees("▶  1  Пиво")
            assert [own.by for own in rig.ages] == [PETROV]


class TestScans:
    async def test_a_scan_upon_the_question_is_refused(self) -> None:
        """Given the question, when something else is scanned, then a tone, and the question stands."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            rig.scan(BREAD.barcode)
            await cashier.sees(AGE, "Скан не принят: ответьте на вопрос")
            assert not rig.tones[-1]
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            assert rig.names == [BEER.name]


class TestHours:
    async def test_forbidden_now(self) -> None:
        """Given the night, then beer is refused, with when it may be sold again; bread is sold."""
        rig = PriceRig()
        rig.clock_at(23)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.scan(BEER.barcode)
            await cashier.sees("Пиво светлое 0,45 л: сейчас продажа запрещена", "Продавать можно с 22.11.2026 08:00.")
            cashier.types("enter")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            await cashier.holds(BREAD.barcode)
            assert rig.names == [BREAD.name]

    async def test_they_begin_before_payment(self) -> None:
        """Given beer in the receipt when its hours begin, then its line stands selected, and without it all is paid."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            await cashier.holds(BREAD.barcode)
            rig.clock_at(23)
            cashier.types("+")
            await cashier.sees("сейчас продажа запрещена", "Сторнируйте эту позицию", "Enter Понятно")
            cashier.types("enter")
            await cashier.sees("+ Оплата")
            cashier.types("delete")
            await cashier.sees("× Пиво")
            cashier.types("+")
            await cashier.sees("К ОПЛАТЕ", "45,50")

    @pytest.mark.parametrize("key", ["enter", "f2"])
    async def test_they_begin_at_the_payment(self, key: str) -> None:
        """Given a payment before any money when the hours begin, then money is refused, and the sale is back."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            cashier.types("+")
            await cashier.sees("К ОПЛАТЕ")
            rig.clock_at(23)
            cashier.types(key)
            await cashier.sees("сейчас продажа запрещена", "Сторнируйте эту позицию")
            cashier.types("enter")
            await cashier.sees("+ Оплата", "ИТОГО")


class TestClock:
    async def test_a_senior_answers_for_it(self) -> None:
        """Given a clock two days after the last document, then a senior answers for it before all else is asked."""
        rig = PriceRig(dated=LONG_AGO)
        async with sitting(rig) as cashier:
            screen = await asked(rig, cashier, CLOCK)
            said = " ".join(panel(screen).split())
            assert said.startswith("Сейчас на кассе 21.11.2026 12:00 Последний документ 19.11.2026 12:00 ▶ 1 Дата")
            cashier.types("enter")
            await cashier.sees("Дата и время кассы верны", "21.11.2026 12:00", "19.11.2026 12:00")
            await confirms(cashier, PETROV.code, PASSWORDS[PETROV.code][0])
            await cashier.sees(AGE)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            assert [own.by for own in rig.clocks] == [PETROV]

    async def test_unrestricted_goods_are_sold(self) -> None:
        """Given such a clock, then bread is sold without a question, and beer after it asks all the same."""
        rig = PriceRig(dated=LONG_AGO)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            rig.scan(BEER.barcode)
            await cashier.sees(CLOCK)

    async def test_a_leap_before_the_payment(self) -> None:
        """Given beer in the receipt when the clock leaps back, then it is added anew, which asks."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Пиво")
            await cashier.holds(BREAD.barcode)
            rig.clock.now -= timedelta(days=2)
            cashier.types("+")
            await cashier.sees("часы кассы под сомнением", "Сторнируйте эту позицию и добавьте товар снова.")
            cashier.types("enter", "delete")
            await cashier.sees("× Пиво")
            rig.scan(BEER.barcode)
            await cashier.sees(CLOCK)

    async def test_esc_sells_nothing(self) -> None:
        """Given the question, when Esc is pressed, then the goods are not sold, and the next ones ask again."""
        rig = PriceRig(dated=LONG_AGO)
        async with sitting(rig) as cashier:
            await asked(rig, cashier, CLOCK)
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            rig.scan(ENERGY.barcode)
            await cashier.sees(CLOCK)
            assert rig.clocks == []
