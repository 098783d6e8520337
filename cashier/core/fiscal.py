"""What became of a document that a fiscal device was to register, judged by the documents that it has.

Intent first (domain/reliability.md): the number of the device's last document is kept before it is asked for one, and
after an unknown outcome our own reference is looked for among the documents after that number.
"""

from collections.abc import Iterable
from typing import Literal, Protocol

from msgspec import Struct

from cashier.core.money import Kopecks

Kind = Literal["receipt", "refund", "shift_close"]
"""Documents that a till asks for with a reference of its own."""


class Kept(Protocol):
    """A document as the device tells of it."""

    @property
    def number(self) -> int:
        """Its own number."""
        ...

    @property
    def kind(self) -> str:
        """What it is; there are other kinds than a till asks for."""
        ...

    @property
    def reference(self) -> str:
        """Our identifier; empty where it was made without one."""
        ...

    @property
    def total(self) -> int:
        """Kopecks."""
        ...


class Wanted(Struct, frozen=True):
    """A document that the device is to register once."""

    kind: Kind
    reference: str
    total: Kopecks | None = None
    """None where the device reckons it itself."""


class Registered(Struct, frozen=True):
    """The device has it."""

    number: int
    """0 where nothing had to be registered: the device's shift was not open."""
    earlier: bool = False
    """It was there before it was asked for now: its paper may be out already."""


class Absent(Struct, frozen=True):
    """The device certainly does not have it."""


class Strange(Struct, frozen=True):
    """The device has what nobody here asked for: a person must look."""


Verdict = Registered | Absent | Strange


def judge(documents: Iterable[Kept], wanted: Wanted) -> Verdict:
    """Judge by the documents registered after the number that was kept before ours was asked for.

    Others may stand among them, since several receipts can be under way; a shift that somebody else closed may not
    when ours is to be closed.
    """
    documents = tuple(documents)
    own = [document for document in documents if document.reference == wanted.reference]
    foreign = any(document.kind == wanted.kind and document not in own for document in documents)
    match own:
        case []:
            return Strange() if foreign and wanted.kind == "shift_close" else Absent()
        case [one] if one.kind == wanted.kind and wanted.total in {None, one.total}:
            return Registered(one.number)
        case _:
            return Strange()
