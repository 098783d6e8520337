"""Facts about what is asked of the world around: gates, messages, papers, the fiscal device."""

from typing import Literal

from cashier.core.catalogue import Person
from cashier.core.facts._base import Fact


class IntentMade(Fact, frozen=True):
    """Something outside is about to be asked to change."""

    token: str
    gate: str
    receipt: str
    body: str
    position: int
    """Of the line it is about."""


class IntentSettled(Fact, frozen=True):
    """The outcome of an intent is known, or has been put right."""

    token: str
    outcome: Literal["done", "refused", "compensated"]


class MessageQueued(Fact, frozen=True):
    """A message for another system waits in the outbox."""

    identifier: str
    destination: str
    kind: str
    body: str
    key: str = ""
    """Messages of one key (a mark) are delivered in order."""


class PrintBegun(Fact, frozen=True):
    """A document is about to be printed; a receipt is registered with the fiscal device first."""

    token: str
    receipt: str
    """Identifier of the receipt or other document."""
    copy: bool


class RegisterBegun(Fact, frozen=True):
    """The fiscal device is about to be asked to register a receipt."""

    token: str
    """Of the printing."""
    before: int
    """Number of the last fiscal document there was."""


class PrintEnded(Fact, frozen=True):
    """What became of a printing; `unknown` is settled by a person who looks at the paper."""

    token: str
    outcome: Literal["printed", "failed", "unknown"]
    reason: str = ""
    fiscal: int = 0
    """Number of the fiscal document; 0 while the receipt is not known to be registered."""


class PaperSeen(Fact, frozen=True):
    """A person has looked: the paper of a document is out and whole."""

    receipt: str
    by: Person | None = None
