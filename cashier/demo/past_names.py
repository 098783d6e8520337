"""Receipts of yesterday, by the codes that are printed on them: the same in every demo, so that QA can rely on them."""

from typing import Final
from uuid import UUID, uuid5

from cashier.core.samples import Sample
from cashier.demo import marks, tobacco

SHOP, TILL = "77", "3"
"""Numbers of the demo's shop and till."""

_NAMES: Final = UUID("4d1f6a52-6a1b-4d0e-9f0e-2f6a77b7c0de")


def named(what: str) -> str:
    """Return the GUID of a thing of the demo."""
    return str(uuid5(_NAMES, what))


OWN: Final = (
    ("discount", "наличные, скидка"),
    ("marked", "с марками"),
    ("weighed", "весовые товары"),
    ("card", "картой"),
    ("split", "картой и наличными"),
    ("part", "часть уже возвращена"),
    ("cancelled", "отменён"),
)
"""Receipts of the demo's till, and what is said of them."""

OTHERS: Final = (
    ("other_till", "Чек другой кассы"),
    ("other_shop", "Чек другого магазина"),
    ("nobody", "Неизвестный чек"),
)

MILK: Final = (marks.milk("old-", 1), marks.milk("old-", 2))
PERFUME: Final = marks.perfume("old-", 1)
PACK: Final = tobacco.pack(tobacco.RED, "5old-p1", 200)
"""Codes of the marks that were sold; no start makes packs with a dash of its own (`marks.session`)."""


def others() -> tuple[Sample, ...]:
    """Return rows with the codes of receipts that this till knows nothing of."""
    return tuple(Sample(caption, named(name).encode(), receipt=True) for name, caption in OTHERS)


def samples() -> tuple[Sample, ...]:
    """Return rows with the codes of its own ones, and with marks that were sold by them."""
    codes = (("молоко, марка 1", MILK[0]), ("молоко, марка 2", MILK[1]), ("духи", PERFUME), ("сигареты", PACK))
    return (
        *(Sample(f"Вчерашний чек: {caption}", named(name).encode(), receipt=True) for name, caption in OWN),
        *(Sample(f"Из вчерашнего чека: {caption}", code.encode()) for caption, code in codes),
    )
