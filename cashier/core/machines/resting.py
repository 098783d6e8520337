"""Where a signed-in till stands when nothing is being done, and what is told of a receipt just paid."""

from msgspec.structs import replace

from cashier.core.modes import (
    Charging,
    CheckingPassword,
    Closing,
    EnteringCode,
    EnteringPassword,
    Mode,
    Paying,
    Popup,
    Selling,
)
from cashier.core.receipt import Receipt
from cashier.core.say import say
from cashier.core.state import Farewell, Step, Till


def resting(till: Till) -> Mode:
    """Tell where a signed-in till stands; what a terminal or a fiscal device was asked to do comes first."""
    ledger = till.ledger
    if ledger.charge:
        return Charging("manual" if ledger.charge.manual else "silent")
    if ledger.closing:
        return Closing(ledger.closing.token, "silent")
    return Paying() if ledger.receipt and ledger.receipt.in_payment else Selling()


def farewell_of(receipt: Receipt, token: str = "") -> Farewell:
    """Return what is told about a receipt that has just been paid."""
    return Farewell(receipt.number, receipt.total, receipt.change, token, kind=receipt.kind)


def under(mode: Mode) -> Mode:
    """Return the mode that errors, help and other things that only stand over it will come back to."""
    while (back := getattr(mode, "back", None)) is not None:
        mode = back
    return mode


def attended(till: Till) -> bool:
    """Tell whether somebody is signed in at the till; after a power cut the ledger only has who was."""
    return not isinstance(under(till.mode), EnteringCode | EnteringPassword | CheckingPassword)


def told_withdrawn(step: Step) -> Step:
    """Tell what had to go out of the receipt, one error after the other, once the till is at its sale or payment.

    Who is typing just then has not read it: the Enter that ends the entry does not close it.
    """
    till, mode = step.till, step.till.mode
    if not (till.withdrawn and isinstance(mode, Selling | Paying)):
        return step
    first, *others = till.withdrawn
    told = Step(replace(till, withdrawn=tuple(others)), step.effects)
    told = told.refusing(first, say("line_withdrawn_advice"), mode)
    return told.to(Popup(first, say("line_withdrawn_advice"), mode, stray=bool(mode.entry)))
