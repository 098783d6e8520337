"""When the monitor looks out of turn: a step of the till has something new to say of shift or clock."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from cashier.core.conditions import Level
from cashier.core.facts import ShiftOpened
from cashier.core.ledger import Ledger, fold
from cashier.core.say import Moment, say
from cashier.core.state import Till
from tests.core.goods import IVANOVA
from tests.runtime.place import NOON, Place
from tests.waiting import until

NOW, LONG_AGO = "2026-11-21T12:00:00", "2026-11-19T12:00:00"
"""The same as facts have it, and two days before."""


class TestSteps:
    """The monitor looks after a step only where shift or clock have something new to say."""

    @pytest.fixture(autouse=True)
    def _patient(self, place: Place) -> None:
        place.monitor.interval = 30.0
        place.till = Till(NOON, ledger=fold(Ledger(), (ShiftOpened(1, NOW, IVANOVA),)))
        place.monitor.stepped()

    @staticmethod
    def after(place: Place, **changes: str) -> None:
        """Let the till step to another ledger."""
        place.till = replace(place.till, ledger=replace(place.till.ledger, **changes))
        place.monitor.stepped()

    @staticmethod
    async def at_rest(place: Place) -> int:
        """Let all looks be over that were asked for; return their number."""
        for _ in range(200):
            await asyncio.sleep(0.0)
        return place.looks

    async def test_receipts_do_not_wake(self, place: Place) -> None:
        """Given receipt after receipt, then the disk is left alone until its time has come."""
        async with place.watched():
            await until(lambda: place.looks == 2)
            looks = place.looks
            for minute in range(10):
                self.after(place, dated=f"2026-11-21T12:0{minute}:00")
            assert await self.at_rest(place) == looks

    async def test_a_shift_wakes(self, place: Place) -> None:
        """Given a shift that is closed, then that is told at once."""
        async with place.watched() as told:
            assert told["shift"].text.key == "status_shift"
            place.till = Till(NOON)
            place.monitor.stepped()
            assert (await place.told())["shift"].text.key != "status_shift"

    async def test_a_document_after_a_leap_wakes(self, place: Place) -> None:
        """Given a document of two days ago, when the clock is found to have leapt, then that is told at once."""
        async with place.watched() as told:
            assert told["clock"].text == say("status_clock")
            self.after(place, dated=NOW, astray=LONG_AGO)
            assert (await place.told())["clock"].text == say("status_clock_doubted", last=Moment(LONG_AGO))

    @pytest.mark.parametrize(
        "doubts", [{"dated": LONG_AGO}, {"dated": NOW, "astray": LONG_AGO}], ids=["no document since", "documents"]
    )
    async def test_a_clock_that_is_answered_for_wakes(self, place: Place, doubts: dict[str, str]) -> None:
        """Given a clock in doubt, when a senior answers for it, then the status is well again at once."""
        self.after(place, **doubts)
        async with place.watched() as told:
            assert told["clock"].level is not Level.OK
            self.after(place, dated=NOW, astray="")
            assert (await place.told())["clock"].text == say("status_clock")

    async def test_a_leap_between_two_steps(self, place: Place) -> None:
        """Given a clock that leaps while nobody sells, when a senior answers for it, then that is told at once."""
        async with place.watched() as told:
            assert told["clock"].level is Level.OK
            place.now += timedelta(days=3)
            place.monitor.look()
            assert (await place.told())["clock"].level is not Level.OK
            self.after(place, dated="2026-11-24T12:00:00")
            assert (await place.told())["clock"].text == say("status_clock")
