"""The trainee's panel: what can be held under the simulated scanner, and devices that can be made to fail."""

from msgspec import Struct

from cashier.core.ledger import Ledger
from cashier.core.modes import Mode, Panel, Seeking, form_of


class Sample(Struct, frozen=True):
    """Something a trainee can hold under the simulated scanner."""

    caption: str
    data: bytes
    receipt: bool = False
    """The code that is printed on a receipt."""


class Switch(Struct, frozen=True):
    """A fault that a trainee's device can be given; an empty one makes it work again."""

    caption: str
    device: str
    fault: str = ""


PanelRow = Sample | Switch


def rows(ledger: Ledger, mode: Mode, usual: tuple[PanelRow, ...]) -> tuple[PanelRow, ...]:
    """Return the rows of the panel: what is meant just now, then marks of open receipts, then all the usual ones.

    Whoever wants a line out again needs its very mark.
    """
    receipts = (ledger.receipt, *ledger.postponed)
    lines = ((own.number, line) for own in receipts if own for line in own.live if line.mark)
    marks = (_of_line(number, line.position, line.product.name, line.mark) for number, line in lines)
    first = (*meant(ledger, mode, usual), *marks)
    return (*first, *(row for row in usual if row not in first)) if first else usual


def meant(ledger: Ledger, mode: Mode, usual: tuple[PanelRow, ...]) -> tuple[PanelRow, ...]:
    """Return what alone makes sense under the scanner: codes of receipts, or marks of the sale that comes back."""
    under = mode.back if isinstance(mode, Panel) else mode
    if isinstance(under, Seeking):
        return (*_last(ledger), *(row for row in usual if isinstance(row, Sample) and row.receipt))
    receipt, form = ledger.receipt, form_of(mode)
    sale = form.sale if form else receipt.sale if receipt else None
    if sale is None:
        return ()
    marked = (line for line in sale.lines if line.mark)
    return tuple(_of_line(sale.number, line.position, line.product.name, line.mark) for line in marked)


def _last(ledger: Ledger) -> tuple[Sample, ...]:
    """Return the code of the sale closed last."""
    last = ledger.last
    if last is None or last.gives_back:
        return ()
    return (Sample(f"№ {last.number}: QR", last.identifier.encode(), receipt=True),)


def _of_line(receipt: int, position: int, name: str, mark: str) -> Sample:
    return Sample(f"№ {receipt}/{position}: {name}", mark.encode())
