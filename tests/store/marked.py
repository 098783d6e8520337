"""A till's day with marked packs, made of facts."""

from cashier.core import facts as f
from cashier.core.marks import GS
from cashier.core.receipt import Line
from tests.core.goods import MILK
from tests.store.days import Day

PACKS = tuple(f"0104600682000020215Pack{letter}" for letter in "aAbc")
"""КИ; two of them differ by the case of a letter alone."""
PACK = PACKS[0]


def code(ki: str) -> str:
    """Write the full code of a pack."""
    return f"{ki}{GS}93dGVz"


def begin(day: Day, *packs: str, opcode: int = 50) -> Day:
    """Begin a receipt with packs; another `opcode` makes it one of returns."""
    day.begin(MILK)
    day.storno(1)
    for pack in packs:
        enter(day, pack, opcode)
    return day


def enter(day: Day, ki: str, opcode: int = 50) -> Day:
    """Add a pack to the receipt."""
    receipt = day.receipt
    line = Line(len(receipt.lines) + 1, MILK, MILK.quantity, MILK.price, mark=code(ki), ki=ki, single=True)
    day.write(f.LineAdded(receipt.identifier, line))
    change = "UPDATE goodsitem SET opcode = ? WHERE goodsitemid = (SELECT max(goodsitemid) FROM goodsitem)"
    day.documents._conn.execute(change, (opcode,))
    return day
