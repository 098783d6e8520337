"""Hostile scans on every screen: a scan can only be data, and each frame has exactly one outcome (I10)."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cashier.core import modes as m
from cashier.folder import DataFolder, open_log
from devices import Framer, Framing, SerialConfig, SerialScanner
from tests.faults.attacks import HOSTILE, SCREENS
from tests.faults.figures import Figures, caught
from tests.faults.headless import Headless, build
from tests.faults.journal import facts
from tests.faults.process import PATIENCE, goods
from tests.faults.sale import BREAD
from tests.faults.serial_line import Line

_OUTCOME = re.compile(r"refused: (?:goods_unknown|price_missing)|scan \S+ (?:refused|broken)")


@dataclass
class Bench:
    """A till with a serial scanner, both in this program."""

    till: Headless
    line: Line
    data: Path
    frames: int = 0

    @property
    def mode(self) -> m.Mode:
        """What stands on the screen."""
        return self.till.house.pump.till.mode

    @property
    def seq(self) -> int:
        """Rows of the journal."""
        return self.till.documents._seq

    def outcomes(self) -> int:
        """Count lines with a source, shown refusals and logged clears."""
        log = (self.data / "cashier.log").read_text("utf-8")
        sold = {fact["line"]["source"] for fact in facts(self.data) if fact["type"] == "LineAdded"} - {""}
        return len(sold) + len(_OUTCOME.findall(log))

    async def press(self, *keys: str) -> None:
        """Press keys and wait until they have been dealt with."""
        for key in keys:
            self.till.house.pump.press(key)
            await self.until(lambda: not self.till.busy)

    async def scan(self, data: bytes) -> int:
        """Send a frame, wait until it had its outcome, and return how many outcomes it had."""
        before = self.outcomes()
        expected = len(Framer(Framing()).feed(data + b"\r", 0))
        self.frames += expected
        await asyncio.to_thread(self.line.send, data + b"\r")
        await self.until(lambda: self.outcomes() >= before + expected and not self.till.busy)
        return self.outcomes() - before - expected

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds."""
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - any condition may be waited for
                await asyncio.sleep(0.001)


@contextmanager
def _logged(folder: DataFolder) -> Iterator[None]:
    root = logging.getLogger("cashier")
    kept = root.handlers[:], root.level, root.propagate, logging.raiseExceptions
    open_log(folder)
    try:
        yield
    finally:
        for handler in set(root.handlers) - set(kept[0]):
            root.removeHandler(handler)
            handler.close()
        root.level, root.propagate, logging.raiseExceptions = kept[1:]


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    """Run a till with a serial scanner that is ready."""
    with TemporaryDirectory() as name, _logged(DataFolder(Path(name))):
        line = Line(Path(name) / "tty")
        scanner = SerialScanner(SerialConfig("counter", str(line.path)))
        made = Bench(build(DataFolder(Path(name)), goods(), (scanner,)), line, Path(name))
        work = asyncio.create_task(made.till.house.run())
        await made.until(lambda: any(d.state == "ready" for d in made.till.house.pump.till.devices))
        try:
            yield made
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
            made.till.close()
            line.unplug()


async def on_every_screen(frames: tuple[bytes, ...]) -> tuple[int, list[str]]:
    """Scan all frames on all screens; return how many frames came, and what they did that they must not."""
    found = []
    async with bench() as made:
        for screen, keys, mode in SCREENS:
            await made.press(*keys)
            if not isinstance(made.mode, mode):
                return made.frames, [f"{screen} is {made.mode}"]
            found += [f"{screen}: {word}" for data in frames for word in await _harm(made, data)]
        return made.frames, found


async def _harm(made: Bench, data: bytes) -> list[str]:
    stood, written = made.mode, made.seq
    surplus = await made.scan(data)
    if isinstance(stood, m.Selling) and isinstance(made.mode, m.Popup):
        await made.press("enter")
    found = [] if made.mode == stood else [f"{data[:40]!r} changed {stood} to {made.mode}"]
    found += [] if made.seq == written else [f"{data[:40]!r} wrote something down"]
    return found + ([f"{data[:40]!r} had {surplus} outcomes too many"] if surplus else [])


async def endless(size: int) -> list[str]:
    """Send bytes without a terminator: one fault, and the next good frame is taken."""
    async with bench() as made:
        await made.press("2", "enter", "2", "enter")
        surplus = await made.scan(b"4" * size)
        sold = made.seq
        await made.scan(BREAD.encode())
        taken = made.seq > sold
        return [*(["more than one outcome"] if surplus else []), *([] if taken else ["the next frame was not taken"])]


async def control() -> list[str]:
    """Scan on a till that forgets to log a refusal."""
    async with bench() as made:
        logging.getLogger("cashier").setLevel(logging.WARNING)
        await asyncio.to_thread(made.line.send, b"\x1b\r")
        await made.until(lambda: made.till.house.pump.till.notice is not None)
        return ["a scan without an outcome"] if made.outcomes() == 0 else []


def rehearse(*, short: bool) -> Figures:
    """Scan on every screen: a choice of frames, or all of them."""
    frames = HOSTILE[::6] if short else HOSTILE
    came, found = asyncio.run(on_every_screen(frames))
    size = 1 << (16 if short else 20)
    found += asyncio.run(endless(size))
    figures = Figures("hostile scans", {"screens": len(SCREENS), "frames": came, "bytes without end": size})
    figures.done, figures.violations = came, found
    figures.control = caught("a refusal that is not logged", asyncio.run(control()))
    return figures
