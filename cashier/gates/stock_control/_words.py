"""The gate's own words: what it asks its handler for, what it keeps with a line, what it puts into the outbox."""

from typing import Final, Literal
from uuid import UUID, uuid5

import msgspec

from cashier.core.facts import MessageQueued
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line

NAME: Final = "stock_control"
"""Of the gate, in facts and in the registration of its handler."""

DESTINATION: Final = "stock_control"
"""Of cancels in the outbox."""

_NAMES: Final = UUID("0c9d6a0e-6f0b-4c39-9d55-7b6a3d3c2e54")
"""Cancels are named in it: a reserve is cancelled by one message, whoever words it."""


class Request(msgspec.Struct, frozen=True):
    """What the gate asks its handler for."""

    operation: Literal["reserve", "cancel", "stock"]
    sku: str
    """Inventory code of the goods (interfaces.md)."""
    reservation: str = ""
    """GUID of the receipt; empty for the stock, which is nobody's."""
    quantity: Thousandths = Thousandths(0)
    key: str = ""
    """Names the reserve: a repetition is the same reserve, a cancel undoes this one and no other (spec S10)."""
    instead: tuple["Reserve", ...] = ()
    """Reserves of the line that this one is to take the place of, as the line has them until then."""
    beside: tuple["Reserve", ...] = ()
    """Those of them that stay."""


class Answer(msgspec.Struct, frozen=True):
    """What became of it, as far as that is known; where it is not there is no answer at all."""

    done: bool
    text: str = ""
    """Why it was refused, in the words of the system; empty when it sent none."""
    sent: bool = True
    """False: there was no connection, nobody has heard of the request."""
    gone: bool = False
    """There is nothing to be cancelled."""
    sure: bool = True
    """False: it may have been done all the same, and the answer went wrong."""
    free: Thousandths | None = None
    reserved: Thousandths | None = None
    measure: str = ""


class Reserve(msgspec.Struct, frozen=True):
    """A reserve the system holds for a line; a line has several where pieces were merged into it."""

    key: str
    quantity: Thousandths


class Memory(msgspec.Struct, frozen=True):
    """What the gate keeps with a line."""

    reserves: tuple[Reserve, ...] = ()


Stage = Literal["reserve", "cancel", "again", "back"]


class Plan(msgspec.Struct, frozen=True):
    """Where the gate stands between a request and its answer."""

    stage: Stage
    held: tuple[Reserve, ...] = ()
    """Reserves of the line that are certain."""
    cancelling: tuple[Reserve, ...] = ()
    """Reserves that are still to be cancelled; the first one is being."""
    reserve: Reserve | None = None
    """The one being asked for."""
    owed: tuple[Reserve, ...] = ()
    """Reserves that are held and whose cancel is left to the outbox."""
    doubtful: tuple[Reserve, ...] = ()
    """The same of reserves that may not be held."""
    said: Answer | None = None
    """Why the change cannot be; None: nobody answered."""


class Undo(msgspec.Struct, frozen=True):
    """Body of a message of the outbox: cancel this reserve."""

    reservation: str
    sku: str
    quantity: Thousandths
    key: str
    doubtful: bool = False
    """The reserve may not be held at all: its request, or an earlier cancel, had no clear answer."""


def request_of(operation: Literal["reserve", "cancel"], reservation: str, sku: str, reserve: Reserve) -> Request:
    """Word a request about a reserve."""
    return Request(operation, sku, reservation, reserve.quantity, reserve.key)


def cancelled(reservation: str, sku: str, reserve: Reserve, *, doubtful: bool) -> MessageQueued:
    """Word the cancel of a reserve for the outbox; cancels of one article keep their order."""
    body = written(Undo(reservation, sku, reserve.quantity, reserve.key, doubtful))
    identifier = str(uuid5(_NAMES, reserve.key))
    return MessageQueued(identifier, DESTINATION, "reserveCancelled", body, key=f"{reservation}/{sku}")


def memory_of(line: Line) -> tuple[Reserve, ...]:
    """Return the reserves of a line."""
    text = line.memory(NAME)
    return msgspec.json.decode(text, type=Memory).reserves if text else ()


def held(line: Line, reserves: tuple[Reserve, ...]) -> Line:
    """Keep reserves with a line."""
    return line.holding(NAME, written(Memory(reserves)))


def total(reserves: tuple[Reserve, ...]) -> Thousandths:
    """Add quantities up."""
    return Thousandths(sum(own.quantity for own in reserves))


def back_key(key: str) -> str:
    """Name the reserve that is asked for in the place of one whose cancel a crash cut off: the same at each start."""
    return str(uuid5(_NAMES, f"back/{key}"))


def written(value: msgspec.Struct) -> str:
    """Write one of these down."""
    return msgspec.json.encode(value).decode()


def answer_of(body: str) -> Answer:
    """Read what the handler says."""
    return msgspec.json.decode(body, type=Answer)
