"""States of returns: a sale receipt looked for, its form, the reason, the money, and what can come upon them."""

from collections.abc import Iterator

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Event, SaleFound, Scanned, ScanRead
from cashier.core.quantity import pieces
from cashier.core.reading import Reading
from cashier.core.rights import LOWEST_ROLES
from cashier.core.sales import SaleHead
from cashier.core.state import Till
from tests.core.goods import BREAD, MILK
from tests.core.hand import SCANNER
from tests.core.sample_hands import SAMPLES
from tests.core.sample_money import card
from tests.gates.marked import KEFIR, STRICT, gate, mark
from tests.gates.returned import BANNED_BACK, GUID, MIXED, THREE, ReturnShop, marked, returns, sale, sold

CARDED = sale(sold(1, BREAD, pieces(2)), sold(2, MILK), card=10000)
GONE = sale(sold(1, BREAD, returned=pieces(1), returned_sum=BREAD.price), sold(2, BANNED_BACK), marked(3))
HEADS = (
    SaleHead("a", "1", 3, 16, "2026-11-21T11:00:00", BREAD.price),
    SaleHead("b", "2", 9, 16, "2026-11-21T10:00:00", MILK.price, is_back=True),
)


def asked_returns() -> dict[str, Till]:
    """Return states of the search, the form and the money, under names that tell how they were reached."""
    return {**_search(), **_form(), **_money()}


def _search() -> dict[str, Till]:
    shop = ReturnShop.behind(gate(), returns(), samples=SAMPLES.samples)
    shop.answers_at_once = False
    start = shop.till

    def reached(*keys: str, typed: str = "") -> Till:
        shop.till = start
        return shop.press(*keys).write(typed).till

    waited = reached("f9", "3")
    assert isinstance(waited.mode, m.Seeking)
    listed = shop.give(SaleFound(waited.mode.token, "several", heads=HEADS)).till
    return {
        "sale receipt asked for": reached("f9"),
        "till of a sale receipt typed": reached("f9", "1", typed="2"),
        "number of a sale receipt asked": reached("f9", "1", "enter", "enter"),
        "day of a sale receipt typed": reached("f9", "2", typed="21.11"),
        "no day typed": reached("f9", "2", typed="99"),
        "code of a sale receipt typed": reached("f9", "4", typed=GUID),
        "sale receipt looked for": waited,
        "sale receipts listed": listed,
    }


def _form() -> dict[str, Till]:
    approving = ReturnShop.having(THREE, rights=LOWEST_ROLES).press("space", "plus")
    return {
        "form of a return": ReturnShop.having(samples=SAMPLES.samples).till,
        "form with a tick": ReturnShop.having().press("space").till,
        "form at a single piece": ReturnShop.having().press("down").till,
        "form at goods that stay": ReturnShop.having(GONE).press("down").till,
        "quantity that comes back asked": ReturnShop.having().press("f6").till,
        "quantity that comes back typed": ReturnShop.having().press("f6").write("2").till,
        "too much typed to come back": ReturnShop.having().press("f6").write("99").till,
        "return to be allowed": approving.till,
        "mark of what comes back asked": ReturnShop.having(MIXED).press("down", "space").till,
        "form at marked goods": ReturnShop.having(MIXED).press("down").till,
        "form of marked goods alone": ReturnShop.having(sale(marked(1))).till,
        "return claimed": ReturnShop.having(THREE, gate(), returns(asks=True)).press("space", "plus").till,
        "mark of what comes back checked": ReturnShop.having(MIXED, gate(STRICT), returns()).take(mark(KEFIR)).till,
        "return receipt": ReturnShop.having().press("space", "plus").till,
        "form over its receipt": ReturnShop.having().press("space", "plus", "f9").till,
        "whole receipt with marks left out": ReturnShop.having(MIXED).press("f12").till,
    }


def _money() -> dict[str, Till]:
    free = ReturnShop.behind(gate(), returns()).press("f10", *("down",) * m.MENU.index("menu_return"), "enter")
    carded = ReturnShop.having(CARDED).press("f12").paying()
    poor = ReturnShop.having().press("f12").paying()
    poor.till = replace(poor.till, ledger=replace(poor.till.ledger, drawer=THREE.paid[0].amount // 2))
    begun = ReturnShop.having(CARDED).press("f12").paying().press("f2")
    part = card(ReturnShop.having(CARDED).press("f12").paying().press("f2"), "approved")
    return {
        "return without a receipt": free.till,
        "return without a receipt has goods": free.scan(BREAD.barcode).till,
        "reason asked": ReturnShop.having().press("f12", "plus").till,
        "refund": ReturnShop.having().press("f12").paying().till,
        "refund in part": ReturnShop.having().press("f12").paying().write("100").press("enter").till,
        "refund of a card": carded.till,
        "refund of more than is due typed": ReturnShop.having().press("f12").paying().write("9999").till,
        "refund with little in the drawer": poor.till,
        "terminal gives money back": begun.till,
        "card has its money, cash is due": part.till,
        "refund at a terminal that stands alone": ReturnShop.having(CARDED, terminal=False)
        .press("f12")
        .paying()
        .press("f2")
        .till,
    }


def of_returns(till: Till) -> Iterator[Event]:
    """Yield what can be found where a sale receipt is looked for, and scans of the form."""
    if isinstance(till.mode, m.Seeking) and till.mode.token:
        token = till.mode.token
        back = sale(sold(1, BREAD, returned=pieces(1), returned_sum=BREAD.price))
        for own in (THREE, MIXED, back):
            yield SaleFound(token, "found", own)
        yield SaleFound(token, "several", heads=HEADS)
        for outcome in ("found", "several", "missing", "silent", "cancelled", "open", "other_shop", "no_sale"):
            yield SaleFound(token, outcome)
        yield SaleFound(token, "unreadable")
    if isinstance(till.mode, m.Returning) or (till.ledger.receipt and till.ledger.receipt.sale):
        scan = Scanned(SCANNER, 950, b"mark")
        for reading in (mark(KEFIR), mark(KEFIR, "zz"), Reading(damage="no_gs"), Reading(), Reading(BREAD.barcode)):
            yield ScanRead(scan, reading)
        yield ScanRead(scan, Reading(BREAD.barcode, (BREAD,)))
