"""What the stand-in СКО is asked and answers (domain/stock-control.openapi.yaml; headers of spec S10)."""

import re
from typing import Final, NamedTuple

from msgspec import UNSET, Struct, UnsetType

from cashier.core.quantity import Thousandths, to_text, typed

UNKNOWN: Final = "Товар не найден"
UNDONE: Final = "Резерв уже отменён"
CLOSED: Final = "Чек этого резерва уже закрыт"
NOTHING: Final = "Отменять нечего"
OTHER: Final = "Этот ключ уже назван другому резерву"
NO_SKU: Final = "Не указан товар (sku)"
NO_QUANTITY: Final = "Количество должно быть больше нуля: десятичное, с точкой, до трёх знаков"
NO_PLACE: Final = "Магазин или касса названы слишком длинно"
NO_GUID: Final = "не UUID"

_QUANTITY: Final = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)
_LONGEST: Final = 200
"""Signs of an article, a shop or a till."""


class Asked(Struct, frozen=True):
    """A wish to reserve, or to cancel a reserve."""

    store: str
    pos: str
    reservation: str
    """GUID of the receipt."""
    sku: str
    quantity: Thousandths
    key: str = ""
    """Of this reserve, or of the one to be cancelled; empty: none was named."""


class Outcome(Struct, frozen=True, omit_defaults=True):
    """`SuccessResult` or `UnsuccessResult`."""

    success: bool
    message: str | UnsetType = UNSET
    """Why not, in Russian: it is shown to the cashier."""
    available: float | UnsetType = UNSET
    """Units that are free, where fewer are than were asked for."""

    @property
    def status(self) -> int:
        """Status of the answer."""
        return 200 if self.success else 400


class StockResult(Struct, frozen=True):
    """What is free of an article, and reserved, in units."""

    sku: str
    quantity: float
    reserved: float
    measure: str


class Level(Struct, frozen=True):
    """How much there is of an article."""

    on_hand: Thousandths
    """In the shop, reserved or not; what is sold is not there any more."""
    reserved: Thousandths = Thousandths(0)
    sold: Thousandths = Thousandths(0)
    measure: str = "шт"

    @property
    def free(self) -> Thousandths:
        """What may be reserved still."""
        return Thousandths(max(0, self.on_hand - self.reserved))


class Heard(NamedTuple):
    """A request of a till."""

    method: str
    path: str
    sku: str
    quantity: str
    key: str
    """Header `Idempotency-Key`."""
    undo: str
    """Header `Idempotency-Undo`."""
    status: int = 0
    """Of the answer; 0: none yet, or none at all."""


DONE: Final = Outcome(success=True)


def refusal(message: str) -> Outcome:
    """Say no."""
    return Outcome(success=False, message=message)


def shortage(free: Thousandths, quantity: Thousandths) -> Outcome:
    """Say that there is too little."""
    words = f"Недостаточно: доступно {to_text(free)}, запрошено {to_text(quantity)}"
    return Outcome(success=False, message=words, available=units(free))


def units(quantity: Thousandths) -> float:
    """Write a quantity as a number of units."""
    return quantity / 1000


def quantity_of(text: str) -> Thousandths | None:
    """Read a quantity; None: it is none, or nothing, or senselessly large."""
    return (typed(text) or None) if _QUANTITY.fullmatch(text) else None


def is_name(text: str) -> bool:
    """Tell whether a text may name an article, a shop or a till."""
    return 0 < len(text) <= _LONGEST
