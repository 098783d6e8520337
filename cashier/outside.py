"""Effects that reach outside: people, gates, paper, cards, tones. Each is a task of its own and answers once."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

from cashier.breaking import break_device
from cashier.bus import Bus
from cashier.cards import Cards
from cashier.core import effects as e
from cashier.core.events import (
    Answered,
    Event,
    FiscalReady,
    NoReply,
    OrderFetched,
    PasswordChecked,
    PersonSaved,
    Printed,
    Reply,
    SaleFound,
    ShiftShut,
)
from cashier.ports import NoAnswerError
from cashier.printing import Press
from devices import Scanner, SimulatedScanner

log = logging.getLogger("cashier")

PATIENCE = 20.0
"""Seconds that leaving waits for papers; longer than a printer's own deadline."""

SLOW = 2.0
"""Seconds that a gate's handler or a paper may take before it is said to be slow."""

PICTURE = 0.008
"""Seconds in which a picture is painted, two frames: a request begun meanwhile would hold it up."""

STEP = 0.01
"""Seconds between two looks whether all is done."""

Handler = Callable[[str], Awaitable[str]]
"""Does what a gate asked for, body in, body out; whatever it raises is «no reply»."""

CheckPassword = Callable[[str, str], Awaitable[PasswordChecked]]

SavePerson = Callable[[e.SavePerson], Awaitable[PersonSaved]]


FetchOrder = Callable[[e.FetchOrder], Awaitable[OrderFetched]]

FindSales = Callable[[e.FindSale], Awaitable[SaleFound]]


async def no_orders(asked: e.FetchOrder) -> OrderFetched:
    """Fetch no order, where nobody gives any out."""
    return OrderFetched(asked.token, "off")


async def no_sales(asked: e.FindSale) -> SaleFound:
    """Find no sale receipt, where nothing keeps any."""
    return SaleFound(asked.token, "missing")


async def unsaved(_person: e.SavePerson) -> PersonSaved:
    """Save nobody, where nothing keeps people."""
    return PersonSaved(done=False)


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
    cards: Cards = field(default_factory=Cards)
    save: SavePerson = unsaved
    orders: FetchOrder = no_orders
    sales: FindSales = no_sales
    breakers: dict[str, Callable[[str], None]] = field(default_factory=dict)
    """Of stand-ins that are no devices, by name: each takes a fault, or none."""
    unfinished: Callable[[], bool] = lambda: False
    """Whether papers are begun whose outcome is not written down: between two questions no task is under way."""
    slow: Callable[[str, float], None] = lambda _what, _seconds: None
    """Told of each gate's handler and each paper that took too long, in seconds."""
    _paper_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One paper at a time, in the order they were sent."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    """Tokens of requests of gates that are under way."""

    def do(self, effect: e.Effect) -> None:
        """Start an effect."""
        match effect:
            case e.Signal():
                self._signal(effect)
            case e.Simulate(data):
                self._simulate(data)
            case e.Quit():
                self._leave()
            case _:
                self._start(self._work(effect))

    def repeat(self, effect: e.Print) -> None:
        """Print what a crash interrupted, under the same token, where that cannot double it."""
        self._start(self._print(effect, self.press.repeat))

    async def _work(self, effect: e.Effect) -> None:
        match effect:
            case e.OpenDrawer():
                await self.press.open_drawer()
            case e.CancelCharge():
                await self.cards.cancel()
            case e.Break(device, fault) if device in self.breakers:
                self.breakers[device](fault)
            case e.Break(device, fault):
                break_device(device, fault, self.press, self.cards)
            case e.RunGate(token=token) if token not in self._asked:
                self._asked.add(token)
                try:
                    await self._gate(effect)
                finally:
                    self._asked.discard(token)
            case e.RunGate():
                pass  # asked for again before its answer is there: it is one request
            case e.Charge() | e.ReverseCharge() | e.RefundCharge() | e.AskTerminal():
                self.bus.put(await self.cards.ask(effect))
            case e.Print():
                await self._print(effect, self.press.print)
            case _:
                await self._ask(effect)

    async def _ask(self, effect: e.Effect) -> None:
        """Let somebody answer who answers once, whatever comes of it."""
        match effect:
            case e.CheckPassword(code, password):
                await self._answer(self.check(code, password), PasswordChecked(code, None, known=False))
            case e.SavePerson():
                await self._answer(self.save(effect), PersonSaved(done=False))
            case e.FetchOrder(token):
                await self._answer(self.orders(effect), OrderFetched(token, "silent"))
            case e.FindSale(token):
                await self._answer(self.sales(effect), SaleFound(token, "silent"))
            case e.AskFiscal(token):
                await self._answer(self.press.last_document(token), FiscalReady(token, None))
            case e.ShutShift(token, before):
                await self._answer(self.press.shut_shift(token, before), ShiftShut(token, "unknown"))
            case _:
                log.error("nobody does %s", type(effect).__name__)

    async def _answer(self, asked: Awaitable[Event], lost: Event) -> None:
        """Put an answer on the queue, the worst one if whoever should give it breaks: the till never waits for ever."""
        try:
            answer = await asked
        except Exception:
            log.exception("no answer but %s", type(lost).__name__)
            answer = lost
        self.bus.put(answer)

    def _leave(self) -> None:
        """End the program once what is under way is done: a paper that was begun comes out."""

        async def leave() -> None:
            own = asyncio.current_task()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    while self._tasks - {own} or self.unfinished():  # noqa: ASYNC110 - the journal tells of no end
                        await asyncio.sleep(STEP)
            self.quit()

        self._start(leave())

    async def _gate(self, effect: e.RunGate) -> None:
        """Ask the gate's handler, and never wait longer than the gate said."""
        reply: Reply | NoReply
        if effect.after_picture:
            await asyncio.sleep(PICTURE)
        try:
            async with asyncio.timeout(effect.deadline):
                with self._timed(effect.gate):
                    reply = Reply(await self.handlers[effect.gate](effect.body))
        except TimeoutError:
            reply = NoReply("late")
        except NoAnswerError as error:
            log.warning("gate %s: %s", effect.gate, error)
            reply = NoReply("failed")
        except Exception:
            log.exception("handler of gate %s", effect.gate)
            reply = NoReply("failed")
        self.bus.put(Answered(effect.token, reply))

    @contextlib.contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        """Say so when what is done within takes too long."""
        began = time.monotonic()
        try:
            yield
        finally:
            took = time.monotonic() - began
            if took > SLOW:
                log.warning("%s took %.1f s", what, took)
                self.slow(what, took)

    async def _print(self, effect: e.Print, press: Callable[[e.Print], Awaitable[Printed | FiscalReady]]) -> None:
        lost = Printed(effect.token, "unknown", "internal error", effect.fiscal)
        async with self._paper_turn:
            with self._timed(self.press.printer.name):
                await self._answer(press(effect), lost)

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
