"""Whatever cashier, server, queue and power do: no mark is lost, doubled or left reserved (spec M13)."""

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.effects import RunGate
from cashier.core.events import Answered, NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.reading import Standing
from cashier.core.receipt import Receipt
from cashier.gates.marked_goods import MarkedGoodsGate
from tests.core.goods import BREAD
from tests.gates.faulty import Forgetful, Unburied, Unreleasing
from tests.gates.marked import BOOTS, KEFIR, LENIENT, STRICT, WATER, Shop, gate, mark
from tests.gates.market import RIVAL, Server, is_reserve, key_of, mark_of

PACKS = st.sampled_from([(product, serial) for product in (KEFIR, WATER, BOOTS) for serial in "ab"])
FEW = st.integers(0, 3)
FATES = st.sampled_from(["request lost", "answer lost", "late"])


class Market(RuleBasedStateMachine):
    """One till with its cashier, a server it asks and a queue it tells, and another till that buys."""

    own: ClassVar[type[MarkedGoodsGate]] = MarkedGoodsGate
    shops: ClassVar[type[Shop]] = Shop

    @initialize(lenient=st.booleans(), late_first=st.booleans(), packs=st.lists(PACKS, max_size=3))
    def opened(self, lenient: bool, late_first: bool, packs: list[tuple[Product, str]]) -> None:  # noqa: FBT001 - drawn
        """Open the shop, with some packs in the first receipt."""
        self.lenient, self.late_first = lenient, late_first
        rules = gate(LENIENT if lenient else STRICT, without_mark=True).rules
        self.shop = self.shops.behind(self.own(rules))
        self.server = Server()
        self.late: list[RunGate] = []
        """Requests nobody waits for any more and that may still come to the server."""
        self.ignored: set[str] = set()
        """Keys of reserves that nobody answered and that were sold upon."""
        self.closed: dict[str, Receipt] = {}
        self.delivered = 0
        for pack in packs:
            self.sells(pack, 2)

    @rule(pack=PACKS, answers=st.sampled_from([2, 1]))
    @precondition(lambda self: self.selling)
    def sells(self, pack: tuple[Product, str], answers: int) -> None:
        """Sell a pack by its mark alone, the server being quick at least once."""
        self.scans_mark(pack)
        for _ in range(answers):
            self.server_answers(-1)

    @rule(pack=PACKS)
    @precondition(lambda self: self.shop.question or self.selling)
    def scans_mark(self, pack: tuple[Product, str]) -> None:
        """Hold a mark under the scanner, while it is asked for or out of the blue."""
        own = mark(*pack)
        here = any(own.ki in _marks(receipt) for receipt in self.closed.values())
        self.shop.take(replace(own, standing=Standing.SOLD if here else Standing.UNKNOWN))

    @rule(product=st.sampled_from([KEFIR, WATER, BOOTS, BREAD]))
    @precondition(lambda self: self.selling)
    def scans_barcode(self, product: Product) -> None:
        """Hold a barcode under the scanner."""
        self.shop.scan(product.barcode)

    @rule(ups=FEW, which=FEW)
    @precondition(lambda self: self.selling and self.shop.till.ledger.receipt)
    def stornos(self, ups: int, which: int) -> None:
        """Storno a line; its mark, if it is asked for, is that of any line of the receipt."""
        self.shop.press(*("up",) * ups, "delete")
        if self.shop.question:
            marks = _marks(self.shop.receipt)
            self.shop.take(replace(mark(KEFIR), ki=marks[which % len(marks)]))

    @rule(key=st.sampled_from(["escape", "1", "enter"]))
    @precondition(lambda self: isinstance(self.shop.till.mode, m.Passing))
    def presses(self, key: str) -> None:
        """Press a key that gives up or answers."""
        self.shop.press(key)

    @rule()
    @precondition(lambda self: self.selling)
    def puts_aside_or_takes_up(self) -> None:
        """Put the receipt aside, or take the first one up."""
        self.shop.press("f11")
        if isinstance(self.shop.till.mode, m.Restoring):
            self.shop.press("1")

    @rule()
    @precondition(lambda self: self.selling)
    def pays(self) -> None:
        """Pay in cash."""
        self.shop.press("plus")
        if isinstance(self.shop.till.mode, m.Paying):
            self.shop.press("enter")
            last = self.shop.till.ledger.last
            assert last is not None
            self.closed[last.identifier] = last

    @rule()
    @precondition(lambda self: self.selling)
    def gives_up_the_receipt(self) -> None:
        """Storno the whole receipt."""
        self.shop.press("f4")
        if isinstance(self.shop.till.mode, m.Confirming):
            self.shop.press("enter")

    @rule(which=FEW)
    @precondition(lambda self: self.shop.requests)
    def server_answers(self, which: int) -> None:
        """Let one of the requests be answered."""
        if self.shop.requests:
            request = self._taken(which)
            self.shop.give(Answered(request.token, Reply(self.server.asked(request))))
            self._close_popup()

    @rule(which=FEW, fate=FATES)
    @precondition(lambda self: self.shop.requests)
    def server_is_silent(self, which: int, fate: str) -> None:
        """Let one of the requests get no answer: it never came, the answer was lost, or it comes when it will."""
        request = self._taken(which)
        if fate == "answer lost":
            self.server.asked(request)
        if fate == "late":
            self.late.append(request)
        if self.lenient:
            self.ignored.add(is_reserve(request))
        self.shop.give(Answered(request.token, NoReply("late")))

    @rule()
    @precondition(lambda self: self.late)
    def late_request_comes(self) -> None:
        """Let a request come that nobody waits for."""
        self.server.asked(self.late.pop(0))

    @rule(count=FEW)
    @precondition(lambda self: self.delivered < len(self.shop.queued))
    def queue_delivers(self, count: int) -> None:
        """Deliver some messages in order; the one before once more, as when its receipt was lost."""
        for message in self.shop.queued[max(self.delivered - 1, 0) : self.delivered + count]:
            self.server.told(message)
        self.delivered = min(self.delivered + count, len(self.shop.queued))

    @rule(pack=PACKS)
    def another_till_buys(self, pack: tuple[Product, str]) -> None:
        """Sell a mark elsewhere."""
        self.server.bought_elsewhere(mark(*pack).ki)

    @rule()
    @precondition(lambda self: any(map(is_reserve, self.shop.requests)))
    def another_till_is_first(self) -> None:
        """Sell elsewhere what is being reserved here."""
        for request in self.shop.requests:
            self.server.bought_elsewhere(mark_of(request))

    @rule(fate=FATES)
    @precondition(lambda self: self.shop.requests or self.shop.till.ledger.receipt)
    def power_goes(self, fate: str) -> None:
        """Cut the power; what was asked never came to the server, came, or may still come."""
        for request in self.shop.requests if fate == "answer lost" else ():
            self.server.asked(request)
        self.late += self.shop.requests if fate == "late" else []
        self.shop = self.shop.restarted().sign_in()

    @rule(fate=FATES)
    @precondition(lambda self: any(map(is_reserve, self.shop.requests)))
    def power_goes_before_the_answer(self, fate: str) -> None:
        """Cut the power between a commit and the answer to its reserve."""
        self.power_goes(fate)

    @rule()
    @precondition(lambda self: self.shop.queued or self.late)
    def comes_to_rest(self) -> None:
        """Let all that is under way end, and hold the books against each other."""
        while self.shop.requests:
            self.server_answers(0)
        while not isinstance(self.shop.till.mode, m.Selling):
            self.shop.press("escape")
            while self.shop.requests:
                self.server_answers(0)
        for deliver_late in (self.late_first, not self.late_first):
            if deliver_late:
                while self.late:
                    self.server.asked(self.late.pop(0))
            else:
                self.queue_delivers(len(self.shop.queued))
        self._books_agree()

    @invariant()
    def mark_is_in_one_receipt(self) -> None:
        """No mark is live twice: in the open receipt, those put aside, and those closed."""
        marks = [ki for receipt in (*self._open(), *self.closed.values()) for ki in _marks(receipt)]
        assert len(marks) == len(set(marks))

    def teardown(self) -> None:
        """End every day at rest."""
        if hasattr(self, "shop"):
            self.comes_to_rest()

    def _open(self) -> tuple[Receipt, ...]:
        ledger = self.shop.till.ledger
        return (*((ledger.receipt,) if ledger.receipt else ()), *ledger.postponed)

    def _taken(self, which: int) -> RunGate:
        return self.shop.requests.pop(which % len(self.shop.requests))

    @property
    def selling(self) -> bool:
        """The sale screen stands, and nothing over it."""
        self._close_popup()
        return isinstance(self.shop.till.mode, m.Selling)

    def _close_popup(self) -> None:
        if isinstance(self.shop.till.mode, m.Popup):
            self.shop.press("escape")

    def _books_agree(self) -> None:
        ledger = self.shop.till.ledger
        assert (ledger.intents, ledger.leaving) == ((), ())
        made = [fact.token for fact in self.shop.happened(IntentMade) if isinstance(fact, IntentMade)]
        assert len(made) == len(set(made))
        lines = {line.ki: (own.identifier, key_of(line)) for own in self._open() for line in own.live if line.ki}
        held = {ki: (own.receipt, key) for ki, own in self.server.held.items() for key in own.keys}
        assert sum(len(own.keys) for own in self.server.held.values()) == len(held)
        assert held.items() <= lines.items()
        assert {key for _, key in {ki: lines[ki] for ki in lines.keys() - held.keys()}.values()} <= self.ignored
        self._sales_agree()

    def _sales_agree(self) -> None:
        sold = {line.ki: (own.identifier, key_of(line)) for own in self.closed.values() for line in own.live if line.ki}
        told = {ki: receipt for ki, receipt in self.server.sold.items() if receipt != RIVAL}
        assert told.items() <= {ki: receipt for ki, (receipt, _) in sold.items()}.items()
        assert {sold[ki][1] for ki in sold.keys() - told.keys()} == self.server.doubled
        assert self.server.doubled <= self.ignored


def _marks(receipt: Receipt) -> list[str]:
    return [line.ki for line in receipt.live if line.ki]


Market.TestCase.settings = settings(
    max_examples=400, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestMarket = Market.TestCase


@pytest.mark.parametrize("faulty", [Unreleasing, Unburied, Forgetful])
def test_faulty_gate_is_caught(faulty: type[MarkedGoodsGate]) -> None:
    """Given a gate with a fault in its books, when the same days pass, then they do not agree."""
    market = type("FaultyMarket", (Market,), {"own": faulty})
    sought = settings(
        max_examples=2000,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(market, settings=sought)
