"""«Проверка цены»: the search for goods, and their card."""

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.keys import Action, Context
from cashier.core.modes import CheckingPrice, ShowingPrice
from cashier.core.money import ZERO
from cashier.core.quantity import ONE
from cashier.core.say import Count, Say, say
from cashier.core.state import Till
from cashier.core.view_keys import hint, listing
from cashier.core.view_model import Dialog, Hint, Option
from cashier.core.view_question import panel_key

_FIT, _FIT_WITH_PROBLEM = 5, 3
"""Lines of a card that the smallest screen has room for."""


def search(till: Till, mode: CheckingPrice, rows: tuple[Option, ...]) -> Dialog:
    """Return the panel in which goods are looked for; the rows are those found."""
    nothing = say("search_nothing") if mode.entry.strip() else say("price_check_type")
    keys = listing(till, say("key_show")) if rows else (_close(till),)
    return Dialog(
        say("title_price_check"),
        options=rows,
        chosen=mode.chosen,
        empty=None if mode.problem and not rows else nothing,
        problem=mode.problem,
        keys=(*keys, *panel_key(till)),
    )


def card(till: Till, mode: ShowingPrice) -> Dialog:
    """Return the card of goods."""
    product, lines, problem = mode.product, mode.lines, _problem(mode.product)
    more = len(lines) > (_FIT_WITH_PROBLEM if problem else _FIT)
    named = Dialog(
        say("title_price_check"),
        body=(say("price_check_goods", name=product.name, code=product.code),),
        chosen=-1,
        lines=lines,
        first=mode.first,
        problem=problem,
        keys=(*(_scrolling(till) if more else ()), _close(till), *panel_key(till)),
    )
    return replace(named, price=mode.price, unit=_unit(product)) if product.price > ZERO else named


def _unit(product: Product) -> Say:
    if product.quantity != ONE and not product.fractional:
        return say("price_check_pack", unit=product.unit, quantity=Count(product.quantity))
    return say("price_check_unit", unit=product.unit)


def _problem(product: Product) -> Say | None:
    """Say why the goods cannot be sold at all, as the sale would."""
    if product.price <= ZERO:
        return say("price_missing", name=product.name)
    return None if product.sale_allowed else say("sale_forbidden", name=product.name)


def _scrolling(till: Till) -> tuple[Hint, ...]:
    arrows = (till.rules.keymap.keys_of(Context.DIALOG, action)[:1] for action in (Action.UP, Action.DOWN))
    return (Hint(sum(arrows, ()), say("key_scroll")),)


def _close(till: Till) -> Hint:
    return hint(till, Context.DIALOG, Action.CANCEL, say("key_close"))
