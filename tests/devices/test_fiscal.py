"""The fiscal device that only pretends."""

from decimal import Decimal
from pathlib import Path

import pytest

from devices import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPort, SimulatedFiscal

LINES = (FiscalLine("Молоко", Decimal(2), 17980), FiscalLine("Пакет", Decimal(1), 700))


async def registered(device: FiscalPort, receipt: str) -> FiscalOutcome:
    """Register a receipt of 186.80."""
    return await device.register(receipt, 18680, LINES)


class TestNumbers:
    async def test_they_begin_at_one_and_go_on_after_a_restart(self, tmp_path: Path) -> None:
        """The device remembers, not the program."""
        assert await SimulatedFiscal(tmp_path).last_document() is None
        assert await registered(SimulatedFiscal(tmp_path / "new"), "a") == FiscalOutcome(
            "registered", FiscalDocument(1, "a", 18680)
        )
        await registered(SimulatedFiscal(tmp_path / "new"), "b")
        assert await SimulatedFiscal(tmp_path / "new").last_document() == FiscalDocument(2, "b", 18680)

    async def test_a_repeat_is_a_second_document(self, tmp_path: Path) -> None:
        """A real device does not protect the till from itself."""
        device = SimulatedFiscal(tmp_path)
        await registered(device, "a")
        await registered(device, "a")
        assert [document.number for document in device.documents()] == [1, 2]

    async def test_a_line_torn_by_a_power_cut_was_never_registered(self, tmp_path: Path) -> None:
        """Its number is given to the next document."""
        device = SimulatedFiscal(tmp_path)
        await registered(device, "a")
        with (tmp_path / "fiscal.jsonl").open("a") as file:
            file.write('{"number": 2, "rec')
        assert await device.last_document() == FiscalDocument(1, "a", 18680)
        await registered(device, "b")
        assert [document.receipt for document in device.documents()] == ["a", "b"]


class TestFaults:
    async def test_off_is_certain(self, tmp_path: Path) -> None:
        """Nothing registered; asking for the last document gets no answer."""
        device = SimulatedFiscal(tmp_path)
        device.fault = "off"
        assert (await registered(device, "a")).result == "failed"
        with pytest.raises(ConnectionError):
            await device.last_document()

    async def test_a_death_is_settled_by_asking(self, tmp_path: Path) -> None:
        """Before registering the number stays, after it the number has grown by one for this receipt."""
        device = SimulatedFiscal(tmp_path)
        device.fault = "dies_before"
        assert (await registered(device, "a")).result == "unknown"
        assert await device.last_document() is None
        device.fault = "dies_after"
        assert (await registered(device, "a")).result == "unknown"
        assert await device.last_document() == FiscalDocument(1, "a", 18680)

    async def test_lines_that_do_not_add_up_are_refused(self, tmp_path: Path) -> None:
        """As by a real device."""
        assert (await SimulatedFiscal(tmp_path).register("a", 1, LINES)).result == "failed"

    async def test_a_disk_that_cannot_be_written_is_unknown(self, tmp_path: Path) -> None:
        """Like a device that breaks off."""
        (tmp_path / "file").write_text("")
        assert (await registered(SimulatedFiscal(tmp_path / "file" / "x"), "a")).result == "unknown"
