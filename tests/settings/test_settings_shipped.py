"""The shipped files: every key of the model is there at its default, and nothing else."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from cashier.core.keys import DEFAULT
from cashier.settings import Settings, load
from cashier.settings.effective import describe, report
from cashier.settings.sections import NAMED, SINGLE, slots

CONF = Path(__file__).parents[2] / "conf"
FILES = [CONF / "ncash.ini", *sorted((CONF / "ncash.ini.d").glob("*.ini"))]
SWITCHED = re.compile(r";(\[[A-Z].*\]|\w+ =.*)")


def uncommented(text: str, *, named: bool) -> str:
    """The file as if a shop had taken every `;` away that stands before a key (and a section, if `named`)."""
    lines, skipping = [], False
    for line in text.splitlines():
        skipping = line.startswith(";[") if "[" in line[:2] else skipping
        if SWITCHED.fullmatch(line) and (named or not skipping):
            lines.append(line[1:])
        elif line.startswith("["):
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture
def uncommented_conf(tmp_path: Path) -> Path:
    """The shipped files with every key of every section in force."""
    return written(tmp_path, named=True)


def written(folder: Path, *, named: bool) -> Path:
    """Put the uncommented files into a folder."""
    for file in FILES:
        target = folder / file.relative_to(CONF)
        target.parent.mkdir(exist_ok=True)
        target.write_text(uncommented(file.read_text(encoding="utf-8"), named=named), encoding="utf-8")
    return folder


def keys_by_section(folder: Path) -> dict[str, list[str]]:
    """Keys of each section, as often as they stand there."""
    found: dict[str, list[str]] = {}
    for file in [folder / "ncash.ini", *sorted((folder / "ncash.ini.d").glob("*.ini"))]:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line[1:-1]
            elif line:
                found.setdefault(section, []).append(line.partition(" =")[0])
    return found


def test_shipped_files_state_nothing() -> None:
    """Every key is commented out, so the till starts with the defaults."""
    loaded = load(CONF)
    assert loaded.settings == Settings()
    assert (loaded.mistakes, loaded.warnings) == ((), ())


def test_uncommented_keys_give_exactly_the_defaults(tmp_path: Path) -> None:
    """What the files show as default is the default."""
    loaded = load(written(tmp_path, named=False))
    assert loaded.settings is not None, list(map(str, loaded.mistakes))
    assert describe(loaded.settings)[: len(describe(Settings()))] == describe(Settings())
    assert not loaded.warnings
    for field in Settings.__struct_fields__:
        if field != "keys":
            assert getattr(loaded.settings, field) == getattr(Settings(), field)


def test_every_key_of_the_model_is_shipped_once_and_no_other(uncommented_conf: Path) -> None:
    """Each singleton section, and one example of each section that may be there several times."""
    shipped = keys_by_section(uncommented_conf)
    for section, (_, kind) in SINGLE.items():
        assert sorted(shipped.pop(section)) == sorted(slots(kind))
    for prefix, (_, kind) in NAMED.items():
        (section,) = [name for name in shipped if name.startswith(f"{prefix}.")]
        assert sorted(shipped.pop(section)) == sorted(slots(kind))
    left = {name: keys for name, keys in shipped.items() if not name.startswith("Keys.")}
    assert left
    assert all(name.startswith("MarkedGoods.") and keys == ["mask"] for name, keys in left.items())


def test_examples_of_named_sections_are_right_once_a_device_is_named(uncommented_conf: Path) -> None:
    """A serial scanner needs its port and a restriction its goods: nothing else is left to fill in."""
    loaded = load(uncommented_conf)
    assert [mistake.text for mistake in loaded.mistakes] == ["[Scanner.main]: не задан port"]


def test_defaults_of_devices_are_those_of_the_model(uncommented_conf: Path) -> None:
    """An uncommented example of a scanner or printer changes nothing but its name."""
    devices = uncommented_conf / "ncash.ini.d" / "devices.ini"
    devices.write_text(devices.read_text(encoding="utf-8").replace("port =\nbaud", "port = p\nbaud"), encoding="utf-8")
    settings = load(uncommented_conf).settings
    assert settings is not None
    for kind, (device,) in ((NAMED["Scanner"][1], settings.scanners), (NAMED["Printer"][1], settings.printers)):
        for slot in slots(kind).values():
            assert slot.key.name == "port" or getattr(device, slot.field) == slot.default


def test_keys_are_shipped_as_the_till_has_them(uncommented_conf: Path) -> None:
    """Every action of the default map, in its context, on its keys."""
    devices = uncommented_conf / "ncash.ini.d" / "devices.ini"
    devices.write_text("", encoding="utf-8")
    settings = load(uncommented_conf).settings
    assert settings is not None
    shipped = {(binding.context, binding.action): binding.keys for binding in settings.keys}
    assert shipped == {
        (str(c), str(action)): keys for c, actions in DEFAULT.items() for action, keys in actions.items()
    }


def test_example_masks_are_all_different(uncommented_conf: Path) -> None:
    """None of them switches another one off."""
    (uncommented_conf / "ncash.ini.d" / "devices.ini").unlink()
    loaded = load(uncommented_conf)
    assert loaded.settings is not None
    assert len(loaded.settings.marked_goods.categories) == 11
    assert not loaded.warnings


def test_every_key_has_a_comment_above_it() -> None:
    """Nobody has to look a key up elsewhere."""
    for file in FILES:
        lines = file.read_text(encoding="utf-8").splitlines()
        for above, line in pairwise(lines):
            if SWITCHED.fullmatch(line) and not line.startswith(";["):
                assert above.startswith("; "), (file.name, line)


class TestReport:
    def test_mistakes_come_first_and_no_values(self, tmp_path: Path) -> None:
        """A till that does not start has no values in force."""
        (tmp_path / "ncash.ini").write_text("[Till]\nshopcode = x\ncashcode = 1\ncashcode = 2", encoding="utf-8")
        lines = report(load(tmp_path))
        assert lines[0] == "Ошибки настроек: 1"
        assert lines[1].startswith(f"{tmp_path / 'ncash.ini'}:2: [Till] shopcode: найдено «x»")
        assert lines[2] == "Предупреждения настроек: 1"
        assert lines[-1] == "Касса с такими настройками не запустится."

    def test_values_in_force_for_each_category(self, uncommented_conf: Path) -> None:
        """Spec M14: the effective table."""
        (uncommented_conf / "ncash.ini.d" / "devices.ini").unlink()
        lines = report(load(uncommented_conf))
        water = lines.index("[MarkedGoods.Water]")
        assert "  markVerifyTimeout = 30 s" in lines[water : water + 8]

    def test_password_of_an_address_is_not_shown(self, tmp_path: Path) -> None:
        """The output of `cashier check` is sent to support."""
        (tmp_path / "ncash.ini").write_text("[Queue]\nurl = http://till:secret@host/q", encoding="utf-8")
        assert "secret" not in "\n".join(report(load(tmp_path)))


@pytest.mark.alone
class TestSpeed:
    def test_shipped_files_are_read_in_ten_milliseconds(self) -> None:
        """The best of five: the first paint waits for it."""
        load(CONF)
        spent = []
        for _ in range(5):
            begun = perf_counter()
            load(CONF)
            spent.append(perf_counter() - begun)
        assert min(spent) < 0.010

    def test_import_brings_nothing_heavy(self) -> None:
        """Looked at in a fresh interpreter, by names: a stopwatch would be at the mercy of the disk."""
        code = "import sys, cashier.settings; print(*{'asyncio', 'rich', 'textual', 'sqlite3'} & set(sys.modules))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CONF.parent)
        assert done.stdout.strip() == ""
