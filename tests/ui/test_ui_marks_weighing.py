"""Marked goods by weight on the real screen: mark and weight in either order; a till after a crash that is not sure."""

from cashier.core.facts import IntentMade
from cashier.core.ledger import Ledger, fold
from cashier.core.modes import Paying, Selling
from tests.gates.marked import BRIE, KEFIR, mark
from tests.runtime.rig import settled
from tests.ui.mark_rig import MarkRig, refused
from tests.ui.running import text
from tests.ui.sitting import sitting
from tests.waiting import until

HEAVY = mark(BRIE, properties=(("weight", "000345"),))
LIGHT = mark(BRIE, "b")
AT_WORK = "Касса ждёт ответа сервера о позиции чека, подождите"
ASKS = ("╔═ Укажите вес или количество ═", "▣  Поднесите сканер к DataMatrix")


class TestWeighing:
    async def test_mark_with_its_weight(self) -> None:
        """Given the barcode, then the dialog takes the mark too, and its weight is the quantity."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.scan(BRIE.barcode)
            await cashier.sees(*ASKS)
            rig.take(HEAVY)
            await cashier.sees("▶  1  Бри", "0,345", "310,50")

    async def test_mark_without_weight(self) -> None:
        """Given a mark without weight, then the weight is still to be typed, and no mark is asked for afterwards."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.scan(BRIE.barcode)
            await cashier.sees(*ASKS)
            rig.take(LIGHT)
            screen = await cashier.sees("Код считан, теперь вес")
            assert "DataMatrix" not in screen
            cashier.types(*"0,5", "enter")
            await cashier.sees("▶  1  Бри", "0,5", "450,00")

    async def test_wrong_mark(self) -> None:
        """Given the mark of other goods, then a tone and a quiet line say so, and the dialog stands as it was."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.scan(BRIE.barcode)
            await cashier.sees(*ASKS)
            rig.take(mark(KEFIR))
            await cashier.sees(*ASKS, "Код маркировки относится к другому товару: Кефир")
            await refused(rig, cashier)
            assert rig.names == []


async def test_reserve_without_an_outcome() -> None:
    """Given a crash in a reserve, then the screen says so until the answer; payment waits for it."""
    before = MarkRig()
    async with sitting(before) as cashier:
        await cashier.signs_in("7")
        before.take(mark(KEFIR))
        await cashier.sees("▶  1  Кефир")
    made = [fact for fact in before.disk.facts if isinstance(fact, IntentMade)]
    left = tuple(fact for fact in before.disk.facts if type(fact).__name__ != "IntentSettled")
    assert len(made) == 1
    rig = MarkRig(ledger=fold(Ledger(), left))
    rig.server.open.clear()
    async with sitting(rig) as cashier:
        await cashier.signs_in("7")
        await cashier.sees("▶  1  Кефир", AT_WORK)
        cashier.types("+")
        await settled()
        await cashier.sees(AT_WORK)
        assert rig.till.mode == Selling()
        assert set(rig.server.asked) == {"reserve"}
        rig.server.open.set()
        await until(lambda: not rig.till.ledger.intents)
        await cashier.sees("▶  1  Кефир", "+ Оплата")
        assert AT_WORK not in text(cashier.app)
        cashier.types("+")
        await until(lambda: isinstance(rig.till.mode, Paying))
