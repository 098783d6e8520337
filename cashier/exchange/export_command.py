"""`cashier export`: receipts of some days again, as files; beside a running till or without one.

`xml` and `json` write one file for each receipt, `receipt_77_3_412_15_1.xml`; `aif` writes one file for all of them,
`sale_20261101_20261121.json`. A file is whole or not there, and one written again replaces the one before.
Exit: 0 done, 1 done but for receipts that are named or broken off while writing, 2 refused before anything was written.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final, Literal

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from cashier.core.ended import Ended
from cashier.folder import DataFolder
from cashier.store.connect import StoreError
from cashier.store.past_receipts import PastReceipts, prepare_documents
from devices._durable import replace_file

Format = Literal["xml", "json", "aif"]

DONE, MISTAKES, REFUSED = 0, 1, 2

_DIR_ADVICE: Final = "Укажите папку, в которую можно писать: --to-dir"


def run_export(since: date, until: date, to_dir: Path, format_: Format, folder: DataFolder) -> int:
    """Write the receipts that ended on these days or between them; days are those of the shop.

    Returns:
        The exit code.
    """
    refused = _refusal(since, until, to_dir, folder)
    if refused:
        _say(*refused)
        return REFUSED
    try:
        prepare_documents(folder.documents)
        with closing(PastReceipts(folder.documents)) as past:
            return _exported(_Reading(past, past.between(since, until)), _writer(format_, to_dir, since, until), to_dir)
    except StoreError as error:
        _say(error.message, error.advice)
        return REFUSED


def _refusal(since: date, until: date, to_dir: Path, folder: DataFolder) -> tuple[str, str] | None:
    """Say what is wrong and what to do; None where nothing is."""
    if since > until:
        return f"Начало {since:%d.%m.%Y} позже конца {until:%d.%m.%Y}", "Поменяйте местами --from и --to"
    if not folder.documents.exists():
        return f"{folder.documents}: чеков нет, касса ещё не работала", "Укажите папку данных кассы: --data"
    try:
        to_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=to_dir):
            return None
    except OSError as error:
        return f"{to_dir}: {error.strerror}", _DIR_ADVICE


class _Reading:
    """Reads receipts one by one; what cannot be read is remembered, and the others go on."""

    def __init__(self, past: PastReceipts, names: tuple[str, ...]) -> None:
        self.count = 0
        self.mistakes: list[str] = []
        self._past, self._names = past, names
        self._bar = _bar()
        self._task = self._bar.add_task("Выгрузка", total=len(names))

    def __iter__(self) -> Iterator[Ended]:
        with self._bar:
            for name in self._names:
                ended = self._read(name)
                if ended is not None:
                    self.count += 1
                    yield ended
                self._bar.advance(self._task)

    def _read(self, name: str) -> Ended | None:
        try:
            return self._past.of(name)
        except StoreError as error:
            self.mistakes.append(str(error))
            return None


def _exported(receipts: _Reading, write: Callable[[Iterable[Ended]], None], to_dir: Path) -> int:
    try:
        write(receipts)
    except OSError as error:
        _say(*receipts.mistakes, f"{to_dir}: {error.strerror}", "Выгрузка прервана, повторите её")
        return MISTAKES
    unread = len(receipts.mistakes)
    _say(*receipts.mistakes, f"{to_dir}: выгружено чеков: {receipts.count}, не прочитано: {unread}")
    return MISTAKES if unread else DONE


def _writer(format_: Format, to_dir: Path, since: date, until: date) -> Callable[[Iterable[Ended]], None]:
    """Choose what writes the files; it is loaded now, lxml only for XML."""
    if format_ == "aif":
        from cashier.exchange.sales import aif  # noqa: PLC0415 - see above

        return lambda receipts: replace_file(to_dir / aif.file_name(since, until), aif.to_aif(receipts))
    named = _xml if format_ == "xml" else _json
    return lambda receipts: _each(to_dir, map(named, receipts))


def _xml(ended: Ended) -> tuple[str, bytes]:
    from cashier.exchange.sales import xml  # noqa: PLC0415 - see above

    return xml.file_name(ended), xml.to_xml(ended)


def _json(ended: Ended) -> tuple[str, bytes]:
    from cashier.exchange.sales import json  # noqa: PLC0415 - see above

    return json.file_name(ended), json.elements((json.to_json(ended),))


def _each(to_dir: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, data in files:
        replace_file(to_dir / name, data)


def _bar() -> Progress:
    """Make a bar for the terminal only."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def _say(*lines: str) -> None:
    """Print lines in which a journal may have put control characters."""
    for line in lines:
        click.echo("".join(sign if sign.isprintable() else "?" for sign in line))
