"""What has happened for good: the entries of the journal, in the past tense.

Facts are all that is written down; the tables of documents.db are a projection of them, and a receipt that a power cut
interrupted is the replay of its facts. Amounts are kopecks, quantities thousandths. A fact once released is never
renamed and never loses a field: journals outlive programs.
"""

import msgspec

from cashier.core.facts._base import Fact
from cashier.core.facts._money import (
    ChargeBegun,
    ChargeDisputed,
    ChargeEnded,
    PaymentBegun,
    PaymentLeft,
    ReceiptClosed,
    TenderReversed,
    TendersReturned,
    TenderTaken,
)
from cashier.core.facts._orders import LineMarked, OrderAsked, OrderLeft, OrderTaken
from cashier.core.facts._outside import (
    IntentMade,
    IntentSettled,
    MessageQueued,
    PaperSeen,
    PrintBegun,
    PrintEnded,
    RegisterBegun,
)
from cashier.core.facts._people import (
    AgeConfirmed,
    Approved,
    ClockConfirmed,
    PersonChanged,
    SignedIn,
    SignedOut,
    SignInRefused,
)
from cashier.core.facts._receipts import (
    CashierChanged,
    DiscountGranted,
    DiscountsSpread,
    LineAdded,
    LineLeft,
    LineStornoed,
    QuantityChanged,
    ReasonGiven,
    ReceiptCancelled,
    ReceiptMoved,
    ReceiptOpened,
    ReceiptPostponed,
    ReceiptRestored,
)
from cashier.core.facts._shifts import CashMoved, ClosingBegun, ClosingLeft, ShiftClosed, ShiftOpened

__all__ = [
    "AgeConfirmed",
    "AnyFact",
    "Approved",
    "CashMoved",
    "CashierChanged",
    "ChargeBegun",
    "ChargeDisputed",
    "ChargeEnded",
    "ClockConfirmed",
    "ClosingBegun",
    "ClosingLeft",
    "DiscountGranted",
    "DiscountsSpread",
    "Fact",
    "IntentMade",
    "IntentSettled",
    "LineAdded",
    "LineLeft",
    "LineMarked",
    "LineStornoed",
    "MessageQueued",
    "OrderAsked",
    "OrderLeft",
    "OrderTaken",
    "PaperSeen",
    "PaymentBegun",
    "PaymentLeft",
    "PersonChanged",
    "PrintBegun",
    "PrintEnded",
    "QuantityChanged",
    "ReasonGiven",
    "ReceiptCancelled",
    "ReceiptClosed",
    "ReceiptMoved",
    "ReceiptOpened",
    "ReceiptPostponed",
    "ReceiptRestored",
    "RegisterBegun",
    "ShiftClosed",
    "ShiftOpened",
    "SignInRefused",
    "SignedIn",
    "SignedOut",
    "TenderReversed",
    "TenderTaken",
    "TendersReturned",
    "from_json",
    "to_json",
]

AnyFact = (
    SignedIn
    | SignedOut
    | SignInRefused
    | Approved
    | AgeConfirmed
    | ClockConfirmed
    | PersonChanged
    | ShiftOpened
    | ReceiptOpened
    | ReasonGiven
    | CashierChanged
    | ReceiptMoved
    | ReceiptPostponed
    | ReceiptRestored
    | LineAdded
    | QuantityChanged
    | DiscountGranted
    | DiscountsSpread
    | LineStornoed
    | LineLeft
    | ReceiptCancelled
    | PaymentBegun
    | PaymentLeft
    | TenderTaken
    | ChargeBegun
    | ChargeEnded
    | ChargeDisputed
    | TenderReversed
    | TendersReturned
    | ReceiptClosed
    | CashMoved
    | ClosingBegun
    | ClosingLeft
    | ShiftClosed
    | IntentMade
    | IntentSettled
    | MessageQueued
    | PrintBegun
    | RegisterBegun
    | PrintEnded
    | PaperSeen
    | OrderAsked
    | OrderLeft
    | OrderTaken
    | LineMarked
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
