"""A shop with marked goods: its goods, the marks on them, and a hand that holds both under the scanner."""

from typing import Any, Final, Self

import msgspec
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Kind, Product
from cashier.core.effects import Effect, FindCode, RunGate
from cashier.core.events import Found, IntentFound, LeaveFound, Scanned
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.core.modes import Passing, Popup
from cashier.core.money import Kopecks
from cashier.core.passage import Questioned, Waiting
from cashier.core.quantity import Thousandths
from cashier.core.question import Question
from cashier.core.reading import Reading
from cashier.core.rights import CASHIER, Right
from cashier.core.say import Say, say
from cashier.core.state import Rules
from cashier.gates.marked_goods import Category, MarkedGoodsGate, MarkRules
from cashier.ui.locale.catalogue import Catalogue
from tests.core.goods import BREAD
from tests.core.hand import SCANNER, Hand

KEFIR = Product("21", "Кефир", Kopecks(9000), barcode="4600000000213", kind=Kind.MARKED)
WATER = Product("22", "Вода", Kopecks(4000), barcode="4600000000220", kind=Kind.MARKED)
BOOTS = Product("23", "Сапоги", Kopecks(500000), barcode="4600000000237", kind=Kind.SHOES)
SMOKES = Product("24", "Сигареты", Kopecks(20000), barcode="4600000000244", kind=Kind.TOBACCO)
CRATE = Product(
    "25", "Вода, ящик", Kopecks(4000), barcode="4600000000251", kind=Kind.MARKED, quantity=Thousandths(6000)
)
BRIE = Product("26", "Бри", Kopecks(90000), barcode="4600000000268", unit="кг", fractional=True, kind=Kind.MARKED)
WINE = Product("27", "Вино", Kopecks(70000), barcode="4600000000275", kind=Kind.ALCOHOL)
SOAP = Product("28", "Мыло", Kopecks(8000), barcode="SOAP-28", kind=Kind.MARKED)
SHELF = (KEFIR, WATER, BOOTS, SMOKES, CRATE, BRIE, WINE, SOAP, BREAD)

UNASKED: Final = Category()
"""The cash server is not asked."""
STRICT: Final = Category(verify=True, ignore_errors=False, deadline=7.0)
LENIENT: Final = Category(verify=True, deadline=7.0)
"""Sells when the server is silent."""
LISTED: Final = Category(white=True)
RUSSIAN: Final = Catalogue("ru")
FREE: Final = "NOT_REGISTERED"


def mark(product: Product, serial: str = "a", **known: Any) -> Reading:
    """Read the mark of a pack: its mask names the barcode, the category is «Milk»."""
    gtin = product.barcode.rjust(14, "0")
    ki = f"01{gtin}21{serial}"
    found: dict[str, Any] = {"products": (product,), "category": "Milk", "named": True}
    return Reading(product.barcode, code=f"{ki}\x1d93dGVz", ki=ki, gtin=gtin, **{**found, **known})


def bare(product: Product, serial: str = "a") -> Reading:
    """Read a mark whose mask names no barcode: what it is the mark of nobody knows."""
    return replace(mark(product, serial, named=False, products=()), barcode="")


def damaged(damage: str) -> Reading:
    """Read a scan that should be a mark and cannot be."""
    return Reading(damage=damage)


def gate(category: Category = UNASKED, **common: Any) -> MarkedGoodsGate:
    """Make the gate; all marks are of one category."""
    return MarkedGoodsGate(MarkRules(5, 12, {"Milk": category}, **common))


class Shop(Hand):
    """One till in a shop that sells marked goods, with the cash server at the other end."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(*gates, rules=rules, ledger=ledger)
        self.requests: list[RunGate] = []
        """What the server was asked, in order."""

    @classmethod
    def selling(cls, category: Category = UNASKED, *, marks: bool = True, **common: Any) -> Self:
        """Start at the sale screen; a cashier may do everything."""
        return cls.behind(gate(category, **common), marks=marks)

    @classmethod
    def behind(cls, *gates: Gate, marks: bool = True) -> Self:
        """Start with gates of one's own."""
        rights = dict.fromkeys(Right, CASHIER)
        return cls.signed_in(rules=Rules(gates=gates, reads_marks=marks, rights=rights))

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindCode(text):
                self._step(Found(tuple(p for p in SHELF if text in {p.barcode, p.code})))
            case RunGate():
                self.requests.append(effect)
            case _:
                super()._answer(effect)

    def take(self, *marks: Reading) -> Self:
        """Hold marks under the scanner."""
        for own in marks:
            data = own.code.encode() or own.damage.encode() + b"!"
            self.readings[data] = own
            self.scan(data)
        return self

    def held_up(self, own: Reading, at: float, scanner: str = SCANNER) -> Self:
        """Hold a mark under a scanner at a moment of its clock."""
        self.readings[own.code.encode()] = own
        return self.give(Scanned(scanner, self._events + 1, own.code.encode(), at))

    def sell(self, *marks: Reading) -> Self:
        """Sell packs whose marks the server knows nothing against; it is asked or not."""
        for own in marks:
            self.take(own)
            for answer in (FREE, "RESERVED"):
                if self.waits:
                    self.reply(answer)
        return self

    def restarted(self) -> "Shop":
        """Start the till again from what was written down; the house finds what was left open."""
        other = super().restarted()
        again = Shop(rules=self.rules, ledger=other.till.ledger)
        again.__dict__.update(other.__dict__, requests=[], facts=list(self.facts))
        for intent in again.till.ledger.intents:
            again.give(IntentFound(intent))
        for position in again.till.ledger.leaving:
            again.give(LeaveFound(position))
        return again

    @property
    def waits(self) -> str:
        """Text key of what is waited for; empty when nothing is."""
        at = self.till.mode.at if isinstance(self.till.mode, Passing) else None
        return at.wait.key if isinstance(at, Waiting) else ""

    @property
    def question(self) -> Question | None:
        """What the cashier is asked."""
        at = self.till.mode.at if isinstance(self.till.mode, Passing) else None
        return at.question if isinstance(at, Questioned) else None

    @property
    def wrong(self) -> tuple[str, str]:
        """Text keys of what the dialog says was wrong with the scan before, and of its advice; empty for nothing."""
        problem = self.question.problem if self.question else None
        places = dict(problem.places) if problem else {"what": say(""), "advice": say("")}
        what, advice = places["what"], places["advice"]
        assert isinstance(what, Say)
        assert isinstance(advice, Say)
        return what.key, advice.key

    @property
    def popup(self) -> tuple[str, str]:
        """Text keys of the error popup and of its advice."""
        mode = self.till.mode
        return (mode.reason.key, mode.advice.key) if isinstance(mode, Popup) else ("", "")

    @property
    def sentence(self) -> str:
        """The error popup in Russian."""
        return RUSSIAN.text(self.till.mode.reason) if isinstance(self.till.mode, Popup) else ""

    @property
    def marks(self) -> list[str]:
        """Identification codes in the open receipt; storno'd lines left out."""
        return [line.ki for line in self.receipt.live] if self.till.ledger.receipt else []

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Kind and key of the messages queued by the latest input."""
        facts = [fact for e in self.effects for fact in getattr(e, "facts", ())]
        return [(fact.kind, fact.key) for fact in facts if isinstance(fact, f.MessageQueued)]

    @property
    def queued(self) -> list[f.MessageQueued]:
        """All messages to the cash server, in order; one that was worded twice goes out once."""
        told = [fact for fact in self.facts if isinstance(fact, f.MessageQueued) and fact.destination == "cash_server"]
        return list({fact.identifier: fact for fact in told}.values())

    @property
    def warned(self) -> str:
        """The lasting warning in Russian, and what had to go out of the receipt and is to be told."""
        lasting = (*self.till.withdrawn, *filter(None, (self.till.warning,)))
        return " ".join(RUSSIAN.text(own) for own in lasting)

    @property
    def condition(self) -> str:
        """Text key of how the check of marks is known to be; empty while nobody knows."""
        return next((own.text.key for own in self.till.conditions if own.topic == "marks"), "")

    @property
    def order_key(self) -> str:
        """Key of the reserve asked for last."""
        return str(msgspec.json.decode(self.requests[-1].body)["key"])

    @property
    def order(self) -> dict[str, Any]:
        """What the server was asked last."""
        return dict(msgspec.json.decode(self.asked(RunGate).body))
