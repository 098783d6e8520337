"""strace on the working thread of a till: counts its system calls, kills it at one of them, or makes one fail."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

CHANGING = (
    "openat,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat"
)
"""System calls that change files."""

SYNCING = frozenset({"fsync", "fdatasync"})
_CALL = re.compile(r"^(\w+)(\(.*)$", re.MULTILINE)
_PATH = re.compile(r"""^\(\d+<([^>]+)>|"([^"]+)\"""")


class Call(NamedTuple):
    """One system call of the till's working thread; `number` counts the calls of this name from 1, as strace does."""

    name: str
    number: int


@contextmanager
def traced(thread: int, log: Path, fault: str = "") -> Iterator[None]:
    """Trace one thread; `fault` is what strace calls an injection."""
    command = ["strace", "-y", "-p", str(thread), "-o", str(log), "-e", f"trace={CHANGING}", "-e", "signal=none"]
    command += ["-e", f"inject={fault}"] if fault else []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        word = tracer.stderr.readline()
        if "attached" not in word:
            tracer.kill()
            raise PermissionError(word)
        try:
            yield
        finally:
            tracer.terminate()
            tracer.communicate()


def calls(log: Path) -> list[Call]:
    """List the calls that were entered; files opened only to be read are left out."""
    counted: Counter[str] = Counter()
    found = []
    for name, rest in _CALL.findall(log.read_text()):
        counted[name] += 1
        found += [Call(name, counted[name])] if "O_RDONLY" not in rest else []
    return found


def places(log: Path) -> dict[Call, str]:
    """Name the file that each call is about, the folder's name where it is a folder."""
    counted: Counter[str] = Counter()
    found = {}
    for name, rest in _CALL.findall(log.read_text()):
        counted[name] += 1
        path = _PATH.search(rest)
        found[Call(name, counted[name])] = Path(path[1] or path[2]).name if path else ""
    return found


def chosen(made: Sequence[Call], *, syncs: int, others: int) -> list[Call]:
    """Choose every so-manieth of the syncs, and of the other calls."""
    syncing = [call for call in made if call.name in SYNCING]
    return [*syncing[::syncs], *[call for call in made if call.name not in SYNCING][::others]]


def injected(log: Path) -> bool:
    """Tell whether the fault came."""
    return "(INJECTED)" in log.read_text()


@cache
def permitted() -> str:
    """Return why no till can be traced here, empty if one can."""
    if not shutil.which("strace"):
        return "strace is missing"
    with subprocess.Popen(["sleep", "60"]) as child:
        try:
            with traced(child.pid, Path("/dev/null")):
                return ""
        except PermissionError as error:
            return f"strace is not permitted: {error}"
        finally:
            child.kill()
