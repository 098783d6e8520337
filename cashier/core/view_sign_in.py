"""The sign-in, and how devices and disk are."""

from cashier.core import modes as m
from cashier.core.ledger import Ledger
from cashier.core.say import Say, Sum, say
from cashier.core.state import Device, Till
from cashier.core.view_dialog import literal
from cashier.core.view_model import Level, SignIn, State


def states(till: Till) -> tuple[State, ...]:
    """Tell how the disk and every device are; the disk is spoken of only when it is in trouble."""
    devices = tuple(_device(device) for device in till.devices)
    return (State(Level.ALARM, say("disk_trouble")), *devices) if till.disk else devices


def _device(device: Device) -> State:
    match device.state:
        case "ready":
            return State(Level.OK, say("device_ready", name=device.name))
        case "gone":
            return State(Level.ALARM, say("device_gone", name=device.name))
        case "denied":
            return State(Level.ALARM, say("device_denied", name=device.name))
        case "opening":
            return State(Level.WARNING, say("device_opening", name=device.name))
        case _:
            return State(Level.WARNING, say("device_stopped", name=device.name))


def sign_in(till: Till, mode: m.Mode) -> SignIn:
    """Return the sign-in: how far it is, and what the cashier should know before."""
    rules = till.rules
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
        receipt=_receipt(till.ledger),
    )


def _receipt(ledger: Ledger) -> Say | None:
    if ledger.receipt:
        return say("sign_in_receipt", number=ledger.receipt.number, total=Sum(ledger.receipt.total))
    if ledger.last is None or not ledger.parting:
        return None
    return say("sign_in_paid", number=ledger.last.number, change=Sum(ledger.last.change))
