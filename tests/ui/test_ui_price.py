"""«Выберите цену» on a whole till: how a price is taken, what does not take one, whose right it needs."""

import pytest
from msgspec.structs import replace

from cashier.core.money import Kopecks
from cashier.core.rights import Right
from tests.core.goods import BREAD, IVANOVA, PASSWORDS, PETROV
from tests.ui.mark_rig import panel, refused
from tests.ui.price_goods import PACK, carton, pack, priced
from tests.ui.price_rig import PriceRig, confirms
from tests.ui.sitting import Cashier, sitting
from tests.waiting import until

CHOICE = "╔═ Выберите цену ═"
FEW, MANY = (21000, 22500), range(20000, 31000, 1000)
"""Alternative prices in kopecks: with a digit each, and more than there are digits."""


async def asked(rig: PriceRig, cashier: Cashier, code: str = IVANOVA.code) -> str:
    """Sign in, hold a pack under the scanner, return the screen with the window."""
    await cashier.signs_in(code)
    rig.take(pack(rig.goods[0]))
    return await cashier.sees(CHOICE)


class TestWindow:
    async def test_goods_maximum_and_prices(self) -> None:
        """Given a pack with alternatives below its МРЦ, then goods, МРЦ and prices stand there, the usual one first."""
        rig = PriceRig()
        async with sitting(rig, (80, 24)) as cashier:
            said = " ".join(panel(await asked(rig, cashier)).split())
            assert said == (
                "Сигареты «Пример» синие МРЦ 230,00 ₽ ▶ 1 195,00 по справочнику 2 210,00 3 225,00 "
                "↑↓ Выбор Enter Выбрать Esc Отмена"
            )

    async def test_prices_above_the_maximum_are_not_there(self) -> None:
        """Given an alternative above МРЦ, then nobody can choose it, by its digit neither."""
        rig = PriceRig(priced(21000, 23001))
        async with sitting(rig) as cashier:
            assert "230,01" not in await asked(rig, cashier)
            cashier.types("3")
            await refused(rig, cashier)
            await cashier.sees(CHOICE)

    async def test_maximum_unread(self) -> None:
        """Given a pack on which no МРЦ was set, then the window says so, and all prices may be chosen."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(roubles=0))
            await cashier.sees(CHOICE, "МРЦ не прочитана", "195,00   по справочнику", "225,00")

    async def test_more_prices_than_digits(self) -> None:
        """Given twelve prices, then the last is reached with arrows alone, and its row is in sight."""
        rig = PriceRig(priced(*MANY))
        async with sitting(rig, (80, 24)) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0], 400))
            await cashier.sees(CHOICE, "↓ 6")
            cashier.types("end")
            await cashier.sees("▶      300,00", "↑ 6")
            cashier.types("enter")
            await cashier.sees("▶  1  Сигареты", "1 шт × 300,00")


class TestTaking:
    @pytest.mark.parametrize(
        ("keys", "price"),
        [(("enter",), 19500), (("2",), 21000), (("down", "down", "enter"), 22500), (("down", "up", "enter"), 19500)],
        ids=["enter", "digit", "arrows", "back"],
    )
    async def test_a_price_is_taken(self, keys: tuple[str, ...], price: int) -> None:
        """Given the window, then Enter takes the usual price, a digit its row, arrows and Enter the one they reach."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types(*keys)
            await cashier.sees("▶  1  Сигареты", "МРЦ 230,00", "ИТОГО")
            assert rig.prices == [price]

    async def test_esc_adds_nothing(self) -> None:
        """Given the window, when Esc is pressed, then the sale stands as before, and the pack may be scanned again."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert rig.till.ledger.receipt is None
            rig.take(pack())
            await cashier.sees(CHOICE)

    @pytest.mark.parametrize("key", ["4", "0", "+", "delete", "f5"])
    async def test_no_other_key_works(self, key: str) -> None:
        """Given three prices, then no other key takes one or leads away."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types(key)
            await refused(rig, cashier)
            await cashier.sees(CHOICE)

    async def test_each_pack_is_asked_for(self) -> None:
        """Given two packs, then each has a line and a price of its own."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2")
            await cashier.sees("▶  1  Сигареты")
            rig.take(pack(serial="b"))
            await cashier.sees(CHOICE)
            cashier.types("3")
            await cashier.sees("▶  2  Сигареты", "1 шт × 225,00")
            assert rig.prices == [21000, 22500]


class TestScans:
    async def test_a_scan_upon_the_window_is_refused(self) -> None:
        """Given the window, when something else is scanned, then a tone, and the window stands."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            tones = len(rig.tones)
            rig.scan(BREAD.barcode)
            await cashier.sees(CHOICE, "Скан не принят: ответьте на вопрос")
            assert rig.tones[tones:] == [False]
            cashier.types("enter")
            await cashier.sees("▶  1  Сигареты")
            assert rig.names == [PACK.name]

    async def test_a_scan_that_could_not_see_it_waits(self) -> None:
        """Given hands faster than the screen, then what was scanned before the window was there is sold after it."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack())
            rig.scan(BREAD.barcode)
            await cashier.sees(CHOICE, "в очереди 1 скан")
            cashier.types("3")
            await cashier.sees("▶  2  Хлеб")
            assert rig.prices == [22500, BREAD.price]
            assert False not in rig.tones


class TestRight:
    async def test_a_senior_agrees(self) -> None:
        """Given a cashier without the right, when a senior types code and password, then the price is as chosen."""
        rig = PriceRig(asked=(Right.CHOOSE_PRICE,))
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("2")
            await cashier.sees("Выбор цены", "210,00", "МРЦ 230,00")
            await confirms(cashier, PETROV.code, PASSWORDS[PETROV.code][0])
            await cashier.sees("▶  1  Сигареты", "1 шт × 210,00")

    async def test_another_cashier_cannot(self) -> None:
        """Given another cashier's word, then the dialog asks on, and Esc leads back to the same row of the window."""
        rig = PriceRig(asked=(Right.CHOOSE_PRICE,))
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("down", "down", "enter")
            await confirms(cashier, "6", PASSWORDS["6"][0])
            await cashier.sees("Орлов: тоже нет этого права", "Код:")
            cashier.types("escape")
            await cashier.sees(CHOICE, "▶ 3    225,00")
            assert rig.lines == ()

    async def test_who_has_it_is_not_asked(self) -> None:
        """Given a senior at the till, then the price is taken at once."""
        rig = PriceRig(asked=(Right.CHOOSE_PRICE,))
        async with sitting(rig) as cashier:
            await asked(rig, cashier, PETROV.code)
            cashier.types("2")
            await cashier.sees("1 шт × 210,00")


class TestWithoutQuestion:
    @pytest.mark.parametrize(
        ("price", "roubles", "sold"), [(19500, 180, 18000), (19500, 195, 19500), (19500, 5000, 19500)]
    )
    async def test_one_price(self, price: int, roubles: int, sold: int) -> None:
        """Given one price that may be, then nothing is asked: МРЦ where the usual one is above it."""
        rig = PriceRig(replace(priced(), price=Kopecks(price)))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0], roubles))
            await cashier.sees("▶  1  Сигареты")
            assert rig.prices == [sold]

    async def test_above_the_maximum_nothing_is_chosen(self) -> None:
        """Given a price above МРЦ, then alternatives play no part: the pack costs МРЦ."""
        rig = PriceRig(replace(priced(15000, 17000)))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0], 180))
            await cashier.sees("▶  1  Сигареты", "1 шт × 180,00", "МРЦ 180,00")

    async def test_a_carton(self) -> None:
        """Given a carton, whose МРЦ stands in kopecks, then it is the same rule."""
        rig = PriceRig(replace(priced(), price=Kopecks(200000)))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(carton(rig.goods[0], 1950))
            await cashier.sees("1 шт × 1 950,00", "МРЦ 1 950,00")

    async def test_below_the_minimum(self) -> None:
        """Given a price below the minimum of the goods, then the sale is refused, with both sums and what to do."""
        rig = PriceRig(replace(priced(), min_price=Kopecks(20000)))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0]))
            await cashier.sees("цена 195,00 ниже минимальной 200,00", "Продать нельзя", "Enter Понятно")
            cashier.types("enter")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert rig.names == []


class TestStorno:
    async def test_it_asks_for_the_mark(self) -> None:
        """Given two packs, when one is storno'd, then its mark is asked for, and the other stays."""
        rig = PriceRig()
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("enter")
            await cashier.sees("▶  1  Сигареты")
            rig.take(pack(serial="b"))
            await cashier.sees(CHOICE)
            cashier.types("2")
            await cashier.sees("▶  2  Сигареты")
            cashier.types("delete")
            await cashier.sees("Сторно 2: Сигареты", "▣  Поднесите сканер к DataMatrix")
            rig.take(pack())
            await cashier.sees("▶  1  × Сигареты", "Сторнирована позиция 1")
            await until(lambda: rig.prices == [21000])

    async def test_of_the_line_it_was_asked_for(self) -> None:
        """Given the mark of the very line storno was pressed on, then nothing needs to be said of it."""
        rig = PriceRig(priced())
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack(rig.goods[0])).take(pack(rig.goods[0], serial="b"))
            await cashier.sees("▶  2  Сигареты")
            cashier.types("delete")
            await cashier.sees("Сторно 2: Сигареты", "195,00 ₽", "▣  Поднесите сканер к DataMatrix")
            rig.take(pack(rig.goods[0], serial="b"))
            await cashier.sees("▶  2  × Сигареты")
            assert rig.till.notice is None
