"""The gates that `[plugins]` turns on, with what the settings say of each; a new gate is a line here.

A gate is loaded only where it is turned on: the others cost a start nothing.
"""

from datetime import time
from typing import TYPE_CHECKING

from cashier.core.catalogue import Period
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.settings.legal import by_kind

if TYPE_CHECKING:
    from cashier.gates.marked_goods import Category, MarkRules
    from cashier.gates.price import LegalKind
    from cashier.gates.restrictions import RestrictionRules


def gates_of(settings: Settings, ledger: Ledger) -> tuple[Gate, ...]:
    """Return the gates in their order (design: how a line gets into a receipt)."""
    return (
        *_restrictions(settings),
        *_marked_goods(settings, ledger),
        *_price(settings),
        *_stock_control(settings, ledger),
        *_returns(settings),
    )


def _restrictions(settings: Settings) -> tuple[Gate, ...]:
    if not settings.plugins.restrictions:
        return ()
    from cashier.gates.restrictions import RestrictionsGate  # noqa: PLC0415 - see above

    return (RestrictionsGate(restriction_rules(settings)),)


def restriction_rules(settings: Settings) -> "RestrictionRules":
    """Take from the settings what restricts the sale of items and groups."""
    from cashier.gates.restrictions import Limits, RestrictionRules  # noqa: PLC0415 - see above

    items: dict[str, Limits] = {}
    groups: dict[str, Limits] = {}
    for own in settings.restrictions:
        period = Period(tuple(sorted(own.weekdays)), own.begins or time.min, own.ends or time.min)
        limits = Limits(own.age, (period,) if own.has_period else ())
        named, code = (items, own.item) if own.item else (groups, own.group)
        named[code] = named.get(code, Limits()).with_other(limits)
    return RestrictionRules(items, groups)


def _price(settings: Settings) -> tuple[Gate, ...]:
    if not settings.plugins.price:
        return ()
    from cashier.gates.price import PriceGate  # noqa: PLC0415 - see above

    return (PriceGate(settings.plugins.markedgoods, legal_kinds(settings)),)


def legal_kinds(settings: Settings) -> "tuple[LegalKind, ...]":
    """Take from the settings the legal minimum prices, by kind of goods."""
    from cashier.gates.price import LegalKind, LegalPrice  # noqa: PLC0415 - see above

    return tuple(
        LegalKind(
            prices=tuple(LegalPrice(own.begins, own.price, own.carton_packs) for own in dated),
            items=frozenset(own.item for own in dated if own.item),
            groups=frozenset(own.group for own in dated if own.group),
        )
        for dated in by_kind(settings.legal_minimums).values()
    )


def _marked_goods(settings: Settings, ledger: Ledger) -> tuple[Gate, ...]:
    """Return the gate; one that was switched off stays until nothing is held by it any more."""
    asks = settings.plugins.markedgoods
    if not (asks or _holds(ledger, "marked_goods")):
        return ()
    from cashier.gates.marked_goods import MarkedGoodsGate  # noqa: PLC0415 - see above

    return (MarkedGoodsGate(mark_rules(settings), asks),)


def _holds(ledger: Ledger, gate: str) -> bool:
    """Tell whether a gate has left something with an open receipt, or has an intent without an outcome."""
    receipts = (ledger.receipt, *ledger.postponed)
    lines = (line for receipt in receipts if receipt for line in receipt.live)
    return any(intent.gate == gate for intent in ledger.intents) or any(line.memory(gate) for line in lines)


def _stock_control(settings: Settings, ledger: Ledger) -> tuple[Gate, ...]:
    """Return the gate, the last one: nothing is reserved that another gate would refuse. Switched off as above."""
    asks = settings.plugins.stockcontrol
    if not (asks or _holds(ledger, "stock_control")):
        return ()
    from cashier.gates.stock_control import StockControlGate  # noqa: PLC0415 - see above

    return (StockControlGate(settings.stock_control.timeout, asks),)


def _returns(settings: Settings) -> tuple[Gate, ...]:
    """Return the gate; whatever comes back, no more of it comes back than was sold."""
    from cashier.gates.returns import ReturnRules, ReturnsGate  # noqa: PLC0415 - see above

    own = settings.cash_server
    place = settings.till
    rules = ReturnRules(bool(own.url), own.timeout, own.offline_returns, place.shopcode, place.cashcode)
    return (ReturnsGate(rules),)


def mark_rules(settings: Settings) -> "MarkRules":
    """Take from the settings what the gate of marked goods goes by."""
    from cashier.gates.marked_goods import MarkRules  # noqa: PLC0415 - see above

    own = settings.marked_goods
    return MarkRules(
        shop=settings.till.shopcode,
        till=settings.till.cashcode,
        categories={category.name: _category(category) for category in own.categories},
        common=_category(own),
        without_mark=own.add_without_scan_mark,
        unique=own.check_local_uniqueness,
        trust_return=own.trust_server_return,
        skip_check=own.skip_check_excise_mark,
        told=bool(settings.queue.url),
    )


def _category(rules: s.MarkRules) -> "Category":
    from cashier.gates.marked_goods import Category  # noqa: PLC0415 - see above

    return Category(
        verify=rules.enable_mark_verify,
        deadline=rules.mark_verify_timeout,
        ignore_errors=rules.ignore_mark_verify_errors,
        white=rules.enable_mark_verify_local and not rules.enable_mark_verify,
    )


def checks_marks(settings: Settings) -> bool:
    """Tell whether the cash server is asked about any mark."""
    return settings.plugins.markedgoods and any(own.enable_mark_verify for own in settings.marked_goods.categories)
