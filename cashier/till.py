"""The composition root: the one place that knows every part and puts the till together."""

import os
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cashier.bus import Bus
from cashier.core.gate import Gate
from cashier.core.money import ZERO
from cashier.core.rights import Right
from cashier.core.say import Say, say
from cashier.core.state import Rules, Sample, Switch, Till
from cashier.entrance import Entrance
from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.lookups import Lookups
from cashier.pump import Pump
from cashier.settings import Settings
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.writer import Writer
from cashier.ui.app import TillApp
from cashier.ui.locale import Catalogue
from cashier.uptime import uptime

if TYPE_CHECKING:
    from cashier.outside import Handler

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread gives way to another: the writer must not wait for a whole picture to be drawn."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a training or a test till has beside its settings."""

    samples: tuple[Sample | Switch, ...] = ()
    gates: tuple[Gate, ...] = ()
    handlers: "tuple[tuple[str, Handler], ...]" = ()
    training: bool = False


NO_EXTRAS = Extras()


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
            started = uptime()
            till = Till(
                datetime.now(zone), rules_of(settings, extras), ledger, notice=notice, uptime=started, since=started
            )
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
    """Build what hangs on the till, and run it."""
    from cashier.work import work  # noqa: PLC0415 - the first picture does not wait for devices

    await work(settings, folder, extras, door, app, dictionaries)


def _first_words(settings: Settings, dictionaries: Dictionaries) -> Say | None:
    """Say at the start what the cashier cannot know: nobody can sign in, or marks are not asked for (spec M1)."""
    if not dictionaries.has_people():
        return say("nobody_known")
    unasked = not settings.plugins.markedgoods and dictionaries.has_marked_goods()
    return say("marked_goods_off") if unasked else None


def _theme(settings: Settings) -> str:
    return settings.screen.theme or ("console" if os.environ.get("TERM") == "linux" else "normal")


def rules_of(settings: Settings, extras: Extras) -> Rules:
    """Take from the settings what the machines go by."""
    return Rules(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        shop_name=settings.till.name,
        merge_lines=settings.receipt.merge_lines,
        keymap=keys_of(settings)[0],
        gates=extras.gates,
        training=extras.training,
        samples=extras.samples,
        rights={right: getattr(settings.rights, right.value) for right in Right},
        terminal=settings.payment_terminal.type != "manual",
        fiscal=True,
        drawer_warning=settings.drawer.warning or ZERO,
        drawer_limit=settings.drawer.limit or ZERO,
    )
