"""What a till and the cash server say to each other about marks (interfaces.md: Mark status, Queue)."""

from typing import Annotated, Final, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

_GUID: Final = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

Guid = Annotated[str, Meta(pattern=rf"\A{_GUID}\Z")]
"""Names a receipt, a reserve or a message."""

GuidOrNone = Annotated[str, Meta(pattern=rf"\A({_GUID})?\Z")]
"""The same, or empty."""

Ki = Annotated[str, Meta(min_length=1, max_length=512)]
"""Identification code of a mark: what it is known by, byte for byte."""

Text = Annotated[str, Meta(max_length=4096)]
Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]

Status = Literal[
    "NOT_REGISTERED",
    "SOLD",
    "RETURNED",
    "RESERVED_SALE",
    "UNRESERVED_SALE",
    "RESERVED_RETURN",
    "UNRESERVED_RETURN",
    "NOT_IN_WHITELIST",
    "WHITELIST_NO_BARCODE",
    "WHITELIST_MISMATCH",
    "UNKNOWN",
]
"""The eleven the seed words for the cashier."""

RESERVED: Final = "RESERVED"
Answer = Status | Literal["RESERVED"]
"""What a status or a reserve is answered with."""

DocumentType = Literal["sale", "return", "returnByReceipt"]


class MarkAsked(Struct, frozen=True, rename="camel"):
    """A question about one mark, or the wish to reserve it for a receipt."""

    operation: Literal["status", "reserve"]
    mark: Text
    ki: Ki
    receipt: Guid
    document_type: DocumentType
    barcode: Text = ""
    shopcode: Number = 0
    cashcode: Number = 0

    @property
    def till(self) -> str:
        """Name the till as the queue does: shop-cash."""
        return f"{self.shopcode}-{self.cashcode}"


class Message(Struct, frozen=True):
    """One message of a till's queue; its body is read when its type is known."""

    id: Guid
    seq: Number
    till: Text
    type: Text
    time: Text
    body: msgspec.Raw


class MarkBody(Struct, frozen=True, rename="camel"):
    """Body of a message about a mark."""

    mark: Text
    ki: Ki
    receipt: Guid
    document_type: DocumentType
    barcode: Text = ""
    reserve: GuidOrNone = ""
    """Key of the reserve a release undoes; without it every reserve of the receipt is undone."""


class Result(Struct, frozen=True, omit_defaults=True):
    """What became of one message."""

    id: str
    result: Literal["accepted", "duplicate", "rejected", "later"]
    reason: str | UnsetType = UNSET
    """In Russian: it is shown to whoever looks after the till."""


Form = TypeVar("Form")

NOT_READ: Final = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""What reading a hostile body may end in."""


def read(body: bytes, form: type[Form]) -> Form | str:
    """Read a JSON body of this form.

    Returns:
        The value, or in words why there is none.
    """
    try:
        return msgspec.json.decode(body, type=form)
    except NOT_READ as error:
        return f"Тело запроса не разобрано: {error}"
