"""The data folder: one running till in it, and a log of one line per record."""

import logging
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.folder import DataFolder, FolderTakenError, OneLine, default_data, open_log, taken

LOG = logging.getLogger("cashier")
HOSTILE = (
    "two\nlines",
    "\r\n2026-11-21 12:00:00,000 INFO cashier forged",
    "\x1b[2J\x1b]0;title\x07",
    "\x00\x1d\x7f\x85\x9b31m",
    "\u2028line\u2029paragraph",
    "\u202eright to left\u200b",
    "lone \udce8 surrogate",
    "[bold]markup[/] %s %d {0}",
    "\ufeff\ue000",
)


class TestLock:
    def test_folder_is_made_and_named(self, tmp_path: Path) -> None:
        """Given a folder that is not there, when a till takes it, then it is made and its lock names the process."""
        folder = DataFolder(tmp_path / "a" / "b")
        with taken(folder):
            assert (folder.path / "till.lock").read_text("utf-8") == str(os.getpid())

    def test_second_till_is_refused(self, tmp_path: Path) -> None:
        """Given a till at work, when another takes its folder, then it is refused and told which process has it."""
        folder = DataFolder(tmp_path)
        with taken(folder), pytest.raises(FolderTakenError, match=str(os.getpid())), taken(folder):
            pass

    def test_refused_till_leaves_the_lock(self, tmp_path: Path) -> None:
        """Given a refused second till, then a third one is refused just so, with the same name."""
        folder = DataFolder(tmp_path)
        with taken(folder):
            for _ in range(2):
                with pytest.raises(FolderTakenError, match=str(os.getpid())), taken(folder):
                    pass

    def test_free_again(self, tmp_path: Path) -> None:
        """Given a till that was left, then the next one takes the folder."""
        for _ in range(2):
            with taken(DataFolder(tmp_path)):
                pass

    def test_free_after_a_kill(self, tmp_path: Path) -> None:
        """Given a till that was killed, then its lock is gone with it, whatever its file says."""
        code = f"""
import os, pathlib
from cashier.folder import DataFolder, taken
with taken(DataFolder(pathlib.Path({str(tmp_path)!r}))):
    os.kill(os.getpid(), 9)
"""
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
        with taken(DataFolder(tmp_path)):
            pass

    def test_lock_names_the_last_process_alone(self, tmp_path: Path) -> None:
        """Given the name of an earlier process in the lock, then nothing of it is left in the new one."""
        (tmp_path / "till.lock").write_text("9" * 20, encoding="utf-8")
        with taken(DataFolder(tmp_path)):
            assert (tmp_path / "till.lock").read_text("utf-8") == str(os.getpid())

    def test_other_folder_is_another_till(self, tmp_path: Path) -> None:
        """Given two folders, then two tills work side by side."""
        with taken(DataFolder(tmp_path / "one")), taken(DataFolder(tmp_path / "two")):
            pass


class TestPlaces:
    def test_names(self, tmp_path: Path) -> None:
        """The databases have the names of interfaces.md."""
        folder = DataFolder(tmp_path)
        assert folder.dictionaries == tmp_path / "dictionaries.db"
        assert folder.documents == tmp_path / "documents.db"

    def test_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given XDG_DATA_HOME, then the data is below it; else below the home folder."""
        monkeypatch.setenv("XDG_DATA_HOME", "/xdg")
        assert default_data() == Path("/xdg/cashier")
        monkeypatch.delenv("XDG_DATA_HOME")
        monkeypatch.setenv("HOME", "/home/till")
        assert default_data() == Path("/home/till/.local/share/cashier")


def logged(folder: Path) -> str:
    """Read what came into the log."""
    for handler in LOG.handlers:
        handler.flush()
    return (folder / "cashier.log").read_text("utf-8")


class TestLog:
    @pytest.fixture(autouse=True)
    def _own_log(self, tmp_path: Path) -> None:
        open_log(DataFolder(tmp_path))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_one_record_is_one_visible_line(self, tmp_path: Path, text: str) -> None:
        """Given a text full of controls, then it is one line of visible characters, and says what was there."""
        LOG.info("scan %s refused", text)
        log = logged(tmp_path)
        assert log.endswith(" refused\n")
        assert len(log.splitlines()) == 1
        assert log.removesuffix("\n").isprintable()

    def test_traceback_is_one_line(self, tmp_path: Path) -> None:
        """Given an exception, then its traceback is joined into the line of its record."""
        try:
            int("no\nnumber")
        except ValueError:
            LOG.exception("step")
        (line,) = logged(tmp_path).splitlines()
        assert "ValueError" in line
        assert "test_folder.py" in line

    def test_line_says_when_what_and_who(self, tmp_path: Path) -> None:
        """Given a record, then its line begins with the time, then level and logger."""
        logging.getLogger("cashier.store").warning("busy")
        date, _, level, name, text = logged(tmp_path).split(maxsplit=4)
        assert (len(date), level, name, text) == (10, "WARNING", "cashier.store", "busy\n")

    def test_log_does_not_go_to_the_screen(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a warning, then nothing is written to the terminal, where the screen lives."""
        LOG.warning("not here")
        assert capsys.readouterr() == ("", "")

    def test_log_does_not_grow_for_ever(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given more than fits, then the oldest goes: five files at most."""
        (handler,) = (own for own in LOG.handlers if isinstance(own, logging.FileHandler))
        monkeypatch.setattr(handler, "maxBytes", 100)
        for number in range(50):
            LOG.info("%d %s", number, "x" * 40)
        assert len(list(tmp_path.glob("cashier.log*"))) == 5
        assert " 49 x" in logged(tmp_path)


@given(text=st.text())
def test_any_text_is_one_line(text: str) -> None:
    """Given any text at all, then the formatter makes one line of visible characters of it."""
    record = logging.LogRecord("cashier", logging.INFO, "", 0, "%s", (text,), None)
    line = OneLine("%(message)s").format(record)
    assert len(line.splitlines()) <= 1
    assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in line)
    line.encode()
