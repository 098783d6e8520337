"""Kinds of values the trade needs: addresses, paths, roubles, dates, weekdays, lines of a receipt."""

import re
from datetime import date, time
from string import Formatter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cashier.core.money import Kopecks, to_roubles, typed_roubles
from cashier.settings.kinds import Kind, Phrase, phrase


class Url(Kind[str]):
    """Address of a server; a password in it is never shown."""

    @property
    def allowed(self) -> Phrase:
        """The form of an address."""
        return phrase("url")

    def read(self, text: str) -> str | None:
        """`http` or `https` with a host and a sensible port, without query and blanks; no slash at the end."""
        try:
            parts = urlsplit(text)
            whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            return None
        plain = not (parts.query or parts.fragment or re.search(r"\s", text))
        return text.rstrip("/") if whole and plain and parts.scheme in {"http", "https"} else None

    def show(self, value: str) -> str:
        """Leave the user and the password out."""
        return re.sub(r"//[^/]*@", "//***@", value)


class Template(Kind[str]):
    """Path of a request with names in braces, as the OpenAPI file of СКО writes it."""

    def __init__(self, *names: str) -> None:
        self.names = names

    @property
    def allowed(self) -> Phrase:
        """The names."""
        return phrase("template", names=" ".join(f"{{{name}}}" for name in self.names))

    def read(self, text: str) -> str | None:
        """It begins with a slash and names nothing else in braces."""
        try:
            fields = list(Formatter().parse(text))
        except ValueError:
            return None
        plain = all(name is None or (name in self.names and not form and not turn) for _, name, form, turn in fields)
        return text if plain and re.fullmatch(r"/\S{0,500}", text) else None


class Roubles(Kind[Kopecks]):
    """A sum: roubles with a decimal point in the file, kopecks inside."""

    @property
    def allowed(self) -> Phrase:
        """The form of a sum."""
        return phrase("roubles")

    def read(self, text: str) -> Kopecks | None:
        """At most two digits after the point, more than nothing."""
        return typed_roubles(text) or None

    def show(self, value: Kopecks) -> str:
        """Two digits after the point."""
        return to_roubles(value)


class Day(Kind[date]):
    """A date."""

    @property
    def allowed(self) -> Phrase:
        """The form of a date."""
        return phrase("day")

    def read(self, text: str) -> date | None:
        """`2026-01-31`, or `31.01.2026` as people write it."""
        found = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text)
        written = f"{found[3]}-{found[2]}-{found[1]}" if found else text
        try:
            return date.fromisoformat(written) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else None
        except ValueError:
            return None


class Clock(Kind[time]):
    """A time of day by the clock of the shop; `24:00` is midnight, the same as `00:00`."""

    @property
    def allowed(self) -> Phrase:
        """The form of a time."""
        return phrase("clock")

    def read(self, text: str) -> time | None:
        """Hours and minutes."""
        found = re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])|24:00", text)
        if not found:
            return None
        return time(int(found[1]), int(found[2])) if found[1] else time()

    def show(self, value: time) -> str:
        """Hours and minutes."""
        return value.strftime("%H:%M")


class Weekdays(Kind[frozenset[int]]):
    """Days of the week, 1 = Monday … 7 = Sunday, as a list with ranges: `1-5, 7`."""

    @property
    def allowed(self) -> Phrase:
        """The form of the list."""
        return phrase("weekdays")

    def read(self, text: str) -> frozenset[int] | None:
        """A range may go over the end of the week: `6-1` is Saturday to Monday."""
        days: set[int] = set()
        for part in text.split(","):
            found = re.fullmatch(r"\s*([1-7])\s*(?:-\s*([1-7]))?\s*", part)
            if not found:
                return None
            first, last = int(found[1]), int(found[2] or found[1])
            days |= {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
        return frozenset(days)

    def show(self, value: frozenset[int]) -> str:
        """One by one."""
        return ", ".join(map(str, sorted(value)))


class Lines(Kind[tuple[str, ...]]):
    r"""Lines of a receipt, with `\n` between them."""

    longest = 80

    @property
    def allowed(self) -> Phrase:
        """The length."""
        return phrase("lines", longest=self.longest)

    def read(self, text: str) -> tuple[str, ...] | None:
        r"""Split at each `\n` as it is written in the file."""
        lines = tuple(text.split(r"\n"))
        return lines if text and all(len(line) <= self.longest for line in lines) else None

    def show(self, value: tuple[str, ...]) -> str:
        """Join again."""
        return r"\n".join(value)


class Zone(Kind[str]):
    """Name of a time zone of the IANA table."""

    @property
    def allowed(self) -> Phrase:
        """The form of a name."""
        return phrase("zone")

    def read(self, text: str) -> str | None:
        """Known to this computer or to the package tzdata."""
        try:
            return ZoneInfo(text).key
        except (OSError, ValueError, LookupError):
            return None
