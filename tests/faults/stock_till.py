"""A till of the simulation: the real machines, gate, handler and carrier, over a journal and an outbox in memory."""

import asyncio
from collections import Counter
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core import facts as f
from cashier.core.events import Answered, Event, Found, IntentFound, LeaveFound, NoReply, Printed, Reply, Stamped
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger, fold
from cashier.core.machines import step
from cashier.core.machines.resting import resting
from cashier.core.receipt import Receipt
from cashier.core.state import Rules, Till
from cashier.gates.stock_control import DESTINATION, Request, StockControlGate, Undo
from cashier.ports import NoAnswerError
from cashier.remote.carrier import Carrier
from cashier.remote.stock import StockControl, StockSystem
from cashier.settings.model import Queue
from cashier.store.outbox import Lane, Message, Outcome
from tests.core.goods import SIDOROVA, by_code
from tests.core.hand import recorded
from tests.gates.choosy import Choosy

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
SYSTEM: Final = StockSystem("http://stock", "/{store}/{pos}/{reservation}", "/stock/{store}", "77", "3")
FICKLE: Final = Choosy(lambda asked: asked.seed.int % 3 == 0, lambda asked: asked.seed.int % 3 == 1)
"""Refuses by chance, and the same for the same event: a line, a change, or a line that is in already."""
SIGNED_IN: Final = f.SignedIn(SIDOROVA)


@dataclass
class Post:
    """The outbox in memory; what is in it outlives the tills."""

    rows: dict[str, Message] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def put(self, fact: f.MessageQueued) -> None:
        """Take a message; one identifier is one message."""
        if fact.identifier not in self.rows:
            seq = len(self.rows) + 1
            self.rows[fact.identifier] = Message(seq, fact.identifier, fact.kind, fact.key, "", fact.body, seq)
            self.waiting.add(fact.identifier)

    async def first(self, _destination: str, held: Collection[Lane], limit: int, /) -> Sequence[Message]:
        """Return the first ones, one of a lane and none of those held."""
        found: dict[Lane, Message] = {}
        for identifier, message in self.rows.items():
            if identifier in self.waiting and message.lane not in held:
                found.setdefault(message.lane, message)
        return list(found.values())[:limit]

    async def settle(self, outcomes: Sequence[Outcome], /) -> None:
        """Write down what became of messages."""
        for own in outcomes:
            message = next(row for row in self.rows.values() if row.seq == own.seq)
            self.rows[message.identifier] = _tried(message)
            if own.state != "waiting":
                self.waiting.remove(message.identifier)

    async def purge(self, _before: datetime, /) -> None:
        """Keep everything."""


def _tried(own: Message) -> Message:
    return Message(own.seq, own.identifier, own.kind, own.key, own.time, own.body, own.number, own.tries + 1)


@dataclass
class Shop:
    """What outlives a till: journal, outbox, the network, and how the tills are harmed."""

    client: Any
    chance: Random
    gate: StockControlGate = field(default_factory=StockControlGate)
    merges: bool = True
    fickle: bool = False
    """Another gate comes after it."""
    durable: bool = True
    """Intents survive a kill."""
    together: bool = True
    """Messages are committed with what they follow from."""
    journal: list[f.AnyFact] = field(default_factory=lambda: [SIGNED_IN])
    post: Post = field(default_factory=Post)
    closed: list[Receipt] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    fuse: int = -1
    """Moments until the next kill; negative: none comes."""

    def ledger(self) -> Ledger:
        """Return what was written down, as a start reads it."""
        return fold(Ledger(), tuple(self.journal))

    def survived(self) -> None:
        """Forget what a kill takes."""
        if not self.durable:
            self.journal = [own for own in self.journal if not isinstance(own, f.IntentMade | f.IntentSettled)]


class Life:
    """A till from its start to its kill."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.loop = asyncio.get_running_loop()
        gates: tuple[Gate, ...] = (shop.gate, FICKLE) if shop.fickle else (shop.gate,)
        rules = Rules(gates=gates, merge_lines=shop.merges)
        self.till = Till(NOON, rules, shop.ledger())
        self.dead = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.handler = StockControl(
            shop.client, SYSTEM, shop.gate.deadline, self._heard, shares=self._shares, begin=self._begin
        )
        queue, client = Queue(url="http://cash"), self.handler
        self.carrier = Carrier(
            DESTINATION, client.carry, queue, shop.post, self._clock, self.loop.time, chance=shop.chance.random
        )
        self._carrying = self.loop.create_task(self.carrier.run())
        for intent in self.till.ledger.intents:
            self.turn(IntentFound(intent))
        for position in self.till.ledger.leaving:
            self.turn(LeaveFound(position))

    def _clock(self) -> datetime:
        return NOON + timedelta(seconds=self.loop.time())

    def sign_in(self) -> None:
        """Stand where a till stands after the sign-in."""
        lines = self.till.ledger.receipt.lines if self.till.ledger.receipt else ()
        self.till = replace(self.till, mode=resting(self.till), cursor=len(lines))

    def kill(self) -> None:
        """End it, wherever it is."""
        self.dead = True
        for task in (*self.tasks, self._carrying):
            task.cancel()

    def _survives(self) -> bool:
        """Pass a moment at which a till may be killed."""
        if self.dead:
            return False
        if self.shop.fuse == 0:
            self.kill()
        self.shop.fuse -= 1
        return not self.dead

    def turn(self, event: Event) -> None:
        """Take an event to its end, unless the till dies before, between or after."""
        if not self._survives():
            return
        seed = UUID(int=self.shop.chance.getrandbits(128))
        made = step(self.till, Stamped(event, self._clock().replace(tzinfo=None), seed, self.loop.time()))
        self._commit(recorded(made))
        self.till = made.till
        for effect in made.effects:
            if not self._survives():
                return
            self._act(effect)

    def _commit(self, facts: tuple[f.AnyFact, ...]) -> None:
        shop = self.shop
        shop.journal += facts
        shop.counts.update(type(fact).__name__ for fact in facts)
        if any(isinstance(fact, f.ReceiptClosed) for fact in facts) and (open_ := self.till.ledger.receipt):
            shop.closed.append(open_)
        messages = [fact for fact in facts if isinstance(fact, f.MessageQueued)]
        if messages and shop.together:
            self._queue(messages)
        elif messages:
            self._start(self._queue_later(messages))

    def _queue(self, messages: list[f.MessageQueued]) -> None:
        for fact in messages:
            self.shop.post.put(fact)
        self.carrier.wake()

    async def _queue_later(self, messages: list[f.MessageQueued]) -> None:
        await asyncio.sleep(0.5)
        self._queue(messages)

    def _act(self, effect: e.Effect) -> None:
        match effect:
            case e.FindCode(text):
                self.turn(Found(by_code(text)))
            case e.Print(token):
                self.turn(Printed(token, "printed"))
            case e.RunGate():
                self._start(self._gate(effect))
            case _:
                pass

    async def _gate(self, effect: e.RunGate) -> None:
        """Do what `Hands` does for a gate."""
        try:
            async with asyncio.timeout(effect.deadline):
                reply: Reply | NoReply = Reply(await self.handler(effect.body))
        except TimeoutError:
            reply = NoReply("late")
        except NoAnswerError:
            reply = NoReply("failed")
        self.turn(Answered(effect.token, reply))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _heard(self) -> None:
        self.carrier.reachable()

    async def _shares(self, undo: Undo) -> bool:
        """Do what `Network` does, with receipts in the place of the tables."""
        ledger = self.till.ledger
        requests = (msgspec.json.decode(intent.body, type=Request) for intent in ledger.intents)
        if any(own.sku == undo.sku and own.key != undo.key for own in requests):
            return True
        await asyncio.sleep(0)
        open_ = [own for own in (ledger.receipt, *ledger.postponed) if own]
        own = [receipt for receipt in (*open_, *self.shop.closed) if receipt.identifier == undo.reservation]
        if any(line.product.code == undo.sku for receipt in own for line in receipt.live):
            return True
        return any(receipt in open_ for receipt in own)

    async def _begin(self, message: Message) -> None:
        await self.shop.post.settle([Outcome(message.seq, "waiting")])


def standing(shop: Shop, ledger: Ledger) -> list[Receipt]:
    """Return the receipts whose lines are reserved: open, put aside, or sold and not exported yet."""
    return [receipt for receipt in (ledger.receipt, *ledger.postponed, *shop.closed) if receipt]
