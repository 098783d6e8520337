"""The composition root: the one place that knows every part and puts the till together."""

import asyncio
import os
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cashier.bus import Bus
from cashier.core.events import PasswordChecked
from cashier.core.gate import Gate
from cashier.core.say import Say, say
from cashier.core.state import Rules, Sample, Till
from cashier.entrance import Entrance
from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.lookups import Lookups
from cashier.pump import Pump
from cashier.settings import Settings
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.passwords import check_password
from cashier.store.writer import Writer
from cashier.ui.app import TillApp
from cashier.ui.locale import Catalogue

if TYPE_CHECKING:
    from cashier.core.paper import Letterhead
    from cashier.outside import CheckPassword, Handler

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread gives way to another: the writer must not wait for a whole picture to be drawn."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a training or a test till has beside its settings."""

    samples: tuple[Sample, ...] = ()
    gates: tuple[Gate, ...] = ()
    handlers: "tuple[tuple[str, Handler], ...]" = ()
    training: bool = False


NO_EXTRAS = Extras()

NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""No password has it: an unknown code takes as long to be refused as a known one."""


def run(settings: Settings, folder: DataFolder, extras: Extras = NO_EXTRAS) -> int:
    """Run the till until it is left; return the program's exit status.

    Raises:
        StoreError: a database cannot be used; nothing was started.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    prepare_dictionaries(folder.dictionaries).close()
    zone = ZoneInfo(settings.till.timezone)
    with closing(Dictionaries(folder.dictionaries)) as dictionaries:
        documents = Documents(folder.documents)
        with closing(Writer(documents)) as writer:
            notice = _first_words(settings, dictionaries)
            # Whoever was signed in when the power went signs in again.
            ledger = replace(documents.ledger, cashier=None)
            till = Till(datetime.now(zone), _rules(settings, extras), ledger, notice=notice)
            pump = Pump(till, Bus(), writer, Lookups(dictionaries), lambda: datetime.now(zone))
            catalogue = Catalogue(settings.screen.language)
            door = Entrance(pump, lambda: _work(settings, folder, extras, door, app, dictionaries))
            app = TillApp(door, catalogue, _theme(settings), training=extras.training)
            app.bytes_filter = door.sift
            app.run(mouse=False)
            return app.return_code or 0


async def _work(
    settings: Settings, folder: DataFolder, extras: Extras, door: Entrance, app: TillApp, dictionaries: Dictionaries
) -> None:
    """Build devices, printer and hands once sign-in stands on the screen, and run the house."""
    from cashier.equipment import equip  # noqa: PLC0415 - the first picture does not wait for devices
    from cashier.house import House  # noqa: PLC0415 - the same
    from cashier.outside import Hands  # noqa: PLC0415 - the same
    from cashier.printing import Press  # noqa: PLC0415 - the same
    from devices.fiscal import SimulatedFiscal  # noqa: PLC0415 - the same

    equipment = equip(settings, folder.path)
    fiscal = SimulatedFiscal(folder.path / "fiscal")
    press = Press(equipment.printer, _letterhead(settings, extras), app.catalogue.text, equipment.width, fiscal)
    hands = Hands(
        bus=door.pump.bus,
        press=press,
        check=_password_check(dictionaries),
        signal=lambda accepted: app.signal(accepted=accepted),
        quit=lambda: app.exit(0),
        scanners={scanner.name: scanner for scanner in equipment.scanners},
        handlers=dict(extras.handlers),
    )
    zone = ZoneInfo(settings.till.timezone)
    house = House(door.pump, hands, equipment.scanners, lambda: datetime.now(zone), settings.lock_timer.timeout)
    if equipment.wedge:
        door.typed = house.typed_by(equipment.wedge)
    await house.run()


def _first_words(settings: Settings, dictionaries: Dictionaries) -> Say | None:
    """Say at the start what the cashier cannot know: nobody can sign in, or marks are not asked for (spec M1)."""
    if not dictionaries.has_people():
        return say("nobody_known")
    unasked = not settings.plugins.markedgoods and dictionaries.has_marked_goods()
    return say("marked_goods_off") if unasked else None


def _theme(settings: Settings) -> str:
    return settings.screen.theme or ("console" if os.environ.get("TERM") == "linux" else "normal")


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


def _letterhead(settings: Settings, extras: Extras) -> "Letterhead":
    from cashier.core.paper import Letterhead  # noqa: PLC0415 - the first picture does not wait for paper

    return Letterhead(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        name=settings.till.name,
        header=settings.receipt.header,
        footer=settings.receipt.footer,
        training=extras.training,
    )


def _password_check(dictionaries: Dictionaries) -> "CheckPassword":
    async def check(code: str, password: str) -> PasswordChecked:
        found = dictionaries.person(code)
        person, kept = found or (None, NOBODYS_HASH)
        fits = await asyncio.to_thread(check_password, password, kept)
        return PasswordChecked(code, person if fits else None, known=person is not None)

    return check
