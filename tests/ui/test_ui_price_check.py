"""«Проверка цены» on a whole till: what is seen, that keys and scans never wait for it, that nothing comes of it."""

import pytest
from msgspec.structs import replace

from cashier.core.events import Ticked
from cashier.core.modes import Charging, ShowingPrice
from cashier.core.rights import CASHIER, Right
from cashier.core.samples import Sample
from cashier.ui.paint.digits import big
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.gates.marked import damaged
from tests.ui.check_rig import CheckRig
from tests.ui.mark_rig import refused
from tests.ui.price_goods import BEER, PACK, pack
from tests.ui.sitting import Cashier, sitting
from tests.waiting import until

DIALOG = "╔═ Проверка цены ═"
PROMPT = "Сканируйте товар или наберите код, название"
ASKED = "Запрос остатка…"


def price(text: str) -> tuple[str, str, str]:
    """Return how a price is painted."""
    return big(text, blocks=True)


async def opened(cashier: Cashier) -> None:
    """Sign in and press F2."""
    await cashier.signs_in(IVANOVA.code)
    cashier.types("f2")
    await cashier.sees(DIALOG, PROMPT, "Проверка цены:", "Esc Закрыть")


async def shows(cashier: Cashier, barcode: str, *words: str) -> None:
    """Hold goods under the scanner, and wait for their card."""
    cashier.rig.scan(barcode)
    await cashier.sees(DIALOG, *words)


class TestBetweenReceipts:
    async def test_goods_and_their_price(self) -> None:
        """Given no receipt, when goods are scanned, then name, price and stock are there, and no shift."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await opened(cashier)
            before = rig.disk.kinds
            await shows(cashier, BREAD.barcode, BREAD.name, "код 1", *price("45,50"), "₽ за 1 шт", "Остаток: 12 шт")
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F2 Цена")
            assert rig.disk.kinds == before
            assert rig.till.ledger.shift is None

    async def test_restrictions(self) -> None:
        """Given beer, then age and hours are told."""
        rig = CheckRig()
        async with sitting(rig, (80, 24)) as cashier:
            await opened(cashier)
            await shows(cashier, BEER.barcode, "Возраст покупателя", "от 18 лет", "Не продаётся", "23:00–08:00")

    async def test_pack(self) -> None:
        """Given a pack whose mark names МРЦ, then it is told at which prices this very pack may be sold."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await opened(cashier)
            rig.take(pack(PACK, 215))
            await cashier.sees(
                *price("195,00"),
                "Цена этой упаковки",
                "195,00, 210,00 ₽",
                "МРЦ",
                "215,00 ₽",
                "Продаётся по коду маркировки",
            )

    async def test_pack_is_sold_after_it(self) -> None:
        """Given a mark whose price was checked, then its sale is not refused as one read twice."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await opened(cashier)
            rig.take(pack())
            await cashier.sees("Цена этой упаковки")
            cashier.types("enter")
            await cashier.sees("F2 Цена")
            rig.take(pack())
            await cashier.sees("╔═ Выберите цену ═")
            assert False not in rig.tones


class TestInsideAReceipt:
    async def test_receipt_quantity_and_entry_stay(self) -> None:
        """Given a receipt, a quantity and a code typed, when its price was checked, then all but the code stand."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            before, ledger = rig.disk.kinds, rig.till.ledger
            cashier.types("3", "*", *BEER.code, "f2")
            await cashier.sees(DIALOG, BEER.name, *price("89,90"))
            cashier.types("escape")
            await cashier.sees("3 ×", "Enter Принять")
            assert (rig.disk.kinds, rig.till.ledger) == (before, ledger)

    async def test_payment_has_its_card_there(self) -> None:
        """Given the payment, then F2 is the card."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", "f2")
            await until(lambda: isinstance(rig.till.mode, Charging))


class TestSearch:
    async def test_by_name(self) -> None:
        """Given words, then the list follows them, and Enter shows what is selected."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types(*"мол")
            await cashier.sees("Проверка цены: мол", "▶   Молоко", "89,90", "Enter Показать")
            cashier.types("enter")
            await cashier.sees(MILK.name, *price("89,90"))
            cashier.types(*"хл")
            await cashier.sees("Проверка цены: хл", "▶   Хлеб")

    async def test_unknown_code(self) -> None:
        """Given a code nobody knows, scanned or typed, then the dialog says so with a tone, and stays."""
        rig = CheckRig()
        async with sitting(rig) as cashier:
            await opened(cashier)
            rig.scan("4600000000999")
            await cashier.sees(DIALOG, "Товар со штрих-кодом 4600000000999 не найден")
            await refused(rig, cashier)
            cashier.types(*"77", "enter")
            await cashier.sees(DIALOG, "Товар со штрих-кодом 77 не найден", "Проверка цены: 77")
            await shows(cashier, BREAD.barcode, *price("45,50"))

    async def test_unread_mark(self) -> None:
        """Given a damaged mark, then the dialog says why it cannot be read, and what to do."""
        rig = CheckRig()
        async with sitting(rig, (80, 24)) as cashier:
            await opened(cashier)
            rig.take(damaged("glued"))
            await cashier.sees(DIALOG, "Код маркировки не распознан.", "Пришли два кода сразу: считайте один.")
            await refused(rig, cashier)


class TestOutside:
    async def test_nothing_waits_for_it(self) -> None:
        """Given a warehouse that hangs, then the next goods take the place at once, and Esc and the sale work."""
        rig = CheckRig()
        rig.warehouse.open.clear()
        async with sitting(rig) as cashier:
            await opened(cashier)
            await shows(cashier, BREAD.barcode, BREAD.name, ASKED)
            await shows(cashier, BEER.barcode, BEER.name, ASKED)
            await until(lambda: rig.warehouse.asked == [BREAD.code, BEER.code])
            cashier.types("escape")
            await cashier.sees("F2 Цена")
            await cashier.holds(BREAD.barcode)
            rig.warehouse.open.set()
            cashier.types("f2")
            await cashier.sees(DIALOG, PROMPT)
            await shows(cashier, BREAD.barcode, "Остаток: 12 шт")
            assert rig.names == [BREAD.name]

    async def test_answer_takes_the_place_of_the_wait(self) -> None:
        """Given a card that waits, when the answer comes, then it stands there and nothing else has changed."""
        rig = CheckRig()
        rig.warehouse.open.clear()
        async with sitting(rig) as cashier:
            await opened(cashier)
            await shows(cashier, BREAD.barcode, ASKED)
            rig.warehouse.open.set()
            screen = await cashier.sees(BREAD.name, *price("45,50"), "Остаток: 12 шт", "В резерве: 1 шт")
            assert ASKED not in screen

    async def test_no_answer(self) -> None:
        """Given a warehouse that does not answer, then the card says that, and the price all the same."""
        rig = CheckRig()
        rig.warehouse.down = True
        async with sitting(rig) as cashier:
            await opened(cashier)
            await shows(cashier, BREAD.barcode, *price("45,50"), "Остаток неизвестен")

    async def test_idle_lock(self) -> None:
        """Given a card that waits, when the till locks itself, then sign-in stands, and a late answer does no harm."""
        rig = CheckRig()
        rig.warehouse.open.clear()
        async with sitting(rig) as cashier:
            await opened(cashier)
            await shows(cashier, BREAD.barcode, ASKED)
            rig.pump.bus.put(Ticked(idle=True))
            await cashier.sees("Код кассира")
            rig.warehouse.open.set()
            await cashier.signs_in(IVANOVA.code)
            await cashier.sees("F2 Цена")


class TestPanel:
    @pytest.mark.parametrize("standing", [False, True], ids=["search", "card"])
    async def test_a_sample_is_checked(self, standing: bool) -> None:  # noqa: FBT001 - two dialogs
        """Given the trainee's panel over the dialog or a card, when bread is held, then its price is shown."""
        rig = CheckRig()
        samples = (Sample("Образец хлеба", BREAD.barcode.encode()),)
        rules = replace(rig.pump.till.rules, training=True, samples=samples, rights=dict.fromkeys(Right, CASHIER))
        rig.pump.till = replace(rig.pump.till, rules=rules)
        async with sitting(rig) as cashier:
            await opened(cashier)
            if standing:
                await shows(cashier, BEER.barcode, BEER.name)
            cashier.types("f3")
            await cashier.sees("╔═ Образцы и поломки ═", "Образец хлеба")
            cashier.types("1")
            await cashier.sees(DIALOG, BREAD.name, *price("45,50"), "F3 Образцы")
            assert isinstance(rig.till.mode, ShowingPrice)
