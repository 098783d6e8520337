"""The gate's own words: what it asks its handler for, what it keeps with a line, what it puts into the outbox."""

from typing import Final, Literal
from uuid import UUID, uuid5

import msgspec

from cashier.core.facts import MessageQueued
from cashier.core.receipt import Line, Receipt
from cashier.gates.marked_goods._rules import NAME, MarkRules

_NAMES: Final = UUID("5f0b8a44-2f2c-4d6e-9a7e-0c1f6f6f3a11")
"""Message identifiers are named in it: the same message is never two, whoever words it."""

DESTINATION: Final = "cash_server"


class Request(msgspec.Struct, frozen=True):
    """Body of a request to the cash server (interfaces.md, Mark status)."""

    operation: Literal["status", "reserve"]
    mark: str
    ki: str
    barcode: str
    shopcode: int
    cashcode: int
    receipt: str
    document_type: str = msgspec.field(name="documentType")


class Order(msgspec.Struct, frozen=True):
    """What the gate asks its handler for: a request, and where to."""

    category: str
    request: Request
    key: str = ""
    """Names a reserve: a repetition is the same reserve, a release undoes this one."""


class Memory(msgspec.Struct, frozen=True):
    """What the gate keeps with a line."""

    category: str = ""
    key: str = ""
    """Of the reserve that follows the commit; empty where the server is not asked."""
    late: bool = False
    """The server was silent about the status."""


class Seen(msgspec.Struct, frozen=True):
    """What the gate remembers of a mark while the server is asked."""

    category: str
    code: str
    ki: str
    properties: tuple[tuple[str, str], ...] = ()
    barcode: str = ""
    late: bool = False
    """The server was silent about it."""
    sold_here: bool = False
    """Sold by this till: only a status of the server that says it was returned may lift that (spec M10)."""


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """Body of a message to the cash server (interfaces.md, Queue)."""

    mark: str
    ki: str
    barcode: str
    receipt: str
    document_type: str = msgspec.field(name="documentType")
    reserve: str = ""
    """Key of the reserve that a release undoes: one that comes later is refused."""


def order(
    rules: MarkRules, operation: Literal["status", "reserve"], receipt: Receipt, line: Line, memory: Memory
) -> str:
    """Word an order to the handler."""
    request = Request(
        operation, line.mark, line.ki, line.product.barcode, rules.shop, rules.till, receipt.identifier, receipt.kind
    )
    return written(Order(memory.category, request, memory.key))


def memory_of(line: Line) -> Memory:
    """Return what was kept with a line."""
    text = line.memory(NAME)
    return msgspec.json.decode(text, type=Memory) if text else Memory()


def written(value: msgspec.Struct) -> str:
    """Write one of these down."""
    return msgspec.json.encode(value).decode()


def released(receipt: Receipt, line: Line) -> MessageQueued:
    """Word the release of a line's mark."""
    return _message("markReleased", receipt.identifier, line.position, _told(receipt, line, memory_of(line).key))


def released_by(order: Order, position: int) -> MessageQueued:
    """Word the release of a mark whose reserve was asked for; the line may never have stood."""
    own = order.request
    told = Told(own.mark, own.ki, own.barcode, own.receipt, own.document_type, order.key)
    return _message("markReleased", own.receipt, position, told)


def ended(receipt: Receipt, line: Line) -> MessageQueued:
    """Word what becomes of a mark when its receipt is closed."""
    kind = "markSold" if not receipt.gives_back else "markReturned"
    return _message(kind, receipt.identifier, line.position, _told(receipt, line, memory_of(line).key))


def _told(receipt: Receipt, line: Line, key: str) -> Told:
    return Told(line.mark, line.ki, line.product.barcode, receipt.identifier, receipt.kind, key)


def _message(kind: str, receipt: str, position: int, told: Told) -> MessageQueued:
    # A line of an order may have had other marks before this one, and this one more than once.
    identifier = str(uuid5(_NAMES, f"{receipt}/{position}/{kind}/{told.reserve}"))
    return MessageQueued(identifier, DESTINATION, kind, written(told), key=told.ki)
