"""Effects that reach outside: passwords, gates, paper, drawer, tones. Each is a task of its own and answers once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from cashier.bus import Bus
from cashier.core import effects as e
from cashier.core.events import Answered, NoReply, PasswordChecked, Printed, Reply
from cashier.printing import Press
from devices import Scanner, SimulatedScanner

log = logging.getLogger("cashier")

PATIENCE = 20.0
"""Seconds that leaving waits for papers; longer than a printer's own deadline."""

Handler = Callable[[str], Awaitable[str]]
"""Does what a gate asked for, body in, body out; whatever it raises is «no reply»."""

CheckPassword = Callable[[str, str], Awaitable[PasswordChecked]]


@dataclass(slots=True)
class Hands:
    """Does effects. Nothing here blocks the loop or raises into the pump."""

    bus: Bus
    press: Press
    check: CheckPassword
    signal: Callable[[bool], None]
    """The screen's own tone."""
    quit: Callable[[], None]
    scanners: dict[str, Scanner] = field(default_factory=dict)
    handlers: dict[str, Handler] = field(default_factory=dict)
    """Of gates, by name."""
    _paper_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One paper at a time: the fiscal device answers for the last document only."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def do(self, effect: e.Effect) -> None:
        """Start an effect."""
        match effect:
            case e.CheckPassword():
                self._start(self._check(effect))
            case e.RunGate():
                self._start(self._gate(effect))
            case e.Print():
                self._start(self._print(effect))
            case e.OpenDrawer():
                self._start(self.press.open_drawer())
            case e.Signal():
                self._signal(effect)
            case e.Simulate(data):
                self._simulate(data)
            case e.Quit():
                self._leave()
            case _:
                log.error("nobody does %s", type(effect).__name__)

    def repeat(self, effect: e.Print) -> None:
        """Print again what a crash interrupted, under the same token."""
        self._start(self._print(effect))

    def _leave(self) -> None:
        """End the program once what is under way is done: a paper that was begun comes out."""
        under_way = set(self._tasks)

        async def leave() -> None:
            if under_way:
                await asyncio.wait(under_way, timeout=PATIENCE)
                await asyncio.sleep(0)
            self.quit()

        self._start(leave())

    async def _check(self, effect: e.CheckPassword) -> None:
        """Compare a password; one that cannot be compared does not fit, so that the till never waits for ever."""
        try:
            checked = await self.check(effect.code, effect.password)
        except Exception:
            log.exception("password")
            checked = PasswordChecked(effect.code, None)
        self.bus.put(checked)

    async def _gate(self, effect: e.RunGate) -> None:
        """Ask the gate's handler, and never wait longer than the gate said."""
        reply: Reply | NoReply
        try:
            async with asyncio.timeout(effect.deadline):
                reply = Reply(await self.handlers[effect.gate](effect.body))
        except TimeoutError:
            reply = NoReply("late")
        except Exception:
            log.exception("handler of gate %s", effect.gate)
            reply = NoReply("failed")
        self.bus.put(Answered(effect.token, reply))

    async def _print(self, effect: e.Print) -> None:
        try:
            async with self._paper_turn:
                printed = await self.press.print(effect)
        except Exception:
            log.exception("print")
            printed = Printed(effect.token, "unknown", "internal error")
        self.bus.put(printed)

    def _signal(self, effect: e.Signal) -> None:
        self.signal(effect.accepted)
        scanner = self.scanners.get(effect.device)
        if scanner:
            scanner.signal(effect.accepted)

    def _simulate(self, data: bytes) -> None:
        for scanner in self.scanners.values():
            if isinstance(scanner, SimulatedScanner):
                scanner.scan(data)
                return

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("effect")
