"""Who works on the till: the administrator's list, what can be changed of a person, and waiting until it is kept.

A change is decided on a list that was read for it: `ListPeople` is asked, and its answer, in the same turn, goes on.
"""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Person
from cashier.core.effects import ListPeople, Signal
from cashier.core.events import PeopleListed, PersonSaved, Pressed, Response, Scanned, Stamped, Turn, Worker
from cashier.core.keys import Action, Context
from cashier.core.machines.lists import selected, taken
from cashier.core.machines.person_changes import (
    LOCK,
    ROLE,
    Workers,
    found,
    gone,
    last_administrator,
    open_people,
    save,
    with_list,
)
from cashier.core.machines.person_fields import typing_person
from cashier.core.modes import PERSON_ROWS, ChangingPerson, ListingPeople, SavingPerson, Selling, TypingPerson
from cashier.core.rights import CASHIER
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay

__all__ = ["open_people", "people"]

PeopleMode = ListingPeople | ChangingPerson | TypingPerson | SavingPerson


def people(till: Till, mode: PeopleMode, stamped: Stamped, event: Turn) -> Step:
    """Step any state of the people."""
    match mode:
        case ListingPeople():
            return listing_people(till, mode, event)
        case ChangingPerson():
            return changing_person(till, mode, event)
        case TypingPerson():
            return typing_person(till, mode, event)
        case SavingPerson():
            return saving_person(till, mode, stamped, event)
        case _:
            assert_never(mode)


def listing_people(till: Till, mode: ListingPeople, event: Turn) -> Step:
    """Take a person, or the first row for a new one."""

    def listed(people: Workers) -> Step:
        return stay(till).to(ListingPeople(people, min(mode.chosen, len(people))))

    return with_list(till, event, say("scan_in_list"), lambda key: _list_key(till, mode, key), listed)


def _list_key(till: Till, mode: ListingPeople, key: Pressed) -> Step:
    meaning, rows = till.rules.keymap.meaning(Context.LIST, key.key), len(mode.people) + 1
    row = taken(meaning, mode.chosen, rows)
    if row is not None:
        new = TypingPerson(Person("", "", CASHIER), "code", new=True)
        return stay(till).to(ChangingPerson(mode.people[row - 1]) if row else new)
    if meaning is Action.CANCEL:
        return stay(till).to(Selling())
    return selected(till, mode, meaning, rows)


def changing_person(till: Till, mode: ChangingPerson, event: Turn) -> Step:
    """Choose what is changed of a person; a fresh list brings how the person stands, or the lock that was asked."""

    def listed(people: Workers) -> Step:
        worker = found(people, mode.worker.person.code)
        if worker is None:
            return gone(till, mode.worker.person)
        return (
            _locked(till, mode, worker, people) if mode.chosen == LOCK else stay(till).to(replace(mode, worker=worker))
        )

    return with_list(till, event, say("scan_in_list"), lambda key: _change_key(till, mode, key), listed)


def _change_key(till: Till, mode: ChangingPerson, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(PERSON_ROWS))
    if row is not None:
        return _change(till, replace(mode, chosen=row))
    if meaning is Action.CANCEL:
        return open_people(till)
    return selected(till, mode, meaning, len(PERSON_ROWS))


def _change(till: Till, mode: ChangingPerson) -> Step:
    person = mode.worker.person
    if mode.chosen == LOCK:
        return stay(till).to(mode).then(ListPeople())
    if mode.chosen == ROLE and _oneself(till, person):
        return deny(till, say("person_own_role")).to(mode)
    return stay(till).to(TypingPerson(person, "role" if mode.chosen == ROLE else "password"))


def _locked(till: Till, mode: ChangingPerson, worker: Worker, people: Workers) -> Step:
    """Do what the row said, lock or let in again; nobody locks himself out, or the last who could undo it."""
    locked = not mode.worker.locked
    if _oneself(till, worker.person):
        return deny(till, say("person_own_lock"))
    if locked and last_administrator(people, worker):
        return deny(till, say("person_last_administrator"))
    return save(till, SavingPerson(worker.person, "locked" if locked else "unlocked"), locked=locked)


def _oneself(till: Till, person: Person) -> bool:
    return till.actor is not None and till.actor.code == person.code


def saving_person(till: Till, mode: SavingPerson, stamped: Stamped, event: Turn) -> Step:
    """Wait until the change is kept; keys wait in the queue. One that was not is told over a fresh list."""
    match event:
        case PersonSaved(done):
            return _kept(till, mode, stamped) if done else stay(till).then(ListPeople())
        case PeopleListed(people):
            reason = say("person_not_saved", code=mode.person.code, name=mode.person.name)
            return stay(till).refusing(reason, say("person_not_saved_advice"), ListingPeople(people))
        case Scanned():
            return deny_scan(till, event, say("scan_in_dialog"))
        case Pressed() | Response():
            return stay(till)
        case _:
            assert_never(event)


def _kept(till: Till, mode: SavingPerson, stamped: Stamped) -> Step:
    person, by = mode.person, till.actor or mode.person
    step = stay(till).recorded(f.PersonChanged(person, mode.change, by, stamped.local))
    step = step.saying(say("person_saved", code=person.code, name=person.name))
    return step.to(ListingPeople()).then(Signal(accepted=True), ListPeople())
