"""The states of the machines: what stands on the screen. A dialog is a state, not a window."""

from dataclasses import dataclass
from enum import StrEnum

from cashier.core.catalogue import Folder, Product
from cashier.core.passage import Passage, Questioned, Waiting
from cashier.core.quantity import Thousandths
from cashier.core.say import Say


@dataclass(frozen=True, slots=True)
class EnteringCode:
    """Nobody is signed in: the cashier's code is typed."""

    entry: str = ""


@dataclass(frozen=True, slots=True)
class EnteringPassword:
    """The code is given, the password is typed."""

    code: str
    entry: str = ""

    def __repr__(self) -> str:
        return f"EnteringPassword(code={self.code!r})"


@dataclass(frozen=True, slots=True)
class CheckingPassword:
    """The password is being compared in a thread."""

    code: str


@dataclass(frozen=True, slots=True)
class Selling:
    """The sale screen: scans and codes become lines."""

    entry: str = ""
    times: Thousandths | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The dictionaries are asked for what was scanned, typed or chosen."""

    text: str
    times: Thousandths | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Several goods answer to one code: the cashier takes one."""

    products: tuple[Product, ...]
    times: Thousandths | None = None
    source: str = ""
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Weighing:
    """Goods by weight or measure came without a quantity: it is typed."""

    product: Product
    source: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Searching:
    """Directory search by words of the name; the list follows the typing."""

    entry: str = ""
    products: tuple[Product, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


@dataclass(frozen=True, slots=True)
class Browsing:
    """The pick-list: folders within folders."""

    path: tuple[Folder, ...] = ()
    entries: tuple[Folder, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


@dataclass(frozen=True, slots=True)
class Requantifying:
    """A new quantity of the selected line is typed."""

    position: int
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Passing:
    """A line is on its way through the gates."""

    passage: Passage
    at: Waiting | Questioned


class Purpose(StrEnum):
    """What a yes to a question does."""

    STORNO_RECEIPT = "storno_receipt"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Confirming:
    """A question with yes and no; Enter is yes, Esc is no."""

    question: Say
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Menu:
    """The cash menu."""

    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Paying:
    """Payment: what is tendered is typed; an empty entry is the exact sum."""

    entry: str = ""


@dataclass(frozen=True, slots=True)
class Popup:
    """An error: one sentence what happened, one what to do. What was under it comes back."""

    reason: Say
    advice: Say
    back: "Mode"


@dataclass(frozen=True, slots=True)
class Helping:
    """The keys that work, by context."""

    back: "Mode"


@dataclass(frozen=True, slots=True)
class Panel:
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
    | Paying
    | Popup
    | Helping
    | Panel
)
