"""The gate: a line is in once the system holds its reserve, and out once that is cancelled.

It is the last one, so that nothing is reserved that another gate would refuse. A new line and another piece of a line
are one request. Another quantity is two, cancel and reserve; where the second fails the old quantity is reserved again,
and where that fails too the line goes (spec S6). Whatever outcome nobody knows is left to the outbox.
"""

from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Do, Enter, Inquiry, Known, Leave, Pass, Settlement, Unpayable
from cashier.core.receipt import Line, Receipt
from cashier.gates.stock_control import _steps
from cashier.gates.stock_control._settling import settled
from cashier.gates.stock_control._words import NAME, Answer, Plan, cancelled, held, memory_of, total


class StockControlGate(Struct, frozen=True):
    """The gate `stock_control`; of returns it is not asked (ukm5 2.2), nor of lines of orders (spec S9)."""

    deadline: float = 5.0
    """Seconds for each request."""
    asks: bool = True
    """False: the module is switched off, and what was reserved before is seen to its end."""

    @property
    def name(self) -> str:
        """Name in facts and in the handler's registration."""
        return NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Reserve a line, another piece of one, or another quantity of one."""
        if asked.thought:
            plan = msgspec.json.decode(asked.thought, type=Plan)
            return self._answered(asked, plan, _steps.said(asked.answer))
        line, before = asked.line, asked.before
        if not self.asks or asked.receipt.gives_back or line.order:
            return Pass(line)
        reserves = memory_of(before) if before else ()
        if before and asked.more:
            return _steps.reserve(asked, Plan("reserve", reserves), line.quantity - before.quantity, self.deadline)
        if reserves:
            return _steps.cancel(asked, Plan("cancel", cancelling=reserves), self.deadline)
        return _steps.reserve(asked, Plan("reserve"), line.quantity, self.deadline)

    def _answered(self, asked: Asked, plan: Plan, answer: Answer | None) -> Enter:
        if plan.stage == "cancel":
            return self._after_cancel(asked, plan, answer)
        if answer and answer.done and plan.reserve:
            own = held(asked.line, (*plan.held, plan.reserve))
            if plan.stage == "back":
                return _steps.refused(asked, plan, plan.said, own)
            return Pass(own, _steps.undone(asked, plan), known=_steps.ANSWERS)
        plan = _steps.denied(plan, answer)
        if plan.stage == "reserve":
            return _steps.refused(asked, plan, answer)
        if plan.stage == "again":
            return self._back(asked, replace(plan, said=answer))
        return _steps.lost(asked, plan, answer)

    def _after_cancel(self, asked: Asked, plan: Plan, answer: Answer | None) -> Enter:
        """Go on to the next cancel, or to the new reserve; a cancel that failed ends the change."""
        first, rest = plan.cancelling[:1], plan.cancelling[1:]
        if answer and (answer.done or answer.gone):
            left = _steps.cancelled_first(plan, answer)
            if rest:
                return _steps.cancel(asked, left, self.deadline)
            return _steps.reserve(asked, replace(left, stage="again"), asked.line.quantity, self.deadline)
        if answer is None:
            return self._back(asked, replace(plan, held=rest))
        if not answer.sure:
            return self._back(asked, replace(plan, held=rest, doubtful=(*plan.doubtful, *first), said=answer))
        if asked.before and memory_of(asked.before) == plan.cancelling:
            return _steps.refused(asked, plan, answer)
        return self._back(asked, replace(plan, held=plan.cancelling, said=answer))

    def _back(self, asked: Asked, plan: Plan) -> Do:
        """Reserve what is not held any more of the old quantity."""
        old = asked.before.quantity if asked.before else asked.line.quantity
        return _steps.reserve(asked, replace(plan, stage="back"), old - total(plan.held), self.deadline)

    def added(self, asked: Asked, /) -> Pass:
        """Nothing follows: the reserve came first."""
        return Pass(asked.line)

    def release(self, asked: Asked, /) -> Pass:
        """Any line may go."""
        return Pass(asked.line)

    def leave(self, asked: Asked, /) -> Leave:
        """Cancel what the line holds, and take back a change that another gate refused; a failed cancel is queued."""
        if not asked.thought:
            own, stood = memory_of(asked.line), memory_of(asked.before) if asked.before else ()
            if not (own or stood):
                return Pass(asked.line)
            kept = tuple(reserve for reserve in own if reserve in stood)
            return self._left(asked, Plan("cancel", kept, tuple(reserve for reserve in own if reserve not in stood)))
        plan, answer = msgspec.json.decode(asked.thought, type=Plan), _steps.said(asked.answer)
        if plan.stage == "back" and answer and answer.done and plan.reserve:
            return self._left(asked, replace(plan, held=(*plan.held, plan.reserve)), answer)
        if plan.stage == "back":
            return _steps.lost(asked, _steps.denied(plan, answer), answer)
        if answer and (answer.done or answer.gone):
            return self._left(asked, _steps.cancelled_first(plan, answer), answer)
        unsure = 1 if answer is None or not answer.sure else 0
        doubtful, owed = (*plan.doubtful, *plan.cancelling[:unsure]), plan.cancelling[unsure:]
        return self._left(asked, replace(plan, cancelling=(), owed=owed, doubtful=doubtful), answer)

    def _left(self, asked: Asked, plan: Plan, answer: Answer | None = None) -> Leave:
        """Do what is still to be done; whoever has failed is not asked for the next cancel."""
        if plan.cancelling:
            return _steps.cancel(asked, plan, self.deadline)
        if asked.before and memory_of(asked.before) and total(plan.held) < asked.before.quantity:
            return self._back(asked, plan)
        known = _steps.known(answer) if asked.thought else ()
        return Pass(held(asked.line, plan.held), _steps.undone(asked, plan), known)

    def unpayable(self, _receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """What is in is reserved."""
        return None

    def about(self, inquiry: Inquiry, /) -> Known:
        """Ask for the stock; nothing is reserved by it (spec S8)."""
        if not self.asks:
            return Known()
        if inquiry.answer is None:
            return Known(ask=_steps.stock(inquiry.product.code, self.deadline))
        return Known(amounts=_steps.stock_told(inquiry.product.unit, _steps.said(inquiry.answer)))

    def completed(self, _receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Nobody is to be told: the exports say by its GUID that a receipt was sold (spec S4)."""
        return ()

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Cancel the reserves of each live line (spec S5)."""
        guid = receipt.identifier
        return tuple(
            cancelled(guid, line.product.code, own, doubtful=False) for line in receipt.live for own in memory_of(line)
        )

    def settle(self, intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, /) -> Settlement:
        """Put an intent right whose outcome nobody knows (spec S10)."""
        return settled(intent, line, answer, self.deadline)
