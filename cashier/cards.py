"""From charges to the payment terminal: every question has an answer in time, whatever the terminal does."""

import asyncio
import logging
from dataclasses import dataclass

from cashier.core.effects import AskTerminal, Charge, RefundCharge, ReverseCharge
from cashier.core.events import CardAnswered
from cashier.core.tender import CardSlip
from devices.payment import CardSlip as TerminalSlip
from devices.payment import PaymentTerminal, TerminalOutcome

log = logging.getLogger("cashier")

ASKING = 10.0
"""Seconds that the question for the last operation may take."""

PAUSE = 0.5
"""Seconds between two questions for an operation that is under way."""

MOST_ROWS, MOST_CHARACTERS = 60, 100
"""Of a slip that is kept and printed: a terminal's text is the outside's."""

Request = Charge | ReverseCharge | RefundCharge | AskTerminal


@dataclass(frozen=True, slots=True)
class Cards:
    """The till's way to its payment terminal, if one is connected."""

    terminal: PaymentTerminal | None = None
    patience: float = 120.0
    """Seconds in total that an operation may take before the terminal is asked what became of it."""

    async def ask(self, request: Request) -> CardAnswered:
        """Do what is asked of the terminal. Nothing is raised: what is not answered in time is unknown."""
        if self.terminal is None:
            return CardAnswered(request.token, "unknown")
        try:
            async with asyncio.timeout(ASKING if isinstance(request, AskTerminal) else self.patience):
                return _answered(request.token, await _operated(self.terminal, request))
        except TimeoutError:
            log.warning("terminal: no answer in time")
        except Exception:
            log.exception("terminal")
        return CardAnswered(request.token, "unknown")

    async def cancel(self) -> None:
        """Ask the terminal to stop waiting for a card."""
        if self.terminal:
            self.terminal.cancel()


async def _operated(terminal: PaymentTerminal, request: Request) -> TerminalOutcome:
    match request:
        case Charge(token, amount):
            return await terminal.pay(token, amount)
        case ReverseCharge(token, operation, amount):
            return await terminal.reverse(token, operation, amount)
        case RefundCharge(token, operation, amount):
            return await terminal.refund(token, operation, amount)
        case AskTerminal(token):
            return await _last(terminal, token)


async def _last(terminal: PaymentTerminal, token: str) -> TerminalOutcome:
    """Ask for the last operation; one that is under way is asked for once more after a pause, not at once again."""
    outcome = await terminal.last(token)
    if outcome.result != "pending":
        return outcome
    await asyncio.sleep(PAUSE)
    return await terminal.last(token)


def _answered(token: str, outcome: TerminalOutcome) -> CardAnswered:
    slip = _slip(outcome.slip) if outcome.slip else None
    return CardAnswered(token, outcome.result, _text(outcome.reason), slip)


def _slip(slip: TerminalSlip) -> CardSlip:
    rows = tuple(_text(row) for row in slip.text[:MOST_ROWS])
    return CardSlip(_text(slip.operation), _text(slip.authorisation), _text(slip.card), rows)


def _text(text: str) -> str:
    """Cut a text of the outside to what the journal and the paper take: so many characters, all of them Unicode."""
    return text[:MOST_CHARACTERS].encode("utf-8", "replace").decode()
