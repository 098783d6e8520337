"""What the gate of marked goods tells of goods before they are sold; the cash server is not asked (spec S8)."""

from cashier.core.catalogue import MARKED_KINDS, Kind
from cashier.core.gate import Inquiry
from cashier.core.reading import Standing
from cashier.core.say import Say, say
from cashier.gates.marked_goods._rules import MarkRules


def known_of(rules: MarkRules, inquiry: Inquiry) -> tuple[Say, ...]:
    """Tell whether goods go by their mark, and what stands against the one that was scanned."""
    product, reading = inquiry.product, inquiry.reading
    scanned = reading if reading and reading.accepted else None
    if product.kind not in MARKED_KINDS:
        return (say("goods_not_marked", name=product.name),) if scanned else ()
    by_mark = say("known_by_mark")
    if scanned is None:
        return (by_mark,)
    unique = rules.unique or product.kind is Kind.TOBACCO
    sold = unique and scanned.standing is Standing.SOLD
    listed = scanned.white is not False
    return (
        by_mark,
        *((say("mark_registered_before"),) if sold else ()),
        *(() if listed else (say("mark_not_white"),)),
    )
