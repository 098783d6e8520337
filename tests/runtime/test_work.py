"""From settings to the till and what hangs on it: rules, letterhead, password check, devices of the trainee."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cashier.core.catalogue import Person
from cashier.core.events import PasswordChecked
from cashier.core.money import ZERO, Kopecks
from cashier.core.paper import Letterhead
from cashier.core.rights import LOWEST_ROLES, Right
from cashier.demo.addresses import Addresses
from cashier.demo.start import demo_settings
from cashier.equipment import equip
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.passwords import hash_password
from cashier.store.staff import save_person
from cashier.till import NO_EXTRAS, rules_of
from cashier.uptime import uptime
from cashier.work import NOBODYS_HASH, letterhead, password_check
from devices import SimulatedPrinter, SimulatedTerminal

KOTOVA = Person("9", "Котова", 2)


class TestRules:
    def test_defaults(self) -> None:
        """Given no settings, then rights are the usual ones, cards are the cashier's word, and no sum is limited."""
        rules = rules_of(Settings(), NO_EXTRAS)
        assert rules.rights == dict(LOWEST_ROLES)
        assert (rules.terminal, rules.fiscal) == (False, True)
        assert (rules.drawer_warning, rules.drawer_limit) == (ZERO, ZERO)

    def test_of_the_settings(self) -> None:
        """Given rights, a terminal and sums in the settings, then the machines go by them."""
        settings = Settings(
            rights=s.Rights(discount=1, cash_in=3),
            payment_terminal=s.PaymentTerminal(type="simulated"),
            drawer=s.Drawer(warning=Kopecks(1_000_000), limit=Kopecks(5_000_000)),
        )
        rules = rules_of(settings, NO_EXTRAS)
        assert (rules.rights[Right.DISCOUNT], rules.rights[Right.CASH_IN], rules.rights[Right.REFUND]) == (1, 3, 2)
        assert rules.terminal
        assert (rules.drawer_warning, rules.drawer_limit) == (1_000_000, 5_000_000)

    def test_every_right_has_a_setting(self) -> None:
        """Whatever needs a right, the settings say whose it is."""
        assert set(rules_of(Settings(), NO_EXTRAS).rights) == set(Right)


class TestLetterhead:
    def test_of_the_settings(self) -> None:
        """Given a shop with a name, an address and thanks, then they are on its papers."""
        settings = Settings(
            till=s.Till(shopcode=77, cashcode=3, name="Магазин"),
            receipt=s.Receipt(header=("ул. Лесная",), footer=("Спасибо",)),
        )
        head = Letterhead("77", "3", "Магазин", ("ул. Лесная",), ("Спасибо",))
        assert letterhead(settings, training=False) == head
        assert letterhead(settings, training=True).training


class TestTerminal:
    def test_stands_alone_unless_the_settings_say_otherwise(self, tmp_path: Path) -> None:
        """Given no terminal in the settings, then there is none; a simulated one keeps its operations in the data."""
        assert equip(Settings(), tmp_path).terminal is None
        simulated = Settings(payment_terminal=s.PaymentTerminal(type="simulated"))
        assert isinstance(equip(simulated, tmp_path).terminal, SimulatedTerminal)

    def test_trainee_has_simulated_devices(self, tmp_path: Path) -> None:
        """Given a trainee with real devices in the settings, then printer and terminal are simulated; time stays."""
        own = Settings(
            printers=(s.Printer(name="real", type="network", host="192.0.2.1"),),
            payment_terminal=s.PaymentTerminal(timeout=7.0),
        )
        settings = demo_settings(own, Addresses("http://127.0.0.1:8080", "http://127.0.0.1:8080/queue"))
        made = equip(settings, tmp_path)
        assert isinstance(made.printer, SimulatedPrinter)
        assert isinstance(made.terminal, SimulatedTerminal)
        assert settings.payment_terminal.timeout == 7.0


class TestPasswords:
    @pytest.fixture
    def dictionaries(self, tmp_path: Path) -> Iterator[Dictionaries]:
        """Dictionaries with one person, whose password is «secret»."""
        path = tmp_path / "dictionaries.db"
        conn = prepare_dictionaries(path)
        save_person(conn, KOTOVA, hash_password("secret"))
        conn.close()
        made = Dictionaries(path)
        yield made
        made.close()

    async def test_right_and_wrong(self, dictionaries: Dictionaries) -> None:
        """Given a password that fits and one that does not, then the person comes with the first one only."""
        check = password_check(dictionaries)
        assert await check("9", "secret") == PasswordChecked("9", KOTOVA)
        assert await check("9", "secre") == PasswordChecked("9", None)

    async def test_locked_person_is_said_to_be_locked(self, dictionaries: Dictionaries, tmp_path: Path) -> None:
        """Given a locked person, then the password still fits, and the till is told that nobody signs in with it."""
        conn = prepare_dictionaries(tmp_path / "dictionaries.db")
        save_person(conn, KOTOVA, locked=True)
        conn.close()
        assert await password_check(dictionaries)("9", "secret") == PasswordChecked("9", KOTOVA, locked=True)

    async def test_unknown_code_is_compared_all_the_same(
        self, dictionaries: Dictionaries, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a code nobody has, then a hash is compared as for any other, and nobody's password is known."""
        compared: list[str] = []

        def fits(_password: str, kept: str) -> bool:
            compared.append(kept)
            return False

        monkeypatch.setattr("cashier.work.check_password", fits)
        assert await password_check(dictionaries)("12", "secret") == PasswordChecked("12", None, known=False)
        assert compared == [NOBODYS_HASH]


class TestUptime:
    def test_goes_on_and_is_no_time_of_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a clock of the wall that is set back, then the uptime goes on."""
        before = uptime()
        monkeypatch.setattr("time.time", lambda: -timedelta(days=1).total_seconds())
        assert 0 <= uptime() - before < 60

    def test_without_such_a_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a system without it, then the one that stands still in sleep is good enough."""
        monkeypatch.setattr("cashier.uptime._CLOCK", None)
        monkeypatch.setattr("time.monotonic", lambda: 12.5)
        assert uptime() == 12.5
