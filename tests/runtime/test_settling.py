"""Power cuts and dying devices in payment and in the closing of a shift: one outcome, one document, one paper."""

from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.fiscal import Absent
from devices.fiscal import Fault as FiscalFault
from devices.payment import Fault as TerminalFault
from tests.core.goods import BREAD
from tests.runtime.fiscal import of_kind, references
from tests.runtime.power import Life
from tests.waiting import until

CASH, CARD, MIXED = ("enter",), ("f2",), ("2", "0", "enter", "f2")
POINTS = [
    *((CASH, point) for point in range(3)),
    *((CARD, point) for point in range(4)),
    *((MIXED, point) for point in range(5)),
]
"""Ways to pay, and after how many of its commits the power goes: the next one is never acknowledged."""


def facts(life: Life, kind: type[f.AnyFact]) -> list[f.AnyFact]:
    """Return what was written down of a kind, over all starts."""
    return [fact for fact in life.disk.facts if isinstance(fact, kind)]


def check_one_receipt(life: Life) -> None:
    """Check that a loaf was sold once: one closing, one document, one paper, and money as it was tendered."""
    (closed,) = facts(life, f.ReceiptClosed)
    assert isinstance(closed, f.ReceiptClosed)
    assert references(life.fiscal) == [closed.receipt]
    assert life.printed == [closed.receipt]
    tenders = [fact for fact in life.disk.facts if isinstance(fact, f.TenderTaken)]
    assert sum(fact.amount for fact in tenders) == closed.total == BREAD.price
    assert sum(life.charged) == sum(fact.amount for fact in tenders if fact.kind == "card")
    assert life.ledger.papers == ()
    assert life.disk.ledger == life.ledger


async def pay_the_rest(life: Life, way: tuple[str, ...]) -> None:
    """Go on after a start: wait for what is settled by itself, then pay what is still to be paid."""
    await life.settled()
    receipt = life.ledger.receipt
    if receipt:
        life.rig.press(*(way if not receipt.tenders else way[-1:]))
        await until(lambda: life.ledger.last)
        await life.settled()


class TestPowerInPayment:
    @pytest.mark.parametrize(("way", "point"), POINTS)
    async def test_at_each_commit_point(self, tmp_path: Path, way: tuple[str, ...], point: int) -> None:
        """Given a power cut at any commit of a payment, when the till starts again, then all there is is one sale."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            async with life.cut_after(point):
                rig.press(*way)
        async with life.started():
            await pay_the_rest(life, way)
            await life.looked_after()
            check_one_receipt(life)

    @pytest.mark.parametrize("way", [CASH, CARD, MIXED])
    async def test_points_are_all_there_are(self, tmp_path: Path, way: tuple[str, ...]) -> None:
        """Given a payment without a power cut, then it has just the commits that are cut in the other test."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            before = len(life.disk.commits)
            rig.press(*way)
            await until(lambda: life.ledger.last)
            await life.settled()
            points = [point for own, point in POINTS if own == way]
            assert len(life.disk.commits) - before == len(points)
            check_one_receipt(life)

    async def test_control_without_judgement(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Control: given a till that does not look for its receipt at the device, then a cut makes two documents."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            async with life.cut_after(2):
                rig.press("enter")
        monkeypatch.setattr("cashier.registering.judge", lambda _documents, _wanted: Absent())
        async with life.started():
            await life.settled()
            assert len(references(life.fiscal)) == 2

    async def test_control_without_intent(self, tmp_path: Path) -> None:
        """Control: given a till that forgets what it asked the terminal, then the buyer pays twice."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            async with life.cut_after(1):
                rig.press("f2")
        life.disk.commits = [commit for commit in life.disk.commits if b"ChargeBegun" not in commit[0]]
        async with life.started():
            await pay_the_rest(life, CARD)
            assert life.charged == [BREAD.price, BREAD.price]


class TestPowerInReversal:
    @pytest.mark.parametrize("point", range(2))
    async def test_at_each_commit_point(self, tmp_path: Path, point: int) -> None:
        """Given a power cut while a card payment is taken back, then it is taken back once, and cash pays the rest."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            rig.press("2", "0", "f2")
            await until(lambda: life.ledger.receipt and life.ledger.receipt.tenders)
            async with life.cut_after(point):
                rig.press("escape", "enter")
        async with life.started() as rig:
            await life.settled()
            if life.ledger.receipt and life.ledger.receipt.tenders:
                rig.press("escape", "enter")
                await until(lambda: life.ledger.receipt and not life.ledger.receipt.tenders)
            if not isinstance(rig.till.mode, m.Paying):
                rig.press("plus")
                await until(lambda: isinstance(rig.till.mode, m.Paying))
            rig.press("enter")
            await until(lambda: life.ledger.last)
            await life.settled()
            kinds = [(kind, amount, status) for _, kind, amount, status in life.terminal.operations()]
            assert kinds == [("pay", 2000, "approved"), ("reverse", 2000, "approved")]
            assert life.ledger.drawer == BREAD.price
            assert len(references(life.fiscal)) == len(life.printed) == 1


class TestDeadFiscal:
    @pytest.mark.parametrize("fault", ["off", "dies_opened", "dies_lines", "dies_paid", "dies_registered", "dead"])
    @pytest.mark.parametrize("restarts", [False, True], ids=["mended", "restarted"])
    async def test_one_document_and_one_paper(self, tmp_path: Path, fault: FiscalFault, *, restarts: bool) -> None:
        """Given a device that dies in a receipt, when it works again and the paper is asked for, then there is one."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            await life.fiscal.open_shift()
            life.fiscal.fault = fault
            rig.press("enter")
            await until(lambda: life.ledger.last)
            await life.settled()
            assert life.printer.drawer_opened == 1
            if not restarts:
                life.fiscal.fault = ""
                await self.printed_again(life)
        async with life.started():
            await life.settled()
            await self.printed_again(life)
            check_one_receipt(life)

    @staticmethod
    async def printed_again(life: Life) -> None:
        """Print the paper that is owed; one that was registered before is looked for first, and then printed."""
        while life.ledger.papers:
            begun = len(life.rig.disk.facts)
            life.rig.press("f10", "2", "1")
            await until(lambda: len(life.rig.disk.facts) > begun and not life.ledger.prints)  # noqa: B023 - awaited here


class TestDeadTerminal:
    @pytest.mark.parametrize(("fault", "charged"), [("silent", False), ("lost", False), ("dead_between", True)])
    async def test_asked_again_when_it_answers(self, tmp_path: Path, fault: TerminalFault, *, charged: bool) -> None:
        """Given a terminal that does not answer, when it does again, then its own word decides; nothing is repeated."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            life.terminal.fault = fault
            rig.press("f2")
            await until(
                lambda: rig.problem or (isinstance(rig.till.mode, m.Charging) and rig.till.mode.stage == "silent")
            )
            life.terminal.fault = ""
            if not rig.problem:
                rig.press("1")
            await life.settled()
            assert bool(life.ledger.last) == charged
            assert life.charged == ([BREAD.price] if charged else [])
            if not charged:
                rig.press("enter", "f2")
                await until(lambda: life.ledger.last)
                await life.settled()
            check_one_receipt(life)

    async def test_late_card_is_waited_for(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a card that comes after the till has given up waiting, then the till asks until it knows, and pays."""
        monkeypatch.setattr("cashier.cards.PAUSE", 0.0)
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            life.terminal.fault = "late"
            rig.press("f2")
            await until(life.terminal.operations)
            assert life.ledger.last is None
            life.terminal.finish()
            await until(lambda: life.ledger.last)
            await life.settled()
            check_one_receipt(life)

    async def test_declined_card_then_cash(self, tmp_path: Path) -> None:
        """Given a card that is declined, then the reason is shown, and the same receipt is paid in cash."""
        life = Life(tmp_path)
        async with life.started() as rig:
            await life.subtotal()
            life.terminal.fault = "declined"
            rig.press("f2")
            await until(lambda: rig.problem == "card_declined")
            rig.press("enter", "enter")
            await until(lambda: life.ledger.last)
            await life.settled()
            check_one_receipt(life)


class TestShift:
    @pytest.mark.parametrize("point", range(3))
    async def test_power_at_each_commit_point_of_z(self, tmp_path: Path, point: int) -> None:
        """Given a power cut at any commit of a closing, then there is one Z: at the device, written down, on paper."""
        life = Life(tmp_path, "8")
        async with life.started() as rig:
            await life.subtotal()
            rig.press("enter")
            await until(lambda: life.ledger.last)
            await life.settled()
            async with life.cut_after(point):
                await self.z(life)
        async with life.started():
            await life.settled()
            if life.ledger.shift:
                await self.z(life)
                await until(lambda: not life.ledger.shift)
                await life.settled()
            life.rig.press("enter")
            await life.looked_after()
            self.check_one_z(life)

    @pytest.mark.parametrize("fault", ["dies_opened", "dies_lines", "dies_paid", "dies_registered", "dead"])
    async def test_device_that_dies_in_the_closing(self, tmp_path: Path, fault: FiscalFault) -> None:
        """Given a device that dies in a closing, when it works again and the till is started, then there is one Z."""
        life = Life(tmp_path, "8")
        async with life.started() as rig:
            await life.subtotal()
            rig.press("enter")
            await until(lambda: life.ledger.last)
            await life.settled()
            life.fiscal.fault = fault
            await self.z(life)
            await until(lambda: rig.problem or not life.ledger.shift or rig.tones[-1] is False)
        async with life.started():
            await life.settled()
            if life.ledger.shift:
                await self.z(life)
                await until(lambda: not life.ledger.shift)
                await life.settled()
            life.rig.press("enter")
            await life.looked_after()
            self.check_one_z(life)

    @staticmethod
    async def z(life: Life) -> None:
        """Ask for the Z report and confirm."""
        life.rig.press("f10", "7")
        await until(lambda: isinstance(life.rig.till.mode, m.Confirming))
        life.rig.press("enter")

    @staticmethod
    def check_one_z(life: Life) -> None:
        """Check that the shift was closed once, with the sums of its receipts."""
        (closed,) = facts(life, f.ShiftClosed)
        assert isinstance(closed, f.ShiftClosed)
        (document,) = of_kind(life.fiscal, "shift_close")
        assert (closed.fiscal, document.total) == (document.number, BREAD.price)
        assert (closed.report.totals.sales, closed.report.totals.sold) == (1, BREAD.price)
        assert closed.report.drawer == BREAD.price
        assert life.printed[1:] == [closed.report.identifier]
        assert life.disk.ledger == life.ledger
