"""A stall that sells to adults, by day, and tobacco by its МРЦ; its till has the gates in their order."""

from datetime import datetime, timedelta
from typing import Self

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.effects import Effect, FindCode
from cashier.core.events import Event, Found
from cashier.core.gate import Gate
from cashier.core.reading import Reading
from cashier.core.rights import LOWEST_ROLES, Right
from cashier.core.state import Rules
from cashier.gates.price import PriceGate
from cashier.gates.restrictions import RestrictionsGate
from tests.core.goods import by_code
from tests.core.hand import Hand
from tests.gates.marked import Shop
from tests.gates.marked import gate as marks
from tests.gates.priced import CARTON as TEN_PACKS
from tests.gates.priced import PACK, carton, kind, pack, priced
from tests.gates.restricted import BEER, CRACKERS, ICE, RULES, RUM, TONIC

SMOKES = replace(priced(19500, 18000, 21000, floor=16500, product=PACK), min_age=18)
CARTON = replace(priced(195000, 180000, floor=165000, product=TEN_PACKS), min_age=18)
PACKS = {own.code: own for own in (SMOKES, CARTON)}
SHELF = (BEER, CRACKERS, ICE, RUM, TONIC, SMOKES, CARTON)


def gates(restrictions: type[RestrictionsGate], prices: type[PriceGate], law: int) -> tuple[Gate, ...]:
    """Make the gates; `law` is the lowest lawful price of a pack in kopecks, zero for none."""
    return (restrictions(RULES), marks(), prices(legal=(kind(law),) if law else ()))


def with_gates(rules: Rules, *own: Gate, **roles: int) -> Rules:
    """Let rules have gates; some actions need another role than they do of themselves."""
    rights = {**LOWEST_ROLES, **{Right(name): role for name, role in roles.items()}}
    return replace(rules, gates=own, reads_marks=True, rights=rights)


def printed(product: Product, most: int, serial: str) -> Reading:
    """Read the mark of a pack or a carton with a МРЦ in kopecks; zero: it has none."""
    return (pack if product.code == SMOKES.code else carton)(product, most, serial)


class Stall(Shop):
    """One till of the stall. What was written is known by the moment, which is that of its own step."""

    def __init__(self, *args: Gate, **known: object) -> None:
        super().__init__(*args, **known)  # type: ignore[arg-type] # as of a shop
        self.moments: list[datetime] = []
        """Of each fact, in order."""

    def _step(self, event: Event) -> None:
        self._note()
        super()._step(event)
        self._note()

    def _note(self) -> None:
        self.moments += [self.clock] * (len(self.facts) - len(self.moments))

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindCode(text):
                own = tuple(product for product in SHELF if text in {product.barcode, product.code})
                self._step(Found(own or by_code(text)))
            case _:
                super()._answer(effect)

    def leap(self, hours: int) -> Self:
        """Set the clock; the one that nobody can set goes on."""
        self.clock += timedelta(hours=hours)
        return self

    def restarted(self) -> "Stall":
        """Start the till again from what was written down; these gates leave nothing open."""
        other = Hand.restarted(self)
        assert other.till.ledger.intents == ()
        assert other.till.ledger.leaving == ()
        again = type(self)(rules=self.rules, ledger=other.till.ledger)
        again.__dict__.update(other.__dict__, facts=self.facts, moments=self.moments, requests=[])
        return again
