"""From rows of `sellrestrictperiod` to `Period` (domain/artix.md 5.4 and 6).

A restriction that was sent is meant, whether or not the option `requiresalerestrict` stands beside it. What a row
leaves unsaid is the beginning or the end of the week, midnight, or no date; what cannot be read never narrows it:
instead of such days it holds on every day, instead of such times all day, instead of such a date for ever.
"""

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any, Final

from cashier.core.catalogue import Period

_WEEK: Final = 7
_LAST_SECOND: Final = 59
_LAST_MINUTE: Final = (23, 59)


def period(row: Sequence[Any]) -> Period:
    """Build a period from a row of `PERIODS`; of one the whole answer is read, whatever stands in it."""
    first, last, start, end, since, until = row
    begins, ends = _times(start, end)
    return Period(_weekdays(first, last), begins, ends, _date(since), _until(until))


def _weekdays(first: object, last: object) -> tuple[int, ...]:
    """Return the days from one to another, over the end of the week too: 6 to 1 is Saturday, Sunday and Monday."""
    begins, ends = _day(first, 1), _day(last, _WEEK)
    if not begins or not ends:
        return ()
    days = [*range(begins, ends + 1)] if begins <= ends else [*range(1, ends + 1), *range(begins, _WEEK + 1)]
    return tuple(days) if len(days) < _WEEK else ()


def _day(value: object, unsaid: int) -> int:
    """Return a day of the week; zero for what is none. Zero in the file is «not said»."""
    if value is None or value == 0:
        return unsaid
    return value if isinstance(value, int) and 1 <= value <= _WEEK else 0


def _times(start: object, end: object) -> tuple[time, time]:
    try:
        return _time(start), _rounded(_time(end))
    except ValueError:
        return time.min, time.min


def _time(value: object) -> time:
    return time.min if value is None else time.fromisoformat(str(value)).replace(tzinfo=None, microsecond=0)


def _rounded(ends: time) -> time:
    """Return when sale is allowed again: an end like 23:59 or 07:59:59 is meant with the whole of that minute."""
    if ends.second != _LAST_SECOND and (ends.hour, ends.minute) != _LAST_MINUTE:
        return ends
    return (datetime.combine(date.min, ends.replace(second=0)) + timedelta(minutes=1)).time()


def _date(value: object) -> datetime | None:
    """Return a moment; the first and the last year are how trade systems write «none»."""
    try:
        moment = datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None
    return None if moment.year in {MINYEAR, MAXYEAR} else moment


def _until(value: object) -> datetime | None:
    """Return the last second; a date alone, or one at midnight, is meant with the whole of that day."""
    moment = _date(value)
    if moment and moment.time() == time.min:
        return moment.replace(hour=23, minute=59, second=_LAST_SECOND)
    return moment
