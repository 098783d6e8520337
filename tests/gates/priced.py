"""A kiosk: packs and cartons whose marks name МРЦ, goods whose marks name other things, and a hand that sells them."""

from datetime import date, datetime
from typing import Final, Self

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Kind, Product
from cashier.core.effects import Effect, FindCode
from cashier.core.events import Found
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.core.marks.mrc import mrc_text
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.core.receipt import DocumentType, Receipt
from cashier.core.rights import CASHIER, Right
from cashier.core.shifts import Shift
from cashier.core.state import Rules
from cashier.core.view import view
from cashier.core.view_model import Dialog
from cashier.gates.price import LegalKind, LegalPrice, PriceGate
from tests.core.goods import BREAD, HONEY, IVANOVA, PRICELESS
from tests.gates.marked import RUSSIAN, Shop, gate, mark

PACK: Final = Product("31", "Сигареты", Kopecks(19500), barcode="4600000000312", kind=Kind.TOBACCO, group="tobacco")
CARTON: Final = Product("32", "Сигареты, блок", Kopecks(195000), barcode="4600000000329", kind=Kind.TOBACCO)
MILK: Final = Product("33", "Молоко", Kopecks(9000), barcode="4600000000336", kind=Kind.MARKED)
SHELF: Final = (PACK, CARTON, MILK, BREAD, HONEY, PRICELESS)
OPENED: Final = "2026-11-21T11:59:00"
FREE: Final = dict.fromkeys(Right, CASHIER)


def priced(price: int, *others: int, floor: int = 0, product: Product = PACK) -> Product:
    """Give goods other prices, in kopecks."""
    return replace(
        product, price=Kopecks(price), min_price=Kopecks(floor), alternatives=tuple(Kopecks(own) for own in others)
    )


def pack(product: Product, most: int | str, serial: str = "a") -> Reading:
    """Read the mark of a pack: МРЦ in kopecks, or its four characters."""
    return mark(product, serial, properties=(("mrc", most if isinstance(most, str) else mrc_text(most)),))


def carton(product: Product, most: int, serial: str = "a") -> Reading:
    """Read the mark of a carton: МРЦ in kopecks."""
    return mark(product, serial, properties=(("price", f"{most:06}"),))


def kind(price: int, *days: tuple[date, int], items: str = "", groups: str = "", packs: int = 10) -> LegalKind:
    """Make a kind with a price from long ago on, and with later ones."""
    dated = ((date(2021, 4, 1), price), *days)
    prices = tuple(LegalPrice(begins, Kopecks(pack), packs) for begins, pack in dated)
    return LegalKind(prices, frozenset(items.split()), frozenset(groups.split()))


class Kiosk(Shop):
    """One till of a kiosk."""

    shelf: tuple[Product, ...] = SHELF

    @classmethod
    def open(
        cls,
        *before: Gate,
        legal: tuple[LegalKind, ...] = (),
        marks: bool = True,
        chooses: int = CASHIER,
        kind: DocumentType = DocumentType.SALE,
        shelf: tuple[Product, ...] = SHELF,
    ) -> Self:
        """Start in a receipt that has no lines yet.

        Args:
            before: gates before that of prices, and before that of marked goods.
            legal: legal minimum prices.
            marks: marks are asked for.
            chooses: lowest role that may choose a price; a cashier may do everything else.
            kind: of the receipt.
            shelf: goods that are found by a barcode.
        """
        gates = (*before, *((gate(),) if marks else ()), PriceGate(marks, legal))
        rules = Rules(gates=gates, reads_marks=marks, rights={**FREE, Right.CHOOSE_PRICE: chooses})
        begun = Receipt("receipt-1", 1, 1, IVANOVA, OPENED, kind=kind)
        kiosk = cls(rules=rules, ledger=Ledger(shift=Shift(1, OPENED), receipt=begun, dated=OPENED))
        kiosk.shelf = shelf
        return kiosk.sign_in()

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindCode(text):
                self._step(Found(tuple(own for own in self.shelf if text in {own.barcode, own.code})))
            case _:
                super()._answer(effect)

    def on(self, day: datetime) -> Self:
        """Let it be a moment."""
        self.clock = day
        return self

    @property
    def dialog(self) -> Dialog:
        """The window on the screen."""
        shown = view(self.till).dialog
        assert shown is not None
        return shown

    @property
    def rows(self) -> list[str]:
        """Rows of the window in Russian: digit, price, remark."""
        shown = (
            (str(own.digit), RUSSIAN.text(own.caption), RUSSIAN.text(own.value) if own.value else "")
            for own in self.dialog.options
        )
        return [" ".join(filter(None, parts)) for parts in shown]

    @property
    def sold(self) -> list[tuple[str, int]]:
        """Live lines: name and price."""
        receipt = self.till.ledger.receipt
        return [(line.product.name, line.price) for line in receipt.live] if receipt else []

    @property
    def at_rest(self) -> bool:
        """The sale screen stands, without window or error."""
        return self.till.mode == m.Selling()

    @property
    def approvals(self) -> list[tuple[str, str, str]]:
        """What was allowed so far: the right, by whom, for whom."""
        return [(own.right, own.by.name, own.cashier.name) for own in self.facts if isinstance(own, f.Approved)]


THREE: Final = priced(19500, 18000, 21000)
"""At three prices; that of the catalogue is in the middle."""
MARK: Final = pack(THREE, 23000)


def asked(product: Product = THREE, most: int | str = 23000, *, chooses: int = CASHIER) -> Kiosk:
    """Scan a pack at an open till."""
    return Kiosk.open(chooses=chooses).take(pack(product, most))
