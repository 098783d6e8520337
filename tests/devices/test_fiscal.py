"""The fiscal device that only pretends: numbers, shifts, refusals, turns."""

import asyncio
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from devices import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPayment, FiscalPort, FiscalState, SimulatedFiscal
from devices._durable import PIECE, sync_folder

LINES = (FiscalLine("Молоко", Decimal(2), 17980, vat=1000), FiscalLine("Пакет", Decimal(1), 700))
CASH = (FiscalPayment("cash", 20000),)


async def registered(device: FiscalPort, receipt: str) -> FiscalOutcome:
    """Register a receipt of 186.80 paid with 200."""
    return await device.register(receipt, 18680, LINES, CASH)


@pytest.fixture
async def device(tmp_path: Path) -> SimulatedFiscal:
    """A device whose first shift is open."""
    made = SimulatedFiscal(tmp_path)
    await made.open_shift()
    return made


class TestNumbers:
    async def test_new_device(self, tmp_path: Path) -> None:
        """Given a device out of its box, then it has no document and no shift."""
        device = SimulatedFiscal(tmp_path / "new")
        assert await device.state() == FiscalState(0, 0, pending=False)
        assert await device.documents_after(0) == []

    async def test_they_go_on_after_a_restart(self, device: SimulatedFiscal, tmp_path: Path) -> None:
        """Given two receipts with a restart between, then the device remembers, not the program."""
        assert await registered(device, "a") == FiscalOutcome(
            "registered", FiscalDocument(2, "receipt", "a", 18680, shift=1)
        )
        again = SimulatedFiscal(tmp_path)
        await registered(again, "b")
        assert await again.state() == FiscalState(3, 1, pending=False)
        assert [document.reference for document in await again.documents_after(2)] == ["b"]
        assert await again.documents_after(3) == []

    async def test_a_repeat_is_a_second_document(self, device: SimulatedFiscal) -> None:
        """Given the same receipt twice, then a real device does not protect the till from itself."""
        await registered(device, "a")
        await registered(device, "a")
        assert [(document.number, document.reference) for document in device.documents()] == [
            (1, ""),
            (2, "a"),
            (3, "a"),
        ]

    async def test_a_line_torn_by_a_power_cut_was_never_registered(
        self, device: SimulatedFiscal, tmp_path: Path
    ) -> None:
        """Given half a document at the end of the file, then its number is given to the next document."""
        await registered(device, "a")
        with (tmp_path / "fiscal.jsonl").open("a") as file:
            file.write('{"number": 3, "ki')
        assert (await device.state()).last == 2
        await registered(device, "b")
        assert [document.reference for document in device.documents()] == ["", "a", "b"]

    async def test_long_documents(self, device: SimulatedFiscal, tmp_path: Path) -> None:
        """Given lines longer than what is read at once, whole and torn, then they are read from their beginnings."""
        for receipt in ("a", "b" * PIECE, "c" * 3 * PIECE):
            await registered(device, receipt)
            with (tmp_path / "fiscal.jsonl").open("a") as file:
                file.write("x" * 2 * PIECE)
            last = device.documents()[-1]
            assert await SimulatedFiscal(tmp_path).documents_after(last.number - 1) == [last]
        assert [document.number for document in device.documents()] == [1, 2, 3, 4]

    async def test_only_the_end_of_the_file_is_read(self, tmp_path: Path) -> None:
        """Given a year of receipts, then no receipt is slower: what stands before is not even looked at."""
        old = FiscalDocument(200_000, "receipt", "a", 1, shift=300)
        (tmp_path / "fiscal.jsonl").write_text("no document\n" * PIECE)
        with (tmp_path / "fiscal.jsonl").open("a") as file:
            file.writelines(
                f'{{"number": {number}, "kind": "receipt", "reference": "a", "total": 1, "shift": 300}}\n'
                for number in (199_999, 200_000)
            )
        device = SimulatedFiscal(tmp_path)
        new = (await registered(device, "b")).document
        assert new == FiscalDocument(200_001, "receipt", "b", 18680, shift=300)
        assert await device.documents_after(199_999) == [old, new]

    async def test_damaged_file(self, tmp_path: Path) -> None:
        """Given a whole line that is no document, then the device does not answer, and registers nothing."""
        (tmp_path / "fiscal.jsonl").write_text('{"number": 1, "receipt": "a", "total": 1}\n')
        with pytest.raises(OSError, match="missing required field"):
            await SimulatedFiscal(tmp_path).state()
        assert (await registered(SimulatedFiscal(tmp_path), "a")).result == "unknown"


class TestShifts:
    async def test_a_day(self, device: SimulatedFiscal) -> None:
        """Given two receipts, when the shift is closed, then the Z has their sum and the next shift the next number."""
        await registered(device, "a")
        await device.register("b", 700, LINES[1:], (FiscalPayment("card", 700),))
        closed = await device.close_shift("z-1")
        assert closed.document == FiscalDocument(4, "shift_close", "z-1", 19380, shift=1)
        assert (await device.state()).shift == 0
        assert (await device.open_shift()).document == FiscalDocument(5, "shift_open", "", 0, shift=2)
        assert (await device.close_shift("z-2")).document == FiscalDocument(6, "shift_close", "z-2", 0, shift=2)

    async def test_a_day_with_refunds(self, device: SimulatedFiscal) -> None:
        """Given more refunded than sold, then each is a document of its kind, and the Z has what stays, below zero."""
        await device.register("a", 700, LINES[1:], (FiscalPayment("card", 700),))
        back = await device.register("b", 18680, LINES, (FiscalPayment("cash", 18680),), "refund")
        assert back.document == FiscalDocument(3, "refund", "b", 18680, shift=1)
        closed = await device.close_shift("z-1")
        assert closed.document == FiscalDocument(4, "shift_close", "z-1", 700 - 18680, shift=1)

    async def test_refusals(self, device: SimulatedFiscal) -> None:
        """Given an open shift it is not opened; given a closed one nothing is sold or closed; nothing is registered."""
        assert (await device.open_shift()).result == "failed"
        await device.close_shift("z")
        assert (await registered(device, "a")).detail == "no shift is open"
        assert (await device.close_shift("z")).result == "failed"
        assert len(device.documents()) == 2


class TestSums:
    @pytest.mark.parametrize(
        ("total", "payments"),
        [
            (18679, CASH),
            (18680, (FiscalPayment("cash", 18679),)),
            (18680, ()),
            (18680, (FiscalPayment("cash", 5000), FiscalPayment("card", 13000))),
            (18680, (FiscalPayment("card", 18681),)),
        ],
        ids=["lines", "a kopeck short", "unpaid", "mixed and short", "change from a card"],
    )
    async def test_that_do_not_agree(
        self, device: SimulatedFiscal, total: int, payments: tuple[FiscalPayment, ...]
    ) -> None:
        """Given sums that do not agree, then it fails and nothing is registered, as by a real device."""
        assert (await device.register("a", total, LINES, payments)).result == "failed"
        assert await device.state() == FiscalState(1, 1, pending=False)

    async def test_mixed_payment(self, device: SimulatedFiscal) -> None:
        """Given a card for a part and too much cash for the rest, then it is registered."""
        payments = (FiscalPayment("card", 10000), FiscalPayment("cash", 10000))
        assert (await device.register("a", 18680, LINES, payments)).result == "registered"

    async def test_refund_gives_back_its_total(self, device: SimulatedFiscal) -> None:
        """Given a refund, then cash and card together are exactly its total: change is none."""
        payments = (FiscalPayment("card", 8680), FiscalPayment("cash", 10000))
        assert (await device.register("a", 18680, LINES, payments, "refund")).result == "registered"
        for given in ((FiscalPayment("cash", 18681),), (FiscalPayment("cash", 18679),), ()):
            assert (await device.register("b", 18680, LINES, given, "refund")).result == "failed"
        assert [document.kind for document in device.documents()] == ["shift_open", "refund"]


class TestOverlap:
    async def test_registrations_at_once_take_turns(self, device: SimulatedFiscal) -> None:
        """Given three receipts at once, then three numbers, none lost, none twice."""
        outcomes = await asyncio.gather(*(registered(device, receipt) for receipt in "abc"))
        assert [outcome.document and outcome.document.number for outcome in outcomes] == [2, 3, 4]
        assert [document.reference for document in device.documents()] == ["", "a", "b", "c"]

    async def test_one_that_is_given_up_is_written_to_its_end(
        self, device: SimulatedFiscal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a receipt given up while it is written, then the next one and every question wait for it."""
        begun, go = threading.Event(), threading.Event()

        def slow(folder: Path) -> None:
            begun.set()
            assert go.wait(5)
            sync_folder(folder)

        monkeypatch.setattr("devices._durable.sync_folder", slow)
        first = asyncio.create_task(registered(device, "a"))
        assert await asyncio.to_thread(begun.wait, 5)
        first.cancel()
        second, state = asyncio.create_task(registered(device, "b")), asyncio.create_task(device.state())
        await asyncio.sleep(0)
        go.set()
        assert (await second).document == FiscalDocument(3, "receipt", "b", 18680, shift=1)
        assert await state == FiscalState(3, 1, pending=False)
        assert first.cancelled()
