"""A shop where goods come back: its sales, and a hand that looks for them and fills the form."""

from typing import Any, Final, Self

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.effects import Effect, FindCode, FindSale
from cashier.core.events import Found, SaleFound
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths, cost, pieces
from cashier.core.return_form import ReturnForm
from cashier.core.rights import CASHIER, Right
from cashier.core.sales import Paid, Refunded, Sale, SoldLine, Wanted
from cashier.core.shifts import CashMove
from cashier.core.state import Rules
from cashier.core.tender import TenderKind
from cashier.gates.returns import ReturnRules, ReturnsGate
from tests.core.goods import APPLES, BREAD, GOODS, IVANOVA, MILK
from tests.core.hand import NOON
from tests.gates.marked import KEFIR, SHELF, SMOKES, Shop, gate, mark

GUID: Final = "3d0f2c8e-6b1a-5c7d-9e2f-1a2b3c4d5e6f"
BANNED_BACK: Final = replace(BREAD, code="77", name="Бельё", barcode="4600682000778", refund_allowed=False)
FLOAT: Final = Kopecks(1_000_000)
"""Cash in the drawer in the morning."""


def sold(position: int, product: Product, quantity: int = ONE, total: int | None = None, **known: Any) -> SoldLine:
    """Make a position of a sale; `total` is what the buyer paid for it in kopecks, else its price."""
    amount = Thousandths(quantity)
    paid = cost(product.price, amount) if total is None else Kopecks(total)
    return SoldLine(position, product, amount, product.price, paid, **known)


def marked(position: int, product: Product = KEFIR, serial: str = "a") -> SoldLine:
    """Make a position that was sold by its mark."""
    own = mark(product, serial)
    return sold(position, product, mark=own.code, ki=own.ki)


def sale(*lines: SoldLine, card: int = 0, operation: str = "000017", **known: Any) -> Sale:
    """Make a sale that was paid in cash, or so much of it in kopecks by card."""
    cash = sum(line.sum for line in lines) - card
    by_card = [Paid(TenderKind.CARD, Kopecks(card), operation)] if card else []
    paid = tuple([*by_card, Paid(TenderKind.CASH, Kopecks(cash))] if cash else by_card)
    own: dict[str, Any] = {"identifier": GUID, "shop": "1", "till": "1", "shift": 3, "number": 15}
    return Sale(**{**own, "at": "2026-11-20T18:26:00", "lines": lines, "paid": paid, **known})


THREE: Final = sale(sold(1, BREAD, pieces(3)), sold(2, MILK), sold(4, APPLES, 745))
"""Three loaves, a milk, apples; what stood at the third place was storno'd."""
MIXED: Final = sale(sold(1, BREAD), marked(2), marked(3, serial="b"), marked(4, SMOKES, "s"))
"""A loaf, two packs of kefir, cigarettes."""


class ReturnShop(Shop):
    """One till where goods come back."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(*gates, rules=rules, ledger=ledger)
        self.sales: dict[str, Sale] = {}
        """What is found by its code."""
        self.wanted: list[Wanted] = []
        """What was looked for, in order."""

    @classmethod
    def behind(cls, *gates: Gate, marks: bool = True, **rules: Any) -> Self:
        """Start with gates of one's own, and cash in the drawer; a cashier may do everything."""
        own: dict[str, Any] = {"rights": dict.fromkeys(Right, CASHIER), "reads_marks": marks, "terminal": True}
        shop = cls.signed_in(rules=Rules(gates=gates, **{**own, **rules}))
        shop.put_in(FLOAT)
        return shop

    @classmethod
    def having(cls, own: Sale = THREE, *gates: Gate, **rules: Any) -> Self:
        """Start with the form of a sale receipt."""
        shop = cls.behind(*(gates or (gate(), returns())), **rules)
        return shop.knows(own).press("f9").scan(own.identifier)

    def put_in(self, amount: Kopecks) -> Self:
        """Let cash be in the drawer."""
        move = CashMove("in", 1, 1, "in", amount, NOON.isoformat(), IVANOVA)
        facts = (f.ShiftOpened(1, NOON.isoformat(), IVANOVA), f.CashMoved(move))
        self.facts += facts
        self.till = replace(self.till, ledger=replace(fold(self.till.ledger, facts), papers=()))
        return self

    def knows(self, *own: Sale) -> Self:
        """Let sales be found by their codes."""
        self.sales |= {each.identifier: each for each in own}
        return self

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindSale(token, wanted):
                self.wanted.append(wanted)
                found = self.sales.get(wanted.identifier)
                self._step(SaleFound(token, "found" if found else "missing", found))
            case FindCode(text):
                self._step(Found(tuple(own for own in (*SHELF, *GOODS) if text in {own.barcode, own.code})[:1]))
            case _:
                super()._answer(effect)

    @property
    def form(self) -> ReturnForm:
        """The form that stands."""
        assert isinstance(self.till.mode, m.Returning), self.till.mode
        return self.till.mode.form

    @property
    def picked(self) -> dict[int, int]:
        """Positions that are ticked, and how much of each in thousandths."""
        return dict(self.form.picked)

    @property
    def back(self) -> list[tuple[int, int, int]]:
        """What comes back by the open receipt: position in the sale, thousandths, kopecks."""
        return [(line.origin, line.quantity, line.sum) for line in self.receipt.live]

    def paying(self) -> Self:
        """Strike the subtotal and give the first reason."""
        return self.press("plus", "1")


def returns(**rules: Any) -> ReturnsGate:
    """Make the gate."""
    return ReturnsGate(ReturnRules(**rules))


def refunded(cash: int = 0, card: int = 0) -> tuple[Refunded, ...]:
    """Say what was given back before, in kopecks."""
    pairs = ((TenderKind.CASH, cash), (TenderKind.CARD, card))
    return tuple(Refunded(kind, Kopecks(amount)) for kind, amount in pairs if amount)
