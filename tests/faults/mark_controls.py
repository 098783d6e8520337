"""Red controls of marks: each sabotage in the weather in which it does harm, beside a sound till in the same."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from cashier.demo.faults import Fault, FaultName
from tests.faults.day import Inputs
from tests.faults.mark_day import DISMISS, OF_AGE, PAY, SECOND, scan, smoke
from tests.faults.mark_person import Sabotage, at_work, finished, settled, sound
from tests.faults.mark_sabotage import (
    Ending,
    forgets_the_age,
    releases_without_key,
    renames_each_try,
    takes_any_price,
    torn,
    writes_no_intent,
)
from tests.faults.mark_server import Asked, Market, Stage
from tests.faults.mark_till import Marked
from tests.faults.person import Person
from tests.faults.process import PATIENCE
from tests.faults.sale import SIGN_IN

Gone = asyncio.Event
Dark = Callable[[Person, Market, Gone], None]
"""Arranges when the power goes; sets the event then."""


def never(_person: Person, _market: Market, _gone: Gone) -> None:
    """Let the power stay."""


def at_the_reserve(_person: Person, market: Market, gone: Gone) -> None:
    """Let the power go, of till and line, as the first reserve is asked for."""
    loop, off = asyncio.get_running_loop(), threading.Event()

    def passed(number: int, stage: Stage) -> None:
        if (number, stage) == (1, "asked"):
            loop.call_soon_threadsafe(gone.set)
            off.wait(0.2)

    market.passed = passed


def at_the_close(person: Person, _market: Market, gone: Gone) -> None:
    """Let the power go once a receipt is closed."""
    journal = person.till.pump._journal
    person.till.pump._journal = Ending(person.till.writer, gone, torn=isinstance(journal, Ending))


def after_three_tries(_person: Person, market: Market, _gone: Gone) -> None:
    """Let the power stay, and the server be well after three tries."""

    def passed(_number: int, stage: Stage) -> None:
        tries = sum(asked == "queue" for asked, _ in market.bodies)
        if stage == "answered" and tries > 3:
            market.weather = {}

    market.passed = passed


@dataclass(frozen=True)
class Control:
    """What is wrong with a till, and in which weather that does harm."""

    sabotage: Sabotage
    inputs: Inputs
    weather: Mapping[Asked, Fault | FaultName] = field(default_factory=dict)
    dark: Dark = never
    timeout: float = 2.0
    ignores: bool = True

    @property
    def name(self) -> str:
        """Say what is wrong."""
        return self.sabotage.__name__


_SMOKE = (*SIGN_IN, smoke(1), *OF_AGE, *SECOND)
SCAN, _SALE = (*SIGN_IN, scan(1)), (*SIGN_IN, scan(1), *PAY)
CONTROLS = (
    Control(writes_no_intent, SCAN, {"reserve": "down"}, at_the_reserve),
    Control(
        releases_without_key, (*SCAN, *DISMISS), {"reserve": Fault("slow", seconds=0.6)}, timeout=0.2, ignores=False
    ),
    Control(renames_each_try, _SALE, {"queue": "lost"}, after_three_tries),
    Control(torn, _SALE, dark=at_the_close),
    Control(takes_any_price, _SMOKE),
    Control(forgets_the_age, _SMOKE),
)


def found_by(control: Control) -> list[str]:
    """Play the scene with the sabotaged till; return what is found, nothing if the sound till is no better."""
    return [] if _played(control, sound) else _played(control, control.sabotage)


def _played(control: Control, sabotage: Sabotage) -> list[str]:
    with TemporaryDirectory() as name, Market(Path(name) / "server.db") as market:
        market.weather = control.weather
        asyncio.run(broken_off(Path(name) / "data", market, control, sabotage))
        market.mend()
        data = Path(name) / "data"
        return [*settled(data, market), *finished(data, market, give_up=False)]


async def broken_off(data: Path, market: Market, control: Control, sabotage: Sabotage) -> None:
    """Play a scene until its end, or until the power goes."""
    marked, gone = Marked(market.root, timeout=control.timeout, ignores=control.ignores), Gone()
    async with asyncio.timeout(PATIENCE), at_work(data, marked, sabotage) as person:
        control.dark(person, market, gone)
        playing = asyncio.create_task(person.give(control.inputs))
        ended = asyncio.create_task(gone.wait())
        await asyncio.wait([playing, ended], return_when=asyncio.FIRST_COMPLETED)
        for task in (playing, ended):
            task.cancel()
