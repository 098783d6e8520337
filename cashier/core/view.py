"""The view: what a state of the till shows. Pure; the screen only lays it out."""

from cashier.core import modes as m
from cashier.core import view_returns
from cashier.core.keys import Action, Context
from cashier.core.passage import Phase, Waiting
from cashier.core.say import Say, say
from cashier.core.state import Till
from cashier.core.view_dialog import dialog, help_of
from cashier.core.view_keys import bar, hint
from cashier.core.view_model import Header, Hint, Level, Scene, Sheet, State, View, Wait
from cashier.core.view_sign_in import sign_in, states
from cashier.core.view_sums import details, entry_line, figure

__all__ = ["view", "wait_of"]


def view(till: Till, waiting: int = 0) -> View:
    """Tell what is to be seen; `waiting` scans stand in the queue."""
    scene, panel, mode = _scene(till), dialog(till), _under(till.mode)
    header, form = _header(till, mode), m.form_of(mode)
    return View(
        scene=scene,
        header=header,
        sheet=_sheet(till),
        details=view_returns.details_of(till, form) if form else details(till, mode),
        figure=view_returns.figure_of(till, form) if form else figure(till),
        entry=entry_line(till, till.mode),
        notice=till.notice or _lasting(till) or (_unchecked(till, header) if scene is Scene.SALE else None),
        queued=say("queued", count=waiting) if waiting else None,
        keys=() if panel else _keys(till),
        dialog=panel,
        wait=wait_of(till),
        sign_in=sign_in(till, mode) if scene is Scene.SIGN_IN else None,
        help=help_of(till),
        training=till.rules.training,
        form=view_returns.sheet_of(till, form) if form else None,
    )


def _lasting(till: Till) -> Say | None:
    """Say what stays until it is put right: a paper that a buyer has not got."""
    owed, disputed = till.ledger.owed, till.ledger.disputed
    if disputed and disputed[-1].outcome == "approved":
        return say("card_taken_after_all", count=len(disputed))
    if disputed:
        return say("card_not_taken_after_all", count=len(disputed))
    if till.unsettled and not isinstance(till.mode, m.Passing):
        return say("gates_at_work")
    if till.warning or not owed:
        return till.warning
    return say("paper_owed", number=owed[0].document.number, count=len(owed))


def _unchecked(till: Till, header: Header) -> Say | None:
    """Say that marks go unchecked where something worse stands in the header (spec M12)."""
    marks = (own for own in till.conditions if own.topic == "marks" and own.level is not Level.OK)
    return next((own.text for own in marks if own.text != header.status), None)


def _under(mode: m.Mode) -> m.Mode:
    """Return the mode that an error, help or the panel stands over."""
    while isinstance(mode, m.Popup | m.Helping | m.Panel | m.Inspecting | m.Approving):
        mode = mode.back
    return mode


def _scene(till: Till) -> Scene:
    if isinstance(till.mode, m.Helping):
        return Scene.HELP
    signing_in = isinstance(_under(till.mode), m.EnteringCode | m.EnteringPassword | m.CheckingPassword)
    return Scene.SIGN_IN if signing_in else Scene.SALE


def _header(till: Till, mode: m.Mode) -> Header:
    rules, receipt = till.rules, till.ledger.receipt
    number = till.farewell.number if till.farewell else receipt.number if receipt else till.ledger.next_receipt
    open_shift = till.ledger.shift.number if till.ledger.shift else till.ledger.shifts + 1
    shift = receipt.shift if receipt else open_shift
    worst = max(states(till), key=lambda state: list(Level).index(state.level), default=_WELL)
    return Header(
        place=say("header_place", shop=rules.shop, till=rules.till),
        kind=view_returns.kind_of(till, mode),
        receipt=say("header_receipt", number=number, shift=shift),
        receipt_short=say("header_receipt_short", number=number, shift=shift),
        receipt_alone=say("header_receipt_alone", number=number),
        cashier=till.ledger.cashier.name if till.ledger.cashier else "",
        level=worst.level,
        status=_WELL.text if worst.level is Level.OK else worst.text,
        at=till.now,
        back=view_returns.is_return(till, mode),
    )


_WELL = State(Level.OK, say("status"))


def _sheet(till: Till) -> Sheet:
    if till.farewell:
        lines = till.ledger.last.lines if till.ledger.last else ()
        return Sheet(lines, 0, till.farewell.paper)
    receipt = till.ledger.receipt
    if receipt is None:
        return Sheet()
    return Sheet(receipt.lines, 0 if receipt.in_payment else till.cursor)


def _keys(till: Till) -> tuple[Hint, ...]:
    if isinstance(till.mode, m.Helping):
        return (hint(till, Context.DIALOG, Action.CANCEL, say("key_close")),)
    return bar(till, till.mode)


def wait_of(till: Till) -> Wait | None:
    """Tell what of the outside is waited for."""
    match till.mode:
        case m.CheckingPassword(code):
            return Wait(f"password {code}", say("wait_password"))
        case m.Approving(code=code, stage="checking"):
            return Wait(f"password {code}", say("wait_password"))
        case m.Charging(stage="waiting" | "asking" as stage) if till.ledger.charge:
            return Wait(f"charge {till.ledger.charge.token} {stage}", say("wait_answer"))
        case m.Ordering(number, "waiting", token):
            stop = hint(till, Context.TEXT, Action.CANCEL, say("key_cancel_wait"))
            return Wait(token, say("order_wait", number=number), stop)
        case m.Seeking(token=token) if token:
            return Wait(token, say("seek_wait"), hint(till, Context.LIST, Action.CANCEL, say("key_cancel_wait")))
        case m.Closing(token, "waiting" | "asking"):
            return Wait(f"closing {token}", say("wait_answer"))
        case m.Passing(passage, Waiting(token, text)):
            stops = passage.phase is Phase.LEAVE or not passage.requantifies
            cancel = hint(till, Context.LIST, Action.CANCEL, say("key_cancel_wait")) if stops else None
            return Wait(token, text, cancel, quiet=passage.phase is Phase.ENTER)
        case _:
            return None
