"""What a step asks the house to do, in this order: facts are committed, the screen is drawn, then the rest is done."""

from msgspec import Struct

from cashier.core.events import Scanned
from cashier.core.facts import AnyFact
from cashier.core.money import Kopecks
from cashier.core.sales import Wanted
from cashier.core.shifts import Document


class Record(Struct, frozen=True):
    """Commit facts in one transaction before anything else of this step is shown or done."""

    facts: tuple[AnyFact, ...]


class FindCode(Struct, frozen=True):
    """Look a barcode or an inventory code up; answered at once by `Found`."""

    text: str


class ReadScan(Struct, frozen=True):
    """Read a scan as a barcode or as a mark; answered at once by `ScanRead`."""

    scan: Scanned


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
    after_picture: bool = False
    """What was committed is to be seen first: it need not wait for this."""


class FetchOrder(Struct, frozen=True):
    """Ask the order server for an order; answered by `OrderFetched`, whatever happens."""

    token: str
    number: str


class FindSale(Struct, frozen=True):
    """Look a sale receipt up, here and then at the cash server; answered by `SaleFound`, whatever happens."""

    token: str
    wanted: Wanted


class Print(Struct, frozen=True):
    """Print a document; answered by `Printed`. A receipt is registered first unless it is a copy or has its number.

    While `before` is unknown the fiscal device is asked for it, and nothing else is done: the answer is `FiscalReady`.
    """

    token: str
    document: Document
    copy: bool = False
    fiscal: int = 0
    """Number of its fiscal document if it is known to be registered: it is not registered again."""
    before: int | None = None
    """Number of the last fiscal document before this one was first to be registered."""


class Charge(Struct, frozen=True):
    """Ask the payment terminal for money; answered by `CardAnswered` once the operation has ended or time is out."""

    token: str
    amount: Kopecks


class ReverseCharge(Struct, frozen=True):
    """Ask the payment terminal to take an operation back; answered likewise."""

    token: str
    operation: str
    amount: Kopecks


class RefundCharge(Struct, frozen=True):
    """Ask the payment terminal to give money back for an operation of any day, or a part of it; answered likewise."""

    token: str
    operation: str
    """Its number; empty where nobody knows it: the terminal goes by the card."""
    amount: Kopecks


class AskTerminal(Struct, frozen=True):
    """Ask the payment terminal what became of a charge; answered by `CardAnswered`."""

    token: str


class CancelCharge(Struct, frozen=True):
    """Ask the payment terminal to stop waiting for a card; the charge is answered all the same."""


class AskFiscal(Struct, frozen=True):
    """Ask the fiscal device for its last document before a shift is closed; answered by `FiscalReady`."""

    token: str


class ShutShift(Struct, frozen=True):
    """Close the fiscal device's shift unless it is closed by this very token; answered by `ShiftShut`."""

    token: str
    before: int


class ListPeople(Struct, frozen=True):
    """List who works on the till; answered at once by `PeopleListed`."""


class SavePerson(Struct, frozen=True):
    """Write a person down; answered by `PersonSaved`."""

    code: str
    name: str
    role: int
    locked: bool = False
    password: str = ""
    """The new one; empty leaves the one there is."""

    def __repr__(self) -> str:
        return f"SavePerson(code={self.code!r})"


class Break(Struct, frozen=True):
    """Make a simulated device fail, or work again (training)."""

    device: str
    fault: str


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
    | ReadScan
    | FindName
    | ListFolder
    | CheckPassword
    | RunGate
    | FetchOrder
    | FindSale
    | Print
    | Charge
    | ReverseCharge
    | RefundCharge
    | AskTerminal
    | CancelCharge
    | AskFiscal
    | ShutShift
    | ListPeople
    | SavePerson
    | Break
    | OpenDrawer
    | Signal
    | Simulate
    | Log
    | Quit
)
