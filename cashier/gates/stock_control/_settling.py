"""Requests whose outcome nobody knows are put right: a crash, a time-out, Esc (spec S10).

A reserve that no line holds is cancelled through the outbox. Where a crash cut a change of quantity off, its reserve is
asked for again under its own key, and the change is made if it is granted. Else, and where the cancel of a reserve was
cut off that the line still counts on, the old quantity is reserved anew, and the line stays only with that.
"""

import msgspec
from msgspec.structs import replace

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.gate import Settlement
from cashier.core.receipt import Line
from cashier.gates.stock_control import _steps
from cashier.gates.stock_control._words import (
    Request,
    Reserve,
    back_key,
    cancelled,
    held,
    memory_of,
    request_of,
    total,
    written,
)


def settled(intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, deadline: float) -> Settlement:
    """Say how an intent is put right; `answer` is that to the reserve asked for anew."""
    request = msgspec.json.decode(intent.body, type=Request)
    own = Reserve(request.key, request.quantity)
    new = Reserve(back_key(own.key), own.quantity)
    if line and request.instead and request.instead == memory_of(line):
        return _taken_over(request, line, answer, deadline)
    if line is None or own not in memory_of(line):
        # A line may go while its reserve is asked for anew, now or before another crash.
        asked = (own, new) if line is None and request.operation == "cancel" else (own,)
        return Settlement(tuple(cancelled(request.reservation, request.sku, each, doubtful=True) for each in asked))
    if answer is None:
        body = written(request_of("reserve", request.reservation, request.sku, new))
        return Settlement(again=deadline, body=body)
    said, known = _steps.said(answer), _steps.known(_steps.said(answer))
    if said and said.done:
        reserves = tuple(new if each == own else each for each in memory_of(line))
        undo = cancelled(request.reservation, request.sku, own, doubtful=True)
        return Settlement((undo,), standing=held(line, reserves), known=known)
    # Cancels of its other reserves may have been cut off as well.
    reserves = (*memory_of(line), new)
    undone = tuple(cancelled(request.reservation, request.sku, each, doubtful=True) for each in reserves)
    return Settlement(undone, withdraw=True, reason=_steps.why(said), known=known)


def _taken_over(request: Request, line: Line, answer: Reply | NoReply | None, deadline: float) -> Settlement:
    """Ask for a reserve again that a crash cut off: granted, the line has the quantity it was asked for."""
    if answer is None:
        return Settlement(again=deadline)
    own, said = Reserve(request.key, request.quantity), _steps.said(answer)
    if not (said and said.done):
        undo = cancelled(request.reservation, request.sku, own, doubtful=True)
        return Settlement((undo,), known=_steps.known(said))
    reserves = (*request.beside, own)
    return Settlement(standing=replace(held(line, reserves), quantity=total(reserves)), known=_steps.known(said))
