"""AIF (ArtixInterchange): one JSON object per command, a line `---` between them, perhaps a header and a footer.

The commands and fields are those of domain/artix.md 5.4; keys and names of commands may be spelled in any letters. Also
read is a JSON array of commands, the body of AIF over HTTP (domain/artix.md 2.1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from cashier.exchange import _aif_items as items
from cashier.exchange import _aif_rest as rest
from cashier.exchange._framing import LONGEST, Broken, closing, elements, not_utf8, unreadable
from cashier.exchange.intake import Build, Intake
from cashier.store.loading import Change, Clear

_BEGIN: Final = "### data begin ###"
_END: Final = "### data end ###"
_SEPARATOR: Final = "---"
_JOINED: Final = "}---"
_BETWEEN: Final = re.compile(r"\s*(?:---)?\s*")
_ARRAY: Final = re.compile(r"\s*\[")
_decode = msgspec.json.Decoder().decode

_CLEARS: Final = {
    "clearInventory": ("tmc", "barcodes", "prices", "additionalprice", "sellrestrictperiod", "attributeage"),
    "clearTmc": ("tmc", "additionalprice", "sellrestrictperiod", "attributeage"),
    "clearBarcode": ("barcodes",),
    "clearUnit": ("units",),
    "clearInventGroup": ("inventgroup",),
    "clearTaxGroup": ("taxgroup",),
    "clearPrice": ("prices",),
    "clearAdditionalPrice": ("additionalprice",),
    "clearPicklist": ("picklist",),
    "clearMCashUser": ("mol", "roleuser"),
    "clearExciseMarkWhite": ("excisemarkwhite",),
    "clearExciseMarksWhite": ("excisemarkwhite",),
}
_BUILDS: Final[dict[str, tuple[str, Build]]] = {
    "addInventItem": ("invent", items.item),
    "deleteInventItem": ("invent", items.delete_item),
    "addBarcode": ("barcode", items.barcode),
    "deleteBarcode": ("barcode", items.delete_barcode),
    "addPrice": ("price", items.price),
    "deletePrice": ("price", items.delete_price),
    "addAdditionalPrice": ("additionalprice", items.extra_price),
    "deleteAdditionalPrice": ("additionalprice", items.delete_extra_price),
    "addUnit": ("unit", rest.unit),
    "deleteUnit": ("unit", rest.delete_unit),
    "addInventGroup": ("inventgroup", rest.group),
    "deleteInventGroup": ("inventgroup", rest.delete_group),
    "addTaxGroup": ("taxgroup", rest.tax_group),
    "deleteTaxGroup": ("taxgroup", rest.delete_tax_group),
    "addPicklist": ("picklist", rest.pick),
    "deletePicklist": ("picklist", rest.delete_pick),
    "deleteMCashUser": ("mcashuser", rest.delete_person),
    "addExciseMarksWhite": ("excisemarkswhite", rest.white_mark),
    "addExciseMarkWhite": ("excisemarkswhite", rest.white_mark),
    "deleteExciseMarkWhite": ("excisemarkswhite", rest.delete_white_mark),
    "deleteExciseMarksWhite": ("excisemarkswhite", rest.delete_white_mark),
}
Command = tuple[str, str, Build]
"""Name as documented, key of the object that holds the body, what to do."""


def read_lines(path: Path, source: BinaryIO, intake: Intake) -> None:
    """Take the commands of a file with separators.

    Raises:
        UnreadableError: not UTF-8, or the file breaks off.
    """
    commands = _commands(intake)
    intake.unit = "строка"
    for place, value in _records(path, source):
        _take(intake, commands, place, value)


def read_array(path: Path, source: BinaryIO, intake: Intake) -> None:
    """Take the commands of a JSON array.

    Raises:
        UnreadableError: not UTF-8, or the array breaks off.
    """
    commands = _commands(intake)
    intake.unit = "запись"
    for place, value in enumerate(elements(path, source, _ARRAY), 1):
        _take(intake, commands, place, value)


def _commands(intake: Intake) -> dict[str, Command]:
    builds = {name: (key, build) for name, (key, build) in _BUILDS.items()}
    builds["addMCashUser"] = ("mcashuser", rest.person(intake.known_hash))
    builds |= {name: ("", partial(_clear, tables)) for name, tables in _CLEARS.items()}
    return {name.lower(): (name, key, build) for name, (key, build) in builds.items()}


def _clear(tables: tuple[str, ...], _body: dict[str, Any]) -> Iterator[Change]:
    return (Clear(table) for table in tables)


def _take(intake: Intake, commands: dict[str, Command], place: int, value: object) -> None:
    record = intake.opened(place, value)
    if record is None:
        return
    named = record.get("command")
    if not isinstance(named, str):
        intake.skip(place, "", "не указана команда", "Добавьте поле command")
    elif command := commands.get(named.strip().lower()):
        name, key, build = command
        body = record.get(key)
        intake.take(place, name, build, body if isinstance(body, dict) else record)
    else:
        intake.pass_over(named)


def _records(path: Path, source: BinaryIO) -> Iterator[tuple[int, object]]:
    for place, chunk, last in _chunks(path, source):
        try:
            yield place, _decode(chunk)
        except (msgspec.DecodeError, RecursionError):
            for part in _parts(chunk.strip()):
                if part is None and last:
                    raise unreadable(path, f"файл обрывается на последней записи, строка {place}") from None
                yield place, _part(part or "")


def _parts(chunk: str) -> Iterator[str | None]:
    """Take apart commands written on one line; None is a rest whose brackets do not close."""
    position: int | None = 0
    while position is not None and position < len(chunk):
        end = closing(chunk, position)
        yield None if end is None else chunk[position:end]
        found = _BETWEEN.match(chunk, end) if end is not None else None
        position = found.end() if found else None


def _part(text: str) -> object:
    try:
        return _decode(text)
    except RecursionError:
        return Broken("слишком глубокая вложенность")
    except msgspec.DecodeError:
        return Broken("не JSON или число не того вида")


@dataclass(slots=True)
class _Frame:
    """State of cutting one file into chunks."""

    path: Path
    begun: bool = False
    ended: bool = False
    start: int = 0
    size: int = 0
    held: list[str] = field(default_factory=list)

    def hold(self, number: int, line: str) -> None:
        self.start = self.start or number
        self.held.append(line)
        self.size += len(line)
        if self.size > LONGEST:
            raise unreadable(self.path, f"слишком длинная запись, строка {self.start}")

    def mark(self, line: str) -> None:
        self.begun |= line.lower() == _BEGIN
        self.ended |= line.lower() == _END

    def release(self, *, last: bool = False) -> tuple[int, str, bool]:
        chunk = (self.start, "".join(self.held), last)
        self.held.clear()
        self.start = self.size = 0
        return chunk


def _chunks(path: Path, source: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """Cut a file into the texts between separators, each with its first line and whether the file ends in it."""
    frame = _Frame(path)
    for number, line in _lines(path, source):
        plain = line.strip()
        ends = plain == _SEPARATOR
        if plain.endswith(_JOINED):
            frame.hold(number, plain.removesuffix(_SEPARATOR))
            ends = True
        elif plain.startswith("###"):
            frame.mark(plain)
            ends = True
        elif plain and not ends:
            frame.hold(number, line)
        if ends and frame.held:
            yield frame.release()
    if frame.held:
        yield frame.release(last=True)
    if frame.begun and not frame.ended:
        raise unreadable(path, f"файл обрывается: нет строки «{_END}»")


def _lines(path: Path, source: BinaryIO) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(iter(lambda: source.readline(LONGEST + 1), b""), 1):
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise not_utf8(path, f"строка {number}") from None
