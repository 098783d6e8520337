"""Sections that may be there several times under names: devices, restrictions, legal minimum prices, marks."""

from datetime import date, time
from typing import Annotated

from msgspec import Struct

from cashier.core.money import Kopecks
from cashier.settings.device_kinds import Host, Spelling, UsbNumber
from cashier.settings.kinds import Choice, Duration, Flag, Key, Text, Whole
from cashier.settings.trade_kinds import Clock, Day, Roubles, Url, Weekdays

BITS = Whole(5, 8)
PACE = Whole(300, 921_600)
CODEPAGES = ("cp866", "cp1251", "cp855", "cp1125")
"""Those of python-escpos that have every Russian letter; it would print another one's as question marks, or nothing."""


class Place(Struct, frozen=True):
    """Where something stands in the settings."""

    file: str = ""
    line: int = 0
    """Counted from 1; 0 means the file as a whole."""


NOWHERE = Place()


class Restriction(Struct, frozen=True, kw_only=True):
    """`[Restriction.<name>]`: a sale that is forbidden in a period, or to the young."""

    name: str
    item: Annotated[str, Key("item", Text())] = ""
    """Inventory code; either this or `group`."""
    group: Annotated[str, Key("group", Text())] = ""
    age: Annotated[int, Key("age", Whole(0, 120))] = 0
    """Buyer's age in years from which the sale is allowed; 0 = no limit."""
    weekdays: Annotated[frozenset[int], Key("weekdays", Weekdays())] = frozenset()
    """Days on which the period begins, 1 = Monday; empty = every day, if there is a period at all."""
    begins: Annotated[time | None, Key("from", Clock())] = None
    """Sale is forbidden from this minute; None = from midnight."""
    ends: Annotated[time | None, Key("to", Clock())] = None
    """Sale is allowed again from this minute, on the next day if it is not after `begins`; None = at midnight."""
    place: Place = NOWHERE

    @property
    def has_period(self) -> bool:
        """Is there a time at which the sale is forbidden?"""
        return bool(self.weekdays) or self.begins is not None or self.ends is not None


class LegalMinimum(Struct, frozen=True, kw_only=True):
    """`[LegalMinimum.<name>]`: the lowest price the law allows for a kind of goods from a date on (ЕМЦ).

    Several sections may be of one kind: goods that any of them names are of it, and have its prices.
    """

    name: str
    kind: Annotated[str, Key("kind", Text())]
    begins: Annotated[date, Key("from", Day())]
    """First day of the price."""
    price: Annotated[Kopecks, Key("price", Roubles())]
    """Per pack."""
    item: Annotated[str, Key("item", Text())] = ""
    """Inventory code of goods of the kind."""
    group: Annotated[str, Key("group", Text())] = ""
    """Code of a group of goods of the kind; where it names none at all: all tobacco that no other kind names."""
    carton_packs: Annotated[int, Key("cartonPacks", Whole(1, 100))] = 10
    """Packs in a carton."""
    place: Place = NOWHERE


class Scanner(Struct, frozen=True, kw_only=True):
    """`[Scanner.<name>]`: one barcode scanner."""

    name: str
    type: Annotated[str, Key("type", Choice("serial", "hid", "keyboard", "simulated"))] = "serial"
    port: Annotated[str, Key("port", Text())] = ""
    """Serial: the tty."""
    baudrate: Annotated[int, Key("baudrate", PACE)] = 9600
    bytesize: Annotated[int, Key("bytesize", BITS)] = 8
    parity: Annotated[str, Key("parity", Choice("N", "E", "O", "M", "S"))] = "N"
    stopbits: Annotated[int, Key("stopbits", Whole(1, 2))] = 1
    device: Annotated[str, Key("device", Text())] = ""
    """HID: path of the input device; without it the four keys below look for it."""
    vendor: Annotated[int | None, Key("vendor", UsbNumber())] = None
    product: Annotated[int | None, Key("product", UsbNumber())] = None
    device_name: Annotated[str, Key("name", Text())] = ""
    """Name of the input device as the kernel tells it."""
    phys: Annotated[str, Key("phys", Text())] = ""
    """Physical place of the device: tells two like scanners apart."""
    prefix: Annotated[bytes, Key("prefix", Spelling("none"))] = b""
    suffix: Annotated[bytes, Key("suffix", Spelling("none"))] = b"\r"
    """Ends a scan; empty = a pause of `gap` ends it."""
    gap: Annotated[float, Key("gap", Duration(0.005, 5))] = 0.3
    """Seconds of silence after which a scan without suffix is over."""
    gs: Annotated[bytes, Key("gs", Spelling("auto"))] = b""
    """How this scanner spells GS; empty = all forms known are tried."""
    accept: Annotated[bytes, Key("accept", Spelling("none"))] = b""
    """Serial: sent to the scanner after a scan that was taken, for its own tone or flash."""
    refuse: Annotated[bytes, Key("refuse", Spelling("none"))] = b""
    """Serial: likewise after one that was not."""
    place: Place = NOWHERE


class Printer(Struct, frozen=True, kw_only=True):
    """`[Printer.<name>]`: one receipt printer."""

    name: str
    type: Annotated[str, Key("type", Choice("file", "serial", "network", "simulated"))] = "file"
    file: Annotated[str, Key("file", Text())] = ""
    """Folder of the receipts, one UTF-8 text each; empty = `receipts` below the data folder.

    A device (`/dev/usb/lp0`) is a printer that takes ESC/POS.
    """
    port: Annotated[str, Key("port", Text())] = ""
    """Serial: the tty."""
    baudrate: Annotated[int, Key("baudrate", PACE)] = 9600
    host: Annotated[str, Key("host", Host())] = ""
    """Network: `host` or `host:port`; the port is 9100 if none is given."""
    width: Annotated[int, Key("width", Whole(20, 80))] = 42
    """Characters in a line."""
    codepage: Annotated[str, Key("codepage", Choice(*CODEPAGES))] = "cp866"
    """Of serial and network printers."""
    place: Place = NOWHERE


class MarkRules(Struct, frozen=True, kw_only=True):
    """Parameters of marked goods each category may have of its own (spec M14)."""

    enable_mark_verify: Annotated[bool, Key("enableMarkVerify", Flag())] = False
    mark_verify_url: Annotated[str, Key("markVerifyUrl", Url())] = "http://localhost:8080"
    mark_verify_timeout: Annotated[float, Key("markVerifyTimeout", Duration(0.1, 600))] = 30.0
    """Seconds in total."""
    ignore_mark_verify_errors: Annotated[bool, Key("ignoreMarkVerifyErrors", Flag())] = True
    enable_mark_verify_local: Annotated[bool, Key("enableMarkVerifyLocal", Flag())] = False
    """Plays a part only where `enable_mark_verify` is off."""


class MarkCategory(MarkRules, frozen=True, kw_only=True):
    """`[MarkedGoods.<name>]` that works: its mask is there and its own. The parameters are effective ones."""

    name: str
    """Empty for a mask that stands in `[MarkedGoods]` itself."""
    mask: Annotated[str, Key("mask", Text(2000))] = ""
    """Regular expression as it stands in the file, without the quotes."""
    place: Place = NOWHERE
    """Of the mask."""

    @property
    def section(self) -> str:
        """Name of the section it stands in."""
        return f"MarkedGoods.{self.name}" if self.name else "MarkedGoods"


class KeyBinding(Struct, frozen=True):
    """One line of `[Keys.<context>]`; whether action and keys exist is for the screens to say."""

    context: str
    action: str
    keys: tuple[str, ...]
    place: Place = NOWHERE
