"""Which gates the settings turn on, and which stay on because they still hold something."""

from datetime import date
from typing import Final

import pytest

from cashier.core.facts import IntentMade
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks
from cashier.gates.marked_goods import MarkedGoodsGate
from cashier.gates.price import LegalKind, LegalPrice, PriceGate
from cashier.plugins import gates_of
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.till import NO_EXTRAS, rules_of
from tests.core.goods import BREAD
from tests.gates.marked import FREE, KEFIR, STRICT, UNASKED, Shop, mark

MARK: Final = mark(KEFIR)
OFF: Final = Settings(plugins=s.Plugins(markedgoods=False))
ON: Final = Settings(plugins=s.Plugins(markedgoods=True))


def asking(settings: Settings, ledger: Ledger) -> list[bool]:
    """Tell of each gate of marks whether it asks for them."""
    return [own.asks for own in gates_of(settings, ledger) if isinstance(own, MarkedGoodsGate)]


def test_turned_on() -> None:
    """Given the module on, then its gate asks, whatever is held."""
    assert asking(ON, Ledger()) == [True]
    assert asking(ON, Shop.selling(STRICT).sell(MARK).till.ledger) == [True]


def test_turned_off_holding_nothing() -> None:
    """Given the module off and nothing held, then there is no gate."""
    paid = Shop.selling(STRICT).sell(MARK).press("plus", "enter")
    gone = Shop.selling(STRICT).sell(MARK).press("delete").take(MARK)
    for ledger in (Ledger(), Shop.selling().scan(BREAD.barcode).till.ledger, paid.till.ledger, gone.till.ledger):
        assert asking(OFF, ledger) == []


@pytest.mark.parametrize("keys", [(), ("f11",)], ids=["open", "put aside"])
def test_turned_off_holding_a_reserve(keys: tuple[str, ...]) -> None:
    """Given the module off and a receipt with a mark, in hand or put aside, then the gate stays and asks no more."""
    for category in (STRICT, UNASKED):
        assert asking(OFF, Shop.selling(category).sell(MARK).press(*keys).till.ledger) == [False]


def test_turned_off_with_an_intent() -> None:
    """Given the module off and a reserve without outcome, then the gate stays; for one of another gate it does not."""
    assert asking(OFF, Shop.selling(STRICT).take(MARK).reply(FREE).till.ledger) == [False]
    assert asking(OFF, Ledger(intents=(IntentMade("t", "marked_goods", "gone", "{}", 1),))) == [False]
    assert asking(OFF, Ledger(intents=(IntentMade("t", "stock", "gone", "{}", 1),))) == []


def test_rules_go_by_the_ledger() -> None:
    """Given the module off and a mark held, then the till has the gate and reads no scan as a mark."""
    rules = rules_of(OFF, NO_EXTRAS, Shop.selling(STRICT).sell(MARK).till.ledger)
    assert [own.name for own in rules.gates] == ["restrictions", "marked_goods", "price", "returns"]
    assert (rules.reads_marks, rules.checks_marks) == (False, False)
    assert [own.name for own in rules_of(OFF, NO_EXTRAS).gates] == ["restrictions", "price", "returns"]


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("price", [True, False])
@pytest.mark.parametrize("restrictions", [True, False])
def test_each_module_has_its_gate_in_the_order_of_the_design(marks: bool, price: bool, restrictions: bool) -> None:  # noqa: FBT001 - drawn
    """Given any modules on, then each has its gate: who may buy, the mark, the price it names; returns have theirs."""
    settings = Settings(plugins=s.Plugins(markedgoods=marks, price=price, restrictions=restrictions))
    names = [name for name, on in (("restrictions", restrictions), ("marked_goods", marks), ("price", price)) if on]
    assert [own.name for own in gates_of(settings, Ledger())] == [*names, "returns"]


@pytest.mark.parametrize("marks", [True, False])
def test_price_goes_by_kinds_of_goods_only_where_marks_are_asked_for(marks: bool) -> None:  # noqa: FBT001 - drawn
    """Given the module of marks on or off, then the gate of prices knows it (spec M1), and the legal minimum."""
    minimum = s.LegalMinimum(name="a", kind="c", begins=date(2026, 1, 1), price=Kopecks(15300))
    settings = Settings(plugins=s.Plugins(markedgoods=marks), legal_minimums=(minimum,))
    (own,) = (own for own in gates_of(settings, Ledger()) if isinstance(own, PriceGate))
    assert own == PriceGate(marks, (LegalKind((LegalPrice(date(2026, 1, 1), Kopecks(15300)),)),))


@pytest.mark.parametrize(
    ("export", "others"),
    [
        (s.Export(), ()),
        (s.Export(xml=True), ("export_xml",)),
        (s.Export(push=True, push_url="http://erp"), ("export_push",)),
        (s.Export(xml=True, push=True, push_url="http://erp"), ("export_xml", "export_push")),
    ],
)
def test_who_hears_of_receipts(export: s.Export, others: tuple[str, ...]) -> None:
    """The cash server always hears of a receipt that ended; each channel of export can be switched on its own."""
    assert rules_of(Settings(export=export), NO_EXTRAS).destinations == ("cash_server", *others)
