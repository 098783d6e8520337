"""`sellrestrictperiods` of AIF: when an item may not be sold.

A restriction is never weakened in silence: a period that cannot be read, or that restricts nothing, spoils its record,
which is named in the report and not taken, so that what held before holds on.
"""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Final

from cashier.exchange import _aif_shapes as shapes
from cashier.exchange._fields import moment, refuse, wrong
from cashier.store import forms
from cashier.store.loading import Change, Forget, Put, Value

_WEEK: Final = 7
_MOST: Final = 100
"""Periods of one item: each costs every scan of it some microseconds."""
_DAY_ENDS: Final = frozenset({"24:00", "24:00:00"})


def periods(key: str, records: Sequence[shapes.Period]) -> Iterator[Change]:
    """Let exactly these periods hold for an item."""
    if len(records) > _MOST:
        refuse("sellrestrictperiods", f"больше {_MOST} периодов")
    yield Forget("sellrestrictperiod", ("code",), (key,))
    for position, record in enumerate(records):
        yield Put(forms.PERIOD, (key, position, *_row(record, f"sellrestrictperiods[{position}]")))


def _row(record: shapes.Period, name: str) -> tuple[Value, ...]:
    since = moment(record.datestart, f"{name}.datestart") or None
    until = moment(record.dateend, f"{name}.dateend", end=True) or None
    if since and until and until < since:
        refuse(f"{name}.dateend", "раньше начала периода")
    times = (_time(record.timestart, f"{name}.timestart"), _end(record.timeend, f"{name}.timeend"))
    row = (since, until, *_days(record, name), *times)
    if not any(row):
        refuse(name, "период без дней, времени и дат")
    return row


def _days(record: shapes.Period, name: str) -> tuple[int | None, int | None]:
    """Read the days of the week; zeros in both mean that none is said, one beside a day means nobody knows what."""
    if not (record.daystart or record.dayend):
        return None, None
    for day, field in ((record.daystart, "daystart"), (record.dayend, "dayend")):
        if day is not None and not 1 <= day <= _WEEK:
            refuse(f"{name}.{field}", "ожидается день недели от 1 до 7")
    return record.daystart, record.dayend


def _end(value: str | None, field: str) -> str | None:
    return "00:00:00" if value and value.strip() in _DAY_ENDS else _time(value, field)


def _time(value: str | None, field: str) -> str | None:
    if value is None:
        return None
    try:
        read = time.fromisoformat(value.strip())
    except ValueError:
        raise wrong(field, "не похоже на время") from None
    if read.tzinfo:
        refuse(field, "ожидается время магазина без часового пояса")
    return read.isoformat("seconds")
