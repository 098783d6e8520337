"""A whole till where goods come back: sale receipts are found when a test lets them be, a cash server grants claims."""

import asyncio
from typing import Any

from msgspec.structs import replace

from cashier.core.effects import FindSale
from cashier.core.events import SaleFound
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks
from cashier.core.rights import CASHIER, SENIOR, Right
from cashier.core.sales import Sale, SaleHead
from cashier.core.shifts import Shift
from cashier.gates.returns import NAME, ReturnRules, ReturnsGate
from cashier.ports import NoAnswerError
from devices.payment import PaymentTerminal
from tests.gates.returned import MIXED
from tests.runtime.rig import NOON
from tests.ui.mark_rig import MarkRig


class Finder:
    """Finds sale receipts by their codes; `open` clear: takes its time."""

    def __init__(self, *sales: Sale) -> None:
        self.sales = {own.identifier: own for own in sales}
        self.heads: tuple[SaleHead, ...] = ()
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, asked: FindSale) -> SaleFound:
        """Answer."""
        await self.open.wait()
        if asked.wanted.date and not asked.wanted.number:
            return SaleFound(asked.token, "several", heads=self.heads)
        known = [own for own in self.sales.values() if asked.wanted.number in {0, own.number}]
        found = self.sales.get(asked.wanted.identifier) if asked.wanted.identifier else next(iter(known), None)
        return SaleFound(asked.token, "found" if found else "missing", found)


class Claims:
    """Grants claims; `left`: refuses, with so much left; `down`: does not answer."""

    def __init__(self) -> None:
        self.left, self.down = -1.0, False

    async def __call__(self, _body: str) -> str:
        """Answer the gate."""
        if self.down:
            raise NoAnswerError
        if self.left < 0:
            return '{"result":"CLAIMED"}'
        return f'{{"result":"REFUSED","lines":[{{"position":1,"left":{self.left}}}]}}'


class BackRig(MarkRig):
    """A rig with money in the drawer, a terminal perhaps, and sale receipts to be found."""

    def __init__(
        self, *sales: Sale, terminal: PaymentTerminal | None = None, senior: bool = False, **common: Any
    ) -> None:
        shift = Shift(1, NOON.replace(tzinfo=None).isoformat())
        ledger = Ledger(shift=shift, shifts=1, drawer=Kopecks(10_000_000))
        super().__init__(ledger=ledger, **common)
        self.finder = self.hands.sales = Finder(*(sales or (MIXED,)))
        self.claims = Claims()
        self.hands.handlers[NAME] = self.claims
        if terminal:
            self.hands.cards = type(self.hands.cards)(terminal)
        rules = self.pump.till.rules
        rights = {**dict.fromkeys(Right, CASHIER), Right.REFUND: SENIOR if senior else CASHIER}
        gates = (*rules.gates, ReturnsGate(ReturnRules(asks=True)))
        self.pump.till = replace(
            self.pump.till, rules=replace(rules, gates=gates, rights=rights, terminal=terminal is not None)
        )
