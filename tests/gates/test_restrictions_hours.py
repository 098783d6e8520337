"""Hours in which goods may not be sold: over midnight, by weekday, between dates, one after the other."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.catalogue import Period
from cashier.gates.restrictions._hours import forbidden_until, is_far

NIGHT = Period(begins=time(23), ends=time(8))
DAY = Period(begins=time(8), ends=time(23))
EVENING = Period(begins=time(21), ends=time(23))
FRIDAYS = Period((5,), time(22), time(6))
ALWAYS = Period()
MORNING = Period(begins=time(0), ends=time(8))
WEEK = timedelta(days=7)


def moment(text: str) -> datetime:
    """Read a moment of November 2026 of which the 21st is a Saturday: `21 23:30`."""
    day, _, clock = text.partition(" ")
    return datetime.combine(datetime(2026, 11, int(day)), time.fromisoformat(clock))  # noqa: DTZ001 - shop's local time


def until(*periods: Period, at: str) -> str:
    """Tell until when a sale is forbidden; empty where it is not."""
    end = forbidden_until(periods, moment(at))
    assert end is None or not is_far(end, moment(at))
    return f"{end.day} {end:%H:%M:%S}" if end else ""


class TestTable:
    @pytest.mark.parametrize(
        ("at", "end"),
        [
            ("21 22:59:59", ""),
            ("21 23:00:00", "22 08:00:00"),
            ("21 23:59:59", "22 08:00:00"),
            ("22 00:00:00", "22 08:00:00"),
            ("22 07:59:59", "22 08:00:00"),
            ("22 08:00:00", ""),
        ],
    )
    def test_over_midnight(self, at: str, end: str) -> None:
        """Given 23:00 to 8:00, then it is one night; at 8:00 sharp goods may be sold."""
        assert until(NIGHT, at=at) == end

    @pytest.mark.parametrize(
        ("at", "end"),
        [
            ("20 21:59:59", ""),
            ("20 22:00:00", "21 06:00:00"),
            ("21 05:59:59", "21 06:00:00"),
            ("21 22:00:00", ""),
            ("20 05:59:59", ""),
        ],
    )
    def test_weekday_is_that_on_which_it_begins(self, at: str, end: str) -> None:
        """Given Fridays from 22:00 to 6:00, then Saturday's early morning is of it and Friday's is not."""
        assert until(FRIDAYS, at=at) == end

    @pytest.mark.parametrize(
        ("period", "at", "end"),
        [
            (Period(begins=time(22)), "21 21:59:59", ""),
            (Period(begins=time(22)), "21 22:00:00", "22 00:00:00"),
            (Period(begins=time(22)), "22 00:00:00", ""),
            (Period(ends=time(6)), "21 05:59:59", "21 06:00:00"),
            (Period(ends=time(6)), "21 06:00:00", ""),
            (Period((6,)), "20 23:59:59", ""),
            (Period((6,)), "21 00:00:00", "22 00:00:00"),
            (Period((6,)), "21 23:59:59", "22 00:00:00"),
            (Period((6,)), "22 00:00:00", ""),
            (Period((6, 7)), "21 12:00:00", "23 00:00:00"),
            (Period((6,), time(22), time(22)), "22 21:59:59", "22 22:00:00"),
            (Period((6,), time(22), time(22)), "22 22:00:00", ""),
        ],
    )
    def test_open_ends(self, period: Period, at: str, end: str) -> None:
        """Given a period without a beginning or an end, then that is midnight; of one alike it is a day and a night."""
        assert until(period, at=at) == end

    def test_periods_that_follow_each_other_are_one(self) -> None:
        """Given an evening and the night after it, then the end of both is told, in any order."""
        assert until(EVENING, NIGHT, at="21 21:30:00") == "22 08:00:00"
        assert until(NIGHT, EVENING, at="21 21:30:00") == "22 08:00:00"
        assert until(EVENING, FRIDAYS, at="20 21:00:00") == "21 06:00:00"
        assert until(EVENING, MORNING, at="21 21:30:00") == "21 23:00:00"

    def test_second_does_not_count_its_parts(self) -> None:
        """Given the last moment before an end, or that of the last second of a ban, then it is forbidden yet."""
        at = moment("22 07:59:59").replace(microsecond=999_999)
        end = moment("22 08:00:00")
        assert forbidden_until((NIGHT,), at) == end
        assert forbidden_until((Period(until=moment("22 07:59:59")),), at) == end

    def test_none(self) -> None:
        """Given no periods, then goods may be sold."""
        assert forbidden_until((), moment("21 12:00:00")) is None


class TestDates:
    LAST = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - shop's local time
    SINCE, UNTIL = moment("21 23:30:00"), moment("23 01:00:00")
    DATED = Period(begins=time(23), ends=time(8), since=SINCE, until=UNTIL)

    @pytest.mark.parametrize(
        ("at", "end"),
        [
            ("21 23:29:59", ""),
            ("21 23:30:00", "22 08:00:00"),
            ("22 12:00:00", ""),
            ("22 23:00:00", "23 01:00:01"),
            ("23 01:00:00", "23 01:00:01"),
            ("23 01:00:01", ""),
            ("23 23:00:00", ""),
        ],
    )
    def test_between_two(self, at: str, end: str) -> None:
        """Given a period that holds between two moments, then it does before and after neither, both included."""
        assert until(self.DATED, at=at) == end

    def test_until_its_own_end(self) -> None:
        """Given a night that holds until the very moment it ends, then that is the end, not a second later."""
        night = Period(begins=time(23), ends=time(8), until=moment("22 08:00:00"))
        assert (until(night, at="22 07:59:59"), until(night, at="22 08:00:00")) == ("22 08:00:00", "")

    @pytest.mark.parametrize("until_", [LAST, LAST.replace(microsecond=999_999)])
    def test_end_of_all_days(self, until_: datetime) -> None:
        """Given an end in the year 9999, which means none, then the night ends at 8:00 like any other."""
        assert until(Period(begins=time(23), ends=time(8), until=until_), at="21 23:30:00") == "22 08:00:00"
        assert forbidden_until((Period(until=until_),), moment("21 12:00:00")) is not None

    def test_until_a_last_second_meets_the_next_day(self) -> None:
        """Given a ban that ends with the last second of a day and one that begins with the next, then they are one."""
        ends, begins = moment("21 23:59:59"), moment("22 00:00:00")
        assert until(Period(until=ends), Period(since=begins, until=moment("22 09:59:59")), at="21 12:00:00") == (
            "22 10:00:00"
        )


TWENTY_MINUTES = timedelta(minutes=20)


class Row(list[Period]):
    """Periods that count how often somebody looks them through."""

    looks = 0

    def __iter__(self) -> Iterator[Period]:
        self.looks += 1
        return super().__iter__()


def row_of(at: datetime, count: int) -> list[Period]:
    """Make periods of twenty minutes, each beginning as the one before it ends."""
    begins = [at + number * TWENTY_MINUTES for number in range(count)]
    last = TWENTY_MINUTES - timedelta(seconds=1)
    return [Period(since=own, until=own + last) for own in begins]


class TestNoEnd:
    @pytest.mark.parametrize(
        "periods",
        [
            (ALWAYS,),
            (NIGHT, DAY),
            tuple(Period((day,)) for day in range(1, 8)),
            (Period(begins=time(12)),) * 3 + (DAY, NIGHT),
        ],
    )
    def test_is_far(self, periods: tuple[Period, ...]) -> None:
        """Given goods that may never be sold, then the answer comes, and its end is none to be told."""
        at = moment("21 12:00:00").replace(microsecond=500_000)
        end = forbidden_until(periods, at)
        assert end is not None
        assert is_far(end, at)

    @pytest.mark.parametrize(("count", "far"), [(42, False), (49, False), (50, True), (720, True)])
    def test_many_that_follow_each_other(self, count: int, far: bool) -> None:  # noqa: FBT001 - drawn
        """Given periods in a row, then three a day for two weeks end; of more the answer comes after fifty looks."""
        at = moment("1 12:00:00")
        periods = Row(row_of(at, count))
        end = forbidden_until(periods, at)
        assert end is not None
        assert is_far(end, at) is far
        assert far or end == at + count * TWENTY_MINUTES
        assert periods.looks == min(count + 1, 50)

    def test_many_that_hold_at_once(self) -> None:
        """Given many that began together and end one after the other, then the last end is found at once."""
        at = moment("1 12:00:00")
        ends = [at + timedelta(seconds=number) for number in range(720)]
        periods = Row([Period(until=end) for end in ends])
        assert forbidden_until(periods, at) == ends[-1] + timedelta(seconds=1)
        assert periods.looks == 2

    def test_many_that_do_not_hold(self) -> None:
        """Given as many periods of other days, then they are looked through once."""
        periods = Row(row_of(moment("1 12:00:00"), 720))
        assert forbidden_until(periods, moment("21 12:00:00")) is None
        assert periods.looks == 1

    def test_two_weeks_are_not(self) -> None:
        """Given a ban of just two weeks, then its end is told; one second more and it is not."""
        at = moment("1 12:00:00")
        for more, far in ((0, False), (1, True)):
            end = forbidden_until((Period(until=at + 2 * WEEK + timedelta(seconds=more - 1)),), at)
            assert end == at + 2 * WEEK + timedelta(seconds=more)
            assert is_far(end, at) is far


class TestZone:
    @pytest.mark.parametrize("zone", ["Europe/Moscow", "Europe/Berlin", "Asia/Vladivostok"])
    def test_clock_of_the_shop_counts(self, zone: str) -> None:
        """Given the shop's clock with its zone, then the time on the wall counts."""
        at = moment("21 23:30:00").replace(tzinfo=ZoneInfo(zone))
        end = forbidden_until((NIGHT,), at)
        assert end == moment("22 08:00:00")
        assert not is_far(end, at)

    @pytest.mark.parametrize("fold", [0, 1])
    @pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
    def test_hour_that_is_twice_or_never(self, month: int, day: int, fold: int) -> None:
        """Given the night in which clocks are put forward or back, then it ends when the wall says so."""
        berlin = ZoneInfo("Europe/Berlin")
        at = datetime(2026, month, day, 2, 30, tzinfo=berlin, fold=fold)
        end = forbidden_until((NIGHT,), at)
        assert end is not None
        assert (end.day, end.time(), end.tzinfo) == (day, time(8), None)
        assert forbidden_until((NIGHT,), datetime(2026, month, day, 8, 0, tzinfo=berlin, fold=fold)) is None


HALF_HOUR = timedelta(minutes=30)
START = moment("16 00:00:00")
clocks = st.integers(0, 47).map(lambda half: (START + half * HALF_HOUR).time())
moments = st.integers(0, 7 * 48).map(lambda half: START + half * HALF_HOUR)
weekdays = st.sets(st.integers(1, 7), max_size=3).map(lambda days: tuple(sorted(days)))
last_seconds = moments.map(lambda at: at - timedelta(seconds=1))
any_periods = st.lists(
    st.builds(Period, weekdays, clocks, clocks, st.none() | moments, st.none() | last_seconds), max_size=3
)


def forbidden(period: Period) -> set[datetime]:
    """Walk through the half hours of some weeks, and remember those in which the period holds."""
    found: set[datetime] = set()
    for day in range(-2, 25):
        walked = datetime.combine(START + timedelta(days=day), period.begins)
        if period.weekdays and walked.isoweekday() not in period.weekdays:
            continue
        found.add(walked)
        while (walked + HALF_HOUR).time() != period.ends:
            walked += HALF_HOUR
            found.add(walked)
    return {at for at in found if (period.since or at) <= at <= (period.until or at)}


@given(periods=any_periods, at=moments)
def test_agrees_with_the_clock_on_the_wall(periods: list[Period], at: datetime) -> None:
    """Given any periods, then a sale is forbidden in just those half hours in which one holds, until the last ends."""
    held = set[datetime]().union(*map(forbidden, periods))
    walked = at
    while walked in held and walked - at <= 2 * WEEK:
        walked += HALF_HOUR
    end = forbidden_until(periods, at)
    if end and is_far(end, at):
        assert walked - at > 2 * WEEK
    else:
        assert (end or at) == walked
