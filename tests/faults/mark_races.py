"""Two tills, one mark: scanned at the same moment, again and again; exactly one of them has it each time."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from cashier.demo.cash_protocol import RESERVED, Answer, MarkAsked
from cashier.demo.inbox import Inbox
from cashier.demo.mark_rules import KINDS
from cashier.demo.registry import Registry
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.mark_books import at_rest, messages
from tests.faults.mark_day import DISMISS, GIVE_UP, PAY, ki, scan
from tests.faults.mark_server import Asked, Market
from tests.faults.mark_till import Marked
from tests.faults.process import Process
from tests.faults.sale import SIGN_IN
from tests.faults.shown import Shown

RACES, SHORT, CONTROL = 1000, 6, 2
LIFE = 50
"""Races until both tills are ended and started again."""
TILLS = (3, 4)
PATIENCE = 1.0
"""Seconds that a till's status waits for the other's."""


class Meeting(Market):
    """A server that answers nobody's status before both tills have asked, in every other race."""

    def __init__(self, db: Path) -> None:
        super().__init__(db)
        self.together: set[str] = set()
        """Marks of which it is so: the reserve decides, and never the status."""
        self._asked: Counter[str] = Counter()
        self._both: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def meet(self, asked: Asked, ki: str) -> None:
        """Let a status wait for the other one."""
        if asked != "status" or ki not in self.together:
            return
        self._asked[ki] += 1
        if self._asked[ki] == len(TILLS):
            self._both[ki].set()
        await asyncio.wait_for(self._both[ki].wait(), PATIENCE)


class Blind(Registry):
    """Sabotage: sets without comparing."""

    def reserve(self, asked: MarkAsked) -> Answer:
        """Hold a mark for whoever asks."""
        self.hold(asked, KINDS[asked.document_type], "NOT_REGISTERED")
        return RESERVED


@dataclass
class Outcome:
    """What came of some races."""

    found: list[str] = field(default_factory=list)
    won: Counter[int] = field(default_factory=Counter)
    """Races won, by till."""
    decided: Counter[str] = field(default_factory=Counter)
    """How the loser lost: `withdrawn` by the reserve, or `refused` by the status."""


def _has_it(said: Shown) -> bool:
    return bool(said.receipt and not said.receipt.closed and any(not line.storno for line in said.receipt.lines))


def _lost(number: int, said: Shown, outcome: Outcome) -> Iterator[str]:
    withdrawn = bool(said.receipt and not said.receipt.closed)
    outcome.decided["withdrawn" if withdrawn else "refused"] += 1
    if (said.stage, said.said) != ("Popup", "mark_status_reserved"):
        yield f"race {number}: the loser reads {said.stage} {said.said!r}"


def race(number: int, tills: list[Process], hands: ThreadPoolExecutor, outcome: Outcome) -> None:
    """Scan one mark at both tills at once; the winner sells it, the loser goes on."""
    stand = list(hands.map(lambda till: till.ask(scan(number)), tills))
    winners = [till for till, said in zip(TILLS, stand, strict=True) if _has_it(said)]
    outcome.won.update(winners)
    if len(winners) != 1:
        outcome.found.append(f"I3 race {number}: won by {winners}")
    for said in stand:
        if not _has_it(said):
            outcome.found += _lost(number, said, outcome)
    list(hands.map(lambda till, said: till.ask(*_onward(said)), tills, stand))


def _onward(said: Shown) -> tuple[str, ...]:
    if _has_it(said):
        return PAY
    return (*DISMISS, *GIVE_UP) if said.receipt and not said.receipt.closed else DISMISS


def raced(races: int, *, blind: bool = False) -> Outcome:
    """Race so often, then compare both tills with the server."""
    outcome = Outcome()
    with TemporaryDirectory() as name, Meeting(Path(name) / "server.db") as market:
        if blind:
            market.server.registry = Blind(market.server.book)
            market.server.inbox = Inbox(market.server.registry, market.server.sold)
        market.together = {ki(number) for number in range(0, races, 2)}
        folders = [Path(name) / f"till-{till}" for till in TILLS]
        for first in range(0, races, LIFE):
            _life(range(first, min(races, first + LIFE)), folders, market, outcome)
        for till, data in zip(TILLS, folders, strict=True):
            outcome.found += [f"till {till}: {word}" for word in violations(data, at_rest=True)]
            outcome.found += [f"till {till}: {word}" for word in at_rest(data, market.server, f"77-{till}")]
        outcome.found += _told_once(market, races)
    return outcome


def _life(races: range, folders: list[Path], market: Market, outcome: Outcome) -> None:
    with ExitStack() as stack:
        tills = [
            stack.enter_context(Process(data, marked=Marked(market.root, till=till, timeout=10)))
            for till, data in zip(TILLS, folders, strict=True)
        ]
        hands = stack.enter_context(ThreadPoolExecutor(len(tills)))
        for till in tills:
            till.go()
            till.ask(*SIGN_IN)
        for number in races:
            race(number, tills, hands, outcome)
        for till in tills:
            till.end()


def _told_once(market: Market, races: int) -> Iterator[str]:
    rows = [row for till in TILLS for row in messages(market.server, f"77-{till}")]
    told = Counter(mark for _, kind, (mark, _), result in rows if kind == "markSold" and result == "accepted")
    wrong = {number: told[ki(number)] for number in range(races) if told[ki(number)] != 1}
    if wrong:
        yield f"I4 sales told not once, by race: {wrong}"


def rehearse(*, short: bool) -> Figures:
    """Race a thousand times, or a few."""
    races = SHORT if short else RACES
    outcome = raced(races)
    won = "/".join(str(outcome.won[till]) for till in TILLS)
    counts = {"races": races, "won by each": won, "lost at": dict(outcome.decided)}
    figures = Figures("two tills, one mark", counts, outcome.found, done=sum(outcome.won.values()))
    figures.control = caught("a server that does not compare", raced(CONTROL, blind=True).found)
    return figures
