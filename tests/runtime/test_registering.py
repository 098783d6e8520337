"""Receipts at the fiscal device: registered once whatever dies in between, and only what is registered is printed."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core.effects import Print
from cashier.core.events import FiscalReady, Printed
from cashier.core.fiscal import Absent
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType
from cashier.core.tender import Tender, TenderKind
from devices import FiscalLine, FiscalPayment, SimulatedPrinter
from devices.fiscal import Fault
from tests.runtime.documents import MOVE, RECEIPT, REPORT, RETURN
from tests.runtime.fiscal import Fading, Recording, asked, of_kind, press, pressed, references

DIES_BEFORE: tuple[Fault, ...] = ("dies_opened", "dies_lines", "dies_paid")
CARELESS = "cashier.registering.judge"
"""What a till without judgement would do without."""


class TestReady:
    async def test_shift_is_opened_and_nothing_registered(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device with a closed shift, when a receipt is to be printed, then only its shift is opened."""
        assert await press(printer, fiscal).print(Print("token", RECEIPT)) == FiscalReady("token", 1)
        assert [document.kind for document in fiscal.documents()] == ["shift_open"]
        assert printer.printed == []

    async def test_open_shift_is_left_open(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given an open shift, then the number of the last document comes back and nothing is made."""
        await fiscal.open_shift()
        assert await asked(press(printer, fiscal)) == 1
        assert len(fiscal.documents()) == 1

    async def test_what_stands_open_is_annulled(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a document of another life that stands open, then it is dropped before anything else."""
        await fiscal.open_shift()
        fiscal.fault = "dies_lines"
        await fiscal.register("r-0", 1, [FiscalLine("", Decimal(1), 1)], [FiscalPayment("cash", 1)])
        assert fiscal.standing() == "lines"
        fiscal.fault = ""
        assert await asked(press(printer, fiscal)) == 1
        assert fiscal.standing() is None

    @pytest.mark.parametrize("fault", ["off", *DIES_BEFORE])
    async def test_device_that_cannot_take_a_receipt(
        self, printer: SimulatedPrinter, fiscal: Recording, fault: Fault
    ) -> None:
        """Given a device that is off or cannot open its shift, then it is not ready, and later it is."""
        fiscal.fault = fault
        assert await press(printer, fiscal).print(Print("token", RECEIPT)) == FiscalReady("token", None)
        assert (fiscal.documents(), fiscal.standing()) == ([], None)
        fiscal.fault = ""
        assert await asked(press(printer, fiscal)) == 1

    @pytest.mark.parametrize(
        "order",
        [
            Print("token", RECEIPT, copy=True),
            Print("token", RECEIPT, fiscal=12),
            Print("token", REPORT),
            Print("token", MOVE),
        ],
        ids=["copy", "known number", "report", "cash"],
    )
    async def test_what_is_not_registered(self, printer: SimulatedPrinter, fiscal: Recording, order: Print) -> None:
        """Given a copy, a receipt with its number or another document, then it is printed; the device hears nothing."""
        made = await press(printer, fiscal).print(order)
        assert isinstance(made, Printed)
        assert (made.outcome, made.fiscal, len(printer.printed)) == ("printed", order.fiscal, 1)
        assert fiscal.documents() == []


class TestRegister:
    async def test_registered_then_printed(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt, then the device has its live lines, taxes and payments, and the paper has its number."""
        own = press(printer, fiscal)
        taxed = replace(RECEIPT.lines[0], product=replace(RECEIPT.lines[0].product, vat=1000))
        tenders = (Tender(TenderKind.CARD, Kopecks(4161)), Tender(TenderKind.CASH, Kopecks(20_000)))
        receipt = replace(RECEIPT, lines=(taxed, *RECEIPT.lines[1:]), tenders=tenders)
        made = await pressed(own, await asked(own), receipt)
        assert (made.outcome, made.fiscal) == ("printed", 2)
        assert "Заглушка ФР, документ 2" in made.paper
        assert [(own.reference, own.total) for own in of_kind(fiscal, "receipt")] == [("r-1", 14161)]
        assert fiscal.lines == [
            FiscalLine("Хлеб", Decimal(1), 4550, 1000),
            FiscalLine("Яблоки", Decimal("0.745"), 9611),
        ]
        assert fiscal.payments == [FiscalPayment("card", 4161), FiscalPayment("cash", 20_000)]

    @pytest.mark.parametrize("kind", [DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT])
    async def test_return_is_a_refund(self, printer: SimulatedPrinter, fiscal: Recording, kind: DocumentType) -> None:
        """Given goods that come back, then the device has a refund with the mark of each, once however often asked."""
        marked = replace(RETURN.lines[0], mark="0104600682000020215AbC!d")
        own, receipt = press(printer, fiscal), replace(RETURN, kind=kind, lines=(marked,))
        before = await asked(own)
        made = await pressed(own, before, receipt)
        assert (made.outcome, made.fiscal) == ("printed", 2)
        assert (await pressed(own, before, receipt)).fiscal == 2
        assert [(own.reference, own.total) for own in of_kind(fiscal, "refund")] == [("b-1", 4550)]
        assert [line.mark for line in fiscal.lines] == [marked.mark]
        assert fiscal.payments == [FiscalPayment("cash", 4550)]
        assert references(fiscal) == []

    async def test_sale_with_the_code_of_a_return_is_strange(
        self, printer: SimulatedPrinter, fiscal: Recording
    ) -> None:
        """Given a device that made a sale of our return, then a person looks: nothing is registered or printed."""
        own = press(printer, fiscal)
        before = await asked(own)
        await fiscal.register("b-1", 4550, [FiscalLine("", Decimal(1), 4550)], [FiscalPayment("cash", 4550)])
        made = await pressed(own, before, RETURN)
        assert (made.outcome, made.reason, printer.printed) == ("unknown", "fiscal_strange", [])
        assert references(fiscal, "refund") == []

    async def test_repeat_is_not_registered_again(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a printer without paper, then the number comes back, and a repeat takes it and registers nothing."""
        own = press(printer, fiscal)
        before = await asked(own)
        printer.fault = "out_of_paper"
        made = await pressed(own, before)
        assert (made.outcome, made.reason, made.fiscal) == ("failed", "out_of_paper", 2)
        printer.fault = ""
        assert (await pressed(own, before)).fiscal == 2
        assert references(fiscal) == ["r-1"]

    @pytest.mark.parametrize("fault", DIES_BEFORE)
    async def test_death_before_registering_is_certain(
        self, printer: SimulatedPrinter, fiscal: Recording, fault: Fault
    ) -> None:
        """Given a device that dies before it registers, then nothing is printed or open; a repeat registers once."""
        own = press(printer, fiscal)
        before = await asked(own)
        fiscal.fault = fault
        made = await pressed(own, before)
        assert (made.outcome, made.reason, made.fiscal, printer.printed) == ("failed", "fiscal", 0, [])
        assert fiscal.standing() is None
        fiscal.fault = ""
        assert (await pressed(own, before)).outcome == "printed"
        assert references(fiscal) == ["r-1"]

    async def test_death_after_registering_is_settled_at_once(
        self, printer: SimulatedPrinter, fiscal: Recording
    ) -> None:
        """Given a device that registers and gives no answer, then it is asked, and the paper has the number."""
        own = press(printer, fiscal)
        before = await asked(own)
        fiscal.fault = "dies_registered"
        made = await pressed(own, before)
        assert (made.outcome, made.fiscal, references(fiscal)) == ("printed", 2, ["r-1"])

    async def test_silence_is_unknown_until_it_ends(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that registers and is silent, then a person looks once it answers."""
        own = press(printer, fiscal)
        before = await asked(own)
        fiscal.fault = "dead"
        for _ in range(2):
            made = await pressed(own, before)
            assert (made.outcome, made.reason, printer.printed) == ("unknown", "fiscal", [])
        fiscal.fault = ""
        made = await pressed(own, before)
        assert (made.outcome, made.fiscal, references(fiscal)) == ("unknown", 2, ["r-1"])
        assert printer.printed == []

    async def test_control_a_till_without_judgement_doubles(
        self, printer: SimulatedPrinter, fiscal: Recording, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Control: given a till that takes silence for no, then the same death makes two documents of one receipt."""
        own = press(printer, fiscal)
        before = await asked(own)
        fiscal.fault = "dead"
        await pressed(own, before)
        fiscal.fault = ""
        monkeypatch.setattr(CARELESS, lambda _documents, _wanted: Absent())
        await pressed(own, before)
        assert references(fiscal) == ["r-1", "r-1"]

    async def test_device_that_goes_off_in_between(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that goes off after it was ready, then nobody knows, nothing is printed; later it is, once."""
        own = press(printer, fiscal)
        before = await asked(own)
        fiscal.fault = "off"
        made = await pressed(own, before)
        assert (made.outcome, made.reason, printer.printed, printer.drawer_opened) == ("unknown", "fiscal", [], 0)
        fiscal.fault = ""
        assert (await pressed(own, before)).outcome == "printed"
        assert references(fiscal) == ["r-1"]

    async def test_device_that_fades_before_it_is_asked(self, printer: SimulatedPrinter, tmp_path: Path) -> None:
        """Given a device that has no such receipt and then goes silent, then it was not asked: that is certain."""
        fading = Fading(tmp_path)
        made = await pressed(press(printer, fading), 0)
        assert (made.outcome, made.reason, fading.documents()) == ("failed", "fiscal", [])

    async def test_shift_that_cannot_be_opened_in_between(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device whose shift was closed and cannot be opened again, then the receipt certainly failed."""
        own = press(printer, fiscal)
        before = await asked(own)
        await fiscal.close_shift("by hand")
        fiscal.fault = "dies_opened"
        made = await pressed(own, before)
        assert (made.outcome, made.reason, references(fiscal)) == ("failed", "fiscal", [])

    @pytest.mark.parametrize(("times", "total"), [(2, 14161), (1, 14160)], ids=["twice", "another total"])
    async def test_strange_documents_are_for_a_person(
        self, printer: SimulatedPrinter, fiscal: Recording, times: int, total: int
    ) -> None:
        """Given a device with our receipt twice or with another total, then nothing is registered or printed."""
        own = press(printer, fiscal)
        before = await asked(own)
        for _ in range(times):
            await fiscal.register("r-1", total, [FiscalLine("", Decimal(1), total)], [FiscalPayment("cash", total)])
        made = await pressed(own, before)
        assert (made.outcome, made.reason, printer.printed) == ("unknown", "fiscal_strange", [])
        assert len(references(fiscal)) == times

    async def test_receipts_with_the_same_number_before(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given two receipts that were both begun before either was registered, then each is registered once."""
        own = press(printer, fiscal)
        before = await asked(own)
        for name in ("r-1", "r-2", "r-1", "r-2"):
            await pressed(own, before, replace(RECEIPT, identifier=name))
        assert references(fiscal) == ["r-1", "r-2"]

    async def test_shift_that_was_closed_in_between_is_opened(
        self, printer: SimulatedPrinter, fiscal: Recording
    ) -> None:
        """Given a device whose shift somebody closed after it was ready, then a new one is opened for the receipt."""
        own = press(printer, fiscal)
        before = await asked(own)
        await fiscal.close_shift("by hand")
        assert (await pressed(own, before)).fiscal == 4
        assert [document.kind for document in fiscal.documents()][1:] == ["shift_close", "shift_open", "receipt"]

    async def test_sums_the_device_refuses(
        self, printer: SimulatedPrinter, fiscal: Recording, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given a receipt whose payments do not reach its total, then it certainly failed, and the log says why."""
        own = press(printer, fiscal)
        made = await pressed(own, await asked(own), replace(RECEIPT, tenders=()))
        assert (made.outcome, made.reason, references(fiscal)) == ("failed", "fiscal", [])
        assert "the payments are less than the total" in caplog.text
