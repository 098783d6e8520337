"""`cashier check`: settings, keys and data, every mistake with its place."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.masks import check_mask
from cashier.settings import load, not_yet
from cashier.settings.effective import report
from cashier.store.connect import StoreError
from cashier.store.verify import journal_length, verify


def run_check(conf: Path, folder: DataFolder) -> int:
    """Print what was found; return 0 when all is well, else 1."""
    loaded = load(conf, check_mask)
    for line in report(loaded):
        click.echo(line)
    for warning in not_yet(loaded.settings) if loaded.settings else ():
        click.echo(f"Внимание: {warning}")
    faults = list(keys_of(loaded.settings)[1]) if loaded.settings else []
    faults += _data_faults(folder)
    for fault in faults:
        click.echo(fault)
    if not (faults or loaded.mistakes):
        click.echo("Ошибок нет")
    return 1 if faults or loaded.mistakes else 0


def _data_faults(folder: DataFolder) -> list[str]:
    if not folder.documents.exists():
        click.echo(f"{folder.documents}: касса ещё не работала")
        return []
    try:
        size = journal_length(folder.documents)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Журнал", total=size)
            faults = verify(folder.documents, lambda seq: bar.update(task, completed=seq))
    except StoreError as error:
        return [str(error)]
    if not faults:
        click.echo(f"{folder.documents}: журнал цел, записей: {size}")
    return faults
