"""Age by the law: it is reached on the day after the birthday; dates of birth as they are typed."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cashier.gates.restrictions._age import age_of, latest_birth, typed_birth, typed_parts

TODAY = date(2026, 11, 21)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def birthday(born: date, year: int) -> date:
    """Return the birthday of a year; of who was born on 29 February it is the 28th where there is no 29th."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def reached(born: date, today: date) -> int:
    """Count the birthdays after that of the birth that lie before today."""
    return sum(birthday(born, year) < today for year in range(born.year + 1, today.year + 1))


def typed(text: str, today: date) -> date | None:
    """Read a date of birth as it is typed."""
    parts = typed_parts(text)
    return typed_birth(parts, today) if parts else None


class TestLatestBirth:
    @pytest.mark.parametrize(
        ("today", "age", "born"),
        [
            ("2026-11-21", 18, "2008-11-20"),
            ("2026-11-22", 18, "2008-11-21"),
            ("2026-01-01", 18, "2007-12-31"),
            ("2026-12-31", 18, "2008-12-30"),
            ("2026-02-28", 18, "2008-02-27"),
            ("2026-03-01", 18, "2008-02-29"),
            ("2026-03-02", 18, "2008-03-01"),
            ("2026-03-01", 17, "2009-02-28"),
            ("2028-02-28", 18, "2010-02-27"),
            ("2028-02-29", 18, "2010-02-28"),
            ("2028-03-01", 18, "2010-02-28"),
            ("2028-03-02", 18, "2010-03-01"),
            ("2028-02-29", 20, "2008-02-28"),
            ("2028-03-01", 20, "2008-02-29"),
            ("2100-03-01", 4, "2096-02-29"),
            ("2018-03-01", 118, "1900-02-28"),
            ("2026-11-21", 0, "2026-11-20"),
            ("2026-11-21", 120, "1906-11-20"),
            ("2026-11-21", 5000, "0001-11-20"),
        ],
    )
    def test_table(self, today: str, age: int, born: str) -> None:
        """Given a day and an age, then this is the latest date of birth of whoever has reached it."""
        assert latest_birth(date.fromisoformat(today), age) == date.fromisoformat(born)

    @given(today=days, age=st.integers(0, 120))
    @example(today=date(2028, 2, 29), age=18)
    @example(today=date(2027, 3, 1), age=19)
    @example(today=date(2100, 3, 1), age=100)
    def test_day_before_is_old_enough_and_day_after_is_not(self, today: date, age: int) -> None:
        """Given any day and age, then who was born by the latest date has reached it, and a day later has not."""
        born = latest_birth(today, age)
        assert reached(born, today) >= age
        after = born + timedelta(days=1)
        assert reached(after, today) < age or after >= today

    @given(born=days, lived=st.integers(0, 50_000))
    @example(born=date(2008, 2, 29), lived=6574)
    def test_agrees_with_the_age(self, born: date, lived: int) -> None:
        """Given anybody, then the years reached are those counted birthday by birthday, and the two rules agree."""
        today = born + timedelta(days=lived)
        age = age_of(born, today)
        assert age == reached(born, today)
        assert age == 0 or born <= latest_birth(today, age)
        assert born > latest_birth(today, age + 1)


class TestTyped:
    @pytest.mark.parametrize(
        ("text", "born"),
        [
            ("21112008", "2008-11-21"),
            ("29022008", "2008-02-29"),
            ("01011907", "1907-01-01"),
            ("01011906", "1906-01-01"),
            ("21112026", "2026-11-21"),
            ("211108", "2008-11-21"),
            ("211199", "1999-11-21"),
            ("211126", "2026-11-21"),
            ("221126", "1926-11-22"),
            ("010127", "1927-01-01"),
            ("290200", "2000-02-29"),
            ("290208", "2008-02-29"),
            ("290228", "1928-02-29"),
            ("21.11.2008", "2008-11-21"),
            ("1.2.08", "2008-02-01"),
            ("01.02.1946", "1946-02-01"),
        ],
    )
    def test_dates(self, text: str, born: str) -> None:
        """Given day, month and year in a row, then they are that date; two digits are the latest such year."""
        assert typed(text, TODAY) == date.fromisoformat(born)

    @pytest.mark.parametrize(
        "text",
        [
            *("31022008", "310208", "29022007", "290207", "29022026", "00112008", "21002008", "21132008", "32012008"),
            *("22112026", "21112027", "31121905", "21110000", "21119999", "000000", "00000000"),
            *(
                "",
                "2",
                "21112",
                "2111200",
                "211120081",
                "2" * 48,
                "21.11",
                "21.11.008",
                "21..2008",
                ".11.2008",
                "211.1.2008",
                "2008-11-21",
                "-2112008",
            ),
            *("ноябрь", "двадцать", "２１１１２００８", "٢١١١٢٠٠٨", "²¹¹¹²⁰⁰⁸", " 2112008", "+2112008", "2111_200"),
            *("[/]21112", "\x1b[2J2008", "21112008\n"),
        ],
    )
    def test_no_dates(self, text: str) -> None:
        """Given anything else, a day to come, or one that nobody alive was born on, then it is no date of birth."""
        assert typed(text, TODAY) is None

    @given(born=st.dates(date(1907, 1, 1), TODAY))
    def test_every_buyer_can_be_typed(self, born: date) -> None:
        """Given anybody alive, then eight digits are the date of birth."""
        assert typed(born.strftime("%d%m%Y"), TODAY) == born

    @given(born=st.dates(TODAY - timedelta(days=36_000), TODAY))
    def test_six_digits_are_enough_for_a_century(self, born: date) -> None:
        """Given anybody younger than some 98 years, then six digits are the date of birth."""
        assert typed(born.strftime("%d%m%y"), TODAY) == born

    @given(text=st.text(max_size=48), today=days)
    def test_nothing_breaks_it(self, text: str, today: date) -> None:
        """Given any text, then it is a date that is not to come, or none."""
        born = typed(text, today)
        assert born is None or born <= today
