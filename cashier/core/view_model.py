"""What is to be seen, without where and in which colours: the screen lays it out, tests read it.

Everything is values; texts are `Say`, so the same view is drawn in every language.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from cashier.core.conditions import Level as Level  # noqa: PLC0414 - painters have it from here
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line
from cashier.core.say import Say


class Scene(StrEnum):
    """What fills the screen."""

    SIGN_IN = "sign_in"
    SALE = "sale"
    HELP = "help"


class Tone(StrEnum):
    """What a dialog is about, for its frame."""

    PLAIN = "plain"
    QUESTION = "question"
    ERROR = "error"


class Weight(StrEnum):
    """What the big figure means."""

    TOTAL = "total"
    REST = "rest"
    CHANGE = "change"


class Header(Struct, frozen=True):
    """The top line."""

    place: Say
    kind: Say
    receipt: Say
    receipt_short: Say
    """The same for a narrow screen."""
    receipt_alone: Say
    """Without the shift, where what is wrong takes the room."""
    cashier: str
    level: Level
    status: Say
    """What is wrong, in words, or that all is well."""
    at: datetime
    """Shop's local time."""
    back: bool = False
    """Goods come back: the line has another colour."""


class Sheet(Struct, frozen=True):
    """The receipt's lines, or the paper that came out of a printer without one."""

    lines: tuple[Line, ...] = ()
    selected: int = 0
    """Position of the selected line; 0 for none."""
    paper: str = ""


class BackRow(Struct, frozen=True):
    """A position of a sale receipt, in the form of a return."""

    position: int
    name: str
    marked: bool
    """It comes back by its mark."""
    sold: Thousandths
    back: Thousandths
    """What came back before."""
    left: Thousandths
    """What may come back."""
    now: Thousandths
    """What comes back now: ticked, or in the return receipt."""
    amount: Kopecks
    """What is given back for that."""
    fixed: bool
    """It stands in the return receipt."""
    shut: bool
    """Nothing of it may come back."""


class BackSheet(Struct, frozen=True):
    """The form of a return by receipt, in the place of the receipt."""

    rows: tuple[BackRow, ...]
    chosen: int
    """Row that the keys work on, from 0."""


class Detail(Struct, frozen=True):
    """One row beside the big figure: what it is, and how much."""

    caption: Say
    value: Say | None = None
    strong: bool = False


class Figure(Struct, frozen=True):
    """The sum the eye looks for."""

    caption: Say
    amount: Kopecks
    weight: Weight
    count: Say | None = None
    """How many lines are sold."""


class Entry(Struct, frozen=True):
    """The line that is being typed."""

    caption: Say
    text: str = ""
    times: Thousandths | None = None
    """Quantity of the next line."""


class Hint(Struct, frozen=True):
    """Keys, by the project's own names, and what they do now."""

    keys: tuple[str, ...]
    caption: Say


class Option(Struct, frozen=True):
    """A row to choose."""

    caption: Say
    value: Say | None = None
    digit: int = 0
    """The digit that takes it; 0 where digits are typed for something else."""
    level: Level | None = None
    """How the thing is that the row tells of."""
    strong: bool = False
    """The row that the eye looks for among those that are only read."""
    is_sum: bool = False
    """The caption is a sum: those of a list stand under one another, each with its value right beside it."""


class Dialog(Struct, frozen=True):
    """A panel over the lower half of the receipt."""

    title: Say
    tone: Tone = Tone.PLAIN
    body: tuple[Say, ...] = ()
    options: tuple[Option, ...] = ()
    chosen: int = 0
    """Row that the keys work on; -1 where rows are only read."""
    empty: Say | None = None
    """What stands in the place of rows when there are none."""
    scan: bool = False
    """A scan answers it."""
    weighty: bool = False
    """All of its text is to be read before it is answered."""
    price: Kopecks | None = None
    """What goods cost: as big as there is room for, below the first text."""
    unit: Say | None = None
    """What that is the price of."""
    lines: tuple[Say, ...] = ()
    """What is only read, where there may be more than fits."""
    first: int = 0
    """Line from which that is read; if all that follows fits, from an earlier one."""
    problem: Say | None = None
    """What was wrong with the answer before; stays until the next one."""
    keys: tuple[Hint, ...] = ()

    @property
    def only_read(self) -> bool:
        """Nothing is chosen in it, and neither a digit nor a scan answers it."""
        return self.chosen < 0 and not self.scan and not any(option.digit for option in self.options)


class Wait(Struct, frozen=True):
    """The outside is being waited for. Shown only when it takes long; the clock for that is the screen's."""

    token: str
    text: Say
    cancel: Hint | None = None
    quiet: bool = False
    """Nothing but the wait is new: until it is spoken of, what stands may stay as it is."""


class State(Struct, frozen=True):
    """A device or the disk, in words."""

    level: Level
    text: Say


class SignIn(Struct, frozen=True):
    """The screen before anybody is signed in."""

    shop: Say
    till: Say
    code: str
    dots: str
    """One dot for each character of the password; the password itself never leaves the core."""
    typing_password: bool
    states: tuple[State, ...]
    receipt: Say | None = None
    """The receipt that goes on after the sign-in, or the one just paid whose buyer may still stand there."""
    locked: Say | None = None
    """Who left the till, and when."""


class Section(Struct, frozen=True):
    """The keys of one context, for help."""

    title: Say
    hints: tuple[Hint, ...]


class View(Struct, frozen=True):
    """The whole screen."""

    scene: Scene
    header: Header
    sheet: Sheet
    details: tuple[Detail, ...]
    figure: Figure
    entry: Entry | None
    notice: Say | None = None
    queued: Say | None = None
    """Scans that wait for their turn."""
    keys: tuple[Hint, ...] = ()
    dialog: Dialog | None = None
    wait: Wait | None = None
    sign_in: SignIn | None = None
    help: tuple[Section, ...] = ()
    training: bool = False
    form: BackSheet | None = None
    """Stands in the place of the receipt."""
