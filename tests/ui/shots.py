"""What is drawn: a state of the till and a moment of the screen; and the receipt that most scenes start from."""

from msgspec import Struct
from msgspec.structs import replace

from cashier.ui.paint.screen import Moment
from tests.ui.fake_front import APPLES, BREAD, CIGARETTES, MILK, WATER, FakeFront

MARK = "0104600000000055215Qqx\x1d93abcd"


class Shot(Struct, frozen=True):
    """A state to be drawn, with what the screen's clock adds."""

    front: FakeFront
    moment: Moment = Moment()


def sold(front: FakeFront | None = None, *, training: bool = False) -> FakeFront:
    """Return a till with the receipt of the sketch: five lines, two of them marked."""
    front = front or FakeFront(training=training).sign_in()
    for goods in (BREAD, MILK, WATER):
        front.scan(goods.barcode)
    front.scan(APPLES.barcode)
    front.type(*"0.745", "enter")
    front.scan(CIGARETTES.barcode)
    receipt = front.till.ledger.receipt
    assert receipt is not None
    for line in receipt.lines:
        if line.product in {MILK, CIGARETTES}:
            receipt = receipt.with_line(replace(line, mark=MARK, single=True))
    front.show(ledger=replace(front.till.ledger, receipt=receipt))
    return front
