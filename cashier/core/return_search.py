"""What is typed to find a sale receipt: what stands for an empty field, and how a day is read."""

import re
from datetime import date
from typing import Final

from cashier.core.state import Till

_TYPED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{2}|20[0-9]{2}))?")


def proposed(till: Till, field: str) -> str:
    """Return what a field is taken for when nothing is typed; empty where it has to be typed."""
    ledger = till.ledger
    match field:
        case "till":
            return till.rules.till
        case "shift":
            return str(ledger.shift.number if ledger.shift else ledger.shifts or "")
        case "date":
            return till.now.strftime("%d.%m.%Y")
        case _:
            return ""


def typed_day(text: str, today: date) -> date | None:
    """Read a day as it is typed, points or not: `21.11`, `211126`, `21.11.2026`; without a year the last such day.

    >>> typed_day("2111", date(2026, 11, 22)), typed_day("31.12", date(2026, 11, 22)), typed_day("32.1", date.max)
    (datetime.date(2026, 11, 21), datetime.date(2025, 12, 31), None)
    """
    parts = text.split(".") if "." in text else [text[:2], text[2:4], text[4:]]
    found = _TYPED.fullmatch(".".join(own for own in parts if own))
    if not found:
        return None
    day, month, year = found.groups()
    # Leap days are eight years apart at the most.
    years = [int(year) % 2000 + 2000] if year else range(today.year, today.year - 9, -1)
    days = (_day(own, int(month), int(day)) for own in years)
    return next((own for own in days if own and (year or own <= today)), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
