"""States of marks on their way into a receipt and out of it, and what can come upon them."""

from collections.abc import Iterator

from cashier.core.events import Answered, Event, IntentFound, NoReply, Reply, Scanned, ScanRead
from cashier.core.facts import IntentMade
from cashier.core.modes import Passing
from cashier.core.passage import Waiting
from cashier.core.reading import Reading, Standing
from cashier.core.state import Till
from cashier.gates.marked_goods import RESERVED, STATUSES
from tests.core.hand import SCANNER
from tests.gates.marked import BRIE, FREE, KEFIR, LENIENT, STRICT, WATER, Shop, bare, damaged, mark

READINGS = (
    mark(KEFIR),
    mark(KEFIR, "b"),
    mark(WATER),
    mark(BRIE, properties=(("weight", "350"),)),
    mark(BRIE),
    mark(KEFIR, products=(KEFIR, WATER)),
    mark(KEFIR, "c", standing=Standing.SOLD),
    mark(KEFIR, "d", category=None),
    bare(KEFIR),
    damaged("no_gs"),
    Reading("4600682000013"),
)


def marks() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_entering(), **_leaving(), **_cut_off()}


def _entering() -> dict[str, Till]:
    asked = Shop.selling(STRICT).scan(KEFIR.barcode)
    reading = Shop.selling(STRICT)
    reading.answers_at_once = False
    free = Shop.selling(LENIENT, without_mark=True, trust_return=True)
    return {
        "scan being read": reading.take(mark(KEFIR)).till,
        "mark asked for": asked.till,
        "mark was wrong": asked.take(mark(WATER)).till,
        "mark asked for, may go without": free.scan(KEFIR.barcode).till,
        "mark checked": Shop.selling(STRICT).take(mark(KEFIR)).till,
        "mark sold here checked": free.take(mark(KEFIR, standing=Standing.SOLD)).till,
        "mark reserved": Shop.selling(STRICT).take(mark(KEFIR)).reply(FREE).till,
        "mark reserved, errors ignored": Shop.selling(LENIENT).take(mark(KEFIR)).reply(FREE).till,
        "goods of one mark": Shop.selling().take(mark(KEFIR, products=(KEFIR, WATER))).till,
        "weight of marked goods": Shop.selling().take(mark(BRIE)).write("1").till,
        "mark just sold": Shop.selling(STRICT).sell(mark(KEFIR)).till,
        "mark put aside": Shop.selling(STRICT).sell(mark(KEFIR)).press("f11").till,
    }


def _leaving() -> dict[str, Till]:
    return {
        "mark asked for before a storno": Shop.selling(STRICT).sell(mark(KEFIR)).press("delete").till,
        "mark before a storno was wrong": Shop.selling().sell(mark(KEFIR)).press("delete").take(mark(WATER)).till,
    }


def _cut_off() -> dict[str, Till]:
    """Return states in which a reserve is asked for once more."""
    cut = Shop.selling(STRICT).take(mark(KEFIR)).reply(FREE).restarted()
    return {
        "reserve asked for again, nobody there": cut.till,
        "reserve asked for again": cut.sign_in().till,
        "reserve asked for again, other pack asked": cut.scan(WATER.barcode).till,
    }


def of_marks(till: Till) -> Iterator[Event]:
    """Yield what can come upon a till that reads marks."""
    if not till.rules.reads_marks:
        return
    for number, reading in enumerate(READINGS, 950):
        yield ScanRead(Scanned(SCANNER, number, reading.code.encode(), 3600.0), reading)
    tokens = [intent.token for intent in till.ledger.intents]
    if isinstance(till.mode, Passing) and isinstance(till.mode.at, Waiting):
        tokens.append(till.mode.at.token)
    for token in tokens:
        yield Answered(token, NoReply("late"))
        for status in (RESERVED, *STATUSES):
            yield Answered(token, Reply(status))
    body = Shop.selling(STRICT).take(mark(KEFIR)).reply(FREE).requests[-1].body
    for position in (1, 2):
        receipt = till.ledger.receipt.identifier if till.ledger.receipt else "r"
        yield IntentFound(IntentMade("found", "marked_goods", receipt, body, position))
