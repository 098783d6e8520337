"""Times as facts and tables have them: shop's local time, ISO 8601 to the second, without a zone."""

from datetime import datetime, timedelta
from typing import Final

_MOST_ASTRAY: Final = timedelta(days=1)


def local(at: datetime) -> str:
    """Write a moment of the shop's clock."""
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def is_astray(dated: str, at: str) -> bool:
    """Tell whether a clock is more than a day off the last document, on either side; nothing is off no document."""
    return bool(dated) and abs(datetime.fromisoformat(at) - datetime.fromisoformat(dated)) > _MOST_ASTRAY
