"""The wheel, built and installed elsewhere: `pip install .` gives a till that runs in any folder."""

import contextlib
import fcntl
import os
import pty
import select
import sqlite3
import struct
import subprocess
import sys
import termios
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE = float(os.environ.get("PATIENCE", "20"))
"""Seconds to wait for what must come."""

WIDTH, HEIGHT = 100, 30
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder it is installed into."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(folder), str(wheel)], check=True, capture_output=True)
    return folder


@pytest.fixture
def environment(site: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which the installed program is found, and a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(site), "HOME": str(tmp_path), "TERM": "xterm-256color", "PYTHONUTF8": "1"}


def cashier(environment: dict[str, str], folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed program in another folder."""
    command = [sys.executable, "-m", "cashier", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env=environment)


class TestContents:
    def test_what_is_inside(self, wheel: Path) -> None:
        """The wheel has both packages, the settings, the goods of the demo, the texts and the licence."""
        names = set(zipfile.ZipFile(wheel).namelist())
        shipped = [path for path in (ROOT / "conf").rglob("*") if path.is_file()]
        assert {f"cashier/conf/{path.relative_to(ROOT / 'conf')}" for path in shipped} <= names
        assert {"cashier/conf/ncash.ini", "cashier/demo/goods.aif", "devices/__init__.py"} <= names
        assert "cashier/exchange/sales/receipt.xsd" in names
        assert {
            "cashier/ui/locale/ru.toml",
            "cashier/ui/locale/en.toml",
            "cashier/py.typed",
            "devices/py.typed",
        } <= names
        assert any(name.endswith("/licenses/LICENSE") for name in names)

    def test_every_module_is_inside(self, wheel: Path) -> None:
        """No module of the checkout is missing, and none is there that is not in the checkout."""
        names = {name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py")}
        modules = {
            str(path.relative_to(ROOT)) for room in ("cashier", "devices") for path in (ROOT / room).rglob("*.py")
        }
        assert names == modules

    def test_no_tests_and_no_leavings(self, wheel: Path) -> None:
        """Neither tests nor compiled files nor data are inside."""
        for name in zipfile.ZipFile(wheel).namelist():
            assert name.startswith(("cashier/", "devices/", "cashier-")), name
            assert not name.endswith((".pyc", ".db", ".log")), name

    def test_command(self, site: Path) -> None:
        """The command `cashier` is installed."""
        assert (site / "bin" / "cashier").exists()


class TestElsewhere:
    def test_it_is_the_installed_one(self, environment: dict[str, str], site: Path, tmp_path: Path) -> None:
        """Given another folder, then the program that runs is the installed one, not the checkout."""
        code = "import cashier, devices; print(cashier.__file__, devices.__file__)"
        told = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=tmp_path, env=environment)
        assert told.split() == [str(site / room / "__init__.py") for room in ("cashier", "devices")]

    def test_help(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Given `--help`, then the commands are named."""
        done = cashier(environment, tmp_path, "--help")
        assert done.returncode == 0
        assert "import" in done.stdout

    def test_check_uses_the_packaged_settings(self, environment: dict[str, str], site: Path, tmp_path: Path) -> None:
        """Given no `conf` where it runs, then the packaged settings are read, and they have no mistake."""
        done = cashier(environment, tmp_path, "check")
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.endswith("Ошибок нет\n")
        assert (site / "cashier" / "conf" / "ncash.ini").exists()

    def test_check_uses_the_settings_where_it_runs(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Given a `conf` where it runs, then that one is read."""
        (tmp_path / "conf").mkdir()
        (tmp_path / "conf" / "ncash.ini").write_text("[Till]\nshopcode = many\n", encoding="utf-8")
        done = cashier(environment, tmp_path, "check")
        assert done.returncode == 1
        assert "ncash.ini:2" in done.stdout


class Terminal:
    """A program in a terminal, and what stands on its screen."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self.screen)
        self._end, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environment, start_new_session=True
        )
        os.close(slave)

    def type(self, keys: str) -> None:
        """Press keys, one right after the other."""
        os.write(self._end, keys.encode())

    def until(self, *texts: str) -> None:
        """Wait until all these texts stand on the screen."""
        self._wait(lambda: all(text in self.text for text in texts), f"{texts} on\n")

    def ended(self) -> int:
        """Wait until the program has ended; return its exit status."""
        self._wait(lambda: self.process.poll() is not None, "the end after\n")
        return self.process.wait()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"no {what}{self.text}"
            if select.select([self._end], [], [], 0.05)[0]:
                try:
                    self._stream.feed(os.read(self._end, 65_536))
                except OSError:
                    self.process.wait(PATIENCE)

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._end)


@pytest.fixture
def demo(environment: dict[str, str], tmp_path: Path) -> Iterator[Terminal]:
    """The demo in a terminal, started in another folder from the installed program."""
    terminal = Terminal([sys.executable, "-m", "cashier", "demo"], tmp_path, environment)
    yield terminal
    terminal.close()


def listening(process: int) -> set[str]:
    """Return the addresses of a process's network sockets, as the kernel writes them, without the ports."""
    own = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a working program closes files meanwhile
            own.add(str(link.readlink()))
    inodes = {name.removeprefix("socket:[").removesuffix("]") for name in own if name.startswith("socket:")}
    tables = (Path(f"/proc/{process}/net/{table}") for table in ("tcp", "tcp6", "udp", "udp6"))
    rows = (row.split() for table in tables if table.exists() for row in table.read_text("ascii").splitlines()[1:])
    return {row[1].partition(":")[0] for row in rows if row[9] in inodes}


LOOPBACK = "0100007F"
"""127.0.0.1, where the demo's cash server is."""


class TestRun:
    def test_it_listens_on_no_socket(self, environment: dict[str, str], tmp_path: Path) -> None:
        """Given an installed till at work, with marks asked for, then it has no network socket."""
        conf = tmp_path / "conf"
        conf.mkdir()
        mask = 'mask = "01(?<barcode>[0-9]{14})21.{6}93.{4}"'
        (conf / "ncash.ini").write_text(f"[plugins]\nmarkedgoods = on\n[MarkedGoods.Milk]\n{mask}\n", "utf-8")
        command = [sys.executable, "-m", "cashier", "run", "--conf", str(conf)]
        till = Terminal(command, tmp_path, environment)
        try:
            till.until("Код кассира")
            assert listening(till.process.pid) == set()
        finally:
            till.close()


class TestDemo:
    def test_a_sale_from_start_to_end(self, demo: Terminal, tmp_path: Path) -> None:
        """Given the installed demo, then a cashier signs in, sells bread, is paid and ends it; the receipt is kept."""
        demo.until("Код кассира")
        assert listening(demo.process.pid) == {LOOPBACK}
        demo.type("1\r1\r")
        demo.until("УЧЕБНЫЙ РЕЖИМ", "Иванова")
        demo.type("4600682000013\r")
        demo.until("Хлеб ржаной")
        demo.type("+1000\r")
        demo.until("СДАЧА")
        demo.type("\x1b[21~")
        demo.until("Кассовое меню")
        demo.type("\x1b[F\r\r")
        assert demo.ended() == 0
        data = tmp_path / ".local" / "share" / "cashier-demo"
        conn = sqlite3.connect(data / "documents.db")
        sale = "SELECT closed, shopcode, cashcode FROM document ORDER BY documentid DESC LIMIT 1"
        assert conn.execute(sale).fetchall() == [(1, "77", "3")]
        conn.close()
        assert not (tmp_path / ".local" / "share" / "cashier").exists()

    def test_second_start_is_refused(self, demo: Terminal, environment: dict[str, str], tmp_path: Path) -> None:
        """Given a running demo, when another is started, then it is refused with the process of the first."""
        demo.until("Код кассира")
        second = cashier(environment, tmp_path, "demo")
        assert second.returncode == 2
        assert f"процесс {demo.process.pid}" in second.stderr

    def test_log_is_written_in_lines(self, demo: Terminal, tmp_path: Path) -> None:
        """Given a running demo, then its log is in its data folder, one visible line a record."""
        demo.until("Код кассира")
        log = tmp_path / ".local" / "share" / "cashier-demo" / "cashier.log"
        demo.type("x\r1\r")
        demo.until("Неверный код или пароль")
        assert all(line.isprintable() for line in log.read_text("utf-8").splitlines())


def test_version_is_told_once(wheel: Path) -> None:
    """The version of the wheel is that of pyproject.toml."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert wheel.name == f"cashier-{version}-py3-none-any.whl"
