"""Effects outside: each is a task of its own, answers once, and breaks nothing when it breaks."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core import modes as m
from cashier.core.events import Event, PasswordChecked, PersonSaved, Printed
from cashier.core.receipt import Receipt
from devices import (
    FilePrinter,
    PrintJob,
    PrintOutcome,
    SimulatedFiscal,
    SimulatedPrinter,
)
from tests.core.goods import BREAD, IVANOVA
from tests.runtime.rig import Rig, settled
from tests.waiting import until


@dataclass
class BrokenPrinter:
    """A printer whose driver has a mistake."""

    name: str = "broken"
    asked: list[str] = field(default_factory=list)

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Break."""
        self.asked.append(job.identifier)
        raise ZeroDivisionError

    async def open_drawer(self) -> PrintOutcome:
        """Break."""
        raise ZeroDivisionError


RECEIPT = Receipt("r", 1, 1, IVANOVA, "2026-11-21T12:00:00")


@dataclass
class SlowPrinter:
    """A printer whose papers come out one by one, each when the test lets it."""

    name: str = "slow"
    asked: list[str] = field(default_factory=list)
    done: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print when it may."""
        self.asked.append(job.identifier)
        await self.done.acquire()
        return PrintOutcome("printed")

    async def open_drawer(self) -> PrintOutcome:
        """Have no drawer."""
        return PrintOutcome("printed")


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
        assert "no answer but PasswordChecked" in caplog.text
        assert "secret" not in caplog.text


class TestPeople:
    async def test_answer_of_whoever_keeps_them(self) -> None:
        """Given a change of a person that is kept, then the answer comes back; where nothing keeps people, it is no."""

        async def keeps(person: e.SavePerson) -> PersonSaved:
            return PersonSaved(done=person.name == "Котова")

        rig = Rig()
        rig.hands.do(e.SavePerson("9", "Котова", 1))
        await until(lambda: heard(rig))
        rig.hands.save = keeps
        rig.hands.do(e.SavePerson("9", "Котова", 1))
        await until(lambda: len(heard(rig)) == len(("no", "yes")))
        assert heard(rig) == [PersonSaved(done=False), PersonSaved(done=True)]

    async def test_what_breaks_is_not_done(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a file that cannot be written, then the change is not done, and the log has no password."""

        async def breaks(_person: e.SavePerson) -> PersonSaved:
            raise OSError

        rig = Rig()
        rig.hands.save = breaks
        rig.hands.do(e.SavePerson("9", "Котова", 1, password="secret"))
        await until(lambda: heard(rig))
        assert heard(rig) == [PersonSaved(done=False)]
        assert "no answer but PersonSaved" in caplog.text
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

    async def test_fault_of_the_printer_is_said_and_the_paper_clears_it(self) -> None:
        """Given a printer without paper, then the till warns until the very paper that is owed has come out."""
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
            rig.press("f10", "2", "1")
            await until(lambda: rig.till.warning is None)
            assert [job.identifier.endswith("-copy") for job in printer.printed] == [False]
            assert rig.till.ledger.papers == ()

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

    async def test_repeat_keeps_its_token(self, tmp_path: Path) -> None:
        """Given a paper to be repeated, then its outcome comes back under the token of the first try."""
        rig = Rig(printer=FilePrinter("file", tmp_path))
        rig.hands.repeat(e.Print("token", RECEIPT))
        await until(lambda: heard(rig))
        assert heard(rig) == [Printed("token", "printed")]

    async def test_repeat_waits_for_its_turn(self) -> None:
        """Given a paper under way, when another is to be repeated, then it is decided on after the first one."""
        printer = SlowPrinter()
        rig = Rig(printer=printer)
        rig.hands.do(e.Print("first", RECEIPT))
        rig.hands.repeat(e.Print("second", RECEIPT))
        await until(lambda: printer.asked)
        await settled()
        assert heard(rig) == []
        printer.done.release()
        await until(lambda: len(heard(rig)) == len(("first", "second")))
        assert [event.token for event in heard(rig) if isinstance(event, Printed)] == ["first", "second"]

    async def test_one_paper_at_a_time(self) -> None:
        """Given three papers, then each is begun when the one before it is out, in the order they were sent."""
        printer = SlowPrinter()
        rig = Rig(printer=printer)
        names = ["a", "b", "c"]
        for name in names:
            rig.hands.do(e.Print(name, replace(RECEIPT, identifier=name)))
        for count in (1, 2, 3):
            await until(lambda count=count: len(printer.asked) == count)  # type: ignore[misc]
            await settled()
            assert printer.asked == names[:count]
            printer.done.release()
        await until(lambda: len(heard(rig)) == len(names))
        assert [event.token for event in heard(rig) if isinstance(event, Printed)] == names

    async def test_broken_paper_lets_the_next_one_out(self) -> None:
        """Given a printer driver that breaks, then the next paper has its turn all the same."""
        printer = BrokenPrinter()
        rig = Rig(printer=printer)
        for name in ("a", "b"):
            rig.hands.do(e.Print(name, replace(RECEIPT, identifier=name)))
        await until(lambda: len(heard(rig)) == len(("a", "b")))
        assert printer.asked == ["a", "b"]

    async def test_drawer_opens_from_the_menu(self) -> None:
        """Given the cash menu, when the drawer is chosen, then it opens and no paper comes out."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.press("f10", "3")
            await until(lambda: printer.drawer_opened == 1)
            assert printer.printed == []

    async def test_drawer_that_stays_shut_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a printer that is off, when the drawer is opened, then the log says why it did not."""
        rig = Rig()
        assert isinstance(rig.printer, SimulatedPrinter)
        rig.printer.fault = "off"
        rig.hands.do(e.OpenDrawer())
        await until(lambda: caplog.records)
        assert "drawer: off" in caplog.text

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


async def test_end_from_the_menu() -> None:
    """Given the cash menu, when the end is chosen and confirmed, then the cashier is signed out first, durably."""
    rig = Rig()
    async with rig.working():
        rig.press("f10", "end", "enter", "enter")
        await until(lambda: rig.left)
        assert rig.disk.kinds[-1] == "SignedOut"


class TestLeaving:
    async def test_paper_that_was_begun_comes_out_first(self) -> None:
        """Given papers at the printer, when the till is left, then it ends after the last of them, written down."""
        printer = SlowPrinter()
        rig = Rig(printer=printer)
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus", "enter")
            await until(lambda: printer.asked)
            rig.press("f10", "end", "enter", "enter")
            await until(lambda: "SignedOut" in rig.disk.kinds)
            await settled()
            assert not rig.left
            printer.done.release()
            await until(lambda: rig.left)
            assert rig.disk.kinds[-1] == "PrintEnded"
            assert rig.till.ledger.papers == ()

    async def test_printer_that_never_ends_does_not_hold_the_till(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a printer that never answers, when the till is left, then it is waited for only so long."""
        monkeypatch.setattr("cashier.outside.PATIENCE", 0.01)
        rig = Rig(printer=SlowPrinter())
        rig.hands.do(e.Print("token", RECEIPT))
        rig.hands.do(e.Quit())
        await until(lambda: rig.left)

    async def test_receipt_between_two_questions_comes_out_first(self, tmp_path: Path) -> None:
        """Given a receipt whose number from before is being written down, then the till ends after its paper."""
        rig = Rig(fiscal=SimulatedFiscal(tmp_path))
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus")
            await until(lambda: isinstance(rig.till.mode, m.Paying))
            rig.press("enter")
            await until(lambda: rig.till.ledger.prints)
            rig.hands.do(e.Quit())
            await until(lambda: rig.left)
            assert len(printer.printed) == 1
            assert rig.till.ledger.papers == ()

    async def test_nothing_under_way_is_not_waited_for(self) -> None:
        """Given nothing under way, when the till is left, then it ends at once."""
        rig = Rig()
        rig.hands.do(e.Quit())
        await until(lambda: rig.left)


async def test_effect_nobody_does_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Given an effect that is not for these hands, then the log says so and nothing breaks."""
    Rig().hands.do(e.Log("for the pump"))
    await until(lambda: caplog.records)
    assert "nobody does Log" in caplog.text
