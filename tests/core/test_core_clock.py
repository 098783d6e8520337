"""Times as they are written down, and how far off a clock may be."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from cashier.core.clock import is_astray, local
from cashier.core.gate import Asked
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.receipt import Line, Receipt
from tests.core.goods import BREAD, IVANOVA
from tests.core.hand import EVENT, NOON


def test_time_is_the_shops_to_the_second() -> None:
    """Given a moment with a zone and parts of a second, then the wall clock's time is written."""
    at = datetime(2026, 3, 1, 4, 5, 6, 999_999, tzinfo=ZoneInfo("Asia/Vladivostok"))
    assert local(at) == "2026-03-01T04:05:06"


@pytest.mark.parametrize("sign", [1, -1])
def test_more_than_a_day_is_astray(sign: int) -> None:
    """Given a clock a day off the last document, then it is none yet; a second more and it is, on either side."""
    for seconds, astray in ((0, False), (1, True)):
        off = timedelta(days=1, seconds=seconds) * sign
        assert is_astray(local(NOON), local(NOON + off)) is astray


def test_no_document_doubts_no_clock() -> None:
    """Given no document yet, then any clock is good."""
    assert not is_astray("", local(NOON))


def test_gate_names_new_things_by_event_and_purpose() -> None:
    """Given what a gate is shown, then a new name is the same for the same event and purpose, else another."""
    line = Line(1, BREAD, ONE, Kopecks(4550))
    shown = Asked(Receipt("r", 1, 1, IVANOVA, local(NOON)), line, NOON, EVENT, "enter/0/1/")
    others = [replace(shown, purpose="enter/0/2/").fresh, replace(shown, seed=UUID(int=2)).fresh]
    assert shown.fresh == replace(shown, thought="later").fresh
    assert len({shown.fresh, *others}) == 3
    assert (shown.local, str(UUID(shown.fresh))) == ("2026-11-21T12:00:00", shown.fresh)
