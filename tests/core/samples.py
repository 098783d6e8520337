"""Every state of the machines, reached as a cashier reaches it, and every event that can come upon it.

The table test steps each state with each event; the figures of the README are drawn from the same steps.
"""

from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.conditions import Condition, Level
from cashier.core.events import (
    Answered,
    CardAnswered,
    ChargeFound,
    ClosingFound,
    ConditionsChanged,
    DeviceChanged,
    Event,
    FiscalReady,
    FolderListed,
    Found,
    IntentFound,
    LeaveFound,
    NoReply,
    OrderFetched,
    OrderFound,
    PasswordChecked,
    PeopleListed,
    PersonSaved,
    Pressed,
    Printed,
    Reply,
    SaleFound,
    ScanBroken,
    Scanned,
    ScanRead,
    ShiftShut,
    StoreChanged,
    Ticked,
)
from cashier.core.facts import ChargeBegun, IntentMade
from cashier.core.keys import key_map
from cashier.core.money import Kopecks
from cashier.core.passage import Questioned, Waiting
from cashier.core.reading import Reading
from cashier.core.rights import Errand
from cashier.core.say import say
from cashier.core.shifts import ShiftReport, Totals
from cashier.core.state import Rules, Till
from tests.core.goods import APPLES, BAKERY, BREAD, BREAD_BUTTON, IVANOVA, MILK, PETROV, RED, SIDOROVA, WHITE, WORKERS
from tests.core.hand import SCANNER
from tests.core.sample_checks import checks, of_checks
from tests.core.sample_gates import passages
from tests.core.sample_hands import at_till
from tests.core.sample_marks import of_marks
from tests.core.sample_money import SLIP, money
from tests.core.sample_orders import asked_orders, of_orders
from tests.core.sample_people import people
from tests.core.sample_returns import asked_returns, of_returns
from tests.core.sample_sales import sales

KEYS = (
    *sorted({key for keys in key_map().keys.values() for key in keys}),
    *"0123456789.,я+*",
    "space",
    "f9",
    "tab",
    "",
)
"""Every key that means something anywhere, every digit, letters, and keys that mean nothing."""

COMMON: tuple[Event, ...] = (
    *(Pressed(key) for key in KEYS),
    Scanned(SCANNER, 900, BREAD.barcode.encode()),
    Scanned(SCANNER, 901, b"]E04600682000013"),
    Scanned(SCANNER, 902, b"\x00\xff[/]\x1b[2J"),
    Scanned(SCANNER, 903, b""),
    ScanRead(Scanned(SCANNER, 904, b"46"), Reading("46")),
    Found(()),
    Found((BREAD,)),
    Found((APPLES,)),
    Found((RED, WHITE)),
    FolderListed(()),
    FolderListed((BAKERY, BREAD_BUTTON)),
    PasswordChecked(IVANOVA.code, IVANOVA),
    PasswordChecked(IVANOVA.code, None),
    PasswordChecked(IVANOVA.code, None, known=False),
    PasswordChecked("99", IVANOVA),
    Answered("nobody waits for this", Reply("yes")),
    ScanBroken(SCANNER, 904, "cut off"),
    Printed("no such paper", "printed"),
    Ticked(),
    Ticked(idle=True),
    DeviceChanged(SCANNER, "gone", "unplugged"),
    DeviceChanged(SCANNER, "ready"),
    StoreChanged("No space left on device"),
    StoreChanged(),
    IntentFound(IntentMade("old", "gate", "r", "reserve", 1)),
    IntentFound(IntentMade("old", "switched off", "r", "reserve", 1)),
    LeaveFound(1),
    PeopleListed(()),
    PeopleListed(WORKERS),
    PersonSaved(done=True),
    PersonSaved(done=False),
    CardAnswered("nobody charged this", "approved"),
    CardAnswered("nobody charged this", "unknown"),
    FiscalReady("nobody prints this", 1),
    ShiftShut("nobody closes this", "closed", 2),
    ConditionsChanged((Condition("disk", Level.ALARM, say("status_disk_full", free=1)),)),
    ChargeFound(),
    ClosingFound(),
    OrderFetched("nobody ordered this", "missing"),
    OrderFound(),
    SaleFound("nobody looks for this", "missing"),
)

CHARGE = ChargeBegun("charge", "r", Kopecks(100), "2026-11-21T12:00:00")
REPORT = ShiftReport("x", "x", 1, "2026-11-21T12:00:00", "2026-11-21T12:00:00", IVANOVA, Totals(), Kopecks(0))


def events(till: Till) -> Iterator[Event]:
    """Yield every event for a state: the common ones, and answers to what this state waits for."""
    yield from COMMON
    if isinstance(till.mode, m.Passing) and isinstance(till.mode.at, Waiting):
        for reply in (Reply("yes"), Reply("no"), Reply("gone"), NoReply("late"), NoReply("failed")):
            yield Answered(till.mode.at.token, reply)
    if isinstance(till.mode, m.CheckingPassword | m.Approving) and till.mode.code:
        for person in (PETROV, SIDOROVA):
            yield PasswordChecked(till.mode.code, person)
            yield PasswordChecked(till.mode.code, person, locked=True)
        yield PasswordChecked(till.mode.code, None)
    yield from _of_devices(till)
    yield from of_marks(till)
    yield from of_checks(till)
    yield from of_orders(till)
    yield from of_returns(till)


def _of_devices(till: Till) -> Iterator[Event]:
    for charge in (till.ledger.charge,) if till.ledger.charge and not till.ledger.charge.manual else ():
        yield CardAnswered(charge.token, "approved", slip=SLIP)
        yield CardAnswered(charge.token, "declined", "НЕТ СРЕДСТВ")
        yield from _silent(charge.token)
    for word in till.ledger.words:
        yield CardAnswered(word.token, "approved")
        yield CardAnswered(word.token, "declined")
        yield from _silent(word.token)
    asked = [begun.token for begun in till.ledger.prints]
    asked += [till.mode.token] if isinstance(till.mode, m.Closing) else []
    for token in asked:
        yield from (FiscalReady(token, 7), FiscalReady(token, None))
    for closing in (till.ledger.closing,) if till.ledger.closing else ():
        for shut in ("closed", "failed", "unknown", "strange"):
            yield ShiftShut(closing.token, shut, 8)
    for begun in till.ledger.prints:
        yield Printed(begun.token, "printed", paper="ЧЕК")
        yield Printed(begun.token, "printed", fiscal=12)
        for trouble in ("off", "out_of_paper", "broken"):
            yield Printed(begun.token, "failed", trouble, fiscal=12)
        yield Printed(begun.token, "unknown", "power")


def _silent(token: str) -> Iterator[CardAnswered]:
    """Yield what a terminal says that has done nothing, or does not know yet."""
    yield from (CardAnswered(token, "absent"), CardAnswered(token, "pending"), CardAnswered(token, "unknown"))


def states() -> dict[str, Till]:
    """Return a till in every state, under a name that tells how it got there."""
    return {**sales(), **passages(), **money(), **people(), **checks(), **asked_orders(), **asked_returns()}


def strange() -> dict[str, Till]:
    """Return states no key leads to; a step must stand them too, since it is total."""
    empty = at_till().till
    return {
        "payment of no receipt": replace(empty, mode=m.Paying()),
        "storno of no receipt": replace(empty, mode=m.Confirming(say("?"), m.Purpose.STORNO_RECEIPT)),
        "giving back of no receipt": replace(empty, mode=m.Confirming(say("?"), m.Purpose.GIVE_BACK, m.Paying())),
        "paper that nobody owes": replace(empty, mode=m.Owing("r")),
        "quantity of no line": replace(empty, mode=m.Requantifying(1, "3")),
        "panel without samples": replace(empty, rules=Rules(), mode=m.Panel(m.Selling())),
        "sale without samples": replace(empty, rules=Rules()),
        "sale by nobody": Till(empty.now, mode=m.Selling()),
        "popup over a sale of milk": replace(empty, mode=m.Popup(say("?"), say("?"), m.Finding(MILK.code))),
        "keys typed blind over a popup": replace(empty, mode=m.Popup(say("?"), say("?"), m.Selling(), stray=True)),
        "keys typed blind over a sum": replace(empty, mode=m.Telling(say("?"), stray=True)),
        "keys typed blind over a question": replace(empty, mode=m.Confirming(say("?"), m.Purpose.QUIT, stray=True)),
        "charge that nobody began": replace(empty, mode=m.Charging("silent")),
        "charge of no receipt": replace(empty, mode=m.Charging(), ledger=replace(empty.ledger, charge=CHARGE)),
        **{
            f"word out of place: {errand}": replace(
                empty, mode=m.Confirming(say("?"), m.Purpose.WORD, m.Selling(), errand)
            )
            for errand in (None, *Errand)
        },
        "closing that nobody began": replace(empty, mode=m.Closing("z", "silent")),
        "closing of no shift": replace(empty, mode=m.Confirming(say("?"), m.Purpose.CLOSE_SHIFT)),
        "question about no receipt put aside": replace(empty, mode=m.SettlingPostponed()),
        "list of no receipts put aside": replace(empty, mode=m.Restoring()),
        "discount of no receipt": replace(empty, mode=m.Discounting(entry="5")),
        "cash moved by nobody": Till(empty.now, mode=m.MovingCash("in", "100")),
        "report to nobody": Till(empty.now, mode=m.Reporting(REPORT)),
        **{
            f"errand out of place: {errand}": replace(empty, mode=m.Approving(errand, m.Selling(), "8", "", "checking"))
            for errand in Errand
        },
    }


ALL_MODES = frozenset(get_args(m.Mode))


def state_name(mode: m.Mode) -> str:
    """Name a state for people: its class, and how far a line on its way or a device is."""
    match mode:
        case m.Passing(passage, Waiting()):
            return f"{passage.phase.capitalize()}Waiting"
        case m.Passing(passage, Questioned()):
            return f"{passage.phase.capitalize()}Asking"
        case m.Charging() | m.Closing() | m.Ordering():
            return f"{type(mode).__name__}{mode.stage.capitalize()}"
        case m.Seeking():
            return "SeekingWaiting" if mode.token else "SeekingTyping" if mode.way else "SeekingWay"
        case _:
            return type(mode).__name__
