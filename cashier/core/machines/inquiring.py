"""The card of goods: what each gate knows of them, at once or once the outside has answered it (spec S8)."""

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.effects import Effect, RunGate
from cashier.core.events import Answered, NoReply, Reply, Stamped
from cashier.core.gate import Gate, Inquiry
from cashier.core.modes import Mode, Panel, Remark, Selling, ShowingPrice
from cashier.core.reading import Reading
from cashier.core.state import Step, Till, stay


def shown(till: Till, back: Selling, stamped: Stamped, product: Product, reading: Reading | None = None) -> Step:
    """Put the card up with all that the gates know at once; what they have to ask for follows."""
    told = [_remark(gate, product, reading, stamped) for gate in till.rules.gates]
    card = ShowingPrice(back, product, reading, tuple(remark for remark, _ in told))
    return stay(till).to(card).then(*(effect for _, effects in told for effect in effects))


def awaited(till: Till, token: str) -> bool:
    """Tell whether a card waits for an answer of the outside, also while the trainee's panel stands over it."""
    card = _card(till.mode)
    return card is not None and any(remark.token == token for remark in card.remarks)


def answered(till: Till, stamped: Stamped, event: Answered) -> Step:
    """Let the gate that has asked tell what it knows by now; what stands over the card stays."""
    card = _card(till.mode)
    if card is None:
        return stay(till)
    step, remarks = stay(till), []
    for gate, remark in zip(till.rules.gates, card.remarks, strict=True):
        if remark.token == event.token:
            own, effects = _remark(gate, card.product, card.reading, stamped, event.reply)
            step = step.then(*effects)
            remarks.append(own)
        else:
            remarks.append(remark)
    told = replace(card, remarks=tuple(remarks))
    return step.to(replace(till.mode, back=told) if isinstance(till.mode, Panel) else told)


def _card(mode: Mode) -> ShowingPrice | None:
    card = mode.back if isinstance(mode, Panel) else mode
    return card if isinstance(card, ShowingPrice) else None


def _remark(
    gate: Gate, product: Product, reading: Reading | None, stamped: Stamped, answer: Reply | NoReply | None = None
) -> tuple[Remark, tuple[Effect, ...]]:
    """Ask one gate, and the outside for it if it wants that; the card is to be seen before."""
    token = stamped.name(f"price {gate.name}")
    known = gate.about(Inquiry(product, stamped.at, reading, answer, token))
    remark, asks = Remark(known.prices, known.lines, amounts=known.amounts, price=known.price), known.ask
    if asks is None:
        return remark, ()
    run = RunGate(gate.name, token, asks.body, asks.deadline, after_picture=True)
    return replace(remark, token=token, wait=asks.wait), (run,)
