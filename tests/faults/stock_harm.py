"""Tills and servers harmed on purpose: the simulation must see each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.gate import Asked, Refuse, Settlement
from cashier.core.receipt import Line
from cashier.gates.stock_control import StockControlGate, _steps
from cashier.gates.stock_control._words import Plan, held
from cashier.remote.http import Method, Spoken
from tests.faults.stock_far import Deaf, Server, Weather
from tests.faults.stock_saga import Harm
from tests.faults.stock_till import Life


class Careless(StockControlGate, frozen=True):
    """Does not reserve the old quantity again where the new one was refused."""

    def _back(self, asked: Asked, plan: Plan) -> Refuse:  # type: ignore[override]
        standing = held(asked.before or asked.line, plan.held)
        return _steps.refused(asked, plan, plan.said, standing)


class Forgetful(StockControlGate, frozen=True):
    """Settles nothing."""

    def settle(self, _intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Take it for settled."""
        return Settlement()


@dataclass
class Renaming:
    """Names a reserve anew each time it is asked for."""

    weather: Weather
    seen: set[str] = field(default_factory=set)

    async def ask(
        self, method: Method, url: str, *, headers: Mapping[str, str], deadline: float, once: bool = False
    ) -> Spoken:
        """Ask under another key if this one was used."""
        key = headers.get("Idempotency-Key", "")
        named = {"Idempotency-Key": str(uuid4())} if key in self.seen else headers
        self.seen |= {key} - {""}
        return await self.weather.ask(method, url, headers=named, deadline=deadline, once=once)


@dataclass
class Nameless:
    """Cancels by quantity."""

    weather: Weather

    async def ask(
        self, method: Method, url: str, *, headers: Mapping[str, str], deadline: float, once: bool = False
    ) -> Spoken:
        """Ask without naming what is undone."""
        named = headers if method == "POST" else {}
        return await self.weather.ask(method, url, headers=named, deadline=deadline, once=once)


class Reckless(Life):
    """Cancels as if no line of the article could be in the receipt."""

    async def _shares(self, _undo: Any) -> bool:
        return False


DEAF = Harm("server that knows no keys", Deaf)

HARMS = (
    Harm("no tombstones", partial(Server, buries=False)),
    Harm("new key per retry", client=Renaming),
    Harm("cancel by quantity", client=Nameless),
    Harm("nothing reserved again after a refused change", gate=Careless),
    Harm("intents lost by a kill", durable=False),
    Harm("messages not in the same commit", together=False),
    Harm("nothing settled", gate=Forgetful),
    Harm("cancels repeated to a server that knows no keys", Deaf, life=Reckless),
)
