"""Gates of price and of restrictions with one fault each: the day at random must catch them."""

from datetime import datetime

from msgspec.structs import replace

from cashier.core.gate import Asked, Enter, Pass, Unpayable
from cashier.core.money import ZERO
from cashier.core.receipt import Receipt
from cashier.gates.price import PriceGate
from cashier.gates.restrictions import RestrictionsGate


class Floorless(PriceGate, frozen=True):
    """Forgets the minimum price."""

    def enter(self, asked: Asked, /) -> Enter:
        """Let the line in without one."""
        verdict = super().enter(asked)
        return replace(verdict, line=replace(verdict.line, min_price=ZERO)) if isinstance(verdict, Pass) else verdict


class Dear(PriceGate, frozen=True):
    """Forgets МРЦ."""

    def enter(self, asked: Asked, /) -> Enter:
        """Let the line in at the price of the catalogue."""
        verdict = super().enter(asked)
        price = asked.line.product.price
        return replace(verdict, line=replace(verdict.line, price=price)) if isinstance(verdict, Pass) else verdict


class Lawless(PriceGate, frozen=True):
    """Forgets the lowest lawful price."""

    def enter(self, asked: Asked, /) -> Enter:
        """Decide as if there were none."""
        return PriceGate(self.marks).enter(asked)


class Ageless(RestrictionsGate, frozen=True):
    """Forgets the age."""

    def enter(self, asked: Asked, /) -> Enter:
        """Take every buyer for an old man."""
        return super().enter(replace(asked, receipt=replace(asked.receipt, age=99)))


class Mild(RestrictionsGate, frozen=True):
    """Forgets that more is asked of some goods than of others."""

    def enter(self, asked: Asked, /) -> Enter:
        """Take every buyer who has any age for an old man."""
        age = 99 if asked.receipt.age else 0
        return super().enter(replace(asked, receipt=replace(asked.receipt, age=age)))


class Sleepless(RestrictionsGate, frozen=True):
    """Forgets the hours."""

    def enter(self, asked: Asked, /) -> Enter:
        """Take every hour for noon."""
        return super().enter(replace(asked, at=asked.at.replace(hour=12)))


class Trusting(RestrictionsGate, frozen=True):
    """Forgets that the clock may be wrong."""

    def enter(self, asked: Asked, /) -> Enter:
        """Believe it."""
        return super().enter(replace(asked, doubted=""))


class Lenient(RestrictionsGate, frozen=True):
    """Forgets that hours begin while goods stand in a receipt."""

    def unpayable(self, receipt: Receipt, at: datetime, doubted: str, /) -> Unpayable | None:
        """Take every hour for noon."""
        return super().unpayable(receipt, at.replace(hour=12), doubted)


class Hasty(RestrictionsGate, frozen=True):
    """Forgets that the clock may leap while goods stand in a receipt."""

    def unpayable(self, receipt: Receipt, at: datetime, _doubted: str, /) -> Unpayable | None:
        """Believe it."""
        return super().unpayable(receipt, at, "")


class Forgiving(RestrictionsGate, frozen=True):
    """Forgets that a buyer may turn out too young for goods that stand in a receipt."""

    def unpayable(self, receipt: Receipt, at: datetime, doubted: str, /) -> Unpayable | None:
        """Take every buyer for an old man."""
        return super().unpayable(replace(receipt, age=99), at, doubted)


class Courteous(RestrictionsGate, frozen=True):
    """Forgets that a date of birth was typed."""

    def enter(self, asked: Asked, /) -> Enter:
        """Take a word as before."""
        return super().enter(replace(asked, receipt=replace(asked.receipt, proven=False)))
