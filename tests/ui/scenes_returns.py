"""Scenes of returns: a sale receipt is looked for, its form, marks, the reason, the money, none at all."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from cashier.core.events import SaleFound
from cashier.core.modes import MENU, Seeking
from cashier.core.money import Kopecks
from cashier.core.rights import Right
from cashier.core.sales import Paid
from cashier.core.tender import TenderKind
from tests.gates.marked import mark
from tests.ui.back_front import LONG, YESTERDAY, A, B, BackFront
from tests.ui.fake_front import BREAD, ORLOV
from tests.ui.mark_front import PACK
from tests.ui.shots import Shot

Scene = Callable[[], Shot]

FREE = ("f10", *("down",) * MENU.index("menu_return"), "enter")
CARDED = replace(
    YESTERDAY,
    paid=(Paid(TenderKind.CARD, Kopecks(30000), "000017"), Paid(TenderKind.CASH, Kopecks(40000))),
)


def _seeking(*keys: str, finds: bool = True) -> Scene:
    def shot() -> Shot:
        front = BackFront()
        front.finds = finds
        front.type("f9", *keys)
        return Shot(front)

    return shot


def _found(outcome: Any) -> Scene:
    def shot() -> Shot:
        front = BackFront()
        front.finds = False
        front.type("f9", "3")
        assert isinstance(front.till.mode, Seeking)
        front.tell(SaleFound(front.till.mode.token, outcome))
        return Shot(front)

    return shot


def _form(*keys: str, **known: Any) -> Scene:
    return lambda: Shot(BackFront(**known).form(*keys))


def _marked(*keys: str, serials: str = "", **known: Any) -> Scene:
    """Press keys in the form, then hold packs under the scanner."""

    def shot() -> Shot:
        front = BackFront(**known).form(*keys)
        front.take(*(mark(PACK, serial) for serial in serials))
        return Shot(front)

    return shot


def _receipt(*keys: str, **known: Any) -> Scene:
    """Take two marked packs and all that needs no mark back, then press keys."""

    def shot() -> Shot:
        front = BackFront(**known).form()
        front.take(A, B)
        front.type("1", "4", "plus", *keys)
        return Shot(front)

    return shot


def _free(*keys: str) -> Scene:
    def shot() -> Shot:
        front = BackFront()
        front.type(*FREE)
        if keys:
            front.scan(BREAD.barcode)
            front.take(A)
        front.type(*keys)
        return Shot(front)

    return shot


def _approving() -> Shot:
    front = BackFront(cashier=ORLOV.code)
    front.show(rules=replace(front.till.rules, rights={**front.till.rules.rights, Right.REFUND: 2}))
    return Shot(front.form("1", "plus"))


RETURN_SCENES: dict[str, Scene] = {
    "return-seeking": _seeking(),
    "return-till": _seeking("1"),
    "return-number": _seeking("1", "enter", "enter", *"15"),
    "return-day": _seeking("2", *"21.11"),
    "return-code": _seeking("4", *"509e851b"),
    "return-looking": _seeking("3", finds=False),
    "return-list": _seeking("3"),
    "return-missing": _found("missing"),
    "return-silent": _found("silent"),
    "return-other-shop": _found("other_shop"),
    "return-form": _form(),
    "return-picked": _form("1", "4", "down"),
    "return-long": _form("end", "space", book=LONG),
    "return-stays": _form("down", "down", "down", "down"),
    "return-count": _form("f6", "2"),
    "return-too-much": _form("f6", "9", "enter"),
    "return-mark": _form("2"),
    "return-mark-without": _form("2", without=True),
    "return-mark-strange": _marked("2", serials="z"),
    "return-mark-in": _marked("1", serials="b"),
    "return-mark-twice": _marked(serials="bb"),
    "return-approving": _approving,
    "return-claiming": _form("1", "plus", claims=True),
    "return-left-out": _form("f12"),
    "return-receipt": _receipt(),
    "return-reason": _receipt("plus"),
    "return-refund": _receipt("plus", "1"),
    "return-refund-part": _receipt("plus", "1", *"100", "enter"),
    "return-refund-both": _receipt("plus", "1", book=CARDED),
    "return-refund-card": _receipt("plus", "1", "f2", book=CARDED),
    "return-done": _receipt("plus", "1", "enter"),
    "return-free": _free(),
    "return-free-goods": _free("up"),
    "return-free-refund": _free("plus", "2"),
}
