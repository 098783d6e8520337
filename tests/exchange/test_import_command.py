"""What `cashier import` and `cashier user add` print, and how they end."""

import io
import json

import pytest

from cashier.exchange.command import run_import
from cashier.store.passwords import check_password
from cashier.store.staff_command import run_user_add
from tests.exchange.trade_files import Shop, aif, item


class TestImport:
    def test_good_file_ends_with_zero(self, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
        """Commands are counted, those not kept are named."""
        file = shop.folder / "x.aif"
        file.write_text(aif(item(), {"command": "addCard", "card": {}}))
        assert run_import([file], shop.folder) == 0
        printed = capsys.readouterr().out
        assert "addInventItem: 1" in printed
        assert "addCard: 1 — касса этого не хранит, пропущено" in printed

    def test_bad_record_ends_with_one(self, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
        """The mistake is told with its place, reason and what to do, and no control character of the file."""
        file = shop.folder / "x.aif"
        file.write_text(json.dumps({**item(), "A\x1b[2J": 1, "a\x1b[2j": 1}) + "\n---\n" + json.dumps(item()))
        assert run_import([file], shop.folder) == 1
        printed = capsys.readouterr().out
        assert "x.aif, строка 1: поле" in printed
        assert "\x1b" not in printed

    def test_unreadable_file_ends_with_two(self, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing is changed, and that is said."""
        file = shop.folder / "x.aif"
        file.write_text("?")
        assert run_import([file], shop.folder) == 2
        assert "Ничего не изменено" in capsys.readouterr().out

    def test_damaged_database_ends_with_two(self, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that is no database is refused in plain words."""
        shop.path.write_text("это не база" * 1000)
        file = shop.folder / "x.aif"
        file.write_text(aif(item()))
        assert run_import([file], shop.folder) == 2
        assert "не является базой данных" in capsys.readouterr().out


class TestUserAdd:
    def test_person_can_sign_in(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        """The password comes from standard input and is kept as a hash; done again it is changed."""
        for password in ("1111", "2222"):
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
            assert run_user_add("7", "Петрова", 3, shop.folder) == 0
        found = shop.dictionaries.person("7")
        assert found is not None
        assert (found[0].name, found[0].role) == ("Петрова", 3)
        assert check_password("2222", found[1])
        assert not check_password("1111", found[1])

    @pytest.mark.parametrize(
        ("code", "name", "role", "password"),
        [("", "А", 1, "1"), ("1", "\x1b", 1, "1"), ("1", "А", 4, "1"), ("1", "А", 1, "")],
    )
    def test_nonsense_is_refused(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch, code: str, name: str, role: int, password: str
    ) -> None:
        """No code, control characters, an unknown role, no password: refused before anything is made."""
        monkeypatch.setattr("sys.stdin", io.StringIO(password))
        assert run_user_add(code, name, role, shop.folder) == 2
        assert not shop.path.exists()

    def test_terminal_asks_twice(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal the password is asked for, unseen, and confirmed."""
        asked: list[dict[str, object]] = []

        def prompt(_text: str, **how: object) -> str:
            asked.append(how)
            return "5"

        monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})())
        monkeypatch.setattr("click.prompt", prompt)
        assert run_user_add("7", "Петрова", 1, shop.folder) == 0
        assert asked == [{"hide_input": True, "confirmation_prompt": "Пароль ещё раз"}]
