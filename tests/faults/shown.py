"""What a till has shown as confirmed: one line for each turn, written by the headless till, read by the checker."""

import msgspec

from cashier.core import modes as m
from cashier.core.ledger import Ledger
from cashier.core.receipt import Line, Receipt
from cashier.core.state import Till


class ShownLine(msgspec.Struct, frozen=True):
    """A line of the receipt on the screen; quantity in thousandths, sum in kopecks."""

    position: int
    code: str
    quantity: int
    sum: int
    storno: bool


class ShownReceipt(msgspec.Struct, frozen=True):
    """The receipt on the screen; sums in kopecks."""

    identifier: str
    number: int
    lines: tuple[ShownLine, ...]
    total: int
    tenders: tuple[int, ...]
    in_payment: bool
    closed: bool


class Shown(msgspec.Struct, frozen=True):
    """One turn: what stands on the screen, and how far the journal had come when it was said."""

    seq: int
    head: str
    """Hash of the journal's last row, in hex."""
    stage: str
    """Name of the mode."""
    receipt: ShownReceipt | None
    change: int | None
    """Change of the receipt just closed."""
    said: str = ""
    """Key of the popup's reason, else of the notice."""
    disk: bool = False
    """Trouble with the disk is being shown."""
    open: int = 0
    """Intents, lines on their way out, papers, a charge and a closing without an outcome."""
    resting: bool = False
    """An input has been dealt with to its end."""


_decode = msgspec.json.Decoder(Shown).decode


def shown(till: Till, seq: int, head: bytes, *, resting: bool = False) -> Shown:
    """Tell what a state shows."""
    mode, closed = till.mode, till.farewell is not None
    receipt = till.ledger.last if closed else till.ledger.receipt
    said = mode.reason.key if isinstance(mode, m.Popup) else till.notice.key if till.notice else ""
    return Shown(
        seq,
        head.hex(),
        type(mode).__name__,
        _receipt(receipt, closed=closed) if receipt else None,
        till.farewell.change if till.farewell else None,
        said,
        disk=bool(till.disk),
        open=_open(till.ledger),
        resting=resting,
    )


def _open(ledger: Ledger) -> int:
    waits = (ledger.charge, ledger.closing)
    return len(ledger.intents) + len(ledger.leaving) + len(ledger.prints) + sum(wait is not None for wait in waits)


def to_line(said: Shown) -> bytes:
    """Write a turn as one line."""
    return msgspec.json.encode(said) + b"\n"


def from_lines(text: bytes) -> list[Shown]:
    """Read turns back; a last line that was cut off was never shown."""
    return [_decode(line) for line in text[: text.rfind(b"\n") + 1].splitlines()]


def _receipt(receipt: Receipt, *, closed: bool) -> ShownReceipt:
    return ShownReceipt(
        receipt.identifier,
        receipt.number,
        tuple(_line(line) for line in receipt.lines),
        receipt.total,
        tuple(tender.amount for tender in receipt.tenders),
        receipt.in_payment,
        closed,
    )


def _line(line: Line) -> ShownLine:
    return ShownLine(line.position, line.product.code, line.quantity, line.sum, line.storno)
