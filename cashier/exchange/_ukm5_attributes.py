"""`attributes` of an item of УКМ 5 (domain/ukm5.md 4.5): marks that are asked for, ages that goods are sold from.

What is missing from an item is not taken back: an attribute holds until it is sent with `delete`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cashier.core.catalogue import ADULT, Kind
from cashier.exchange import _ukm5_shapes as shapes
from cashier.store import forms
from cashier.store.loading import Change, Forget, Put

_KINDS: Final = {"markedtobacco": Kind.TOBACCO, "markedgoods": Kind.MARKED}
"""Attributes that make an item marked (interfaces.md); tobacco first, its rules are the stricter."""
_OF_ADULTS: Final = frozenset({"tobacco", "alcohol", "energydrink"})
"""Attributes of goods that the law sells from 18.

УКМ 5 sends no age with them; its tobacco without a mark has nothing but the check of age (domain/ukm5.md 4.5). The laws
are 15-ФЗ, article 20, of tobacco, 171-ФЗ, article 16, of alcohol, and 304-ФЗ of 2024 of energy drinks.
"""


def kind_of(attributes: Sequence[shapes.Attribute]) -> int | None:
    """Return the kind of goods; None when no attribute speaks of marks, plain when the mark is taken back."""
    said = {_name(attribute): attribute.gone for attribute in attributes}
    live = [kind for name, kind in _KINDS.items() if said.get(name) is False]
    taken_back = any(name in said for name in _KINDS)
    return int(live[0]) if live else int(Kind.PLAIN) if taken_back else None


def ages(key: str, attributes: Sequence[shapes.Attribute]) -> Iterator[Change]:
    """Restrict an item by age, or take it back; an age of the item itself goes before it."""
    for attribute in attributes:
        name = _name(attribute)
        if name not in _OF_ADULTS:
            continue
        if attribute.gone:
            yield Forget("attributeage", ("code", "attribute"), (key, name))
        else:
            yield Put(forms.ATTRIBUTE_AGE, (key, name, ADULT))


def _name(attribute: shapes.Attribute) -> str:
    return str(attribute.id).strip().lower()
