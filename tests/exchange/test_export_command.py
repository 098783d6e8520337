"""`cashier export`: receipts of some days again, in each form; what is wrong is said before anything is written."""

import errno
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cashier.cli import main
from cashier.exchange.export_command import Format, run_export
from cashier.folder import DataFolder
from tests.core.goods import BREAD, MILK
from tests.exchange.sales_json import read_package
from tests.exchange.sales_xml import read
from tests.exchange.test_sales_aif import by_lines
from tests.store.days import Day
from tests.store.files import tamper

FIRST, SECOND = date(2026, 11, 21), date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Data of a till."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "new" / "out"


@pytest.fixture
def names(folder: DataFolder) -> tuple[str, str, str]:
    """Identifiers of a receipt paid, one given up, and one paid on the next day, at a till that works."""
    day = Day(folder.documents)
    paid, given_up = day.begin(BREAD).close(), day.begin(MILK).receipt.identifier
    day.cancel()
    day.move("in", 100)
    day._made = 86400
    later = day.begin(MILK).close()
    day.begin(BREAD)
    return paid, given_up, later


def exported(out: Path) -> list[str]:
    """Names of the files, no half ones among them."""
    return sorted(path.name for path in out.iterdir())


class TestForms:
    def test_xml(self, folder: DataFolder, names: tuple[str, ...], out: Path) -> None:
        """A file for each receipt of the day, paid or given up; no cash move, no receipt that goes on."""
        assert run_export(FIRST, FIRST, out, "xml", folder) == 0
        assert exported(out) == ["receipt_77_3_1_1_1.xml", "receipt_77_3_1_2_1.xml"]
        ends = [read((out / name).read_bytes()) for name in exported(out)]
        assert [(own.receipt.identifier, own.completed) for own in ends] == [(names[0], True), (names[1], False)]

    def test_json(self, folder: DataFolder, names: tuple[str, ...], out: Path) -> None:
        """A file for each receipt, as a web service would get it."""
        assert run_export(FIRST, SECOND, out, "json", folder) == 0
        assert exported(out) == [f"receipt_77_3_1_{number}_1.json" for number in (1, 2, 4)]
        receipts = [read_package((out / name).read_bytes())[0] for name in exported(out)]
        guids = [
            own.value for receipt in receipts for own in receipt.additional.properties if own.code == "RECEIPT_GUID"
        ]
        assert guids == list(names)

    def test_aif(self, folder: DataFolder, names: tuple[str, ...], out: Path) -> None:
        """One file for all of them, in the order of their ends."""
        assert run_export(FIRST, SECOND, out, "aif", folder) == 0
        assert exported(out) == ["sale_20261121_20261122.json"]
        documents = by_lines((out / exported(out)[0]).read_text("utf-8"))
        assert [(own["identifier"], own["docType"]) for own in documents] == list(zip(names, (1, 8, 1), strict=True))

    def test_again(self, folder: DataFolder, names: tuple[str, ...], out: Path) -> None:
        """Given files of before, when they are written again, then they are the same."""
        assert names
        run_export(FIRST, FIRST, out, "xml", folder)
        before = {path: path.read_bytes() for path in out.iterdir()}
        (out / "receipt_77_3_1_1_1.xml").write_text("old")
        assert run_export(FIRST, FIRST, out, "xml", folder) == 0
        assert {path: path.read_bytes() for path in out.iterdir()} == before

    def test_no_receipt(self, folder: DataFolder, names: tuple[str, ...], out: Path) -> None:
        """Given days without a receipt, then nothing is written, and that is no mistake."""
        assert names
        assert run_export(date(2025, 1, 1), date(2025, 1, 2), out, "xml", folder) == 0
        assert exported(out) == []


class TestMistakes:
    @pytest.mark.parametrize("form", ["xml", "json", "aif"])
    def test_unreadable_receipt(
        self, folder: DataFolder, names: tuple[str, ...], out: Path, form: Format, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given a receipt whose journal is damaged, then it is named and the others are written: 1."""
        assert tamper(folder.documents, f"DELETE FROM journal WHERE body LIKE '%Closed%{names[0]}%'")  # noqa: S608 - ours
        assert run_export(FIRST, SECOND, out, form, folder) == 1
        printed = capsys.readouterr().out
        assert f"чек {names[0]} не читается" in printed
        assert "выгружено чеков: 2, не прочитано: 1" in printed
        assert len(exported(out)) == (1 if form == "aif" else 2)

    @pytest.mark.parametrize("form", ["xml", "aif"])
    def test_disk_that_fills_up(
        self, folder: DataFolder, names: tuple[str, ...], out: Path, form: Format, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a disk that takes no more, then it is broken off with 1, and no half file is left."""
        assert names

        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        assert run_export(FIRST, SECOND, out, form, folder) == 1
        assert exported(out) == []


class TestRefused:
    def test_days_the_wrong_way_round(
        self, folder: DataFolder, names: tuple[str, ...], out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given an end before its beginning, then 2."""
        assert names
        assert run_export(SECOND, FIRST, out, "xml", folder) == 2
        assert "Поменяйте местами --from и --to" in capsys.readouterr().out
        assert not out.exists()

    def test_no_data(self, folder: DataFolder, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a folder without a till, then 2; nothing is made there."""
        assert run_export(FIRST, FIRST, out, "xml", folder) == 2
        assert "--data" in capsys.readouterr().out
        assert not folder.path.exists()
        assert not out.exists()

    def test_folder_that_cannot_be(
        self, folder: DataFolder, names: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given a file in the place of the folder, then 2."""
        assert names
        place = tmp_path / "file"
        place.write_text("")
        assert run_export(FIRST, FIRST, place, "xml", folder) == 2
        assert "--to-dir" in capsys.readouterr().out

    def test_no_database(self, folder: DataFolder, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a file that is no database, then 2, in plain words."""
        folder.path.mkdir()
        folder.documents.write_text("это не база" * 1000)
        assert run_export(FIRST, FIRST, out, "xml", folder) == 2
        assert "не является базой данных" in capsys.readouterr().out


class TestCommand:
    @pytest.mark.parametrize(("since", "until"), [("2026-11-21", "2026-11-22"), ("21.11.2026", "22.11.2026")])
    def test_days(self, folder: DataFolder, names: tuple[str, ...], out: Path, since: str, until: str) -> None:
        """Days are written as programs or as people do; XML is what is asked for by nothing."""
        words = ["export", "--from", since, "--to", until, "--to-dir", str(out), "--data", str(folder.path)]
        assert CliRunner().invoke(main, words).exit_code == 0
        assert len(exported(out)) == len(names)

    @pytest.mark.parametrize("wrong", [("--from", "вчера"), ("--format", "csv")])
    def test_what_cannot_be_read(self, folder: DataFolder, out: Path, wrong: tuple[str, str]) -> None:
        """A day that is none, or a form nobody knows: 2."""
        words = ["export", "--from", "2026-11-21", "--to", "2026-11-21", "--to-dir", str(out), *wrong]
        assert CliRunner().invoke(main, [*words, "--data", str(folder.path)]).exit_code == 2
        assert not out.exists()
