"""The sign-in, and how devices and disk are."""

from cashier.core import modes as m
from cashier.core.ledger import Ledger
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.state import Till
from cashier.core.view_dialog import literal
from cashier.core.view_model import Level, SignIn, State
from cashier.core.view_status import known


def states(till: Till) -> tuple[State, ...]:
    """Tell how every scanner is, and whatever else is in trouble, the most important first."""
    told = (own for own in known(till) if own.topic == "scanner" or own.level is not Level.OK)
    return tuple(State(own.level, own.text) for own in told)


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
        locked=_locked(till.ledger),
    )


def _receipt(ledger: Ledger) -> Say | None:
    if ledger.receipt:
        return say("sign_in_receipt", number=ledger.receipt.number, total=Sum(ledger.receipt.total))
    if ledger.last is None or not ledger.parting:
        return None
    return say("sign_in_paid", number=ledger.last.number, change=Sum(ledger.last.change))


def _locked(ledger: Ledger) -> Say | None:
    """Say who left the till, and when."""
    if ledger.locked is None or not ledger.locked.at:
        return None
    name, time = ledger.locked.person.name, Moment(ledger.locked.at)
    return say("locked_idle", name=name, time=time) if ledger.locked.idle else say("locked_by", name=name, time=time)
