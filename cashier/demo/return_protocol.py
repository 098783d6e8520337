"""What a till and the cash server say to each other about lines of a sale that come back."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from cashier.demo.cash_protocol import Guid, Number
from cashier.demo.receipt_forms import Figure, Place


class LineAsked(Struct, frozen=True):
    """So much of one position of the sale receipt."""

    position: Place
    quantity: Annotated[float, Meta(ge=0.001, le=1e9)]
    """Units."""
    sold: Figure = 0.0
    """How many were sold: for a server that has not heard of the sale yet."""
    amount: Figure = 0.0
    """Roubles given back for it."""


class ReturnAsked(Struct, frozen=True, rename={"back": "return"}):
    """The wish to give lines back, or not to give them back after all."""

    operation: Literal["claim", "release"]
    key: Guid
    """Names the claim."""
    receipt: Guid
    """The sale receipt."""
    back: Guid
    """The return receipt."""
    shopcode: Number = 0
    cashcode: Number = 0
    time: Annotated[str, Meta(max_length=40)] = ""
    """When the till asked first; a later claim of a return knows better what it holds."""
    holds: Annotated[tuple[Guid, ...], Meta(max_length=10_000)] = ()
    """Keys of the other claims that the return holds of the same positions."""
    lines: Annotated[tuple[LineAsked, ...], Meta(max_length=10_000)] = ()

    @property
    def names(self) -> tuple[str, str, str]:
        """The claim, the sale receipt and the return receipt, as they are compared."""
        return self.key.lower(), self.receipt.lower(), self.back.lower()

    def outdates(self, other: "ReturnAsked") -> bool:
        """Tell whether this claim of a return says that it does not hold an earlier one of the same position."""
        places = {line.position for line in self.lines} & {line.position for line in other.lines}
        return bool(places) and other.time < self.time and other.key.lower() not in {key.lower() for key in self.holds}


class Left(Struct, frozen=True):
    """What may still come back of a position, in units."""

    position: int
    left: float


class ReturnAnswer(Struct, frozen=True, omit_defaults=True):
    """What becomes of a claim; after its release it is `RELEASED`, whenever it comes."""

    result: Literal["CLAIMED", "REFUSED", "RELEASED"]
    lines: tuple[Left, ...] = ()
    """Of a refused claim: the positions of which too much was asked for."""


class Returned(Struct, frozen=True, rename={"back": "return"}):
    """So much of a position that was claimed or has come back."""

    back: str
    position: int
    quantity: float
    """Units."""
    amount: float
    """Roubles."""


class Refund(Struct, frozen=True, rename={"back": "return", "kind": "pType"}):
    """Money that a completed return has given back."""

    back: str
    kind: str
    amount: float
    """Roubles."""
