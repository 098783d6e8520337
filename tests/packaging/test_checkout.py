"""The checkout itself: what lies where, what is locked, and what must not be written anywhere."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import cashier

ROOT = Path(__file__).parent.parent.parent
TOP = {
    *{"cashier", "devices", "conf", "tests", "scripts", ".ci", ".gitignore", "LICENSE", "README.md", "CHANGELOG.md"},
    *{"pyproject.toml", "requirements.lock"},
}
"""What lies at the top (design.md, Rooms)."""

PICTURES = {"docs", "pictures"}
"""Folders the README may show pictures from."""

LOCKED = re.compile(r"([a-z0-9._-]+)==[\w.+!]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
UNFINISHED = tuple("".join(parts) for parts in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("NotImpl", "ementedError")))
REGISTRIES = tuple("".join(parts) for parts in (("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.com")))


def known() -> list[Path]:
    """Return the files of the checkout that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if listed.returncode:
        pytest.skip("no git here: nothing tells leavings from files")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[Path, str]]:
    """Return the texts of the files that git knows, of these kinds."""
    return [(path, path.read_text("utf-8")) for path in known() if path.suffix in suffixes or not suffixes]


class TestLayout:
    def test_top(self) -> None:
        """Nothing lies at the top that has no room there, and nothing is missing."""
        found = {path.relative_to(ROOT).parts[0] for path in known()}
        assert found - PICTURES - {".import_linter_cache"} == TOP

    def test_scripts_can_be_run(self) -> None:
        """The scripts people type are programs."""
        for name in ("scripts/setup", "scripts/test", "scripts/demo", ".ci/run"):
            assert (ROOT / name).stat().st_mode & 0o111, name

    def test_ci_calls_the_tests(self) -> None:
        """What runs on every submission is what people run."""
        assert "./scripts/test" in (ROOT / ".ci" / "run").read_text("utf-8")

    def test_version(self) -> None:
        """The program says the version that it is packed under."""
        packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        assert cashier.__version__ == packed

    def test_licence(self) -> None:
        """The licence is MIT, in the file and in the project."""
        assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
        assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"] == "MIT"


class TestLock:
    def test_every_line_is_a_version_or_a_hash(self) -> None:
        """The lock has exact versions and their hashes, and names no place they come from."""
        for line in (ROOT / "requirements.lock").read_text("ascii").splitlines():
            assert LOCKED.fullmatch(line), line

    def test_every_part_is_locked_with_a_hash(self) -> None:
        """Whatever the project depends on is in the lock, and each entry has a hash."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
        names = {re.split(r"[^a-z0-9-]", part)[0] for part in wanted}
        lock = (ROOT / "requirements.lock").read_text("ascii")
        assert names <= set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
        entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in entry for entry in entries)

    def test_screen_is_pinned(self) -> None:
        """Textual stands at one version, in the project and in the lock (style.md)."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        (pin,) = (part for part in project["dependencies"] if part.startswith("textual"))
        assert re.fullmatch(r"textual==[\d.]+", pin)
        assert f"\n{pin} \\\n" in (ROOT / "requirements.lock").read_text("ascii")


class TestText:
    def test_nothing_is_left_for_later(self) -> None:
        """No source has a note of what is missing, or a function that is none."""
        for path, text in texts(".py", ".ini", ".toml"):
            for word in UNFINISHED:
                assert not re.search(rf"\b{word}\b", text), f"{path}: {word}"

    def test_no_registry_is_named(self) -> None:
        """No file says where parts are downloaded from: that is the business of whoever installs."""
        for path, text in texts(".py", ".toml", ".lock", ".md", ".ini", ""):
            assert not [host for host in REGISTRIES if host in text], path

    def test_no_place_of_one_machine(self) -> None:
        """No source names a folder of the machine it was written on."""
        own = str(Path("/", "work")) + "/"
        assert [path for path, text in texts(".py", ".toml", ".ini", ".md", "") if own in text] == []
