"""The pump: every event to its end, committed before it is shown, shown before anything outside is done."""

import logging
from typing import get_args

import pytest
from msgspec.structs import replace

from cashier import pump as pumps
from cashier.bus import MOST_KEYS
from cashier.core import machines
from cashier.core import modes as m
from cashier.core.catalogue import Kind
from cashier.core.effects import Effect
from cashier.core.events import DeviceChanged, Found, Pressed, Stamped, Ticked
from cashier.core.machines import step
from cashier.core.state import Step, Till
from cashier.store.connect import Trouble
from devices import SimulatedPrinter
from tests.core.gates import gate
from tests.core.goods import APPLES, BREAD, MILK
from tests.runtime.rig import Rig, settled, watched
from tests.waiting import until


class TestOrder:
    async def test_type_ahead_is_a_sale(self) -> None:
        """Given everything typed and scanned at once, then it is the sale it would have been slowly."""
        rig = Rig()
        async with rig.working():
            rig.scan(BREAD.barcode).scan(MILK.barcode).write("2*").scan(BREAD.barcode).press("plus")
            rig.write("1000").press("enter")
            await until(lambda: rig.till.ledger.last)
            assert rig.till.ledger.last is not None
            sold = [(line.product.name, line.quantity) for line in rig.till.ledger.last.lines]
            assert sold == [("Хлеб", 3000), ("Молоко", 1000)]

    async def test_keys_typed_before_the_password_is_checked_wait(self) -> None:
        """Given that the next cashier's hands are quicker than the check, then nothing typed is lost."""
        rig = Rig()
        async with rig.working(sign_in=False):
            rig.write("7").press("enter").write("1111").press("enter").write("12*")
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
            assert rig.till.ledger.cashier is not None
            assert rig.till.line is not None
            assert rig.till.line.quantity == 12_000

    async def test_key_too_many_is_refused_aloud(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a hand lying on the keyboard while nothing may go on, then what has no room is refused with a tone."""
        rig = Rig()
        async with rig.working():
            rig.disk.ready.clear()
            rig.scan(BREAD.barcode)
            await settled()
            rig.press(*["1"] * MOST_KEYS)
            assert rig.tones == []
            rig.press("1")
            assert rig.tones == [False]
            rig.disk.ready.set()
            await until(lambda: rig.entry)
        assert "key refused: the queue is full" in caplog.text

    async def test_commit_then_show_then_act(self) -> None:
        """Given a payment, then it is durable first, shown next, and only then signalled and printed."""
        rig = Rig()
        order: list[str] = []

        class Noting:
            """Notes what is to be done outside."""

            def do(self, effect: Effect) -> None:
                """Note an effect."""
                order.append(type(effect).__name__)

        async with rig.working():
            rig.scan(BREAD.barcode).press("plus")
            await until(lambda: isinstance(rig.till.mode, m.Paying))
            rig.pump.outside = Noting()
            rig.front.watch(lambda: order.append("shown" if "ReceiptClosed" in rig.disk.kinds else "shown too early"))
            rig.press("enter")
            await until(lambda: "Print" in order)
        assert order == ["shown", "Signal", "OpenDrawer", "Print"]

    async def test_nothing_is_shown_while_the_disk_works(self) -> None:
        """Given a slow disk, when goods are scanned, then the line is not shown before it is durable; keys wait."""
        rig = Rig()
        async with rig.working():
            rig.disk.ready.clear()
            rig.scan(BREAD.barcode).write("5")
            await settled()
            assert (rig.names, rig.entry) == ([], "")
            rig.disk.ready.set()
            await until(lambda: rig.names == ["Хлеб"] and rig.entry == "5")

    async def test_look_ups_are_part_of_the_same_turn(self) -> None:
        """Given a scan, then the screen is told once: not of the search, only of the line."""
        rig = Rig()
        async with rig.working():
            with watched(rig) as seen:
                rig.scan(BREAD.barcode)
                await until(lambda: rig.names)
            assert [type(till.mode) for till in seen] == [m.Selling]

    async def test_search_and_pick_list_are_answered(self) -> None:
        """Given words of a name, or a folder, then the lists are there with the key that asked."""
        rig = Rig()
        async with rig.working():
            rig.press("f5").write("хлеб").press("enter")
            await until(lambda: rig.names == ["Хлеб"])
            rig.press("f7", "2")
            await until(lambda: rig.till.ledger.receipt and rig.till.ledger.receipt.lines[0].quantity == 2000)


class TestDiskTrouble:
    async def test_step_is_undone(self) -> None:
        """Given a full disk, when goods are scanned, then the receipt is as it was, with an error over it."""
        rig = Rig()
        async with rig.working():
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])
            before = rig.till.ledger
            rig.disk.trouble = "full"
            rig.scan(MILK.barcode)
            await until(lambda: rig.problem == "disk_full")
            assert rig.till.ledger == before == rig.disk.ledger
            await until(lambda: rig.till.disk == "full")

    @pytest.mark.parametrize("trouble", get_args(Trouble))
    async def test_every_trouble_has_its_text(self, trouble: Trouble) -> None:
        """Whatever the disk has, the screen says it by a text of the till's own."""
        rig = Rig()
        async with rig.working():
            rig.disk.trouble = trouble
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == f"disk_{trouble}")

    async def test_it_works_again(self) -> None:
        """Given room on the disk again, when goods are scanned, then all is well and says so."""
        rig = Rig()
        async with rig.working():
            rig.disk.trouble = "full"
            rig.scan(BREAD.barcode)
            await until(lambda: rig.till.disk and rig.problem)
            rig.disk.trouble = ""
            rig.press("enter").scan(MILK.barcode)
            await until(lambda: rig.names == ["Молоко"])
            await until(lambda: not rig.till.disk)
            assert rig.disk.ledger == rig.till.ledger

    async def test_payment_is_not_taken(self) -> None:
        """Given a full disk, when cash is taken, then nothing is closed, printed or opened, and payment stands."""
        rig = Rig()
        printer = rig.printer
        assert isinstance(printer, SimulatedPrinter)
        async with rig.working():
            rig.scan(BREAD.barcode).press("plus")
            await until(lambda: isinstance(rig.till.mode, m.Paying))
            rig.disk.trouble = "full"
            rig.press("enter")
            await until(lambda: rig.problem == "disk_full")
            await settled()
            assert (printer.printed, printer.drawer_opened) == ([], 0)
            rig.disk.trouble = ""
            rig.press("enter", "enter")
            await until(lambda: rig.till.ledger.last and printer.drawer_opened)

    async def test_nobody_is_signed_in_unwritten(self) -> None:
        """Given a full disk, when a cashier signs in, then nobody is, and the code is asked for again."""
        rig = Rig()
        async with rig.working(sign_in=False):
            rig.disk.trouble = "full"
            rig.write("7").press("enter").write("1111").press("enter")
            await until(lambda: rig.problem == "disk_full")
            rig.press("enter")
            await until(lambda: rig.till.mode == m.EnteringCode())
            assert rig.till.ledger.cashier is None

    async def test_trouble_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a full disk, then the log says what it would not take."""
        rig = Rig()
        async with rig.working():
            rig.disk.trouble = "full"
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem)
        assert "not committed: full" in caplog.text


class TestExceptions:
    async def test_in_a_step_is_contained(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given a mistake in a machine, when it comes to it, then there is an error, and the till goes on."""
        rig = Rig()

        def stumbles(till: Till, stamped: Stamped) -> Step:
            if stamped.event == Pressed("f7"):
                raise ZeroDivisionError
            return step(till, stamped)

        monkeypatch.setattr(machines, "step", stumbles)
        async with rig.working():
            rig.scan(BREAD.barcode).press("f7")
            await until(lambda: rig.problem == "internal_error")
            assert rig.names == ["Хлеб"]
            rig.press("enter").scan(MILK.barcode)
            await until(lambda: rig.names == ["Хлеб", "Молоко"])
        assert "event Pressed was dropped" in caplog.text

    async def test_in_the_dictionaries_is_contained(self) -> None:
        """Given dictionaries that break, when goods are scanned, then there is an error and the next scan is taken."""
        rig = Rig()
        async with rig.working():
            rig.shop.breaks = RuntimeError("broken")
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "internal_error")
            rig.shop.breaks = None
            rig.press("enter").scan(BREAD.barcode)
            await until(lambda: rig.names == ["Хлеб"])

    async def test_in_the_journal_is_contained(self) -> None:
        """Given a journal that breaks in a way nobody thought of, then nothing is shown that was not written."""
        rig = Rig()
        async with rig.working():
            rig.disk.breaks = ValueError("stranger")
            rig.scan(BREAD.barcode)
            await until(lambda: rig.problem == "internal_error")
            assert rig.till.ledger == rig.disk.ledger


class TestWatchers:
    async def test_told_once_a_turn_until_they_leave(self) -> None:
        """Given a watcher, then it is told of each turn, and of none after it has left."""
        rig = Rig()
        async with rig.working():
            with watched(rig) as seen:
                await rig.pump.turn(Ticked())
                await rig.pump.turn(Pressed("5"))
            await rig.pump.turn(Pressed("6"))
            assert [getattr(till.mode, "entry", None) for till in seen] == ["", "5"]

    async def test_may_leave_while_being_told(self) -> None:
        """Given a watcher that leaves when it is told, then the others are told all the same."""
        rig = Rig()
        told: list[str] = []

        def once() -> None:
            told.append("once")
            leave()

        leave = rig.front.watch(once)
        rig.front.watch(lambda: told.append("always"))
        await rig.pump.turn(Ticked())
        await rig.pump.turn(Ticked())
        assert told == ["once", "always", "always"]


class TestOutbox:
    async def test_who_delivers_is_told_of_messages(self) -> None:
        """Given messages in a commit, then each of those told hears of it, once it stands, and of no other commit."""
        rig = Rig(gate())
        told: list[tuple[str, int]] = []
        rig.pump.queued = (
            lambda: told.append(("deliver", len(rig.disk.commits))),
            lambda: told.append(("look", len(rig.disk.commits))),
        )
        async with rig.working():
            assert (rig.disk.kinds, told) == (["SignedIn"], [])
            rig.scan(BREAD.barcode)
            await until(lambda: rig.names)
            assert told == [("deliver", 2), ("look", 2)]

    async def test_what_was_not_written_is_not_told(self) -> None:
        """Given a disk that takes nothing, when a line with a message is refused for that, then nobody is told."""
        rig = Rig(gate())
        told: list[str] = []
        rig.pump.queued = (lambda: told.append("deliver"),)
        async with rig.working():
            rig.disk.trouble = "full"
            rig.scan(BREAD.barcode)
            await until(lambda: rig.till.disk)
            assert (rig.names, told) == ([], [])


class TestMarkForAWeight:
    """The dialog of a weight takes scans where marks are asked for, also those that came before it was seen."""

    @pytest.mark.parametrize("marks", [True, False])
    async def test_scan_right_behind_the_barcode(self, marks: bool) -> None:  # noqa: FBT001 - drawn
        """Given goods and a scan at once, then it answers the dialog where a mark is wanted, and waits where not."""
        rig = Rig()
        rules = replace(rig.till.rules, reads_marks=marks)
        rig.pump.till = replace(rig.pump.till, rules=rules)
        cheese = replace(APPLES, kind=Kind.MARKED)
        rig.shop.find_code = lambda _text, _now: Found((cheese,))  # type: ignore[assignment, method-assign]
        async with rig.working():
            rig.scan(APPLES.barcode).scan("ABC")
            await until(lambda: isinstance(rig.till.mode, m.Weighing))
            await settled()
            assert isinstance(rig.till.mode, m.Weighing)
            assert (rig.notice, rig.front.waiting) == (("problem", 0) if marks else ("", 1))

    async def test_goods_scanned_ahead_wait(self) -> None:
        """Given goods that want a mark, and a barcode of others at once, then that waits and the mark goes first."""
        rig = Rig(gate(enter="scan"))
        async with rig.working():
            rig.scan(BREAD.barcode).scan(MILK.barcode)
            await until(lambda: isinstance(rig.till.mode, m.Passing))
            await settled()
            assert rig.front.waiting == 1
            rig.scan("mark of the bread")
            await until(lambda: rig.names == ["Хлеб"])
            rig.scan("mark of the milk")
            await until(lambda: rig.names == ["Хлеб", "Молоко"])


class TestLog:
    async def test_slow_turn(self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        """Given a turn that takes longer than it may, then the log says which and how long."""
        monkeypatch.setattr(pumps, "SLOW", -1.0)
        await Rig().pump.turn(DeviceChanged("scanner", "gone"))
        assert any("DeviceChanged took" in record.message for record in caplog.records)

    async def test_quick_turn(self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        """Given a turn within its time, then the log says nothing of it."""
        monkeypatch.setattr(pumps, "SLOW", 60.0)
        await Rig().pump.turn(Ticked())
        assert not caplog.records

    async def test_refusals(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given an unknown code, then the log says what was refused and why."""
        caplog.set_level(logging.INFO)
        rig = Rig()
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
        assert "refused: goods_unknown {'code': '000'}" in caplog.text

    def test_paste(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a paste, then it is refused, and its size alone is logged."""
        rig = Rig()
        rig.front.pasted(5000)
        assert "paste of 5000 characters refused" in caplog.text
        assert not rig.pump.bus._inputs

    async def test_password_is_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given sign-ins good and bad, then no password is in the log."""
        caplog.set_level(logging.DEBUG)
        rig = Rig()
        async with rig.working(sign_in=False):
            rig.write("7").press("enter").write("secret").press("enter")
            await until(lambda: rig.notice == "sign_in_refused")
            await rig.sign_in()
        assert "secret" not in caplog.text
        assert "1111" not in caplog.text


async def test_till_works_without_an_outside() -> None:
    """Given a till whose devices are not built yet, when keys come, then they are taken and effects go nowhere."""
    rig = Rig()
    for key in ("7", "enter", "1", "enter"):
        await rig.pump.turn(Pressed(key))
    assert rig.till.mode == m.CheckingPassword("7")
