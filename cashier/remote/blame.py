"""Whom a failed request speaks of: the way to the server, the messages in it, or nobody knows."""

from typing import Final, Literal

from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, DeniedError, LateError

Blame = Literal["way", "messages", "unclear"]

_OK, _REDIRECT, _SERVER = 200, 300, 500
"""Where the classes of HTTP statuses begin."""

_OF_MESSAGES: Final = frozenset({400, 409, 413, 415, 422})
"""Statuses that speak of what was sent; the others below 500 would be the same whatever it was."""

_SHUT: Final = frozenset({502, 503, 504})
"""Statuses of a server that is not there."""


def blame(error: NoAnswerError) -> Blame:
    """Judge a failure; where nobody knows, a message may be what the server breaks on."""
    match error:
        case BadAnswerError(status=status) if status in _OF_MESSAGES:
            return "messages"
        case BadAnswerError(status=status) if status in _SHUT or _REDIRECT <= status < _SERVER:
            return "way"
        case BadAnswerError() | LateError() | DeniedError():
            return "unclear"
        case _:
            return "way"


def reason(error: NoAnswerError) -> str:
    """Say to people why a message was not delivered."""
    match error:
        case BadAnswerError(status=status) if status == _OK:
            return "ответ сервера не читается"
        case BadAnswerError(status=status):
            return f"сервер не принял: HTTP {status}"
        case LateError():
            return "сервер не ответил вовремя"
        case DeniedError(text=text):
            return text or "сервер отказал"
        case _:
            return "нет связи с сервером"
