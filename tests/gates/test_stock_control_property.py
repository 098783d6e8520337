"""Whatever a cashier does and the system answers: each live line is reserved, each other reserve is cancelled (I5)."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core.modes import Passing, Popup
from tests.core.goods import BREAD, MILK
from tests.gates.choosy import Choosy
from tests.gates.stocked import ANSWERS, DONE, GONE, Stocked

LATER: Final = Choosy(lambda asked: asked.seed.int % 5 == 0, lambda asked: asked.seed.int % 7 == 0)
"""Refuses by the number of the event."""

MOVES: Final = ("bread", "milk", "2", "5", "up", "delete", "cut", "f4", "f11")
SAID: Final = {"done": DONE, "gone": GONE, **ANSWERS}
ENDS: Final = ("done", *SAID, "escape", "cut")
"""How a wait may end."""

Move = tuple[str, tuple[str, ...]]


def cut(till: Stocked, end: str) -> Stocked:
    """Start again after a power cut."""
    till = till.restarted()
    till.settle_all(SAID.get(end, DONE))
    till.sign_in()
    return till


def moved(till: Stocked, move: str, end: str) -> Stocked:
    """Let something happen."""
    match move:
        case "bread" | "milk":
            till.scan((BREAD if move == "bread" else MILK).barcode)
        case "2" | "5":
            till.change(move)
        case "cut":
            return cut(till, end)
        case "f4" | "f11":
            till.press(move, "enter")
        case _:
            till.press(move)
    return till


def ended(till: Stocked, end: str) -> Stocked:
    """End a wait; Esc may not be able to."""
    if end == "cut":
        return cut(till, end)
    return till.press("escape") if end == "escape" else till.said(SAID[end])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(MOVES), st.tuples(*[st.sampled_from(ENDS)] * 4)), max_size=20),
    st.booleans(),
    st.booleans(),
)
def test_each_reserve_has_its_line_or_its_cancel(moves: list[Move], merges: bool, later: bool) -> None:  # noqa: FBT001 - drawn
    """Given any moves and ends of waits, then at each moment without a wait the books agree."""
    till = Stocked.selling(*([LATER] if later else []), merges=merges)
    for move, ends in moves:
        till = moved(till, move, ends[0])
        for end in (*ends, *["done"] * 20):
            till = ended(till, end) if till.waits else till
        while isinstance(till.till.mode, Popup):
            till.press("escape")
        assert not isinstance(till.till.mode, Passing)
        assert till.till.ledger.intents == ()
        assert till.unowned() == set()
        assert till.sound()
