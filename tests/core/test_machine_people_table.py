"""Every state of the people with every event; what a state may never do; and where a password may never stand."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.events import PeopleListed, PersonSaved, Scanned, Stamped, Turn
from cashier.core.ledger import fold
from cashier.core.machines.people import PeopleMode, people
from cashier.core.state import Step, Till
from cashier.core.view_people import dialog_of, entry_of
from tests.core.office import BORIS, NOON, PEOPLE, Office, new_person
from tests.core.samples import COMMON


def states() -> dict[str, Till]:
    """Return a till in every state of the people."""
    waiting = Office().press("3")
    waiting.answers = False
    waiting.press("2").give(PeopleListed(PEOPLE))
    nobody = Office(by=None)
    return {
        "list": Office().till,
        "last row": Office().press("end").till,
        "unread list": replace(Office().till, mode=m.ListingPeople()),
        "person": Office().press("3").till,
        "person, lock chosen": Office().press("3", "down").till,
        "oneself, role chosen": Office().press("2", "end").till,
        "new code": Office().press("1").till,
        "code typed": Office().press("1").write("4").till,
        "code taken": Office().press("1").enter("2").till,
        "name": new_person("4").write("Имя").till,
        "role": new_person("4", "Имя").write("2").till,
        "password": new_person("4", "Имя", "2").write("11").till,
        "password again": new_person("4", "Имя", "2", "11").write("11").till,
        "other role": Office().press("3", "3").write("3").till,
        "other password": Office().press("3", "1").write("9").till,
        "other password again": Office().press("3", "1").enter("9").write("9").till,
        "saving": waiting.till,
        "list of nobody's": nobody.till,
        "saving by nobody": replace(nobody.till, mode=m.SavingPerson(BORIS, "role")),
    }


EVENTS: tuple[Turn, ...] = (
    *(event for event in COMMON if isinstance(event, Turn)),
    PeopleListed(()),
    PeopleListed(PEOPLE),
    PersonSaved(done=True),
    PersonSaved(done=False),
)
STATES = states()


def after(till: Till, event: Turn) -> Step:
    """Step a state of the people."""
    assert isinstance(till.mode, PeopleMode)
    return people(till, till.mode, Stamped(event, NOON, UUID(int=1)), event)


class TestTable:
    @pytest.mark.parametrize("name", STATES)
    def test_state_takes_every_event(self, name: str) -> None:
        """Given any state, when anything happens, then the step is repeatable and its view can be drawn."""
        till = STATES[name]
        for event in EVENTS:
            result = after(till, event)
            assert result == after(till, event)
            facts = tuple(fact for own in result.effects if isinstance(own, e.Record) for fact in own.facts)
            assert result.till.ledger == fold(till.ledger, facts)
            assert e.Record not in [type(effect) for effect in result.effects][1:]
            mode = result.till.mode
            assert isinstance(mode, PeopleMode | m.Selling | m.Popup)
            if isinstance(mode, PeopleMode):
                assert dialog_of(result.till, mode).title
            assert (entry_of(mode) is not None) == isinstance(mode, m.TypingPerson)

    @pytest.mark.parametrize("name", STATES)
    def test_scan_is_refused_aloud(self, name: str) -> None:
        """Given any state, when something is scanned, then there is a tone and a line in the log, nothing else."""
        till = STATES[name]
        for event in EVENTS:
            if isinstance(event, Scanned):
                result = after(till, event)
                assert result.till == replace(till, notice=result.till.notice)
                assert result.till.notice is not None
                assert [type(effect) for effect in result.effects] == [e.Signal, e.Log]

    def test_answers_nobody_waits_for_change_nothing(self) -> None:
        """Given fields that ask nothing, when a list or an outcome comes, then the till stands as it stood."""
        for name in ("name", "role", "password", "new code"):
            for event in (PeopleListed(PEOPLE), PersonSaved(done=True), PersonSaved(done=False)):
                assert after(STATES[name], event) == Step(STATES[name])


class TestSecrets:
    def test_password_stands_nowhere(self) -> None:
        """Given a password that is typed twice and kept, then no state, effect, view or fact shows it."""
        secret = "7390518264"
        office = new_person("4", "Имя", "1")
        seen = []
        for key in (*secret, "enter", *secret, "enter"):
            office.press(key)
            seen += [repr(office.till), repr(office.effects), repr(office.dialog), office.entry]
        written = [f.to_json(fact).decode() for fact in office.facts]
        assert len(written) == 1
        assert not any(secret[:4] in text for text in (*seen, *written))

    def test_dots_are_counted(self) -> None:
        """Given a password that is typed, then there is a dot for each character."""
        office = new_person("4", "Имя", "1").write("12345")
        assert office.entry == "•••••"
        office.press("enter").write("12")
        assert office.entry == "••"
