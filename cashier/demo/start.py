"""Start of the demo: a data folder of its own, filled with sample goods, simulated devices, stand-in servers."""

import time
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from cashier import till
from cashier.core.money import Kopecks
from cashier.core.quantity import pieces
from cashier.demo import marks, masks, samples
from cashier.demo.addresses import Addresses, addresses
from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault
from cashier.demo.goods import GOODS
from cashier.demo.past_names import OTHERS, OWN, SHOP, TILL, named
from cashier.demo.serving import Served
from cashier.demo.stand_in import StandIn
from cashier.demo.stock_server import StockServer
from cashier.exchange.load import import_files
from cashier.folder import DataFolder
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.passwords import hash_password
from cashier.store.staff import add_person

PEOPLE = (("1", "Иванова", 1), ("2", "Петров", 2), ("3", "Сидорова", 3))
"""Code, name, role; the password of each is the code."""

PATIENCE = 5.0
"""Seconds that a stand-in server is waited for: a trainee who breaks it should not sit for half a minute."""

ADULT: Final = s.Restriction(name="demo", group="95", age=18)
"""Holds for all groups below «Товары с 18 лет» of `goods.aif`."""

SCARCE: Final = (("6003", pieces(2)), ("2009", pieces(0)))
"""Articles of which there is little, or nothing; all others are plenty."""

REFUSAL: Final = "Продажа приостановлена: идёт пересчёт товара"
"""What the stock control says when it refuses."""

LEGAL: Final = s.LegalMinimum(name="demo", kind="demo", begins=date(2026, 1, 1), price=Kopecks(153_00))
"""ЕМЦ of a pack in 2026."""


def run_demo(settings: Settings, folder: DataFolder) -> int:
    """Run the trainer's till; return the program's exit status."""
    _fill(folder)
    own = marks.session(int(time.time() // 10))
    with (
        CashServer(folder.path / "cash-server.db") as cash,
        StockServer(folder.path / "stock-server.db", endless=True) as stock,
    ):
        _remember(folder, cash, ZoneInfo(settings.till.timezone))
        tills, stocks = Served(lambda: cash.app), Served(lambda: stock.app)
        extras = till.Extras(
            samples=samples.rows(own, sold=cash.sold.knows(named(OWN[0][0]))),
            training=True,
            background=lambda: _open(Servers(cash, tills, stock, stocks), own),
            breakers=(
                ("cash_server", lambda fault: break_server(cash, fault)),
                ("stock_server", lambda fault: break_stock(stock, fault)),
            ),
        )
        try:
            return till.run(demo_settings(settings, addresses(tills.root, stocks.root)), folder, extras)
        finally:
            tills.stop()
            stocks.stop()


def _remember(folder: DataFolder, cash: CashServer, zone: ZoneInfo) -> None:
    """Give a new folder a yesterday, and the cash server what was sold elsewhere."""
    if not (folder.documents.exists() and cash.sold.knows(named(OTHERS[0][0]))):
        from cashier.demo.past_filling import fill  # noqa: PLC0415 - only the first start pays for it

        fill(folder, cash, zone)


class Servers(NamedTuple):
    """The stand-ins, and what serves them."""

    cash: CashServer
    tills: Served
    stock: StockServer
    stocks: Served


def _open(servers: Servers, own: str) -> None:
    """Start the servers, once the first picture stands; a till that asks before waits in the socket."""
    for pack in marks.known(own):
        servers.cash.put(pack.ki, pack.status)
    for sku, quantity in SCARCE:
        servers.stock.set(sku, quantity)
    servers.tills.start()
    servers.stocks.start()


def break_server(server: StandIn, fault: str) -> None:
    """Give a server a fault, or none.

    Raises:
        msgspec.ValidationError: it knows no such fault.
    """
    server.faults.set(msgspec.convert({"fault": fault, "text": REFUSAL}, Fault))


def break_stock(server: StockServer, fault: str) -> None:
    """Do the same to СКО; what it refuses are reserves, the rest works then.

    Raises:
        msgspec.ValidationError: it knows no such fault.
    """
    break_server(server, "" if fault == "refuse" else fault)
    if fault == "refuse":
        server.faults.set(Fault("refuse", "reserve", text=REFUSAL))


def demo_settings(settings: Settings, there: Addresses) -> Settings:
    """Keep what the trainer set (language, keys, real scanners, masks, ЕМЦ), and simulate the rest.

    Args:
        settings: What the files say.
        there: The stand-ins; what has no address is off.
    """
    simulated = s.Scanner(name="demo", type="simulated")
    return replace(
        settings,
        till=replace(
            settings.till, shopcode=int(SHOP), cashcode=int(TILL), name=settings.till.name or "Магазин у дома"
        ),
        screen=replace(settings.screen, theme=settings.screen.theme or "training"),
        scanners=(simulated, *(own for own in settings.scanners if own.type != "simulated")),
        printers=(s.Printer(name="demo", type="simulated"),),
        payment_terminal=replace(settings.payment_terminal, type="simulated"),
        receipt=replace(settings.receipt, footer=settings.receipt.footer or ("Ждём вас снова!",)),
        plugins=replace(
            settings.plugins, markedgoods=True, stockcontrol=bool(there.stock), price=True, restrictions=True
        ),
        marked_goods=_marked_goods(settings.marked_goods, there.marks),
        stock_control=replace(settings.stock_control, url=there.stock, timeout=PATIENCE),
        queue=replace(settings.queue, url=there.queue),
        export=s.Export(
            xml=settings.export.xml, push=bool(there.receipts), push_url=there.receipts
        ),  # the trainer's own
        orders=replace(settings.orders, url=there.orders),
        cash_server=replace(settings.cash_server, url=there.cash_server),
        restrictions=(*settings.restrictions, ADULT),
        legal_minimums=settings.legal_minimums or (LEGAL,),
    )


def _marked_goods(own: s.MarkedGoods, url: str) -> s.MarkedGoods:
    """Check every mark by the stand-in server; a trainer shows all ways of a return, also that without the mark."""
    checked = {"enable_mark_verify": True, "mark_verify_url": url, "mark_verify_timeout": PATIENCE}
    categories = own.categories or tuple(s.MarkCategory(name=name, mask=mask) for name, mask in masks.shipped())
    return replace(
        own,
        **checked,
        add_without_scan_mark=True,
        categories=tuple(replace(category, **checked) for category in categories),
    )


def _fill(folder: DataFolder) -> None:
    """Load the sample goods and people where they are missing or older than this program's."""
    if folder.dictionaries.exists() and folder.dictionaries.stat().st_mtime > GOODS.stat().st_mtime:
        reader = Dictionaries(folder.dictionaries)
        complete = reader.person(PEOPLE[-1][0])
        reader.close()
        if complete:
            return
    import_files([GOODS], folder.dictionaries, lambda _stage, _done, _total: None)
    conn = prepare_dictionaries(folder.dictionaries)
    for code, name, role in PEOPLE:
        add_person(conn, code, name, role, hash_password(code))
    conn.close()
