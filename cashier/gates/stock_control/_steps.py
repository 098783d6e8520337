"""Requests of the gate one after the other, and how they end: allowed, refused, the line lost."""

from typing import Final

from msgspec.structs import replace

from cashier.core import conditions
from cashier.core.events import Reply
from cashier.core.facts import MessageQueued
from cashier.core.gate import Asked, Do, GateAnswer, Lose, Refuse
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line
from cashier.core.say import Count, Say, say
from cashier.gates.stock_control._words import (
    Answer,
    Plan,
    Request,
    Reserve,
    answer_of,
    cancelled,
    held,
    memory_of,
    request_of,
    written,
)

ANSWERS: Final = (conditions.stock(answers=True),)
SILENT: Final = (conditions.stock(answers=False),)

GRACE: Final = 0.05
"""Seconds after its own deadline in which the handler can still say whether anybody has heard of the request."""


def said(answer: GateAnswer | None) -> Answer | None:
    """Read an answer; None where nobody knows what became of the request."""
    return answer_of(answer.body) if isinstance(answer, Reply) else None


def known(answer: Answer | None) -> tuple[conditions.Condition, ...]:
    """Tell how the system is."""
    return ANSWERS if answer and answer.sent else SILENT


def cancelled_first(plan: Plan, answer: Answer) -> Plan:
    """Go on to the next cancel; where there was nothing to be cancelled, or none was wanted, the outbox sees to it."""
    doubtful = plan.doubtful if answer.done else (*plan.doubtful, *plan.cancelling[:1])
    return replace(plan, cancelling=plan.cancelling[1:], doubtful=doubtful)


def reserve(asked: Asked, plan: Plan, quantity: int, deadline: float) -> Do:
    """Ask for a reserve under a new key."""
    own = Reserve(asked.fresh, Thousandths(quantity))
    request = request_of("reserve", asked.receipt.identifier, asked.line.product.code, own)
    if asked.before and not asked.more:
        request = replace(request, instead=memory_of(asked.before), beside=plan.held)
    body = written(request)
    return Do(body, say("stock_reserving"), deadline + GRACE, thought=written(replace(plan, reserve=own)))


def cancel(asked: Asked, plan: Plan, deadline: float) -> Do:
    """Ask for the first of the cancels."""
    body = written(request_of("cancel", asked.receipt.identifier, asked.line.product.code, plan.cancelling[0]))
    return Do(body, say("stock_cancelling"), deadline + GRACE, thought=written(plan))


def why(answer: Answer | None) -> Say:
    """Say why not, in the words of the system if it sent any (spec S2)."""
    if answer is None or not answer.sent:
        return say("stock_silent")
    return say("stock_said", text=answer.text) if answer.text else say("stock_refused")


def denied(plan: Plan, answer: Answer | None) -> Plan:
    """Remember a reserve that was asked for in vain, and may be held all the same.

    One without any answer is the passage's to put right: its intent has no outcome.
    """
    unsure = answer is not None and not answer.sure and plan.reserve is not None
    return replace(plan, doubtful=(*plan.doubtful, plan.reserve)) if unsure and plan.reserve else plan


def refused(asked: Asked, plan: Plan, answer: Answer | None, standing: Line | None = None) -> Refuse:
    """Refuse a line, or a change of one that stands; `answer` says why."""
    name = asked.line.product.name
    advice = say("stock_unchanged_advice", name=name) if asked.before else say("stock_refused_advice", name=name)
    return Refuse(why(answer), advice, known=known(answer), standing=standing, messages=undone(asked, plan))


def lost(asked: Asked, plan: Plan, answer: Answer | None) -> Lose:
    """Give a line up whose reserve is gone; whatever is or may be held of it is cancelled through the outbox."""
    reason = say("stock_lost", position=asked.line.position, name=asked.line.product.name)
    advice = say("stock_lost_advice", why=why(plan.said or answer))
    messages = undone(asked, replace(plan, owed=(*plan.owed, *plan.held)))
    return Lose(reason, advice, held(asked.line, ()), messages, known(answer))


def undone(asked: Asked, plan: Plan) -> tuple[MessageQueued, ...]:
    """Word the cancels that are left to the outbox."""
    receipt, sku = asked.receipt.identifier, asked.line.product.code
    certain = (cancelled(receipt, sku, own, doubtful=False) for own in plan.owed)
    return (*certain, *(cancelled(receipt, sku, own, doubtful=True) for own in plan.doubtful))


def stock(sku: str, deadline: float) -> Do:
    """Ask for the stock of an article."""
    return Do(written(Request("stock", sku)), say("stock_asking"), deadline + GRACE, durable=False)


def stock_told(unit: str, answer: Answer | None) -> tuple[Say, ...]:
    """Tell the stock, in the system's own measure if it has one, or why it is not known."""
    if answer is None or answer.free is None:
        return (
            say("stock_unknown", why=why(answer) if answer is None or answer.text or not answer.sent else _STRANGE),
        )
    measure = answer.measure or unit
    free = say("stock_free", quantity=Count(answer.free), unit=measure)
    if answer.reserved is None:
        return (free,)
    return free, say("stock_reserved", quantity=Count(answer.reserved), unit=measure)


_STRANGE: Final = say("stock_strange")
