"""The states of the machines: what stands on the screen. A dialog is a state, not a window."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from cashier.core.modes._goods import Browsing, Choosing, Finding, Requantifying, Searching, Selling, Weighing
from cashier.core.modes._money import (
    ASK_AGAIN,
    CHARGE_ROWS,
    CLOSING_ROWS,
    DONE,
    POSTPONED_ROWS,
    Charging,
    Closing,
    Discounting,
    MovingCash,
    Reporting,
    Restoring,
    SettlingPostponed,
)
from cashier.core.modes._orders import Ordering
from cashier.core.modes._people import PERSON_ROWS, ChangingPerson, ListingPeople, SavingPerson, TypingPerson
from cashier.core.modes._price import CheckingPrice, Remark, ShowingPrice
from cashier.core.modes._returns import (
    SEEK_FIELDS,
    SEEK_ROWS,
    CountingBack,
    GivingReason,
    ListingSales,
    Returning,
    Seeking,
)
from cashier.core.passage import Passage, Questioned, Waiting
from cashier.core.return_form import ReturnForm
from cashier.core.rights import Errand
from cashier.core.say import Say

__all__ = [
    "ASK_AGAIN",
    "CHARGE_ROWS",
    "CLOSING_ROWS",
    "DONE",
    "MENU",
    "PAPER_ROWS",
    "PERSON_ROWS",
    "POSTPONED_ROWS",
    "SEEK_FIELDS",
    "SEEK_ROWS",
    "UNREGISTERED_ROWS",
    "Approving",
    "Browsing",
    "ChangingPerson",
    "Charging",
    "CheckingPassword",
    "CheckingPrice",
    "Choosing",
    "Closing",
    "Confirming",
    "CountingBack",
    "Discounting",
    "EnteringCode",
    "EnteringPassword",
    "Finding",
    "GivingReason",
    "Helping",
    "Inspecting",
    "ListingPeople",
    "ListingSales",
    "Menu",
    "Mode",
    "MovingCash",
    "Ordering",
    "Owing",
    "Panel",
    "Passing",
    "Paying",
    "Popup",
    "Purpose",
    "Remark",
    "Reporting",
    "Requantifying",
    "Restoring",
    "Returning",
    "SavingPerson",
    "Searching",
    "Seeking",
    "Selling",
    "SettlingPostponed",
    "ShowingPrice",
    "Telling",
    "TypingPerson",
    "Weighing",
    "form_of",
]


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
    WORD = "word"
    """A person's word for what a device has done is meant; the errand says which."""


class Confirming(Struct, frozen=True):
    """A question with yes and no; Enter is yes, Esc is no."""

    question: Say
    purpose: Purpose
    back: "Mode" = Selling()
    """Where a no leads."""
    errand: Errand | None = None
    stray: bool = False
    """A key came that is no answer: the hand types blind, and its next Enter is no answer either."""


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
    "menu_order",
    "menu_return_sale",
    "menu_return",
    "menu_users",
    "menu_quit",
)
"""Rows of the cash menu: keys of the text catalogue. Constant, whatever can be done now."""


class Menu(Struct, frozen=True):
    """The cash menu."""

    chosen: int = 0


PAPER_ROWS = ("paper_again", "paper_seen")
"""What can be done with a paper that is owed: keys of the text catalogue."""

UNREGISTERED_ROWS = ("paper_register", "paper_unregistered")
"""The same of a receipt that the fiscal device is not known to have registered."""


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


class Inspecting(Struct, frozen=True):
    """«Статус»: how everything around the till is."""

    back: "Mode"
    chosen: int = 0
    """First row shown, where there are more than fit."""


class Popup(Struct, frozen=True):
    """An error: one sentence what happened, one what to do. What was under it comes back."""

    reason: Say
    advice: Say
    back: "Mode"
    stray: bool = False
    """As in `Confirming`."""


class Telling(Struct, frozen=True):
    """What the cashier has to do now and must not miss; Enter closes it."""

    text: Say
    stray: bool = False
    """As in `Confirming`."""
    lines: tuple[Say, ...] = ()
    """What it is about, where there may be more than fits."""
    first: int = 0
    """Line from which that is read."""


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
    | CheckingPrice
    | ShowingPrice
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
    | Ordering
    | Seeking
    | ListingSales
    | Returning
    | CountingBack
    | GivingReason
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
    | Telling
    | Helping
    | Panel
)


def form_of(mode: Mode) -> ReturnForm | None:
    """Return the form of a return that stands, also under the question of a gate and the trainee's panel."""
    match mode:
        case Returning(form) | CountingBack(form):
            return form
        case Passing(passage):
            return passage.form
        case Panel(back):
            return form_of(back)
        case _:
            return None
