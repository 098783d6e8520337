"""A front where goods come back: gates and form are the real ones, what is found is written here."""

from typing import Final

from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core.catalogue import Kind
from cashier.core.events import SaleFound
from cashier.core.money import Kopecks
from cashier.core.quantity import pieces
from cashier.core.sales import Sale, SaleHead, SoldLine
from cashier.core.shifts import Shift
from cashier.gates.returns import NAME, ReturnRules, ReturnsGate
from tests.gates.marked import mark
from tests.gates.returned import GUID, sale, sold
from tests.ui.fake_front import APPLES, BREAD, CIGARETTES, IVANOVA
from tests.ui.mark_front import BOTTLE, PACK, SHELF, MarkFront

TOBACCO: Final = replace(CIGARETTES, kind=Kind.TOBACCO)
STAYS: Final = replace(BREAD, code="1020", name="Носки мужские хлопковые, размер 27", refund_allowed=False)
A, B = mark(PACK), mark(PACK, "b")


def by_mark(position: int, serial: str = "a") -> SoldLine:
    """Make a position of a carton of milk that was sold by its mark."""
    own = mark(PACK, serial)
    return sold(position, PACK, mark=own.code, ki=own.ki)


YESTERDAY: Final = sale(
    sold(1, BREAD, pieces(3), 12285),
    by_mark(2),
    by_mark(3, "b"),
    sold(5, APPLES, 745),
    sold(6, STAYS),
    sold(7, TOBACCO, mark="m", ki="m"),
    sold(8, BOTTLE, pieces(2), returned=pieces(2), returned_sum=Kopecks(8000)),
    shop="77",
    till="3",
)
"""All kinds of positions: discounted, marked, weighed, one that stays with the buyer, one that is back already."""
LONG: Final = sale(*(sold(n, replace(BREAD, name=f"Булочка {n}")) for n in range(1, 61)))
HEADS: Final = (
    SaleHead(GUID, "3", 412, 15, "2026-11-21T18:05:00", Kopecks(31905)),
    SaleHead("b", "3", 412, 14, "2026-11-21T17:30:00", Kopecks(20000), is_back=True),
    SaleHead("c", "12", 57, 1499, "2026-11-21T09:00:00", Kopecks(123456700)),
)


class BackFront(MarkFront):
    """Finds what is in its book under any code; `found` is what it says of all else."""

    def __init__(
        self,
        book: Sale = YESTERDAY,
        *,
        claims: bool = False,
        without: bool = False,
        training: bool = False,
        cashier: str = IVANOVA.code,
    ) -> None:
        """Start at the sale screen, with money in the drawer."""
        super().__init__(goods=(*SHELF, APPLES), without=without, training=training, cashier=cashier)
        self.book, self.finds = book, True
        gates = (*self.till.rules.gates, ReturnsGate(ReturnRules(asks=claims)))
        shift = Shift(412, "2026-11-21T08:00:00")
        ledger = replace(self.till.ledger, shift=shift, shifts=412, drawer=Kopecks(10_000_000))
        self.show(rules=replace(self.till.rules, gates=gates, terminal=True), ledger=ledger)

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.FindSale(token, wanted) if self.finds and wanted.date and not wanted.number:
                self._step(SaleFound(token, "several", heads=HEADS))
            case e.FindSale(token) if self.finds:
                self._step(SaleFound(token, "found", self.book))
            case e.FindSale():
                pass
            case e.RunGate(gate=gate) if gate == NAME:
                pass
            case _:
                super()._do(effect)

    def form(self, *keys: str) -> "BackFront":
        """Open the form, and press keys."""
        self.type("f9")
        self.scan(GUID)
        self.type(*keys)
        return self
