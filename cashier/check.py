"""`cashier check`: settings, keys and data, every mistake with its place."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import Progress

from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.masks import check_mask
from cashier.plugins import restriction_rules
from cashier.settings import Settings, load, not_yet
from cashier.settings.effective import report
from cashier.settings.goods_table import goods_table
from cashier.settings.named_goods import unknown_goods
from cashier.settings.stock_promises import stock_doubts, stock_promises
from cashier.store.connect import StoreError
from cashier.store.dictionaries import Dictionaries
from cashier.store.known_goods import KnownGoods
from cashier.store.verify import journal_length, verify


def run_check(conf: Path, folder: DataFolder) -> int:
    """Print what was found; return 0 when all is well, else 1."""
    loaded = load(conf, check_mask)
    for line in report(loaded):
        click.echo(line)
    faults = _settings_faults(loaded.settings, folder) if loaded.settings else []
    faults += _data_faults(folder)
    for fault in faults:
        click.echo(fault)
    if not (faults or loaded.mistakes):
        click.echo("Ошибок нет")
    return 1 if faults or loaded.mistakes else 0


def _settings_faults(settings: Settings, folder: DataFolder) -> list[str]:
    for line in goods_table(settings, datetime.now(ZoneInfo(settings.till.timezone)).date()):
        click.echo(line)
    for line in stock_promises(settings):
        click.echo(line)
    for warning in (*stock_doubts(settings), *not_yet(settings)):
        click.echo(f"Внимание: {warning}")
    return [*keys_of(settings)[1], *_goods_faults(settings, folder)]


def _goods_faults(settings: Settings, folder: DataFolder) -> list[str]:
    """Warn of goods that are named and unknown, or sold to anybody; a till that has no goods yet is told nothing."""
    if not folder.dictionaries.exists():
        return []
    try:
        with closing(KnownGoods(folder.dictionaries)) as known:
            named = settings.restrictions or settings.legal_minimums
            warnings = [str(own) for own in unknown_goods(settings, known.has)] if named else []
            warnings += _sold_to_anybody(settings, folder, known.tobacco())
    except StoreError as error:
        return [str(error)]
    for warning in warnings:
        click.echo(f"Внимание: {warning}")
    return []


def _sold_to_anybody(settings: Settings, folder: DataFolder, tobacco: Iterable[str]) -> Iterator[str]:
    """Name tobacco that nothing restricts by age: the law does, and the shop has to set it (seed ukm5-tobacco)."""
    rules, now = restriction_rules(settings), datetime.now(ZoneInfo(settings.till.timezone))
    with closing(Dictionaries(folder.dictionaries)) as dictionaries:
        found = (dictionaries.by_code(code, now) for code in tobacco)
        names = [own.name for own in found if own and not rules.of(own).age]
    if names:
        yield (
            f"табак продаётся без проверки возраста, товаров: {len(names)}, например «{names[0]}». "
            "Задайте возраст в справочнике или [Restriction] для группы"
        )


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
