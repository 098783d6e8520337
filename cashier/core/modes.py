"""The states of the machines: what stands on the screen. A dialog is a state, not a window."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from cashier.core.catalogue import Folder, Person, Product
from cashier.core.events import Worker
from cashier.core.passage import Passage, Questioned, Waiting
from cashier.core.quantity import Thousandths
from cashier.core.rights import Errand
from cashier.core.say import Say
from cashier.core.shifts import Direction, ShiftReport


class EnteringCode(Struct, frozen=True):
    """Nobody is signed in: the cashier's code is typed."""

    entry: str = ""


class EnteringPassword(Struct, frozen=True):
    """The code is given, the password is typed."""

    code: str
    entry: str = ""

    def __repr__(self) -> str:
        return f"EnteringPassword(code={self.code!r})"


class CheckingPassword(Struct, frozen=True):
    """The password is being compared in a thread."""

    code: str


class Selling(Struct, frozen=True):
    """The sale screen: scans and codes become lines."""

    entry: str = ""
    times: Thousandths | None = None


class Finding(Struct, frozen=True):
    """The dictionaries are asked for what was scanned, typed or chosen."""

    text: str
    times: Thousandths | None = None
    source: str = ""


class Choosing(Struct, frozen=True):
    """Several goods answer to one code: the cashier takes one."""

    products: tuple[Product, ...]
    times: Thousandths | None = None
    source: str = ""
    chosen: int = 0


class Weighing(Struct, frozen=True):
    """Goods by weight or measure came without a quantity: it is typed."""

    product: Product
    source: str = ""
    entry: str = ""


class Searching(Struct, frozen=True):
    """Directory search by words of the name; the list follows the typing."""

    entry: str = ""
    products: tuple[Product, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


class Browsing(Struct, frozen=True):
    """The pick-list: folders within folders."""

    path: tuple[Folder, ...] = ()
    entries: tuple[Folder, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


class Requantifying(Struct, frozen=True):
    """A new quantity of the selected line is typed."""

    position: int
    entry: str = ""


class Passing(Struct, frozen=True):
    """A line is on its way through the gates."""

    passage: Passage
    at: Waiting | Questioned


class Purpose(StrEnum):
    """What a yes to a question does."""

    STORNO_RECEIPT = "storno_receipt"
    QUIT = "quit"
    GIVE_BACK = "give_back"
    CLOSE_SHIFT = "close_shift"


class Confirming(Struct, frozen=True):
    """A question with yes and no; Enter is yes, Esc is no."""

    question: Say
    purpose: Purpose
    back: "Mode" = Selling()
    """Where a no leads."""


MENU = (
    "menu_copy",
    "menu_paper",
    "menu_drawer",
    "menu_cash_in",
    "menu_cash_out",
    "menu_x_report",
    "menu_z_report",
    "menu_status",
    "menu_lock",
    "menu_discount",
    "menu_postponed",
    "menu_users",
    "menu_quit",
)
"""Rows of the cash menu: keys of the text catalogue. Constant, whatever can be done now."""


class Menu(Struct, frozen=True):
    """The cash menu."""

    chosen: int = 0


PAPER_ROWS = ("paper_again", "paper_seen")
"""What can be done with a paper that is owed: keys of the text catalogue."""


class Owing(Struct, frozen=True):
    """A paper that did not come out, or that nobody knows of: what to do with it."""

    document: str
    """Identifier of the document."""
    chosen: int = 0


class Paying(Struct, frozen=True):
    """Payment: what is tendered is typed; an empty entry is the exact sum."""

    entry: str = ""


class Approving(Struct, frozen=True):
    """The cashier has not the right: another user gives code and password, and the errand is done."""

    errand: Errand
    back: "Mode"
    """The screen it was asked for on; the errand starts from it."""
    code: str = ""
    entry: str = ""
    stage: Literal["code", "password", "checking"] = "code"

    def __repr__(self) -> str:
        return f"Approving(errand={self.errand!r}, stage={self.stage!r})"


ASK_AGAIN, DONE, NOT_DONE = 0, 1, 2
"""Rows of the question what a silent device has done."""


CHARGE_ROWS = {
    "silent": ("charge_ask_again", "charge_done", "charge_not_done"),
    "manual": ("charge_done", "charge_not_done"),
}
"""What can be answered when a payment terminal does not, by stage: keys of the text catalogue."""

CLOSING_ROWS = ("closing_ask_again", "closing_done", "closing_not_done")
"""What can be answered when the fiscal device does not: keys of the text catalogue."""


class Charging(Struct, frozen=True):
    """A payment terminal is at work on the ledger's charge, is silent about it, or stands alone and is read by eye."""

    stage: Literal["waiting", "asking", "silent", "manual"] = "waiting"
    """waiting: for the operation. asking: what became of it."""
    chosen: int = 0


class Closing(Struct, frozen=True):
    """The fiscal device is asked to close the shift, or is silent about it."""

    token: str
    stage: Literal["asking", "waiting", "silent"] = "asking"
    """asking: for its last document, nothing can have happened yet."""
    chosen: int = 0


POSTPONED_ROWS = ("postponed_keep", "postponed_cancel")
"""What can be done with a receipt put aside when the shift is closed: keys of the text catalogue."""


class SettlingPostponed(Struct, frozen=True):
    """Before a shift is closed: what to do with each receipt that was put aside."""

    kept: tuple[str, ...] = ()
    """Identifiers of those that were decided to stay."""
    chosen: int = 0


class Restoring(Struct, frozen=True):
    """The receipts that were put aside: one is taken up again."""

    chosen: int = 0


class Discounting(Struct, frozen=True):
    """A discount on the selected position or on the receipt is typed; how it is meant is the key that ends it."""

    whole: bool = False
    entry: str = ""


class MovingCash(Struct, frozen=True):
    """A sum that goes into the drawer or comes out of it is typed."""

    direction: Direction
    entry: str = ""


class Reporting(Struct, frozen=True):
    """A report on the screen, also while its paper is printed."""

    report: ShiftReport


class Inspecting(Struct, frozen=True):
    """«Статус»: how everything around the till is."""

    back: "Mode"
    chosen: int = 0
    """First row shown, where there are more than fit."""


class ListingPeople(Struct, frozen=True):
    """Who works on the till; the administrator takes one, or the first row for a new one."""

    people: tuple[Worker, ...] = ()
    chosen: int = 0


PERSON_ROWS = ("person_password", "person_lock", "person_role")
"""What can be changed of a person: keys of the text catalogue."""


class ChangingPerson(Struct, frozen=True):
    """A person was taken from the list: what to change."""

    worker: Worker
    chosen: int = 0


class TypingPerson(Struct, frozen=True):
    """Something of a person is typed, one thing after the other."""

    person: Person
    """Code is empty while it is the code that is typed, and so on."""
    field: Literal["code", "name", "role", "password", "again"]
    entry: str = ""
    password: str = ""
    new: bool = False

    def __repr__(self) -> str:
        return f"TypingPerson(code={self.person.code!r}, field={self.field!r})"


class SavingPerson(Struct, frozen=True):
    """A change of a person is being written down."""

    person: Person
    change: Literal["added", "password", "locked", "unlocked", "role"]


class Popup(Struct, frozen=True):
    """An error: one sentence what happened, one what to do. What was under it comes back."""

    reason: Say
    advice: Say
    back: "Mode"


class Helping(Struct, frozen=True):
    """The keys that work, by context."""

    back: "Mode"


class Panel(Struct, frozen=True):
    """The trainee's panel: goods and codes to hold under the simulated scanner."""

    back: "Mode"
    chosen: int = 0


Mode = (
    EnteringCode
    | EnteringPassword
    | CheckingPassword
    | Selling
    | Finding
    | Choosing
    | Weighing
    | Searching
    | Browsing
    | Requantifying
    | Passing
    | Confirming
    | Menu
    | Owing
    | Paying
    | Approving
    | Charging
    | Closing
    | SettlingPostponed
    | Restoring
    | Discounting
    | MovingCash
    | Reporting
    | Inspecting
    | ListingPeople
    | ChangingPerson
    | TypingPerson
    | SavingPerson
    | Popup
    | Helping
    | Panel
)
