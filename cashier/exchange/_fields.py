"""Fields of records from outside: what is refused, and in which words."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

import msgspec

from cashier.core.money import from_roubles, to_roubles
from cashier.exchange.report import BadRecordError

Code = str | int
"""A code as trade systems send it: text, or a whole number."""
Shape = TypeVar("Shape", bound=msgspec.Struct)

_LONGEST_CODE: Final = 100
_LONGEST_TEXT: Final = 1000
_LARGEST_QUANTITY: Final = 100_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_OUTSIDE_MARK: Final = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f\ud800-\udfff]")
_PATH: Final = re.compile(r"at `(?:key in )?\$\.?([^`]*)`$")
_MISSING: Final = re.compile(r"missing required field `([^`]*)`")
_FIX_FIELD: Final = "Исправьте поле в товароучётной системе и выгрузите снова"
_ON: Final = frozenset({1, "1", "true"})
_OFF: Final = frozenset({0, "0", "false"})


def lowered(value: dict[str, Any]) -> dict[str, Any]:
    """Spell all keys in small letters and leave out what says nothing: nulls and empty texts.

    Raises:
        BadRecordError: two keys differ only in the case of letters.
    """
    low = {
        key.lower(): _lowered_inside(inner) if isinstance(inner, dict | list) else inner
        for key, inner in value.items()
        if inner is not None and inner != ""
    }
    if len(low) != len(value) and len(set(map(str.lower, value))) != len(value):
        refuse(", ".join(sorted(value))[:_LONGEST_CODE], "поле указано дважды")
    return low


def shaped(value: dict[str, Any], shape: type[Shape]) -> Shape:
    """Give a record with small-letter keys its shape; texts that are numbers count as numbers.

    Raises:
        BadRecordError: a field is missing or of a wrong type.
    """
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        raise _in_russian(str(error)) from None


def code(value: Code, field: str) -> str:
    """Read a code or a barcode: not empty, no control characters, at most 100 characters."""
    text = value.strip() if isinstance(value, str) else str(value)
    if not 0 < len(text) <= _LONGEST_CODE:
        raise wrong(field, "пусто или длиннее 100 знаков")
    return text if text.isprintable() else _without(_CONTROL, text, field)


def optional_code(value: Code | None, field: str) -> str:
    """Read a code that may be missing; then it is empty."""
    return "" if value is None else code(value, field)


def text(value: Code | None, field: str) -> str:
    """Read a text for the screen: line breaks and tabs become spaces, other control characters are refused."""
    if value is None:
        return ""
    plain = str(value) if isinstance(value, int) else value
    if len(plain) > _LONGEST_TEXT:
        raise wrong(field, "длиннее 1000 знаков")
    return plain.strip() if plain.isprintable() else " ".join(_without(_CONTROL, plain, field).split())


def mark(value: str, field: str) -> str:
    """Read a mark code: of the control characters only GS is its own."""
    if not value or len(value) > _LONGEST_TEXT:
        raise wrong(field, "пусто или длиннее 1000 знаков")
    return _without(_CONTROL_OUTSIDE_MARK, value, field)


def money(value: Decimal | None, field: str) -> str | None:
    """Read an amount in roubles, not negative."""
    if value is None:
        return None
    try:
        amount = from_roubles(value)
    except (ValueError, ArithmeticError):
        raise wrong(field, "не похоже на сумму") from None
    if amount < 0:
        raise wrong(field, "отрицательная сумма")
    return to_roubles(amount)


def required_money(value: Decimal, field: str) -> str:
    """Read an amount that must be there."""
    return money(value, field) or ""


def quantity(value: Decimal | None, field: str) -> str | None:
    """Read a quantity, not negative, to the thousandth."""
    if value is None:
        return None
    if not (value.is_finite() and 0 <= value <= _LARGEST_QUANTITY):
        raise wrong(field, "не похоже на количество")
    return str(round(value, 3))


def moment(value: str | None, field: str, *, end: bool = False) -> str:
    """Read a date and time as local time, ISO 8601 to the second; a date alone is its first or last second."""
    if value is None:
        return ""
    try:
        when = datetime.fromisoformat(value.strip()).replace(tzinfo=None, microsecond=0)
    except ValueError:
        raise wrong(field, "не похоже на дату") from None
    bare_end = end and len(value.strip()) <= len("2020-01-01")
    return (when.replace(hour=23, minute=59, second=59) if bare_end else when).isoformat()


def flag(value: object, field: str) -> bool:
    """Read a switch: 0 or 1, also as a text or as true and false."""
    plain = value.lower() if isinstance(value, str) else value
    if not isinstance(plain, str | int | float) or plain not in _ON | _OFF:
        raise wrong(field, "ожидается 0 или 1")
    return plain in _ON


def refuse(field: str, what: str) -> NoReturn:
    """Refuse a field.

    Raises:
        BadRecordError: always.
    """
    raise wrong(field, what)


def wrong(field: str, what: str) -> BadRecordError:
    """Word the refusal of a field."""
    return BadRecordError(f"поле {field}: {what}", _FIX_FIELD)


def _lowered_inside(value: object) -> object:
    if isinstance(value, dict):
        return lowered(value)
    return [_lowered_inside(inner) for inner in value] if isinstance(value, list) else value


def _without(forbidden: re.Pattern[str], value: str, field: str) -> str:
    found = forbidden.search(value)
    if found:
        raise wrong(field, f"управляющий символ {ord(found[0]):#04x}")
    return value


def _in_russian(message: str) -> BadRecordError:
    missing, path = _MISSING.search(message), _PATH.search(message)
    if missing:
        inside = f"{path[1]}." if path and path[1] else ""
        return wrong(f"{inside}{missing[1]}", "не указано")
    return wrong(path[1] if path and path[1] else "?", "значение не того вида")
