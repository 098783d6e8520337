"""How the world around the till is: disk, dictionaries, queue, shift, devices. Rules that turn measures into words.

Red is what stops the work or soon will, yellow what somebody should look at. Texts of both stand in the header too, so
they are short; they name the figure, and the status window adds what to do.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.say import Count, Moment, Say, say


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    ALARM = "alarm"


class Condition(Struct, frozen=True):
    """One thing and how it is."""

    topic: str
    """What it is about: `disk`, `dictionaries`, `queue`, `slow`, `printer`, `terminal`, `fiscal`, `marks`, `stock`."""
    level: Level
    text: Say


MEGABYTE = 1_000_000
_TENTH_OF_GIGABYTE = 100 * MEGABYTE
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def disk(free: int, total: int, warning: int, alarm: int) -> Condition:
    """Judge the room on the disk, in bytes; below a limit, in megabytes, it is yellow or red."""
    if free < alarm * MEGABYTE:
        return Condition("disk", Level.ALARM, say("status_disk_full", free=free // MEGABYTE))
    if free < warning * MEGABYTE:
        return Condition("disk", Level.WARNING, say("status_disk_low", free=free // MEGABYTE))
    return Condition("disk", Level.OK, say("status_disk", free=_gigabytes(free), total=_gigabytes(total)))


def _gigabytes(size: int) -> Count:
    """Round down to tenths: a figure that changes with every receipt tells nobody more."""
    return Count(Thousandths(size // _TENTH_OF_GIGABYTE * 100))


def dictionaries(age: timedelta | None, days: int) -> Condition:
    """Judge the age of the last import, None for never: without one there is nothing to sell."""
    if age is None:
        return Condition("dictionaries", Level.ALARM, say("status_dictionaries_none"))
    if age > timedelta(days=days):
        return Condition("dictionaries", Level.WARNING, say("status_dictionaries_old", days=age.days))
    if age >= _DAY:
        return Condition("dictionaries", Level.OK, say("status_dictionaries_days", days=age.days))
    return Condition("dictionaries", Level.OK, say("status_dictionaries", hours=max(age // _HOUR, 0)))


def queue(waiting: int, oldest_days: int, parked: int, warning: int) -> Condition:
    """Judge the messages that wait for other systems; parked ones were rejected there. None of it stops a sale."""
    if parked:
        return Condition("queue", Level.WARNING, say("status_queue_parked", count=parked))
    if waiting >= warning:
        return Condition("queue", Level.WARNING, say("status_queue_long", count=waiting))
    if waiting and oldest_days >= 1:
        return Condition("queue", Level.WARNING, say("status_queue_stands", days=oldest_days))
    text = say("status_queue", count=waiting) if waiting else say("status_queue_empty")
    return Condition("queue", Level.OK, text)


def stale(opened: str, now: datetime) -> bool:
    """Tell whether a shift must be closed before a sale: of yesterday or older than 24 hours (spec R5).

    24 hours never pass without a midnight, so the day decides. A clock that went back makes no shift old.
    """
    return bool(opened) and now.date() > datetime.fromisoformat(opened).date()


def shift(opened: str, now: datetime, alarm: float) -> Condition:
    """Judge the age of the shift, empty for none; yellow so many seconds before it must be closed."""
    if not opened:
        return Condition("shift", Level.OK, say("status_shift_none"))
    began, at = datetime.fromisoformat(opened), now.replace(tzinfo=None)
    if stale(opened, now):
        text = say("status_shift_day") if at - began > _DAY else say("status_shift_yesterday")
        return Condition("shift", Level.ALARM, text)
    left = min(began.replace(hour=0, minute=0, second=0) + _DAY - at, _DAY)
    if left <= timedelta(seconds=alarm):
        return Condition("shift", Level.WARNING, say("status_shift_ends", minutes=-(-left // _MINUTE)))
    return Condition("shift", Level.OK, say("status_shift", since=Moment(opened), hours=-(-left // _HOUR)))


def clock(last: str) -> Condition:
    """Judge the clock by the last document it is more than a day off, empty for none."""
    if last:
        return Condition("clock", Level.WARNING, say("status_clock_doubted", last=Moment(last)))
    return Condition("clock", Level.OK, say("status_clock"))


def slow(what: str, seconds: float) -> Condition:
    """Say which work of the till took too long."""
    took = Count(Thousandths(round(seconds * 100) * 10))
    text = say("status_slow", what=_WORK[what], seconds=took) if what in _WORK else say("status_slowly", seconds=took)
    return Condition("slow", Level.WARNING, text)


_WORK = {"marked_goods": say("work_marked_goods"), "stock_control": say("work_stock_control")}
"""Work that people know by a name; of any other the log has the program's own."""


def drawer(cash: Kopecks, warning: Kopecks) -> Condition:
    """Judge the cash in the drawer; a limit of zero is none. The sum is not told: the status is seen by anybody."""
    if warning and cash >= warning:
        return Condition("drawer", Level.WARNING, say("status_drawer_full"))
    return Condition("drawer", Level.OK, say("status_drawer"))


def printer(trouble: str) -> Condition:
    """Judge the printer by the trouble of its last paper; empty is none."""
    match trouble:
        case "":
            return Condition("printer", Level.OK, say("status_printer"))
        case "off":
            return Condition("printer", Level.ALARM, say("status_printer_off"))
        case "out_of_paper":
            return Condition("printer", Level.ALARM, say("status_printer_paper"))
        case _:
            return Condition("printer", Level.ALARM, say("status_printer_broken"))


def terminal(*, answers: bool) -> Condition:
    """Judge the payment terminal by whether it answered last."""
    if answers:
        return Condition("terminal", Level.OK, say("status_terminal"))
    return Condition("terminal", Level.ALARM, say("status_terminal_silent"))


def fiscal(*, answers: bool) -> Condition:
    """Judge the fiscal device by whether it answered last."""
    if answers:
        return Condition("fiscal", Level.OK, say("status_fiscal"))
    return Condition("fiscal", Level.ALARM, say("status_fiscal_silent"))


def marks(*, checked: bool, sold: bool = True) -> Condition:
    """Judge the check of marks by whether its server answered last; without it they are sold, or are not (spec M12)."""
    if checked:
        return Condition("marks", Level.OK, say("status_marks"))
    return Condition("marks", Level.WARNING, say("status_marks_unchecked") if sold else say("status_marks_silent"))


def stock(*, answers: bool) -> Condition:
    """Judge the stock control system by whether it answered last; without it nothing is sold (spec S2)."""
    if answers:
        return Condition("stock", Level.OK, say("status_stock"))
    return Condition("stock", Level.ALARM, say("status_stock_silent"))


Receiver = Literal["push", "files", "orders", "returns"]

_RECEIVERS: dict[Receiver, tuple[Say, Say]] = {
    "push": (say("status_push"), say("status_push_silent")),
    "files": (say("status_files"), say("status_files_silent")),
    "orders": (say("status_orders"), say("status_orders_silent")),
    "returns": (say("status_returns"), say("status_returns_silent")),
}
"""What is said of a receiver that takes messages, and of one that does not."""


def receiver(which: Receiver, *, answers: bool) -> Condition:
    """Judge whoever else takes messages of the outbox; none of them is lost meanwhile."""
    well, silent = _RECEIVERS[which]
    return Condition(which, Level.OK if answers else Level.WARNING, well if answers else silent)


def queue_server(*, answers: bool) -> Condition:
    """Judge the server that takes the messages of the outbox; none of them is lost while it is silent."""
    if answers:
        return Condition("queue_server", Level.OK, say("status_queue_server"))
    return Condition("queue_server", Level.WARNING, say("status_queue_server_silent"))


def settings(remarks: int) -> Condition:
    """Say that the settings have something in them that does not work."""
    return Condition("settings", Level.WARNING, say("status_settings", count=remarks))


def version(number: str) -> Condition:
    """Tell the version of the program."""
    return Condition("version", Level.OK, say("status_version", number=number))


Measured = Literal["disk", "dictionaries", "queue", "shift"]

_UNMEASURED: dict[Measured, Say] = {
    "disk": say("status_disk_unmeasured"),
    "dictionaries": say("status_dictionaries_unmeasured"),
    "queue": say("status_queue_unmeasured"),
    "shift": say("status_shift_unmeasured"),
}


def unmeasured(topic: Measured) -> Condition:
    """Say that a measure failed: how the thing is nobody knows."""
    return Condition(topic, Level.WARNING, _UNMEASURED[topic])
