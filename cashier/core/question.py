"""Questions of gates to the cashier, and how they are answered."""

from msgspec import Struct

from cashier.core.reading import Reading
from cashier.core.rights import Errand
from cashier.core.say import Say


class Choice(Struct, frozen=True):
    """A row of a question; its digit is its place in the list, from 1."""

    value: str
    caption: Say
    remark: Say | None = None
    """What stands at the end of the row."""


class Question(Struct, frozen=True):
    """What a gate asks the cashier: rows to choose from, a scan, both, or digits to be typed."""

    title: Say
    lines: tuple[Say, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: int = 0
    """Row that stands preselected, from 0; -1 for none: Enter then takes nothing."""
    wants_scan: bool = False
    entry: Say | None = None
    """What is to be typed, digits and points; there are no rows then. None: nothing is."""
    typed: str = ""
    """What stands typed already."""
    errand: Errand | None = None
    """Whose right a row needs: who has it not asks another user; None: anybody may answer."""
    problem: Say | None = None
    """What was wrong with the answer before."""


class Picked(Struct, frozen=True):
    """The cashier took a row of the question."""

    value: str


class ScanGiven(Struct, frozen=True):
    """The cashier answered the question with a scan."""

    reading: Reading


class Written(Struct, frozen=True):
    """The cashier answered the question with what was typed."""

    text: str
