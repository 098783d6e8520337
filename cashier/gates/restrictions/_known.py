"""What the gate of restrictions tells of goods before they are sold (spec S8)."""

from datetime import datetime

from cashier.core.catalogue import Period
from cashier.core.say import Moment, Say, joined, say
from cashier.gates.restrictions._hours import forbidden_until, is_far
from cashier.gates.restrictions._limits import Limits

_DAYS = (
    *(say("known_monday"), say("known_tuesday"), say("known_wednesday"), say("known_thursday")),
    *(say("known_friday"), say("known_saturday"), say("known_sunday")),
)


def known_of(limits: Limits, at: datetime) -> tuple[Say, ...]:
    """Tell the age, whether this is an hour of sale, and the hours that are none."""
    end = forbidden_until(limits.periods, at)
    moment = at.replace(tzinfo=None)
    periods = (own for own in limits.periods if own.until is None or own.until >= moment)
    return (
        *((_closed(end, at),) if end else ()),
        *((say("known_age", age=limits.age),) if limits.age else ()),
        *map(_hours, periods),
    )


def _closed(end: datetime, at: datetime) -> Say:
    return say("known_closed") if is_far(end, at) else say("known_closed_until", end=Moment(end.isoformat()))


def _hours(period: Period) -> Say:
    """Tell when goods are not sold; a period that ends when it begins takes the whole day."""
    begins, ends = period.begins.strftime("%H:%M"), period.ends.strftime("%H:%M")
    whole = period.begins == period.ends
    hours = say("known_whole_day") if whole else say("known_hours", begins=begins, ends=ends)
    if not period.weekdays:
        return say("known_closed_at", hours=hours)
    return say("known_closed_on", days=joined([_DAYS[day - 1] for day in period.weekdays]), hours=hours)
