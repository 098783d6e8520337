"""Commands of the till (interfaces.md, Commands). What a command needs is imported when it is called."""

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

import click

from cashier.folder import DataFolder, FolderTakenError, default_data, open_log, taken
from cashier.keymap import keys_of
from cashier.settings import Settings, default_conf, load, not_yet

DONE, MISTAKES, REFUSED = 0, 1, 2
"""Exit statuses: done; done with mistakes reported; refused before anything was changed."""

Command = TypeVar("Command", bound=Callable[..., Any])


def with_folders(command: Command) -> Command:
    """Give a command its `--conf` and `--data`."""
    folder = click.Path(file_okay=False, path_type=Path)
    command = click.option("--data", type=folder, help="Folder of the data.")(command)
    return click.option("--conf", type=folder, help="Folder of the settings.")(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Касса: a full-screen keyboard cashier terminal."""


@main.command()
@with_folders
def run(conf: Path | None, data: Path | None) -> None:
    """Run the till."""
    gc.disable()  # until the house is at work: what a start makes lives as long as the program
    settings, remarks = _settings_and_remarks(conf)
    undone = not_yet(settings)
    for warning in undone:
        click.echo(warning, err=True)
    _run_till(settings, DataFolder(data or default_data()), (*remarks, *undone))


@main.command()
@click.option("--lesson", help="Name of a lesson.")
@with_folders
def demo(lesson: str | None, conf: Path | None, data: Path | None) -> None:
    """Run the trainer's till: own data, simulated devices."""
    gc.disable()  # as above
    from cashier.demo import start  # noqa: PLC0415 - see above

    if lesson:
        _refuse(f"Урока «{lesson}» нет. Запустите без --lesson")
    settings, folder = _settings(conf), DataFolder(data or default_data().with_name("cashier-demo"))
    _guarded(lambda: start.run_demo(settings, folder), folder)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_folders
def import_(files: tuple[Path, ...], conf: Path | None, data: Path | None) -> None:
    """Load goods, prices and people: AIF or УКМ 5 JSON."""
    from cashier.exchange.command import run_import  # noqa: PLC0415 - see above

    _settings(conf)
    sys.exit(run_import(files, data or default_data()))


@main.group()
def user() -> None:
    """People who work on the till."""


@user.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--role", type=click.IntRange(1, 3), required=True, help="1 кассир, 2 старший кассир, 3 администратор.")
@with_folders
def user_add(code: str, name: str, role: int, conf: Path | None, data: Path | None) -> None:
    """Add a user; the password comes from standard input."""
    from cashier.store.staff_command import run_user_add  # noqa: PLC0415 - see above

    _settings(conf)
    sys.exit(run_user_add(code, name, role, data or default_data()))


@main.command()
@with_folders
def check(conf: Path | None, data: Path | None) -> None:
    """Check settings and data; name every mistake."""
    from cashier.check import run_check  # noqa: PLC0415 - see above

    sys.exit(run_check(conf or default_conf(), DataFolder(data or default_data())))


@main.command()
@with_folders
def scanner(conf: Path | None, data: Path | None) -> None:  # noqa: ARG001 - every command takes it
    """Show what the scanners send."""
    from cashier.scanner_command import run_scanner  # noqa: PLC0415 - see above

    sys.exit(run_scanner(_settings(conf)))


@main.command()
@click.option("--retry", metavar="ID", help="Send a rejected message again; `all` for every one.")
@click.option("--dismiss", metavar="ID", help="Take note of a rejection; `all` for every one.")
@with_folders
def queue(retry: str | None, dismiss: str | None, conf: Path | None, data: Path | None) -> None:
    """List messages that wait or were rejected."""
    from cashier.queue_command import run_queue  # noqa: PLC0415 - see above

    _settings(conf)
    sys.exit(run_queue(DataFolder(data or default_data()), retry, dismiss))


DAY = click.DateTime(("%Y-%m-%d", "%d.%m.%Y"))


@main.command()
@click.option("--from", "since", type=DAY, required=True, help="First day, YYYY-MM-DD or DD.MM.YYYY.")
@click.option("--to", "until", type=DAY, required=True, help="Last day, in the same ways.")
@click.option("--to-dir", type=click.Path(path_type=Path), required=True, help="Folder of the files.")
@click.option("--format", "format_", type=click.Choice(("xml", "json", "aif")), default="xml", show_default=True)
@with_folders
def export(
    since: datetime,
    until: datetime,
    to_dir: Path,
    format_: Literal["xml", "json", "aif"],
    conf: Path | None,
    data: Path | None,
) -> None:
    """Write receipts of some days as files again."""
    from cashier.exchange.export_command import run_export  # noqa: PLC0415 - see above

    _settings(conf)
    sys.exit(run_export(since.date(), until.date(), to_dir, format_, DataFolder(data or default_data())))


@main.command("stand-in")
@click.option("--cash-port", type=click.IntRange(0, 65_535), default=8080, show_default=True, help="0 is any free one.")
@click.option(
    "--stock-port", type=click.IntRange(0, 65_535), default=9200, show_default=True, help="0 is any free one."
)
@with_folders
def stand_in(cash_port: int, stock_port: int, conf: Path | None, data: Path | None) -> None:
    """Run the demo's cash server and stock control on loopback, for trainers and QA."""
    from cashier.demo.stand_in_command import run_stand_in  # noqa: PLC0415 - see above

    _settings(conf)
    sys.exit(run_stand_in(cash_port, stock_port, data))


def _settings(conf: Path | None) -> Settings:
    """Load the settings; with any mistake the program ends here."""
    return _settings_and_remarks(conf)[0]


def _settings_and_remarks(conf: Path | None) -> tuple[Settings, tuple[str, ...]]:
    loaded = load(conf or default_conf(), _check_mask)
    clashes = keys_of(loaded.settings)[1] if loaded.settings else ()
    for note in (*loaded.mistakes, *clashes, *loaded.warnings):
        click.echo(note, err=True)
    if loaded.settings is None or clashes:
        sys.exit(REFUSED)
    return loaded.settings, tuple(map(str, loaded.warnings))


def _check_mask(mask: str) -> str:
    from cashier.masks import check_mask  # noqa: PLC0415 - only where a mask is set

    return check_mask(mask)


def _run_till(settings: Settings, folder: DataFolder, remarks: tuple[str, ...]) -> None:
    from cashier import till  # noqa: PLC0415 - see above

    _guarded(lambda: till.run(settings, folder, till.Extras(remarks=remarks)), folder)


def _guarded(start: Callable[[], int], folder: DataFolder) -> None:
    """Run a till with its folder taken and its log open; say in words why it does not start."""
    from cashier.store.connect import StoreError  # noqa: PLC0415 - see above

    with ExitStack() as held:
        try:
            held.enter_context(taken(folder))
            open_log(folder)
        except FolderTakenError as error:
            _refuse(
                f"Касса уже запущена на этой папке данных (процесс {error}). Закройте её или укажите другую: --data"
            )
        except OSError as error:
            _refuse(str(error))
        try:
            sys.exit(start())
        except StoreError as error:
            _refuse(str(error))


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(REFUSED)
