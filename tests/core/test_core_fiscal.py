"""What became of a fiscal document: judged by the documents that the device has after the number from before."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.fiscal import Absent, Registered, Strange, Verdict, Wanted, judge
from cashier.core.money import Kopecks


@dataclass(frozen=True)
class Made:
    """A document of the device."""

    number: int
    kind: str = "receipt"
    reference: str = "r"
    total: int = 100


RECEIPT = Wanted("receipt", "r", Kopecks(100))
REFUND = Wanted("refund", "r", Kopecks(100))
CLOSING = Wanted("shift_close", "z")
OPENED = Made(6, "shift_open", "", 0)
OTHER = Made(7, reference="other")
OWN = Made(8)
CLOSED = Made(9, "shift_close", "z", 12_345)
BY_HAND = Made(9, "shift_close", "", 12_345)


@pytest.mark.parametrize(
    ("documents", "wanted", "verdict"),
    [
        pytest.param([], RECEIPT, Absent(), id="nothing since"),
        pytest.param([OPENED, OTHER], RECEIPT, Absent(), id="only others since"),
        pytest.param([BY_HAND], RECEIPT, Absent(), id="a shift closed by hand is not the receipt's matter"),
        pytest.param([OWN], RECEIPT, Registered(8), id="ours alone"),
        pytest.param([OPENED, OTHER, OWN], RECEIPT, Registered(8), id="ours after others"),
        pytest.param([OWN, Made(9)], RECEIPT, Strange(), id="ours twice"),
        pytest.param([Made(8, total=101)], RECEIPT, Strange(), id="ours with another total"),
        pytest.param([Made(8, kind="refund")], RECEIPT, Strange(), id="ours of another kind"),
        pytest.param([OTHER, Made(8, "refund")], REFUND, Registered(8), id="our refund"),
        pytest.param([Made(8, "refund", "other")], REFUND, Absent(), id="a refund of another"),
        pytest.param([OWN], REFUND, Strange(), id="our refund made a sale"),
        pytest.param([OTHER, OWN], CLOSING, Absent(), id="shift is open, receipts since"),
        pytest.param([OWN, CLOSED], CLOSING, Registered(9), id="shift is closed by us, whatever its total"),
        pytest.param([BY_HAND], CLOSING, Strange(), id="shift was closed by somebody else"),
        pytest.param([CLOSED, Made(10, "shift_close", "z")], CLOSING, Strange(), id="shift is closed twice"),
        pytest.param([Made(9, "receipt", "z")], CLOSING, Strange(), id="our token on a receipt"),
    ],
)
def test_verdict(documents: list[Made], wanted: Wanted, verdict: Verdict) -> None:
    """Given what the device has since, then ours is registered under its number, absent, or a matter for a person."""
    assert judge(documents, wanted) == verdict


@given(st.lists(st.builds(Made, st.integers(1), st.just("receipt"), st.sampled_from("rst"), st.sampled_from([1, 100]))))
def test_registered_means_exactly_one(documents: list[Made]) -> None:
    """Whatever receipts the device has, ours is registered only if it stands among them once, with its total."""
    own = [document for document in documents if document.reference == "r"]
    once = len(own) == 1 and own[0].total == 100
    assert isinstance(judge(iter(documents), RECEIPT), Registered) == once
    assert isinstance(judge(documents, RECEIPT), Absent) == (not own)
