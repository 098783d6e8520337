"""What a step asks the house to do, in this order: facts are committed, the screen is drawn, then the rest is done."""

from msgspec import Struct

from cashier.core.facts import AnyFact
from cashier.core.receipt import Receipt


class Record(Struct, frozen=True):
    """Commit facts in one transaction before anything else of this step is shown or done."""

    facts: tuple[AnyFact, ...]


class FindCode(Struct, frozen=True):
    """Look a barcode or an inventory code up; answered at once by `Found`."""

    text: str


class FindName(Struct, frozen=True):
    """Look goods up by words of their names; answered at once by `Found`."""

    words: str


class ListFolder(Struct, frozen=True):
    """Open a folder of the pick-list; the root has no code. Answered at once by `FolderListed`."""

    code: str


class CheckPassword(Struct, frozen=True):
    """Compare code and password in a thread; answered by `PasswordChecked`."""

    code: str
    password: str

    def __repr__(self) -> str:
        return f"CheckPassword(code={self.code!r})"


class RunGate(Struct, frozen=True):
    """Do what a gate asked for; answered by `Answered` within the deadline, whatever happens."""

    gate: str
    token: str
    body: str
    deadline: float
    """Seconds in total."""


class Print(Struct, frozen=True):
    """Print a closed receipt; answered by `Printed`."""

    token: str
    receipt: Receipt
    copy: bool = False
    drawer: bool = False
    fiscal: int = 0
    """Number of its fiscal document if it is known to be registered: it is not registered again."""


class OpenDrawer(Struct, frozen=True):
    """Pulse the drawer without a paper."""


class Signal(Struct, frozen=True):
    """Tell the hands without the eyes: a tone of acceptance or of refusal."""

    accepted: bool
    device: str = ""
    """The scanner that was used; empty for the keyboard."""


class Simulate(Struct, frozen=True):
    """Hold something under the simulated scanner (training)."""

    data: bytes


class Log(Struct, frozen=True):
    """One line for the log: what was refused and why."""

    text: str


class Quit(Struct, frozen=True):
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
