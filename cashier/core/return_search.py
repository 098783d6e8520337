"""What is typed to find a sale receipt: what stands for an empty field, and how a day is read."""

from datetime import date

from cashier.core.state import Till


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
    digits = [own for own in parts if own]
    if not all(own.isascii() and own.isdigit() and len(own) <= len("2026") for own in digits):
        return None
    try:
        day, month, year = (*map(int, digits), *[today.year] * (3 - len(digits)))
        century = 2000 if len(digits) == len("dmy") and year < 100 else 0  # noqa: PLR2004 - two digits of a year
        found = date(year + century, month, day)
        future = found > today and len(digits) < len("dmy")
        return found.replace(year=found.year - 1) if future else found
    except ValueError:
        return None
