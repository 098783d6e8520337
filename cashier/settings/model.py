"""The settings of the till, typed and frozen; the defaults here are those of interfaces.md, Settings."""

from typing import Annotated

from msgspec import Struct, field

from cashier.settings.kinds import Choice, Duration, Flag, Key, Text, Whole
from cashier.settings.named import (
    KeyBinding,
    LegalMinimum,
    MarkCategory,
    MarkRules,
    Place,
    Printer,
    Restriction,
    Scanner,
)
from cashier.settings.session import Drawer, LockTimer, PaymentTerminal, Rights, Shift, Status
from cashier.settings.trade_kinds import Lines, Template, Url, Zone

__all__ = [
    "CashServer",
    "Drawer",
    "Export",
    "KeyBinding",
    "Keyboard",
    "LegalMinimum",
    "LockTimer",
    "MarkCategory",
    "MarkRules",
    "MarkedGoods",
    "Orders",
    "PaymentTerminal",
    "Place",
    "Plugins",
    "Printer",
    "Queue",
    "Receipt",
    "Restriction",
    "Rights",
    "Scanner",
    "Screen",
    "Settings",
    "Shift",
    "Status",
    "StockControl",
    "Till",
]

NUMBER = Whole(1, 999_999)


class Till(Struct, frozen=True, kw_only=True):
    """`[Till]`: which till this is."""

    shopcode: Annotated[int, Key("shopcode", NUMBER)] = 1
    cashcode: Annotated[int, Key("cashcode", NUMBER)] = 1
    name: Annotated[str, Key("name", Text(60))] = ""
    timezone: Annotated[str, Key("timezone", Zone())] = "Europe/Moscow"


class Screen(Struct, frozen=True, kw_only=True):
    """`[Screen]`: language and colours."""

    language: Annotated[str, Key("language", Choice("ru", "en"))] = "ru"
    theme: Annotated[str, Key("theme", Choice("normal", "training", "console", "light", "contrast"))] = ""
    """Empty = console on the Linux console, else normal."""


class Plugins(Struct, frozen=True, kw_only=True):
    """`[plugins]`: the gates that are on."""

    markedgoods: Annotated[bool, Key("markedgoods", Flag())] = False
    stockcontrol: Annotated[bool, Key("stockcontrol", Flag())] = False
    price: Annotated[bool, Key("price", Flag())] = True
    restrictions: Annotated[bool, Key("restrictions", Flag())] = True


class MarkedGoods(MarkRules, frozen=True, kw_only=True):
    """`[MarkedGoods]`: common parameters, and what a category has that states nothing of its own."""

    add_without_scan_mark: Annotated[bool, Key("addWithoutScanMark", Flag())] = False
    skip_check_excise_mark: Annotated[bool, Key("skipCheckExciseMark", Flag())] = False
    check_local_uniqueness: Annotated[bool, Key("checkLocalUniqueness", Flag())] = True
    trust_server_return: Annotated[bool, Key("trustServerReturn", Flag())] = False
    mask: Annotated[str, Key("mask", Text(2000))] = ""
    """Makes a category of its own, the one without a name in `categories`."""
    categories: tuple[MarkCategory, ...] = ()
    """In file order: of two masks that match the first decides (spec M3)."""


class StockControl(Struct, frozen=True, kw_only=True):
    """`[StockControl]`: the stock control service (СКО)."""

    url: Annotated[str, Key("url", Url())] = ""
    store: Annotated[str, Key("store", Text(60))] = ""
    """Id of the shop there; empty = `shopcode` of `[Till]`."""
    pos: Annotated[str, Key("pos", Text(60))] = ""
    """Number of the till there; empty = `cashcode` of `[Till]`."""
    timeout: Annotated[float, Key("timeout", Duration(0.1, 120))] = 5.0
    """Seconds in total."""
    reserve_path: Annotated[str, Key("reservePath", Template("store", "pos", "reservation", "sku"))] = (
        "/api/1.0/reservationItem/{store}/{pos}/{reservation}"
    )
    stock_path: Annotated[str, Key("stockPath", Template("store", "pos", "reservation", "sku"))] = (
        "/api/1.0/stock/{store}"
    )


class Queue(Struct, frozen=True, kw_only=True):
    """`[Queue]`: delivery of messages to the cash server."""

    url: Annotated[str, Key("url", Url())] = ""
    """Empty = messages wait."""
    retry_min: Annotated[float, Key("retryMin", Duration(0.1, 3600))] = 1.0
    """Seconds before the first repetition."""
    retry_max: Annotated[float, Key("retryMax", Duration(0.1, 86_400))] = 300.0
    """Seconds between repetitions at most."""
    batch: Annotated[int, Key("batch", Whole(1, 10_000))] = 100
    """Messages in one request at most."""


class Export(Struct, frozen=True, kw_only=True):
    """`[Export]`: completed and cancelled receipts for other programs."""

    dir: Annotated[str, Key("dir", Text())] = ""
    """Folder of the files; empty = `export` below the data folder."""
    xml: Annotated[bool, Key("xml", Flag())] = False
    push: Annotated[bool, Key("push", Flag())] = False
    push_url: Annotated[str, Key("pushUrl", Url())] = ""


class Orders(Struct, frozen=True, kw_only=True):
    """`[Orders]`: the order server."""

    url: Annotated[str, Key("url", Url())] = ""


class CashServer(Struct, frozen=True, kw_only=True):
    """`[CashServer]`: receipts of other tills, and claims of what comes back of them."""

    url: Annotated[str, Key("url", Url())] = ""
    """Empty = goods come back by receipts of this till only, and nobody is asked what came back elsewhere."""
    timeout: Annotated[float, Key("timeout", Duration(0.1, 120))] = 5.0
    """Seconds in total for each question that the cashier waits for."""
    offline_returns: Annotated[bool, Key("offlineReturns", Flag())] = False
    """What other tills have sold comes back also while the server is silent."""


class Receipt(Struct, frozen=True, kw_only=True):
    """`[Receipt]`: how a receipt is put together and printed."""

    merge_lines: Annotated[bool, Key("mergeLines", Flag())] = True
    header: Annotated[tuple[str, ...], Key("header", Lines())] = ()
    footer: Annotated[tuple[str, ...], Key("footer", Lines())] = ()


class Keyboard(Struct, frozen=True, kw_only=True):
    """`[Keys]`: the map of keys which the lines of `[Keys.<context>]` change."""

    preset: Annotated[str, Key("preset", Choice("standard", "artix", "numpad"))] = "standard"


class Settings(Struct, frozen=True, kw_only=True):
    """Everything the files say."""

    till: Till = field(default_factory=Till)
    screen: Screen = field(default_factory=Screen)
    plugins: Plugins = field(default_factory=Plugins)
    marked_goods: MarkedGoods = field(default_factory=MarkedGoods)
    stock_control: StockControl = field(default_factory=StockControl)
    queue: Queue = field(default_factory=Queue)
    export: Export = field(default_factory=Export)
    orders: Orders = field(default_factory=Orders)
    cash_server: CashServer = field(default_factory=CashServer)
    receipt: Receipt = field(default_factory=Receipt)
    rights: Rights = field(default_factory=Rights)
    lock_timer: LockTimer = field(default_factory=LockTimer)
    payment_terminal: PaymentTerminal = field(default_factory=PaymentTerminal)
    drawer: Drawer = field(default_factory=Drawer)
    shift: Shift = field(default_factory=Shift)
    status: Status = field(default_factory=Status)
    keyboard: Keyboard = field(default_factory=Keyboard)
    restrictions: tuple[Restriction, ...] = ()
    legal_minimums: tuple[LegalMinimum, ...] = ()
    scanners: tuple[Scanner, ...] = ()
    printers: tuple[Printer, ...] = ()
    keys: tuple[KeyBinding, ...] = ()

    @property
    def key_preset(self) -> str:
        """Name of the map of keys that `keys` change."""
        return self.keyboard.preset
