"""A hand at the till: presses keys and holds goods under the scanner, and the dictionaries answer at once.

After each step it checks what every step promises, so each test of the trade is a test of the promises too.
"""

from datetime import datetime, timedelta
from typing import Self, TypeVar
from uuid import UUID

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Person
from cashier.core.effects import (
    CheckPassword,
    Effect,
    FindCode,
    FindName,
    ListFolder,
    ListPeople,
    ReadScan,
    Record,
    RunGate,
    SavePerson,
)
from cashier.core.events import (
    Answered,
    Event,
    FolderListed,
    Found,
    NoReply,
    PasswordChecked,
    PeopleListed,
    PersonSaved,
    Pressed,
    Reply,
    Scanned,
    ScanRead,
    Stamped,
    Worker,
)
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger, fold
from cashier.core.machines import step
from cashier.core.machines.discounting import respread
from cashier.core.modes import Popup
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.core.receipt import Line, Receipt
from cashier.core.scans import barcode_of
from cashier.core.state import Rules, Step, Till
from tests.core.gates import books_of
from tests.core.goods import FOLDERS, IVANOVA, PASSWORDS, PETROV, WORKERS, by_code, by_name

NOON = datetime(2026, 11, 21, 12, 0, 0)  # noqa: DTZ001 - the shop's local time has no zone in the core
SCANNER = "scanner"
EVENT = UUID(int=1)
"""Of an event that nobody has made."""
KEYS = {"+": "plus", "*": "asterisk", " ": "space"}
E = TypeVar("E", bound=Effect)


def recorded(result: Step) -> tuple[f.AnyFact, ...]:
    """Return the facts of a step."""
    return tuple(fact for effect in result.effects if isinstance(effect, Record) for fact in effect.facts)


def check(till: Till, stamped: Stamped, result: Step) -> None:
    """Check what every step promises: repeatable, one record that comes first, a ledger that is its fold.

    And no discount is left that belongs to other lines.
    """
    assert step(till, stamped) == result
    records = [place for place, effect in enumerate(result.effects) if isinstance(effect, Record)]
    assert records in ([], [0])
    facts = recorded(result)
    assert result.till.ledger == fold(till.ledger, facts)
    assert respread(Step(result.till)).effects == ()
    for fact in facts:
        assert f.from_json(f.to_json(fact)) == fact
        assert f.to_json(f.from_json(f.to_json(fact))) == f.to_json(fact)


def plain(data: bytes) -> Reading:
    """Read a scan that is no mark."""
    barcode = barcode_of(data)
    return Reading(barcode, by_code(barcode)) if barcode else Reading()


class Hand:
    """One till and whoever works at it."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        self.rules = rules or Rules(gates=gates)
        self.till = Till(NOON, self.rules, ledger or Ledger())
        self.facts: list[f.AnyFact] = []
        self.effects: tuple[Effect, ...] = ()
        """Effects of the latest input and of the answers that came at once."""
        self.answers_at_once = True
        self.workers: tuple[Worker, ...] = WORKERS
        self.passwords = {code: password for code, (password, _) in PASSWORDS.items()}
        self.readings: dict[bytes, Reading] = {}
        """What scans are read as; whatever is not here is a plain barcode."""
        self.clock = NOON
        """Of the latest input; each comes a second later."""
        self.uptime = 0.0
        """The same on the clock nobody can set."""
        self._events = 0

    @classmethod
    def signed_in(cls, *gates: Gate, rules: Rules | None = None, code: str = IVANOVA.code) -> Self:
        """Start at the sale screen."""
        return cls(*gates, rules=rules).sign_in(code)

    def sign_in(self, code: str = IVANOVA.code) -> Self:
        """Type code and password."""
        return self.write(code).press("enter").write(self.passwords[code]).press("enter")

    def approve(self, code: str = PETROV.code) -> Self:
        """Type code and password of somebody who has the right, where one is asked for."""
        return self.sign_in(code)

    def wait(self, seconds: float) -> Self:
        """Let time pass."""
        self.clock += timedelta(seconds=seconds)
        self.uptime += seconds
        return self

    def give(self, event: Event) -> Self:
        """Let one event happen."""
        self.effects = ()
        self._step(event)
        return self

    def _step(self, event: Event) -> None:
        self._events += 1
        self.wait(1)
        stamped = Stamped(event, self.clock, UUID(int=self._events), self.uptime)
        result = step(self.till, stamped)
        books = [(book, tuple(book)) for gate in self.till.rules.gates for book in books_of(gate)]
        check(self.till, stamped, result)
        for book, kept in books:
            book[:] = kept
        self.till = result.till
        self.facts += recorded(result)
        self.effects += result.effects
        for effect in result.effects if self.answers_at_once else ():
            self._answer(effect)

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindCode(text):
                self._step(Found(by_code(text)))
            case ReadScan(scan):
                self._step(ScanRead(scan, self.readings.get(scan.data) or plain(scan.data)))
            case FindName(words):
                self._step(Found(by_name(words)))
            case ListFolder(code):
                self._step(FolderListed(FOLDERS[code]))
            case CheckPassword(code, password):
                self._step(self._compared(code, password))
            case ListPeople():
                self._step(PeopleListed(self.workers))
            case SavePerson():
                self._save(effect)
            case _:
                pass

    def _compared(self, code: str, password: str) -> PasswordChecked:
        worker = next((own for own in self.workers if own.person.code == code), None)
        if worker is None or password != self.passwords[code]:
            return PasswordChecked(code, None, known=worker is not None)
        return PasswordChecked(code, worker.person, locked=worker.locked)

    def _save(self, order: SavePerson) -> None:
        kept = {worker.person.code: worker for worker in self.workers}
        kept[order.code] = Worker(Person(order.code, order.name, order.role), order.locked)
        self.workers = tuple(kept[code] for code in sorted(kept))
        self.passwords[order.code] = order.password or self.passwords[order.code]
        self._step(PersonSaved(done=True))

    def press(self, *keys: str) -> Self:
        """Press keys by the project's names."""
        for key in keys:
            self.give(Pressed(key))
        return self

    def write(self, text: str) -> Self:
        """Press the keys of a text."""
        return self.press(*(KEYS.get(character, character) for character in text))

    def scan(self, data: str | bytes) -> Self:
        """Hold a code under the scanner."""
        data = data if isinstance(data, bytes) else data.encode()
        return self.give(Scanned(SCANNER, self._events + 1, data, self.uptime))

    def reply(self, body: str = "yes") -> Self:
        """Let the outside answer the gate that waits."""
        return self.give(Answered(self.token, Reply(body)))

    def no_reply(self, reason: str = "late") -> Self:
        """Let the outside not answer the gate that waits."""
        return self.give(Answered(self.token, NoReply("late" if reason == "late" else "failed")))

    def restarted(self) -> "Hand":
        """Start the till again from what was written down, as after a power cut."""
        written = tuple(f.from_json(f.to_json(fact)) for fact in self.facts)
        again = Hand(rules=self.rules, ledger=fold(Ledger(), written))
        again.till = replace(again.till, now=self.clock, uptime=self.uptime, since=self.uptime)
        again.clock, again.uptime, again._events = self.clock, self.uptime, self._events
        again.workers, again.passwords = self.workers, self.passwords
        again.readings = self.readings
        return again

    def asked(self, kind: type[E]) -> E:
        """Return what the latest input asked the house for, the last of its kind."""
        return next(effect for effect in reversed(self.effects) if isinstance(effect, kind))

    @property
    def token(self) -> str:
        """Token of the request a gate made last."""
        return self.asked(RunGate).token

    @property
    def receipt(self) -> Receipt:
        """The open receipt."""
        assert self.till.ledger.receipt is not None
        return self.till.ledger.receipt

    @property
    def lines(self) -> list[tuple[str, int, bool]]:
        """Lines of the open receipt: name, thousandths, storno'd."""
        receipt = self.till.ledger.receipt
        return [(line.product.name, line.quantity, line.storno) for line in receipt.lines] if receipt else []

    @property
    def line(self) -> Line:
        """The selected line."""
        assert self.till.line is not None
        return self.till.line

    @property
    def problem(self) -> str:
        """Text key of the error popup; empty when there is none."""
        return self.till.mode.reason.key if isinstance(self.till.mode, Popup) else ""

    @property
    def notice(self) -> str:
        """Text key of the quiet line; empty when there is none."""
        return self.till.notice.key if self.till.notice else ""

    @property
    def farewell(self) -> tuple[int, Kopecks, Kopecks] | None:
        """Number, total and change of the receipt just closed, while they stand."""
        parting = self.till.farewell
        return (parting.number, parting.total, parting.change) if parting else None

    @property
    def wrote(self) -> list[str]:
        """Kinds of the facts of the latest input, in order."""
        return [type(fact).__name__ for e in self.effects if isinstance(e, Record) for fact in e.facts]

    @property
    def messages(self) -> list[str]:
        """Bodies of the messages queued by the latest input."""
        facts = [fact for effect in self.effects if isinstance(effect, Record) for fact in effect.facts]
        return [fact.body for fact in facts if isinstance(fact, f.MessageQueued)]

    @property
    def settled(self) -> dict[str, str]:
        """Outcomes by the body of their intent; each intent has one at the most."""
        bodies = {fact.token: fact.body for fact in self.facts if isinstance(fact, f.IntentMade)}
        assert len(bodies) == len(set(bodies.values()))
        outcomes = [(bodies[fact.token], fact.outcome) for fact in self.facts if isinstance(fact, f.IntentSettled)]
        assert len(outcomes) == len(dict(outcomes))
        return dict[str, str](outcomes)

    def happened(self, kind: type[f.AnyFact]) -> list[f.AnyFact]:
        """Return the facts of one kind."""
        return [fact for fact in self.facts if isinstance(fact, kind)]
