"""Start of the demo: a data folder of its own, filled with sample goods, simulated devices, a stand-in cash server."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from cashier import till
from cashier.core.money import Kopecks
from cashier.demo import marks, masks, samples
from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault
from cashier.demo.serving import Served
from cashier.exchange.load import import_files
from cashier.folder import DataFolder
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.passwords import hash_password
from cashier.store.staff import add_person

GOODS = Path(__file__).with_name("goods.aif")

PEOPLE = (("1", "Иванова", 1), ("2", "Петров", 2), ("3", "Сидорова", 3))
"""Code, name, role; the password of each is the code."""

PATIENCE = 5.0
"""Seconds that the demo's cash server is waited for: a trainee who breaks it should not sit for half a minute."""

ADULT: Final = s.Restriction(name="demo", group="95", age=18)
"""Holds for all groups below «Товары с 18 лет» of `goods.aif`."""

LEGAL: Final = s.LegalMinimum(name="demo", kind="demo", begins=date(2026, 1, 1), price=Kopecks(153_00))
"""ЕМЦ of a pack in 2026."""


def run_demo(settings: Settings, folder: DataFolder) -> int:
    """Run the trainer's till; return the program's exit status."""
    _fill(folder)
    own = marks.session(int(time.time() // 10))
    with CashServer(folder.path / "cash-server.db") as server:
        served = Served(lambda: server.app)
        extras = till.Extras(
            samples=samples.rows(own),
            training=True,
            background=_opened(server, served, own),
            breakers=(("cash_server", lambda fault: break_server(server, fault)),),
        )
        try:
            return till.run(demo_settings(settings, served.url, served.queue_url), folder, extras)
        finally:
            served.stop()


def _opened(server: CashServer, served: Served, own: str) -> Callable[[], None]:
    """Return what starts the server, once the first picture stands; a till that asks before waits in the socket."""

    def begin() -> None:
        for pack in marks.known(own):
            server.put(pack.ki, pack.status)
        served.start()

    return begin


def break_server(server: CashServer, fault: str) -> None:
    """Give the server a fault, or none.

    Raises:
        msgspec.ValidationError: it knows no such fault.
    """
    server.faults.set(msgspec.convert({"fault": fault}, Fault))


def demo_settings(settings: Settings, url: str, queue_url: str) -> Settings:
    """Keep what the trainer set (language, keys, real scanners, masks, ЕМЦ), and simulate the rest."""
    simulated = s.Scanner(name="demo", type="simulated")
    return replace(
        settings,
        till=replace(settings.till, shopcode=77, cashcode=3, name=settings.till.name or "Магазин у дома"),
        screen=replace(settings.screen, theme=settings.screen.theme or "training"),
        scanners=(simulated, *(own for own in settings.scanners if own.type != "simulated")),
        printers=(s.Printer(name="demo", type="simulated"),),
        payment_terminal=replace(settings.payment_terminal, type="simulated"),
        receipt=replace(settings.receipt, footer=settings.receipt.footer or ("Спасибо за покупку!",)),
        plugins=replace(settings.plugins, markedgoods=True, price=True, restrictions=True),
        marked_goods=_marked_goods(settings.marked_goods, url),
        queue=replace(settings.queue, url=queue_url),
        export=s.Export(xml=settings.export.xml),  # below the trainer's data, and to nobody else
        restrictions=(*settings.restrictions, ADULT),
        legal_minimums=settings.legal_minimums or (LEGAL,),
    )


def _marked_goods(own: s.MarkedGoods, url: str) -> s.MarkedGoods:
    """Check every mark by the stand-in server."""
    checked = {"enable_mark_verify": True, "mark_verify_url": url, "mark_verify_timeout": PATIENCE}
    categories = own.categories or tuple(s.MarkCategory(name=name, mask=mask) for name, mask in masks.shipped())
    return replace(own, **checked, categories=tuple(replace(category, **checked) for category in categories))


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
