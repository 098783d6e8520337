"""What is done to a till that sells marks so that it loses or doubles a reserve or a message, or forgets an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, replace

from cashier.core import facts as f
from cashier.core.gate import Added, Ask, Asked, Do, Enter, Gate, Pass
from cashier.gates.marked_goods import MarkedGoodsGate
from cashier.gates.price import PriceGate
from cashier.gates.restrictions import RestrictionsGate
from cashier.remote.http import Client
from cashier.store.connect import Trouble
from cashier.store.writer import Writer
from tests.faults.headless import Headless

Form = TypeVar("Form")


class Hasty(MarkedGoodsGate, frozen=True):
    """Asks for a reserve without writing down that it does."""

    def added(self, asked: Asked, /) -> Added:
        """Reserve, durable or not."""
        verdict = super().added(asked)
        return replace(verdict, durable=False) if isinstance(verdict, Do) else verdict


class Presuming(PriceGate, frozen=True):
    """Takes the price of the catalogue and asks nobody."""

    def enter(self, asked: Asked, /) -> Enter:
        """Let the line in where a price should be chosen."""
        verdict = super().enter(asked)
        return Pass(asked.line) if isinstance(verdict, Ask) else verdict


class Forgetting(RestrictionsGate, frozen=True):
    """Asks for the age and writes the answer down nowhere."""

    def enter(self, asked: Asked, /) -> Enter:
        """Let the line in on the word of somebody nobody will know."""
        verdict = super().enter(asked)
        return replace(verdict, confirmed=None) if isinstance(verdict, Pass) else verdict


def _faulty(till: Headless, faulty: type[MarkedGoodsGate | PriceGate | RestrictionsGate]) -> None:
    """Put a faulty gate in the place of the sound one."""
    rules = till.pump.till.rules
    gates: tuple[Gate, ...] = tuple(
        faulty(*astuple(gate)) if isinstance(gate, Struct) and type(gate) is faulty.__base__ else gate
        for gate in rules.gates
    )
    assert gates != rules.gates
    till.pump.till = replace(till.pump.till, rules=replace(rules, gates=gates))


def writes_no_intent(till: Headless) -> None:
    """Put the hasty gate in."""
    _faulty(till, Hasty)


def takes_any_price(till: Headless) -> None:
    """Put the gate in that does not ask for a price."""
    _faulty(till, Presuming)


def forgets_the_age(till: Headless) -> None:
    """Put the gate in that does not write down who answered for the age."""
    _faulty(till, Forgetting)


@dataclass
class Rewriting:
    """A client that changes what is delivered."""

    own: Any
    change: Callable[[dict[str, Any]], None]

    async def post(self, url: str, body: bytes, form: type[Form], /, *, deadline: float) -> Form:
        """Post the changed messages; the answers are told of the true ones."""
        batch = msgspec.json.decode(body)
        true = [message["id"] for message in batch]
        for message in batch:
            self.change(message)
        answer = await self.own.post(url, msgspec.json.encode(batch), list[dict[str, Any]], deadline=deadline)
        named = [{**said, "id": identifier} for said, identifier in zip(answer, true, strict=True)]
        return msgspec.convert(named, form)


def _rewrites(till: Headless, change: Callable[[dict[str, Any]], None]) -> None:
    assert till.post
    delivery = till.post.network.delivery
    assert isinstance(delivery.client, Client)
    delivery.client = Rewriting(delivery.client, change)


def releases_without_key(till: Headless) -> None:
    """Say only which mark is released, and not which reserve."""
    _rewrites(till, lambda message: message["body"].pop("reserve", None))


def renames_each_try(till: Headless) -> None:
    """Name a message anew each time it is sent."""
    _rewrites(till, renamed)


def renamed(message: dict[str, Any]) -> None:
    """Give a message another name."""
    message["id"] = str(uuid4())


class Ending(Writer):
    """A writer whose power goes once a receipt is closed; one that is torn keeps messages for the next commit."""

    def __init__(self, own: Writer, gone: asyncio.Event, *, torn: bool) -> None:
        """Write with the writer of the till."""
        super().__init__(own._documents)
        self._thread = own._thread
        self._gone, self._torn = gone, torn

    def commit(self, at: datetime, facts: tuple[f.AnyFact, ...]) -> Awaitable[Trouble | Literal[""]]:
        """Write facts down while there is power."""
        if not any(isinstance(fact, f.ReceiptClosed) for fact in facts):
            return super().commit(at, facts)
        kept = tuple(fact for fact in facts if not (self._torn and isinstance(fact, f.MessageQueued)))
        return self._ended(super().commit(at, kept))

    async def _ended(self, written: Awaitable[object]) -> Literal[""]:
        await written
        self._gone.set()
        await asyncio.Event().wait()
        return ""


def torn(till: Headless) -> None:
    """Write messages after the receipt they tell of."""
    till.pump._journal = Ending(till.writer, asyncio.Event(), torn=True)
