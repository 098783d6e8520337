"""A till that dies at a chosen moment of a return: after a commit, or after somebody outside has done what was asked.

The cashier goes on from what the screen shows then, to the end of the return or back out of it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

import msgspec

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import AskTerminal, Effect, Record, RefundCharge, RunGate
from cashier.core.events import Answered, CardAnswered, Reply
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.core.receipt import DocumentType, Line
from cashier.core.state import Rules
from cashier.core.tender import CardSlip, TenderKind
from cashier.gates.returns import DESTINATION, NAME
from cashier.store.verify import verify
from tests.core.goods import APPLES, BREAD
from tests.core.returns_till import BookedShop
from tests.gates.marked import KEFIR, STRICT, gate, mark
from tests.gates.returned import returns

PACK: Final = mark(KEFIR)
CARD_PART: Final = 3000
"""Kopecks of the sale that were paid by card; so many of the return go back there."""


class DeadError(Exception):
    """The power went."""


class Marks:
    """The cash server's side of marks: who holds one, and what became of it."""

    def __init__(self) -> None:
        self.status: Counter[str] = Counter()
        """Sold less taken back."""
        self.back: Counter[str] = Counter()
        """How often a mark was told to have come back."""
        self.held: dict[str, tuple[str, str]] = {}
        """Receipt and key of a reserve, by mark."""
        self.buried: set[str] = set()
        self.seen: set[str] = set()

    def asked(self, body: str) -> str:
        """Answer a request."""
        order = msgspec.json.decode(body)
        own, key = order["request"], order["key"]
        sells = own["documentType"] == DocumentType.SALE
        if self.held.get(own["ki"], (own["receipt"],))[0] != own["receipt"] or (key and key in self.buried):
            return "RESERVED_SALE" if sells else "RESERVED_RETURN"
        free = "NOT_REGISTERED" if sells else "SOLD"
        status = "SOLD" if self.status[own["ki"]] else "NOT_REGISTERED"
        if own["operation"] == "reserve" and status == free:
            self.held[own["ki"]] = own["receipt"], key
            return "RESERVED"
        return status

    def told(self, message: f.MessageQueued) -> None:
        """Take a message; one that came before changes nothing."""
        body = msgspec.json.decode(message.body)
        if message.identifier in self.seen:
            return
        self.seen.add(message.identifier)
        if message.kind == "markReleased":
            self.buried.add(body["reserve"])
            if self.held.get(body["ki"]) == (body["receipt"], body["reserve"]):
                del self.held[body["ki"]]
            return
        self.held.pop(body["ki"], None)
        self.status[body["ki"]] += 1 if message.kind == "markSold" else -1
        self.back[body["ki"]] += message.kind == "markReturned"


class MortalShop(BookedShop):
    """A till that lives for so many moments."""

    outlasting: ClassVar[tuple[str, ...]] = (*BookedShop.outlasting, "outside", "done")
    forgets: ClassVar[bool] = False
    """The payment terminal does not know what it has done."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(*gates, rules=rules, ledger=ledger)
        self.fuse, self.moments = 0, 0
        self.outside = Marks()
        self.done: dict[str, int] = {}
        """Kopecks that went back to cards, by token."""

    def _moment(self) -> None:
        self.moments += 1
        if self.moments == self.fuse:
            raise DeadError

    def _answer(self, effect: Effect) -> None:
        match effect:
            case Record():
                super()._answer(effect)
                self._moment()
            case RunGate(own, token, body):
                self.delivered()
                answer = self.server.asked(body) if own == NAME else self.outside.asked(body)
                self._moment()
                self._step(Answered(token, Reply(answer)))
            case RefundCharge(token, _, amount):
                self.done[token] = amount
                self._moment()
                self._step(CardAnswered(token, "approved", slip=CardSlip(token)))
            case AskTerminal(token):
                known = token in self.done and not self.forgets
                self._step(CardAnswered(token, "approved" if known else "absent", slip=CardSlip(token)))
            case _:
                super()._answer(effect)

    def delivered(self) -> None:
        """Let both sides of the server hear what the queue has for them."""
        for fact in self.facts[self.told :]:
            if isinstance(fact, f.MessageQueued) and fact.destination != DESTINATION:
                self.outside.told(fact)
        super().delivered()


@dataclass(frozen=True)
class Way:
    """How a return is made: what is pressed and scanned in the form, or the goods without a receipt."""

    name: str
    into: Callable[[MortalShop], object]
    """Lets what is missing of it into the return receipt, from the screen where it is begun."""
    quantities: dict[int, int]
    """Thousandths by position that are to come back in the end; of goods without a receipt by line."""
    by_receipt: bool = True


def _ticked(shop: MortalShop) -> None:
    stands = {own.origin for own in shop.receipt.live} if shop.till.ledger.receipt else set()
    for row, keys in ((1, ("home", "f6", "2", "enter")), (2, ("2",))):
        shop.press(*keys if row not in stands else ())
    if 3 not in stands:
        shop.press("3").take(PACK)
    shop.press("plus")


def _scanned(shop: MortalShop) -> None:
    stands = {own.origin for own in shop.receipt.live} if shop.till.ledger.receipt else set()
    if 1 not in stands:
        shop.scan(BREAD.barcode).scan(BREAD.barcode)
    shop.take(*(() if 3 in stands else (PACK,))).press("plus")


def _whole(shop: MortalShop) -> None:
    shop.press("f12")


def _free(shop: MortalShop) -> None:
    lines = len(shop.receipt.live)
    if lines < 1:
        shop.goods(BREAD, 1000)
    if lines < len((BREAD, PACK)):
        shop.take(PACK)


WAYS: Final = (
    Way("ticked", _ticked, {1: 2000, 2: 745, 3: 1000}),
    Way("scanned", _scanned, {1: 2000, 3: 1000}),
    Way("whole", _whole, {1: 3000, 2: 745}),
    Way("without receipt", _free, {1: 1000, 2: 1000}, by_receipt=False),
)


@dataclass
class ReturnDay:
    """A sale, and a return of it at a till that dies at the given moments of the return, counted from each start."""

    folder: Path
    way: Way
    fuses: tuple[int, ...] = ()
    gives_up: bool = False
    """After the first death nobody wants the return any more."""
    shops: type[MortalShop] = MortalShop
    gates: tuple[Gate, ...] = field(default_factory=lambda: (gate(STRICT, told=True), returns(asks=True)))
    found: list[str] = field(default_factory=list)
    deaths: int = 0

    def run(self) -> "ReturnDay":
        """Sell, take back with all its deaths, and look at what came of it."""
        self.shop = self.shops.at(self.folder / f"{self.way.name}{self.fuses}{self.gives_up}.db", *self.gates)
        self.shop.chosen("menu_cash_in").write("1000").press("enter")
        self.shop.goods(BREAD, 3000).goods(APPLES, 745).take(PACK).press("plus").write("30").press("f2", "enter")
        self.sale = self.shop.till.ledger.last
        self.drawer = self.shop.till.ledger.drawer
        self.shop.moments = 0
        for fuse in (*self.fuses, 0):
            self.shop.fuse = fuse
            try:
                self._act()
                break
            except DeadError:
                self.deaths += 1
                self._restarted()
        self.moments = self.shop.moments
        self.shop.fuse = 0
        self._looked_at()
        self.shop.close()
        return self

    def _restarted(self) -> None:
        self.shop = self.shop.cut()
        self.shop.moments = 0

    @property
    def ended(self) -> list[str]:
        """Returns that were closed."""
        kinds = {own.identifier: own.kind for own in self.shop.facts if isinstance(own, f.ReceiptOpened)}
        closed = (own.receipt for own in self.shop.facts if isinstance(own, f.ReceiptClosed))
        return [name for name in closed if kinds[name] is not DocumentType.SALE]

    def _act(self) -> None:
        """Do what the screen asks for until the return is over."""
        for _ in range(60):
            over = self.shop.till.ledger.receipt is None and isinstance(self.shop.till.mode, m.Selling)
            if over and (self.ended or (self.gives_up and self.deaths)):
                return
            self._one_thing()
        self.found.append(f"the return does not end: {self.shop.till.mode}")

    def _one_thing(self) -> None:
        shop, receipt = self.shop, self.shop.till.ledger.receipt
        given = bool(receipt and any(own.kind is TenderKind.CARD for own in receipt.tenders))
        back_out = self.gives_up and self.deaths > 0 and not given
        match shop.till.mode:
            case m.Popup() | m.Telling() | m.Confirming():
                shop.press("enter")
            case m.Paying():
                shop.press("escape") if back_out else self._pay(given=given)
            case m.GivingReason():
                shop.press("1")
            case m.Returning() if not back_out:
                self.way.into(shop)
            case m.Selling() if receipt and back_out:
                shop.press("f4")
            case m.Selling() if receipt and self._stands():
                shop.press("plus")
            case m.Selling() if receipt and not self.way.by_receipt:
                self.way.into(shop)
            case m.Selling() if receipt:
                shop.press("f9")
            case m.Selling() if self.way.by_receipt:
                assert self.sale is not None
                shop.press("f9").scan(self.sale.identifier)
            case m.Selling():
                shop.chosen("menu_return")
            case _:
                shop.press("escape")

    def _pay(self, *, given: bool) -> None:
        """Give a part back to the card, then the rest in cash."""
        self.shop.press(*(("enter",) if given else ("3", "0", "f2")))

    def _stands(self) -> bool:
        return self._quantities(self.shop.receipt.live) == self.way.quantities

    def _quantities(self, lines: tuple[Line, ...]) -> dict[int, int]:
        return {own.origin or own.position: own.quantity for own in lines}

    def _looked_at(self) -> None:
        """Hold file, terminal and servers against each other, the return being over."""
        shop = self.shop
        shop.delivered()
        last, count = shop.till.ledger.last, len(self.ended)
        must = () if self.gives_up and self.deaths else (1,)
        self._expect(count in (must or (0, 1)), f"{count} returns were made")
        if count and last:
            self._expect(self._quantities(last.live) == self.way.quantities, f"other goods came back: {last.live}")
        cash = last.total - CARD_PART if count and last else 0
        self._expect(sum(shop.done.values()) == (CARD_PART if count else 0), f"the card got {shop.done}")
        self._expect(self.drawer - shop.till.ledger.drawer == cash, "the drawer is wrong")
        self._expect(
            {key: round(own.lines[0].quantity * 1000) for key, own in shop.server.held.items()}
            == {key: much for key, much in shop.claims() if key},
            "claims are not the lines",
        )
        back = [own for own in (last.live if count and last else ()) if own.ki]
        self._expect(shop.outside.held == {}, f"marks are held: {shop.outside.held}")
        self._expect(shop.outside.back[PACK.ki] == len(back), "the mark did not come back once")
        self._expect(shop.refolded() == shop.till.ledger, "the journal says otherwise")
        self.found += verify(shop.path)

    def _expect(self, holds: bool, word: str) -> None:  # noqa: FBT001 - what is expected
        self.found += [] if holds else [word]
