"""States in which somebody is to answer for age or clock, a date of birth is typed, or a price is chosen."""

from datetime import timedelta

from cashier.core.state import Till
from cashier.gates.price import PriceGate
from tests.core.goods import BREAD, PETROV
from tests.core.hand import NOON
from tests.gates.marked import gate as marks
from tests.gates.marked import mark
from tests.gates.restricted import BEER, CRACKERS, PACK, RUM, TONIC, Kiosk

LONG_AGO = (NOON - timedelta(days=30)).isoformat()


def restricted() -> dict[str, Till]:
    """Return them under names that tell how they were reached."""
    return {**_ages(), **_clocks(), **_prices()}


def _ages() -> dict[str, Till]:
    young = Kiosk.open().want(BREAD, TONIC).press("2").write("21112008").press("enter", "escape")
    typed = Kiosk.open().want(TONIC).press("2").write("21112008")
    return {
        "age asked": Kiosk.open().want(TONIC).till,
        "age asked in an open receipt": Kiosk.open().want(BREAD, TONIC).till,
        "other age asked": Kiosk.open().want(CRACKERS).press("enter").want(RUM).press("down").till,
        "age asked of another": Kiosk.open(confirm_age=2).want(TONIC).press("enter").till,
        "date of birth asked": Kiosk.open().want(BREAD, TONIC).press("2").till,
        "date of birth half typed": Kiosk.open().want(TONIC).press("2").write("2111").till,
        "date of birth typed": typed.till,
        "date of birth typed in an open receipt": Kiosk.open().want(BREAD, TONIC).press("2").write("20112008").till,
        "date of birth that is not whole": typed.press("backspace").press("enter").till,
        "date of birth that is none": typed.press("escape").write("31022008").press("enter").till,
        "date of birth to be typed anew": typed.press("escape").till,
        "age asked of a known minor": young.want(TONIC).till,
        "minor's date of birth asked": young.press("enter").till,
        "age known": Kiosk.open().want(TONIC).press("enter").till,
        "hours that have not come": Kiosk.open().want(BEER).press("enter").at(NOON.replace(hour=22, minute=59)).till,
    }


def _clocks() -> dict[str, Till]:
    checking = Kiosk.open().ledger(dated=LONG_AGO).want(TONIC).press("enter")
    checking.answers_at_once = False
    return {
        "clock asked": Kiosk.open(code=PETROV.code).ledger(dated=LONG_AGO).want(TONIC).till,
        "clock asked of a cashier": Kiosk.open().ledger(dated=LONG_AGO).want(TONIC).till,
        "senior asked for the clock": Kiosk.open().ledger(dated=LONG_AGO).want(BREAD, TONIC).press("enter").till,
        "senior's password checked for the clock": checking.approve().till,
        "clock confirmed, age asked": Kiosk.open().ledger(dated=LONG_AGO).want(TONIC).press("enter").approve().till,
    }


def _prices() -> dict[str, Till]:
    smokes = mark(PACK, properties=(("mrc", "ADI8"),))
    return {
        "age asked of a pack": Kiosk.open(marks(), PriceGate(), marks=True).take(smokes).till,
        "price asked": Kiosk.open(marks(), PriceGate(), marks=True).take(smokes).press("enter").till,
        "price asked of another": Kiosk.open(marks(), PriceGate(), marks=True, choose_price=2)
        .take(smokes)
        .press("enter", "enter")
        .till,
    }
