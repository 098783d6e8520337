"""The order server: gives an order out by its number, and takes it back (interfaces.md, [Orders]).

Its document is that of domain/artix.md 3.5, «Internet/online receipt»: itself, or as a text in the field `document`.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import msgspec

from cashier.core.orders import MOST_LINES, Returned
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError
from cashier.remote.http import Client
from cashier.store.outbox import Message

DEADLINE: Final = 10.0
"""Seconds for an order in total: the cashier waits for it."""

PATIENCE: Final = 30.0
"""Seconds for giving one back."""

UNKNOWN: Final = frozenset({400, 404, 410, 422})
"""Statuses by which the server says that it has no such order: the number may not even be one."""

BUSY: Final = frozenset({409, 423})
"""Statuses by which it says that another till has the order."""

AGAIN: Final = frozenset({401, 403, 408, 429})
"""Statuses below 500 that say nothing of the order: it is to be given back later."""

_OK: Final = range(200, 300)
_FAULT: Final = range(400, 500)

Number = int | float | str | None
"""A number as servers write it, with or without quotes."""


class Position(msgspec.Struct, frozen=True):
    """One position of the document; what is missing is None."""

    code: Number = None
    barcode: Number = None
    name: str | None = None
    price: Number = None
    """Roubles."""
    minprice: Number = None
    quant: Number = None
    measurename: str | None = None
    isfractionalmeasure: bool | Number = None
    vatrate: Number = None
    """Percent."""
    tmctype: Number = None
    """Name or number of the kind of goods (domain/artix.md 5.1)."""


class Document(msgspec.Struct, frozen=True):
    """The order as it was put together."""

    positions: list[Position]
    identifier: Number = None
    dont_change: bool | Number = msgspec.field(name="dontChange", default=None)


class _Wrapped(msgspec.Struct, frozen=True):
    document: str


class MissingError(NoAnswerError):
    """The server has no such order."""

    def __init__(self) -> None:
        super().__init__("order server: no such order")


class BusyError(NoAnswerError):
    """Another till has the order."""

    def __init__(self) -> None:
        super().__init__("order server: order taken by another till")


class UnreadableError(NoAnswerError):
    """The server's document is not one."""

    def __init__(self) -> None:
        super().__init__("order server: document not readable")


@dataclass(frozen=True, slots=True)
class OrderServer:
    """The server at an address of the settings."""

    client: Client
    url: str

    async def get(self, number: str) -> Document:
        """Ask for an order.

        Raises:
            MissingError: there is none.
            BusyError: another till has it.
            UnreadableError: what came is no order.
            NoAnswerError: the server cannot be asked.
        """
        if not number.strip("."):
            raise MissingError  # a path would lose it
        try:
            answer = await self.client.get(self._address(number), msgspec.Raw, deadline=DEADLINE)
        except BadAnswerError as error:
            if error.status in UNKNOWN:
                raise MissingError from None
            if error.status in BUSY:
                raise BusyError from None
            if _is_ok(error):
                raise UnreadableError from None
            raise
        document = _decoded(bytes(answer))
        if document is None or len(document.positions) > MOST_LINES:
            raise UnreadableError
        return document

    async def release(self, message: Message) -> str:
        """Give an order back; return no reason, for what the server will not have is not out, either.

        Raises:
            NoAnswerError: nobody knows; it is to be tried again.
        """
        number = msgspec.json.decode(message.body, type=Returned).number
        headers = {"Idempotency-Key": message.identifier}
        url, body = f"{self._address(number)}/release", message.body.encode()
        try:
            await self.client.post(url, body, msgspec.Raw, headers=headers, deadline=PATIENCE)
        except BadAnswerError as error:
            if not (_is_ok(error) or _is_refusal(error)):
                raise
        return ""

    def _address(self, number: str) -> str:
        return f"{self.url.rstrip('/')}/{quote(number, safe='', errors='replace')}"


def _is_ok(error: BadAnswerError) -> bool:
    """Tell whether the server has done what it was asked, whatever its answer looks like."""
    return error.status in _OK


def _is_refusal(error: BadAnswerError) -> bool:
    """Tell whether the server has nothing of this order to take back."""
    return error.status in _FAULT and error.status not in AGAIN


def _decoded(answer: bytes) -> Document | None:
    """Read the document, or the one in it; None for none."""
    try:
        wrapped = msgspec.json.decode(answer, type=_Wrapped).document
    except (msgspec.MsgspecError, ValueError, RecursionError):
        wrapped = ""
    try:
        return msgspec.json.decode(wrapped or answer, type=Document)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
