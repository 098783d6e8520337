"""A till with the price check on it, for its tests."""

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES
from tests.core.stock import StockGate


def asking(*, durable: bool = True) -> Hand:
    """Sign in at a till with a gate that asks outside for the stock."""
    return Hand.signed_in(rules=replace(SAMPLES, gates=(StockGate("first"), StockGate("second", durable=durable))))


def shown(hand: Hand) -> Product:
    """Return the goods of the card that stands."""
    assert isinstance(hand.till.mode, m.ShowingPrice)
    return hand.till.mode.product


def searched(hand: Hand) -> m.CheckingPrice:
    """Return the search that stands."""
    assert isinstance(hand.till.mode, m.CheckingPrice)
    return hand.till.mode


def lines(hand: Hand) -> list[str]:
    """Return what the card says, as keys of what these gates tell."""
    assert isinstance(hand.till.mode, m.ShowingPrice)
    said = [str(dict(line.places)["text"]) for line in hand.till.mode.lines]
    keys = {"Запрос": "stock_wait", "В": "reserve"}
    return [keys.get(text.split()[0], "stock" if ":" in text else "stock_unknown") for text in said]
