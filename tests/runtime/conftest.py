"""Commands as somebody types them, devices without papers; what a house changes in the interpreter is put back."""

import gc
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cashier.cli import main
from devices import SimulatedPrinter
from tests.runtime.fiscal import Recording
from tests.runtime.place import Place
from tests.store.journals import SHOP, TILL

Do = Callable[..., Result]


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the garbage collector and the log back."""
    thresholds, log = gc.get_threshold(), logging.getLogger("cashier")
    handlers, level = list(log.handlers), log.level
    monkeypatch.setattr(log, "propagate", True)
    log.setLevel(logging.INFO)
    yield
    for handler in [handler for handler in log.handlers if handler not in handlers]:
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """A folder of settings of till 77-3."""
    folder = tmp_path / "conf"
    (folder / "ncash.ini.d").mkdir(parents=True)
    text = f"[Till]\nshopcode = {SHOP}\ncashcode = {TILL}\n"
    (folder / "ncash.ini").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def do(conf: Path, data: Path) -> Do:
    """Type a command; `stdin` is what comes in by a pipe."""

    def run(*words: str | Path, stdin: str = "") -> Result:
        places = ("--conf", str(conf), "--data", str(data))
        result = CliRunner().invoke(main, [*map(str, words), *places], input=stdin, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def fiscal(tmp_path: Path) -> Recording:
    """A fiscal device without documents, its shift closed."""
    return Recording(tmp_path / "fiscal")


@pytest.fixture
def printer() -> SimulatedPrinter:
    """A printer that keeps what it printed."""
    return SimulatedPrinter("demo")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A till in order, on a disk with as much room as it says."""
    made, measured = Place(tmp_path), shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: measured(path)._replace(free=made.free))
    return made
