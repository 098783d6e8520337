"""Effects outside: each is a task of its own, answers once, and breaks nothing when it breaks."""

from dataclasses import dataclass, field

import pytest

from cashier.core import effects as e
from cashier.core.events import Event, PasswordChecked, Printed
from cashier.core.receipt import Receipt
from devices import PrintJob, PrintOutcome, SimulatedConfig, SimulatedPrinter, SimulatedScanner
from tests.core.goods import BREAD, IVANOVA
from tests.runtime.rig import Rig, settled, until


@dataclass
class BrokenPrinter:
    """A printer whose driver has a mistake."""

    name: str = "broken"
    asked: list[str] = field(default_factory=list)

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Break."""
        self.asked.append(job.identifier)
        raise ZeroDivisionError


def heard(rig: Rig) -> list[Event]:
    """Return what came back to the queue."""
    return list(rig.pump.bus._others)


class TestPasswords:
    async def test_answer_comes_back(self) -> None:
        """Given code and password that fit, then the answer names the person."""
        rig = Rig()
        rig.hands.do(e.CheckPassword("7", "1111"))
        await until(lambda: heard(rig))
        assert heard(rig) == [PasswordChecked("7", IVANOVA)]

    async def test_dictionaries_that_break_do_not_hang_the_till(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given dictionaries that cannot be read, when somebody signs in, then nobody is and the till takes keys."""

        async def breaks(_code: str, _password: str) -> PasswordChecked:
            raise OSError

        rig = Rig()
        rig.hands.check = breaks
        async with rig.working(sign_in=False):
            rig.write("7").press("enter").write("secret").press("enter")
            await until(lambda: rig.notice == "sign_in_refused")
            rig.write("7")
            await until(lambda: rig.entry == "7")
        assert "password of 7" in caplog.text
        assert "secret" not in caplog.text


class TestPaper:
    async def test_receipt_is_printed_and_the_drawer_opens(self) -> None:
        """Given a paid receipt, then one paper comes out, the drawer opens, and the outcome is written down."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus", "enter")
            await until(lambda: "PrintEnded" in rig.disk.kinds)
            assert (len(printer.printed), printer.drawer_opened) == (1, 1)
            assert rig.till.farewell is not None
            assert "Хлеб" in rig.till.farewell.paper

    async def test_fault_of_the_printer_is_said_and_the_next_paper_clears_it(self) -> None:
        """Given a printer without paper, then the till warns until a paper comes out again."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            printer.fault = "out_of_paper"
            rig.scan(BREAD.barcode).press("plus", "enter")
            await until(lambda: rig.till.warning)
            assert rig.till.warning is not None
            assert rig.till.warning.key == "print_no_paper"
            printer.fault = ""
            rig.press("f10", "1")
            await until(lambda: rig.till.warning is None)
            assert [job.identifier.endswith("-copy") for job in printer.printed] == [True]

    async def test_broken_driver_leaves_the_outcome_unknown(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a printer driver that breaks, then nobody knows what is on paper, and the till goes on."""
        rig = Rig(printer=BrokenPrinter())
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus", "enter")
            await until(lambda: rig.till.warning)
            assert rig.till.warning is not None
            assert rig.till.warning.key == "print_unknown"
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
        assert "print" in caplog.text

    async def test_repeat_keeps_its_token(self) -> None:
        """Given a paper to be repeated, then its outcome comes back under the token of the first try."""
        rig = Rig()
        rig.hands.repeat("token", Receipt("r", 1, 1, IVANOVA, "2026-11-21T12:00:00"), copy=True)
        await until(lambda: heard(rig))
        (printed,) = heard(rig)
        assert isinstance(printed, Printed)
        assert (printed.token, printed.outcome) == ("token", "printed")

    async def test_drawer_opens_from_the_menu(self) -> None:
        """Given the cash menu, when the drawer is chosen, then it opens and no paper comes out."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.press("f10", "2")
            await until(lambda: printer.drawer_opened == 1)
            assert [job.paper for job in printer.printed] == [()]

    async def test_drawer_that_breaks_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a printer driver that breaks, when the drawer is opened, then the till goes on."""
        rig = Rig(printer=BrokenPrinter())
        rig.hands.do(e.OpenDrawer())
        await until(lambda: caplog.records)
        assert "effect" in caplog.text


class TestSignals:
    async def test_scanner_and_screen_hear_it(self) -> None:
        """Given a refused scan, then the scanner that was used sounds, and the screen."""
        rig = Rig()
        rig.hands.do(e.Signal(accepted=False, device="scanner"))
        assert (rig.tones, rig.scanner.signals) == ([False], [False])

    async def test_keyboard_is_no_scanner(self) -> None:
        """Given a key, then the screen alone sounds; a scanner that is gone from the settings breaks nothing."""
        rig = Rig()
        rig.hands.do(e.Signal(accepted=True))
        rig.hands.do(e.Signal(accepted=True, device="unknown"))
        assert (rig.tones, rig.scanner.signals) == ([True, True], [])


class TestTraining:
    async def test_sample_is_scanned(self) -> None:
        """Given a sample held under the simulated scanner, then it arrives as a scan of that scanner."""
        rig = Rig()
        async with rig.working():
            rig.hands.do(e.Simulate(BREAD.barcode.encode()))
            await until(lambda: rig.names == ["Хлеб"])

    async def test_first_simulated_scanner_scans(self) -> None:
        """Given two simulated scanners, then a sample is scanned once."""
        rig = Rig()
        second = SimulatedScanner(SimulatedConfig("second"))
        rig.hands.scanners["second"] = second
        rig.house.scanners = (rig.scanner, second)
        async with rig.working():
            rig.hands.do(e.Simulate(BREAD.barcode.encode()))
            await until(lambda: rig.names)
            await settled()
            assert rig.till.line is not None
            assert rig.till.line.quantity == 1000


async def test_end_from_the_menu() -> None:
    """Given the cash menu, when the end is chosen and confirmed, then the cashier is signed out first, durably."""
    rig = Rig()
    async with rig.working():
        rig.press("f10", "4", "enter")
        await until(lambda: rig.left)
        assert rig.disk.kinds[-1] == "SignedOut"


async def test_effect_nobody_does_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Given an effect that is not for these hands, then the log says so and nothing breaks."""
    Rig().hands.do(e.Log("for the pump"))
    assert "nobody does Log" in caplog.text
