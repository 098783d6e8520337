"""A receipt that ends is told to whoever wants to hear of it, in the commit that ends it."""

import json

from cashier.core import facts as f
from cashier.core.gate import Gate
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from cashier.core.told import documents
from tests.core.aside import Z
from tests.core.gates import gate
from tests.core.goods import BREAD
from tests.core.hand import Hand

WHERE = ("cash_server", "export_xml")


def at_till(*gates: Gate) -> Hand:
    """Sign in at a till whose receipts go to two places."""
    rules = Rules(gates=gates, rights=dict.fromkeys(Right, CASHIER), destinations=WHERE)
    return Hand.signed_in(rules=rules).scan(BREAD.barcode)


def told(hand: Hand) -> list[tuple[str, str, str, str]]:
    """Messages about documents: destination, kind, body, key."""
    messages = [fact for fact in hand.facts if isinstance(fact, f.MessageQueued) and fact.kind == "document"]
    return [(own.destination, own.kind, json.loads(own.body)["receipt"], own.key) for own in messages]


def expected(receipt: str) -> list[tuple[str, str, str, str]]:
    """What is told of one receipt."""
    return [(where, "document", receipt, "") for where in WHERE]


def test_paid_receipt() -> None:
    """Given a receipt, when it is paid, then its end and the messages are one record, after those of the gates."""
    hand = at_till(gate())
    receipt = hand.receipt.identifier
    hand.press("plus", "enter")
    assert hand.wrote == ["TenderTaken", "ReceiptClosed", *["MessageQueued"] * 3, "PrintBegun"]
    assert hand.messages[0] == "gate completed 1"
    assert told(hand) == expected(receipt)


def test_receipt_given_up() -> None:
    """Given a receipt, when it is given up, then the same is told in that record."""
    hand = at_till(gate())
    receipt = hand.receipt.identifier
    hand.press("f4", "enter")
    assert hand.wrote == ["ReceiptCancelled", *["MessageQueued"] * 3]
    assert told(hand) == expected(receipt)


def test_postponed_receipt_given_up() -> None:
    """Given a receipt put aside, when it is given up before Z, then it is told; putting it aside told nothing."""
    hand = at_till()
    receipt = hand.receipt.identifier
    hand.press("f11")
    assert told(hand) == []
    hand.press(*Z, "2")
    assert hand.wrote == ["ReceiptCancelled", *["MessageQueued"] * 2]
    assert told(hand) == expected(receipt)


def test_nobody_wants_to_hear() -> None:
    """Given no destination, then nothing is queued."""
    assert documents("r", ()) == ()
    hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")
    assert hand.happened(f.MessageQueued) == []


def test_identifiers() -> None:
    """Given the same end again, then its messages are the same; another receipt or place has another identifier."""
    assert documents("r", WHERE) == documents("r", WHERE)
    assert len({own.identifier for name in ("r", "s") for own in documents(name, WHERE)}) == 4
