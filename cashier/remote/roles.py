"""What the delivery needs of the house around it, by role."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from cashier.store.outbox import Lane, Message, Outcome

Form = TypeVar("Form")


class Poster(Protocol):
    """Posts JSON."""

    async def post(self, url: str, body: bytes, form: type[Form], /, *, deadline: float) -> Form:
        """Return the answer in its form, or raise `NoAnswerError`."""
        ...


class Box(Protocol):
    """The outbox; each method may raise `StoreError`."""

    async def first(self, destination: str, held: Collection[Lane], limit: int, /) -> Sequence[Message]:
        """Return the first messages that wait, one of a lane and none of those held."""
        ...

    async def settle(self, outcomes: Sequence[Outcome], /) -> None:
        """Write down what became of messages."""
        ...

    async def purge(self, before: datetime, /) -> None:
        """Delete what was delivered and is older."""
        ...
