"""`cashier user add`: a person who may sign in. Exit: 0 done, 2 refused before anything was changed."""

import sys
from pathlib import Path

import click

from cashier.core.people import LONGEST_CODE, LONGEST_NAME, code_fits, name_fits
from cashier.store.connect import StoreError, plain_words
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.passwords import hash_password
from cashier.store.staff import ROLES, add_person

_DONE, _REFUSED = 0, 2


def run_user_add(code: str, name: str, role: int, data_folder: Path) -> int:
    """Write a person down with a password from standard input, asked twice on a terminal.

    Returns:
        The exit code.
    """
    mistake = _mistake(code, name, role)
    password = "" if mistake else _password()
    if mistake or not password:
        click.echo(mistake or "Пароль пуст. Введите пароль", err=True)
        return _REFUSED
    try:
        _write(data_folder / "dictionaries.db", code, name, role, password)
    except StoreError as error:
        click.echo(f"{error.message}\n{error.advice}", err=True)
        return _REFUSED
    click.echo(f"{name} ({code}): {ROLES[role]}")
    return _DONE


def _write(path: Path, code: str, name: str, role: int, password: str) -> None:
    conn = prepare_dictionaries(path)
    try:
        with plain_words(path):
            add_person(conn, code, name, role, hash_password(password))
    finally:
        conn.close()


def _mistake(code: str, name: str, role: int) -> str:
    if not code_fits(code):
        return f"Код: от 1 до {LONGEST_CODE} печатных знаков без пробелов по краям"
    if not name_fits(name):
        return f"Имя: от 1 до {LONGEST_NAME} печатных знаков"
    if role not in ROLES:
        return "Роль: " + ", ".join(f"{number} {title}" for number, title in ROLES.items())
    return ""


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Пароль", hide_input=True, confirmation_prompt="Пароль ещё раз"))
    return sys.stdin.readline().rstrip("\r\n")
