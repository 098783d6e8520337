"""What a step asks the house to do, in this order: facts are committed, the screen is drawn, then the rest is done."""

from dataclasses import dataclass

from cashier.core.facts import AnyFact
from cashier.core.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Record:
    """Commit facts in one transaction before anything else of this step is shown or done."""

    facts: tuple[AnyFact, ...]


@dataclass(frozen=True, slots=True)
class FindCode:
    """Look a barcode or an inventory code up; answered at once by `Found`."""

    text: str


@dataclass(frozen=True, slots=True)
class FindName:
    """Look goods up by words of their names; answered at once by `Found`."""

    words: str


@dataclass(frozen=True, slots=True)
class ListFolder:
    """Open a folder of the pick-list; the root has no code. Answered at once by `FolderListed`."""

    code: str


@dataclass(frozen=True, slots=True)
class CheckPassword:
    """Compare code and password in a thread; answered by `PasswordChecked`."""

    code: str
    password: str

    def __repr__(self) -> str:
        return f"CheckPassword(code={self.code!r})"


@dataclass(frozen=True, slots=True)
class RunGate:
    """Do what a gate asked for; answered by `Answered` within the deadline, whatever happens."""

    gate: str
    token: str
    body: str
    deadline: float
    """Seconds in total."""


@dataclass(frozen=True, slots=True)
class Print:
    """Print a closed receipt; answered by `Printed`."""

    token: str
    receipt: Receipt
    copy: bool = False
    drawer: bool = False


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """Pulse the drawer without a paper."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Tell the hands without the eyes: a tone of acceptance or of refusal."""

    accepted: bool
    device: str = ""
    """The scanner that was used; empty for the keyboard."""


@dataclass(frozen=True, slots=True)
class Simulate:
    """Hold something under the simulated scanner (training)."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """One line for the log: what was refused and why."""

    text: str


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


Effect = (
    Record
    | FindCode
    | FindName
    | ListFolder
    | CheckPassword
    | RunGate
    | Print
    | OpenDrawer
    | Signal
    | Simulate
    | Log
    | Quit
)
