"""What the list of people and the fields of a person share: a fresh list, and how a change is kept."""

from collections.abc import Callable

from cashier.core.catalogue import Person
from cashier.core.effects import ListPeople, SavePerson, Signal
from cashier.core.events import PeopleListed, Pressed, Turn, Worker
from cashier.core.machines.keys_only import keys_only
from cashier.core.modes import PERSON_ROWS, ListingPeople, SavingPerson
from cashier.core.rights import ADMINISTRATOR
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, stay

PASSWORD, LOCK, ROLE = range(len(PERSON_ROWS))
"""Rows of what can be changed of a person."""

Workers = tuple[Worker, ...]


def open_people(till: Till) -> Step:
    """Show who works on the till; the right to see it was settled before."""
    return stay(till).to(ListingPeople()).then(ListPeople())


def save(till: Till, saving: SavingPerson, *, locked: bool = False, password: str = "") -> Step:
    """Have a person kept; without a password the one there is stays."""
    person = saving.person
    return stay(till).to(saving).then(SavePerson(person.code, person.name, person.role, locked, password))


def gone(till: Till, person: Person) -> Step:
    """Go back to the list: somebody else has deleted this person in the meantime."""
    step = open_people(till).saying(say("person_gone", code=person.code, name=person.name))
    return step.then(Signal(accepted=False))


def found(people: Workers, code: str) -> Worker | None:
    """Find a person by the code."""
    return next((worker for worker in people if worker.person.code == code), None)


def last_administrator(people: Workers, worker: Worker) -> bool:
    """Tell whether nobody but this person can sign in as an administrator."""
    able = [own.person.code for own in people if own.person.role == ADMINISTRATOR and not own.locked]
    return able == [worker.person.code]


def with_list(
    till: Till, event: Turn, refusal: Say, pressed: Callable[[Pressed], Step], listed: Callable[[Workers], Step]
) -> Step:
    """Hand a key or a fresh list on; `refusal` is what a scan is told."""
    return listed(event.people) if isinstance(event, PeopleListed) else keys_only(till, event, refusal, pressed)
