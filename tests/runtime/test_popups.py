"""A scan that could not have seen the popup waits; one that came upon it is refused (design.md)."""

import time
from functools import partial

from cashier.core import modes as m
from tests.core.goods import BREAD, MILK
from tests.runtime.rig import Rig, settled
from tests.waiting import until


def names(rig: Rig, code: str) -> bool:
    """Tell whether the popup is about this code."""
    return isinstance(rig.till.mode, m.Popup) and dict(rig.till.mode.reason.places).get("code") == code


class TestScansAndPopups:
    """The moment of the scan against the moment of the painting."""

    async def test_scan_before_the_popup_was_painted_waits(self) -> None:
        """Given an unknown code and a good one right after it, then the popup stands and the good one comes later."""
        rig = Rig()
        async with rig.working():
            rig.scan("000").scan(BREAD.barcode)
            await until(lambda: rig.problem == "goods_unknown")
            rig.front.painted()
            await settled()
            assert (rig.names, rig.front.waiting) == ([], 1)
            rig.press("enter")
            await until(lambda: rig.names == ["Хлеб"])

    async def test_scan_after_the_popup_was_painted_is_refused(self) -> None:
        """Given a popup on the glass, when goods are scanned, then there is a tone, and no line later either."""
        rig = Rig()
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
            rig.front.painted()
            rig.scan(BREAD.barcode)
            await until(lambda: rig.notice == "scan_in_popup")
            assert rig.scanner.signals[-1] is False
            rig.press("enter")
            await until(lambda: not rig.problem)
            await settled()
            assert (rig.names, rig.front.waiting) == ([], 0)

    async def test_refused_scan_leaves_the_popup(self) -> None:
        """Given a popup on the glass and two scans upon it, then both are refused: it is still the same popup."""
        rig = Rig()
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
            rig.front.painted()
            signals = len(rig.scanner.signals)
            rig.scan(BREAD.barcode).scan(MILK.barcode)
            await until(lambda: len(rig.scanner.signals) == signals + 2)
            assert rig.problem == "goods_unknown"

    async def test_moment_of_the_scan_counts_and_not_its_turn(self) -> None:
        """Given a painted popup, when a scan from before the painting comes late out of the reader, then it waits."""
        rig = Rig()
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
            before = time.monotonic()
            rig.front.painted()
            assert rig.scanned(BREAD.barcode, before)
            await settled()
            assert rig.front.waiting == 1
            rig.press("enter")
            await until(lambda: rig.names == ["Хлеб"])

    async def test_next_popup_must_be_painted_too(self) -> None:
        """Given three unknown codes at once, then each has a popup of its own, one after the other."""
        rig = Rig()
        async with rig.working():
            rig.scan("001").scan("002").scan("003")
            for code in ("001", "002", "003"):
                await until(partial(names, rig, code))
                rig.front.painted()
                await settled()
                assert names(rig, code)
                rig.press("enter")
            await until(lambda: not rig.problem)

    async def test_list_of_goods_holds_scans_likewise(self) -> None:
        """Given a code of two goods and a scan right after it, then the scan waits until one was chosen."""
        rig = Rig()
        async with rig.working():
            rig.scan("4600682000099").scan(BREAD.barcode)
            await until(lambda: isinstance(rig.till.mode, m.Choosing))
            rig.press("2")
            await until(lambda: rig.names == ["Роза белая", "Хлеб"])

    async def test_weight_holds_scans_likewise(self) -> None:
        """Given goods by weight and a scan right after them, then the weight is typed first."""
        rig = Rig()
        async with rig.working():
            rig.scan("2300003").scan(BREAD.barcode).write("1.5").press("enter")
            await until(lambda: rig.names == ["Яблоки", "Хлеб"])

    async def test_sixty_four_scans_wait_and_the_reader_stops(self) -> None:
        """Given a popup nobody closes, when a hundred goods are scanned, then 64 wait and the others in the reader."""
        rig = Rig()
        async with rig.working():
            rig.scan("000")
            await until(lambda: rig.problem)
            for _ in range(100):
                rig.scan(BREAD.barcode)
            await until(lambda: any(device.state == "stopped" for device in rig.till.devices))
            assert rig.front.waiting == 64
            rig.press("enter")
            await until(lambda: rig.till.line and rig.till.line.quantity == 100_000)
            await until(lambda: rig.till.devices[0].state == "ready")
