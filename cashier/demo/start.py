"""Start of the demo: a data folder of its own, filled with sample goods, and simulated devices."""

from pathlib import Path

from msgspec.structs import replace

from cashier import till
from cashier.demo.samples import SAMPLES
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


def run_demo(settings: Settings, folder: DataFolder) -> int:
    """Run the trainer's till; return the program's exit status."""
    _fill(folder)
    extras = till.Extras(samples=SAMPLES, training=True)
    return till.run(demo_settings(settings), folder, extras)


def demo_settings(settings: Settings) -> Settings:
    """Keep what the trainer set (language, keys, real scanners), and simulate the rest."""
    simulated = s.Scanner(name="demo", type="simulated")
    return replace(
        settings,
        till=replace(settings.till, shopcode=77, cashcode=3, name=settings.till.name or "Магазин у дома"),
        screen=replace(settings.screen, theme=settings.screen.theme or "training"),
        scanners=(simulated, *(own for own in settings.scanners if own.type != "simulated")),
        printers=(s.Printer(name="demo", type="simulated"),),
        payment_terminal=replace(settings.payment_terminal, type="simulated"),
        receipt=replace(settings.receipt, footer=settings.receipt.footer or ("Спасибо за покупку!",)),
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
