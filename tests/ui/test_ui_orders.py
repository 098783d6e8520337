"""Orders by keys and scans alone, on the real screen: the number, the wait, the lines, what does not come."""

from cashier.core import modes as m
from tests.core.goods import BREAD
from tests.runtime.orders import ROW, OrderRig
from tests.ui.sitting import sitting
from tests.waiting import until


async def test_an_order_is_typed_and_sold() -> None:
    """Given a number, when it is typed, then its lines stand with their sign and are paid at its prices."""
    async with sitting(OrderRig()) as cashier:
        await cashier.signs_in("7")
        cashier.types(*ROW)
        await cashier.sees("Наберите номер заказа", "Номер заказа:", "Enter Принять", "Esc Отмена")
        cashier.types(*"1001", "enter")
        await cashier.sees("▶  1  ◆ Хлеб", "2  ◆ Молоко", "Заказ 1001", "Добавлено: 2 позиции, заказ 1001")
        cashier.types("+", "enter")
        await cashier.sees("Чек 1 оплачен", "120,00")


async def test_an_order_is_scanned() -> None:
    """Given the dialog on the screen, when the order's paper is scanned, then that order comes."""
    rig = OrderRig()
    async with sitting(rig) as cashier:
        await cashier.signs_in("7")
        cashier.types(*ROW)
        await cashier.sees("Наберите номер заказа")
        await until(lambda: rig.pump._painted[0] is rig.till.mode)
        rig.scan("1001")
        await cashier.sees("▶  1  ◆ Хлеб")


async def test_a_wait_is_told_and_given_up() -> None:
    """Given a server that thinks, then the screen says so, and Esc leads back to the sale."""
    rig = OrderRig()
    rig.desk.ready.clear()
    async with sitting(rig) as cashier:
        await cashier.signs_in("7")
        await cashier.holds(BREAD.barcode)
        cashier.types(*ROW, *"1001", "enter")
        await cashier.sees("Запрос заказа 1001…")
        cashier.types("escape")
        await cashier.sees("Заказ 1001 не нужен: касса вернёт его")
        assert rig.till.mode == m.Selling()


async def test_an_order_nobody_knows() -> None:
    """Given a number without an order, then the screen says what to do, and nothing is added."""
    async with sitting(OrderRig()) as cashier:
        await cashier.signs_in("7")
        cashier.types(*ROW, *"7", "enter")
        await cashier.sees("Заказ 7 не найден", "Проверьте номер и введите его снова.", "Enter Понятно")
        cashier.types("enter")
        await cashier.sees("Сканируйте товар")
