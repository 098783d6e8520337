"""Any keys at all, against what a receipt always is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core.receipt import Receipt
from cashier.core.state import Rules
from cashier.core.tender import TenderKind
from tests.core.goods import APPLES, BREAD
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES
from tests.core.samples import KEYS


def check_receipt(before: Receipt | None, after: Receipt | None) -> None:
    """Check what is true of every receipt and of every step from one to the next."""
    if after is None:
        return
    assert [line.position for line in after.lines] == list(range(1, len(after.lines) + 1))
    assert after.total == sum(line.sum for line in after.lines if not line.storno) >= 0
    if before is None or before.identifier != after.identifier:
        return
    assert len(before.lines) <= len(after.lines)
    for old, new in zip(before.lines, after.lines, strict=False):
        assert old.product == new.product
        assert new.storno or not old.storno
        assert old == new or not old.storno
    if before.in_payment and after.in_payment:
        assert before.lines == after.lines
        taken_back = [own for own in before.tenders if own not in after.tenders]
        assert len(taken_back) <= 1
        assert before.tenders == after.tenders[: len(before.tenders)] or taken_back[0].kind is TenderKind.CARD


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*KEYS, "scan", "apples", "two", "junk"]), min_size=20, max_size=80), st.booleans())
def test_any_keys_leave_a_receipt_a_receipt(keys: list[str], merge: bool) -> None:  # noqa: FBT001 - drawn
    """Given a cat on the keyboard and goods before the scanner, then lines never vanish, move or come back to life."""
    hand = Hand.signed_in(rules=Rules(merge_lines=merge, samples=SAMPLES.samples))
    scans = {"scan": BREAD.barcode, "apples": APPLES.barcode, "two": "4600682000099", "junk": "\x1b[2J"}
    numbers: list[tuple[int, str]] = []
    for key in keys:
        before = hand.till.ledger.receipt
        _ = hand.scan(scans[key]) if key in scans else hand.press(key)
        after = hand.till.ledger.receipt
        check_receipt(before, after)
        if after and (after.number, after.identifier) not in numbers:
            numbers.append((after.number, after.identifier))
    moves = [fact.move.number for fact in hand.facts if isinstance(fact, f.CashMoved)]
    documents = sorted([*moves, *(number for number, _ in numbers)])
    assert documents == list(range(1, len(documents) + 1))
    assert len({identifier for _, identifier in numbers}) == len(numbers)
    for fact in hand.facts:
        assert not isinstance(fact, f.ReceiptClosed) or fact.change >= 0
