"""The shift at the fiscal device: closed once whatever dies in between, and never for somebody else."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from cashier.core import effects as e
from cashier.core.events import Event, FiscalReady, ShiftShut
from cashier.core.fiscal import Absent
from cashier.registering import Registrar
from devices import FiscalLine, FiscalPayment, FiscalState, SimulatedFiscal
from devices.fiscal import Fault
from tests.runtime.documents import RECEIPT
from tests.runtime.fiscal import AT_ONCE, Fading, of_kind, references
from tests.runtime.rig import Rig, settled
from tests.waiting import until

DIES_BEFORE: tuple[Fault, ...] = ("dies_opened", "dies_lines", "dies_paid")


@pytest.fixture
async def device(tmp_path: Path) -> SimulatedFiscal:
    """A device with one receipt in its open shift: two documents."""
    made = SimulatedFiscal(tmp_path)
    await made.open_shift()
    await made.register("r-0", 100, [FiscalLine("", Decimal(1), 100)], [FiscalPayment("cash", 100)])
    return made


@pytest.fixture
def registrar(device: SimulatedFiscal) -> Registrar:
    """The till's way to it."""
    return Registrar(device, AT_ONCE)


class TestAsking:
    async def test_number_of_the_last_document(self, registrar: Registrar) -> None:
        """Given a device with two documents, then the second one's number comes back."""
        assert await registrar.last("z") == FiscalReady("z", 2)

    async def test_closed_shift_is_not_opened(self, tmp_path: Path) -> None:
        """Given a device whose shift is closed, when it is asked before a closing, then no shift is opened for it."""
        device = SimulatedFiscal(tmp_path / "new")
        assert await Registrar(device, AT_ONCE).last("z") == FiscalReady("z", 0)
        assert device.documents() == []

    async def test_what_stands_open_is_annulled(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a document that stands open, then it is dropped."""
        device.fault = "dies_paid"
        await device.close_shift("dead")
        device.fault = ""
        assert await registrar.last("z") == FiscalReady("z", 2)
        assert device.standing() is None

    async def test_silence(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a device that is off, then there is no number."""
        device.fault = "off"
        assert await registrar.last("z") == FiscalReady("z", None)


class TestShutting:
    async def test_closed_with_its_number_once(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given an open shift, when it is closed and the question is repeated, then there is one Z with its number."""
        for _ in range(2):
            assert await registrar.shut("z", 2) == ShiftShut("z", "closed", 3)
        assert references(device, "shift_close") == ["z"]

    @pytest.mark.parametrize("fault", DIES_BEFORE)
    async def test_death_before_closing_is_certain(
        self, registrar: Registrar, device: SimulatedFiscal, fault: Fault
    ) -> None:
        """Given a device that dies before it closes, then it certainly did not; a repeat closes once."""
        device.fault = fault
        assert await registrar.shut("z", 2) == ShiftShut("z", "failed")
        assert (device.standing(), of_kind(device, "shift_close")) == (None, [])
        device.fault = ""
        assert await registrar.shut("z", 2) == ShiftShut("z", "closed", 3)

    async def test_death_after_closing_is_settled_at_once(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a device that closes and gives no answer, then it is asked, and the shift is closed."""
        device.fault = "dies_registered"
        assert await registrar.shut("z", 2) == ShiftShut("z", "closed", 3)

    async def test_silence_is_unknown_until_it_ends(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a device that closes and is silent, then nobody knows; when it answers, its one Z is taken."""
        device.fault = "dead"
        assert await registrar.shut("z", 2) == ShiftShut("z", "unknown")
        device.fault = ""
        assert await registrar.shut("z", 2) == ShiftShut("z", "closed", 3)
        assert references(device, "shift_close") == ["z"]

    async def test_control_without_judgement_the_number_is_lost(
        self, registrar: Registrar, device: SimulatedFiscal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Control: given a till that takes silence for no, then it does not know the Z that the device has made."""
        device.fault = "dead"
        await registrar.shut("z", 2)
        device.fault = ""
        monkeypatch.setattr("cashier.registering.judge", lambda _documents, _wanted: Absent())
        assert (await registrar.shut("z", 2)).fiscal != 3

    async def test_off_is_unknown(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a device that is off, then nobody knows, and nothing was asked of it."""
        device.fault = "off"
        assert await registrar.shut("z", 2) == ShiftShut("z", "unknown")
        device.fault = ""
        assert of_kind(device, "shift_close") == []

    async def test_device_that_fades_before_it_is_asked(self, tmp_path: Path) -> None:
        """Given a device that has no such closing and then goes silent, then it was not asked: that is certain."""
        assert await Registrar(Fading(tmp_path), AT_ONCE).shut("z", 0) == ShiftShut("z", "failed")

    async def test_shift_that_was_not_open(self, tmp_path: Path) -> None:
        """Given a shift of cash moves only, which the device has not opened, then it is closed without a document."""
        device = SimulatedFiscal(tmp_path / "new")
        assert await Registrar(device, AT_ONCE).shut("z", 0) == ShiftShut("z", "closed", 0)
        assert device.documents() == []

    async def test_shift_that_somebody_else_closed(self, registrar: Registrar, device: SimulatedFiscal) -> None:
        """Given a shift closed by other hands after the till had asked, then that is for a person, and no Z is made."""
        await device.close_shift("by hand")
        assert await registrar.shut("z", 2) == ShiftShut("z", "strange")
        await device.open_shift()
        assert await registrar.shut("z", 2) == ShiftShut("z", "strange")
        assert references(device, "shift_close") == ["by hand"]

    async def test_receipt_in_between_is_no_hindrance(self, registrar: Registrar) -> None:
        """Given a receipt registered after the till had asked, then the shift is closed after it."""
        await registrar.register(RECEIPT, 2)
        assert await registrar.shut("z", 2) == ShiftShut("z", "closed", 4)


class Gated(SimulatedFiscal):
    """A device whose states are told when the test says so, and that counts who asks at once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.open = asyncio.Event()
        self.inside = self.most = 0

    async def state(self) -> FiscalState:
        """Tell it when it may."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.open.wait()
        self.inside -= 1
        return await super().state()


class TestTurns:
    async def test_one_at_a_time(self, tmp_path: Path) -> None:
        """Given a receipt, a question and a closing at once, then the device is asked by one of them at a time."""
        device = Gated(tmp_path)
        registrar = Registrar(device, AT_ONCE)
        tasks = [
            asyncio.create_task(work)
            for work in (registrar.ready("a"), registrar.last("b"), registrar.shut("z", 0), registrar.ready("c"))
        ]
        await settled()
        assert device.inside == 1
        device.open.set()
        await asyncio.gather(*tasks)
        assert device.most == 1


class Broken(SimulatedFiscal):
    """A device whose driver has a mistake."""

    async def state(self) -> FiscalState:
        """Break."""
        raise ZeroDivisionError


class TestHands:
    @staticmethod
    async def answer(rig: Rig, effect: e.Effect) -> Event:
        """Do an effect; return what comes to the queue."""
        rig.hands.do(effect)
        await until(lambda: rig.pump.bus._others)
        return rig.pump.bus._others.popleft()

    async def test_answers_come_to_the_queue(self, device: SimulatedFiscal) -> None:
        """Given the question before a closing and the closing, then both are answered on the queue."""
        rig = Rig(fiscal=device)
        assert await self.answer(rig, e.AskFiscal("z")) == FiscalReady("z", 2)
        assert await self.answer(rig, e.ShutShift("z", 2)) == ShiftShut("z", "closed", 3)

    async def test_without_a_device(self) -> None:
        """Given a till without a fiscal device, then nothing answers, and no shift is closed."""
        assert await self.answer(Rig(), e.AskFiscal("z")) == FiscalReady("z", None)
        assert await self.answer(Rig(), e.ShutShift("z", 2)) == ShiftShut("z", "failed")

    async def test_broken_driver_is_silence(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        """Given a driver that breaks, then the till is told that nothing is known, and the log has the reason."""
        rig = Rig(fiscal=Broken(tmp_path))
        assert await self.answer(rig, e.AskFiscal("z")) == FiscalReady("z", None)
        assert await self.answer(rig, e.ShutShift("z", 0)) == ShiftShut("z", "unknown")
        assert "no answer but ShiftShut" in caplog.text
