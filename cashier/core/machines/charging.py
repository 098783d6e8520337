"""The charging machine: what a payment terminal is asked to do, and how its outcome is found out.

Whatever is asked is a durable intent first. An outcome nobody knows is settled by asking the terminal for its last
operation, never by repeating; only while the terminal is silent may a person say what it did, and that is written down.
"""

from typing import Literal, assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.conditions import terminal as condition
from cashier.core.effects import AskTerminal, CancelCharge, Charge, Log, ReverseCharge, Signal
from cashier.core.events import CardAnswered, Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import tenders
from cashier.core.machines.approval import confirmed, guarded
from cashier.core.machines.candidate import outlived, refuse_outlived
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.machines.resting import under
from cashier.core.modes import ASK_AGAIN, CHARGE_ROWS, DONE, Charging, Panel, Paying
from cashier.core.money import typed_roubles
from cashier.core.receipt import Receipt
from cashier.core.rights import Errand
from cashier.core.say import Moment, Sum, say
from cashier.core.state import Step, Till, deny, stay
from cashier.core.tender import CardSlip, Tender, TenderKind


def begin(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt) -> Step:
    """Take what is typed, or the rest, by card; there is no change from a card."""
    amount = typed_roubles(mode.entry) if mode.entry else receipt.rest
    if not amount:
        return deny(till, say("sum_bad"))
    if amount > receipt.rest:
        return deny(till, say("card_too_much", rest=Sum(receipt.rest)))
    if outlived(till):
        return refuse_outlived(till, mode)
    token = stamped.name("charge")
    manual = not till.rules.terminal
    begun = f.ChargeBegun(token, receipt.identifier, amount, stamped.local, manual=manual)
    step = stay(till).recorded(begun).to(Charging("manual" if manual else "waiting"))
    return step if manual else step.then(Charge(token, amount))


def reversed_next(step: Step, stamped: Stamped) -> Step:
    """Take the next card payment back; when there is none left, give the cash back."""
    receipt = step.till.ledger.receipt
    cards = [own for own in receipt.tenders if own.kind is TenderKind.CARD] if receipt else []
    if receipt is None or not cards:
        return tenders.given_back(step, stamped)
    tender, token = cards[-1], stamped.name(f"reverse/{len(cards)}")
    operation = tender.slip.operation if tender.slip else ""
    # An operation without a number was a person's word: the terminal could not find it.
    manual = not (step.till.rules.terminal and operation)
    begun = f.ChargeBegun(token, receipt.identifier, tender.amount, stamped.local, reverses=tender.token, manual=manual)
    step = step.recorded(begun).to(Charging("manual" if manual else "waiting"))
    return step if manual else step.then(ReverseCharge(token, operation, tender.amount))


def charging(till: Till, mode: Charging, stamped: Stamped, event: Turn) -> Step:
    """Wait for the terminal; Esc asks it to stop waiting for a card. Where it is silent a person answers for it."""
    return keys_only(till, event, say("scan_in_payment"), lambda key: _key(till, mode, stamped, key))


def _key(till: Till, mode: Charging, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    if meaning is Action.PANEL and till.rules.samples:
        return stay(till).to(Panel(mode, till.panel_row))
    if till.ledger.charge is None:
        return stay(till).to(Paying())
    rows = CHARGE_ROWS.get(mode.stage, ())
    if not rows:
        return stay(till).then(CancelCharge()) if meaning is Action.CANCEL else deny(till, say("wait_terminal"))
    row = taken(meaning, mode.chosen, len(rows))
    if row is not None and mode.stage == "manual" and meaning is not Action.ACCEPT:
        # A digit may be the first of a sum: it selects, and only Enter takes.
        return stay(till).to(replace(mode, chosen=row))
    if row is not None:
        return _answered_by_hand(till, stamped, mode, row)
    return selected(till, mode, meaning, len(rows), say("charge_must_end"))


def _answered_by_hand(till: Till, stamped: Stamped, mode: Charging, row: int) -> Step:
    if mode.stage == "manual":
        # Whoever stands at the till reads the slip, though somebody else may have allowed what came before.
        return decided(replace(till, approver=None), stamped, done=CHARGE_ROWS["manual"][row] == "charge_done")
    if row == ASK_AGAIN:
        return ask(stay(till)).to(Charging("asking"))
    errand = Errand.CARD_DONE if row == DONE else Errand.CARD_NOT_DONE
    return guarded(till, errand, lambda: confirmed(till, errand))


def ask(step: Step) -> Step:
    """Ask the terminal what became of the charge."""
    charge = step.till.ledger.charge
    return step.then(AskTerminal(charge.token)) if charge and not charge.manual else step


def decided(till: Till, stamped: Stamped, *, done: bool) -> Step:
    """Take a person's word for what the terminal did."""
    charge = till.ledger.charge
    if charge is None:
        return stay(till).to(Paying())
    ended: Literal["approved", "declined"] = "approved" if done else "declined"
    step = stay(till).recorded(f.ChargeEnded(charge.token, ended, by=till.actor))
    if not done:
        return step.to(Paying()).saying(say("charge_left")).then(Signal(accepted=True))
    return _approved(step, stamped, charge, None, go_on=True)


def answered(till: Till, stamped: Stamped, event: CardAnswered) -> Step:
    """Take the terminal's answer, whatever stands on the screen and whoever is signed in."""
    till = replace(till, notice=None) if _stands(till) else till
    charge = till.ledger.charge
    if charge is None or charge.token != event.token:
        return _late(till, stamped, event)
    step = stay(till).knowing(condition(answers=event.outcome != "unknown"))
    match event.outcome:
        case "approved":
            step = step.recorded(f.ChargeEnded(charge.token, "approved"))
            return _approved(step, stamped, charge, event.slip, go_on=_stands(till))
        case "declined" | "absent":
            return _declined(step, charge, event, event.outcome)
        case "pending":
            # It answers: no person is asked, and one who was is not any more.
            return ask(step.to(Charging("asking")) if _stands(till) else step)
        case "unknown":
            return _unknown(step, stamped)
        case _:
            assert_never(event.outcome)


def _stands(till: Till) -> bool:
    """Tell whether the wait for the terminal is on the screen, perhaps under something."""
    return isinstance(under(till.mode), Charging)


def _approved(step: Step, stamped: Stamped, charge: f.ChargeBegun, slip: CardSlip | None, *, go_on: bool) -> Step:
    receipt = step.till.ledger.receipt
    if receipt is None:
        return step
    if not charge.reverses:
        tender = Tender(TenderKind.CARD, charge.amount, charge.token, slip)
        return tenders.taken(step, stamped, receipt, tender)
    step = step.recorded(f.TenderReversed(receipt.identifier, charge.reverses, charge.amount, stamped.local))
    step = step.saying(say("card_reversed", sum=Sum(charge.amount)))
    return reversed_next(step, stamped) if go_on else tenders.at(step, Paying())


def _declined(step: Step, charge: f.ChargeBegun, event: CardAnswered, outcome: Literal["declined", "absent"]) -> Step:
    step = step.recorded(f.ChargeEnded(charge.token, outcome, event.reason))
    if not _stands(step.till):
        return step
    reason = say("card_not_reversed") if charge.gives_back else say("card_declined", sum=Sum(charge.amount))
    advice = say("card_reason", reason=event.reason) if event.reason else say("card_declined_advice")
    return step.refusing(reason, advice, Paying())


def _unknown(step: Step, stamped: Stamped) -> Step:
    """Ask once by itself; after that a person sees that the terminal is silent."""
    mode = under(step.till.mode)
    if not isinstance(mode, Charging) or mode.stage in {"silent", "manual"}:
        return step
    if mode.stage == "waiting":
        return ask(step.to(Charging("asking")))
    step = step.to(Charging("silent")).then(Signal(accepted=False))
    return step.saying(say("terminal_silent", time=Moment(stamped.local)))


def _late(till: Till, stamped: Stamped, event: CardAnswered) -> Step:
    """An answer to a charge a person has spoken for: one that says otherwise is written down and stays in sight."""
    step = stay(till).then(Log(f"terminal answers late: {event.token} {event.outcome} {event.reason}"))
    word = next((own for own in till.ledger.words if own.token == event.token), None)
    if word is None:
        return step
    match event.outcome:
        case "approved" | "declined" | "absent":
            if (event.outcome == "approved") == (word.outcome == "approved"):
                return step
            disputed = f.ChargeDisputed(event.token, event.outcome, stamped.local)
            return step.recorded(disputed).then(Signal(accepted=False))
        case "pending":
            return step.then(AskTerminal(event.token))
        case "unknown":
            return step
        case _:
            assert_never(event.outcome)
