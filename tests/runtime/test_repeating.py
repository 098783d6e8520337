"""Papers that a crash interrupted: repeated where that cannot double them, else a person looks."""

from decimal import Decimal
from pathlib import Path

import pytest

from cashier.core.effects import Print
from cashier.core.events import FiscalReady, Printed
from cashier.printing import Press
from devices import FilePrinter, FiscalLine, FiscalPayment, SimulatedPrinter
from tests.runtime.documents import HEAD, MOVE, RECEIPT, REPORT, RUSSIAN
from tests.runtime.fiscal import Recording, asked, press, pressed, references


class TestRepeat:
    """After a crash nobody knows whether a paper is out; only the printer's kind and the fiscal device can tell."""

    async def test_file_is_written_over(self, tmp_path: Path, fiscal: Recording) -> None:
        """Given a printer to files, then a registered receipt is written again with its number, and not registered."""
        own = press(FilePrinter("file", tmp_path / "papers"), fiscal)
        before = await asked(own)
        for _ in range(2):
            made = await own.repeat(Print("token", RECEIPT, before=before))
            assert made == Printed("token", "printed", fiscal=2)
        assert references(fiscal) == ["r-1"]

    async def test_from_the_beginning(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt the device was never asked for, then it is not printed either: all begins anew."""
        made = await press(printer, fiscal).repeat(Print("token", RECEIPT))
        assert (made, printer.printed) == (FiscalReady("token", 1), [])

    async def test_not_registered_is_not_printed_either(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt the device does not have, then it is registered and printed."""
        own = press(printer, fiscal)
        made = await own.repeat(Print("token", RECEIPT, before=await asked(own)))
        assert isinstance(made, Printed)
        assert (made.outcome, made.fiscal, len(printer.printed)) == ("printed", 2, 1)

    async def test_registered_may_be_out(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt that is registered, then a person looks; its number is known and nothing is printed again."""
        own = press(printer, fiscal)
        before = await asked(own)
        await pressed(own, before)
        order = Print("token", RECEIPT, before=before)
        assert await own.repeat(order) == Printed("token", "unknown", "no_answer", 2)
        assert len(printer.printed) == 1

    async def test_control_printing_again_doubles_the_paper(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Control: given the same crash, when its number is taken for leave to print, the buyer has two papers."""
        own = press(printer, fiscal)
        made = await pressed(own, await asked(own))
        await own.print(Print("token", RECEIPT, fiscal=made.fiscal))
        assert len(printer.printed) == 2

    async def test_order_that_comes_again_prints_once(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt that is registered and out, when the same order comes again, then a person looks first."""
        own = press(printer, fiscal)
        before = await asked(own)
        made = [await pressed(own, before) for _ in range(2)]
        assert [own.outcome for own in made] == ["printed", "unknown"]
        assert (made[1].fiscal, len(printer.printed)) == (made[0].fiscal, 1)

    @pytest.mark.parametrize(
        "order",
        [Print("token", RECEIPT, fiscal=12), Print("token", REPORT, fiscal=12), Print("token", MOVE)],
        ids=["number is known", "report", "cash"],
    )
    async def test_other_papers_are_for_a_person(
        self, printer: SimulatedPrinter, fiscal: Recording, order: Print
    ) -> None:
        """Given a paper no device can tell of, then nothing is printed, and what number it has is kept."""
        made = await press(printer, fiscal).repeat(order)
        assert made == Printed("token", "unknown", "no_answer", order.fiscal)
        assert (printer.printed, fiscal.documents()) == ([], [])

    async def test_without_a_fiscal_device(self, printer: SimulatedPrinter) -> None:
        """Given a till without a fiscal device, then a person looks at every paper that is no file."""
        made = await Press(printer, HEAD, RUSSIAN.text).repeat(Print("token", RECEIPT))
        assert made == Printed("token", "unknown", "no_answer")

    async def test_device_that_is_silent_or_strange(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that does not answer or has our receipt twice, then nobody prints, and the reason is said."""
        own = press(printer, fiscal)
        order = Print("token", RECEIPT, before=await asked(own))
        fiscal.fault = "off"
        assert await own.repeat(order) == Printed("token", "unknown", "fiscal")
        fiscal.fault = ""
        for _ in range(2):
            await fiscal.register("r-1", 1, [FiscalLine("", Decimal(1), 1)], [FiscalPayment("cash", 1)])
        assert await own.repeat(order) == Printed("token", "unknown", "fiscal_strange")
        assert printer.printed == []
