"""Every screen there is, each made by keys and scans as a cashier makes it; for snapshots and pictures."""

from collections.abc import Callable

from msgspec.structs import replace

from cashier.core.events import DeviceChanged, StoreChanged, Ticked
from cashier.core.modes import Passing
from cashier.core.passage import Passage, Phase, Questioned, Waiting
from cashier.core.receipt import Line
from cashier.core.say import Say, say
from cashier.ui.paint.screen import Answer, Moment
from tests.ui.fake_front import APPLES, BREAD, MILK, FakeFront
from tests.ui.scenes_checks import CHECK_SCENES
from tests.ui.scenes_marks import MARK_SCENES
from tests.ui.scenes_money import MONEY_SCENES
from tests.ui.scenes_orders import ORDER_SCENES
from tests.ui.scenes_prices import PRICE_SCENES
from tests.ui.scenes_returns import RETURN_SCENES
from tests.ui.shots import Shot, sold


def _words(text: str) -> Say:
    return say("external", text=text)


def _after(*keys: str) -> Callable[[], Shot]:
    def shot() -> Shot:
        front = sold()
        front.type(*keys)
        return Shot(front)

    return shot


def _sign_in() -> Shot:
    return Shot(FakeFront())


def _password() -> Shot:
    front = FakeFront()
    front.type(*"101", "enter", *"12")
    return Shot(front)


def _wrong_password() -> Shot:
    front = FakeFront()
    front.type(*"101", "enter", *"99", "enter")
    return Shot(front)


def _return_to_receipt() -> Shot:
    front = sold()
    front.press("-")
    front.tell(DeviceChanged("main", "gone"))
    front.tell(StoreChanged("No space left on device"))
    return Shot(front)


def _unplugged() -> Shot:
    front = sold()
    front.tell(DeviceChanged("main", "gone"))
    return Shot(front)


def _empty() -> Shot:
    return Shot(FakeFront().sign_in())


def _long() -> Shot:
    front = sold()
    receipt = front.till.ledger.receipt
    assert receipt is not None
    for number in range(6, 61):
        receipt = receipt.with_line(Line(number, replace(BREAD, name=f"Булочка {number}"), BREAD.quantity, BREAD.price))
    front.show(ledger=replace(front.till.ledger, receipt=receipt), cursor=30)
    return Shot(front)


def _entry() -> Shot:
    front = sold()
    front.type("3", "asterisk", *"4600")
    return Shot(front)


def _several() -> Shot:
    front = sold()
    front.scan("4600000000079")
    return Shot(front)


def _weighing() -> Shot:
    front = sold()
    front.scan(APPLES.barcode)
    front.type(*"1.2")
    return Shot(front)


def _popup() -> Shot:
    front = sold()
    front.scan("4699999999999")
    return Shot(front)


def _refused_on_popup() -> Shot:
    front = sold()
    front.scan("4699999999999")
    front.scan(BREAD.barcode)
    return Shot(front, Moment(flash=Answer.NO))


def _folder() -> Shot:
    front = sold()
    front.type("f7", "2")
    return Shot(front)


def _part_paid() -> Shot:
    front = sold()
    front.type("plus", *"200", "enter", *"500")
    return Shot(front)


def _change() -> Shot:
    return Shot(_paid(sold()))


def _paid(front: FakeFront) -> FakeFront:
    front.type("plus", *"1000", "enter")
    return front


def _unprinted() -> FakeFront:
    front = sold()
    front.paper_trouble = "out_of_paper"
    return _paid(front)


def _owed() -> Shot:
    front = _unprinted()
    front.scan(BREAD.barcode)
    return Shot(front)


def _owing() -> Shot:
    front = _unprinted()
    front.scan(BREAD.barcode)
    front.type("f10", "2")
    return Shot(front)


def _give_back() -> Shot:
    front = sold()
    front.type("plus", *"200", "enter", "escape")
    return Shot(front)


def _given_back() -> Shot:
    shot = _give_back()
    shot.front.type("enter")
    return Shot(shot.front, Moment(flash=Answer.YES))


def _locked_after_payment() -> Shot:
    front = _paid(sold())
    front.tell(Ticked(idle=True))
    return Shot(front)


def _back_after_payment() -> Shot:
    return Shot(_locked_after_payment().front.sign_in())


def _paper() -> Shot:
    return Shot(_paid(sold(training=True)))


def _training() -> Shot:
    return Shot(sold(training=True))


def _panel() -> Shot:
    front = sold(training=True)
    front.type("f3", "down")
    return Shot(front)


def _passing(at: Questioned | Waiting, moment: Moment) -> Shot:
    front = sold()
    receipt = front.till.ledger.receipt
    assert receipt is not None
    line = Line(6, MILK, MILK.quantity, MILK.price)
    front.show(mode=Passing(Passage(Phase.ENTER, receipt, line), at))
    return Shot(front, moment)


def _waiting() -> Shot:
    words = _words("Проверка кода…")
    waited = say("waited_seconds", text="Проверка кода…", seconds=3)
    return _passing(Waiting("t", words, durable=True), Moment(waited))


SCENES: dict[str, Callable[[], Shot]] = {
    "sign-in": _sign_in,
    "password": _password,
    "wrong-password": _wrong_password,
    "open-receipt": _return_to_receipt,
    "empty": _empty,
    "sale": _after(),
    "entry": _entry,
    "unplugged": _unplugged,
    "storno": _after("up", "up", "delete"),
    "long": _long,
    "several": _several,
    "search": _after("f5", *"во"),
    "search-nothing": _after("f5", *"щука"),
    "pick-list": _after("f7"),
    "folder": _folder,
    "weighing": _weighing,
    "quantity": _after("up", "insert", *"5"),
    "quantity-refused": _after("insert"),
    "payment": _after("plus", *"500"),
    "part-paid": _part_paid,
    "rest": _after("plus", *"200", "enter"),
    "change": _change,
    "paper": _paper,
    "give-back": _give_back,
    "given-back": _given_back,
    "sign-in-paid": _locked_after_payment,
    "back-after-payment": _back_after_payment,
    "paper-owed": _owed,
    "owing": _owing,
    "popup": _popup,
    "popup-scan": _refused_on_popup,
    "question": _after("f4"),
    "menu": _after("f10", "down"),
    "help": _after("f1"),
    "training": _training,
    "panel": _panel,
    "waiting": _waiting,
    **MONEY_SCENES,
    **MARK_SCENES,
    **PRICE_SCENES,
    **CHECK_SCENES,
    **ORDER_SCENES,
    **RETURN_SCENES,
}
