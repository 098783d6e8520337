"""The composition root: the one place that knows every part and puts the till together."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cashier.bus import Bus
from cashier.core.events import PasswordChecked
from cashier.core.gate import Gate
from cashier.core.modes import EnteringCode
from cashier.core.paper import Letterhead
from cashier.core.state import Rules, Sample, Till
from cashier.equipment import Equipment, equip
from cashier.folder import DataFolder
from cashier.house import House
from cashier.keymap import keys_of
from cashier.lookups import Lookups
from cashier.outside import CheckPassword, Handler, Hands
from cashier.printing import Press
from cashier.pump import Pump
from cashier.settings import Settings
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.passwords import check_password
from cashier.store.projection import Place
from cashier.store.writer import Writer
from cashier.ui.app import TillApp
from cashier.ui.locale import Catalogue
from devices.fiscal import SimulatedFiscal

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread gives way to another: the writer must not wait for a whole picture to be drawn."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a training or a test till has beside its settings."""

    samples: tuple[Sample, ...] = ()
    gates: tuple[Gate, ...] = ()
    handlers: tuple[tuple[str, Handler], ...] = ()
    training: bool = False


NO_EXTRAS = Extras()

NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""No password has it: an unknown code takes as long to be refused as a known one."""


def place_of(settings: Settings) -> Place:
    """Tell which till this is."""
    return Place(str(settings.till.shopcode), str(settings.till.cashcode))


def run(settings: Settings, folder: DataFolder, extras: Extras = NO_EXTRAS) -> int:
    """Run the till until it is left; return the program's exit status.

    Raises:
        StoreError: a database cannot be used; nothing was started.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    prepare_dictionaries(folder.dictionaries).close()
    documents = Documents(folder.documents, place_of(settings))
    dictionaries = Dictionaries(folder.dictionaries)
    writer = Writer(documents)
    zone = ZoneInfo(settings.till.timezone)
    try:
        catalogue = Catalogue(settings.screen.language)
        equipment = equip(settings, folder.path)
        till = Till(datetime.now(zone), _rules(settings, extras), documents.ledger, EnteringCode())
        pump = Pump(till, Bus(), writer, Lookups(dictionaries), lambda: datetime.now(zone))
        hands = _hands(settings, folder, extras, pump, dictionaries, equipment, catalogue)
        house = House(pump, hands, equipment.scanners, lambda: datetime.now(zone), settings.lock_timer.timeout)
        app = TillApp(house, catalogue, settings.screen.theme, training=extras.training)
        hands.signal, hands.quit = app.signal, lambda: app.exit(0)
        app.run(mouse=False)
        return app.return_code or 0
    finally:
        writer.close()
        dictionaries.close()


def _rules(settings: Settings, extras: Extras) -> Rules:
    return Rules(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        shop_name=settings.till.name,
        merge_lines=settings.receipt.merge_lines,
        keymap=keys_of(settings)[0],
        gates=extras.gates,
        training=extras.training,
        samples=extras.samples,
    )


def _hands(  # noqa: PLR0913, PLR0917 - the root knows every part
    settings: Settings,
    folder: DataFolder,
    extras: Extras,
    pump: Pump,
    dictionaries: Dictionaries,
    equipment: Equipment,
    catalogue: Catalogue,
) -> Hands:
    head = Letterhead(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        name=settings.till.name,
        header=settings.receipt.header,
        footer=settings.receipt.footer,
        training=extras.training,
    )
    press = Press(equipment.printer, head, catalogue.text, equipment.width, _fiscal(folder.path))
    check = _password_check(dictionaries)
    by_name = {scanner.name: scanner for scanner in equipment.scanners}
    return Hands(pump.bus, press, check, _silent, _nothing, by_name, dict(extras.handlers))


def _fiscal(data: Path) -> SimulatedFiscal:
    return SimulatedFiscal(data / "fiscal")


def _password_check(dictionaries: Dictionaries) -> CheckPassword:
    async def check(code: str, password: str) -> PasswordChecked:
        found = dictionaries.person(code)
        person, kept = found or (None, NOBODYS_HASH)
        fits = await asyncio.to_thread(check_password, password, kept)
        return PasswordChecked(code, person if fits else None)

    return check


def _silent(_accepted: bool, /) -> None:  # noqa: FBT001 - the screen's tone takes its place at once
    """Say nothing until there is a screen."""


def _nothing() -> None:
    """Leave nothing until there is a screen."""
