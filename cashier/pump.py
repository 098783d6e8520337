"""The pump: takes events off the queue, steps the machines, commits, tells the screen, and only then acts outward.

A commit that fails undoes the step: the state before it stands, with an error over it, and nothing was lost or shown.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal, assert_never
from uuid import uuid4

from msgspec.structs import replace

from cashier.bus import Arrived, Bus
from cashier.core import effects as e
from cashier.core import modes as m
from cashier.core.events import (
    CardAnswered,
    Event,
    FiscalReady,
    IntentFound,
    LeaveFound,
    OrderFetched,
    Pressed,
    Printed,
    Scanned,
    ShiftShut,
    Stamped,
    StoreChanged,
)
from cashier.core.facts import AnyFact, MessageQueued
from cashier.core.keys import Action, Context
from cashier.core.ledger import Ledger
from cashier.core.passage import Questioned, Waiting
from cashier.core.say import Say, say
from cashier.core.scans import is_plain
from cashier.core.state import Step, Till
from cashier.ports import Goods, Journal, Outside
from cashier.store.connect import Trouble
from cashier.uptime import uptime

log = logging.getLogger("cashier")

SLOW = 0.25
"""Seconds a turn may take before it is logged as slow."""


_DISK: Final[dict[Trouble, Say]] = {
    "full": say("disk_full"),
    "readonly": say("disk_readonly"),
    "busy": say("disk_busy"),
    "corrupt": say("disk_corrupt"),
    "io": say("disk_io"),
    "cantopen": say("disk_cantopen"),
    "not_a_database": say("disk_not_a_database"),
    "other": say("disk_other"),
}


_Outcome = Printed | FiscalReady | CardAnswered | ShiftShut | OrderFetched
"""What a device has answered, once: it is not asked again by itself."""

_LOOK_UPS = e.FindCode | e.ReadScan | e.FindName | e.ListFolder | e.ListPeople

Ahead = Callable[[Step], None]
"""Told of a step that is being committed: a picture may be prepared, but not shown."""


class Pump:
    """The running till. The screen reads `till` and is told by `watch` when it has changed."""

    def __init__(self, till: Till, bus: Bus, journal: Journal, goods: Goods, clock: Callable[[], datetime]) -> None:
        self.till = till
        self.bus = bus
        self.outside: Outside | None = None
        self.touched = time.monotonic()
        """Moment of the last key or scan, for the idle lock."""
        self.queued: tuple[Callable[[], None], ...] = ()
        """Told when a message was committed to the outbox."""
        self.slow: Callable[[str, float], None] = lambda _what, _seconds: None
        """Told of each turn that took too long, in seconds."""
        self._journal, self._goods, self._clock = journal, goods, clock
        self._watchers: list[Callable[[], None]] = []
        self._ahead: list[Ahead] = []
        self._painted: tuple[m.Mode | None, float] = (None, 0.0)
        self._behind: tuple[m.Mode | None, float] = (None, 0.0)
        """What the trainee's panel was opened over: it has been seen when that closes."""
        self._owed: list[_Outcome | IntentFound | LeaveFound] = []

    @property
    def waiting(self) -> int:
        """Number of scans that wait in the queue."""
        return self.bus.waiting

    def watch(self, changed: Callable[[], None], ahead: Ahead | None = None) -> Callable[[], None]:
        """Be told after each step, and of each one while the disk works; call what is returned to be told no more."""
        self._watchers.append(changed)
        self._ahead += [ahead] if ahead else []

        def unwatch() -> None:
            self._watchers.remove(changed)
            self._ahead = [own for own in self._ahead if own is not ahead]

        return unwatch

    def press(self, key: str) -> None:
        """Put a key on the queue. Esc in a wait takes back what was typed since, then gives the wait up."""
        self.touched = time.monotonic()
        if self._waits() and self.till.rules.keymap.meaning(Context.LIST, key) is Action.CANCEL:
            if not self.bus.take_back():
                self.bus.put_first(Pressed(key), self.touched)
            return
        if not self.bus.put(Pressed(key), self.touched):
            log.warning("key refused: the queue is full")
            self._act(e.Signal(accepted=False))

    def pasted(self, size: int) -> None:
        """Refuse a paste: a till is typed and scanned."""
        log.warning("paste of %d characters refused", size)

    def painted(self) -> None:
        """Remember that what stands on the screen now has been seen since now."""
        mode = self.till.mode
        if self._painted[0] is mode:
            return
        if isinstance(mode, m.Panel) and mode.back is self._painted[0]:
            self._behind = self._painted
        self._painted = self._behind if self._behind[0] is mode else (mode, time.monotonic())
        self.bus.wake()

    async def run(self) -> None:
        """Take events for ever."""
        while True:
            event = await self.bus.take(self._held)
            if isinstance(event, Scanned):
                self.touched = time.monotonic()
            await self.turn(event)

    async def turn(self, event: Event) -> None:
        """Take one event to its end: every step it leads to, then one word to the screen, then what lies outside."""
        began = time.perf_counter()
        outward = await self._stepped(event)
        if not self._waits():
            self.bus.forget_urgent()
        self._tell()
        for effect in outward:
            self._act(effect)
        took = time.perf_counter() - began
        if took > SLOW:
            log.warning("%s took %.0f ms", type(event).__name__, took * 1000)
            self.slow(type(event).__name__, took)

    async def _stepped(self, event: Event) -> list[e.Effect]:
        """Step until nothing is asked of the dictionaries any more; return what is to be done outside."""
        from cashier.core.machines import step  # noqa: PLC0415 - the first picture does without

        stable = self.till
        outward: list[e.Effect] = []
        pending: Event | None = event
        try:
            while pending is not None:
                made = step(self.till, Stamped(pending, self._clock(), uuid4(), uptime()))
                facts = _recorded(made)
                trouble = await self._commit(made, facts)
                if trouble:
                    self._undo(stable, trouble, event)
                    break
                self.till = made.till
                if any(isinstance(fact, MessageQueued) for fact in facts):
                    for told in self.queued:
                        told()
                if self.till.disk and facts:
                    self._well_again()
                stable = made.till if facts else stable
                pending = self._look_up(made)
                outward += [effect for effect in made.effects if not isinstance(effect, e.Record)]
        except Exception:
            log.exception("event %s was dropped", type(event).__name__)
            self._complain(stable, say("internal_error"), say("internal_error_advice"))
        return outward

    def _waits(self) -> bool:
        """Tell whether a gate waits for the outside, or an order or a sale receipt is waited for."""
        match self.till.mode:
            case m.Passing(at=Waiting()) | m.Ordering(stage="waiting"):
                return True
            case m.Seeking(token=token):
                return bool(token)
            case _:
                return False

    def _held(self, arrived: Arrived) -> bool:
        """Tell whether an input must wait for an answer, or a scan for the dialog it could not have seen."""
        mode = self.till.mode
        match mode:
            case m.Finding() | m.CheckingPassword() | m.SavingPerson() | m.Approving(stage="checking"):
                return True
            case m.Passing(at=Waiting()) | m.Ordering(stage="waiting"):
                return not arrived.urgent
            case m.Seeking(token=token) if token:
                return not arrived.urgent
            case m.Passing(at=Questioned(question=question)):
                unseen = _of_goods(arrived) if question.wants_scan else isinstance(arrived.event, Scanned)
            case m.Weighing():
                unseen = _of_goods(arrived) if self.till.wants_mark else isinstance(arrived.event, Scanned)
            case m.Popup() | m.Choosing() | m.Reporting() | m.Ordering() | m.Seeking():
                unseen = isinstance(arrived.event, Scanned)
            case _:
                unseen = False
        seen = any(own is mode and arrived.at >= since for own, since in (self._painted, self._behind))
        return unseen and not seen

    async def _commit(self, made: Step, facts: tuple[AnyFact, ...]) -> Trouble | Literal[""]:
        if not facts:
            return ""
        written = self._journal.commit(made.till.now, facts)
        for ahead in self._ahead:
            ahead(made)
        return await written

    def _look_up(self, made: Step) -> Event | None:
        for effect in made.effects:
            match effect:
                case e.FindCode(text):
                    return self._goods.find_code(text, made.till.now)
                case e.ReadScan(scan):
                    return self._goods.read_scan(scan, made.till.now)
                case e.FindName(words):
                    return self._goods.find_name(words, made.till.now)
                case e.ListFolder(code):
                    return self._goods.list_folder(code)
                case e.ListPeople():
                    return self._goods.list_people()
                case _:
                    continue
        return None

    def _undo(self, stable: Till, trouble: Trouble, event: Event) -> None:
        """Go back to the last committed state; what is left without an outcome is owed until the disk is well."""
        log.error("not committed: %s", trouble)
        self._complain(stable, _DISK[trouble], say("disk_error_advice"))
        papers = [owed for owed in (*self._owed, event) if isinstance(owed, _Outcome)]
        intents = [IntentFound(intent) for intent in stable.ledger.intents]
        self._owed = [*papers, *intents, *map(LeaveFound, stable.ledger.leaving)]
        self.bus.put(StoreChanged(trouble))

    def _well_again(self) -> None:
        """Take up the outcomes of papers that were not kept, and what was left when a passage was given up."""
        self.bus.put(StoreChanged())
        for owed in self._owed:
            if _still_open(owed, self.till.ledger):
                self.bus.put(owed)
        self._owed.clear()

    def _complain(self, stable: Till, reason: Say, advice: Say) -> None:
        from cashier.core.machines.resting import attended, resting  # noqa: PLC0415 - the same

        back = resting(stable) if attended(stable) else m.EnteringCode()
        self.till = replace(stable, mode=m.Popup(reason, advice, back))

    def _tell(self) -> None:
        for changed in tuple(self._watchers):
            changed()

    def _act(self, effect: e.Effect) -> None:
        if isinstance(effect, e.Log):
            log.info(effect.text)
        elif self.outside and not isinstance(effect, _LOOK_UPS):
            self.outside.do(effect)


def _still_open(owed: _Outcome | IntentFound | LeaveFound, ledger: Ledger) -> bool:
    match owed:
        case Printed() | FiscalReady() | CardAnswered() | ShiftShut() | OrderFetched():
            return True
        case IntentFound(intent):
            return intent in ledger.intents
        case LeaveFound(position):
            return position in ledger.leaving
        case _:
            assert_never(owed)


def _of_goods(arrived: Arrived) -> bool:
    """Tell whether an input is a plain barcode: scanned ahead, it is of other goods and no answer to a dialog."""
    return isinstance(arrived.event, Scanned) and is_plain(arrived.event.data)


def _recorded(made: Step) -> tuple[AnyFact, ...]:
    return tuple(fact for effect in made.effects if isinstance(effect, e.Record) for fact in effect.facts)
