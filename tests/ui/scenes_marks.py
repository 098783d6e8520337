"""Scenes of marked goods: the scan-mark dialog with all that may be wrong, refusals, waits, work without the check."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from cashier.core import conditions as c
from cashier.core.events import ConditionsChanged
from cashier.core.facts import IntentMade
from cashier.core.reading import Reading
from cashier.core.say import say
from cashier.ui.paint.screen import Answer, Moment
from tests.gates.marked import mark
from tests.ui.fake_front import BREAD
from tests.ui.mark_front import BOTTLE, CHEESE, DRESS, PACK, MarkFront
from tests.ui.scenes_money import WELL
from tests.ui.shots import Shot

REFUSED: Final = ("SOLD", "WHITELIST_NO_BARCODE", "WHITELIST_MISMATCH", "UNKNOWN")
"""Statuses that keep a mark out of a sale, of those that say the same one."""


def begun(*, without: bool = False, ignore: bool = True, training: bool = False) -> MarkFront:
    """Return a till with bread and a pack of milk in its receipt."""
    front = MarkFront(without=without, ignore=ignore, training=training)
    front.scan(BREAD.barcode)
    return front.take(mark(PACK))


def _dialog(*wrong: Reading, without: bool = False, training: bool = False) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun(without=without, training=training)
        front.scan(PACK.barcode)
        return Shot(front.take(*wrong))

    return shot


def _long() -> Shot:
    front = begun(without=True)
    front.scan(DRESS.barcode)
    return Shot(front.take(mark(replace(DRESS, code="1011", name=f"{DRESS.name} (другое)"))))


def _postponed() -> Shot:
    front = begun(without=True)
    front.press("f11")
    front.scan(PACK.barcode)
    return Shot(front.take(mark(PACK)))


def _storno(*wrong: Reading) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun()
        front.take(mark(BOTTLE)).press("delete")
        return Shot(front.take(*wrong))

    return shot


def _refused(status: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun()
        front.status = status
        return Shot(front.take(mark(BOTTLE)))

    return shot


def _refused_first() -> Shot:
    return Shot(begun().take(mark(BOTTLE, category=None)))


def _twice() -> Shot:
    front = begun()
    front.scan(PACK.barcode)
    front.take(mark(BOTTLE)).take(mark(BOTTLE), after=0.2)
    return Shot(front, Moment(flash=Answer.NO))


def _unmarked() -> Shot:
    return Shot(begun().take(mark(DRESS, products=(replace(DRESS, kind=BREAD.kind),))))


def _silent() -> Shot:
    front = begun(ignore=False)
    front.silent = True
    return Shot(front.take(mark(BOTTLE)))


def _degraded(*keys: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun()
        front.silent = True
        front.take(mark(BOTTLE)).type(*keys)
        return Shot(front)

    return shot


def _waiting(seconds: int) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun()
        front.open = False
        checking = say("mark_checking")
        waited = say("waited_seconds", text=checking, seconds=seconds) if seconds else checking
        return Shot(front.take(mark(BOTTLE)), Moment(waited))

    return shot


def _status(*known: c.Condition) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun()
        front.tell(ConditionsChanged((*WELL, *known)))
        front.press("?")
        return Shot(front)

    return shot


def _weighing(*readings: Reading, keys: tuple[str, ...] = (), training: bool = False) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = begun(training=training)
        front.scan(CHEESE.barcode)
        front.type(*keys)
        return Shot(front.take(*readings))

    return shot


def _weight_differs() -> Shot:
    front = begun()
    front.scan(CHEESE.barcode)
    front.type(*"1,2", "enter")
    return Shot(front.take(mark(CHEESE, properties=(("weight", "000345"),))))


def _at_work() -> Shot:
    """Return a till after a crash: nobody knows yet what became of the last mark."""
    front = begun()
    receipt = front.till.ledger.receipt
    assert receipt is not None
    intent = IntentMade("t", "marked_goods", receipt.identifier, "{}", len(receipt.lines))
    front.show(ledger=replace(front.till.ledger, intents=(intent,)))
    return Shot(front)


MARK_SCENES: dict[str, Callable[[], Shot]] = {
    "mark": _dialog(),
    "mark-without": _dialog(without=True),
    "mark-training": _dialog(without=True, training=True),
    "mark-other-item": _dialog(mark(BOTTLE), without=True),
    "mark-in-receipt": _dialog(mark(PACK)),
    "mark-in-postponed": _postponed,
    "mark-damaged": _dialog(Reading(damage="structure"), without=True),
    "mark-no-gs": _dialog(Reading(damage="no_gs")),
    "mark-no-mask": _dialog(mark(PACK, "new", category=None)),
    "mark-long": _long,
    "mark-twice": _twice,
    "mark-storno": _storno(),
    "mark-storno-unknown": _storno(mark(DRESS)),
    "mark-weighing": _weighing(),
    "mark-weighing-training": _weighing(training=True),
    "mark-weighing-taken": _weighing(mark(CHEESE), keys=("0", ",", "5")),
    "mark-weighing-other": _weighing(mark(BOTTLE)),
    "mark-weight-differs": _weight_differs,
    "mark-at-work": _at_work,
    "mark-refused-first": _refused_first,
    "mark-goods-unmarked": _unmarked,
    "mark-silent": _silent,
    "mark-waiting": _waiting(0),
    "mark-waiting-long": _waiting(12),
    "mark-degraded": _degraded(),
    "mark-degraded-status": _degraded("?"),
    "mark-status": _status(c.marks(checked=True), c.queue_server(answers=True)),
    "mark-status-silent": _status(c.marks(checked=False), c.queue_server(answers=False)),
    **{f"mark-{status.lower().replace('_', '-')}": _refused(status) for status in REFUSED},
}
