"""File systems of their own: on a loop device, so that the power can be cut, and in memory, so that they are full."""

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

FS_IOC_SHUTDOWN = 0x8004587D
_NO_LOG_FLUSH = struct.pack("I", 2)
_MEGABYTES = {"ext4": 64, "xfs": 320}


@dataclass(frozen=True)
class PoweredDisk:
    """A mounted file system whose power can be cut."""

    image: Path
    mounted: Path

    def mount(self) -> None:
        """Mount it; what the journal of the file system knows is recovered."""
        _run("mount", "-o", "loop", str(self.image), str(self.mounted))

    def unmount(self) -> None:
        """Unmount it."""
        _run("umount", str(self.mounted))

    def cut(self) -> None:
        """Cut the power: nothing that was not yet on the disk comes to it."""
        descriptor = os.open(self.mounted, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, FS_IOC_SHUTDOWN, _NO_LOG_FLUSH)
        finally:
            os.close(descriptor)


@contextmanager
def powered(kind: str) -> Iterator[PoweredDisk]:
    """Make a file system of a kind in a file and mount it.

    Raises:
        OSError: that cannot be done here.
    """
    with TemporaryDirectory(prefix="faults-disk-") as folder:
        disk = PoweredDisk(Path(folder) / "image", Path(folder) / "mounted")
        disk.mounted.mkdir()
        disk.image.touch()
        os.truncate(disk.image, _MEGABYTES[kind] << 20)
        _run(f"mkfs.{kind}", "-q", str(disk.image))
        disk.mount()
        try:
            yield disk
        finally:
            disk.unmount()


@contextmanager
def in_memory(kilobytes: int) -> Iterator[Path]:
    """Mount a small file system in memory."""
    with TemporaryDirectory(prefix="faults-memory-") as folder:
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            _run("umount", folder)


@cache
def missing(kind: str) -> str:
    """Return why there can be no such file system here (`ext4`, `xfs`, `tmpfs`), empty if there can."""
    if os.geteuid() != 0:
        return "needs root"
    if kind != "tmpfs" and not shutil.which(f"mkfs.{kind}"):
        return f"mkfs.{kind} is missing"
    try:
        with in_memory(64) if kind == "tmpfs" else powered(kind):
            return ""
    except OSError as error:
        return str(error)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.returncode, done.stderr.strip(), command[0])
