"""The list of people under an administrator's hands: keys go in, and the dictionaries answer at once."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Person
from cashier.core.events import PeopleListed, PersonSaved, Pressed, Stamped, Turn, Worker
from cashier.core.ledger import Ledger, fold
from cashier.core.machines.people import PeopleMode, open_people, people
from cashier.core.state import Step, Till
from cashier.core.view_model import Dialog
from cashier.core.view_people import dialog_of, entry_of

NOON = datetime(2026, 11, 21, 12, 0, 0)  # noqa: DTZ001 - the shop's local time has no zone in the core
ANNA = Person("1", "Анна", 3)
BORIS = Person("2", "Борис", 1)
VERA = Person("3", "Вера", 3)
PEOPLE = (Worker(ANNA), Worker(BORIS), Worker(VERA, locked=True))


class Office:
    """The list of people as an administrator has it open; the dictionaries answer at once."""

    def __init__(self, *people: Worker, by: Person | None = ANNA) -> None:
        self.people = people or PEOPLE
        self.keeps = True
        """Of dictionaries that can be written."""
        self.answers = True
        self.facts: list[f.AnyFact] = []
        self.effects: tuple[e.Effect, ...] = ()
        self._inputs = 0
        self.till = Till(NOON, ledger=Ledger(cashier=by))
        self._take(open_people(self.till))

    def give(self, event: Turn) -> Self:
        """Let one event happen."""
        self.effects = ()
        self._inputs += 1
        self._step(event)
        return self

    def press(self, *keys: str) -> Self:
        """Press keys by the project's names."""
        for key in keys:
            self.till = replace(self.till, notice=None)
            self.give(Pressed(key))
        return self

    def write(self, text: str) -> Self:
        """Press the keys of a text."""
        return self.press(*("space" if character == " " else character for character in text))

    def enter(self, *texts: str) -> Self:
        """Type texts, each with Enter."""
        for text in texts:
            self.write(text).press("enter")
        return self

    def _step(self, event: Turn) -> None:
        assert isinstance(self.till.mode, PeopleMode)
        stamped = Stamped(event, NOON + timedelta(seconds=self._inputs), UUID(int=self._inputs))
        self._take(people(self.till, self.till.mode, stamped, event))

    def _take(self, step: Step) -> None:
        written = tuple(fact for own in step.effects if isinstance(own, e.Record) for fact in own.facts)
        assert step.till.ledger == fold(self.till.ledger, written)
        assert [f.from_json(f.to_json(fact)) for fact in written] == list(written)
        self.till, self.facts = step.till, [*self.facts, *written]
        self.effects += step.effects
        for effect in step.effects if self.answers else ():
            self._answer(effect)

    def _answer(self, effect: e.Effect) -> None:
        match effect:
            case e.ListPeople():
                self._step(PeopleListed(self.people))
            case e.SavePerson():
                self._save(effect)

    def _save(self, order: e.SavePerson) -> None:
        if self.keeps:
            kept = {worker.person.code: worker for worker in self.people}
            kept[order.code] = Worker(Person(order.code, order.name, order.role), order.locked)
            self.people = tuple(kept[code] for code in sorted(kept))
        self._step(PersonSaved(self.keeps))

    @property
    def now(self) -> str:
        """Time of the latest input, as facts have it."""
        return (NOON + timedelta(seconds=self._inputs)).strftime("%Y-%m-%dT%H:%M:%S")

    @property
    def orders(self) -> list[e.SavePerson]:
        """What the latest input has asked to be kept."""
        return [effect for effect in self.effects if isinstance(effect, e.SavePerson)]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Code and change of the facts so far."""
        return [(fact.person.code, fact.change) for fact in self.facts if isinstance(fact, f.PersonChanged)]

    @property
    def notice(self) -> str:
        """Text key of the quiet line; empty when there is none."""
        return self.till.notice.key if self.till.notice else ""

    @property
    def field(self) -> str:
        """What is being typed; empty when nothing is."""
        return self.till.mode.field if isinstance(self.till.mode, m.TypingPerson) else ""

    @property
    def entry(self) -> str:
        """The entry line as it is seen."""
        shown = entry_of(self.till.mode)
        return shown.text if shown else ""

    @property
    def rows(self) -> list[str]:
        """Text keys of the rows and of what stands beside them."""
        return [f"{row.caption.key} {row.value.key if row.value else ''}".strip() for row in self.dialog.options]

    @property
    def dialog(self) -> Dialog:
        """The panel that stands."""
        assert isinstance(self.till.mode, PeopleMode)
        return dialog_of(self.till, self.till.mode)


def new_person(*texts: str) -> Office:
    """Begin a new person and type the fields."""
    return Office().press("1").enter(*texts)
