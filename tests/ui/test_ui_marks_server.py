"""Marked goods on the real screen: storno by mark, and a cash server that is silent or takes its time."""

from tests.gates.marked import BOOTS, KEFIR, STRICT, WATER, mark
from tests.runtime.rig import settled
from tests.ui.mark_rig import ASKS, MarkRig
from tests.ui.running import text
from tests.ui.sitting import sitting

CHECKED = "● Статус"
UNCHECKED = "▲ Работа без проверки кодов маркировки"


class TestStorno:
    async def test_the_line_of_the_scanned_mark_goes(self) -> None:
        """Given the last line selected, when the mark of the first is scanned, then the first is struck through."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            for number, goods in enumerate((KEFIR, BOOTS, WATER), 1):
                rig.take(mark(goods))
                await cashier.sees(f"▶  {number}  {goods.name}")
            cashier.types("delete")
            await cashier.sees(*ASKS, "Сторно 3: Вода", "Esc Отмена", "▶  3  Вода")
            rig.take(mark(KEFIR, "unknown"))
            await cashier.sees("Позиция с таким кодом маркировки не найдена в чеке.")
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  × Кефир")
            assert rig.names == ["Сапоги", "Вода"]

    async def test_esc_keeps_the_line(self) -> None:
        """Given the question for the mark, when Esc is pressed, then the line stays."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  Кефир")
            cashier.types("delete")
            await cashier.sees("Сторно 1: Кефир")
            cashier.types("escape")
            await cashier.sees("▶  1  Кефир", "Del Сторно")


class TestSilentServer:
    async def test_degraded_and_back(self) -> None:
        """Given a silent server, then packs are sold and the status line says so whole, until the server answers."""
        rig = MarkRig()
        async with sitting(rig, (80, 24)) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  Кефир", CHECKED)
            rig.server.down = True
            rig.take(mark(BOOTS))
            await cashier.sees("▶  2  Сапоги", UNCHECKED)
            assert text(cashier.app).startswith(" ПРОДАЖА  чек 1  Иванова ")
            cashier.types("?")
            await cashier.sees("▶ ▲ Работа без проверки кодов маркировки", "внимание", "— Снимется с ответом сервера")
            cashier.types("escape")
            await cashier.sees("▶  2  Сапоги", "+ Оплата")
            rig.server.down = False
            rig.take(mark(WATER))
            await cashier.sees("▶  3  Вода", CHECKED)
            cashier.types("?")
            await cashier.sees("● Сервер проверки кодов маркировки отвечает")

    async def test_refused_where_errors_count(self) -> None:
        """Given settings that sell nothing unchecked, then a popup says why, and what to do."""
        rig = MarkRig(category=STRICT)
        rig.server.down = True
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("Код маркировки не проверить: сервер не отвечает", "Повторите чуть позже")
            assert rig.names == []

    async def test_a_wait_is_told_and_given_up(self) -> None:
        """Given a server that takes its time, then a quiet line says so and how to leave; Esc sells nothing."""
        rig = MarkRig()
        rig.server.open.clear()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            screen = await cashier.sees("Проверка кода…   Esc — отменить")
            assert "Считайте код" not in screen
            cashier.types("escape")
            await cashier.sees("Сканируйте товар")
            rig.server.open.set()
            await settled()
            assert (rig.names, rig.problem) == ([], "")

    async def test_scans_wait_for_the_answer(self) -> None:
        """Given a pack being checked, when the next is scanned, then it is counted, and sold after the answer."""
        rig = MarkRig()
        rig.server.open.clear()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR)).take(mark(WATER))
            await cashier.sees("Проверка кода…", "в очереди 1 скан")
            rig.server.open.set()
            await cashier.sees("▶  2  Вода", "Кефир")
