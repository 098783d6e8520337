"""What has happened for good: the entries of the journal, in the past tense.

Facts are all that is written down; the tables of documents.db are a projection of them, and a receipt that a power cut
interrupted is the replay of its facts. Amounts are kopecks, quantities thousandths. A fact once released is never
renamed and never loses a field: journals outlive programs.
"""

from typing import Literal

import msgspec

from cashier.core.catalogue import Person
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line, TenderKind


class Fact(msgspec.Struct, frozen=True, tag=True):
    """Base of all facts; its class name is its kind in the journal."""


class SignedIn(Fact, frozen=True):
    """A cashier has taken the till."""

    person: Person


class SignedOut(Fact, frozen=True):
    """The till was left or locked; a receipt in work stays."""

    person: Person
    idle: bool = False
    """Nobody left it: it locked itself."""


class SignInRefused(Fact, frozen=True):
    """Code and password did not fit."""

    code: str
    """Empty when nobody has this code: it may be a password typed too early."""


class ShiftOpened(Fact, frozen=True):
    """The first document of a shift was begun.

    Shop and till are those of the settings at that moment; journals of earlier programs do not say them.
    """

    number: int
    at: str
    cashier: Person
    shop: str = ""
    till: str = ""


class ReceiptOpened(Fact, frozen=True):
    """A sale was begun; its GUID is durable before anybody outside hears of it (spec S1).

    Shop and till are those of the settings at that moment; journals of earlier programs do not say them.
    """

    identifier: str
    number: int
    shift: int
    at: str
    cashier: Person
    shop: str = ""
    till: str = ""


class LineAdded(Fact, frozen=True):
    """A line stands in the receipt."""

    receipt: str
    line: Line


class QuantityChanged(Fact, frozen=True):
    """A line has another quantity: by the cashier's wish, or because an equal line was merged into it."""

    receipt: str
    position: int
    quantity: Thousandths
    gross: Kopecks
    """Sum of the line before discounts, at the new quantity."""
    held: tuple[tuple[str, str], ...]
    source: str = ""


class LineStornoed(Fact, frozen=True):
    """A line was taken out; it stays visible."""

    receipt: str
    position: int
    at: str
    by: Person
    leaving: bool = False
    """Gates are still to let it go; `LineLeft` follows."""


class LineLeft(Fact, frozen=True):
    """All gates have let a storno'd line go."""

    receipt: str
    position: int


class ReceiptCancelled(Fact, frozen=True):
    """The whole receipt was given up."""

    receipt: str
    at: str
    by: Person


class PaymentBegun(Fact, frozen=True):
    """The subtotal was struck: lines are frozen until the payment is left."""

    receipt: str


class PaymentLeft(Fact, frozen=True):
    """The cashier went back to the lines before any money was taken."""

    receipt: str


class TenderTaken(Fact, frozen=True):
    """Money was taken."""

    receipt: str
    kind: TenderKind
    amount: Kopecks
    at: str


class TendersReturned(Fact, frozen=True):
    """Money taken for a receipt was given back before it was paid in full."""

    receipt: str
    amount: Kopecks
    at: str


class ReceiptClosed(Fact, frozen=True):
    """The receipt is paid in full; the change was given from cash."""

    receipt: str
    total: Kopecks
    change: Kopecks
    at: str


class IntentMade(Fact, frozen=True):
    """Something outside is about to be asked to change."""

    token: str
    gate: str
    receipt: str
    body: str
    position: int
    """Of the line it is about."""


class IntentSettled(Fact, frozen=True):
    """The outcome of an intent is known, or has been put right."""

    token: str
    outcome: Literal["done", "refused", "compensated"]


class MessageQueued(Fact, frozen=True):
    """A message for another system waits in the outbox."""

    identifier: str
    destination: str
    kind: str
    body: str
    key: str = ""
    """Messages of one key (a mark) are delivered in order."""


class PrintBegun(Fact, frozen=True):
    """A receipt is about to be sent to the printer."""

    token: str
    receipt: str
    copy: bool


class PrintEnded(Fact, frozen=True):
    """What became of a printing; `unknown` is settled by a person who looks at the paper."""

    token: str
    outcome: Literal["printed", "failed", "unknown"]
    reason: str = ""
    fiscal: int = 0
    """Number of the fiscal document; 0 while the receipt is not known to be registered."""


class PaperSeen(Fact, frozen=True):
    """A person has looked: the paper of a receipt is out and whole."""

    receipt: str


AnyFact = (
    SignedIn
    | SignedOut
    | SignInRefused
    | ShiftOpened
    | ReceiptOpened
    | LineAdded
    | QuantityChanged
    | LineStornoed
    | LineLeft
    | ReceiptCancelled
    | PaymentBegun
    | PaymentLeft
    | TenderTaken
    | TendersReturned
    | ReceiptClosed
    | IntentMade
    | IntentSettled
    | MessageQueued
    | PrintBegun
    | PrintEnded
    | PaperSeen
)

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)


def to_json(fact: AnyFact) -> bytes:
    """Write a fact for the journal; equal facts give equal bytes."""
    return _encode(fact)


def from_json(text: bytes | str) -> AnyFact:
    """Read a fact back.

    Raises:
        msgspec.ValidationError: not a fact this program knows.
    """
    return _decoder.decode(text)
