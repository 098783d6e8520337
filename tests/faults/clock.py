"""The shop's time in rehearsals."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Moscow")


def now() -> datetime:
    """Return the time of this machine, in the shop's zone."""
    return datetime.now(ZONE)
