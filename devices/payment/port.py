"""What a till may ask of a payment terminal.

A till settles an unknown outcome by asking for the terminal's last operation, never by repeating: a terminal charges
a repeat a second time.
"""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class CardSlip:
    """What an approved operation leaves: its number, the bank's code, the masked card, the lines to print.

    All of it is the terminal's text, which may hold anything.
    """

    operation: str
    authorisation: str
    card: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerminalOutcome:
    """What became of an operation.

    approved: with the slip. declined: certainly no money moved; `reason` is the terminal's own, which may hold
    anything. pending: still under way. absent: it never began. unknown: ask for the last operation.
    """

    result: Literal["approved", "declined", "pending", "absent", "unknown"]
    reason: str = ""
    slip: CardSlip | None = None


class PaymentTerminal(Protocol):
    """A payment terminal of any kind. Tokens are ours, one per operation; amounts in kopecks; nothing is raised."""

    async def pay(self, token: str, amount: int) -> TerminalOutcome:
        """Charge a card: approved, declined or unknown."""
        ...

    async def reverse(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Cancel an earlier operation, by its number on the slip, whole: approved, declined or unknown."""
        ...

    async def refund(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Give money back for an operation of any day, whole or part: approved, declined or unknown.

        `operation` is its number on the slip; empty where nobody knows it: the terminal goes by the card held to it.
        """
        ...

    async def last(self, token: str) -> TerminalOutcome:
        """Ask the terminal for its last operation: what became of the one of this token.

        absent: the last one is another. unknown: the terminal does not answer.
        """
        ...

    def cancel(self) -> None:
        """Ask to abort what waits for a card; the outcome still comes from whoever waits for it."""
        ...
