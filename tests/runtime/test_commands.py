"""The commands as somebody types them: exit codes of interfaces.md, words in the place of tracebacks."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cashier.folder import DataFolder, taken
from cashier.settings import default_conf
from cashier.store.dictionaries import Dictionaries
from cashier.store.passwords import check_password
from tests.exchange.trade_files import aif, item
from tests.runtime.conftest import Do
from tests.store.journals import trading

HOSTILE = "\x1b[2J'; DROP TABLE mol; --"


class TestUserAdd:
    def test_user_can_sign_in(self, do: Do, data: Path) -> None:
        """Given code, name, role and a password by a pipe, then this person is known with this password alone."""
        result = do("user", "add", "7", "Иванова", "--role", "2", stdin="тайна 1\n")
        assert (result.exit_code, result.output) == (0, "Иванова (7): старший кассир\n")
        dictionaries = Dictionaries(data / "dictionaries.db")
        found = dictionaries.person("7")
        dictionaries.close()
        assert found is not None
        assert (found[0].name, found[0].role) == ("Иванова", 2)
        assert check_password("тайна 1", found[1])
        assert not check_password("тайна", found[1])
        assert "тайна" not in found[1]

    def test_known_user_is_changed(self, do: Do, data: Path) -> None:
        """Given a known code, when it is added again, then name, role and password are the new ones."""
        for name, role in (("Иванова", "1"), ("Петрова", "3")):
            assert do("user", "add", "7", name, "--role", role, stdin=f"{name}\n").exit_code == 0
        dictionaries = Dictionaries(data / "dictionaries.db")
        found = dictionaries.person("7")
        dictionaries.close()
        assert found is not None
        assert (found[0].name, found[0].role, check_password("Петрова", found[1])) == ("Петрова", 3, True)

    @pytest.mark.parametrize(
        ("words", "stdin"),
        [
            (("7", "Иванова", "--role", "1"), "\n"),
            (("7", "Иванова", "--role", "1"), ""),
            (("7", "Иванова", "--role", "4"), "1\n"),
            (("7", "Иванова"), "1\n"),
            (("", "Иванова", "--role", "1"), "1\n"),
            (("7", " ", "--role", "1"), "1\n"),
            ((HOSTILE, "Иванова", "--role", "1"), "1\n"),
            (("7", HOSTILE, "--role", "1"), "1\n"),
            (("7" * 31, "Иванова", "--role", "1"), "1\n"),
        ],
    )
    def test_refused_before_anything_is_changed(self, do: Do, data: Path, words: tuple[str, ...], stdin: str) -> None:
        """Given no password, no such role, or a code or name that cannot be shown, then 2 and no file is made."""
        assert do("user", "add", *words, stdin=stdin).exit_code == 2
        assert not data.exists()


class TestImport:
    def write(self, folder: Path, text: str) -> Path:
        """Write a file to import."""
        path = folder / "goods.aif"
        path.write_text(text, encoding="utf-8")
        return path

    def test_good_file(self, do: Do, tmp_path: Path, data: Path) -> None:
        """Given a file without mistakes, then 0, and the goods are there."""
        result = do("import", self.write(tmp_path, aif(item("1"), item("2"))))
        assert result.exit_code == 0
        assert (data / "dictionaries.db").exists()

    def test_file_with_a_bad_record(self, do: Do, tmp_path: Path) -> None:
        """Given one bad record among good ones, then 1, and the record is named."""
        result = do("import", self.write(tmp_path, aif(item("1"), item("2", price="a lot"))))
        assert result.exit_code == 1
        assert "goods.aif" in result.output

    def test_unreadable_file(self, do: Do, tmp_path: Path) -> None:
        """Given a file of no kind known, then 2."""
        assert do("import", self.write(tmp_path, "nothing of the kind")).exit_code == 2

    def test_file_that_is_not_there(self, do: Do, tmp_path: Path) -> None:
        """Given the name of no file, then 2."""
        assert do("import", tmp_path / "nowhere").exit_code == 2

    def test_beside_a_running_till(self, do: Do, tmp_path: Path, data: Path) -> None:
        """Given a till at work in the folder, then an import is done all the same."""
        with taken(DataFolder(data)):
            assert do("import", self.write(tmp_path, aif(item("1")))).exit_code == 0


class TestCheck:
    def test_before_the_first_sale(self, do: Do) -> None:
        """Given a till that has not worked yet, then 0, and it says so."""
        result = do("check")
        assert result.exit_code == 0
        assert "касса ещё не работала" in result.output
        assert result.stdout.endswith("Ошибок нет\n")

    def test_whole_journal(self, do: Do, data: Path) -> None:
        """Given a till that has sold, then 0 and the length of its journal."""
        facts = trading(data / "documents.db").facts
        result = do("check")
        assert result.exit_code == 0
        assert f"журнал цел, записей: {len(facts)}" in result.output

    def test_changed_journal(self, do: Do, data: Path) -> None:
        """Given a journal that was meddled with, then 1 and the row."""
        trading(data / "documents.db").documents.close()
        conn = sqlite3.connect(data / "documents.db")
        conn.executescript("DROP TRIGGER journal_keeps; UPDATE journal SET at = '' WHERE seq = 5")
        conn.close()
        result = do("check")
        assert (result.exit_code, "запись 5 изменена" in result.output) == (1, True)

    @pytest.mark.parametrize("content", [b"", b"no database at all " * 1000])
    def test_file_that_is_no_journal(self, do: Do, data: Path, content: bytes) -> None:
        """Given an empty file or a text in the place of the journal, then 1 and words."""
        data.mkdir()
        (data / "documents.db").write_bytes(content)
        result = do("check")
        assert result.exit_code == 1
        assert "documents.db" in result.output

    def test_mistakes_of_the_settings(self, do: Do, conf: Path) -> None:
        """Given three mistakes in two files, then 1, and each with its file and line."""
        (conf / "ncash.ini").write_text("[Till]\nshopcode = many\nflavour = 1\n", encoding="utf-8")
        (conf / "ncash.ini.d" / "keys.ini").write_text("[Keys.sale]\nsearch = f4\n", encoding="utf-8")
        result = do("check")
        assert result.exit_code == 1
        assert "ncash.ini:2" in result.output
        assert "ncash.ini:3" in result.output

    def test_clash_of_keys(self, do: Do, conf: Path) -> None:
        """Given one key for two actions, then 1, with file and line."""
        (conf / "ncash.ini.d" / "keys.ini").write_text("[Keys.sale]\nsearch = f4\n", encoding="utf-8")
        result = do("check")
        assert result.exit_code == 1
        assert "keys.ini:2" in result.output

    def test_settings_that_do_nothing_yet(self, do: Do, conf: Path) -> None:
        """Given a rule that this version does not act on, then a warning says so; it is no mistake."""
        (conf / "ncash.ini.d" / "exchange.ini").write_text("[Printer.a]\n[Printer.b]\n", encoding="utf-8")
        result = do("check")
        assert result.exit_code == 0
        assert "Внимание: [Printer.b]: эта версия кассы этого не выполняет" in result.output

    def test_shipped_settings_have_no_mistake(self, do: Do, conf: Path) -> None:
        """Given the settings as they are shipped, then 0."""
        shutil.rmtree(conf)
        shutil.copytree(default_conf(), conf)
        assert do("check").exit_code == 0


class TestRefusedStart:
    """2: refused before anything was changed."""

    @pytest.mark.parametrize("command", [("run",), ("demo",), ("import", "x"), ("scanner",), ("user", "add", "7", "И")])
    def test_mistake_in_the_settings(self, do: Do, conf: Path, data: Path, command: tuple[str, ...]) -> None:
        """Given a mistake in the settings, then no command works, and each says where."""
        (conf / "ncash.ini").write_text("[Till]\nshopcode = many\n", encoding="utf-8")
        role = ("--role", "1") if command[0] == "user" else ()
        result = do(*command, *role, stdin="1\n")
        assert result.exit_code == 2
        assert "ncash.ini:2" in result.output
        assert not data.exists()

    @pytest.mark.parametrize("command", ["run", "demo"])
    def test_second_start(self, do: Do, data: Path, command: str) -> None:
        """Given a till at work in the folder, when another is started, then it says so and names the process."""
        with taken(DataFolder(data)):
            result = do(command)
        assert result.exit_code == 2
        assert "Касса уже запущена" in result.output
        assert "--data" in result.output

    @pytest.mark.parametrize("command", ["run", "demo"])
    def test_damaged_database(self, do: Do, data: Path, command: str) -> None:
        """Given a text in the place of a database, then the till does not start, and says what to do."""
        data.mkdir()
        (data / "dictionaries.db").write_text("no database at all " * 1000, encoding="utf-8")
        result = do(command)
        assert result.exit_code == 2
        assert "dictionaries.db" in result.output

    def test_folder_that_cannot_be_written(self, do: Do, data: Path) -> None:
        """Given a file where the data folder should be, then words."""
        data.write_text("", encoding="utf-8")
        assert do("run").exit_code == 2

    def test_lesson_that_is_not_there(self, do: Do) -> None:
        """Given the name of no lesson, then words."""
        result = do("demo", "--lesson", "flying")
        assert result.exit_code == 2
        assert "flying" in result.output

    def test_unknown_command(self, do: Do) -> None:
        """Given no command of ours, then 2."""
        assert do("fly").exit_code == 2


class TestModule:
    def test_help_names_every_command(self) -> None:
        """`python -m cashier` is the command `cashier`, and its help names the commands."""
        result = subprocess.run([sys.executable, "-m", "cashier", "--help"], check=True, capture_output=True, text=True)
        for command in ("check", "demo", "import", "run", "scanner", "user"):
            assert f"\n  {command} " in result.stdout

    def test_settings_need_no_screen(self) -> None:
        """Given a command without a screen, then the screen's library is not loaded for it."""
        code = "import sys, cashier.cli; sys.exit('textual' in sys.modules or 'sqlite_utils' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
