"""Scenes of a whole till: rights, cards, the shift, receipts put aside, discounts, status, people."""

from collections.abc import Callable
from datetime import timedelta

from msgspec.structs import replace

from cashier.core import conditions as c
from cashier.core.events import CardAnswered, ConditionsChanged, DeviceChanged
from cashier.core.money import Kopecks
from cashier.core.say import say
from cashier.ui.paint.screen import Moment
from tests.ui.fake_front import APPLES, BREAD, MILK, NOW, ORLOV, PASSWORD, SIDOROVA, WATER, FakeFront
from tests.ui.shots import Shot, sold

WELL = (
    *(c.disk(41 * 10**9, 128 * 10**9, 500, 50), c.dictionaries(timedelta(hours=2), 3), c.queue(3, 0, 0, 100)),
    *(c.shift("2026-11-21T09:00:00", NOW, 900), c.drawer(Kopecks(0), Kopecks(0)), c.version("0.1.0")),
    *(c.printer(""), c.terminal(answers=True), c.fiscal(answers=True)),
)
TROUBLE = (
    *(c.disk(43 * 10**6, 128 * 10**9, 500, 50), c.dictionaries(timedelta(days=12), 3), c.queue(0, 0, 7, 100)),
    *(c.shift("2026-11-21T09:00:00", NOW, 900), c.slow("Scanned", 0.41), c.version("0.1.0")),
    *(c.printer("out_of_paper"), c.terminal(answers=True)),
)


def _cashier() -> FakeFront:
    return FakeFront().sign_in(ORLOV.code)


def _connected() -> FakeFront:
    return sold(FakeFront(devices=True).sign_in())


def _typing(front: FakeFront, *keys: str) -> Shot:
    front.type(*keys)
    return Shot(front)


def _after(*keys: str) -> Callable[[], Shot]:
    return lambda: _typing(sold(), *keys)


def _approving_password() -> Shot:
    return _typing(sold(_cashier()), "f4", *"103", "enter", *PASSWORD)


def _approving_again() -> Shot:
    return _typing(sold(_cashier()), "f4", *"103", "enter", *"99", "enter")


def _charging() -> Shot:
    front = _connected()
    front.card = ""
    front.type("plus", "f2")
    return Shot(front, Moment(say("waited_seconds", text="Ожидание ответа…", seconds=7)))


def _charging_asking() -> Shot:
    front = _charging().front
    charge = front.till.ledger.charge
    assert charge is not None
    front.tell(CardAnswered(charge.token, "unknown"))
    return Shot(front)


def _charging_silent() -> Shot:
    front = _connected()
    front.card = "unknown"
    return _typing(front, "plus", "f2", "down")


def _declined() -> Shot:
    front = _connected()
    front.card = "declined"
    return _typing(front, "plus", "f2")


def _card_part_paid() -> Shot:
    return _typing(_connected(), "plus", *"200", "f2")


def _reversing() -> Shot:
    front = _card_part_paid().front
    front.card = ""
    return _typing(front, "escape", "enter")


def _card_refused() -> Shot:
    return _typing(_connected(), "plus", *"900", "f2")


def _closing(shut: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = _connected()
        front.type("plus", "enter")
        front.shut = "unknown" if shut == "silent" else ""
        return _typing(front, "f10", "7", "enter")

    return shot


def _put_aside(front: FakeFront, count: int) -> FakeFront:
    for number in range(count):
        for goods in (BREAD, MILK, WATER)[number % 3 :]:
            front.scan(goods.barcode)
        front.press("f11")
    return front


def _discounted() -> Shot:
    front = sold()
    front.type("/", *"10", "enter", "up", "/", *"5.50", "plus", "/", "down", *"3", "enter")
    return Shot(front)


def _discount(*keys: str) -> Callable[[], Shot]:
    return _after("up", "/", *keys)


def _day() -> FakeFront:
    """Return a till with something of everything in its shift."""
    front = FakeFront(devices=True).sign_in()
    front.type("f10", "4", *"5000", "enter")
    for keys in (("enter",), ("f2",), (*"100", "enter", "f2")):
        sold(front)
        front.type("plus", *keys)
    sold(front)
    front.type("/", *"10", "enter", "plus", "enter")
    front.scan(APPLES.barcode)
    front.type(*"1.5", "enter", "f4", "enter")
    front.type("f10", "5", *"1500", "enter")
    return front


def _status(*conditions: c.Condition) -> FakeFront:
    front = FakeFront(devices=True).sign_in()
    front.tell(ConditionsChanged(conditions))
    return front


def _status_trouble(*keys: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = _status(*TROUBLE)
        front.tell(DeviceChanged("spare", "gone"))
        return _typing(front, "?", *keys)

    return shot


def _status_at_sign_in() -> Shot:
    front = FakeFront(devices=True)
    front.tell(ConditionsChanged(TROUBLE))
    return _typing(front, "?")


def _people(*keys: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = FakeFront().sign_in(SIDOROVA.code)
        front.type("f10", "end", "up", "enter", *keys)
        return Shot(front)

    return shot


def _locked() -> Shot:
    front = sold()
    front.press("-")
    return Shot(front)


def _menu_end() -> Shot:
    return _typing(_put_aside(FakeFront().sign_in(), 1), "f10", "end")


def _stale() -> Shot:
    front = sold()
    front.show(ledger=replace(front.till.ledger, shift=replace(front.till.ledger.shift, opened="2026-11-20T09:00:00")))  # type: ignore[type-var]
    return _typing(front, "plus")


MONEY_SCENES: dict[str, Callable[[], Shot]] = {
    "approving": lambda: _typing(sold(_cashier()), "f4"),
    "approving-password": _approving_password,
    "approving-again": _approving_again,
    "approving-menu": lambda: _typing(_cashier(), "f10", "5", *"10"),
    "charging": _charging,
    "charging-asking": _charging_asking,
    "charging-silent": _charging_silent,
    "charging-manual": _after("plus", "f2"),
    "reversing": _reversing,
    "card-declined": _declined,
    "card-part-paid": _card_part_paid,
    "card-too-much": _card_refused,
    "z-question": lambda: _typing(_day(), "f10", "7"),
    "closing": _closing("waiting"),
    "closing-silent": _closing("silent"),
    "shift-outlived": _stale,
    "put-aside": lambda: Shot(_put_aside(FakeFront().sign_in(), 1)),
    "put-aside-bar": lambda: _typing(_put_aside(FakeFront().sign_in(), 1), "escape"),
    "postponed": lambda: _typing(_put_aside(FakeFront().sign_in(), 3), "f11", "down"),
    "postponed-many": lambda: _typing(_put_aside(FakeFront().sign_in(), 14), "f11", "pagedown"),
    "settling-postponed": lambda: _typing(_put_aside(FakeFront().sign_in(), 2), "f10", "7", "down"),
    "restored": lambda: _typing(_put_aside(FakeFront().sign_in(), 1), "f11", "enter"),
    "discount": _discount(*"7.5"),
    "discount-receipt": _discount("down", *"100"),
    "discounted": _discounted,
    "cash-in": lambda: _typing(_day(), "f10", "4", *"2500"),
    "cash-out": lambda: _typing(_day(), "f10", "5", *"99999", "enter"),
    "x-report": lambda: _typing(_day(), "f10", "6"),
    "x-report-receipt": lambda: _typing(sold(_day()), "f10", "6"),
    "z-report": lambda: _typing(_day(), "f10", "7", "enter"),
    "status": lambda: _typing(_status(*WELL), "?"),
    "status-trouble": _status_trouble(),
    "status-trouble-end": _status_trouble("end"),
    "status-sign-in": _status_at_sign_in,
    "people": _people("down"),
    "person": _people("3"),
    "person-name": _people("1", *"105", "enter", *"Лев"),
    "person-role": _people("1", *"105", "enter", *"Лев", "enter"),
    "person-password": _people("1", *"105", "enter", *"Лев", "enter", "2", "enter", *PASSWORD),
    "locked": _locked,
    "menu-end": _menu_end,
    "help-training": lambda: _typing(sold(training=True), "f1"),
}
