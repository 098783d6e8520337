"""Settings from a folder: every mistake at once, or frozen typed values."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cashier.settings.checks import check, doubts
from cashier.settings.kinds import phrase
from cashier.settings.marks import MaskCheck, categories
from cashier.settings.model import KeyBinding, Place, Settings
from cashier.settings.problems import Mistake, Problem, tell
from cashier.settings.reader import Book, Entry, Section, read_folder
from cashier.settings.sections import NAMED, SINGLE, complain_of_section, fill, is_known

HERE = Path(__file__).parent
LONGEST_KEY = 20


class Loaded(Struct, frozen=True):
    """What came of reading a folder of settings."""

    settings: Settings | None
    """None if there is any mistake: the till does not start then."""
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]
    language: str = "ru"
    """Of the mistakes and warnings."""


def default_conf() -> Path:
    """Folder of the settings when none was named: `conf` here, else the one inside the package, else the checkout's."""
    here = Path("conf")
    packaged = HERE.parent / "conf"
    if here.is_dir():
        return here
    return packaged if packaged.is_dir() else HERE.parents[1] / "conf"


def load(conf: Path, check_mask: MaskCheck = lambda _mask: "") -> Loaded:
    """Read all settings of a folder.

    Args:
        conf: folder with `ncash.ini` and `ncash.ini.d`.
        check_mask: says why a mask of marked goods does not compile, nothing if it does.
    """
    book = read_folder(conf)
    language = _language(book)
    settings = _settings(book, check_mask)
    mistakes = tell([problem for problem in book.problems if not problem.warning], language)
    warnings = tell([problem for problem in book.problems if problem.warning], language)
    return Loaded(None if mistakes else settings, mistakes, warnings, language)


def _language(book: Book) -> str:
    """The language is needed before it is known whether the settings are right."""
    entry = book.sections["Screen"].entries.get("language") if "Screen" in book.sections else None
    return "en" if entry and entry.text.lower() == "en" else "ru"


def _settings(book: Book, check_mask: MaskCheck) -> Settings:
    """Sections with mistakes are left out; contradictions are looked for in what is left."""
    parts: dict[str, object] = {}
    for section in book.sections.values():
        if not is_known(section.name):
            complain_of_section(book, section)
        elif section.name in SINGLE:
            name, kind = SINGLE[section.name]
            parts[name] = fill(kind, section, book)
    good = {name: part for name, part in parts.items() if part is not None}
    named = {name: tuple(_named(book, prefix)) for prefix, (name, _) in NAMED.items()}
    settings = replace(Settings(), **good, **named, keys=tuple(_keys(book)))
    _check(book, settings, parts.keys() - good.keys())
    settings = _with_categories(book, settings, check_mask)
    _doubt(book, settings)
    return settings


def _with_categories(book: Book, settings: Settings, check_mask: MaskCheck) -> Settings:
    common = settings.marked_goods
    return replace(settings, marked_goods=replace(common, categories=categories(book, common, check_mask)))


def _check(book: Book, settings: Settings, broken: AbstractSet[str]) -> None:
    """That СКО has no address is not said of a section which could not be read."""
    for name, keys, code in check(settings):
        if code != "stock_url" or "stock_control" not in broken:
            book.complain(_place(book.sections[name], keys), code, section=name)


def _doubt(book: Book, settings: Settings) -> None:
    for name, keys, code in doubts(settings):
        place = _place(book.sections[name], keys)
        book.problems.append(Problem(place, phrase(code, section=name), warning=True))


def _place(section: Section, keys: tuple[str, ...]) -> Place:
    """Where the first of the keys stands; where the section begins if none is stated."""
    stated = [section.entries[key].place for key in keys if key in section.entries]
    return (*stated, section.place)[0]


def _named(book: Book, prefix: str) -> Iterator[Struct]:
    for section in _below(book, prefix):
        name = section.name.partition(".")[2]
        found = fill(NAMED[prefix][1], section, book, name=name, place=section.place)
        if found:
            yield found


def _below(book: Book, prefix: str) -> list[Section]:
    return [section for name, section in book.sections.items() if is_known(name) and name.startswith(f"{prefix}.")]


def _keys(book: Book) -> Iterator[KeyBinding]:
    for section in _below(book, "Keys"):
        for action, entry in section.entries.items():
            keys = tuple(key.strip() for key in entry.text.split(",")) if entry.text else ()
            _complain_of_keys(book, section.name, action, entry, keys)
            yield KeyBinding(section.name.partition(".")[2], action, keys, entry.place)


def _complain_of_keys(book: Book, section: str, action: str, entry: Entry, keys: tuple[str, ...]) -> None:
    if not all(0 < len(key) <= LONGEST_KEY for key in keys):
        named = phrase("key_name", section=section, key=action, found=entry.text)
        book.problems.append(Problem(entry.place, named))
