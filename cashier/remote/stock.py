"""What the gate of stock control asks of the system (СКО): reserve, cancel, stock (domain/stock-control.openapi.yaml).

Every reserve has a key and every cancel names the one it undoes (spec S10). A cancel of the outbox that the system may
have heard before goes by itself only where no other line of its article is in the receipt, nor can come into it: a
system that knows no keys would free that line's reserve, perhaps long after the till has given the request up. Else the
reserve is asked for again under its key first: granted, there is one to be freed; denied, there is none.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import quote, urlencode
from weakref import WeakValueDictionary

import msgspec

from cashier.core.quantity import ONE, Thousandths, to_text
from cashier.gates.stock_control import Answer, Request, Undo
from cashier.ports import NoAnswerError
from cashier.remote.errors import DeniedError, LateError, UnreachableError
from cashier.remote.http import Client, Method, Spoken
from cashier.remote.said import json_of, plain, text_of
from cashier.store.outbox import Message

_GONE: Final = frozenset({400, 404, 410})
"""Statuses of a cancel by which there is nothing to be cancelled."""

_DENIED: Final = _GONE | {409, 422}
"""The same of a reserve; any other refusal below 500 speaks of the way to the system and not of the reserve."""

_SERVER: Final = 500

TRIES: Final = 5
"""How often the system must say that there is nothing to be cancelled, or reserved, until that is believed."""

_MOST: Final = Decimal(10**12)
"""A stock beyond that is none."""


@dataclass(frozen=True, slots=True)
class StockSystem:
    """Where the system is, and what this till is to it."""

    url: str
    reserve_path: str
    stock_path: str
    store: str
    pos: str

    def reserve(self, request: Request) -> str:
        """Return the address of a reserve."""
        return self._at(self.reserve_path, request, {"sku": request.sku, "quantity": to_text(request.quantity)})

    def stock(self, request: Request) -> str:
        """Return the address of an article's stock."""
        return self._at(self.stock_path, request, {"sku": request.sku})

    def _at(self, path: str, request: Request, query: Mapping[str, str]) -> str:
        places = {"store": self.store, "pos": self.pos, "reservation": request.reservation, "sku": request.sku}
        for name, value in places.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        joint = "&" if "?" in path else "?"
        return f"{self.url.rstrip('/')}{path}{joint}{urlencode(query, quote_via=quote)}"


@dataclass(slots=True)
class StockControl:
    """Handler of the gate, and carrier of its cancels."""

    client: Client
    system: StockSystem
    deadline: float
    heard: Callable[[], None] = lambda: None
    """Told of each answer: what else waits for the network may try again."""
    shares: Callable[[Undo], Awaitable[bool]] = field(kw_only=True)
    """Tells whether another line of the article counts on a reserve of the same receipt, or may yet."""
    begin: Callable[[Message], Awaitable[None]] = field(kw_only=True)
    """Writes down that a message is being sent."""
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    """Requests about one article go one after the other: a reserve does not overtake the cancel that makes room."""
    _certain: set[int] = field(default_factory=set)
    """Messages whose reserve is held for certain, though they were tried before or their reserve was in doubt."""

    async def __call__(self, body: str) -> str:
        """Do what a `Request` says; return an `Answer`.

        Raises:
            NoAnswerError: nobody knows what became of it.
        """
        return msgspec.json.encode(await self._asked(msgspec.json.decode(body, type=Request))).decode()

    async def _asked(self, request: Request) -> Answer:
        if request.operation == "stock":
            return await self._spoken("GET", self.system.stock(request), _stock_of)
        turn = self._turn(request.sku)
        try:
            async with asyncio.timeout(self.deadline):
                await turn.acquire()
        except TimeoutError:
            return Answer(done=False, sent=False)
        try:
            return await (self._reserved(request) if request.operation == "reserve" else self._cancelled(request))
        finally:
            turn.release()

    async def _reserved(self, request: Request) -> Answer:
        headers = {"Idempotency-Key": request.key}
        return await self._spoken("POST", self.system.reserve(request), _reserve_of, headers)

    async def _cancelled(self, request: Request) -> Answer:
        headers = {"Idempotency-Undo": request.key}
        return await self._spoken("DELETE", self.system.reserve(request), _cancel_of, headers)

    async def _spoken(
        self, method: Method, url: str, read: Callable[[Spoken], Answer], headers: Mapping[str, str] | None = None
    ) -> Answer:
        try:
            spoken = await self.client.ask(
                method, url, headers=headers, deadline=self.deadline, once=method == "DELETE"
            )
        except (UnreachableError, LateError) as error:
            if error.sent:
                raise
            return Answer(done=False, sent=False)
        self.heard()
        return read(spoken)

    async def carry(self, message: Message) -> str:
        """Cancel the reserve that a message of the outbox names; returns when it is not held any more, or raises.

        Returns:
            Nothing; or the system's words for a reserve that is held and that it will not cancel.

        Raises:
            NoAnswerError: it is to be tried again.
        """
        undo = msgspec.json.decode(message.body, type=Undo)
        request = Request("cancel", undo.sku, undo.reservation, undo.quantity, undo.key)
        async with self._turn(undo.sku):
            if not await self.shares(undo):
                answer = await self._cancelled(request)
            elif await self._is_gone(message, request, doubtful=undo.doubtful):
                return ""
            else:
                answer = await self._cancelled_once(message, request)
        if answer.gone and message.tries >= TRIES:
            # One that may never have been held is not; of one that was, somebody has to be told.
            return "" if undo.doubtful else answer.text or "СКО не нашла резерв"
        if not answer.done:
            raise _undelivered(answer)
        self._certain.discard(message.seq)
        return ""

    async def _is_gone(self, message: Message, request: Request, *, doubtful: bool) -> bool:
        """Where that is not certain ask for a reserve again, so that the cancel has something of its own to free."""
        if message.seq in self._certain or not (doubtful or message.tries):
            return False
        answer = await self._reserved(request)
        if not answer.done and not (answer.gone and message.tries >= TRIES):
            raise _undelivered(answer)
        if answer.done:
            self._certain.add(message.seq)
        return answer.gone

    async def _cancelled_once(self, message: Message, request: Request) -> Answer:
        """Cancel a reserve that is certainly held, and is so still where the cancel certainly did nothing."""
        await self.begin(message)
        self._certain.discard(message.seq)
        answer = await self._cancelled(request)
        if answer.sure and not (answer.done or answer.gone):
            self._certain.add(message.seq)
        return answer

    def _turn(self, sku: str) -> asyncio.Lock:
        turn = self._turns.get(sku)
        if turn is None:
            turn = self._turns[sku] = asyncio.Lock()
        return turn


def _undelivered(answer: Answer) -> NoAnswerError:
    """Say why a reserve is not cancelled yet."""
    return DeniedError("СКО", answer.text) if answer.sent else UnreachableError("СКО", "no connection", sent=False)


def _reserve_of(spoken: Spoken) -> Answer:
    """Read the answer to a reserve: a 2xx that says nothing else is a permission (spec S2, ukm5 1.5)."""
    if not spoken.well:
        return _refused(spoken, _DENIED)
    value = json_of(spoken.body)
    if spoken.body.strip() and not isinstance(value, dict):
        return Answer(done=False, sure=False)
    if isinstance(value, dict) and value.get("success") is False:
        return Answer(done=False, text=text_of(spoken.body), gone=True)
    return Answer(done=True)


def _cancel_of(spoken: Spoken) -> Answer:
    return Answer(done=True) if spoken.well else _refused(spoken, _GONE)


def _refused(spoken: Spoken, gone: Collection[int]) -> Answer:
    return Answer(done=False, text=text_of(spoken.body), gone=spoken.status in gone, sure=spoken.status < _SERVER)


def _stock_of(spoken: Spoken) -> Answer:
    value = json_of(spoken.body) if spoken.well else None
    if not isinstance(value, dict):
        return Answer(done=False, text="" if spoken.well else text_of(spoken.body))
    free, reserved = _quantity(value.get("quantity")), _quantity(value.get("reserved"))
    measure = value.get("measure")
    unit = plain(measure) if isinstance(measure, str) else ""
    return Answer(done=free is not None, free=free, reserved=reserved, measure=unit)


def _quantity(value: Any) -> Thousandths | None:  # noqa: ANN401 - whatever a server sends
    """Read a quantity; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return Thousandths(int(number * ONE)) if number.is_finite() and abs(number) <= _MOST else None
