"""What an import tells: records of each command, commands that are not kept, bad records and why."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

SHOWN: Final = 100
"""Bad records told in full; the rest are only counted."""

_MOST_COMMANDS: Final = 100
_LONGEST_COMMAND: Final = 60


class BadRecordError(ValueError):
    """A record that cannot be taken; the file goes on without it."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class UnreadableError(Exception):
    """A file that cannot be taken at all, so that nothing is changed; both texts are ready for the screen."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message}. {advice}")
        self.message = message
        self.advice = advice


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that was skipped."""

    place: str
    """File, and the line (AIF) or the number of the element (УКМ 5, from 1)."""
    command: str
    reason: str
    advice: str


@dataclass(slots=True)
class Report:
    """Outcome of an import."""

    taken: Counter[str] = field(default_factory=Counter)
    """Records taken, by command."""
    not_kept: Counter[str] = field(default_factory=Counter)
    """Records of commands that concern nothing the till keeps, by command."""
    bad: list[BadRecord] = field(default_factory=list)
    """The first `SHOWN` bad records."""
    bad_count: int = 0

    def skip(self, record: BadRecord) -> None:
        """Note a bad record."""
        self.bad_count += 1
        if len(self.bad) < SHOWN:
            self.bad.append(record)

    def pass_over(self, command: str) -> None:
        """Count a command that is not kept; the names of a hostile file do not fill the memory."""
        name = "".join(sign if sign.isprintable() else "?" for sign in command[:_LONGEST_COMMAND])
        self.not_kept[name if name in self.not_kept or len(self.not_kept) < _MOST_COMMANDS else "…"] += 1
