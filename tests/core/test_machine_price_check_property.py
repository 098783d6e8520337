"""Any keys, scans and answers at all in the price check, against the one thing it promises: nothing comes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Record, RunGate
from cashier.core.events import Answered, NoReply, Reply
from cashier.core.machines.resting import under
from tests.core.gates import gate
from tests.core.goods import BREAD, RED
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES
from tests.core.samples import KEYS
from tests.core.stock import StockGate
from tests.gates.marked import KEFIR, mark

SCANS = {"bread": BREAD.barcode, "two": RED.barcode, "unknown": "000", "junk": "\x1b[2J", "mark": mark(KEFIR).code}
ANSWERS: dict[str, Reply | NoReply] = {"reply": Reply("5"), "again": Reply("more"), "silence": NoReply("late")}
WAYS = [*KEYS, *"роза", *SCANS, *ANSWERS]
ASKING = gate("acting", enter="do", added="do")
"""Would write an intent for anything that is sold."""


def opened(*, inside: bool) -> Hand:
    """Open the dialog, in a receipt or between two, on a till whose gates reserve and ask."""
    hand = Hand.signed_in(rules=SAMPLES)
    hand.readings[mark(KEFIR).code.encode()] = mark(KEFIR)
    if inside:
        hand.scan(BREAD.barcode).write("3*12")
    rules = replace(hand.till.rules, gates=(ASKING, StockGate()), reads_marks=True)
    hand.till = replace(hand.till, rules=rules)
    return hand.press("f2")


def stands(hand: Hand) -> bool:
    """Tell whether the dialog stands, with or without the trainee's panel over it."""
    mode = hand.till.mode
    return isinstance(mode.back if isinstance(mode, m.Panel) else mode, m.CheckingPrice | m.ShowingPrice)


def do(hand: Hand, way: str, asked: list[str]) -> None:
    """Press a key, hold something under the scanner, or let the outside answer whatever was asked last."""
    if way in SCANS:
        hand.scan(SCANS[way])
    elif way in ANSWERS:
        hand.give(Answered(asked[-1] if asked else "nobody asked", ANSWERS[way]))
    else:
        hand.press(way)
    asked += [effect.token for effect in hand.effects if isinstance(effect, RunGate)]


@settings(max_examples=150, deadline=None)
@given(ways=st.lists(st.sampled_from(WAYS), max_size=40), inside=st.booleans())
def test_nothing_comes_of_it(ways: list[str], inside: bool) -> None:  # noqa: FBT001 - drawn
    """Given the dialog, whatever is done in it, then no fact is written, and the sale under it is as it was."""
    hand = opened(inside=inside)
    ledger, back, asked = hand.till.ledger, under(hand.till.mode), list[str]()
    for way in ways:
        if not stands(hand):
            break
        do(hand, way, asked)
        assert not any(isinstance(effect, Record) for effect in hand.effects)
        assert hand.till.ledger == ledger
        assert under(hand.till.mode) == back
        assert hand.till.last_mark is None


@pytest.mark.parametrize("inside", [False, True])
def test_the_same_till_writes_when_it_sells(inside: bool) -> None:  # noqa: FBT001 - two tills
    """Given the same gates, when the dialog is left and goods are sold, then there are facts: the till could write."""
    hand = opened(inside=inside).press("escape", "escape", "escape").press("escape")
    hand.scan(BREAD.barcode)
    assert hand.happened(f.IntentMade)
