"""The composition root: the one place that knows every part and puts the till together."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cashier.bus import Bus
from cashier.core import conditions, told
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.core.money import ZERO
from cashier.core.rights import Right
from cashier.core.samples import Sample, Switch
from cashier.core.say import Say, say
from cashier.core.state import Rules, Till
from cashier.entrance import Entrance
from cashier.folder import DataFolder
from cashier.keymap import keys_of
from cashier.lookups import Lookups
from cashier.plugins import checks_marks, gates_of
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
    from cashier.reader import Reader

log = logging.getLogger("cashier")

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread gives way to another: the writer must not wait for a whole picture to be drawn."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a training or a test till has beside its settings."""

    samples: tuple[Sample | Switch, ...] = ()
    gates: tuple[Gate, ...] = ()
    handlers: "tuple[tuple[str, Handler], ...]" = ()
    training: bool = False
    background: Callable[[], None] | None = None
    """Begun in a thread once the first picture stands."""
    remarks: tuple[str, ...] = ()
    """What was said of the settings when they were read."""
    breakers: tuple[tuple[str, Callable[[str], None]], ...] = ()
    """What the trainee's panel can break beside devices."""


NO_EXTRAS = Extras()
_NOTHING = Ledger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the till was put together from, for what hangs on it."""

    settings: Settings
    folder: DataFolder
    extras: Extras
    dictionaries: Dictionaries
    writer: Writer


def run(settings: Settings, folder: DataFolder, extras: Extras = NO_EXTRAS) -> int:
    """Run the till until it is left; return the program's exit status.

    Raises:
        StoreError: a database cannot be used; nothing was started.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    prepare_dictionaries(folder.dictionaries).close()
    with ExitStack() as held:
        dictionaries = held.enter_context(closing(Dictionaries(folder.dictionaries)))
        documents = Documents(folder.documents)
        writer = held.enter_context(closing(Writer(documents)))
        parts = Parts(settings, folder, extras, dictionaries, writer)
        lookups = Lookups(dictionaries, _reader(parts, held))
        zone = ZoneInfo(settings.till.timezone)
        pump = Pump(_till(parts, documents.ledger, zone), Bus(), writer, lookups, lambda: datetime.now(zone))
        door = Entrance(pump, lambda: _work(parts, door, app))
        app = TillApp(door, Catalogue(settings.screen.language), _theme(settings), training=extras.training)
        app.bytes_filter = door.sift
        app.run(mouse=False)
        return app.return_code or 0


def _till(parts: Parts, ledger: Ledger, zone: ZoneInfo) -> Till:
    """Return the state the program starts from; whoever was signed in when the power went signs in again."""
    started, rules = uptime(), rules_of(parts.settings, parts.extras, ledger)
    notice = _first_words(parts.settings, parts.dictionaries)
    stood, remarks = replace(ledger, cashier=None), parts.extras.remarks
    for remark in remarks:
        log.warning("settings: %s", remark)
    known = (conditions.settings(len(remarks)),) if remarks else ()
    return Till(datetime.now(zone), rules, stood, notice=notice, conditions=known, uptime=started, since=started)


def _reader(parts: Parts, held: ExitStack) -> "Reader | None":
    """Put together what reads marks, where they are asked for; its part of the documents is let go with `held`."""
    settings = parts.settings
    if not settings.plugins.markedgoods:
        return None
    from cashier.masks import Masks  # noqa: PLC0415 - a till without marks starts without them
    from cashier.reader import Reader  # noqa: PLC0415 - the same
    from cashier.store.marks import PastMarks  # noqa: PLC0415 - the same

    past = held.enter_context(closing(PastMarks(parts.folder.documents)))
    spellings = {scanner.name: scanner.gs for scanner in settings.scanners if scanner.gs}
    return Reader(Masks(settings.marked_goods.categories), past, parts.dictionaries, spellings)


async def _work(parts: Parts, door: Entrance, app: TillApp) -> None:
    """Build what hangs on the till, and run it."""
    from cashier.work import work  # noqa: PLC0415 - the first picture does not wait for devices

    await work(parts, door, app)


def _first_words(settings: Settings, dictionaries: Dictionaries) -> Say | None:
    """Say at the start what the cashier cannot know: nobody can sign in, or marks are not asked for (spec M1)."""
    if not dictionaries.has_people():
        return say("nobody_known")
    unasked = not settings.plugins.markedgoods and dictionaries.has_marked_goods()
    return say("marked_goods_off") if unasked else None


def _theme(settings: Settings) -> str:
    return settings.screen.theme or ("console" if os.environ.get("TERM") == "linux" else "normal")


def rules_of(settings: Settings, extras: Extras, ledger: Ledger = _NOTHING) -> Rules:
    """Take from the settings what the machines go by; a gate that still holds something stays on."""
    return Rules(
        shop=str(settings.till.shopcode),
        till=str(settings.till.cashcode),
        shop_name=settings.till.name,
        merge_lines=settings.receipt.merge_lines,
        keymap=keys_of(settings)[0],
        gates=(*gates_of(settings, ledger), *extras.gates),
        reads_marks=settings.plugins.markedgoods,
        checks_marks=checks_marks(settings),
        training=extras.training,
        samples=extras.samples,
        rights={right: getattr(settings.rights, right.value) for right in Right},
        terminal=settings.payment_terminal.type != "manual",
        fiscal=True,
        drawer_warning=settings.drawer.warning or ZERO,
        drawer_limit=settings.drawer.limit or ZERO,
        destinations=destinations_of(settings),
        orders=bool(settings.orders.url),
    )


def destinations_of(settings: Settings) -> tuple[str, ...]:
    """Name who hears of each receipt that has ended: the cash server always, the others where they are switched on."""
    wanted = {told.EXPORT_XML: settings.export.xml, told.EXPORT_PUSH: settings.export.push}
    return (told.CASH_SERVER, *(name for name, on in wanted.items() if on))
