"""What the stand-in servers hold, as tables for the terminal; text from outside is shown, and obeyed in nothing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from cashier.demo.holdings import Holding, Holdings
from cashier.demo.mark_rules import Mark
from cashier.demo.receipt_forms import Item, Told
from cashier.demo.return_protocol import Returned
from devices.report import visible

TAIL: Final = 26
"""Signs of a code that are shown: its end, which tells packs of one kind apart."""
GUID: Final = 8
"""Signs of a receipt's GUID that are shown."""
NAME: Final = 20
"""Signs of an article or a till that are shown."""

KINDS: Final = {"Sale": "продажа", "RefundWOReceipt": "возврат без чека", "RefundOnReceipt": "возврат по чеку"}
"""Words for `receiptType`."""
_CANCELLED: Final = "\nотменён"


def marks_table(marks: Sequence[Mark]) -> Table:
    """Lay the marks out, the latest on top."""
    rows = [
        (_end(mark.ki), mark.state, _head(mark.receipt, GUID), visible(mark.till), mark.since[11:19])
        for mark in reversed(marks)
    ]
    return _table("Кассовый сервер", ("КИ", "Состояние", "Чек", "Касса", "Время"), rows)


def stock_table(held: Holdings, shown: int) -> Table:
    """Lay the articles out, those that someone holds on top: at most so many."""
    holders = defaultdict(list)
    for reserve in held.reserves:
        holders[reserve.sku].append(_holder(reserve))
    articles = sorted(held.stock, key=lambda each: each.sku not in holders)[:shown]
    rows = [
        (_head(each.sku, NAME), each.free, each.reserved, each.sold, "\n".join(holders[each.sku])) for each in articles
    ]
    return _table("СКО", ("Артикул", "Свободно", "В резерве", "Продано", "Кто держит: чек, касса, сколько"), rows)


def sold_table(receipts: Sequence[tuple[Told, Sequence[Returned]]]) -> Table:
    """Lay receipts out, the latest on top: what was sold in each position, and what was claimed or came back of it."""
    rows = [
        (
            f"{_head(str(own.store_id), NAME)}-{_head(str(own.pos_id), NAME)}",
            f"{_head(str(own.shift_number), NAME)}/{own.number}",
            own.guid[:GUID],
            f"{KINDS.get(own.receipt_type) or _head(own.receipt_type, NAME)}{'' if own.completed else _CANCELLED}",
            "\n".join(_position(item, returned) for item in own.items),
        )
        for own, returned in reversed(receipts)
    ]
    columns = ("Касса", "Номер", "Чек", "Вид", "Позиция: продано/вернули")
    return _table("Чеки", columns, rows)


def _position(item: Item, returned: Sequence[Returned]) -> str:
    back = sum(own.quantity for own in returned if own.position == item.pos_num)
    name = _head(item.product_info.name, NAME)
    return f"{item.pos_num} {name}: {item.total_quantity.amount:g}/{back:g}"


def _holder(reserve: Holding) -> str:
    return f"{_head(reserve.reservation, GUID)} {_head(reserve.till, NAME)} {reserve.quantity}"


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(*columns, title=title)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _head(text: str, signs: int) -> str:
    return visible(text)[:signs]


def _end(ki: str) -> str:
    seen = visible(ki)
    return seen if len(seen) <= TAIL else f"…{seen[1 - TAIL :]}"
