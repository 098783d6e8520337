"""«Выберите цену» where the law has a lowest price, on a whole till."""

import pytest

from cashier.core.rights import Right
from tests.core.goods import IVANOVA, PASSWORDS, PETROV
from tests.ui.mark_rig import panel
from tests.ui.price_goods import pack
from tests.ui.price_rig import PriceRig, confirms
from tests.ui.running import text
from tests.ui.sitting import sitting
from tests.ui.test_ui_price import CHOICE, asked


class TestRowsBelowIt:
    """They stand there, so that nobody looks for them, and cannot be taken."""

    async def test_they_say_so(self) -> None:
        """Given two prices below it, then each says so, and the first lawful one stands selected."""
        rig = PriceRig(legal=22000)
        async with sitting(rig, (80, 24)) as cashier:
            said = " ".join(panel(await asked(rig, cashier)).split())
            assert "1 195,00 ниже единой минимальной 220,00 2 210,00 ниже единой минимальной 220,00 ▶ 3 225,00" in said
            cashier.types("enter")
            await cashier.sees("▶  1  Сигареты", "1 шт × 225,00")

    @pytest.mark.parametrize("keys", [("2",), ("up", "enter")], ids=["digit", "arrows"])
    async def test_they_cannot_be_taken(self, keys: tuple[str, ...]) -> None:
        """Given such a row taken, then the window stays and says why; a lawful one sells."""
        rig = PriceRig(legal=22000)
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types(*keys)
            await cashier.sees(CHOICE, "цена 210,00 ниже единой минимальной 220,00")
            assert rig.lines == ()
            cashier.types("3")
            await cashier.sees("▶  1  Сигареты", "1 шт × 225,00")

    async def test_without_the_right(self) -> None:
        """Given a cashier without the right, then a senior's word does not make it lawful either."""
        rig = PriceRig(asked=(Right.CHOOSE_PRICE,), legal=20000)
        async with sitting(rig) as cashier:
            await asked(rig, cashier)
            cashier.types("1")
            await confirms(cashier, PETROV.code, PASSWORDS[PETROV.code][0])
            await cashier.sees(CHOICE, "цена 195,00 ниже единой минимальной 200,00")
            assert rig.lines == ()

    async def test_all_below(self) -> None:
        """Given prices that are all below it, then there is no window: the sale is refused at once."""
        rig = PriceRig(legal=22600)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            rig.take(pack())
            await cashier.sees("цена 225,00 ниже единой", "226,00", "Закон запрещает", "Enter Понятно")
            assert CHOICE not in text(cashier.app)
