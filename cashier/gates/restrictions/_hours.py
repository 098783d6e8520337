"""Periods in which goods may not be sold, by the shop's local time; a period may go over midnight."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from cashier.core.catalogue import Period

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_FAR: Final = timedelta(days=14)
"""An end beyond this is none that a buyer could be told."""
_MOST_STEPS: Final = 50
"""Periods in a row that are followed: three a day for two weeks, and some."""


def forbidden_until(periods: Sequence[Period], at: datetime) -> datetime | None:
    """Return the moment from which goods may be sold again; None where they may be sold at this one.

    Periods that follow each other are one. Where so many do that no end is found, the moment lies beyond two weeks.
    """
    moment = at.replace(tzinfo=None, microsecond=0)
    end = moment
    for _ in range(_MOST_STEPS):
        ends = [own for own in (_end(period, end) for period in periods) if own]
        if not ends:
            return end if end > moment else None
        end = max(ends)
    return moment + 2 * _FAR


def is_far(end: datetime, at: datetime) -> bool:
    """Tell whether an end is too far to be told."""
    return end - at.replace(tzinfo=None) > _FAR


def _end(period: Period, at: datetime) -> datetime | None:
    """Return when the period that holds at a moment ends; None if it does not hold."""
    if (period.since and at < period.since) or (period.until and at > period.until):
        return None
    for day in (at.date(), at.date() - _DAY):
        begins, ends = _of_day(period, day)
        if begins <= at < ends and (not period.weekdays or day.isoweekday() in period.weekdays):
            return period.until + _SECOND if period.until and period.until < ends else ends
    return None


def _of_day(period: Period, day: date) -> tuple[datetime, datetime]:
    """Return when the period of a day begins and ends."""
    ends = day if period.ends > period.begins else day + _DAY
    return datetime.combine(day, period.begins), datetime.combine(ends, period.ends)
