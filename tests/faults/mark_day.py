"""The scripted day with marks that is killed, and the person who finishes it after the restart."""

from cashier.core.marks import GS
from cashier.core.state import Till
from cashier.demo.marks import MILK
from tests.faults.day import Inputs, keys
from tests.faults.sale import BREAD, SIGN_IN

BARCODE = f"s:{MILK[1:]}"


def pack(number: int) -> str:
    """Return the code of a pack of milk."""
    return f"01{MILK}215{number:05}{GS}93dGVz"


def ki(number: int) -> str:
    """Return what the pack is known by."""
    return pack(number).partition(GS)[0]


def scan(number: int) -> str:
    """Scan the mark of a pack."""
    return f"x:{pack(number).encode().hex()}"


LATER, PAY, GIVE_UP = keys("f11"), keys("plus", "enter"), keys("f4", "enter")
RESTORE, STORNO, BETWEEN = keys("f11", "1"), keys("delete"), keys("up")
"""A key between two reads of one mark: else they are a double read."""
DISMISS = keys("enter")

SOLD_ELSEWHERE, LOST = 7, 8
"""A mark that is sold already, and one that another till reserves first."""

_BOTH_WAYS = (BARCODE, scan(1), scan(2), scan(3))
_AGAIN = (*STORNO, scan(3), *BETWEEN, scan(3))
_ASIDE = (*LATER, f"s:{BREAD}", scan(4), *PAY, *RESTORE, scan(5), *PAY)
_GIVEN_UP = (scan(6), *GIVE_UP)
_REFUSED = (scan(SOLD_ELSEWHERE), *DISMISS, scan(LOST), *DISMISS)
_LAST = (scan(9), *STORNO, scan(9), scan(10), *PAY)

DAY: Inputs = (*SIGN_IN, *_BOTH_WAYS, *_AGAIN, *_ASIDE, *_GIVEN_UP, *_REFUSED, *_LAST)
"""Barcode then mark; mark alone; storno by mark and the same pack again; put aside; given up; refused; paid."""
UNCHECKED: Inputs = (*SIGN_IN, *_BOTH_WAYS, *_AGAIN, *_ASIDE, *_GIVEN_UP, *_LAST)
"""The same, where the server cannot refuse."""
SHORT: Inputs = (*SIGN_IN, BARCODE, scan(1), scan(3), *STORNO, scan(3), *BETWEEN, scan(3), *PAY, scan(6), *GIVE_UP)
"""What the tests kill."""

OVERTAKEN: Inputs = (
    *SIGN_IN,
    *(line for number in range(1, 6) for line in (scan(number), *DISMISS)),
    f"s:{BREAD}",
    *PAY,
)
"""Lines that go out again since their reserves come too late."""


def to_its_end(till: Till, *, give_up: bool) -> Inputs:
    """Return what to press next so that no receipt stays; nothing when that is so. What is paid in part is paid."""
    receipt = till.ledger.receipt
    if receipt is None:
        return RESTORE if till.ledger.postponed else ()
    if receipt.in_payment:
        return keys("enter")
    return GIVE_UP if give_up or not receipt.live else PAY
