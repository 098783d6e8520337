"""The state of the till: its ledger, what stands on the screen, and what it knows of the world around."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from cashier.core import samples
from cashier.core.catalogue import MARKED_KINDS, Person, Product
from cashier.core.conditions import Condition
from cashier.core.effects import Effect, Log, Record, Signal
from cashier.core.events import Scanned
from cashier.core.facts import AnyFact
from cashier.core.gate import Gate
from cashier.core.keys import KeyMap, key_map
from cashier.core.ledger import Ledger, Paper, fold
from cashier.core.modes import EnteringCode, Mode, Popup, Weighing
from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.rights import LOWEST_ROLES, Right
from cashier.core.samples import PanelRow
from cashier.core.say import Say


class Rules(Struct, frozen=True):
    """What the settings say, as far as the machines need it."""

    shop: str = "1"
    till: str = "1"
    shop_name: str = ""
    merge_lines: bool = True
    reads_marks: bool = False
    """Scans may be marks (`[plugins] markedgoods`)."""
    checks_marks: bool = False
    """Some of them are checked by the cash server."""
    keymap: KeyMap = field(default_factory=key_map)
    gates: tuple[Gate, ...] = ()
    training: bool = False
    samples: tuple[PanelRow, ...] = ()
    """Rows of the trainee's panel."""
    rights: Mapping[Right, int] = LOWEST_ROLES
    terminal: bool = False
    """A payment terminal is connected; else it stands alone and the cashier says what it did."""
    fiscal: bool = False
    """A fiscal device registers receipts and shifts."""
    drawer_warning: Kopecks = ZERO
    """Cash in the drawer from which a cash out is asked for; zero: never."""
    drawer_limit: Kopecks = ZERO
    """Cash that may be put into the drawer at the most; zero: any."""
    destinations: tuple[str, ...] = ()
    """Of the outbox: who hears of each receipt that has ended."""
    orders: bool = False
    """There is an order server."""

    def wants_mark(self, product: Product) -> bool:
        """Tell whether goods are sold by their mark on this till (spec M1, M4)."""
        return self.reads_marks and product.kind in MARKED_KINDS

    @property
    def place(self) -> tuple[str, str]:
        """Shop and till, as facts that open something say them."""
        return self.shop, self.till


class Farewell(Struct, frozen=True):
    """The receipt just closed; its total and change stay until the next key or scan."""

    number: int
    total: Kopecks
    change: Kopecks
    token: str
    """Of its printing."""
    paper: str = ""
    """What came out of the printer, where the screen shows it (training)."""
    kind: DocumentType = DocumentType.SALE


class Device(Struct, frozen=True):
    """What is known of a scanner or printer."""

    name: str
    state: str
    detail: str = ""


class Till(Struct, frozen=True):
    """Everything a step starts from."""

    now: datetime
    rules: Rules = field(default_factory=Rules)
    ledger: Ledger = field(default_factory=Ledger)
    mode: Mode = field(default_factory=EnteringCode)
    cursor: int = 0
    """Position of the selected line; 0 while there is none."""
    notice: Say | None = None
    """A quiet line beside the entry; gone with the next key or scan."""
    warning: Say | None = None
    """A quiet line that stays until it is put right: a paper that did not come out."""
    withdrawn: tuple[Say, ...] = ()
    """What of the receipt had to go while nobody could be told: an error each, as soon as somebody is at the sale."""
    farewell: Farewell | None = None
    devices: tuple[Device, ...] = ()
    disk: str = ""
    """Trouble with the disk, in the system's words; empty when all is well."""
    conditions: tuple[Condition, ...] = ()
    """How what is no scanner is: printer, terminal, dictionaries, queue, room on the disk."""
    uptime: float = 0.0
    """Of the event in hand, see `Stamped`."""
    approver: Person | None = None
    """Who has allowed what is being done; gone when the till is back at its sale."""
    refused: tuple[tuple[str, float], ...] = ()
    """Codes with the moment of their last wrong password, by uptime."""
    last_mark: tuple[str, str, float] | None = None
    """Scanner, identification code and moment of the mark read last, as long as no key was pressed since."""
    held: int = 0
    """Row of the trainee's panel taken last, counted from its end; 0 for none."""
    since: float = 0.0
    """Uptime at which the program started: a delay that was under way then begins anew."""

    def unregistered(self, paper: Paper) -> bool:
        """Tell whether a paper is of a receipt that the fiscal device is not known to have registered."""
        return self.rules.fiscal and isinstance(paper.document, Receipt) and not paper.fiscal

    @property
    def samples(self) -> tuple[PanelRow, ...]:
        """Rows of the trainee's panel."""
        return samples.rows(self.ledger, self.mode, self.rules.samples)

    @property
    def wants_mark(self) -> bool:
        """Tell whether the dialog of a weight may be answered by the mark of its goods."""
        mode = self.mode
        if not isinstance(mode, Weighing):
            return False
        return self.rules.wants_mark(mode.product) and not (mode.reading and mode.reading.accepted)

    @property
    def panel_row(self) -> int:
        """Row at which the panel opens: the first of what is meant now, else the one taken last."""
        if samples.meant(self.ledger, self.mode, self.rules.samples):
            return 0
        return max(len(self.samples) - self.held, 0) if self.held else 0

    @property
    def unsettled(self) -> bool:
        """Tell whether a gate is still at work on a line that stands in the open receipt, after a crash."""
        receipt = self.ledger.receipt
        return bool(self.ledger.intents and receipt and any(map(self.works_on, receipt.live)))

    def works_on(self, line: Line) -> bool:
        """Tell whether a gate is still at work on this line of the open receipt."""
        receipt, names = self.ledger.receipt, {gate.name for gate in self.rules.gates}
        own = (i for i in self.ledger.intents if receipt and i.receipt == receipt.identifier and i.gate in names)
        return any(intent.position == line.position for intent in own)

    @property
    def actor(self) -> Person | None:
        """Who answers for what is being done: who has allowed it, else the cashier."""
        return self.approver or self.ledger.cashier

    @property
    def line(self) -> Line | None:
        """The selected line."""
        return self.ledger.receipt.at(self.cursor) if self.ledger.receipt else None


class Step(Struct, frozen=True):
    """What a step makes of a state and an event."""

    till: Till
    effects: tuple[Effect, ...] = ()

    def recorded(self, *facts: AnyFact) -> "Step":
        """Write facts down: the ledger folds them; all facts of a step are one record, its first effect."""
        if not facts:
            return self
        till = replace(self.till, ledger=fold(self.till.ledger, facts))
        match self.effects:
            case (Record(earlier), *others):
                return Step(till, (Record((*earlier, *facts)), *others))
            case others:
                return Step(till, (Record(facts), *others))

    def onward(self, go: Callable[["Till"], "Step"]) -> "Step":
        """Go on with what another machine makes of the state: its facts and effects follow those of this step."""
        made = go(self.till)
        facts = tuple(fact for effect in made.effects if isinstance(effect, Record) for fact in effect.facts)
        others = tuple(effect for effect in made.effects if not isinstance(effect, Record))
        match self.effects:
            case (Record(earlier), *own):
                return Step(made.till, (Record((*earlier, *facts)), *own, *others))
            case own:
                return Step(made.till, (*((Record(facts),) if facts else ()), *own, *others))

    def then(self, *effects: Effect) -> "Step":
        """Add effects after those there are."""
        return Step(self.till, (*self.effects, *effects))

    def to(self, mode: Mode) -> "Step":
        """Change what stands on the screen."""
        return Step(replace(self.till, mode=mode), self.effects)

    def saying(self, notice: Say) -> "Step":
        """Put a quiet line beside the entry."""
        return Step(replace(self.till, notice=notice), self.effects)

    def warning(self, warning: Say | None) -> "Step":
        """Put a lasting line beside the entry, or take it away."""
        return Step(replace(self.till, warning=warning), self.effects)

    def withdrawing(self, what: Say) -> "Step":
        """Remember what had to go out of the receipt, until it can be told."""
        return Step(replace(self.till, withdrawn=(*self.till.withdrawn, what)), self.effects)

    def parting(self, farewell: Farewell) -> "Step":
        """Leave the total and the change of a closed receipt on the screen."""
        return Step(replace(self.till, farewell=farewell), self.effects)

    def knowing(self, *found: Condition) -> "Step":
        """Remember how things around the till are, in the place of what was known of them."""
        topics = {condition.topic for condition in found}
        others = tuple(own for own in self.till.conditions if own.topic not in topics)
        return Step(replace(self.till, conditions=(*others, *found)), self.effects) if found else self

    def selecting(self, position: int) -> "Step":
        """Move the selection."""
        return Step(replace(self.till, cursor=position), self.effects)

    def refusing(self, reason: Say, advice: Say, back: Mode) -> "Step":
        """Put an error popup over a mode."""
        log = Log(f"refused: {reason.key} {dict(reason.places)}")
        return self.to(Popup(reason, advice, back)).then(Signal(accepted=False), log)


LOGGED = 21
"""Bytes of a scan that the log has: with the check part of a mark it would be enough to forge the pack."""


def stay(till: Till) -> Step:
    """Nothing happens."""
    return Step(till)


def deny(till: Till, notice: Say | None = None) -> Step:
    """Refuse a key with a tone, and a quiet line if there is something to say."""
    return Step(replace(till, notice=notice), (Signal(accepted=False),))


def deny_scan(till: Till, scan: Scanned, notice: Say) -> Step:
    """Refuse a scan with a tone, a quiet line and one line in the log; the state stands."""
    log = Log(f"scan {scan.source} refused: {notice.key}, {len(scan.data)} bytes {scan.data[:LOGGED].hex()}")
    return Step(replace(till, notice=notice), (Signal(accepted=False, device=scan.device), log))
