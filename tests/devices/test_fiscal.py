"""The fiscal device that only pretends."""

import asyncio
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from devices import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPort, SimulatedFiscal
from devices._durable import sync_folder
from devices.fiscal import TAIL

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

    async def test_the_last_one_is_found_however_long_it_is(self, tmp_path: Path) -> None:
        """Lines longer than what is read at first, whole and torn, are read from their beginnings."""
        device = SimulatedFiscal(tmp_path)
        for receipt in ("a", "b" * TAIL, "c" * 3 * TAIL):
            await registered(device, receipt)
            with (tmp_path / "fiscal.jsonl").open("a") as file:
                file.write("x" * TAIL)
            assert await SimulatedFiscal(tmp_path).last_document() == device.documents()[-1]
        assert [document.number for document in device.documents()] == [1, 2, 3]

    async def test_only_the_end_of_the_file_is_read(self, tmp_path: Path) -> None:
        """A year of receipts makes no receipt slower: what stands before is not even looked at."""
        device = SimulatedFiscal(tmp_path)
        (tmp_path / "fiscal.jsonl").write_text("no document\n" * TAIL)
        with (tmp_path / "fiscal.jsonl").open("a") as file:
            file.write('{"number": 200000, "receipt": "a", "total": 1}\n')
        assert (await registered(device, "b")).document == FiscalDocument(200_001, "b", 18680)
        assert await device.last_document() == FiscalDocument(200_001, "b", 18680)


class TestOverlap:
    async def test_registrations_at_once_take_turns(self, tmp_path: Path) -> None:
        """Three receipts at once: three numbers, none lost, none twice."""
        device = SimulatedFiscal(tmp_path)
        outcomes = await asyncio.gather(*(registered(device, receipt) for receipt in "abc"))
        assert [outcome.document and outcome.document.number for outcome in outcomes] == [1, 2, 3]
        assert [(document.number, document.receipt) for document in device.documents()] == [*enumerate("abc", 1)]

    async def test_one_that_is_given_up_is_written_to_its_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next one waits for it, so that two never write at once."""
        device, begun, go = SimulatedFiscal(tmp_path), threading.Event(), threading.Event()

        def slow(folder: Path) -> None:
            begun.set()
            assert go.wait(5)
            sync_folder(folder)

        monkeypatch.setattr("devices.fiscal.sync_folder", slow)
        first = asyncio.create_task(registered(device, "a"))
        assert await asyncio.to_thread(begun.wait, 5)
        first.cancel()
        second = asyncio.create_task(registered(device, "b"))
        await asyncio.sleep(0)
        go.set()
        assert (await second).document == FiscalDocument(2, "b", 18680)
        assert first.cancelled()


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
