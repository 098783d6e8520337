"""Days of sales and returns at random, at a till with a real file, against a plain model of what may come back (R6)."""

from contextlib import closing

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import OpenDrawer
from cashier.core.ledger import fold
from cashier.core.money import Kopecks, to_roubles
from cashier.core.quantity import Thousandths, pieces
from cashier.core.receipt import Line
from cashier.core.sales import Sale, SoldLine
from cashier.core.tender import TenderKind
from cashier.core.view import view
from cashier.store.connect import StoreError
from cashier.store.past_sales import Back, PastSales
from cashier.store.verify import verify
from tests.core.goods import BREAD, MILK
from tests.core.returns_machine import COUNTS, FEW, PACKS, PARTS, ROWS, WEIGHTS, FormDay, kis
from tests.core.returns_model import CARD, CASH
from tests.core.returns_till import HELD, BookedShop
from tests.gates.returned import ReturnShop, sale, sold

DRAWN = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


class ReturnsDay(FormDay):
    """A day whose returns go on to their end: lines taken out, money given back, power cuts."""

    @precondition(lambda self: self.idle and self.books.bought)
    @rule(
        which=st.integers(0, 30),
        rows=st.lists(st.tuples(ROWS, COUNTS | WEIGHTS), min_size=1, max_size=4),
        parts=st.lists(st.tuples(st.booleans(), PARTS), max_size=4),
        silent=st.booleans(),
    )
    def brings_back(self, which: int, rows: list[tuple[int, int]], parts: list[tuple[bool, int]], silent: bool) -> None:  # noqa: FBT001 - drawn
        """Go the whole way of a return in one go, as most buyers do; the server is there or not."""
        self.shop.silent = silent
        self.begins_a_return(which)
        for row, count in rows if self.at(m.Returning) else ():
            self.counts_a_row(row, count)
            self.ticks_a_row(row, "") if self._row(row)[1].ki else None
        if self.at(m.Returning):
            self.forms_the_receipt()
        if self.returning:
            self.strikes_the_total("2")
        for card, part in [*parts, (False, 0), (True, 0)]:
            if self.at(m.Paying):
                self.gives_money_back(card, part, declines=False)

    @precondition(lambda self: self.idle and self.books.bought)
    @rule(which=st.integers(0, 30))
    def takes_all_back(self, which: int) -> None:
        """Take the whole of a receipt back, as far as it needs no mark and there is cash for it."""
        self.begins_a_return(which)
        if self.at(m.Returning):
            self.takes_the_whole_receipt()
        if self.returning:
            self.strikes_the_total("1")
        for card in (False, True):
            if self.at(m.Paying):
                self.gives_money_back(card, 0, declines=False)

    @precondition(lambda self: self.returning)
    @rule()
    def opens_the_form_again(self) -> None:
        """Open the form of the return in work."""
        self.shop.press("f9")
        assert self.at(m.Returning)

    @precondition(lambda self: self.returning and self.shop.till.line)
    @rule(ups=FEW)
    def stornos_a_line(self, ups: int) -> None:
        """Take a line out of the return; that of a pack by its mark."""
        self.shop.press(*("up",) * ups)
        line = self.shop.line
        self.shop.press("delete")
        if line.ki and not line.storno:
            self.shop.take(PACKS[line.ki])
        if not line.storno:
            del self.stands[line.origin]

    @precondition(lambda self: self.returning)
    @rule()
    def gives_the_return_up(self) -> None:
        """Give the whole return up."""
        self.shop.press("f4", "enter")
        self.stands = {}
        self._left()
        assert self.idle

    @precondition(lambda self: self.returning)
    @rule(why=st.sampled_from("12345"))
    def strikes_the_total(self, why: str) -> None:
        """Go on to the money; the reason is asked first."""
        self.shop.press("plus")
        if self.at(m.GivingReason):
            self.shop.press(why)
        assert self.at(m.Paying if self.stands else m.Selling)

    @precondition(lambda self: self.at(m.Paying))
    @rule(card=st.booleans(), part=PARTS, declines=st.sampled_from([False, False, True]))
    def gives_money_back(self, card: bool, part: int, declines: bool) -> None:  # noqa: FBT001 - drawn
        """Give some of it or all back, in cash or to the card; more than may go so is refused."""
        assert self.sale is not None
        receipt, left = self.shop.receipt, self._left_of()
        total = receipt.total - sum(self.given.values())
        amount = total * part // 100
        kind = CARD if card or not (amount or left[CASH]) else CASH
        wanted = amount or left[kind]
        drawer = self.books.drawer - self.given[CASH]
        enough = (wanted if kind is CASH else total - left[CARD]) <= drawer
        passes = 0 < wanted <= left[kind] and enough and not (kind is CARD and declines)
        self.shop.declines = declines
        self.shop.write(to_roubles(Kopecks(amount)) if amount else "").press("f2" if card else "enter")
        self.shop.declines = False
        self.given[kind] += wanted if passes else 0
        if sum(self.given.values()) == receipt.total and (passes or not (card or total)):
            self._returned(receipt.live)
        elif self.at(m.Paying) and self.shop.till.mode != m.Paying():
            self.shop.press("escape")
        assert self.shop.till.ledger.receipt is None or self.shop.receipt.paid == sum(self.given.values())

    def _left_of(self) -> dict[TenderKind, int]:
        """Tell what may go back in each kind of money now."""
        assert self.sale is not None
        total = self.shop.receipt.total - sum(self.given.values())
        return {kind: min(self.sale.rest[kind] - self.given[kind], total) for kind in TenderKind}

    def _returned(self, lines: tuple[Line, ...]) -> None:
        assert self.sale is not None
        assert self.idle
        self.sale.came_back([(own.origin, own.quantity, own.sum) for own in lines], self.given)
        self.books.refund(self.given, kis(lines))
        self.sale, self.stands, self.given = None, {}, dict.fromkeys(TenderKind, 0)

    @precondition(lambda self: self.at(m.Paying))
    @rule()
    def leaves_the_payment(self) -> None:
        """Take the cash back and go to the lines; what a card got back stays there."""
        self.shop.press("escape")
        if self.at(m.Confirming):
            self.shop.press("enter")
        assert self.at(m.Paying if self.given[CARD] else m.Selling)
        self.given = self.given if self.given[CARD] else dict.fromkeys(TenderKind, 0)

    @rule()
    def power_goes(self) -> None:
        """Cut the power at any moment: the till stands where the journal says."""
        before = self.shop.till.ledger
        self.shop = self.shop.cut()
        assert self.shop.till.ledger.receipt == before.receipt
        assert self.at(m.Selling, m.Paying)
        self._left()

    @invariant()
    def till_is_the_models(self) -> None:
        """Sums, ticks and lines are those of the model; what was written down leads to the same ledger."""
        if not hasattr(self, "shop"):
            return
        ledger, mode = self.shop.till.ledger, self.shop.till.mode
        self.books.agree(ledger)
        assert self.shop.documents is not None
        self.again = fold(self.again, tuple(self.shop.facts[self.read :]))
        self.read = len(self.shop.facts)
        assert self.again == ledger == self.shop.documents.ledger
        if self.sale and ledger.receipt:
            assert {own.origin: own.quantity for own in ledger.receipt.live} == self.stands
            assert len(ledger.receipt.live) == len(self.stands)
            assert all(own.sum >= 0 for own in ledger.receipt.live)
        if isinstance(mode, m.Returning):
            assert self.shop.picked == self.ticks
        view(self.shop.till)

    def teardown(self) -> None:
        """Hold the file against the model, and the server's claims against the lines."""
        if not hasattr(self, "shop"):
            return
        try:
            self._file_agrees()
        finally:
            self.shop.close()
            self.folder.cleanup()

    def _file_agrees(self) -> None:
        assert self.without_rules or verify(self.shop.path) == []
        assert self.shop.refolded() == self.shop.till.ledger
        with closing(PastSales(self.shop.path)) as past:
            for own in self.books.bought:
                found = past.of(own.code)
                assert isinstance(found, Sale)
                if own is not self.sale:
                    own.known_as(found)
        cards = sum(own.paid[CARD] - own.refunded[CARD] for own in self.books.bought)
        assert all(amount >= 0 for operation, amount in self.shop.bank.items() if operation not in {"", HELD})
        assert sum(amount for operation, amount in self.shop.bank.items() if operation) == cards - self.given[CARD]
        self._claims_agree()

    def _claims_agree(self) -> None:
        self.shop.delivered()
        live = {key: quantity for key, quantity in self.shop.claims() if key}
        assert {key: round(own.lines[0].quantity * 1000) for key, own in self.shop.server.held.items()} == live


TestReturnsDay = pytest.mark.no_cover(ReturnsDay.TestCase)
TestReturnsDay.settings = DRAWN


class ForgettingSales(PastSales):
    """Forgets what came back before."""

    def back(self, identifier: str) -> Back:
        """Know of nothing."""
        return Back(returns=self.returns_of(identifier))


class ForgettingShop(BookedShop):
    """A till that forgets earlier returns."""

    sales_of = ForgettingSales


def sought(machine: type[ReturnsDay]) -> None:
    """Play days until one goes wrong."""
    many = settings(DRAWN, max_examples=1000, derandomize=True, database=None, phases=[Phase.generate])
    run_state_machine_as_test(machine, settings=many)


@pytest.mark.parametrize("without_rules", [False, True])
def test_forgotten_returns_are_caught(*, without_rules: bool) -> None:
    """Given balances that forget earlier returns, with the rules of the file and without, then the days go wrong."""
    faulty = type("Faulty", (ReturnsDay,), {"shops": ForgettingShop, "without_rules": without_rules})
    with pytest.raises((AssertionError, StoreError)):
        sought(faulty)


def one_by_one() -> None:
    """Sell three loaves for 91 roubles, and take them back one by one."""
    day = ReturnsDay()
    try:
        day.opened(asks=False, floating=0, goods=[])
        day.sells([(BREAD, 3000)], [], 3333, 0)
        for _ in range(3):
            day.brings_back(len(day.books.bought) - 1, [(0, 1000)], [], silent=False)
            day.till_is_the_models()
    finally:
        day.teardown()


def test_kopecks_rounded_down_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given sums that are rounded down for each part on its own, then full returns do not add up, and it is seen."""
    one_by_one()

    def alone(line: SoldLine, quantity: Thousandths) -> Kopecks:
        return Kopecks(line.sum * quantity // line.quantity)

    monkeypatch.setattr(SoldLine, "due", alone)
    with pytest.raises(AssertionError):
        one_by_one()


class TestEndsOfMoney:
    """What the days have taught: a return always comes to its end, and the drawer never gives what it has not."""

    def test_gift_comes_back(self) -> None:
        """Given a milk that was a gift, when it comes back alone, then Enter ends the return and no drawer opens."""
        own = sale(sold(1, BREAD), sold(2, MILK, total=0))
        shop = ReturnShop.having(own).press("2", "plus").paying()
        assert shop.receipt.total == 0
        shop.press("enter")
        assert shop.farewell == (2, 0, 0)
        assert OpenDrawer() not in shop.effects

    def test_drawer_gives_in_parts_no_more_than_it_has(self) -> None:
        """Given 10,000 roubles in the drawer, when 9,000 of it went out, then 2,000 more are refused, 1,000 are not."""
        shop = ReturnShop.having(sale(sold(1, BREAD, pieces(3), 1_200_000))).press("1", "plus").paying()
        shop.write("9000").press("enter").write("2000").press("enter")
        assert (shop.notice, shop.receipt.paid) == ("refund_drawer", 900_000)
        assert shop.press("escape").write("1000").press("enter").receipt.paid == 1_000_000

    def test_card_waits_for_the_drawer(self) -> None:
        """Given too little cash for what only cash can go back in, then no card gets any yet: there is a way out."""
        own = sale(sold(1, BREAD, pieces(3), 1_200_000), card=100_000)
        shop = ReturnShop.having(own).press("1", "plus").paying().press("f2")
        assert (shop.notice, shop.happened(f.ChargeBegun)) == ("refund_drawer", [])
        assert isinstance(shop.press("escape").till.mode, m.Selling)
