"""States of the price check, as a cashier reaches them."""

from collections.abc import Iterator

from msgspec.structs import replace

from cashier.core.events import Answered, Event, NoReply, Reply, Scanned, ScanRead
from cashier.core.modes import CheckingPrice, Panel, ShowingPrice
from cashier.core.reading import Reading
from cashier.core.state import Till
from tests.core.goods import BANNED, BREAD, PRICELESS, RED, WHITE
from tests.core.hand import SCANNER, Hand
from tests.core.sample_hands import SAMPLES, at_till
from tests.core.stock import StockGate


def checks() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_searches(), **_cards()}


def _searches() -> dict[str, Till]:
    looking = at_till().write("12")
    looking.answers_at_once = False
    return {
        "price check": at_till(lines=1).press("f2").till,
        "price check being looked up": looking.press("f2").till,
        "price check over a quantity and a name": at_till().write("3*").write("роза").press("f2").till,
        "price check found": at_till().press("f2").write("роза").till,
        "price check found none": at_till().press("f2").write("ъ").till,
        "price check of no goods": at_till().press("f2").write("ъ").press("enter").till,
        "price check of an unknown code": at_till().press("f2").scan("000").till,
        "price check of two goods of one code": at_till().press("f2").scan(RED.barcode).till,
        "panel over a price check": at_till().press("f2", "f3").till,
    }


def _cards() -> dict[str, Till]:
    asking = Hand.signed_in(rules=replace(SAMPLES, gates=(StockGate(),))).press("f2").scan(BREAD.barcode)
    waiting = asking.till
    return {
        "price shown": at_till().press("f2").scan(BREAD.barcode).till,
        "price shown of what stood typed": at_till(lines=1).write(BREAD.barcode).press("f2").till,
        "price of goods not for sale": at_till().press("f2").scan(BANNED.barcode).till,
        "price of goods without one": at_till().press("f2").scan(PRICELESS.barcode).till,
        "price shown, stock asked": waiting,
        "price shown, stock told": asking.reply("5").till,
        "panel over a price shown, stock asked": asking.scan(BREAD.barcode).press("f3").till,
    }


def of_checks(till: Till) -> Iterator[Event]:
    """Yield what comes upon a price check: goods of a scan, one or several, and what a gate has asked for."""
    card = till.mode.back if isinstance(till.mode, Panel) else till.mode
    for remark in card.remarks if isinstance(card, ShowingPrice) else ():
        yield from (Answered(remark.token, reply) for reply in (Reply("yes"), Reply("more"), NoReply("late")))
    if isinstance(till.mode, CheckingPrice | ShowingPrice):
        for number, reading in enumerate(READINGS, 910):
            yield ScanRead(Scanned(SCANNER, number, b"46"), reading)


READINGS = (
    Reading(BREAD.barcode, (BREAD,)),
    Reading(RED.barcode, (RED, WHITE)),
    Reading(damage="glued"),
    Reading(code="010460068200001321a", ki="010460068200001321a", gtin="04600682000013"),
    Reading(),
)
