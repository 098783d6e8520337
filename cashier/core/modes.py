"""The states of the machines: what stands on the screen. A dialog is a state, not a window."""

from enum import StrEnum

from msgspec import Struct

from cashier.core.catalogue import Folder, Product
from cashier.core.passage import Passage, Questioned, Waiting
from cashier.core.quantity import Thousandths
from cashier.core.say import Say


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


class Confirming(Struct, frozen=True):
    """A question with yes and no; Enter is yes, Esc is no."""

    question: Say
    purpose: Purpose
    back: "Mode" = Selling()
    """Where a no leads."""


MENU = ("menu_copy", "menu_paper", "menu_drawer", "menu_lock", "menu_quit")
"""Rows of the cash menu: keys of the text catalogue. Constant, whatever can be done now."""


class Menu(Struct, frozen=True):
    """The cash menu."""

    chosen: int = 0


PAPER_ROWS = ("paper_again", "paper_seen")
"""What can be done with a paper that is owed: keys of the text catalogue."""


class Owing(Struct, frozen=True):
    """A paper that did not come out, or that nobody knows of: what to do with it."""

    receipt: str
    number: int
    chosen: int = 0


class Paying(Struct, frozen=True):
    """Payment: what is tendered is typed; an empty entry is the exact sum."""

    entry: str = ""


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
    | Popup
    | Helping
    | Panel
)
