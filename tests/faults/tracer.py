"""strace on a running till: counts its system calls, kills it at one of them, or makes one fail."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
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
_CALL = re.compile(r"^(\d+) +(\w+)(\(.*)$", re.MULTILINE)


class Call(NamedTuple):
    """One system call of the till's working thread; `number` counts the calls of this name from 1, as strace does."""

    name: str
    number: int


@contextmanager
def traced(pid: int, log: Path, fault: str = "") -> Iterator[None]:
    """Trace a process with all its threads; `fault` is what strace calls an injection."""
    command = ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={CHANGING}", "-e", "signal=none"]
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
    """List the calls of the thread that made most of them; files opened only to be read are left out."""
    made = [(found[1], found[2], found[3]) for found in _CALL.finditer(log.read_text())]
    busiest = Counter(thread for thread, _, _ in made).most_common(1)
    counted: Counter[str] = Counter()
    found = []
    for thread, name, rest in made:
        if busiest and thread == busiest[0][0]:
            counted[name] += 1
            found += [Call(name, counted[name])] if "O_RDONLY" not in rest else []
    return found


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
