"""Messages by which other systems hear that a receipt has ended; what they say of it is written at their delivery."""

from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.json import encode

from cashier.core.facts import MessageQueued

KIND: Final = "document"
"""Of the message (interfaces.md, Queue)."""

CASH_SERVER: Final = "cash_server"
EXPORT_XML: Final = "export_xml"
EXPORT_PUSH: Final = "export_push"
"""Destinations of the outbox: the cash server, the folder of files, the web service."""

_NAMES: Final = UUID("1350025e-723a-435d-b5fe-9981710aa2e5")


class Ending(Struct, frozen=True):
    """Body of such a message."""

    receipt: str
    """GUID."""


def documents(receipt: str, destinations: tuple[str, ...]) -> tuple[MessageQueued, ...]:
    """Word one message for each destination; a receipt ends once, so its message has one identifier for ever."""
    return tuple(_document(receipt, destination) for destination in destinations)


def _document(receipt: str, destination: str) -> MessageQueued:
    identifier = str(uuid5(_NAMES, f"{receipt}/{destination}"))
    return MessageQueued(identifier, destination, KIND, encode(Ending(receipt)).decode())
