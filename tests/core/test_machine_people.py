"""«Пользователи»: the administrator adds people, changes passwords and roles, locks and lets in again."""

import pytest
from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Person
from cashier.core.events import PeopleListed, Worker
from cashier.core.people import LONGEST_CODE, LONGEST_NAME, code_fits, name_fits
from cashier.core.say import say
from tests.core.approving import menu
from tests.core.goods import IVANOVA, PETROV, SIDOROVA
from tests.core.hand import Hand
from tests.core.office import ANNA, BORIS, PEOPLE, VERA, Office, new_person

MARKUP = "[red]Имя[/] <b>"


class TestList:
    def test_it_opens_with_everybody(self) -> None:
        """Given the list, then the first row is a new person, and each other tells name, role and lock."""
        office = Office()
        assert office.till.mode == m.ListingPeople(PEOPLE)
        assert office.rows == [
            "person_new",
            "person_row person_administrator",
            "person_row person_cashier",
            "person_row person_administrator_locked",
        ]

    @pytest.mark.parametrize("keys", [("3",), ("down", "down", "enter"), ("end", "up", "enter")])
    def test_a_person_is_taken(self, keys: tuple[str, ...]) -> None:
        """Given the list, when a row is taken by digit or by arrows, then it is asked what to change."""
        assert Office().press(*keys).till.mode == m.ChangingPerson(Worker(BORIS))

    def test_only_nine_rows_have_digits(self) -> None:
        """Given more people than digits, then the rows after the ninth are taken by arrows."""
        many = tuple(Worker(Person(str(code), "Имя", 1)) for code in range(12))
        office = Office(*many)
        assert [row.digit for row in office.dialog.options] == [*range(1, 10), 0, 0, 0, 0]
        assert office.press("end", "enter").till.mode == m.ChangingPerson(many[-1])

    def test_escape_goes_back_to_the_sale(self) -> None:
        """Given the list, when Esc is pressed, then it is the sale, and nothing was written."""
        office = Office().press("escape")
        assert (office.till.mode, office.facts) == (m.Selling(), [])

    def test_a_list_that_cannot_be_read_still_stands(self) -> None:
        """Given dictionaries that list nobody, then the row for a new person is there alone."""
        office = Office()
        office.give(PeopleListed(()))
        assert office.rows == ["person_new"]


class TestNewPerson:
    def test_from_code_to_fact(self) -> None:
        """Given code, name, role and password twice, then the person is kept, and who did it is in the journal."""
        office = new_person("4", "Галина Ильина", "2", "пароль", "пароль")
        assert office.orders == [e.SavePerson("4", "Галина Ильина", 2, password="пароль")]
        person = Person("4", "Галина Ильина", 2)
        assert office.facts == [f.PersonChanged(person, "added", ANNA, office.now)]
        assert office.till.mode == m.ListingPeople(office.people)
        assert Worker(person) in office.people
        assert office.till.notice == say("person_saved", code="4", name="Галина Ильина")
        assert e.Signal(accepted=True) in office.effects

    @pytest.mark.parametrize(
        ("texts", "notice", "field"),
        [
            (("",), "person_code_bad", "code"),
            ((" 4",), "person_code_bad", "code"),
            (("4 ",), "person_code_bad", "code"),
            (("4" * 31,), "person_code_bad", "code"),
            (("2",), "person_code_taken", "code"),
            (("4", ""), "person_name_bad", "name"),
            (("4", "   "), "person_name_bad", "name"),
            (("4", "Имя", ""), "person_role_bad", "role"),
            (("4", "Имя", "0"), "person_role_bad", "role"),
            (("4", "Имя", "4"), "person_role_bad", "role"),
            (("4", "Имя", "11"), "person_role_bad", "role"),
            (("4", "Имя", "٣"), "person_role_bad", "role"),
            (("4", "Имя", "1", ""), "person_password_empty", "password"),
            (("4", "Имя", "1", "11", "12"), "person_passwords_differ", "password"),
            (("4", "Имя", "1", "11", ""), "person_passwords_differ", "password"),
        ],
    )
    def test_mistake_is_said_where_it_was_made(self, texts: tuple[str, ...], notice: str, field: str) -> None:
        """Given a field that cannot be, when Enter is pressed, then a quiet line says so and nothing is kept."""
        office = new_person(*texts)
        assert (office.notice, office.field) == (notice, field)
        assert e.Signal(accepted=False) in office.effects
        assert (office.orders, office.facts) == ([], [])

    def test_mistake_can_be_put_right(self) -> None:
        """Given mistakes, when they are put right, then the person is kept with what was typed last."""
        office = new_person("2").press("backspace").enter("30", "Имя", "7", "2", "11", "12", "13", "13")
        assert office.changes == [("30", "added")]
        assert office.people[-1] == Worker(Person("30", "Имя", 2))

    def test_longest_code(self) -> None:
        """Given a code of 30 characters, then it is one."""
        assert new_person("4" * 30, "Имя", "1", "1", "1").changes == [("4" * 30, "added")]

    def test_blanks_around_a_name_are_left_out(self) -> None:
        """Given a name with blanks at its ends, then it is kept without them; a comma stays a comma."""
        office = new_person("4", " Ли, Анна ", "1", "1", "1")
        assert office.people[-1].person.name == "Ли, Анна"

    def test_escape_goes_one_step_back_each_time(self) -> None:
        """Given the password again, when Esc is pressed, then each field comes back as it was typed, but no secret."""
        office = new_person("4", "Имя", "2", "11").write("1")
        seen = []
        while office.field:
            seen.append((office.field, office.entry))
            office.press("escape")
        assert seen == [("again", "•"), ("password", ""), ("role", "2"), ("name", "Имя"), ("code", "4")]
        assert office.till.mode == m.ListingPeople(PEOPLE)

    def test_code_taken_in_the_meantime(self) -> None:
        """Given a code that an import gave away while the rest was typed, then nobody is overwritten."""
        office = new_person("4", "Имя", "1", "1")
        office.people = (*PEOPLE, Worker(Person("4", "Другой", 1)))
        office.enter("1")
        assert (office.notice, office.field, office.entry, office.changes) == ("person_code_taken", "code", "4", [])


class TestHostileTexts:
    def test_markup_is_a_name_like_any_other(self) -> None:
        """Given markup for a name, then it is kept and shown as it stands, in a place and never as a key."""
        office = new_person("4", MARKUP, "1", "1", "1").press("end")
        assert office.dialog.options[-1].caption == say("person_row", code="4", name=MARKUP)

    @pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "\x00", "\u202eabc", "\ud800", "a\tb", "\u200b"])
    def test_what_cannot_be_printed_is_refused(self, text: str) -> None:
        """Given control characters that got into an entry, then neither a code nor a name has them."""
        assert not code_fits(text)
        assert not name_fits(text)
        for field in ("code", "name"):
            office = Office()
            office.till = replace(office.till, mode=m.TypingPerson(Person("", "", 1), field, text, new=True))
            assert office.press("enter").notice == f"person_{field}_bad"

    def test_limits(self) -> None:
        """The longest code and name fit, and one more character does not."""
        assert [code_fits("1" * length) for length in (1, LONGEST_CODE, LONGEST_CODE + 1)] == [True, True, False]
        assert [name_fits("я" * length) for length in (1, LONGEST_NAME, LONGEST_NAME + 1)] == [True, True, False]

    def test_control_keys_type_nothing(self) -> None:
        """Given keys that type no printable character, then they are refused with a tone."""
        office = Office().press("1")
        for key in ("f9", "tab", "\x1b", "\u202e", ""):
            assert office.press(key).effects == (e.Signal(accepted=False),)
        assert office.entry == ""


class TestChange:
    def test_new_password(self) -> None:
        """Given a person, when a password is typed twice, then it is kept and all the rest stays."""
        office = Office().press("3", "1").enter("77", "77")
        assert office.orders == [e.SavePerson("2", "Борис", 1, password="77")]
        assert office.changes == [("2", "password")]

    def test_new_password_of_somebody_locked_lets_nobody_in(self) -> None:
        """Given a locked person, when the password is changed, then the lock stays."""
        office = Office().press("4", "1").enter("77", "77")
        assert [order.locked for order in office.orders] == [True]

    def test_lock_and_let_in_again(self) -> None:
        """Given a cashier, when locked and let in again, then both are in the journal and the row says which it is."""
        office = Office().press("3")
        assert office.rows == ["person_password", "person_lock", "person_role"]
        office.press("2").press("3")
        assert office.rows == ["person_password", "person_unlock", "person_role"]
        office.press("2")
        assert office.changes == [("2", "locked"), ("2", "unlocked")]
        assert office.people == PEOPLE

    def test_lock_is_what_the_row_said(self) -> None:
        """Given a person whom an import has locked meanwhile, when «lock» is taken, then he stays locked."""
        office = Office().press("3")
        office.people = (Worker(ANNA), Worker(BORIS, locked=True))
        assert [order.locked for order in office.press("2").orders] == [True]

    def test_role(self) -> None:
        """Given a person, when another role is typed, then it is kept, with the lock as it was."""
        office = Office().press("4", "3").enter("2")
        assert office.orders == [e.SavePerson("3", "Вера", 2, locked=True)]
        assert office.changes == [("3", "role")]

    @pytest.mark.parametrize("row", ["1", "3"])
    def test_escape_comes_back_to_the_person(self, row: str) -> None:
        """Given a password or a role that is typed, when Esc is pressed, then the person stands there as he is now."""
        office = Office().press("4", row, "escape")
        assert office.till.mode == m.ChangingPerson(PEOPLE[2], int(row) - 1)
        assert office.press("escape").till.mode == m.ListingPeople(PEOPLE)

    @pytest.mark.parametrize("keys", [("2",), ("1", "7", "enter", "7", "enter"), ("3", "2", "enter"), ("1", "escape")])
    def test_person_deleted_in_the_meantime(self, keys: tuple[str, ...]) -> None:
        """Given a person whom an import has deleted, when something is changed, then nobody is made anew."""
        office = Office().press("3")
        office.people = (Worker(ANNA),)
        office.press(*keys)
        assert (office.notice, office.changes) == ("person_gone", [])
        assert office.till.mode == m.ListingPeople((Worker(ANNA),))


class TestNobodyIsLockedOut:
    def test_oneself(self) -> None:
        """Given one's own row, then neither lock nor role can be taken; the password can."""
        office = Office(Worker(ANNA), Worker(replace(VERA, code="3"))).press("2", "2")
        assert (office.notice, office.changes) == ("person_own_lock", [])
        assert office.press("3").notice == "person_own_role"
        assert office.press("1").enter("5", "5").changes == [("1", "password")]

    def test_last_administrator_is_not_locked(self) -> None:
        """Given one administrator who can sign in, when a senior with the right locks him, then it is refused."""
        office = Office(by=Person("8", "Петров", 2)).press("2", "2")
        assert (office.notice, office.changes) == ("person_last_administrator", [])

    @pytest.mark.parametrize("role", ["1", "2"])
    def test_last_administrator_keeps_the_role(self, role: str) -> None:
        """Given one administrator who can sign in, when the role is taken from him, then it is refused."""
        office = Office(by=Person("8", "Петров", 2)).press("2", "3").enter(role)
        assert (office.notice, office.field, office.entry, office.changes) == (
            *("person_last_administrator", "role", ""),
            [],
        )

    def test_locked_administrator_can_go(self) -> None:
        """Given a locked administrator beside one who can sign in, then the role can be taken from him."""
        assert Office(by=Person("8", "Петров", 2)).press("4", "3").enter("1").changes == [("3", "role")]


class TestSaving:
    def test_failure_is_told_and_not_recorded(self) -> None:
        """Given dictionaries that take nothing, then a popup says so over the fresh list, and no fact is written."""
        office = Office()
        office.keeps = False
        office.press("3", "2")
        reason, advice = say("person_not_saved", code="2", name="Борис"), say("person_not_saved_advice")
        assert office.till.mode == m.Popup(reason, advice, m.ListingPeople(PEOPLE))
        assert office.facts == []
        assert e.Signal(accepted=False) in office.effects

    def test_keys_wait(self) -> None:
        """Given a change that is being kept, when keys are pressed, then nothing happens."""
        office = Office().press("3")
        office.answers = False
        office.press("2").give(PeopleListed(PEOPLE))
        saving = office.till
        assert saving.mode == m.SavingPerson(BORIS, "locked")
        for key in ("enter", "escape", "1", "f10"):
            assert office.press(key).till == saving
            assert office.effects == ()


class TestByAnotherUsersWord:
    """A cashier is signed in, and an administrator has allowed the list and stands beside the till."""

    def taken(self, person: Person) -> Hand:
        """Open the list by the administrator's word and take somebody."""
        hand = Hand.signed_in().press(*menu("menu_users")).approve(SIDOROVA.code)
        row = [worker.person for worker in hand.workers].index(person) + 1
        return hand.press(*("down",) * row, "enter")

    def test_it_is_the_administrator_who_did_it(self) -> None:
        """Given a change by an administrator's word, then the journal has the administrator for it."""
        hand = self.taken(PETROV).press("2")
        (changed,) = hand.happened(f.PersonChanged)
        assert isinstance(changed, f.PersonChanged)
        assert (changed.person, changed.change, changed.by) == (PETROV, "locked", SIDOROVA)

    def test_oneself_is_the_administrator(self) -> None:
        """Given that list, then the administrator locks the cashier out and not herself, nor takes her own role."""
        assert self.taken(SIDOROVA).press("2").notice == "person_own_lock"
        assert self.taken(SIDOROVA).press("3").notice == "person_own_role"
        hand = self.taken(IVANOVA).press("2")
        assert (hand.notice, len(hand.happened(f.PersonChanged))) == ("person_saved", 1)
