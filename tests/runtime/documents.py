"""Documents to be printed, and the letterhead of their till."""

from cashier.core.money import Kopecks
from cashier.core.paper import Letterhead
from cashier.core.quantity import Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.sales import Paid, Sale, SoldLine
from cashier.core.shifts import CashMove, ShiftReport, Totals
from cashier.core.tender import CardSlip, Tender, TenderKind
from cashier.ui.locale import Catalogue
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK

RUSSIAN, ENGLISH = Catalogue("ru"), Catalogue("en")
BOUGHT = Line(1, BREAD, BREAD.quantity, BREAD.price)
STORNOED = Line(2, MILK, MILK.quantity, MILK.price, storno=True)
WEIGHED = Line(3, APPLES, Thousandths(745), APPLES.price)
PAID = (Tender(TenderKind.CASH, Kopecks(100_000)),)
RECEIPT = Receipt("r-1", 17, 3, IVANOVA, "2026-11-21T12:00:00", (BOUGHT, STORNOED, WEIGHED), PAID)
SOLD = SoldLine(1, BREAD, Thousandths(1000), BREAD.price, BREAD.price)
SALE = Sale("s-1", "77", "4", 412, 15, "2026-11-20T18:05:00", (SOLD,), (Paid(TenderKind.CASH, BREAD.price),))
RETURN = Receipt(
    "b-1",
    18,
    3,
    IVANOVA,
    "2026-11-21T12:00:00",
    (Line(1, BREAD, BREAD.quantity, BREAD.price, origin=1),),
    (Tender(TenderKind.CASH, BREAD.price),),
    kind=DocumentType.RETURN_BY_RECEIPT,
    sale=SALE,
    reason="faulty",
)
HEAD = Letterhead("77", "3", "Магазин у дома", ("ул. Мира, 1",), ("Спасибо за покупку!",))
SLIP = CardSlip("000007", "123456", "**** 4321", ("Заглушка терминала", "", "Карта **** 4321"))
CARD = Tender(TenderKind.CARD, RECEIPT.total, "charge", SLIP)
REPORT = ShiftReport("z-1", "z", 3, "2026-11-21T08:00:00", "2026-11-21T22:00:00", IVANOVA, Totals(), Kopecks(0))
MOVE = CashMove("m-1", 4, 3, "out", Kopecks(500_000), "2026-11-21T12:00:00", IVANOVA)
