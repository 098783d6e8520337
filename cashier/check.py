"""`cashier check`: settings, keys and data, every mistake with its place."""

from pathlib import Path

import click
from click._termui_impl import ProgressBar

from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.settings import Settings, load, report
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.documents import verify
from cashier.store.projection import Place

STRIDE = 1000
"""Rows of the journal between two movements of the progress bar."""


def run_check(conf: Path, folder: DataFolder) -> int:
    """Print what was found; return 0 when all is well, else 1."""
    loaded = load(conf)
    for line in report(loaded):
        click.echo(line)
    faults = list(keys_of(loaded.settings)[1]) if loaded.settings else []
    faults += _data_faults(folder, loaded.settings or Settings())
    for fault in faults:
        click.echo(fault)
    if not (faults or loaded.mistakes):
        click.echo("Ошибок нет")
    return 1 if faults or loaded.mistakes else 0


def _moved(bar: "ProgressBar[int]", seq: int) -> None:
    if seq % STRIDE == 0:
        bar.update(STRIDE)


def _data_faults(folder: DataFolder, settings: Settings) -> list[str]:
    if not folder.documents.exists():
        click.echo(f"{folder.documents}: касса ещё не работала")
        return []
    place = Place(str(settings.till.shopcode), str(settings.till.cashcode))
    try:
        conn = open_for_reading(folder.documents)
        (size,) = conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        conn.close()
        with click.progressbar(length=size, label="Журнал", file=click.get_text_stream("stderr")) as bar:
            faults = verify(folder.documents, place, lambda seq: _moved(bar, seq))
    except StoreError as error:
        return [str(error)]
    if not faults:
        click.echo(f"{folder.documents}: журнал цел, записей: {size}")
    return faults
