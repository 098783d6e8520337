"""A day at random, with everybody and every device: whatever happens, the sums are those of a bookkeeper."""

from typing import Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import (
    CardAnswered,
    ChargeFound,
    ClosingFound,
    FiscalReady,
    Printed,
    ShiftShut,
    Ticked,
)
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks, to_roubles
from cashier.core.receipt import Receipt
from cashier.core.state import Rules
from cashier.core.view import view
from tests.core.bookkeeper import Bookkeeper
from tests.core.goods import BREAD, HONEY, IVANOVA, MILK, ORLOV, PETROV, SIDOROVA
from tests.core.hand import Hand
from tests.core.samples import KEYS

PEOPLE = st.sampled_from([IVANOVA.code, ORLOV.code, PETROV.code, SIDOROVA.code])
SUMS = st.integers(1, 200_000).map(lambda kopecks: to_roubles(Kopecks(kopecks)))
SMALL = st.integers(1, 3000).map(lambda kopecks: to_roubles(Kopecks(kopecks)))
GOODS = st.sampled_from([BREAD, MILK, HONEY])
Outcome = Literal["approved", "declined", "absent", "pending", "unknown"]
CHARGED: tuple[Outcome, ...] = ("approved", "approved", "approved", "declined", "absent", "pending", "unknown")
CHANGES = (("delete",), ("up",), ("f6", "3", "enter"), ("f4", "enter"), ("f11",), ("f11", "1"), ("f10", "2", "1"))


class DayMachine(RuleBasedStateMachine):
    """Does what people and devices do on a day, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.hand = Hand.signed_in()
        self.books = Bookkeeper()
        self.read = 0
        """Facts the bookkeeper has read."""
        self.replayed, self.again = 0, Ledger()
        """Facts a restart has read, and what it has made of them."""

    @initialize(terminal=st.booleans(), fiscal=st.booleans(), merge=st.booleans(), code=PEOPLE)
    def begin(self, terminal: bool, fiscal: bool, merge: bool, code: str) -> None:  # noqa: FBT001 - drawn
        """Open the shop, with the devices that it has."""
        rules = Rules(terminal=terminal, fiscal=fiscal, merge_lines=merge, drawer_limit=Kopecks(10**7))
        self.hand = Hand.signed_in(rules=rules, code=code)

    def at(self, *kinds: type[m.Mode]) -> bool:
        """Tell whether the till stands in one of some states."""
        return isinstance(self.hand.till.mode, kinds)

    def press(self, *keys: str) -> None:
        """Press keys; a senior comes when one is asked for."""
        for key in keys:
            self.hand.press(key)
            if self.at(m.Approving):
                self.hand.approve()

    def to_sale(self) -> bool:
        """Come to the sale screen if nothing is in work that stands before it."""
        if self.at(m.EnteringCode, m.EnteringPassword):
            self.hand.press("escape").sign_in()
        for _ in range(4):
            if not self.at(m.Paying, m.Charging, m.Closing):
                self.hand.press("escape")
        return self.at(m.Selling)

    @rule(goods=st.lists(GOODS, min_size=1, max_size=3), count=st.integers(1, 5))
    def sell(self, goods: list[Product], count: int) -> None:
        """Sell some; a shift of yesterday is closed first."""
        for own in goods if self.to_sale() else ():
            self.hand.write(f"{count}*").scan(own.barcode)
            if self.at(m.Popup):
                self.z_report(keep=True)
                return

    @rule(keys=st.sampled_from(CHANGES))
    def change(self, keys: tuple[str, ...]) -> None:
        """Storno, select, change a quantity, give the receipt up, put it aside, take one up."""
        if self.to_sale():
            self.press(*keys)

    @rule(number=st.integers(0, 60_00), whole=st.booleans(), sign=st.sampled_from(["enter", "plus"]))
    def discount(self, number: int, whole: bool, sign: str) -> None:  # noqa: FBT001 - drawn
        """Grant a discount, percent or roubles, or take one back; too big a one is refused."""
        if not self.to_sale() or not self.hand.till.ledger.receipt:
            return
        self.press("/", *(("down",) if whole else ()))
        if self.at(m.Discounting):
            self.hand.write(to_roubles(Kopecks(number))).press(sign)

    @rule(amount=st.one_of(st.just(""), SMALL, SUMS), card=st.booleans(), outcome=st.sampled_from(CHARGED))
    def pay(self, amount: str, card: bool, outcome: Outcome) -> None:  # noqa: FBT001 - drawn
        """Pay a part, all or more, in cash or by card, with whatever the terminal says of that."""
        if not self.at(m.Paying) and self.to_sale():
            self.hand.press("plus")
        if self.at(m.Paying):
            self.hand.press(*(("escape",) if self.entered() else ()))
            self.hand.write(amount).press("f2" if card else "enter")
            self.terminal_says(outcome)

    @rule(goods=st.lists(GOODS, min_size=1, max_size=3), percent=st.sampled_from([0, 5_00, 33_33]), card=st.booleans())
    def buy(self, goods: list[Product], percent: int, card: bool) -> None:  # noqa: FBT001 - drawn
        """Sell and be paid in one go, as most buyers do."""
        self.sell(goods, 1)
        if percent:
            self.discount(percent, whole=True, sign="enter")
        self.pay("", card=card, outcome="approved")

    def entered(self) -> bool:
        """Tell whether a sum is half typed."""
        return isinstance(self.hand.till.mode, m.Paying) and self.hand.till.mode.entry != ""

    @precondition(lambda self: self.at(m.Paying))
    @rule(yes=st.booleans())
    def leave_payment(self, yes: bool) -> None:  # noqa: FBT001 - drawn
        """Want to leave the payment; what was taken is given back, or not."""
        self.hand.press("escape", *(("escape",) if self.entered() else ()))
        if self.at(m.Confirming):
            self.hand.press("enter" if yes else "escape")
        if self.at(m.Telling):
            self.hand.press("enter")

    @precondition(lambda self: self.hand.till.ledger.charge)
    @rule(outcome=st.sampled_from(CHARGED))
    def terminal_says(self, outcome: Outcome) -> None:
        """Let the terminal say anything, whoever stands at the till."""
        charge = self.hand.till.ledger.charge
        if charge and not charge.manual:
            self.hand.give(CardAnswered(charge.token, outcome))

    @precondition(lambda self: self.at(m.Charging, m.Closing))
    @rule(row=st.sampled_from("123"))
    def word_for_a_device(self, row: str) -> None:
        """Ask a silent device again, or say what it did."""
        manual = self.hand.till.mode == m.Charging("manual")
        self.press(row)
        if self.at(m.Confirming) or manual:
            self.hand.press("enter")

    @precondition(lambda self: self.hand.till.ledger.words)
    @rule(outcome=st.sampled_from(CHARGED))
    def terminal_says_late(self, outcome: Outcome) -> None:
        """Let the terminal answer what a person has answered for it."""
        self.hand.give(CardAnswered(self.hand.till.ledger.words[-1].token, outcome))

    @rule(row=st.sampled_from("45"), amount=SUMS)
    def move_cash(self, row: str, amount: str) -> None:
        """Put cash in or take it out; more than there is stays there."""
        if self.to_sale():
            self.press("f10", row)
            self.hand.write(amount).press("enter")

    @precondition(lambda self: self.at(m.Selling))
    @rule()
    def x_report(self) -> None:
        """Look at the sums of the shift."""
        self.to_sale()
        self.press("f10", "6")
        if isinstance(self.hand.till.mode, m.Reporting):
            assert self.hand.till.mode.report.totals == self.books.totals

    @rule(keep=st.booleans())
    def z_report(self, keep: bool) -> None:  # noqa: FBT001 - drawn
        """Close the shift; receipts put aside stay or are given up, the fiscal device is asked where there is one."""
        if not self.to_sale():
            return
        for begun in self.hand.till.ledger.prints:
            self.hand.give(Printed(begun.token, "printed", fiscal=3))
        self.press("f10", "7")
        while self.at(m.SettlingPostponed):
            self.press("1" if keep else "2")
        if self.at(m.Confirming):
            self.hand.press("enter")
            assert self.at(m.Closing, m.Reporting)

    @precondition(lambda self: self.at(m.Closing) or self.hand.till.ledger.prints)
    @rule(before=st.one_of(st.none(), st.integers(0, 9)))
    def fiscal_ready(self, before: int | None) -> None:
        """Let the fiscal device say its last number, or not."""
        mode = self.hand.till.mode
        token = mode.token if isinstance(mode, m.Closing) else self.hand.till.ledger.prints[0].token
        self.hand.give(FiscalReady(token, before))

    @precondition(lambda self: self.hand.till.ledger.closing)
    @rule(outcome=st.sampled_from(["closed", "failed", "unknown", "strange"]))
    def fiscal_shut(self, outcome: Literal["closed", "failed", "unknown", "strange"]) -> None:
        """Let the fiscal device say what became of the closing."""
        assert self.hand.till.ledger.closing is not None
        self.hand.give(ShiftShut(self.hand.till.ledger.closing.token, outcome, 7))

    @precondition(lambda self: self.hand.till.ledger.prints)
    @rule(outcome=st.sampled_from(["printed", "printed", "failed", "unknown"]), fiscal=st.sampled_from([0, 3, 3]))
    def paper(self, outcome: Literal["printed", "failed", "unknown"], fiscal: int) -> None:
        """Let the printer finish with a paper."""
        token = self.hand.till.ledger.prints[0].token
        self.hand.give(Printed(token, outcome, "" if outcome == "printed" else "off", fiscal))

    @rule(code=PEOPLE, idle=st.booleans())
    def change_of_cashier(self, code: str, idle: bool) -> None:  # noqa: FBT001 - drawn
        """Lock, or leave the till for long, whatever is in work; another one goes on."""
        if idle:
            self.hand.give(Ticked(idle=True))
        elif self.at(m.Selling, m.Paying):
            self.hand.press("escape", "-")
        if self.at(m.EnteringCode):
            self.hand.press("escape").sign_in(code)
            assert self.hand.till.ledger.cashier is not None

    @rule(code=PEOPLE)
    def power_cut(self, code: str) -> None:
        """Cut the power at any point; the start asks for what is open, and somebody signs in."""
        facts, prints = self.hand.facts, self.hand.till.ledger.prints
        self.hand = self.hand.restarted()
        self.hand.facts = facts
        for found in (ChargeFound(), ClosingFound()):
            self.hand.give(found)
        for begun in prints:
            self.hand.give(Printed(begun.token, "unknown", "no_answer"))
        self.hand.sign_in(code)

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=4), night=st.sampled_from([0, 0, 0, 24 * 3600]))
    def cat(self, keys: list[str], night: int) -> None:
        """Walk over the keys, perhaps at night."""
        self.hand.wait(night).press(*keys)

    @invariant()
    def books_are_right(self) -> None:
        """Drawer, shift, receipts and charges of the till are the bookkeeper's."""
        for fact in self.hand.facts[self.read :]:
            self.books.book(fact)
        self.read = len(self.hand.facts)
        ledger = self.hand.till.ledger
        assert ledger.drawer == self.books.drawer >= 0
        assert (ledger.shift.number if ledger.shift else 0) == self.books.shift
        assert (ledger.shift.totals if ledger.shift else ledger.uncounted) == self.books.totals
        assert [own.token for own in ledger.disputed] == self.books.disputed
        assert ({ledger.charge.token: ledger.charge} if ledger.charge else {}) == self.books.charges
        standing = [own for own in (ledger.receipt, *ledger.postponed) if own]
        assert {own.identifier for own in standing} == set(self.books.sheets)
        assert (ledger.receipt.identifier if ledger.receipt else "") == self.books.open
        for receipt in standing:
            self.receipt_is_right(receipt)

    def receipt_is_right(self, receipt: Receipt) -> None:
        """Check sums against the bookkeeper's, and that no discount breaks a minimum price."""
        sheet = self.books.sheets[receipt.identifier]
        assert receipt.total == sum(line.sum for line in receipt.live) == sheet.total
        assert receipt.paid == sum(amount for _, _, amount in sheet.tenders)
        assert not receipt.tenders or receipt.in_payment
        for line in receipt.live:
            assert line.floor <= line.sum <= line.gross

    @invariant()
    def restart_is_the_same(self) -> None:
        """A restart at this very point has the same ledger; what is on the screen can be shown."""
        self.again = fold(self.again, tuple(self.hand.facts[self.replayed :]))
        self.replayed = len(self.hand.facts)
        assert self.again == self.hand.till.ledger
        view(self.hand.till)


TestDay = pytest.mark.no_cover(DayMachine.TestCase)
TestDay.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
