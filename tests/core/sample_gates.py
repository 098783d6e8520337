"""States of a line on its way through the gates, and those from which it sets out."""

from msgspec.structs import replace

from cashier.core.state import Till
from tests.core.gates import gate
from tests.core.goods import APPLES, BREAD, RED
from tests.core.hand import Hand
from tests.core.sample_hands import at_till


def passages() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_passing(), **_gated()}


def _passing() -> dict[str, Till]:
    more = at_till(gates="enter=do+choose").scan(BREAD.barcode)
    line = at_till(lines=1)
    finding = at_till(gates="enter=do")
    finding.answers_at_once = False
    return {
        "finding goods a gate acts on": finding.scan(BREAD.barcode).till,
        "gate looks": at_till(gates="enter=look").scan(BREAD.barcode).till,
        "gate waits": more.till,
        "gate asks after it acted": more.reply().till,
        "gate asks for a row": at_till(gates="enter=choose").scan(BREAD.barcode).till,
        "gate asks for a scan": at_till(gates="enter=scan").scan(BREAD.barcode).till,
        "gate acts on a new line": at_till(gates="added=do").scan(BREAD.barcode).till,
        "gate asks about a quantity": _regated(line, "enter", "choose").press("f6", "3", "enter").till,
        "gate waits for a quantity": _regated(line, "enter", "do").press("f6", "3", "enter").till,
        "gate asks about a storno": at_till(gates="release=choose", lines=1).press("delete").till,
        "gate asks for a scan before a storno": at_till(gates="release=scan", lines=1).press("delete").till,
        "gate waits before a storno": at_till(gates="release=do", lines=1).press("delete").till,
        "gate lets a line go": at_till(gates="leave=do", lines=1).press("delete").till,
    }


def _gated() -> dict[str, Till]:
    """Return states from which a line goes before a gate that has something to say."""
    finding = at_till(gates="enter=choose")
    finding.answers_at_once = False
    line = at_till(lines=1)
    released = at_till(gates="release=choose;leave=do", lines=1).press("delete")
    return {
        "finding goods a gate asks about": finding.scan(BREAD.barcode).till,
        "goods of one code a gate acts on": at_till(gates="enter=do").scan(RED.barcode).till,
        "weight of goods a gate acts on": at_till(gates="enter=do").scan(APPLES.barcode).write("1").till,
        "found goods a gate acts on": at_till(gates="enter=do").press("f5").write("роза").till,
        "quantity a gate acts on": _regated(line, "enter", "do").press("f6", "3").till,
        "row chosen, then the gate acts": at_till(gates="enter=choose;added=do").scan(BREAD.barcode).till,
        "row chosen, then the gate waits": at_till(gates="enter=choose+do").scan(BREAD.barcode).till,
        "answered, then the gate acts": at_till(gates="enter=do;added=do").scan(BREAD.barcode).till,
        "line a gate asks about": at_till(gates="release=choose", lines=1).till,
        "line a gate acts on": at_till(gates="release=do", lines=1).till,
        "line a gate lets go": at_till(gates="leave=do", lines=1).till,
        "storno asked about, then let go": released.till,
        "storno waited for, then asked about": at_till(gates="release=do+choose", lines=1).press("delete").till,
        "storno waited for, then let go": at_till(gates="release=do;leave=do", lines=1).press("delete").till,
        "lost race that is let go": at_till(gates="added=do;leave=do").scan(BREAD.barcode).till,
    }


def _regated(hand: Hand, phase: str, moves: str) -> Hand:
    """Go on with the same receipt and another gate."""
    other = Hand.signed_in(rules=replace(hand.rules, gates=(gate(**{phase: moves}),)))
    other.till = replace(other.till, ledger=hand.till.ledger, cursor=hand.till.cursor)
    return other
