"""Returns by keys and scans alone, on the real screen: each dialog there is, and the three ways of marked goods."""

from pathlib import Path

from cashier.core import modes as m
from cashier.core.money import Kopecks
from cashier.core.quantity import pieces
from cashier.core.receipt import DocumentType
from cashier.core.sales import SaleHead
from devices.payment import SimulatedTerminal
from tests.core.goods import BREAD, MILK, PETROV
from tests.gates.marked import KEFIR, WATER, mark
from tests.gates.returned import GUID, MIXED, THREE, sale, sold
from tests.ui.back_rig import BackRig
from tests.ui.mark_rig import ASKS, refused
from tests.ui.sitting import Cashier, sitting
from tests.waiting import until

A, B = mark(KEFIR), mark(KEFIR, "b")
FREE = ("f10", *("down",) * m.MENU.index("menu_return"), "enter")


async def opened(cashier: Cashier, code: str = "7") -> None:
    """Sign in, press F9 and hold the printed code of the sale receipt under the scanner."""
    await cashier.signs_in(code)
    cashier.types("f9")
    await cashier.sees("Возврат по чеку продажи", "Отсканируйте код на чеке", "1 Касса, смена и номер чека")
    await until(lambda: cashier.rig.pump._painted[0] is cashier.rig.till.mode)
    cashier.rig.scan(GUID)
    await cashier.sees("ВОЗВРАТ", "Продано", "Вернуть", "К ВОЗВРАТУ")


class TestSearch:
    async def test_by_till_shift_and_number(self) -> None:
        """Given a paper no scanner reads, when its numbers are typed, then what was typed stays in sight."""
        async with sitting(BackRig(THREE)) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "1")
            await cashier.sees("Номер кассы на чеке", "Enter — 1", "Касса:")
            cashier.types("enter")
            await cashier.sees("Номер смены на чеке", "Касса 1", "Смена:")
            cashier.types("3", "enter")
            await cashier.sees("Номер чека", "Смена 3")
            cashier.types("1", "5", "enter")
            await cashier.sees("Хлеб", "Яблоки", "Чек 15, смена 3, касса 1")

    async def test_by_day_and_number(self) -> None:
        """Given a buyer who knows the day, when day and number are typed, then that sale stands."""
        async with sitting(BackRig(THREE)) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "2", *"20.11", "enter")
            await cashier.sees("Чек от 20.11.2026", "Номер чека:")
            cashier.types("1", "5", "enter")
            await cashier.sees("Чек 15, смена 3, касса 1")

    async def test_by_typed_code(self) -> None:
        """Given a torn code, when it is typed, then that sale stands."""
        async with sitting(BackRig(THREE)) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "4", *GUID, "enter")
            await cashier.sees("Чек 15, смена 3, касса 1")

    async def test_in_todays_list(self) -> None:
        """Given today's receipts, when one is taken by its digit, then its form stands; all of another is back."""
        rig = BackRig(THREE)
        gone = SaleHead("b", "1", 1, 14, "2026-11-21T10:00:00", Kopecks(8990), is_back=True)
        rig.finder.heads = (SaleHead(GUID, "1", 1, 15, "2026-11-21T11:05:00", Kopecks(32251)), gone)
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "3")
            await cashier.sees("Чеки продажи", "1 Чек 15 · 11:05", "322,51", "2 Чек 14", "возвращён")
            cashier.types("1")
            await cashier.sees("Чек 15, смена 3, касса 1")

    async def test_wait_is_told_and_given_up(self) -> None:
        """Given a slow server, then the screen says so, and Esc leads back to the ways."""
        rig = BackRig(THREE)
        rig.finder.open.clear()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "4", *GUID, "enter")
            await cashier.sees("Чек ищется", "Поиск чека…")
            cashier.types("escape")
            await cashier.sees("Код чека:")

    async def test_not_found(self) -> None:
        """Given a code nobody knows, then the error says what to do, and another one may be tried."""
        async with sitting(BackRig(THREE)) as cashier:
            await cashier.signs_in("7")
            cashier.types("f9", "4", *"abc", "enter")
            await cashier.sees("Чек не найден", "Проверьте, что набрано, по чеку покупателя")
            cashier.types("enter")
            await cashier.sees("Код чека:", "abc")


class TestForm:
    async def test_pieces_are_counted_and_paid_back(self) -> None:
        """Given three loaves, when two are counted and formed, then reason and Enter give 91 roubles back."""
        rig = BackRig(THREE)
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types("enter")
            await cashier.sees("Сколько вернуть", "не больше 3 шт", "Вернуть:")
            cashier.types("9", "enter")
            await cashier.sees("Количество превышает остаток к возврату", "Осталось вернуть 3")
            cashier.types("enter", "2", "enter")
            await cashier.sees("■ Хлеб", "91,00")
            cashier.types("+")
            await cashier.sees("ВОЗВРАТ", "1 позиция", "Выдать деньги")
            cashier.types("+")
            await cashier.sees("Причина возврата", "1 Не подошло", "5 Другая причина")
            cashier.types("2")
            await cashier.sees("ВЫДАТЬ, ₽", "Наличными можно вернуть", "Enter Наличными")
            cashier.types("enter")
            await cashier.sees("Возврат 1 оформлен", "ВОЗВРАЩЕНО, ₽")
            assert rig.till.ledger.drawer == 10_000_000 - 9100

    async def test_whole_receipt_leaves_marks_out(self) -> None:
        """Given marked goods in it, when F12 is pressed, then a text to be read says which were left out."""
        rig = BackRig(MIXED)
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types("f12")
            await cashier.sees("В возврат вошло не всё", "Кефир", "Сигареты")
            cashier.types("enter")
            await cashier.sees("К ВОЗВРАТУ", "1 позиция")

    async def test_claim_is_refused(self) -> None:
        """Given another till that was faster, then the exact words stand, with how much is left."""
        rig = BackRig(THREE)
        rig.claims.left = 1.0
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types(" ", "+")
            await cashier.sees("Количество превышает остаток к возврату", "Осталось вернуть 1")
            cashier.types("enter")
            await until(lambda: isinstance(rig.till.mode, m.Returning))
            assert rig.names == []

    async def test_server_silent_for_a_sale_of_another_till(self) -> None:
        """Given a silent server and another till's sale, then it is refused, with what to do."""
        rig = BackRig(sale(sold(1, BREAD), own=False, till="2"))
        rig.claims.down = True
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types(" ", "+")
            await cashier.sees("Кассовый сервер не отвечает", "оформите возврат на кассе")

    async def test_senior_allows(self) -> None:
        """Given a cashier without the right, when a senior gives code and password, then the return goes on."""
        rig = BackRig(THREE, senior=True)
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types(" ", "+")
            await cashier.sees("Нужно подтверждение другого пользователя", "Возврат по чеку 15 на 136,50 ₽")
            cashier.types(*PETROV.code, "enter", *"2222", "enter")
            await until(lambda: rig.names == ["Хлеб"])
            assert rig.disk.kinds.count("Approved") == 1

    async def test_what_stays_is_said(self) -> None:
        """Given goods that may not come back, and goods that are back, then their rows say why."""
        back = sold(2, MILK, returned=pieces(1), returned_sum=MILK.price)
        async with sitting(BackRig(sale(sold(1, BREAD), back))) as cashier:
            await opened(cashier)
            cashier.types("down")
            await cashier.sees("Возвращено полностью")


class TestMarks:
    async def test_picked_and_scanned(self) -> None:
        """Given the row of a pack, when it is picked and its mark scanned, then it has its sign in the form."""
        rig = BackRig(MIXED)
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types("2")
            await cashier.sees(*ASKS, "Кефир")
            rig.take(mark(WATER))
            await cashier.sees("Код маркировки относится к другому товару")
            rig.server.status = "SOLD"
            rig.take(A)
            await cashier.sees("√ Кефир", "Уже в чеке возврата")
            await until(lambda: rig.server.asked == ["status", "reserve"])

    async def test_without_mark(self) -> None:
        """Given `addWithoutScanMark`, when 1 is pressed in the dialog, then the pack comes back without it."""
        rig = BackRig(MIXED, without_mark=True)
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types("2")
            await cashier.sees(*ASKS, "1 Без маркировки")
            cashier.types("1")
            await cashier.sees("√ Кефир")

    async def test_just_scanned_and_storned(self) -> None:
        """Given the form, when a mark is scanned, then its row is in; in the receipt its storno asks for the mark."""
        rig = BackRig(MIXED)
        rig.server.status = "SOLD"
        async with sitting(rig) as cashier:
            await opened(cashier)
            rig.take(B)
            await cashier.sees("√ Кефир")
            cashier.types("3")
            await refused(rig, cashier)
            cashier.types("+")
            await cashier.sees("1 позиция", "F9 К форме")
            cashier.types("delete")
            await cashier.sees(*ASKS)
            rig.clock.now = rig.clock.now.replace(second=30)
            rig.scanner.scan(b"4600000000001")
            rig.take(B)
            await until(lambda: rig.names == [])


class TestMoney:
    async def test_card(self, tmp_path: Path) -> None:
        """Given a sale paid by card, when Enter is pressed, then the terminal gives it back, and no drawer opens."""
        rig = BackRig(sale(sold(1, BREAD), card=4550), terminal=SimulatedTerminal(tmp_path))
        async with sitting(rig) as cashier:
            await opened(cashier)
            cashier.types("f12")
            await cashier.sees("1 позиция")
            cashier.types("+", "1")
            await cashier.sees("На карту можно вернуть 45,50", "Enter На карту")
            cashier.types("enter")
            await cashier.sees("Возврат 1 оформлен", "ВОЗВРАЩЕНО, ₽")
            last = rig.till.ledger.last
            assert last is not None
            assert last.kind is DocumentType.RETURN_BY_RECEIPT

    async def test_cash_is_taken_in_again(self) -> None:
        """Given a part in cash, when Esc and Enter are pressed, then the cashier reads what to take back."""
        async with sitting(BackRig(THREE)) as cashier:
            await opened(cashier)
            cashier.types(" ", "+")
            await cashier.sees("1 позиция")
            cashier.types("+", "1", *"100", "enter")
            await cashier.sees("36,50")
            cashier.types("escape")
            await cashier.sees("Забрать у покупателя 100,00 ₽")
            cashier.types("enter")
            await cashier.sees("Заберите у покупателя 100,00 ₽ и положите в ящик")


async def test_return_without_a_receipt() -> None:
    """Given the cash menu, when its row is taken, then goods are scanned as in a sale, and money goes back."""
    rig = BackRig(THREE)
    rig.server.status = "SOLD"
    async with sitting(rig) as cashier:
        await cashier.signs_in("7")
        cashier.types(*FREE)
        await cashier.sees("ВОЗВРАТ", "Сканируйте возвращаемый товар")
        rig.scan(BREAD.barcode)
        await cashier.sees("▶  1  Хлеб", "К ВОЗВРАТУ")
        rig.take(A)
        await cashier.sees("▶  2  Кефир")
        cashier.types("+", "4", "enter")
        await cashier.sees("Возврат 1 оформлен")
        assert rig.till.ledger.last is not None
        assert rig.till.ledger.last.kind is DocumentType.RETURN
