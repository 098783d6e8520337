"""A kiosk whose goods may not be sold to anybody at any hour, and a hand that works there."""

from datetime import datetime, time
from typing import Self

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Kind, Period, Product
from cashier.core.effects import Effect, FindCode
from cashier.core.events import Found
from cashier.core.gate import Gate
from cashier.core.modes import Approving, Popup
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType, Receipt
from cashier.core.rights import LOWEST_ROLES, Right
from cashier.core.state import Rules
from cashier.gates.restrictions import Limits, RestrictionRules, RestrictionsGate
from tests.core.goods import BREAD, IVANOVA
from tests.gates.marked import Shop

NIGHT = Period(begins=time(23), ends=time(8))
BEER = Product("51", "Пиво", Kopecks(9000), barcode="4600000000510", min_age=18, periods=(NIGHT,))
TONIC = Product("52", "Энергетик", Kopecks(12000), barcode="4600000000527", min_age=18)
CRACKERS = Product("53", "Хлопушка", Kopecks(5000), barcode="4600000000534", min_age=16)
RUM = Product("54", "Ром", Kopecks(150000), barcode="4600000000541", group="rum", above=("spirits", "drinks"))
ICE = Product("55", "Лёд", Kopecks(3000), barcode="4600000000558", periods=(NIGHT,))
PACK = Product(
    "56",
    "Сигареты",
    Kopecks(18900),
    barcode="4600000000565",
    kind=Kind.TOBACCO,
    min_age=18,
    alternatives=(Kopecks(19900),),
)
BANNED = Product("57", "Насвай", Kopecks(1000), barcode="4600000000572", periods=(Period(),))
SHELF = (BANNED, BEER, TONIC, CRACKERS, RUM, ICE, PACK, BREAD)
RULES = RestrictionRules(groups={"spirits": Limits(age=21), "drinks": Limits(18, (NIGHT,))})


def rules_of(*gates: Gate, marks: bool = False, **roles: int) -> Rules:
    """Make rules with gates in the order of the till; some actions need another role than they do of themselves."""
    rights = {**LOWEST_ROLES, **{Right(name): role for name, role in roles.items()}}
    return Rules(gates=(RestrictionsGate(RULES), *gates), reads_marks=marks, rights=rights)


class Kiosk(Shop):
    """One till of the kiosk; the day is 21 November 2026, a Saturday, and the hour noon."""

    @classmethod
    def open(cls, *gates: Gate, code: str = IVANOVA.code, marks: bool = False, **roles: int) -> Self:
        """Start at the sale screen."""
        return cls.signed_in(rules=rules_of(*gates, marks=marks, **roles), code=code)

    def _answer(self, effect: Effect) -> None:
        match effect:
            case FindCode(text):
                self._step(Found(tuple(p for p in SHELF if text in {p.barcode, p.code})))
            case _:
                super()._answer(effect)

    def want(self, *goods: Product) -> Self:
        """Type the codes of goods."""
        for own in goods:
            self.write(own.code).press("enter")
        return self

    def at(self, moment: datetime) -> Self:
        """Set the clock: the next input comes a second later."""
        self.clock = moment
        return self

    def cash(self) -> Self:
        """Pay to the kopeck; the next key closes the window."""
        return self.press("plus", "enter")

    def returning(self, kind: DocumentType = DocumentType.RETURN) -> Self:
        """Let the open receipt be a return."""
        receipt: Receipt = replace(self.receipt, kind=kind)
        self.till = replace(self.till, ledger=replace(self.till.ledger, receipt=receipt))
        return self

    def cut(self) -> Self:
        """Cut the power and sign in again."""
        other = super().restarted()
        again = type(self)(rules=self.rules, ledger=other.till.ledger)
        again.__dict__.update(other.__dict__, facts=list(self.facts))
        return again.sign_in()

    def ledger(self, **known: str) -> Self:
        """Let the ledger know something."""
        self.till = replace(self.till, ledger=replace(self.till.ledger, **known))
        return self

    @property
    def asks(self) -> str:
        """Text key of what is asked: the title, or what is to be typed; empty when nothing is."""
        question = self.question
        return (question.entry or question.title).key if question else ""

    @property
    def names(self) -> list[str]:
        """Names of the lines, storno'd ones left out."""
        return [name for name, _, storno in self.lines if not storno]

    @property
    def answered_for(self) -> list[tuple[int, str, bool]]:
        """Ages in the journal, with who answered for them and whether a date was typed."""
        return [(own.age, own.by.name, own.entered) for own in self.facts if isinstance(own, f.AgeConfirmed)]

    @property
    def clocks(self) -> list[str]:
        """Who answered for the clock."""
        return [own.by.name for own in self.facts if isinstance(own, f.ClockConfirmed)]

    @property
    def approving(self) -> bool:
        """Another user is asked for."""
        return isinstance(self.till.mode, Approving)

    @property
    def advice(self) -> str:
        """Text key of what the error popup advises."""
        return self.till.mode.advice.key if isinstance(self.till.mode, Popup) else ""
