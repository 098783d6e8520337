"""The borders between the rooms (design.md): who may know whom, and what a start may load."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINTER = Path(sys.executable).with_name("lint-imports")

LOADED = """
import sys
before = set(sys.modules)
import {module}
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def loaded(module: str) -> set[str]:
    """Return what importing a module loads in a fresh interpreter."""
    code = LOADED.format(module=module)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return set(done.stdout.split())


def held(root: Path) -> "subprocess.CompletedProcess[str]":
    """Check the contracts of a checkout."""
    return subprocess.run([LINTER, "--no-cache"], check=False, capture_output=True, text=True, cwd=root)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program to break."""
    for room in ("cashier", "devices"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


class TestContracts:
    def test_they_hold(self) -> None:
        """The contracts of pyproject.toml hold."""
        done = held(ROOT)
        assert done.returncode == 0, done.stdout

    @pytest.mark.parametrize(
        ("file", "line"),
        [
            ("cashier/core/money.py", "import cashier.store.connect"),
            ("cashier/core/machines/sale.py", "import devices"),
            ("devices/framing.py", "import cashier.core.money"),
            ("cashier/ui/keys.py", "import cashier.store.search"),
            ("cashier/store/search.py", "import cashier.ui.keys"),
        ],
    )
    def test_they_can_break(self, copy: Path, file: str, line: str) -> None:
        """Given an import over a border, then the check fails: it does look."""
        with (copy / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
        assert held(copy).returncode == 1


class TestLoading:
    def test_devices_load_neither_till_nor_drivers(self) -> None:
        """Given `import devices`, then nothing of the till and no hardware library is loaded."""
        for name in loaded("devices"):
            assert name.split(".")[0] not in {"cashier", "evdev", "serial", "escpos", "textual", "rich", "click"}

    def test_commands_load_no_screen(self) -> None:
        """Given the command line, then neither screen nor drivers nor hashes are loaded before they are needed."""
        slow = {"textual", "sqlite_utils", "escpos", "evdev", "argon2", "tomllib", "asyncio"}
        assert not {name.split(".")[0] for name in loaded("cashier.cli")} & slow

    def test_first_picture_waits_for_no_driver(self) -> None:
        """Given the till's start, then what hangs on it is not loaded before sign-in is painted."""
        slow = {"sqlite_utils", "escpos", "evdev", "argon2", "serial", "PIL"}
        names = loaded("cashier.till")
        assert not {name.split(".")[0] for name in names} & slow
        assert not {"cashier.equipment", "cashier.exchange"} & names


def sources(*rooms: str) -> list[Path]:
    """Return the source files of rooms."""
    return [path for room in rooms for path in (ROOT / room).rglob("*.py")]


def imports(path: Path) -> set[str]:
    """Return the first names of all modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


class TestRooms:
    def test_sqlite_is_in_the_store_alone(self) -> None:
        """No room but the store speaks to SQLite."""
        outside = [path for path in sources("cashier", "devices") if "store" not in path.relative_to(ROOT).parts]
        assert [path for path in outside if imports(path) & {"sqlite3", "sqlite_utils"}] == []

    def test_textual_is_in_the_screen_alone(self) -> None:
        """No room but the screen knows what draws it."""
        outside = [path for path in sources("cashier", "devices") if "ui" not in path.relative_to(ROOT).parts]
        assert [path for path in outside if "textual" in imports(path)] == []

    def test_core_imports_only_what_is_pure(self) -> None:
        """The core uses the standard library's values, and msgspec for their form on disk."""
        pure = {
            "cashier",
            "collections",
            "dataclasses",
            "datetime",
            "decimal",
            "enum",
            "functools",
            "itertools",
            "math",
        }
        pure |= {"msgspec", "operator", "re", "textwrap", "types", "typing", "unicodedata", "uuid"}
        for path in sources("cashier/core"):
            assert imports(path) <= pure, path
