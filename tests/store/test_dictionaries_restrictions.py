"""Goods bring along the groups they belong to, their age, and the periods in which they may not be sold."""

import sqlite3
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.core.catalogue import Kind, Period, Product
from cashier.gates.restrictions._hours import forbidden_until
from cashier.store.dictionaries import Dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
DAY = dict.fromkeys(("daystart", "dayend", "timestart", "timeend", "datestart", "dateend"))


@pytest.fixture
def writer(empty: sqlite3.Connection) -> sqlite3.Connection:
    """The dictionaries with beer of group 7, opened to write."""
    empty.execute("INSERT INTO tmc (code, bcode, name, price, groupcode) VALUES ('1', '460', 'Пиво', 80, '7')")
    empty.execute("INSERT INTO barcodes (barcode, code) VALUES ('460', '1')")
    return empty


def beer(dictionaries: Dictionaries) -> Product:
    """Find the beer by its barcode."""
    (found,) = dictionaries.by_barcode("460", NOON)
    return found


def groups(writer: sqlite3.Connection, *pairs: tuple[str, object]) -> None:
    """Load groups, each with the one above it."""
    writer.executemany("INSERT INTO inventgroup (groupcode, parentgroupcode) VALUES (?, ?)", pairs)


def restrict(writer: sqlite3.Connection, **fields: Any) -> None:
    """Put a period of the beer in, in the place of any other."""
    row = {**DAY, **fields}
    writer.execute("DELETE FROM sellrestrictperiod")
    writer.execute(
        f"INSERT INTO sellrestrictperiod (code, position, {', '.join(row)}) VALUES ('1', 0, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - names of ours
        tuple(row.values()),
    )


class TestGroupsAbove:
    def test_nearest_first(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given groups one above another, then goods name them all, the nearest first."""
        groups(writer, ("7", "70"), ("70", "700"), ("700", ""), ("8", "80"))
        assert beer(dictionaries).groups == ("7", "70", "700")

    @pytest.mark.parametrize("root", ["", "0", None])
    def test_root_is_no_group(self, writer: sqlite3.Connection, dictionaries: Dictionaries, root: str | None) -> None:
        """Given a group at the top, then nothing stands above it, however the trade system writes the root."""
        groups(writer, ("7", "70"), ("70", root), ("0", "9"))
        assert beer(dictionaries).above == ("70",)

    def test_group_not_loaded(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a group whose upper one was not loaded, then that one still counts by its code."""
        assert beer(dictionaries).above == ()
        groups(writer, ("7", "70"))
        assert beer(dictionaries).above == ("70",)

    @pytest.mark.parametrize("tail", ["7", "70", "700"])
    def test_circle_ends(self, writer: sqlite3.Connection, dictionaries: Dictionaries, tail: str) -> None:
        """Given groups that stand above themselves, then each is named once and the look-up ends."""
        groups(writer, ("7", "70"), ("70", "700"), ("700", tail))
        assert beer(dictionaries).above == ("70", "700")

    def test_tower_is_cut(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a tower of a thousand groups, then the nearest ones are looked at and the look-up ends."""
        groups(writer, *((str(number), str(number + 1)) for number in range(7, 1007)))
        assert beer(dictionaries).above == tuple(str(number) for number in range(8, 40))

    def test_goods_without_a_group(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods of no group, then nothing stands above them, whatever the groups are."""
        groups(writer, ("", "70"))
        writer.execute("UPDATE tmc SET groupcode = NULL")
        assert beer(dictionaries).groups == ()

    def test_every_way_of_asking_tells_them(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given groups and a period, then goods bring them by barcode, by code and by name alike."""
        groups(writer, ("7", "70"))
        restrict(writer, timestart="23:00:00")
        found = (beer(dictionaries), dictionaries.by_code("1", NOON), *dictionaries.by_name("пив", NOON))
        assert [(item.above, len(item.periods)) for item in found if item] == [(("70",), 1)] * 3


def test_plain_goods_cost_one_statement(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given goods that nothing restricts, then one statement answers for them, however much others are restricted."""
    groups(writer, ("7", "70"), ("70", ""))
    writer.execute("INSERT INTO sellrestrictperiod (code, position) VALUES ('2', 0)")
    writer.execute("INSERT INTO additionalprice (code, pricecode, price) VALUES ('2', '1', 5)")
    asked: list[str] = []
    dictionaries._conn.set_trace_callback(asked.append)
    beer(dictionaries)
    assert len(asked) == 1


class TestPeriods:
    def test_goods_without_any(self, dictionaries: Dictionaries) -> None:
        """Given goods nobody restricted, then there is no period."""
        assert beer(dictionaries).periods == ()

    @pytest.mark.parametrize(
        ("first", "last", "weekdays"),
        [
            (1, 5, (1, 2, 3, 4, 5)),
            (3, 3, (3,)),
            (6, 1, (1, 6, 7)),
            (7, 1, (1, 7)),
            (5, None, (5, 6, 7)),
            (None, 2, (1, 2)),
            (0, 2, (1, 2)),
            (6, 0, (6, 7)),
            (1, 7, ()),
            (3, 2, ()),
            (None, None, ()),
            (0, 0, ()),
            (8, 9, ()),
            (-1, 2, ()),
            (1, 8, ()),
            ("пн", "вт", ()),
            (1.5, 2, ()),
            (b"\xff", 2, ()),
        ],
    )
    def test_days_of_the_week(
        self,
        writer: sqlite3.Connection,
        dictionaries: Dictionaries,
        first: object,
        last: object,
        weekdays: tuple[int, ...],
    ) -> None:
        """Given days, then those between them count, over the end of the week too; of what is no day, every day."""
        restrict(writer, daystart=first, dayend=last)
        assert beer(dictionaries).periods[0].weekdays == weekdays

    @pytest.mark.parametrize(
        ("start", "end", "begins", "ends"),
        [
            ("23:00:00", "08:00:00", time(23), time(8)),
            ("23:00", "08:00", time(23), time(8)),
            (None, "08:00:00", time(), time(8)),
            ("23:00:00", None, time(23), time()),
            (None, None, time(), time()),
            ("22:00:00", "23:59:59", time(22), time()),
            ("22:00:00", "23:59:00", time(22), time()),
            ("22:00:00", "23:59", time(22), time()),
            ("22:00:00", "23:59:59.999", time(22), time()),
            ("22:00:00", "07:59:59", time(22), time(8)),
            ("22:00:00", "07:59:00", time(22), time(7, 59)),
            ("22:00:00", "09:59:59", time(22), time(10)),
            ("23:59:59", "00:00:00", time(23, 59, 59), time()),
            ("25:00", "утром", time(), time()),
            ("23:00:00+03:00", "08:00:00+03:00", time(23), time(8)),
            (b"\xff", "08:00:00", time(), time()),
            ("22:00:00", 7, time(), time()),
        ],
    )
    def test_times(
        self,
        writer: sqlite3.Connection,
        dictionaries: Dictionaries,
        start: object,
        end: object,
        begins: time,
        ends: time,
    ) -> None:
        """Given times, then the unsaid is midnight, a last minute is meant whole, and what is no time is all day."""
        restrict(writer, timestart=start, timeend=end)
        period = beer(dictionaries).periods[0]
        assert (period.begins, period.ends) == (begins, ends)

    @pytest.mark.parametrize(
        ("start", "end", "since", "until"),
        [
            ("2026-05-25T00:00:00", "2026-05-25T23:59:59", (2026, 5, 25), (2026, 5, 25, 23, 59, 59)),
            ("2026-05-25", "2026-05-25", (2026, 5, 25), (2026, 5, 25, 23, 59, 59)),
            ("2026-05-25T10:00:00", "2026-05-25T12:00:00", (2026, 5, 25, 10), (2026, 5, 25, 12)),
            ("2026-05-25T00:00:00", "2026-05-26T00:00:00", (2026, 5, 25), (2026, 5, 26, 23, 59, 59)),
            ("2026-05-25T10:00:00+03:00", None, (2026, 5, 25, 10), None),
            ("0001-01-01T00:00:00", "0001-01-01T00:00:00", None, None),
            (None, "9999-12-31T23:59:59", None, None),
            ("вчера", "31.12.2026", None, None),
        ],
    )
    def test_dates(
        self,
        writer: sqlite3.Connection,
        dictionaries: Dictionaries,
        start: str | None,
        end: str | None,
        since: tuple[int, int, int] | None,
        until: tuple[int, int, int] | None,
    ) -> None:
        """Given dates, then a last day counts whole; what is no date, and the dates that mean «none», bound nothing."""
        restrict(writer, datestart=start, dateend=end)
        period = beer(dictionaries).periods[0]
        expected = [datetime(*own) if own else None for own in (since, until)]  # noqa: DTZ001 - the till's local time
        assert [period.since, period.until] == expected

    def test_in_their_order(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given two periods of one item, then both hold."""
        restrict(writer, timestart="23:00:00", timeend="08:00:00")
        writer.execute("INSERT INTO sellrestrictperiod (code, position, daystart, dayend) VALUES ('1', 1, 1, 1)")
        night, monday = Period((), time(23), time(8)), Period((1,))
        assert beer(dictionaries).periods == (night, monday)

    def test_option_neither_restricts_nor_permits(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given `requiresalerestrict`, then alone it restricts nothing, and without it a period holds all the same."""
        writer.execute("UPDATE tmc SET op_mode = 64")
        assert beer(dictionaries).periods == ()
        restrict(writer, timestart="23:00:00", timeend="08:00:00")
        with_option = beer(dictionaries).periods
        writer.execute("UPDATE tmc SET op_mode = 0")
        assert beer(dictionaries).periods == with_option != ()

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        row=st.fixed_dictionaries(
            dict.fromkeys(
                DAY,
                st.none()
                | st.integers(-(2**63), 2**63 - 1)
                | st.floats(allow_nan=False)
                | st.text(st.characters(codec="utf-8"), max_size=12)
                | st.binary(max_size=4)
                | st.times().map(time.isoformat)
                | st.datetimes().map(datetime.isoformat),
            )
        )
    )
    def test_any_row_can_be_read(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, row: dict[str, Any]
    ) -> None:
        """Whatever stands in a row, then the goods are found with one period that the till can reckon with."""
        restrict(writer, **row)
        (period,) = beer(dictionaries).periods
        assert set(period.weekdays) <= set(range(1, 8))
        assert forbidden_until((period,), NOON) is None or forbidden_until((period,), NOON) > NOON  # type: ignore[operator]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(fields=st.fixed_dictionaries(dict.fromkeys(DAY, st.sampled_from([None, "x", b"\xff"]))))
    def test_unreadable_row_forbids(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, fields: dict[str, Any]
    ) -> None:
        """Given a row nothing of which can be read, then the goods may not be sold at any time: never the opposite."""
        restrict(writer, **fields)
        assert forbidden_until(beer(dictionaries).periods, NOON)


class TestAge:
    @pytest.mark.parametrize(
        ("columns", "age"),
        [
            ("age = NULL", 0),
            ("age = 0", 0),
            ("age = 16", 16),
            ("age = 21, op_mode = 32", 21),
            ("op_mode = 32", 18),
            ("op_mode = 32768 | 128 | 64", 0),
            ("age = 0, op_mode = 32", 18),
            ("tmctype = 3", 0),
            ("age = -3", 18),
            ("age = 'восемнадцать'", 18),
            ("age = 1000000000", 18),
            ("age = 151", 18),
            ("age = 150", 150),
        ],
    )
    def test_age_of_goods(self, writer: sqlite3.Connection, dictionaries: Dictionaries, columns: str, age: int) -> None:
        """Given an age, then it counts; what should be one and is none means 18; the kind of goods says nothing."""
        writer.execute(f"UPDATE tmc SET {columns}")  # noqa: S608 - a row of the table
        assert beer(dictionaries).min_age == age

    def test_ignored_marking_leaves_the_age(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given tobacco for adults whose marks are ignored, then it is sold without its mark, from 18."""
        writer.execute("UPDATE tmc SET tmctype = 3, op_mode = 262144 | 32")
        assert (beer(dictionaries).kind, beer(dictionaries).min_age) == (Kind.PLAIN, 18)
