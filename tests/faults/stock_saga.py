"""One saga: a cashier who does anything at any moment, over a bad network, at a till that is killed again and again."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from cashier.core import modes as m
from cashier.core.events import Pressed, Scanned
from cashier.core.passage import Waiting
from cashier.core.state import Till
from cashier.gates.stock_control import NAME, StockControlGate
from tests.core.goods import APPLES, BREAD, CHEESE, MILK
from tests.core.hand import KEYS
from tests.faults.stock_far import Server, Weather
from tests.faults.stock_till import Life, Shop, standing

GOODS: Final = (BREAD, BREAD, BREAD, MILK, APPLES, CHEESE)
LONGEST_REST: Final = 7200.0
"""Virtual seconds after which whatever still waits will wait for ever."""


@dataclass
class Harm:
    """How tills and server are sabotaged; by default not at all."""

    name: str = ""
    server: Callable[[dict[str, int]], Server] = Server
    gate: Callable[[], StockControlGate] = StockControlGate
    client: Callable[[Any], Any] = lambda weather: weather
    durable: bool = True
    together: bool = True
    life: type[Life] = Life
    late_cancels: bool = True


@dataclass
class Saga:
    """What happens at one till."""

    seed: int
    harm: Harm = field(default_factory=Harm)
    found: list[str] = field(default_factory=list)
    orphans: int = 0
    """Thousandths that are held for no line, at the last rest."""
    told: list[str] = field(default_factory=list)
    """What the cashier did, for whoever looks for the reason of a mistake."""

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - chance, not secrets
        stock = {own.code: self.chance.choice([1, 2, 3, 5, 8, 12]) * 1000 for own in GOODS}
        self.server = self.harm.server(stock)
        self.weather = Weather(self.server, self.chance, late_cancels=self.harm.late_cancels)
        self.shop = Shop(
            self.harm.client(self.weather),
            self.chance,
            self.harm.gate(),
            merges=self.chance.random() < 0.7,
            fickle=self.chance.random() < 0.3,
            durable=self.harm.durable,
            together=self.harm.together,
        )
        self.keys = 0

    async def run(self) -> "Saga":
        """Let a morning and an afternoon pass, each with its rest; books are compared at both."""
        self.life = self.harm.life(self.shop)
        self.life.sign_in()
        for _ in range(2):
            self.weather.harsh = self.chance.choice([0.0, 0.2, 0.5, 0.8])
            for _ in range(self.chance.randint(4, 20)):
                await self._moment()
            await self._rest()
        self.life.kill()
        await asyncio.sleep(0)
        return self

    async def _moment(self) -> None:
        """Let the cashier do something, after a while; the power may go before, and the stock may change."""
        chance = self.chance
        if chance.random() < 0.1:
            self.shop.fuse = chance.randint(0, 25)
        await asyncio.sleep(chance.choice([0.0, 0.0, 0.1, 1.0, 4.9, 7.0, 40.0]))
        if chance.random() < 0.04:
            self.life.kill()
        if chance.random() < 0.15:
            self.server.stock[chance.choice(GOODS).code] = chance.randint(0, 8) * 1000
        await self._restarted()
        if _waits(self.life.till) and chance.random() < 0.7:
            await self._answered()
        self._act()

    async def _restarted(self) -> None:
        if not self.life.dead:
            return
        self.shop.counts["kills"] += 1
        self.told.append("killed")
        await asyncio.sleep(self.chance.choice([0.0, 3.0, 30.0]))
        self.shop.survived()
        self.life = self.harm.life(self.shop)
        await asyncio.sleep(self.chance.choice([0.0, 0.1, 5.0, 20.0]))
        self.life.sign_in()

    async def _answered(self) -> None:
        """Wait as long as the till does."""
        while _waits(self.life.till) and not self.life.dead:  # noqa: ASYNC110 - virtual time
            await asyncio.sleep(1.0)

    def _act(self) -> None:
        till, chance = self.life.till, self.chance
        match till.mode:
            case m.Selling():
                self._sell(till)
            case m.Weighing() | m.Requantifying():
                amount = chance.choice(["1", "2", "3", "4", "0.345", "1.5"])
                self._type(amount, "enter")
            case m.Popup():
                self._type("", "escape")
            case m.Confirming():
                self._type("", chance.choice(["enter", "enter", "escape"]))
            case m.Restoring():
                self._type("", *["down"] * chance.randint(0, 2), "enter")
            case m.Paying():
                self._type("", chance.choice(["enter", "enter", "enter", "escape"]))
            case _:
                self._type("", "escape")

    def _sell(self, till: Till) -> None:
        chance = self.chance
        receipt = till.ledger.receipt
        if not (receipt and receipt.lines) or chance.random() < 0.4:
            if till.ledger.postponed and receipt is None and chance.random() < 0.4:
                self._type("", "f11")
                return
            self._scan()
            return
        for _ in range(chance.randint(0, 2)):
            self._type("", chance.choice(["up", "down", "home"]))
        deeds = ["f6"] * 6 + ["delete"] * 4 + ["f4"] + ["f11"] + ["plus"]
        self._type("", chance.choice(deeds))
        if chance.random() < 0.8 and not isinstance(self.life.till.mode, m.Selling | m.Passing):
            self._act()

    def _scan(self) -> None:
        product = self.chance.choice(GOODS)
        if self.chance.random() < 0.3:
            self._type(self.chance.choice(["2", "3"]), "asterisk")
        self.keys += 1
        self.told.append(f"scan {product.code}")
        self.life.turn(Scanned("scanner", self.keys, product.barcode.encode(), 0.0))

    def _type(self, text: str, *keys: str) -> None:
        for key in (*(KEYS.get(sign, sign) for sign in text), *keys):
            self.told.append(f"{type(self.life.till.mode).__name__}:{key}")
            self.life.turn(Pressed(key))

    async def _rest(self) -> None:
        """Let the network be well, everything arrive, and the cashier wait; then compare the books."""
        self.weather.harsh, self.shop.fuse = 0.0, -1
        await self._restarted()
        loop = asyncio.get_running_loop()
        late = loop.time() + LONGEST_REST
        while not self._rests():
            if loop.time() > late:
                self.found.append(f"saga {self.seed}: never at rest")
                break
            await asyncio.sleep(5.0)
        while isinstance(self.life.till.mode, m.Popup):
            self._type("", "escape")
        self.found += [f"saga {self.seed}: {word}" for word in self._mistakes()]

    def _rests(self) -> bool:
        life = self.life
        return not (self.weather.on_way or self.shop.post.waiting or life.tasks or life.till.ledger.intents)

    def _mistakes(self) -> Iterator[str]:
        """Compare what is held with lines (I5)."""
        wanted: dict[tuple[str, str], int] = {}
        lines = [(own.identifier, line) for own in standing(self.shop, self.life.till.ledger) for line in own.live]
        for guid, line in lines:
            place = guid, line.product.code
            wanted[place] = wanted.get(place, 0) + line.quantity
            if not line.memory(NAME):
                yield f"I5 line {line.position} of {line.product.name} has no reserve"
        held = self.server.held()
        self.orphans = sum(max(held[place] - wanted.get(place, 0), 0) for place in held)
        for place in sorted({*held, *wanted}):
            if held[place] < wanted.get(place, 0):
                yield f"I5 {place[1]}: held {held[place]}, lines {wanted.get(place, 0)}"
            elif held[place] > wanted.get(place, 0) and type(self.server) is Server:
                yield f"I5 {place[1]}: orphan of {held[place] - wanted.get(place, 0)}"


def _waits(till: Till) -> bool:
    return isinstance(till.mode, m.Passing) and isinstance(till.mode.at, Waiting)
