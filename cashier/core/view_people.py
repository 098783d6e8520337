"""The administrator's dialogs: who works on the till, and what is changed of a person."""

from collections.abc import Mapping

from cashier.core.catalogue import Person
from cashier.core.events import Worker
from cashier.core.keys import Action, Context
from cashier.core.modes import (
    PERSON_ROWS,
    ChangingPerson,
    ListingPeople,
    Mode,
    SavingPerson,
    TypingPerson,
)
from cashier.core.people import context_of
from cashier.core.rights import ADMINISTRATOR, CASHIER, SENIOR
from cashier.core.say import Say, say
from cashier.core.state import Till
from cashier.core.view_keys import hint
from cashier.core.view_model import Dialog, Entry, Hint, Option, Tone

PeopleMode = ListingPeople | ChangingPerson | TypingPerson | SavingPerson

_ROLES: Mapping[int, Say] = {
    CASHIER: say("person_cashier"),
    SENIOR: say("person_senior"),
    ADMINISTRATOR: say("person_administrator"),
}
_LOCKED: Mapping[int, Say] = {
    CASHIER: say("person_cashier_locked"),
    SENIOR: say("person_senior_locked"),
    ADMINISTRATOR: say("person_administrator_locked"),
}
_FIELDS: Mapping[str, Say] = {
    "code": say("person_entry_code"),
    "name": say("person_entry_name"),
    "role": say("person_entry_role"),
    "password": say("person_entry_password"),
    "again": say("person_entry_again"),
}


def dialog_of(till: Till, mode: PeopleMode) -> Dialog:
    """Return the panel of a mode of the people."""
    match mode:
        case ListingPeople(people, chosen):
            new = Option(say("person_new"), digit=1)
            rows = (new, *(_row(worker, row) for row, worker in enumerate(people, 2)))
            return Dialog(say("title_people"), options=rows, chosen=chosen, keys=_listing(till, say("key_take")))
        case ChangingPerson(worker, chosen):
            rows = tuple(Option(_change(key, worker), digit=row) for row, key in enumerate(PERSON_ROWS, 1))
            keys = _listing(till, say("key_choose"))
            return Dialog(_title(worker.person), body=(_role(worker),), options=rows, chosen=chosen, keys=keys)
        case TypingPerson():
            title = say("title_person_new") if mode.new else _title(mode.person)
            return Dialog(title, Tone.QUESTION, _typed(mode), keys=_typing(till, mode))
        case SavingPerson(person):
            return Dialog(_title(person), body=(say("person_saving"),))


def entry_of(mode: Mode) -> Entry | None:
    """Return the line being typed of a person; a password is dots."""
    if not isinstance(mode, TypingPerson):
        return None
    hidden = mode.field in {"password", "again"}
    return Entry(_FIELDS[mode.field], "•" * len(mode.entry) if hidden else mode.entry)


def _row(worker: Worker, row: int) -> Option:
    person = worker.person
    return Option(
        say("person_row", code=person.code, name=person.name), _role(worker), row if row <= len("123456789") else 0
    )


def _role(worker: Worker) -> Say:
    texts = _LOCKED if worker.locked else _ROLES
    return texts.get(worker.person.role, texts[CASHIER])


def _change(key: str, worker: Worker) -> Say:
    return say("person_unlock") if key == "person_lock" and worker.locked else say(key)


def _title(person: Person) -> Say:
    return say("title_person", code=person.code, name=person.name)


def _typed(mode: TypingPerson) -> tuple[Say, ...]:
    """Say what a new person has so far, and what may be typed where that is not plain."""
    person = mode.person
    so_far = (_so_far(person),) if mode.new and person.code else ()
    role = (_role(Worker(person)),) if mode.new and mode.field in {"password", "again"} else ()
    choice = (say("person_roles"),) if mode.field == "role" else ()
    return (*so_far, *role, *choice)


def _so_far(person: Person) -> Say:
    return say("person_row", code=person.code, name=person.name) if person.name else say("external", text=person.code)


def _typing(till: Till, mode: TypingPerson) -> tuple[Hint, ...]:
    context = context_of(mode.field)
    onward = hint(till, context, Action.ACCEPT, say("key_onward"))
    return onward, hint(till, context, Action.CANCEL, say("key_folder_up"))


def _listing(till: Till, take: Say) -> tuple[Hint, ...]:
    up, down = (till.rules.keymap.keys_of(Context.LIST, action)[:1] for action in (Action.UP, Action.DOWN))
    accept = hint(till, Context.LIST, Action.ACCEPT, take)
    return Hint((*up, *down), say("key_move")), accept, hint(till, Context.LIST, Action.CANCEL, say("key_close"))
