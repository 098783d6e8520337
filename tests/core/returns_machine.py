"""What is done on a day of sales and returns, as far as the form; a plain model is told of all of it (spec R6)."""

import tempfile
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks, to_roubles
from cashier.core.quantity import Thousandths, to_text
from cashier.core.receipt import Line
from cashier.core.tender import TenderKind
from tests.core.goods import APPLES, BREAD, MILK
from tests.core.returns_model import CARD, CASH, Books, Bought, Position
from tests.core.returns_till import BookedShop
from tests.gates.marked import KEFIR, gate, mark
from tests.gates.returned import returns

COUNTS, WEIGHTS = st.integers(1, 4).map(lambda count: count * 1000), st.integers(1, 2000)
GOODS = st.tuples(st.sampled_from([BREAD, MILK]), COUNTS) | st.tuples(st.just(APPLES), WEIGHTS)
PACKS = {own.ki: own for own in (mark(KEFIR, serial) for serial in "abc")}
SOME = st.lists(st.sampled_from(sorted(PACKS)), max_size=2)
PERCENTS = st.sampled_from([0, 0, 1000, 3333, 10000])
PARTS = st.sampled_from([0, 1, 50, 100])
"""Percents of a sum that goes by card, or that is typed."""
ROWS = st.integers(0, 4)
FEW = st.integers(0, 3)


class FormDay(RuleBasedStateMachine):
    """One till on a day; the model is told what was done and knows what must come of it."""

    shops: ClassVar[type[BookedShop]] = BookedShop
    without_rules: ClassVar[bool] = False

    @initialize(asks=st.booleans(), floating=st.sampled_from([0, 5000, 10**6]), goods=st.lists(GOODS, max_size=3))
    def opened(self, asks: bool, floating: int, goods: list[tuple[Product, int]]) -> None:  # noqa: FBT001 - drawn
        """Open the shop, with a float in the drawer or none, and somebody who buys at once."""
        self.folder = tempfile.TemporaryDirectory()
        self.shop = self.shops.at(Path(self.folder.name) / "documents.db", gate(), returns(asks=asks))
        self._drop_rules()
        self.books, self.read, self.again = Books(), 0, Ledger()
        self.sale: Bought | None = None
        """What is given back now."""
        self.ticks: dict[int, int] = {}
        self.stands: dict[int, int] = {}
        """Thousandths by position: ticked in the form, and live in the return receipt."""
        self.given = dict.fromkeys(TenderKind, 0)
        if floating:
            self.puts_cash_in(floating)
        self.sells(goods, ["", *PACKS][len(goods) :][:1], 0, 50)

    def _drop_rules(self) -> None:
        documents = self.shop.documents
        for rule_ in ("sold_comes_back_once", "money_goes_back_once") if self.without_rules and documents else ():
            assert documents is not None
            documents._conn.execute(f"DROP TRIGGER {rule_}")

    def at(self, *kinds: type[m.Mode]) -> bool:
        """Tell whether the till stands in one of some states; what was told is read."""
        if isinstance(self.shop.till.mode, m.Popup | m.Telling):
            self.shop.press("enter")
        return isinstance(self.shop.till.mode, kinds)

    @property
    def idle(self) -> bool:
        """Between two receipts."""
        return self.at(m.Selling) and not self.shop.till.ledger.receipt

    @property
    def returning(self) -> bool:
        """The screen of a return receipt."""
        return self.at(m.Selling) and self.sale is not None

    def _marks(self, packs: list[str], standing: str) -> None:
        """Hold marks under the scanner: in goes what was not done with already."""
        for ki in filter(None, packs):
            before = self.shop.marks
            self.shop.take(PACKS[ki])
            fits = self.books.marks.get(ki) != standing and ki not in before
            assert self.shop.marks == [*before, *([ki] if fits else [])]
            self.at(m.Selling)

    @precondition(lambda self: self.idle)
    @rule(goods=st.lists(GOODS, max_size=3), packs=SOME, percent=PERCENTS, part=PARTS)
    def sells(self, goods: list[tuple[Product, int]], packs: list[str], percent: int, part: int) -> None:
        """Sell goods and packs, with a discount or without, paid in both kinds of money or in one."""
        for own in goods:
            self.shop.goods(*own)
        self._marks(packs, "sold")
        receipt = self.shop.till.ledger.receipt
        if receipt is None:
            return
        if percent:
            self.shop.press("/", "down").write(to_roubles(Kopecks(percent))).press("enter")
        card = self.shop.receipt.total * part // 100
        self.shop.press("plus").paid(card)
        last = self.shop.till.ledger.last
        assert last is not None
        assert sum(line.quantity for line in last.live) == sum(own for _, own in goods) + 1000 * len(kis(last.live))
        lines = {own.position: Position(own.product, own.quantity, own.sum, own.ki) for own in last.live}
        self.books.sale(Bought(last.identifier, lines, {CASH: last.total - card, CARD: card}))

    @precondition(lambda self: self.idle)
    @rule(goods=st.lists(GOODS, max_size=2), packs=SOME, percent=PERCENTS, part=PARTS)
    def takes_back_without_receipt(
        self, goods: list[tuple[Product, int]], packs: list[str], percent: int, part: int
    ) -> None:
        """Take goods back that nobody has a receipt for; given up where the drawer has not enough."""
        self.shop.chosen("menu_return")
        for own in goods:
            self.shop.goods(*own)
        self._marks(packs, "returned")
        if percent and self.shop.receipt.sold:
            self.shop.press("/", "down").write(to_roubles(Kopecks(percent))).press("enter")
        receipt, total = self.shop.receipt, self.shop.receipt.total
        card = total * part // 100
        if not receipt.sold or total - card > self.books.drawer:
            self.shop.press("f4", "enter")
            return
        self.shop.press("plus", "3").paid(card)
        self.books.refund({CASH: total - card, CARD: card}, kis(receipt.live))

    @precondition(lambda self: self.idle)
    @rule(amount=st.integers(1, 100_000))
    def puts_cash_in(self, amount: int) -> None:
        """Put cash into the drawer."""
        self.shop.chosen("menu_cash_in").write(to_roubles(Kopecks(amount))).press("enter")
        self.books.drawer += amount

    @precondition(lambda self: self.idle and self.shop.till.ledger.shift)
    @rule()
    def closes_the_shift(self) -> None:
        """Make the Z report: the rules of the file hold its sums against the documents."""
        self.shop.chosen("menu_z_report").press("enter", "escape")
        self.books.shift_closed()

    @precondition(lambda self: self.idle and self.books.bought)
    @rule(which=st.integers(0, 30))
    def begins_a_return(self, which: int) -> None:
        """Scan the code of some receipt: what is known of it is what the model knows."""
        own = self.books.bought[which % len(self.books.bought)]
        self.shop.press("f9").scan(own.code)
        if own.is_back:
            assert self.shop.problem == "sale_returned"
            self.shop.press("enter", "escape")
            return
        own.known_as(self.shop.form.sale)
        self.sale = own

    def _row(self, row: int) -> tuple[int, Position, bool]:
        """Find a row: its position, and whether something of it may be ticked."""
        assert self.sale is not None
        position = sorted(self.sale.positions)[row % len(self.sale.positions)]
        own = self.sale.positions[position]
        return position, own, own.left > 0 and position not in self.stands

    @precondition(lambda self: self.at(m.Returning))
    @rule(row=ROWS, other=st.sampled_from(["", *PACKS]))
    def ticks_a_row(self, row: int, other: str) -> None:
        """Tick a row by its digit, or take the tick away; of a pack its mark is scanned, another, or none."""
        position, own, free = self._row(row)
        self.shop.press(str(sorted(self.sale.positions if self.sale else ()).index(position) + 1))
        if not own.ki:
            self._tick(position, (0 if position in self.ticks else own.left) if free else None)
        elif free:
            assert isinstance(self.shop.till.mode, m.Passing)
            self.shop.take(PACKS[other or own.ki])
            place = self._twin(own, other or own.ki)
            if place:
                self.stands[place] = 1000
            elif not self.at(m.Returning):
                self.shop.press("escape")
            assert self.at(m.Returning)

    def _twin(self, own: Position, ki: str) -> int:
        """Find the position that a mark gives back in the place of the chosen one: its own, or one that costs as much.

        0: there is none, or the mark came back without a receipt.
        """
        assert self.sale is not None
        alike = {
            line.ki: place
            for place, line in self.sale.positions.items()
            if place not in self.stands and (line.left, line.sum) == (own.left, own.sum)
        }
        return alike.get(ki, 0) if self.books.marks.get(ki) == "sold" else 0

    def _tick(self, position: int, quantity: int | None) -> None:
        """Let the model tick so much; None leaves it as it is."""
        self.ticks |= {} if quantity is None else {position: quantity}
        self.ticks = {place: own for place, own in self.ticks.items() if own}

    @precondition(lambda self: self.at(m.Returning))
    @rule(row=ROWS, count=st.integers(0, 5).map(lambda count: count * 1000) | st.integers(0, 2100))
    def counts_a_row(self, row: int, count: int) -> None:
        """Type how much of a row comes back: nothing, some, a part of a piece, or more than may."""
        position, own, free = self._row(row)
        if own.ki:
            return
        self.shop.press("home", *("down",) * sorted(self.sale.positions if self.sale else ()).index(position), "f6")
        if free:
            self.shop.write(to_text(Thousandths(count))).press("enter")
        if self.at(m.CountingBack):
            assert count > own.left or count % 1000
            self.shop.press("escape")
        elif free:
            self._tick(position, count)

    @precondition(lambda self: self.at(m.Returning))
    @rule(product=st.sampled_from([BREAD, MILK, APPLES]))
    def scans_in_the_form(self, product: Product) -> None:
        """Scan goods: one piece more of a row of these goods, or all of a weight; else nothing changes."""
        self.shop.scan(product.barcode)
        assert self.at(m.Returning)
        assert self.sale is not None
        more = {place: own for place, own in self.shop.picked.items() if self.ticks.get(place, 0) != own}
        assert len(more) <= 1
        for place, quantity in more.items():
            own = self.sale.positions[place]
            assert own.product.code == product.code
            assert quantity == (own.left if product.fractional else self.ticks.get(place, 0) + 1000) <= own.left
            assert place not in self.stands
        self.ticks |= more

    @precondition(lambda self: self.at(m.Returning))
    @rule(ki=st.sampled_from(sorted(PACKS)))
    def scans_a_mark(self, ki: str) -> None:
        """Scan a pack: it goes in if it was sold with this receipt, and came back neither by it nor without."""
        assert self.sale is not None
        self.shop.take(PACKS[ki])
        assert self.at(m.Returning)
        place = next((place for place, own in self.sale.positions.items() if own.ki == ki and own.left), None)
        if place and self.books.marks[ki] == "sold":
            self.stands[place] = 1000

    @precondition(lambda self: self.at(m.Returning))
    @rule()
    def takes_the_whole_receipt(self) -> None:
        """Take all that needs no mark; not over a part that was counted."""
        assert self.sale is not None
        free = {place: own.left for place, own in self.sale.positions.items() if own.left and not own.ki}
        going = {place: own for place, own in free.items() if place not in self.stands}
        self.shop.press("f12")
        if any(own < free[place] for place, own in self.ticks.items()):
            assert self.at(m.Returning)
            return
        assert self.at(m.Selling if going else m.Returning)
        self.stands |= going
        self.ticks = {} if going else self.ticks

    @precondition(lambda self: self.at(m.Returning))
    @rule()
    def forms_the_receipt(self) -> None:
        """Let all that is ticked into the return receipt."""
        self.shop.press("plus")
        assert self.at(m.Selling if self.ticks or self.stands else m.Returning)
        self.stands |= self.ticks
        self.ticks = {}

    @precondition(lambda self: self.at(m.Returning))
    @rule()
    def leaves_the_form(self) -> None:
        """Leave the form: ticks are forgotten, the receipt stands."""
        self.shop.press("escape")
        self._left()

    def _left(self) -> None:
        self.ticks = {}
        self.sale = self.sale if self.shop.till.ledger.receipt else None


def kis(lines: tuple[Line, ...]) -> list[str]:
    """Return the marks of lines."""
    return [own.ki for own in lines if own.ki]
