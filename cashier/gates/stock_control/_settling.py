"""Requests whose outcome nobody knows are put right: a crash, a time-out, Esc (spec S10).

A reserve that no line holds is cancelled through the outbox. Where a crash cut off the cancel of a reserve that a line
still counts on, the quantity is reserved anew under a key of its own, and the line stays only with that.
"""

import msgspec

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
    written,
)


def settled(intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, deadline: float) -> Settlement:
    """Say how an intent is put right; `answer` is that to the reserve asked for anew."""
    request = msgspec.json.decode(intent.body, type=Request)
    own = Reserve(request.key, request.quantity)
    new = Reserve(back_key(own.key), own.quantity)
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
