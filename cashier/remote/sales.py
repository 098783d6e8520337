"""The cash server's receipts, and claims of what comes back of them (interfaces.md, [CashServer]).

`GET {url}/receipts` finds receipts of all tills; `POST {url}/returns` claims positions for a return, or lets them go.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from cashier.core.quantity import Thousandths, to_text
from cashier.gates.returns import NAME, Answer, Request
from cashier.remote.blame import blame, reason
from cashier.remote.errors import BadAnswerError, UnreachableError
from cashier.remote.http import Client, Spoken
from cashier.remote.receipts import Known, Told, Word, read
from cashier.remote.said import text_of
from cashier.store.outbox import Message

PATIENCE: Final = 30.0
"""Seconds for a claim or a release of the outbox: nobody waits for it."""

MOST: Final = 500
"""Receipts of an answer: more is a broken one."""

MOST_LEFT: Final = 10**9
"""Units of a position: more were never sold."""

UNKNOWN: Final = frozenset({400, 422})
"""Statuses by which the server says that nothing can go by such a number."""

_OK: Final = range(200, 300)


class _Found(msgspec.Struct, frozen=True):
    receipts: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class SalesServer:
    """Finds receipts; handler of the gate `returns`, and carrier of its messages."""

    client: Client
    url: str
    deadline: float
    """Seconds for what the cashier waits for."""
    shop: str
    """Number of this one."""
    heard: Callable[[], None] = lambda: None
    """Told of each answer: what else waits for the network may try again."""

    async def find(self, query: Mapping[str, str | int], known: Known, deadline: float) -> tuple[Told | Word, ...]:
        """Ask for receipts within so many seconds; an answer that is none is `unreadable`.

        Raises:
            NoAnswerError: the server cannot be asked.
        """
        url = f"{self._base}/receipts?{urlencode(query, quote_via=quote)}"
        try:
            found = await self.client.get(url, _Found, deadline=deadline)
        except BadAnswerError as error:
            if error.status in UNKNOWN:
                return ()
            if error.status in _OK:
                return ("unreadable",)
            raise
        self.heard()
        if len(found.receipts) > MOST:
            return ("unreadable",)
        told: list[Told | Word] = []
        for receipt in found.receipts:
            told.append(read(receipt, self.shop, known))
            await asyncio.sleep(0)  # the screen has its turn after each
        return tuple(told)

    async def __call__(self, body: str) -> str:
        """Do what a `Request` says; return an `Answer`.

        Raises:
            NoAnswerError: nobody knows what became of it.
        """
        if not self.url:
            raise UnreachableError(NAME, "no url", sent=False)
        spoken = await self._posted(body, self.deadline)
        self.heard()
        return msgspec.json.encode(_answer(spoken)).decode()

    async def carry(self, message: Message) -> str:
        """Claim or let go what a message of the outbox names.

        Returns:
            Nothing when that is done; else why it never will be, in Russian or in the server's words.

        Raises:
            NoAnswerError: it is to be tried again.
        """
        spoken = await self._posted(message.body, PATIENCE)
        try:
            answer = _answer(spoken)
        except BadAnswerError as error:
            if blame(error) == "messages":
                return text_of(spoken.body) or reason(error)
            raise
        request = msgspec.json.decode(message.body, type=Request)
        if request.operation == "release" and answer.result != "RELEASED":
            raise BadAnswerError(spoken.host, spoken.status, "no release")
        # A claim that comes after its release holds nothing, as it should.
        return _refused(request, answer) if answer.result == "REFUSED" else ""

    async def _posted(self, body: str, deadline: float) -> Spoken:
        key = msgspec.json.decode(body, type=Request).key
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        return await self.client.ask("POST", f"{self._base}/returns", body.encode(), headers=headers, deadline=deadline)

    @property
    def _base(self) -> str:
        return self.url.rstrip("/")


def _answer(spoken: Spoken) -> Answer:
    """Read an answer.

    Raises:
        BadAnswerError: it is none, or tells of more than anything is sold.
    """
    answer = spoken.decoded(Answer)
    if any(abs(own.left) > MOST_LEFT for own in answer.lines):
        raise BadAnswerError(spoken.host, spoken.status, "too much left")
    return answer


def _refused(request: Request, answer: Answer) -> str:
    left = {own.position: own.left for own in answer.lines}
    lines = (
        f"позиция {own.position} — {_units(own.quantity)}, оставалось {_units(left.get(own.position, 0))}"
        for own in request.lines
    )
    return f"возвращено больше, чем продано: {'; '.join(lines)}"


def _units(quantity: float) -> str:
    return to_text(Thousandths(round(quantity * 1000)))
