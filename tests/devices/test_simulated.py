"""A scanner without hardware, and what every scanner does with a full queue."""

import asyncio

from devices import Broken, SimulatedConfig, SimulatedScanner
from devices._intake import HOLD
from devices.simulated import REMEMBERED
from tests.devices.conftest import Running, Till


class TestSimulatedScanner:
    async def test_it_scans_what_it_is_told(self, running: Running, till: Till) -> None:
        """At once, numbered from 1."""
        scanner = SimulatedScanner(SimulatedConfig("demo"))
        async with running(scanner):
            scanner.scan(b"4600")
            scanner.scan(b"4607\x1d")
            assert till.codes == [b"4600", b"4607\x1d"]
            scanner.signal(False)  # noqa: FBT003 - see Scanner
        assert (till.numbers, till.states, scanner.signals) == ([1, 2], ["ready", "stopped"], [False])
        assert scanner.name == "demo"

    def test_signals_are_bounded(self) -> None:
        """A demo may run for days: the last ones are kept."""
        scanner = SimulatedScanner(SimulatedConfig("demo"))
        for number in range(REMEMBERED + 1):
            scanner.signal(number > 0)
        assert scanner.signals == [True] * REMEMBERED

    async def test_scans_from_before_are_handed_over(self, running: Running, till: Till) -> None:
        """Nothing is lost between two runs, and numbers go on."""
        scanner = SimulatedScanner(SimulatedConfig("demo"))
        scanner.scan(b"1")
        async with running(scanner):
            await till.until(lambda till: till.codes == [b"1"])
        scanner.scan(b"2")
        async with running(scanner):
            await till.until(lambda till: till.codes == [b"1", b"2"])
        assert till.numbers == [1, 2]


class TestFullQueue:
    async def test_order_is_kept(self, running: Running, till: Till) -> None:
        """A scan behind others that wait does not overtake them, even when there is room again."""
        scanner = SimulatedScanner(SimulatedConfig("demo"))
        till.room = 1
        async with running(scanner):
            for code in b"1", b"2":
                scanner.scan(code)
            till.room = float("inf")
            scanner.scan(b"3")
            await till.until(lambda till: till.codes == [b"1", b"2", b"3"])

    async def test_what_cannot_be_kept_is_told(self, running: Running, till: Till) -> None:
        """A frame beyond all room is broken by overflow: it has its number and its outcome."""
        scanner = SimulatedScanner(SimulatedConfig("demo"))
        till.room = 0
        async with running(scanner):
            for _ in range(HOLD + 1):
                scanner.scan(b"1")
            await till.until(lambda till: till.states[-1] == "stopped")
            till.room = float("inf")
            await till.until(lambda till: len(till.numbers) == HOLD + 1)
            await till.until(lambda till: till.states[-1] == "ready")
        assert till.numbers == list(range(1, HOLD + 2))
        assert [item.number for item in till.got if isinstance(item, Broken)] == [HOLD + 1]

    async def test_several_scanners_at_once(self, till: Till) -> None:
        """Each has its own name and its own numbers."""
        scanners = [SimulatedScanner(SimulatedConfig(name)) for name in ("left", "right")]
        tasks = [asyncio.create_task(scanner.run(till)) for scanner in scanners]
        await till.until(lambda till: len(till.states) == 2)
        for scanner in scanners:
            scanner.scan(scanner.name.encode())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (till.codes, till.numbers) == ([b"left", b"right"], [1, 1])
