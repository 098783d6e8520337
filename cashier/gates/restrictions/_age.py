"""Age by the law: it is reached with the day after the birthday, not on the birthday itself."""

from datetime import MINYEAR, date, timedelta
from typing import Final

_OLDEST: Final = 120
_LEAP_DAY: Final = (2, 29)
_FULL, _SHORT = len("ddmmyyyy"), len("ddmmyy")
_CENTURY: Final = 100


def latest_birth(today: date, age: int) -> date:
    """Return the latest date of birth of somebody who has reached an age in years.

    Who was born on 29 February has the birthday on the 28th in other years: a term of years that ends in a month
    without such a day ends with the month's last one.
    """
    eve = today - timedelta(days=1)
    year = max(eve.year - age, MINYEAR)
    if (eve.month, eve.day) == _LEAP_DAY and not _is_leap(year):
        return date(year, 2, 28)
    last_of_february = (eve.month, eve.day) == (2, 28) and not _is_leap(eve.year)
    return date(year, *_LEAP_DAY) if last_of_february and _is_leap(year) else eve.replace(year=year)


def age_of(born: date, today: date) -> int:
    """Return the years that somebody has reached."""
    years = today.year - born.year
    return max(years if born <= latest_birth(today, years) else years - 1, 0)


def typed_parts(text: str) -> tuple[str, str, str] | None:
    """Part a date typed as `ddmmyyyy`, `ddmmyy` or with points into day, month and year; None where it is not whole."""
    match text.split("."):
        case [digits] if len(digits) in {_FULL, _SHORT}:
            parts = digits[:2], digits[2:4], digits[4:]
        case [day, month, year] if {len(day), len(month)} <= {1, 2} and len(year) in {2, 4}:
            parts = day, month, year
        case _:
            return None
    return parts if all(part.isascii() and part.isdigit() for part in parts) else None


def typed_birth(parts: tuple[str, str, str], today: date) -> date | None:
    """Read a date of birth from its parts; None for no date, or one that no buyer was born on.

    Two digits of a year stand for the latest such year that is not to come.
    """
    day, month, year = map(int, parts)
    century = today.year - today.year % _CENTURY
    years = (century + year, century - _CENTURY + year) if len(parts[2]) == len("yy") else (year,)
    born = next((own for own in (_date(year, month, day) for year in years) if own and own <= today), None)
    return born if born and today.year - born.year <= _OLDEST else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
