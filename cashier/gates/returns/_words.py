"""The gate's own words: what it asks the cash server for, what it keeps with a line, what it puts into the outbox.

A claim says that so much of a sold position comes back with a return; its key names it for ever. The server grants
claims until nothing of the position is left. A release undoes a claim, whether that has come by then or comes later.
A claim also says what its return holds of the position beside it: what it held before and does not any more is free,
though the release has not come yet.
"""

from typing import Final, Literal

import msgspec

NAME: Final = "returns"
"""Of the gate, in facts and in the registration of its handler."""

DESTINATION: Final = "cash_server_returns"
"""Of its messages."""

CLAIM, RELEASE = "returnClaimed", "returnReleased"
"""Kinds of its messages; the body of each is a `Request`."""


class Claimed(msgspec.Struct, frozen=True):
    """So much of one position."""

    position: int
    """In the sale receipt."""
    quantity: float
    """Units."""
    sold: float
    """How many were sold: for a server that has not heard of the sale yet."""
    amount: float
    """Roubles given back for it."""


class Request(msgspec.Struct, frozen=True, rename="camel"):
    """Body of `POST {url}/returns`."""

    operation: Literal["claim", "release"]
    key: str
    """Names the claim."""
    receipt: str
    """GUID of the sale receipt."""
    back: str = msgspec.field(name="return")
    """GUID of the return receipt."""
    shopcode: int = 0
    cashcode: int = 0
    lines: tuple[Claimed, ...] = ()
    time: str = ""
    """Of a claim: when the till asked first; a later claim of a return knows better what that holds."""
    holds: tuple[str, ...] = ()
    """Of a claim: keys of the others that its return holds of the same positions."""


class Left(msgspec.Struct, frozen=True):
    """What may still come back of a position."""

    position: int
    left: float


class Answer(msgspec.Struct, frozen=True):
    """What the server says; a claim after its release is answered `RELEASED`."""

    result: Literal["CLAIMED", "REFUSED", "RELEASED"]
    lines: tuple[Left, ...] = ()
    """Of a refused claim."""
