"""`cashier queue`: messages waiting and parked, with reasons; beside a running till or without one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from cashier.folder import DataFolder
from cashier.store.connect import StoreError
from cashier.store.outbox import waiting
from cashier.store.outbox_list import Undelivered, dismiss, put_back, undelivered

DONE, REFUSED = 0, 2
"""Exit statuses: done; refused before anything was changed."""

LONGEST_KEY: Final = 40
"""Signs of a key that are shown: КИ of most groups of goods is shorter."""

ALL: Final = "all"
"""In the place of an identifier: every message that is parked."""

_STATES: Final = {"parked": "отклонено", "waiting": "ждёт"}
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def run_queue(folder: DataFolder, retry: str | None = None, dismissed: str | None = None) -> int:
    """List the messages that are not delivered, or do something about a rejected one; return the exit status.

    Args:
        folder: of the till's data.
        retry: beginning of the identifier of a message to be sent again, or `all`.
        dismissed: the same of one whose rejection is taken note of.
    """
    try:
        if not folder.documents.exists():
            return _nothing_yet(folder, retry or dismissed)
        if retry is not None:
            return _changed(folder, retry, put_back, "будет отправлено снова")
        if dismissed is not None:
            return _changed(folder, dismissed, dismiss, "больше не отправляется и не напоминает о себе")
        return _list(folder)
    except StoreError as error:
        _say(error.message, err=True)
        _say(error.advice, err=True)
        return REFUSED


def _nothing_yet(folder: DataFolder, wish: str | None) -> int:
    _say(f"{folder.documents}: касса ещё не работала", err=wish is not None)
    return DONE if wish is None else REFUSED


def _list(folder: DataFolder) -> int:
    counts = waiting(folder.documents)
    _say(f"Ждут отправки: {counts.count}, отклонены: {counts.parked}")
    for message in undelivered(folder.documents):
        _say(_row(message))
    return DONE


def _row(message: Undelivered) -> str:
    cells = (message.identifier, _time(message.time), message.destination, message.kind, _key(message.key))
    return "  ".join(filter(None, (*cells, _STATES[message.state], f"попыток: {message.tries}", message.reason)))


def _time(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%d.%m.%Y %H:%M:%S}"
    except ValueError:
        return text


def _key(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 1]}…"


def _changed(folder: DataFolder, wish: str, change: Callable[[Path, str], tuple[str, ...]], done: str) -> int:
    """Change the one rejected message whose identifier begins so, or all of them."""
    path = folder.documents
    wishes = [own.identifier for own in undelivered(path) if own.state == "parked"] if wish == ALL else [wish]
    for beginning in wishes:
        match change(path, beginning) if beginning else ():
            case (identifier,):
                _say(f"{identifier}: {done}")
            case ():
                _say(f"Отклонённого сообщения {beginning} нет. Список: cashier queue", err=True)
                return REFUSED
            case _:
                _say(f"Сообщений, которые начинаются с {beginning}, несколько. Введите больше знаков", err=True)
                return REFUSED
    return DONE


def _say(text: str, *, err: bool = False) -> None:
    """Print a line in which a server or a scanner may have put anything."""
    click.echo("".join(sign if sign.isprintable() else _REPLACEMENT for sign in text), err=err)
