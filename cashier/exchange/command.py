"""`cashier import`: files into the dictionaries, with a progress bar and a report.

Exit: 0 done, 1 done with mistakes reported or broken off while writing, 2 refused before anything was changed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from cashier.exchange.load import READING, WRITING, import_files
from cashier.exchange.report import Report, UnreadableError
from cashier.store.connect import StoreError

DICTIONARIES: Final = "dictionaries.db"

_DONE, _MISTAKES, _REFUSED = 0, 1, 2
_STAGES: Final = {READING: "Чтение", WRITING: "Запись"}


def run_import(files: Sequence[Path], data_folder: Path) -> int:
    """Import files into the dictionaries of this data folder.

    Returns:
        The exit code.
    """
    bars = _Bars()
    try:
        with bars.progress:
            report = import_files(files, data_folder / DICTIONARIES, bars.show)
    except (UnreadableError, StoreError) as error:
        _say(error.message)
        _say(error.advice)
        _say("Загрузка прервана, повторите её" if bars.writing else "Ничего не изменено")
        return _MISTAKES if bars.writing else _REFUSED
    _tell(report)
    return _MISTAKES if report.bad_count else _DONE


class _Bars:
    """One bar per stage, on the terminal only."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
        )
        self.progress = Progress(*columns, console=Console(stderr=True))
        self._tasks = {stage: self.progress.add_task(name, visible=False) for stage, name in _STAGES.items()}
        self.writing = False
        """Whether anything may have been written."""

    def show(self, stage: str, done: int, total: int) -> None:
        self.writing |= stage == WRITING
        self.progress.update(self._tasks[stage], completed=done, total=total, visible=True)


def _tell(report: Report) -> None:
    for command, count in sorted(report.taken.items()):
        _say(f"{command}: {count}")
    for command, count in sorted(report.not_kept.items()):
        _say(f"{command}: {count} — касса этого не хранит, пропущено")
    for record in report.bad:
        _say(f"{record.place}: {f'{record.command}: ' if record.command else ''}{record.reason}. {record.advice}")
    if report.bad_count > len(report.bad):
        _say(f"и ещё записей с ошибками: {report.bad_count - len(report.bad)}")
    _say(f"Принято записей: {report.taken.total()}, пропущено с ошибками: {report.bad_count}")


def _say(line: str) -> None:
    """Print a line in which a file may have put control characters."""
    click.echo("".join(sign if sign.isprintable() else "?" for sign in line))
