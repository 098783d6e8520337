"""A till with a real documents.db where goods are sold and come back, and what stands around it."""

from collections import Counter
from pathlib import Path
from typing import ClassVar, Self

import msgspec
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.effects import Charge, Effect, FindCode, FindSale, Print, ReadScan, Record, RefundCharge, RunGate
from cashier.core.events import (
    Answered,
    CardAnswered,
    ChargeFound,
    Found,
    IntentFound,
    LeaveFound,
    NoReply,
    Printed,
    Reply,
    SaleFound,
    ScanRead,
)
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks, to_roubles
from cashier.core.quantity import Thousandths, to_text
from cashier.core.rights import CASHIER, Right
from cashier.core.sales import Sale
from cashier.core.state import Rules
from cashier.core.tender import CardSlip
from cashier.gates.returns import DESTINATION, NAME, Answer, Left, Request, key_of
from cashier.store.connect import open_for_reading
from cashier.store.documents import Documents
from cashier.store.marks import PastMarks
from cashier.store.past_sales import PastSales
from tests.core.goods import by_code
from tests.core.hand import plain
from tests.gates.marked import SHELF
from tests.gates.returned import ReturnShop

HELD = "held"
"""Stands for all operations by which money went back to a card that was held to the terminal, by sale receipt."""


class Server:
    """The cash server's side of claims: so much of a position, by key; a release holds for ever."""

    def __init__(self) -> None:
        self.held: dict[str, Request] = {}
        self.buried: set[str] = set()

    def asked(self, body: str) -> str:
        """Answer a request."""
        request = msgspec.json.decode(body, type=Request)
        if request.operation == "release":
            self.buried.add(request.key)
            self.held.pop(request.key, None)
            return '{"result": "RELEASED"}'
        (line,) = request.lines
        if request.key in self.held:
            return '{"result": "CLAIMED"}'
        if request.key in self.buried:
            return '{"result": "RELEASED"}'
        for own in [own for own in self.held.values() if own.back == request.back and _same(own, request)]:
            if own.time < request.time and own.key not in request.holds:
                del self.held[own.key]
        taken = sum(own.lines[0].quantity for own in self.held.values() if _same(own, request))
        if round(taken + line.quantity - line.sold, 3) > 0:
            answer = Answer("REFUSED", (Left(line.position, line.sold - taken),))
            return msgspec.json.encode(answer).decode()
        self.held[request.key] = request
        return '{"result": "CLAIMED"}'


def _same(one: Request, other: Request) -> bool:
    return (one.receipt, one.lines[0].position) == (other.receipt, other.lines[0].position)


class BookedShop(ReturnShop):
    """A till whose facts are in a file before anything else happens, and that finds its sales in it."""

    sales_of: ClassVar[type[PastSales]] = PastSales
    outlasting: ClassVar[tuple[str, ...]] = (
        *("facts", "readings", "server", "silent", "told", "bank"),
        *("clock", "uptime", "_events"),
    )
    """What stays when the power goes: the file, what is outside, and time."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(*gates, rules=rules, ledger=ledger)
        self.path = Path()
        self.documents: Documents | None = None
        self.server = Server()
        self.silent = False
        """The cash server does not answer."""
        self.declines = False
        """The payment terminal says no."""
        self.bank: Counter[str] = Counter()
        """What stays of each operation, in kopecks: less what was given back for it."""
        self.told = 0
        """Facts the queue has been through."""

    @classmethod
    def at(cls, path: Path, *gates: Gate, before: Self | None = None) -> Self:
        """Open a till on a file and sign a cashier in who may do everything; `before` is the till that was cut off."""
        rights = dict.fromkeys(Right, CASHIER)
        documents = Documents(path)
        documents._conn.execute("PRAGMA synchronous = OFF")
        shop = cls(rules=Rules(gates=gates, rights=rights, reads_marks=True, terminal=True), ledger=documents.ledger)
        shop.__dict__.update({name: before.__dict__[name] for name in cls.outlasting} if before else {})
        shop.path, shop.documents = path, documents
        return shop.began().sign_in()

    def began(self) -> Self:
        """Let the house find what the till left open."""
        ledger = self.till.ledger
        found = [*map(IntentFound, ledger.intents), *map(LeaveFound, ledger.leaving)]
        prints = [Printed(own.token, "unknown", "no_answer") for own in ledger.prints]
        for event in (*found, *prints, *((ChargeFound(),) if ledger.charge else ())):
            self.give(event)
        return self

    def close(self) -> None:
        """Let the file go."""
        if self.documents:
            self.documents.close()

    def cut(self) -> Self:
        """Cut the power, start again from the file, and sign in."""
        self.close()
        return self.at(self.path, *self.rules.gates, before=self)

    def _answer(self, effect: Effect) -> None:
        match effect:
            case Record(facts):
                assert self.documents is not None
                self.documents.commit(f"{self.till.now.isoformat(timespec='milliseconds')}+03:00", facts)
            case FindCode(text):
                self._step(Found((*by_code(text), *(own for own in SHELF[:-1] if text in {own.barcode, own.code}))))
            case ReadScan(scan):
                reading = self.readings.get(scan.data) or plain(scan.data)
                marks = PastMarks(self.path)
                self._step(ScanRead(scan, replace(reading, standing=marks.standing(reading.ki))))
                marks.close()
            case FindSale(token, wanted):
                past = self.sales_of(self.path)
                found = past.of(wanted.identifier)
                past.close()
                sale = found if isinstance(found, Sale) else None
                self._step(SaleFound(token, "found" if isinstance(found, Sale) else found, sale))
            case RunGate(gate, token, body) if gate == NAME:
                self._step(Answered(token, NoReply("late") if self.silent else Reply(self._claimed(body))))
            case Charge(token, amount) | RefundCharge(token, _, amount):
                self._terminal(token, amount, effect.operation if isinstance(effect, RefundCharge) else None)
            case Print(token):
                self._step(Printed(token, "printed"))
            case _:
                super()._answer(effect)

    def _terminal(self, token: str, amount: int, operation: str | None) -> None:
        if self.declines:
            self._step(CardAnswered(token, "declined", "нет связи"))
            return
        receipt = self.till.ledger.receipt
        by_sale = receipt is not None and receipt.sale is not None
        number = token if operation is None else operation or (HELD if by_sale else "")
        self.bank[number] += amount if operation is None else -amount
        self._step(CardAnswered(token, "approved", slip=CardSlip(number)))

    def chosen(self, row: str) -> Self:
        """Take a row of the cash menu."""
        place = m.MENU.index(row)
        return self.press("f10", *(("down",) * place), "enter")

    def goods(self, product: Product, quantity: int) -> Self:
        """Put goods into the receipt: pieces, or a weight."""
        return self.write(f"{to_text(Thousandths(quantity))}*").scan(product.barcode)

    def paid(self, card: int) -> Self:
        """Pay so much by card and the rest in cash, or give it back so."""
        receipt = self.receipt
        by_card = min(card, receipt.total)
        if by_card:
            self.write(to_roubles(Kopecks(by_card))).press("f2")
        return self if self.till.ledger.receipt is None else self.press("enter")

    def _claimed(self, body: str) -> str:
        self.delivered()
        return self.server.asked(body)

    def delivered(self) -> None:
        """Let the server hear what the queue has for it, in order, each message twice."""
        for fact in self.facts[self.told :]:
            if isinstance(fact, f.MessageQueued) and fact.destination == DESTINATION:
                assert self.server.asked(fact.body) == self.server.asked(fact.body)
        self.told = len(self.facts)

    def claims(self) -> list[tuple[str, int]]:
        """Tell under which keys lines of returns stand that were not given up, and how much of each."""
        lines: dict[tuple[str, int], tuple[str, int]] = {}
        for fact in self.facts:
            match fact:
                case f.LineAdded(receipt, line):
                    lines[receipt, line.position] = key_of(line), line.quantity
                case f.LineStornoed(receipt, position):
                    lines.pop((receipt, position))
                case f.ReceiptCancelled(receipt):
                    lines = {place: own for place, own in lines.items() if place[0] != receipt}
                case _:
                    pass
        return list(lines.values())

    def refolded(self) -> Ledger:
        """Fold the journal as it stands in the file."""
        conn = open_for_reading(self.path)
        facts = tuple(f.from_json(body) for (body,) in conn.execute("SELECT body FROM journal ORDER BY seq"))
        conn.close()
        return fold(Ledger(), facts)
