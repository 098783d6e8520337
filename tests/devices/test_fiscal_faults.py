"""The fiscal device that dies, at each state of a document, and how a till settles it by intent."""

import asyncio
import errno
import os
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices import FiscalLine, FiscalOutcome, FiscalPayment, FiscalPort, FiscalState, SimulatedFiscal
from devices.fiscal import STAGES, Fault, Stage

FAULTS: tuple[Fault, ...] = get_args(Fault)
DEATHS = [fault for fault in FAULTS if fault not in {"", "off"}]
DIES: dict[Stage, Fault] = {"opened": "dies_opened", "lines": "dies_lines", "paid": "dies_paid"}
DISK_WRITES = 8
"""How often a document is made durable: at three states a file and its folder, then the document and its folder."""


async def registered(device: FiscalPort, receipt: str) -> FiscalOutcome:
    """Register a receipt of one rouble paid by card."""
    return await device.register(receipt, 100, (FiscalLine("Пакет", Decimal(1), 100),), (FiscalPayment("card", 100),))


async def settled(device: SimulatedFiscal, receipt: str, before: int) -> None:
    """Do what a till does after an unknown outcome: annul, look for the own document, register if it is not there."""
    if (await device.state()).pending:
        await device.annul()
    if receipt not in {document.reference for document in await device.documents_after(before)}:
        assert (await registered(device, receipt)).result == "registered"


def references(device: SimulatedFiscal) -> list[str]:
    """Return the references of all documents but the openings of shifts."""
    return [document.reference for document in device.documents() if document.kind != "shift_open"]


@pytest.fixture
async def device(tmp_path: Path) -> SimulatedFiscal:
    """A device whose first shift is open."""
    made = SimulatedFiscal(tmp_path)
    await made.open_shift()
    return made


class TestOff:
    async def test_is_certain(self, device: SimulatedFiscal) -> None:
        """Given a device that is off, then nothing is registered for certain and no question is answered."""
        device.fault = "off"
        assert (await registered(device, "a")).result == "failed"
        assert (await device.close_shift("z")).result == "failed"
        for question in (device.state(), device.documents_after(0), device.annul()):
            with pytest.raises(ConnectionError):
                await question
        device.fault = ""
        assert await device.state() == FiscalState(1, 1, pending=False)


class TestDeathBeforeRegistering:
    @pytest.mark.parametrize("stage", STAGES)
    async def test_leaves_a_receipt_open(self, device: SimulatedFiscal, stage: Stage, tmp_path: Path) -> None:
        """Given a death at each state before the last, then the receipt stands open there, after a restart too."""
        device.fault = DIES[stage]
        assert await registered(device, "a") == FiscalOutcome("unknown", detail="no answer")
        for one in (device, SimulatedFiscal(tmp_path)):
            assert await one.state() == FiscalState(1, 1, pending=True)
            assert (one.standing(), await one.documents_after(1)) == (stage, [])

    @pytest.mark.parametrize("stage", STAGES)
    async def test_leaves_a_closing_open(self, device: SimulatedFiscal, stage: Stage) -> None:
        """Given a death at each state of a closing, then the shift is still open and the closing stands open."""
        device.fault = DIES[stage]
        assert (await device.close_shift("z")).result == "unknown"
        assert await device.state() == FiscalState(1, 1, pending=True)

    async def test_nothing_goes_before_annulling(self, device: SimulatedFiscal, tmp_path: Path) -> None:
        """Given a receipt that stands open, then everything fails until it is annulled; its number is given again."""
        device.fault = "dies_lines"
        await registered(device, "a")
        again = SimulatedFiscal(tmp_path)
        assert (await registered(again, "a")).detail == "a document stands open"
        assert (await again.close_shift("z")).result == "failed"
        await again.annul()
        assert await again.state() == FiscalState(1, 1, pending=False)
        outcome = await registered(again, "b")
        assert outcome.document
        assert outcome.document.number == 2

    async def test_it_dies_again(self, device: SimulatedFiscal) -> None:
        """Given a broken device, then it is annulled and the next receipt dies the same way."""
        device.fault = "dies_paid"
        for _ in range(2):
            assert (await registered(device, "a")).result == "unknown"
            assert device.standing() == "paid"
            await device.annul()
        assert references(device) == []

    async def test_annulling_nothing(self, device: SimulatedFiscal) -> None:
        """Given nothing that stands open, then annulling changes nothing."""
        await registered(device, "a")
        await device.annul()
        assert await device.state() == FiscalState(2, 1, pending=False)


class TestDeathAfterRegistering:
    async def test_receipt(self, device: SimulatedFiscal) -> None:
        """Given a death before the answer, then the receipt is registered, and asking tells so."""
        device.fault = "dies_registered"
        assert (await registered(device, "a")).result == "unknown"
        assert await device.state() == FiscalState(2, 1, pending=False)
        assert [document.reference for document in await device.documents_after(1)] == ["a"]

    async def test_closing(self, device: SimulatedFiscal) -> None:
        """Given a death before the answer, then the shift is closed, and asking tells by which token."""
        device.fault = "dies_registered"
        assert (await device.close_shift("z")).result == "unknown"
        assert (await device.state()).shift == 0
        assert [document.reference for document in await device.documents_after(1)] == ["z"]

    async def test_dead(self, device: SimulatedFiscal) -> None:
        """Given a device that dies for good, then it answers till the next document and nothing at all after it."""
        device.fault = "dead"
        assert (await device.state()).last == 1
        for receipt in "ab":
            assert (await registered(device, receipt)).result == "unknown"
        for question in (device.state(), device.documents_after(0), device.annul()):
            with pytest.raises(ConnectionError):
                await question
        device.fault = ""
        assert references(device) == ["a"]
        assert (await device.state()).last == 2


class TestSettling:
    @pytest.mark.parametrize("fault", DEATHS)
    async def test_by_intent(self, device: SimulatedFiscal, fault: Fault) -> None:
        """Given each death, when the till asks by its intent, then the receipt is registered exactly once."""
        before = (await device.state()).last
        device.fault = fault
        assert (await registered(device, "a")).result == "unknown"
        device.fault = ""
        await settled(device, "a", before)
        assert references(device) == ["a"]

    @pytest.mark.parametrize("fault", ["dies_registered", "dead"])
    async def test_red_control(self, device: SimulatedFiscal, fault: Fault) -> None:
        """Given a till that repeats instead of asking, then the receipt is registered twice."""
        device.fault = fault
        await registered(device, "a")
        device.fault = ""
        await registered(device, "a")
        assert references(device) == ["a", "a"]

    @pytest.mark.parametrize("write", range(1, DISK_WRITES + 1))
    async def test_disk_fails_at_each_write(
        self, device: SimulatedFiscal, write: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a disk that fails at each write of a receipt, then it is unknown, and settled to exactly one."""
        before, done, real = (await device.state()).last, 0, os.fsync

        def failing(descriptor: int) -> None:
            nonlocal done
            done += 1
            if done == write:
                raise OSError(errno.EIO, "")
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr("devices._durable.os.fsync", failing)
            assert await registered(device, "a") == FiscalOutcome("unknown", detail=os.strerror(errno.EIO))
        again = SimulatedFiscal(tmp_path)
        await settled(again, "a", before)
        assert references(again) == ["a"]
        assert [document.number for document in again.documents()] == [1, 2]

    async def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        """Given no folder for its files, then the outcome is unknown, like that of a device that breaks off."""
        (tmp_path / "file").write_text("")
        assert (await SimulatedFiscal(tmp_path / "file" / "x").open_shift()).result == "unknown"


Step = tuple[str, Fault]
STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "open", "close", "annul", "restart", "torn"]), st.sampled_from(FAULTS)),
    max_size=14,
)


class TestAnySequence:
    @settings(max_examples=100, deadline=None)
    @given(steps=STEPS)
    def test_keeps_the_promises(self, steps: list[Step]) -> None:
        """Given any faults and restarts, then numbers have no gaps and exactly what was told is registered."""
        with TemporaryDirectory() as folder:
            asyncio.run(_played(Path(folder), [("open", ""), *steps]))


async def _played(folder: Path, steps: list[Step]) -> None:
    device = SimulatedFiscal(folder)
    shift, pending, told = False, False, list[str]()
    for action, fault in steps:
        device.fault = fault
        if action == "annul":
            if fault != "off":
                await device.annul()
                pending = False
        elif action in {"restart", "torn"}:
            _torn(folder, "{" if action == "torn" else "")
            device = SimulatedFiscal(folder)
        else:
            outcome = await _asked(device, action)
            possible = not pending and shift == (action != "open") and fault != "off"
            assert outcome.result == ("failed" if not possible else "unknown" if fault else "registered")
            done = possible and fault in {"", "dies_registered", "dead"}
            pending = pending or (possible and not done)
            shift = action != "close" if done else shift
            told += [action] if done else []
    await _checked(SimulatedFiscal(folder), told, FiscalState(len(told), 0, pending))


async def _checked(device: SimulatedFiscal, told: list[str], expected: FiscalState) -> None:
    documents = device.documents()
    assert [document.number for document in documents] == [*range(1, len(told) + 1)]
    assert [document.reference or "open" for document in documents] == told
    state = await device.state()
    assert (state.last, state.pending) == (expected.last, expected.pending)
    for number in range(len(told) + 1):
        assert await device.documents_after(number) == documents[number:]
    receipts = sum(
        document.total for document in documents if document.kind == "receipt" and document.shift != state.shift
    )
    assert sum(document.total for document in documents if document.kind == "shift_close") == receipts


async def _asked(device: SimulatedFiscal, action: str) -> FiscalOutcome:
    match action:
        case "open":
            return await device.open_shift()
        case "close":
            return await device.close_shift("close")
        case _:
            return await registered(device, action)


def _torn(folder: Path, end: str) -> None:
    with (folder / "fiscal.jsonl").open("a") as file:
        file.write(end)
