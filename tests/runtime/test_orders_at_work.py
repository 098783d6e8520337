"""Orders through the running till: the wait, Esc, scans meanwhile, a full disk, a power cut, hands that break."""

from cashier.core import effects as e
from cashier.core import modes as m
from cashier.core.events import OrderFetched
from cashier.outside import no_orders
from tests.core.goods import BREAD
from tests.runtime.orders import ROW, OrderRig
from tests.runtime.rig import settled
from tests.waiting import until


async def waiting(rig: OrderRig) -> None:
    """Ask for an order of a server that thinks."""
    rig.desk.ready.clear()
    rig.order()
    await until(lambda: rig.desk.asked)


class TestComing:
    async def test_it_comes(self) -> None:
        """Given a server, when an order is asked for, then the intent is committed first, and its lines stand."""
        rig = OrderRig()
        async with rig.working():
            rig.order()
            await until(lambda: rig.names == ["Хлеб", "Молоко"])
            assert rig.disk.kinds[-4:] == ["OrderAsked", "ShiftOpened", "ReceiptOpened", "OrderTaken"]
            assert rig.till.ledger.receipt is not None
            assert rig.till.ledger.receipt.total == 12000

    async def test_scans_wait_their_turn(self) -> None:
        """Given a server that thinks, when goods are scanned and keys pressed, then they wait and follow the order."""
        rig = OrderRig()
        async with rig.working():
            await waiting(rig)
            rig.scan(BREAD.barcode)
            await until(lambda: rig.pump.waiting == 1)
            rig.desk.ready.set()
            await until(lambda: rig.names == ["Хлеб", "Молоко", "Хлеб"])

    async def test_number_is_not_a_scan_made_ahead(self) -> None:
        """Given a dialog that nobody has seen yet, when goods are scanned, then they are no number of an order."""
        rig = OrderRig()
        async with rig.working():
            rig.press(*ROW)
            await until(lambda: rig.till.mode == m.Ordering())
            rig.scan(BREAD.barcode)
            await settled()
            assert rig.desk.asked == []
            rig.press("escape")
            await until(lambda: rig.names == ["Хлеб"])


class TestNotComing:
    async def test_escape(self) -> None:
        """Given a server that thinks, when Esc is pressed, then the sale goes on at once, and what comes goes back."""
        rig = OrderRig()
        async with rig.working():
            await waiting(rig)
            rig.press("escape")
            await until(lambda: rig.till.mode == m.Selling())
            assert rig.returned == 0
            rig.desk.ready.set()
            await until(lambda: rig.returned == 1)
            assert rig.names == []

    async def test_hands_that_break(self) -> None:
        """Given a fault in the client, then it is silence: the till never waits for ever."""
        rig = OrderRig()
        rig.desk.breaks = ZeroDivisionError()
        async with rig.working():
            rig.order()
            await until(lambda: rig.problem == "order_silent")
            assert rig.returned == 1

    async def test_disk_full_when_it_comes(self) -> None:
        """Given a disk that does not take the order, when it is well again, then the order goes back, once."""
        rig = OrderRig()
        async with rig.working():
            await waiting(rig)
            rig.disk.trouble = "full"
            rig.desk.ready.set()
            await until(lambda: rig.problem == "disk_full")
            rig.disk.trouble = ""
            rig.press("enter")
            rig.write(BREAD.code).press("enter")
            await until(lambda: rig.returned == 1)
            assert rig.names == ["Хлеб"]
            assert rig.till.ledger.ordering is None

    async def test_disk_full_when_it_is_asked_for(self) -> None:
        """Given a disk that does not take the intent, then nobody is asked."""
        rig = OrderRig()
        async with rig.working():
            rig.disk.trouble = "full"
            rig.order()
            await until(lambda: rig.problem == "disk_full")
            assert rig.desk.asked == []

    async def test_power_cut(self) -> None:
        """Given a power cut while the server thinks, then the next start gives the order back."""
        rig = OrderRig()
        async with rig.working():
            await waiting(rig)
        again = OrderRig(ledger=rig.disk.ledger)
        async with again.working(sign_in=False):
            await until(lambda: again.returned == 1)
            assert again.disk.kinds[:2] == ["OrderLeft", "MessageQueued"]
            assert again.till.ledger.ordering is None


async def test_nobody_gives_orders_out() -> None:
    """Given hands that were given no server, then the answer says that there is none."""
    assert await no_orders(e.FetchOrder("t", "1001")) == OrderFetched("t", "off")
