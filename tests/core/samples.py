"""Every state of the machines, reached as a cashier reaches it, and every event that can come upon it.

The table test steps each state with each event; the figures of the README are drawn from the same steps.
"""

from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import (
    Answered,
    DeviceChanged,
    Event,
    FolderListed,
    Found,
    IntentFound,
    LeaveFound,
    NoReply,
    PasswordChecked,
    Pressed,
    Printed,
    Reply,
    ScanBroken,
    Scanned,
    StoreChanged,
    Ticked,
)
from cashier.core.facts import IntentMade
from cashier.core.keys import key_map
from cashier.core.passage import Questioned, Waiting
from cashier.core.say import say
from cashier.core.state import Rules, Sample, Till
from tests.core.gates import gate
from tests.core.goods import APPLES, BAKERY, BREAD, BREAD_BUTTON, IVANOVA, MILK, RED, WHITE
from tests.core.hand import SCANNER, Hand

SAMPLES = Rules(training=True, samples=(Sample("Хлеб", BREAD.barcode.encode()), Sample("Мусор", b"\x1b[2J")))

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
)


def events(till: Till) -> Iterator[Event]:
    """Yield every event for a state: the common ones, and answers to what this state waits for."""
    yield from COMMON
    if isinstance(till.mode, m.Passing) and isinstance(till.mode.at, Waiting):
        for reply in (Reply("yes"), Reply("no"), Reply("gone"), NoReply("late"), NoReply("failed")):
            yield Answered(till.mode.at.token, reply)
    for begun in till.ledger.prints:
        yield Printed(begun.token, "printed", paper="ЧЕК")
        for trouble in ("off", "out_of_paper", "broken"):
            yield Printed(begun.token, "failed", trouble, fiscal=12)
        yield Printed(begun.token, "unknown", "power")


def states() -> dict[str, Till]:
    """Return a till in every state, under a name that tells how it got there."""
    return {**_session(), **_sale(), **_dialogs(), **_desk(), **_papers(), **_payment(), **_passing(), **_gated()}


def _hand(*, gates: str = "", lines: int = 0) -> Hand:
    """Sign in at a training till, with one scripted gate, and sell a few loaves as lines of their own."""
    script = dict(pair.split("=") for pair in gates.split(";") if pair)
    scripted = gate(**{phase: moves.replace("+", " ") for phase, moves in script.items()})
    hand = Hand.signed_in(rules=replace(SAMPLES, gates=(scripted,), merge_lines=False))
    for _ in range(lines):
        hand.scan(BREAD.barcode)
    return hand


def _session() -> dict[str, Till]:
    checking = Hand()
    checking.answers_at_once = False
    return {
        "nobody": Hand().till,
        "code typed": Hand().write("7").till,
        "password asked": Hand().write("7").press("enter").till,
        "password typed": Hand().write("7").press("enter").write("11").till,
        "password checked": checking.sign_in().till,
        "password checked in payment": replace(_hand(lines=1).press("plus").till, mode=checking.till.mode),
    }


def _sale() -> dict[str, Till]:
    finding = _hand()
    finding.answers_at_once = False
    return {
        "no receipt": _hand().till,
        "entry typed": _hand().write("12").till,
        "bad quantity typed": _hand().write("1.2.3").till,
        "times typed": _hand().write("3*").till,
        "lines": _hand(lines=3).till,
        "middle line selected": _hand(lines=3).press("up").till,
        "storno'd line selected": _hand(lines=2).press("delete").till,
        "closed receipt stays": _hand(lines=1).press("plus", "enter").till,
        "finding": finding.scan(BREAD.barcode).till,
    }


def _dialogs() -> dict[str, Till]:
    return {
        "two goods of one code": _hand().scan(RED.barcode).till,
        "weight asked": _hand().scan(APPLES.barcode).till,
        "weight typed": _hand().scan(APPLES.barcode).write("0.5").till,
        "weight zero": _hand().scan(APPLES.barcode).write("0").till,
        "search": _hand().press("f5").till,
        "search found": _hand().press("f5").write("роза").till,
        "search found none": _hand().press("f5").write("ъ").till,
        "pick-list": _hand().press("f7").till,
        "pick-list folder": _hand().press("f7", "1").till,
        "pick-list empty folder": _hand().press("f7", "1", "1").till,
        "new quantity asked": _hand(lines=1).press("f6").till,
        "new quantity typed": _hand(lines=1).press("f6").write("3").till,
        "same quantity typed": _hand(lines=1).press("f6").write("1").till,
        "too great a quantity typed": _hand(lines=1).press("f6").write("999999").till,
    }


def _desk() -> dict[str, Till]:
    closed = _hand(lines=1).press("plus", "enter")
    return {
        "menu": _hand().press("f10").till,
        "menu: copy of nothing": _hand().press("f10").till,
        **{f"menu row {row}": replace(closed.till, mode=m.Menu(row)) for row in range(len(m.MENU))},
        "storno of the receipt asked": _hand(lines=2).press("f4").till,
        "end asked": _hand().press("f10", "5").till,
        "popup": _hand().scan("000").till,
        "popup over a quantity": _hand().write("3*").scan(b"\x00").till,
        "help in sale": _hand().press("f1").till,
        "help in payment": _hand(lines=1).press("plus", "f1").till,
        "help at sign-in": Hand().press("f1").till,
        "panel": _hand().press("f3").till,
        "panel in a question": _hand(gates="enter=choose").scan(BREAD.barcode).press("f3").till,
    }


def _papers() -> dict[str, Till]:
    """Return states in which a receipt is paid and its paper did not come out."""
    closed = _hand(lines=1).press("plus", "enter")
    closed.give(Printed(closed.till.ledger.prints[0].token, "failed", "off"))
    failed = closed.till
    copied = closed.press("f10", "1").till
    again = closed.press("enter").till
    locked = replace(failed, ledger=replace(failed.ledger, cashier=None), mode=m.EnteringCode())
    return {
        "paper owed": failed,
        "menu with a paper owed": replace(failed, mode=m.Menu(m.MENU.index("menu_paper"))),
        "paper owed, its copy wanted": copied,
        "paper seen is chosen": replace(copied, mode=replace(_owing(copied), chosen=1)),
        "paper is printed again": again,
        "locked after a payment": locked,
    }


def _owing(till: Till) -> m.Owing:
    assert isinstance(till.mode, m.Owing)
    return till.mode


def _payment() -> dict[str, Till]:
    return {
        "payment": _hand(lines=1).press("plus").till,
        "sum typed": _hand(lines=1).press("plus").write("100").till,
        "point typed": _hand(lines=1).press("plus").write(".").till,
        "zero typed": _hand(lines=1).press("plus").write("0").till,
        "code typed for a sum": _hand(lines=1).press("plus").write(BREAD.barcode).till,
        "partly paid": _hand(lines=1).press("plus").write("10").press("enter").till,
        "giving back asked": _hand(lines=1).press("plus").write("10").press("enter", "escape").till,
    }


def _passing() -> dict[str, Till]:
    more = _hand(gates="enter=do+choose").scan(BREAD.barcode)
    line = _hand(lines=1)
    finding = _hand(gates="enter=do")
    finding.answers_at_once = False
    return {
        "finding goods a gate acts on": finding.scan(BREAD.barcode).till,
        "gate looks": _hand(gates="enter=look").scan(BREAD.barcode).till,
        "gate waits": more.till,
        "gate asks after it acted": more.reply().till,
        "gate asks for a row": _hand(gates="enter=choose").scan(BREAD.barcode).till,
        "gate asks for a scan": _hand(gates="enter=scan").scan(BREAD.barcode).till,
        "gate acts on a new line": _hand(gates="added=do").scan(BREAD.barcode).till,
        "gate asks about a quantity": _regated(line, "enter", "choose").press("f6", "3", "enter").till,
        "gate waits for a quantity": _regated(line, "enter", "do").press("f6", "3", "enter").till,
        "gate asks about a storno": _hand(gates="release=choose", lines=1).press("delete").till,
        "gate asks for a scan before a storno": _hand(gates="release=scan", lines=1).press("delete").till,
        "gate waits before a storno": _hand(gates="release=do", lines=1).press("delete").till,
        "gate lets a line go": _hand(gates="leave=do", lines=1).press("delete").till,
    }


def _gated() -> dict[str, Till]:
    """Return states from which a line goes before a gate that has something to say."""
    finding = _hand(gates="enter=choose")
    finding.answers_at_once = False
    line = _hand(lines=1)
    released = _hand(gates="release=choose;leave=do", lines=1).press("delete")
    return {
        "finding goods a gate asks about": finding.scan(BREAD.barcode).till,
        "goods of one code a gate acts on": _hand(gates="enter=do").scan(RED.barcode).till,
        "weight of goods a gate acts on": _hand(gates="enter=do").scan(APPLES.barcode).write("1").till,
        "found goods a gate acts on": _hand(gates="enter=do").press("f5").write("роза").till,
        "quantity a gate acts on": _regated(line, "enter", "do").press("f6", "3").till,
        "row chosen, then the gate acts": _hand(gates="enter=choose;added=do").scan(BREAD.barcode).till,
        "row chosen, then the gate waits": _hand(gates="enter=choose+do").scan(BREAD.barcode).till,
        "answered, then the gate acts": _hand(gates="enter=do;added=do").scan(BREAD.barcode).till,
        "line a gate asks about": _hand(gates="release=choose", lines=1).till,
        "line a gate acts on": _hand(gates="release=do", lines=1).till,
        "line a gate lets go": _hand(gates="leave=do", lines=1).till,
        "storno asked about, then let go": released.till,
        "storno waited for, then asked about": _hand(gates="release=do+choose", lines=1).press("delete").till,
        "storno waited for, then let go": _hand(gates="release=do;leave=do", lines=1).press("delete").till,
        "lost race that is let go": _hand(gates="added=do;leave=do").scan(BREAD.barcode).till,
    }


def _regated(hand: Hand, phase: str, moves: str) -> Hand:
    """Go on with the same receipt and another gate."""
    other = Hand.signed_in(rules=replace(hand.rules, gates=(gate(**{phase: moves}),)))
    other.till = replace(other.till, ledger=hand.till.ledger, cursor=hand.till.cursor)
    return other


def strange() -> dict[str, Till]:
    """Return states no key leads to; a step must stand them too, since it is total."""
    empty = _hand().till
    return {
        "payment of no receipt": replace(empty, mode=m.Paying()),
        "storno of no receipt": replace(empty, mode=m.Confirming(say("?"), m.Purpose.STORNO_RECEIPT)),
        "giving back of no receipt": replace(empty, mode=m.Confirming(say("?"), m.Purpose.GIVE_BACK, m.Paying())),
        "paper that nobody owes": replace(empty, mode=m.Owing("r", 1)),
        "quantity of no line": replace(empty, mode=m.Requantifying(1, "3")),
        "panel without samples": replace(empty, rules=Rules(), mode=m.Panel(m.Selling())),
        "sale without samples": replace(empty, rules=Rules()),
        "sale by nobody": Till(empty.now, mode=m.Selling()),
        "popup over a sale of milk": replace(empty, mode=m.Popup(say("?"), say("?"), m.Finding(MILK.code))),
    }


ALL_MODES = frozenset(get_args(m.Mode))


def state_name(mode: m.Mode) -> str:
    """Name a state for people: its class, and for a line on its way where it stands."""
    match mode:
        case m.Passing(passage, Waiting()):
            return f"{passage.phase.capitalize()}Waiting"
        case m.Passing(passage, Questioned()):
            return f"{passage.phase.capitalize()}Asking"
        case _:
            return type(mode).__name__
