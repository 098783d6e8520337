"""The till at which the samples of states are reached."""

from typing import Any

from msgspec.structs import replace

from cashier.core.samples import Sample, Switch
from cashier.core.state import Rules
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA
from tests.core.hand import Hand

SAMPLES = Rules(
    training=True,
    samples=(
        Sample("Хлеб", BREAD.barcode.encode()),
        Sample("Мусор", b"\x1b[2J"),
        Switch("Принтер без бумаги", "printer", "out_of_paper"),
    ),
)


def at_till(*, gates: str = "", lines: int = 0, code: str = IVANOVA.code, **rules: Any) -> Hand:
    """Sign in at a training till, with one scripted gate, and sell a few loaves as lines of their own."""
    script = dict(pair.split("=") for pair in gates.split(";") if pair)
    scripted = gate(**{phase: moves.replace("+", " ") for phase, moves in script.items()})
    hand = Hand.signed_in(rules=replace(SAMPLES, gates=(scripted,), merge_lines=False, **rules), code=code)
    for _ in range(lines):
        hand.scan(BREAD.barcode)
    return hand
