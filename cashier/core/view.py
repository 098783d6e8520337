"""The view: what a state of the till shows. Pure; the screen only lays it out."""

from cashier.core import modes as m
from cashier.core.keys import Action
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.passage import Phase, Waiting
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Device, Till
from cashier.core.view_dialog import dialog, help_of, literal
from cashier.core.view_keys import bar, hint
from cashier.core.view_model import (
    Detail,
    Entry,
    Figure,
    Header,
    Hint,
    Level,
    Scene,
    Sheet,
    SignIn,
    State,
    View,
    Wait,
    Weight,
)

__all__ = ["view"]


def view(till: Till, waiting: int = 0) -> View:
    """Tell what is to be seen; `waiting` scans and keys stand in the queue."""
    scene, panel, mode = _scene(till), dialog(till), _under(till.mode)
    return View(
        scene=scene,
        header=_header(till),
        sheet=_sheet(till),
        details=_details(till, mode),
        figure=_figure(till, mode),
        entry=_entry(till, till.mode),
        notice=till.notice,
        queued=say("queued", count=waiting) if waiting else None,
        keys=() if panel else _keys(till),
        dialog=panel,
        wait=_wait(till),
        sign_in=_sign_in(till, mode) if scene is Scene.SIGN_IN else None,
        help=help_of(till),
        training=till.rules.training,
    )


def _under(mode: m.Mode) -> m.Mode:
    """Return the mode that an error, help or the panel stands over."""
    while isinstance(mode, m.Popup | m.Helping | m.Panel):
        mode = mode.back
    return mode


def _scene(till: Till) -> Scene:
    if isinstance(till.mode, m.Helping):
        return Scene.HELP
    signing_in = isinstance(_under(till.mode), m.EnteringCode | m.EnteringPassword | m.CheckingPassword)
    return Scene.SIGN_IN if signing_in else Scene.SALE


def _header(till: Till) -> Header:
    level = max((state.level for state in states(till)), key=list(Level).index, default=Level.OK)
    rules, receipt = till.rules, till.ledger.receipt
    number = till.farewell.number if till.farewell else receipt.number if receipt else till.ledger.next_receipt
    return Header(
        place=say("header_place", shop=rules.shop, till=rules.till),
        kind=say("kind_sale"),
        receipt=say("header_receipt", number=number),
        cashier=till.ledger.cashier.name if till.ledger.cashier else "",
        level=level,
        status=say("status"),
        at=till.now,
    )


def states(till: Till) -> tuple[State, ...]:
    """Tell how the disk and every device are; the disk is spoken of only when it is in trouble."""
    devices = tuple(_device(device) for device in till.devices)
    if not till.disk:
        return devices
    return (State("", Level.ALARM, say("disk_trouble", reason=till.disk)), *devices)


def _device(device: Device) -> State:
    match device.state:
        case "ready":
            return State(device.name, Level.OK, say("device_ready"))
        case "gone":
            return State(device.name, Level.ALARM, say("device_gone"))
        case "denied":
            return State(device.name, Level.ALARM, say("device_denied"))
        case "opening":
            return State(device.name, Level.WARNING, say("device_opening"))
        case _:
            return State(device.name, Level.WARNING, say("device_stopped"))


def _sheet(till: Till) -> Sheet:
    if till.farewell:
        lines = till.ledger.last.lines if till.ledger.last else ()
        return Sheet(lines, 0, till.farewell.paper)
    receipt = till.ledger.receipt
    if receipt is None:
        return Sheet()
    return Sheet(receipt.lines, 0 if receipt.in_payment else till.cursor)


def _figure(till: Till, mode: m.Mode) -> Figure:
    receipt = till.ledger.receipt
    if till.farewell:
        return Figure(say("figure_change"), till.farewell.change, Weight.CHANGE)
    if isinstance(mode, m.Paying) and receipt:
        return Figure(say("figure_rest"), receipt.rest, Weight.REST)
    total = receipt.total if receipt else Kopecks(0)
    count = say("lines_count", count=len(receipt.live)) if receipt else None
    return Figure(say("figure_total"), total, Weight.TOTAL, count)


def _details(till: Till, mode: m.Mode) -> tuple[Detail, ...]:
    receipt = till.ledger.receipt
    if till.farewell:
        closed = say("receipt_closed", number=till.farewell.number)
        return Detail(closed, strong=True), Detail(say("paid_total"), _sum(till.farewell.total))
    if isinstance(mode, m.Paying) and receipt:
        return _payment(receipt, mode)
    if till.line:
        return _current(till.line)
    return (Detail(say("sale_ready"), strong=True),) if receipt is None else ()


def _payment(receipt: Receipt, mode: m.Paying) -> tuple[Detail, ...]:
    details = [Detail(say("payment_total"), _sum(receipt.total), strong=True)]
    if receipt.tenders:
        details.append(Detail(say("payment_paid"), _sum(receipt.paid)))
    given = typed_roubles(mode.entry) if mode.entry else None
    if given is not None and given > receipt.rest:
        details.append(Detail(say("payment_change"), _sum(Kopecks(given - receipt.rest)), strong=True))
    return tuple(details)


def _current(line: Line) -> tuple[Detail, ...]:
    times = say("line_times", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    name = say("line_stornoed", name=line.product.name) if line.storno else literal(line.product.name)
    details = [Detail(name, strong=True), Detail(times)]
    if line.discount:
        details.append(Detail(say("line_discount", discount=Sum(line.discount))))
    return tuple(details)


def _sum(amount: Kopecks) -> Say:
    return say("sum", sum=Sum(amount))


def _entry(till: Till, mode: m.Mode) -> Entry | None:
    match mode:
        case m.Selling(entry, times):
            return Entry(say("entry"), entry, times)
        case m.Finding(text, times):
            return Entry(say("entry"), text, times)
        case m.Paying(entry):
            return Entry(say("entry_cash"), entry)
        case m.Searching(entry, times=times):
            return Entry(say("entry_search"), entry, times)
        case m.Weighing(product, _, entry):
            return Entry(say("entry_weight", unit=product.unit), entry)
        case m.Requantifying(_, entry):
            return Entry(say("entry_quantity"), entry)
        case m.Browsing(times=times) | m.Choosing(times=times):
            return Entry(say("entry"), "", times)
        case m.Passing():
            return Entry(say("entry"))
        case m.Panel(back) | m.Popup(back=back):
            return _entry(till, back)
        case _:
            return None


def _keys(till: Till) -> tuple[Hint, ...]:
    if isinstance(till.mode, m.Helping):
        return (hint(till, Action.CANCEL, say("key_close")),)
    return bar(till, till.mode)


def _wait(till: Till) -> Wait | None:
    match till.mode:
        case m.CheckingPassword(code):
            return Wait(f"password {code}", say("wait_password"))
        case m.Passing(passage, Waiting(token, text)):
            stops = passage.phase is Phase.RELEASE or (passage.phase is Phase.ENTER and passage.before is None)
            return Wait(token, text, hint(till, Action.CANCEL, say("key_cancel_wait")) if stops else None)
        case _:
            return None


def _sign_in(till: Till, mode: m.Mode) -> SignIn:
    receipt, rules = till.ledger.receipt, till.rules
    code = mode.entry if isinstance(mode, m.EnteringCode) else ""
    code = mode.code if isinstance(mode, m.EnteringPassword | m.CheckingPassword) else code
    dots = "•" * len(mode.entry) if isinstance(mode, m.EnteringPassword) else ""
    shop = literal(rules.shop_name) if rules.shop_name else say("sign_in_shop", shop=rules.shop)
    return SignIn(
        shop=shop,
        till=say("sign_in_till", till=rules.till),
        code=code,
        dots=dots,
        typing_password=not isinstance(mode, m.EnteringCode),
        states=states(till),
        open_receipt=_open_receipt(receipt) if receipt else None,
    )


def _open_receipt(receipt: Receipt) -> Say:
    return say("sign_in_receipt", number=receipt.number, total=Sum(receipt.total))
