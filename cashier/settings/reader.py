"""Files into sections and keys, each with its place.

The syntax is that of the seeds: `;` begins a comment line, `[Section]`, `key = value`, the value perhaps in double
quotes. The standard library's parser tells no line of a key, so the lines are read here.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from cashier.settings.kinds import Parameter, phrase
from cashier.settings.named import Place
from cashier.settings.problems import Problem

LIMIT = 1_000_000
"""Bytes of a file at most."""
BOM = b"\xef\xbb\xbf"


class Entry(Struct, frozen=True):
    """One key as it stands in a file."""

    text: str
    """Without the quotes."""
    place: Place


class Section(Struct):
    """One section, put together from all files."""

    name: str
    place: Place
    """Of its first header."""
    entries: dict[str, Entry] = field(default_factory=dict)


class Book(Struct):
    """Everything that was read, in order of the first header of each section."""

    sections: dict[str, Section] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, place: Place, code: str, **params: Parameter) -> None:
        """Note a mistake."""
        self.problems.append(Problem(place, phrase(code, **params)))


def read_folder(conf: Path) -> Book:
    """Read `ncash.ini`, then `ncash.ini.d/*.ini` in name order; what a later file says counts."""
    book = Book()
    try:
        files = [path for path in (conf / "ncash.ini",) if path.exists()] + _parts(conf / "ncash.ini.d")
    except OSError as error:
        book.complain(Place(str(conf)), "unreadable", reason=error.strerror or str(error))
        return book
    if not files:
        book.complain(Place(str(conf)), "no_folder")
    for path in files:
        _FileReader(book, path).read()
    return book


def _parts(folder: Path) -> list[Path]:
    """Hidden files are what editors leave behind."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path for path in found if path.suffix == ".ini" and not path.name.startswith("."))


class _FileReader:
    """Reads one file into the book."""

    def __init__(self, book: Book, path: Path) -> None:
        self.book, self.path = book, path
        self.section: Section | None = None
        self.seen: dict[tuple[str, str], int] = {}

    def read(self) -> None:
        for number, line in self._lines():
            place = Place(str(self.path), number)
            if not line or line.startswith(";"):
                continue
            strange = _strange(line)
            if strange:
                self.book.complain(place, "control", found=strange)
            elif line.startswith("["):
                self._header(line, place)
            else:
                self._entry(line, place)

    def _lines(self) -> Iterator[tuple[int, str]]:
        raw = self._bytes()
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            place = Place(str(self.path), raw.count(b"\n", 0, error.start) + 1)
            self.book.complain(place, "not_utf8", byte=f"{raw[error.start]:02x}")
            return
        for number, line in enumerate(text.split("\n"), 1):
            yield number, line.removesuffix("\r").strip(" \t")

    def _bytes(self) -> bytes:
        """Nothing if the file is no text; a pipe or a device is not even opened."""
        place = Place(str(self.path))
        try:
            raw = self._content()
        except OSError as error:
            self.book.complain(place, "unreadable", reason=error.strerror or str(error))
            return b""
        if len(raw) > LIMIT:
            self.book.complain(place, "too_big", limit=LIMIT)
            return b""
        if b"\0" in raw:
            self.book.complain(Place(str(self.path), raw[: raw.index(b"\0")].count(b"\n") + 1), "nul")
            return b""
        return raw.removeprefix(BOM)

    def _content(self) -> bytes:
        if self.path.exists() and not self.path.is_file():
            raise OSError(0, "not a file")
        with self.path.open("rb") as file:
            return file.read(LIMIT + 1)

    def _header(self, line: str, place: Place) -> None:
        name = "".join(part.strip() for part in line[1:-1].partition("."))
        if not line.endswith("]") or not name:
            self.book.complain(place, "bad_header", found=line)
            self.section = Section("", place)
        else:
            self.section = self.book.sections.setdefault(name, Section(name, place))

    def _entry(self, line: str, place: Place) -> None:
        key, equals, text = (part.strip(" \t") for part in line.partition("="))
        fault = _fault(line, key, equals, text)
        if fault:
            self.book.complain(place, fault, key=key, found=line)
        elif self.section is None:
            self.book.complain(place, "no_section", key=key)
        else:
            self._warn_of_second(self.section.name, key, place)
            self.section.entries[key] = Entry(_unquoted(text), place)

    def _warn_of_second(self, section: str, key: str, place: Place) -> None:
        first = self.seen.setdefault((section, key), place.line)
        if first != place.line:
            twice = phrase("twice", section=section, key=key, first=first)
            self.book.problems.append(Problem(place, twice, warning=True))


def _strange(line: str) -> str:
    """First character that is none of a text; blanks that do not break and tabs around the parts of a line are."""
    parts = (part.strip(" \t").replace("\xa0", " ") for part in line.partition("="))
    return next((sign for part in parts for sign in part if not sign.isprintable()), "")


def _fault(line: str, key: str, equals: str, text: str) -> str:
    if line.startswith("#"):
        return "hash"
    if not equals:
        return "no_equals"
    if not key:
        return "no_key"
    return "quote" if text.startswith('"') and (len(text) == 1 or not text.endswith('"')) else ""


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith('"') else text
