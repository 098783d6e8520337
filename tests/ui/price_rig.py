"""A whole till in a kiosk: real gates of marks, price and restrictions; its clock goes where a test sets it."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.events import Found
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks
from cashier.core.receipt import Line
from cashier.core.rights import SENIOR, Right
from tests.core.goods import BREAD
from tests.runtime.rig import NOON
from tests.ui.mark_rig import MarkRig
from tests.ui.price_goods import KIOSK, gates
from tests.ui.sitting import Cashier


class PriceRig(MarkRig):
    """Sells what a kiosk has; of some rights cashiers have to ask a senior."""

    def __init__(self, *goods: Product, dated: str = "", asked: Iterable[Right] = (), legal: int = 0) -> None:
        super().__init__(ledger=Ledger(dated=dated))
        rules = self.pump.till.rules
        rules = replace(rules, gates=gates(legal), rights={**rules.rights, **dict.fromkeys(asked, SENIOR)})
        self.pump.till = replace(self.pump.till, rules=rules)
        self.goods = (*(goods or KIOSK), BREAD)
        self.shop.find_code = self._find_goods  # type: ignore[method-assign]

    def _find_goods(self, text: str, now: datetime) -> Found:
        assert now.tzinfo is not None
        return Found(tuple(own for own in self.goods if text in {own.barcode, own.code}))

    def clock_at(self, hour: int) -> None:
        """Let it be a full hour of the day on which the rig has been started."""
        self.clock.now = NOON.replace(hour=hour)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Lines of the open receipt that are sold."""
        receipt = self.till.ledger.receipt
        return receipt.live if receipt else ()

    @property
    def prices(self) -> list[Kopecks]:
        """What each of them costs."""
        return [line.price for line in self.lines]

    @property
    def ages(self) -> list[f.AgeConfirmed]:
        """What the journal has of ages, in order."""
        return [fact for fact in self.disk.facts if isinstance(fact, f.AgeConfirmed)]

    @property
    def clocks(self) -> list[f.ClockConfirmed]:
        """What the journal has of the clock."""
        return [fact for fact in self.disk.facts if isinstance(fact, f.ClockConfirmed)]


async def confirms(cashier: Cashier, code: str, password: str) -> None:
    """Type another user's code and password into the dialog that asks for them."""
    await cashier.sees("Нужно подтверждение другого пользователя", "Код:")
    cashier.types(*code, "enter")
    await cashier.sees("Пароль:")
    cashier.types(*password, "enter")
