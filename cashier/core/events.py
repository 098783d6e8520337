"""What can happen to the till.

Whatever is not a function of the past — time, catalogue, identifiers — comes in here.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from msgspec import Struct

from cashier.core.catalogue import Folder, Person, Product
from cashier.core.clock import local
from cashier.core.conditions import Condition
from cashier.core.facts import IntentMade
from cashier.core.orders import Order
from cashier.core.reading import Reading
from cashier.core.sales import Sale, SaleHead
from cashier.core.tender import CardSlip


class Pressed(Struct, frozen=True):
    """A key, by the project's own name: `enter`, `f4`, `plus`, or the character it types."""

    key: str


class Scanned(Struct, frozen=True):
    """A complete frame of a scanner."""

    device: str
    number: int
    data: bytes
    at: float = 0.0
    """Moment at which it was read, in seconds by a clock of its own: for how long ago another one was."""

    @property
    def source(self) -> str:
        """How a line names the scan it came from."""
        return f"{self.device}#{self.number}"


class ScanBroken(Struct, frozen=True):
    """A frame of a scanner that cannot be used: cut off, too long, too slow."""

    device: str
    number: int
    reason: str


class Response(Struct, frozen=True):
    """Base of what comes back from an effect of the state that waits for it."""


class Found(Response, frozen=True):
    """Answer of the dictionaries to the question last asked."""

    products: tuple[Product, ...]


class ScanRead(Response, frozen=True):
    """What a scan was read as."""

    scan: Scanned
    reading: Reading


class FolderListed(Response, frozen=True):
    """Answer of the dictionaries: what a folder of the pick-list holds."""

    entries: tuple[Folder, ...]


class PasswordChecked(Response, frozen=True):
    """Code and password were compared; no person means they do not fit."""

    code: str
    person: Person | None
    known: bool = True
    """Somebody has this code, whatever the password."""
    locked: bool = False
    """The person may confirm for others, and not sign in (`mol.locked`)."""


class Worker(Struct, frozen=True):
    """A person as the administrator sees one."""

    person: Person
    locked: bool = False


class PeopleListed(Response, frozen=True):
    """Answer of the dictionaries: who works on the till, in order of codes."""

    people: tuple[Worker, ...]


class PersonSaved(Response, frozen=True):
    """A change of a person is written down, or is not."""

    done: bool


class Reply(Struct, frozen=True):
    """The outside answered a gate; the text is the gate's own."""

    body: str


class NoReply(Struct, frozen=True):
    """The outside did not answer a gate: in time, or at all."""

    reason: Literal["late", "failed"]


class Answered(Response, frozen=True):
    """The outcome of what a gate asked to be done."""

    token: str
    reply: Reply | NoReply


class Printed(Struct, frozen=True):
    """What the printer made of a paper."""

    token: str
    outcome: Literal["printed", "failed", "unknown"]
    reason: str = ""
    fiscal: int = 0
    """Number of the fiscal document, 0 if it is not known to be registered."""
    paper: str = ""
    """What is on the paper, from a printer that has none (training)."""


class CardAnswered(Struct, frozen=True):
    """What a payment terminal says of a charge."""

    token: str
    outcome: Literal["approved", "declined", "absent", "pending", "unknown"]
    """absent: it never began there. pending: it is under way. unknown: the terminal does not answer."""
    reason: str = ""
    """The terminal's own words."""
    slip: CardSlip | None = None


class FiscalReady(Struct, frozen=True):
    """The fiscal device can be asked for a document; nothing has been registered yet."""

    token: str
    before: int | None
    """Number of its last document; None while it does not answer."""


class ShiftShut(Struct, frozen=True):
    """What the fiscal device says of the closing of the shift."""

    token: str
    outcome: Literal["closed", "failed", "unknown", "strange"]
    """failed: certainly not closed. unknown: it does not answer. strange: it has documents nobody here knows of."""
    fiscal: int = 0


class OrderFetched(Struct, frozen=True):
    """What the order server says of an order, or that it does not."""

    token: str
    outcome: Literal["found", "missing", "busy", "down", "silent", "unreadable", "returning", "off"]
    """busy: another till has it. down: the server was not reached, or serves nobody now. silent: nobody knows whether
    the order was given out. returning: nobody was asked, for the order is still on its way back. off: there is nobody
    to ask."""
    order: Order | None = None

    @property
    def given(self) -> bool:
        """The server may have given the order out: unless it comes in, it has to go back."""
        return self.outcome in {"found", "silent", "unreadable"}


class OrderFound(Struct, frozen=True):
    """At start: an order was asked for, and what became of it was never written down."""


class SaleFound(Struct, frozen=True):
    """What came of looking for a sale receipt."""

    token: str
    outcome: Literal[
        "found", "several", "missing", "silent", "cancelled", "open", "other_shop", "no_sale", "unreadable"
    ]
    """several: take one of the heads. silent: not known here, and the cash server does not answer. open: it is not
    paid yet. no_sale: it is a return itself. unreadable: what was found cannot be read."""
    sale: Sale | None = None
    heads: tuple[SaleHead, ...] = ()
    """The newest first."""


class ChargeFound(Struct, frozen=True):
    """At start: a charge whose outcome was never written down."""


class ClosingFound(Struct, frozen=True):
    """At start: a closing of the shift whose outcome was never written down."""


class ConditionsChanged(Struct, frozen=True):
    """How disk, dictionaries, queue and servers are."""

    conditions: tuple[Condition, ...]


class Ticked(Struct, frozen=True):
    """Time has passed: the clock of the screen has another minute, or the idle limit has run out."""

    idle: bool = False


class DeviceChanged(Struct, frozen=True):
    """A device came, went or fell silent."""

    device: str
    state: Literal["opening", "ready", "gone", "denied", "stopped"]
    detail: str = ""


class StoreChanged(Struct, frozen=True):
    """The disk refuses to keep what is written, or does so again."""

    trouble: str = ""
    """Words of the system; empty when all is well."""


class IntentFound(Struct, frozen=True):
    """At start: an intent whose outcome was never written down."""

    intent: IntentMade


class LeaveFound(Struct, frozen=True):
    """At start: a storno'd line that gates had not all let go when the power went."""

    position: int


Input = Pressed | Scanned
"""What a person does; it waits its turn while the till waits for an answer."""

Answer = Found | ScanRead | FolderListed | PasswordChecked | Answered | PeopleListed | PersonSaved
"""What comes back from an effect of the state that waits for it."""

Turn = Input | Answer
"""What a machine of the screen is stepped with."""

News = (
    ScanBroken
    | Printed
    | CardAnswered
    | FiscalReady
    | ShiftShut
    | OrderFetched
    | OrderFound
    | SaleFound
    | Ticked
    | DeviceChanged
    | ConditionsChanged
    | StoreChanged
    | IntentFound
    | LeaveFound
    | ChargeFound
    | ClosingFound
)
"""What concerns the till whatever stands on the screen."""

Event = Turn | News


class Stamped(Struct, frozen=True):
    """An event with the time of its turn and a seed from which it may name new things."""

    event: Event
    at: datetime
    """Shop's local time."""
    seed: UUID
    uptime: float = 0.0
    """Seconds on a clock that nobody can set, for delays."""

    def name(self, purpose: str) -> str:
        """Name a new thing: equal for equal events, different for every other event and purpose."""
        return str(uuid5(self.seed, purpose))

    @property
    def local(self) -> str:
        """Time as facts and tables have it: local, ISO 8601, to the second."""
        return local(self.at)
