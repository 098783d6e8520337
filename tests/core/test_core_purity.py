"""The core touches nothing outside: proved in an interpreter that has loaded nothing else."""

import ast
import subprocess
import sys
from pathlib import Path

import cashier.core

LOADER = """
import sys
before = set(sys.modules)
import cashier.core.machines
print("\\n".join(sorted(set(sys.modules) - before)))
"""

ALLOWED: dict[str, str] = {}
"""Modules of the world outside that a part drags in, each with its reason."""

OUTSIDE = (
    *("sqlite3", "asyncio", "textual", "rich", "socket", "ssl", "subprocess", "random", "secrets", "threading"),
    *("multiprocessing", "concurrent", "http", "urllib.request", "httpx", "serial", "evdev", "escpos", "sqlite_utils"),
    *(
        "selectors",
        "select",
        "tempfile",
        "logging",
        "click",
        "cashier.store",
        "cashier.ui",
        "cashier.settings",
        "devices",
    ),
)


def loaded() -> set[str]:
    """Return what importing the machines loads in a fresh interpreter."""
    run = subprocess.run([sys.executable, "-c", LOADER], capture_output=True, text=True, check=True, timeout=60)
    return set(run.stdout.split())


def test_machines_load_nothing_of_the_world_outside() -> None:
    """Given a fresh interpreter, when the machines are imported, then no module does input, output or chance."""
    modules = loaded()
    assert "cashier.core.machines.passing" in modules
    found = {name for name in modules for outside in OUTSIDE if name == outside or name.startswith(outside + ".")}
    assert found - set(ALLOWED) == set()


def test_core_asks_no_clock_no_chance_and_no_files() -> None:
    """Given the core's source, then nothing in it calls for the time, a random name, a file or the console."""
    forbidden = {
        "now",
        "today",
        "utcnow",
        "uuid1",
        "uuid4",
        "open",
        "print",
        "input",
        "getenv",
        "system",
        "time",
        "sleep",
    }
    for path in Path(cashier.core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert name not in forbidden, f"{path.name}:{node.lineno} calls {name}"


def test_core_imports_only_what_is_pure() -> None:
    """Given the core's source, then it imports a short list of modules and itself."""
    allowed = {
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "itertools",
        "math",
        "msgspec",
        "re",
        "types",
        "typing",
        "uuid",
    }
    for path in Path(cashier.core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("cashier.core") or name.split(".")[0] in allowed, f"{path.name} imports {name}"
