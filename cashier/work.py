"""What hangs on the till, put together once sign-in stands on the screen: devices, hands, the house around the pump."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from cashier import __version__
from cashier.cards import Cards
from cashier.core.events import PasswordChecked
from cashier.core.paper import Letterhead
from cashier.entrance import Entrance
from cashier.equipment import Equipment, equip
from cashier.folder import DataFolder
from cashier.house import House
from cashier.monitor import Monitor
from cashier.network import Network
from cashier.outside import CheckPassword, Hands
from cashier.people import People
from cashier.printing import Press
from cashier.pump import Pump
from cashier.registering import Registrar
from cashier.settings import Settings
from cashier.store.dictionaries import Dictionaries
from cashier.store.passwords import check_password
from cashier.till import Extras, Parts
from cashier.ui.app import TillApp
from devices.fiscal import SimulatedFiscal

NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""No password has it: an unknown code takes as long to be refused as a known one."""


async def work(parts: Parts, door: Entrance, app: TillApp) -> None:
    """Run the house until cancelled."""
    settings, extras, pump = parts.settings, parts.extras, door.pump
    equipment = equip(settings, parts.folder.path)
    network = Network(parts, _clock(settings), lambda: pump.till.ledger)
    hands = Hands(
        bus=pump.bus,
        press=_press(settings, parts.folder, extras, equipment, app),
        check=password_check(parts.dictionaries),
        signal=lambda accepted: app.signal(accepted=accepted),
        quit=lambda: app.exit(0),
        scanners={scanner.name: scanner for scanner in equipment.scanners},
        handlers={**network.handlers, **dict(extras.handlers)},
        cards=Cards(equipment.terminal, settings.payment_terminal.timeout),
        save=People(parts.folder.dictionaries).save,
        orders=network.orders,
        sales=network.sales,
        breakers=dict(extras.breakers),
    )
    monitor = _monitor(parts, pump, network)
    pump.slow = hands.slow = monitor.slow
    pump.queued = (network.wake, monitor.look)
    network.told(monitor.look)
    pump.watch(monitor.stepped)
    house = House(pump, hands, equipment.scanners, _clock(settings), settings.lock_timer.timeout, monitor, network.run)
    if equipment.wedge:
        door.typed = house.typed_by(equipment.wedge)
    await house.run()


def _monitor(parts: Parts, pump: Pump, network: Network) -> Monitor:
    return Monitor(
        bus=pump.bus,
        till=lambda: pump.till,
        settings=parts.settings,
        folder=parts.folder,
        imported=parts.dictionaries.age,
        clock=_clock(parts.settings),
        version=__version__,
        servers=network.conditions,
    )


def letterhead(settings: Settings, *, training: bool) -> Letterhead:
    """Take from the settings what is the same on every paper."""
    return Letterhead(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        name=settings.till.name,
        header=settings.receipt.header,
        footer=settings.receipt.footer,
        training=training,
    )


def password_check(dictionaries: Dictionaries) -> CheckPassword:
    """Compare passwords with those of the dictionaries, in a thread: it takes long on purpose."""

    async def check(code: str, password: str) -> PasswordChecked:
        found = dictionaries.person(code)
        person, kept, locked = found or (None, NOBODYS_HASH, False)
        fits = await asyncio.to_thread(check_password, password, kept)
        return PasswordChecked(code, person if fits else None, known=person is not None, locked=locked)

    return check


def _press(settings: Settings, folder: DataFolder, extras: Extras, equipment: Equipment, app: TillApp) -> Press:
    head = letterhead(settings, training=extras.training)
    registrar = Registrar(SimulatedFiscal(folder.path / "fiscal"))
    return Press(equipment.printer, head, app.catalogue.text, equipment.width, registrar)


def _clock(settings: Settings) -> Callable[[], datetime]:
    zone = ZoneInfo(settings.till.timezone)
    return lambda: datetime.now(zone)
