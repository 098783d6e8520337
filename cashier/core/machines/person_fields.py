"""What is typed of a person, one thing after the other: Enter goes on, Esc goes one step back."""

from typing import Final, assert_never

from msgspec.structs import replace

from cashier.core.effects import ListPeople
from cashier.core.events import Pressed, Turn, Worker
from cashier.core.keys import Action
from cashier.core.machines.entry import edited
from cashier.core.machines.person_changes import (
    PASSWORD,
    ROLE,
    Workers,
    found,
    gone,
    last_administrator,
    open_people,
    save,
    with_list,
)
from cashier.core.modes import ChangingPerson, SavingPerson, TypingPerson
from cashier.core.people import code_fits, context_of, name_fits
from cashier.core.rights import ADMINISTRATOR, CASHIER, SENIOR
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, deny, stay

_ROLES: Final = {str(role): role for role in (CASHIER, SENIOR, ADMINISTRATOR)}


def typing_person(till: Till, mode: TypingPerson, event: Turn) -> Step:
    """Type a field; a code that is new and a change that is whole are decided on a fresh list."""
    return with_list(
        till,
        event,
        say("scan_in_dialog"),
        lambda key: _key(till, mode, key),
        lambda people: _decided(till, mode, people) if _asks(mode) and not _mistake(mode) else stay(till),
    )


def _key(till: Till, mode: TypingPerson, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(context_of(mode.field), key.key)
    if meaning is Action.ACCEPT:
        return _entered(till, mode)
    if meaning is Action.CANCEL:
        return _back(till, mode)
    entry = edited(mode.entry, meaning, words=mode.field in {"name", "password", "again"})
    return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def _entered(till: Till, mode: TypingPerson) -> Step:
    mistake = _mistake(mode)
    if mistake:
        return deny(till, mistake).to(_retyped(mode))
    return stay(till).then(ListPeople()) if _asks(mode) else stay(till).to(_next(mode))


def _mistake(mode: TypingPerson) -> Say | None:
    match mode.field:
        case "code" if not code_fits(mode.entry):
            return say("person_code_bad")
        case "name" if not name_fits(mode.entry):
            return say("person_name_bad")
        case "role" if mode.entry not in _ROLES:
            return say("person_role_bad")
        case "password" if not mode.entry:
            return say("person_password_empty")
        case "again" if mode.entry != mode.password:
            return say("person_passwords_differ")
        case _:
            return None


def _retyped(mode: TypingPerson) -> TypingPerson:
    """Return where a mistake is put right; what was not to be read is typed anew."""
    if mode.field == "again":
        return TypingPerson(mode.person, "password", new=mode.new)
    return replace(mode, entry="") if mode.field == "role" else mode


def _asks(mode: TypingPerson) -> bool:
    """Tell whether the entry is decided on a fresh list of people."""
    return mode.field in {"code", "again"} or (mode.field == "role" and not mode.new)


def _next(mode: TypingPerson) -> TypingPerson:
    person, entry = mode.person, mode.entry
    match mode.field:
        case "name":
            return TypingPerson(replace(person, name=entry.strip()), "role", new=True)
        case "role":
            return TypingPerson(replace(person, role=_ROLES[entry]), "password", new=True)
        case _:
            return TypingPerson(person, "again", password=entry, new=mode.new)


def _back(till: Till, mode: TypingPerson) -> Step:
    person = mode.person
    match mode.field:
        case "code":
            return open_people(till)
        case "again":
            return stay(till).to(TypingPerson(person, "password", new=mode.new))
        case "role" | "password" if not mode.new:
            row = ROLE if mode.field == "role" else PASSWORD
            return stay(till).to(ChangingPerson(Worker(person), row)).then(ListPeople())
        case "name":
            return stay(till).to(TypingPerson(replace(person, code=""), "code", person.code, new=True))
        case "role":
            return stay(till).to(TypingPerson(replace(person, name=""), "name", person.name, new=True))
        case "password":
            return stay(till).to(TypingPerson(person, "role", str(person.role), new=True))
        case _:
            assert_never(mode.field)


def _decided(till: Till, mode: TypingPerson, people: Workers) -> Step:
    if mode.field == "code" or mode.new:
        return _new(till, mode, people)
    worker = found(people, mode.person.code)
    if worker is None:
        return gone(till, mode.person)
    if mode.field == "again":
        return save(till, SavingPerson(worker.person, "password"), locked=worker.locked, password=mode.password)
    person = replace(worker.person, role=_ROLES[mode.entry])
    if person.role != ADMINISTRATOR and last_administrator(people, worker):
        return deny(till, say("person_last_administrator")).to(replace(mode, entry=""))
    return save(till, SavingPerson(person, "role"), locked=worker.locked)


def _new(till: Till, mode: TypingPerson, people: Workers) -> Step:
    """Go on with a free code, or have the new person kept; a code taken in the meantime is typed anew."""
    code = mode.entry if mode.field == "code" else mode.person.code
    other = found(people, code)
    if other:
        whose = say("person_code_taken", code=code, name=other.person.name)
        return deny(till, whose).to(TypingPerson(replace(mode.person, code=""), "code", code, new=True))
    if mode.field == "code":
        return stay(till).to(TypingPerson(replace(mode.person, code=code), "name", new=True))
    return save(till, SavingPerson(mode.person, "added"), password=mode.password)
