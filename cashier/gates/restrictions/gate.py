"""The gate: is the clock to be trusted, may goods be sold at this hour, and to this buyer.

Without an answer nothing is sold. What a person has answered for stands in the journal, with who it was.
"""

from datetime import datetime, timedelta
from typing import Final

from msgspec import field
from msgspec.structs import replace

from cashier.core.catalogue import Person
from cashier.core.facts import AgeConfirmed, ClockConfirmed
from cashier.core.gate import Ask, Asked, Confirmed, Enter, Inquiry, Known, Pass, Refuse, Unpayable
from cashier.core.question import Choice, Picked, Question, Written
from cashier.core.receipt import Line, Receipt
from cashier.core.rights import Errand
from cashier.core.say import Day, Moment, Say, say
from cashier.gates.entering import EnteringGate
from cashier.gates.restrictions._age import age_of, latest_birth, typed_birth, typed_parts
from cashier.gates.restrictions._hours import forbidden_until, is_far
from cashier.gates.restrictions._known import known_of
from cashier.gates.restrictions._limits import NONE, Limits, RestrictionRules

NAME: Final = "restrictions"
"""Of the gate in facts."""

_SURE, _DATE = "sure", "date"
"""Rows of the question of age: somebody has looked, or the date of birth is to be compared."""


class RestrictionsGate(EnteringGate, frozen=True):
    """The gate `restrictions`; what comes back may come back at any hour and from anybody."""

    rules: RestrictionRules = field(default_factory=RestrictionRules)

    @property
    def name(self) -> str:
        """Name in facts and in `[plugins]`."""
        return NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Ask for the clock, then look at the hours, then ask for the age; less of a line that stands is no sale."""
        limits = self.rules.of(asked.line.product)
        stands = None if asked.line.is_late(asked.before) else asked.before
        less = stands and asked.line.quantity <= stands.quantity
        if limits == NONE or less or asked.receipt.gives_back:
            return Pass(asked.line)
        match asked.thought, asked.answer:
            case "clock", Picked():
                return _looked_at(asked, limits, ClockConfirmed(asked.local, _who(asked)))
            case "age", Picked(value) if value == _DATE:
                return _ask_birth(asked, limits.age)
            case "age", Picked():
                return _looked_at(asked, limits, _age(asked, limits.age, entered=False))
            case "birth", Written(text):
                return _born(asked, limits, text)
            case _:
                return _looked_at(asked, limits, None)

    def about(self, inquiry: Inquiry, /) -> Known:
        """Tell who may buy goods, and when."""
        return Known(known_of(self.rules.of(inquiry.product), inquiry.at))

    def unpayable(self, receipt: Receipt, at: datetime, doubted: str, /) -> Unpayable | None:
        """Find the first line of a sale that may not be paid as things are now."""
        if receipt.gives_back:
            return None
        return next(filter(None, (self._unpayable(receipt, own, at, doubted) for own in receipt.live)), None)

    def _unpayable(self, receipt: Receipt, line: Line, at: datetime, doubted: str) -> Unpayable | None:
        """Tell why a line may not be paid: its hours have begun, or nobody was asked since it is restricted."""
        limits, name = self.rules.of(line.product), line.product.name
        if limits == NONE:
            return None
        if forbidden_until(limits.periods, at):
            return Unpayable(line.position, say("sale_hours", name=name), say("sale_hours_unpayable_advice"))
        if doubted:
            return Unpayable(
                line.position, say("clock_unanswered", name=name), say("sale_again_advice"), answerable=True
            )
        if limits.age > receipt.age:
            return Unpayable(line.position, say("age_unanswered", name=name), say("sale_again_advice"), answerable=True)
        return None


def _looked_at(asked: Asked, limits: Limits, answer: Confirmed | None) -> Enter:
    """Find the next thing that stands against a sale; one of them may just have been answered for."""
    return replace(_next(asked, limits, answer), confirmed=answer)


def _next(asked: Asked, limits: Limits, answer: Confirmed | None) -> Pass | Ask | Refuse:
    end = forbidden_until(limits.periods, asked.at)
    age = answer.age if isinstance(answer, AgeConfirmed) else asked.receipt.age
    if asked.doubted and not isinstance(answer, ClockConfirmed):
        return _ask_clock(asked)
    if end:
        return _closed(asked, end)
    return _ask_age(asked, limits.age) if limits.age > age else Pass(asked.line)


def _closed(asked: Asked, end: datetime) -> Refuse:
    again = say("sale_hours_advice", end=Moment(end.isoformat()))
    advice = say("sale_hours_long_advice") if is_far(end, asked.at) else again
    return Refuse(say("sale_hours", name=asked.line.product.name), advice)


def _ask_clock(asked: Asked) -> Ask:
    lines = say("clock_now", now=Moment(asked.local)), say("clock_last", last=Moment(asked.doubted))
    right = Choice("right", say("clock_right"))
    question = Question(say("clock_title"), lines, (right,), errand=Errand.CONFIRM_CLOCK)
    return Ask(question, "clock")


def _ask_age(asked: Asked, age: int) -> Ask:
    typed = Choice(_DATE, say("age_date"))
    # Whoever was found too young by a date of birth needs another date, not a word.
    choices = (typed,) if asked.receipt.proven else (Choice(_SURE, say("age_sure", age=age)), typed)
    question = Question(say("age_title"), _of_age(asked, age), choices, errand=Errand.CONFIRM_AGE)
    return Ask(question, "age")


def _of_age(asked: Asked, age: int) -> tuple[Say, ...]:
    """Say which goods ask for which age, and who has it."""
    born = Day(latest_birth(asked.at.date(), age).isoformat())
    return say("age_goods", name=asked.line.product.name, age=age), say("age_born", day=born)


def _ask_birth(asked: Asked, age: int, problem: Say | None = None, typed: str = "") -> Ask:
    """Ask for the date of birth; what was typed wrong stays, to be mended."""
    lines = (*_of_age(asked, age), say("age_type"))
    question = Question(say("age_title"), lines, entry=say("entry_birth"), typed=typed, problem=problem)
    return Ask(question, "birth")


def _born(asked: Asked, limits: Limits, text: str) -> Enter:
    """Compare a date of birth with the age that goods are sold from."""
    today = asked.at.date()
    parts = typed_parts(text)
    if parts is None:
        return _ask_birth(asked, limits.age, say("age_date_short"), text)
    born = typed_birth(parts, today)
    if born is None:
        return _ask_birth(asked, limits.age, say("age_date_bad"), text)
    age = age_of(born, today)
    if age < limits.age:
        tomorrow = age_of(born, today + timedelta(days=1)) >= limits.age
        advice = say("age_tomorrow_advice") if tomorrow else say("age_too_young_advice")
        reason = say("age_too_young", name=asked.line.product.name, age=limits.age)
        return Refuse(reason, advice, confirmed=_age(asked, age, entered=True))
    return _looked_at(asked, limits, _age(asked, age, entered=True))


def _age(asked: Asked, age: int, *, entered: bool) -> AgeConfirmed:
    return AgeConfirmed(asked.receipt.identifier, age, asked.local, _who(asked), entered)


def _who(asked: Asked) -> Person:
    return asked.by or asked.receipt.cashier
