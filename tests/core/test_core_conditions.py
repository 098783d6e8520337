"""The rules of the status: where yellow and red begin, to the byte, the second and the kopeck."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core import conditions as c
from cashier.core.conditions import Condition, Level, Measured
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.say import Count, Moment, say

OK, WARNING, ALARM = Level.OK, Level.WARNING, Level.ALARM
MB, GB = 10**6, 10**9
NINE = "2026-11-21T09:00:00"
EARLY, LATE = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - the core's local time has no zone


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Make a local time of November."""
    return datetime(2026, 11, day, hour, minute, second)  # noqa: DTZ001 - the core's local time has no zone


class TestDisk:
    @pytest.mark.parametrize(
        ("free", "level"),
        [
            (0, ALARM),
            (50 * MB - 1, ALARM),
            (50 * MB, WARNING),
            (500 * MB - 1, WARNING),
            (500 * MB, OK),
            (10**15, OK),
        ],
    )
    def test_below_a_limit(self, free: int, level: Level) -> None:
        """Given so much room, then it is yellow below 500 MB and red below 50 MB."""
        assert c.disk(free, 10**15, 500, 50).level is level

    def test_limits_of_zero_are_none(self) -> None:
        """Given limits of zero, then even a full disk is as it should be."""
        assert c.disk(0, GB, 0, 0).level is OK

    def test_figures(self) -> None:
        """Given room, then gigabytes are told in tenths rounded down, trouble in whole megabytes."""
        free, total = Count(Thousandths(12_300)), Count(Thousandths(118_000))
        assert c.disk(12_399 * MB, 118 * GB, 500, 50).text == say("status_disk", free=free, total=total)
        assert c.disk(499_999_999, GB, 500, 50).text == say("status_disk_low", free=499)
        assert c.disk(1_999_999, GB, 500, 50).text == say("status_disk_full", free=1)


class TestDictionaries:
    @pytest.mark.parametrize(
        ("age", "expected"),
        [
            (timedelta(hours=-5), (OK, say("status_dictionaries", hours=0))),
            (timedelta(0), (OK, say("status_dictionaries", hours=0))),
            (timedelta(hours=24, seconds=-1), (OK, say("status_dictionaries", hours=23))),
            (timedelta(hours=24), (OK, say("status_dictionaries_days", days=1))),
            (timedelta(days=3), (OK, say("status_dictionaries_days", days=3))),
            (timedelta(days=3, seconds=1), (WARNING, say("status_dictionaries_old", days=3))),
            (timedelta(days=400), (WARNING, say("status_dictionaries_old", days=400))),
            (None, (ALARM, say("status_dictionaries_none"))),
        ],
    )
    def test_age(self, age: timedelta | None, expected: tuple[Level, object]) -> None:
        """Given an import so long ago, then it is yellow after three days, and red when there never was one."""
        assert c.dictionaries(age, 3) == Condition("dictionaries", *expected)  # type: ignore[arg-type]


class TestQueue:
    @pytest.mark.parametrize(
        ("waiting", "days", "parked", "level", "text"),
        [
            (0, 0, 0, OK, say("status_queue_empty")),
            (99, 0, 0, OK, say("status_queue", count=99)),
            (100, 0, 0, WARNING, say("status_queue_long", count=100)),
            (1, 1, 0, WARNING, say("status_queue_stands", days=1)),
            (0, 1, 0, OK, say("status_queue_empty")),
            (100, 9, 0, WARNING, say("status_queue_long", count=100)),
            (0, 0, 1, WARNING, say("status_queue_parked", count=1)),
            (100, 9, 2, WARNING, say("status_queue_parked", count=2)),
        ],
    )
    def test_waiting(self, waiting: int, days: int, parked: int, level: Level, text: object) -> None:
        """Given messages that wait or were rejected, then a long, an old or a rejected one is yellow, never red."""
        condition = c.queue(waiting, days, parked, 100)
        assert (condition.topic, condition.level, condition.text) == ("queue", level, text)


class TestShift:
    @pytest.mark.parametrize(
        ("now", "level", "text"),
        [
            (at(21, 9), OK, say("status_shift", since=Moment(NINE), hours=15)),
            (at(21, 23), OK, say("status_shift", since=Moment(NINE), hours=1)),
            (at(21, 23, 44, 59), OK, say("status_shift", since=Moment(NINE), hours=1)),
            (at(21, 23, 45), WARNING, say("status_shift_ends", minutes=15)),
            (at(21, 23, 59, 59), WARNING, say("status_shift_ends", minutes=1)),
            (at(22, 0), ALARM, say("status_shift_yesterday")),
            (at(22, 9), ALARM, say("status_shift_yesterday")),
            (at(22, 9, 0, 1), ALARM, say("status_shift_day")),
            (at(21, 8), OK, say("status_shift", since=Moment(NINE), hours=16)),
            (at(19, 8), OK, say("status_shift", since=Moment(NINE), hours=24)),
        ],
    )
    def test_age(self, now: datetime, level: Level, text: object) -> None:
        """Given a shift opened at nine, then it is yellow a quarter before midnight, then red, and a day is named."""
        condition = c.shift(NINE, now, 900)
        assert (condition.topic, condition.level, condition.text) == ("shift", level, text)

    def test_none_is_open(self) -> None:
        """Given no shift, then there is nothing to close."""
        assert c.shift("", at(21, 9), 900) == Condition("shift", OK, say("status_shift_none"))

    def test_no_warning_asked_for(self) -> None:
        """Given no time of warning, then the shift is as it should be until it is red."""
        assert c.shift(NINE, at(21, 23, 59, 59), 0).level is OK

    def test_clock_has_a_zone(self) -> None:
        """Given the shop's clock with its zone, then the local time counts, not that of Greenwich."""
        night = datetime(2026, 11, 22, 0, 30, tzinfo=ZoneInfo("Asia/Vladivostok"))
        assert night.astimezone(UTC).day == 21
        assert c.shift(NINE, night, 900).text == say("status_shift_yesterday")
        assert c.stale(NINE, night)


class TestClock:
    def test_doubted(self) -> None:
        """Given a document that the clock is more than a day off, then it is yellow and names that document."""
        text = say("status_clock_doubted", last=Moment("2026-11-20T12:00:00"))
        assert c.clock("2026-11-20T12:00:00") == Condition("clock", WARNING, text)

    def test_good(self) -> None:
        """Given none, then the clock is as it should be."""
        assert c.clock("") == Condition("clock", OK, say("status_clock"))


class TestStale:
    @pytest.mark.parametrize(
        ("opened", "now", "stale"),
        [
            (NINE, at(21, 9), False),
            (NINE, at(21, 23, 59, 59), False),
            (NINE, at(22, 0), True),
            ("2026-11-21T23:59:59", at(22, 0), True),
            ("2026-11-21T00:00:00", at(21, 23, 59, 59), False),
            (NINE, at(20, 9), False),
            ("", at(22, 9), False),
        ],
    )
    def test_day_decides(self, opened: str, now: datetime, stale: bool) -> None:  # noqa: FBT001 - a column of the table
        """Given a shift of yesterday, then it is stale; a clock that went back makes none."""
        assert c.stale(opened, now) is stale

    @given(st.datetimes(EARLY, LATE), st.timedeltas(timedelta(days=-9), timedelta(days=9)))
    def test_more_than_a_day_is_stale(self, opened: datetime, age: timedelta) -> None:
        """Given any shift, then more than 24 hours are too many, none are never, and red is what is stale."""
        written = opened.replace(microsecond=0).isoformat()
        if age > timedelta(hours=24):
            assert c.stale(written, opened + age)
        if age <= timedelta(0):
            assert not c.stale(written, opened + age)
        assert (c.shift(written, opened + age, 900).level is ALARM) == c.stale(written, opened + age)


class TestDrawer:
    @pytest.mark.parametrize(
        ("cash", "warning", "level"),
        [(9_999_999, 10_000_000, OK), (10_000_000, 10_000_000, WARNING), (10**12, 0, OK), (0, 0, OK)],
    )
    def test_limit(self, cash: int, warning: int, level: Level) -> None:
        """Given cash up to the limit, then a cash out is due; no limit is none, and no sum is told."""
        condition = c.drawer(Kopecks(cash), Kopecks(warning))
        assert (condition.level, condition.text.places) == (level, ())


class TestDevices:
    @pytest.mark.parametrize(
        ("trouble", "level", "key"),
        [
            ("", OK, "status_printer"),
            ("off", ALARM, "status_printer_off"),
            ("out_of_paper", ALARM, "status_printer_paper"),
            ("no_answer", ALARM, "status_printer_broken"),
            ("\x1b[2J", ALARM, "status_printer_broken"),
        ],
    )
    def test_printer(self, trouble: str, level: Level, key: str) -> None:
        """Given the trouble of the last paper, then it is told in words of the till's own."""
        assert c.printer(trouble) == Condition("printer", level, say(key))

    def test_who_does_not_answer_is_red(self) -> None:
        """Given a terminal and a fiscal device, then silence is red."""
        assert [own(answers=answers).level for own in (c.terminal, c.fiscal) for answers in (True, False)] == [
            OK,
            ALARM,
            OK,
            ALARM,
        ]
        assert (c.terminal(answers=True).topic, c.fiscal(answers=True).topic) == ("terminal", "fiscal")


def test_slow_work_is_named() -> None:
    """Given work that took 413 ms, then it is yellow and told in hundredths, without a name of the program's own."""
    text = say("status_slowly", seconds=Count(Thousandths(410)))
    assert c.slow("Scanned", 0.413) == Condition("slow", WARNING, text)


def test_slow_check_of_marks_has_a_name_of_its_own() -> None:
    """Given a gate that took long, then people read its work and not the gate's name in the program."""
    text = say("status_slow", what=say("work_marked_goods"), seconds=Count(Thousandths(1000)))
    assert c.slow("marked_goods", 1.0) == Condition("slow", WARNING, text)


@pytest.mark.parametrize("topic", ["disk", "dictionaries", "queue", "shift"])
def test_what_cannot_be_measured_is_yellow(topic: Measured) -> None:
    """Given a measure that failed, then that is told of the same topic, in its own words."""
    assert c.unmeasured(topic) == Condition(topic, WARNING, say(f"status_{topic}_unmeasured"))


def test_version_is_told() -> None:
    """Given a program, then its version is a plain fact."""
    assert c.version("1.2.3") == Condition("version", OK, say("status_version", number="1.2.3"))


@pytest.mark.parametrize(
    ("checked", "sold", "level", "key"),
    [
        (True, True, OK, "status_marks"),
        (False, True, WARNING, "status_marks_unchecked"),
        (False, False, WARNING, "status_marks_silent"),
    ],
)
def test_marks(checked: bool, sold: bool, level: Level, key: str) -> None:  # noqa: FBT001 - columns of the table
    """Given a silent server, then it says whether marks are sold unchecked, or not sold (spec M12)."""
    assert c.marks(checked=checked, sold=sold) == Condition("marks", level, say(key))


def test_remarks_on_the_settings_are_counted() -> None:
    """Given settings with remarks, then that is yellow, with their number."""
    assert c.settings(3) == Condition("settings", WARNING, say("status_settings", count=3))
