"""The scripted day with marks that is killed, and the person who finishes it after the restart."""

from cashier.core.marks import GS
from cashier.core.state import Till
from cashier.demo.marks import MILK
from cashier.demo.tobacco import RED
from cashier.demo.tobacco import pack as pack_of_tobacco
from tests.faults.day import Inputs, keys
from tests.faults.sale import BREAD, SIGN_IN

BARCODE = f"s:{MILK[1:]}"
_KI = 21
"""Characters of a pack of tobacco by which it is known: GTIN and serial."""


def pack(number: int) -> str:
    """Return the code of a pack of milk."""
    return f"01{MILK}215{number:05}{GS}93dGVz"


def ki(number: int) -> str:
    """Return what the pack is known by."""
    return pack(number).partition(GS)[0]


def scan(number: int) -> str:
    """Scan the mark of a pack."""
    return _held_up(pack(number))


def tobacco(number: int) -> str:
    """Return the code of a pack of tobacco; its МРЦ of 219 roubles leaves three prices: 200, 209, 219."""
    return pack_of_tobacco(RED, f"5{number:06}", 219)


def smoke(number: int) -> str:
    """Scan the mark of a pack of tobacco."""
    return _held_up(tobacco(number))


def _held_up(code: str) -> str:
    return f"x:{code.encode().hex()}"


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
OF_AGE, CATALOGUE, SECOND, THIRD = keys("enter"), keys("enter"), keys("2"), keys("3")
"""Answers for the age, and rows of the prices."""

_SMOKES = (smoke(1), *OF_AGE, *SECOND)
_CHANGED = (smoke(2), *THIRD, *STORNO, smoke(2), *BETWEEN, smoke(2), *SECOND)
_GONE = (smoke(3), *OF_AGE, *CATALOGUE, *GIVE_UP, smoke(4), *OF_AGE, *keys("escape"))

TOBACCO: Inputs = (*SIGN_IN, *_SMOKES, *_CHANGED, *LATER, *RESTORE, *PAY, *_GONE)
"""Age once for a receipt, a price for each pack; storno by mark and the same pack at another price; given up; Esc."""

CHOSEN = {tobacco(number)[:_KI]: prices for number, prices in ((1, (209_00,)), (2, (219_00, 209_00)), (3, (200_00,)))}
"""Kopecks that the script chooses for each pack of tobacco, in order."""

SHORT: Inputs = (
    *(*SIGN_IN, BARCODE, scan(1), scan(3), *STORNO, scan(3), *BETWEEN, scan(3), *PAY, scan(6), *GIVE_UP),
    *(*_SMOKES, smoke(2), *THIRD, *STORNO, smoke(2), *PAY),
)
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
