"""Where records of every format arrive: taken into the load, counted, or named as bad."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from cashier.exchange._fields import lowered
from cashier.exchange._framing import Broken
from cashier.exchange.report import BadRecord, BadRecordError, Report
from cashier.store.loading import Change, Loading

Build = Callable[[dict[str, Any]], Iterable[Change]]
"""What a record with small-letter keys changes; raises `BadRecordError`."""


_TELL_EVERY: Final = 4096


class Intake:
    """Takes the records of one file after another."""

    def __init__(self, loading: Loading, report: Report) -> None:
        self._loading = loading
        self._report = report
        self._file = ""
        self._seen = 0
        self._tell: Callable[[], None] = lambda: None
        self.unit = ""
        """What places in the file are counted in."""

    def begin(self, file: str, tell: Callable[[], None]) -> None:
        """Turn to the next file; `tell` is called now and then while its records come."""
        self._file, self._tell = file, tell

    def take(self, place: int, command: str, build: Build, body: dict[str, Any]) -> None:
        """Stage all that a record changes, or nothing of it."""
        try:
            changes = list(build(body))
        except BadRecordError as error:
            self.skip(place, command, error.reason, error.advice)
        else:
            self._loading.add(changes)
            self._report.taken[command] += 1

    def pass_over(self, command: str) -> None:
        """Count a record of a command that is not kept."""
        self._report.pass_over(command)

    def skip(self, place: int, command: str, reason: str, advice: str) -> None:
        """Name a bad record."""
        self._report.skip(BadRecord(f"{self._file}, {self.unit} {place}", command, reason, advice))

    def opened(self, place: int, value: object) -> dict[str, Any] | None:
        """Spell the keys of a record in small letters; None if it is bad, and then it is named."""
        self._seen += 1
        if not self._seen % _TELL_EVERY:
            self._tell()
        if not isinstance(value, dict):
            reason = value.reason if isinstance(value, Broken) else "запись не объект JSON"
            self.skip(place, "", reason, "Исправьте запись в товароучётной системе и выгрузите снова")
            return None
        try:
            return lowered(value)
        except BadRecordError as error:
            self.skip(place, "", error.reason, error.advice)
        except RecursionError:
            self.skip(place, "", "слишком глубокая вложенность", "Уберите запись из выгрузки")
        return None

    def known_hash(self, code: str) -> str:
        """Find the hash of a person's password in the dictionaries; empty if there is none."""
        return self._loading.known_hash(code)
