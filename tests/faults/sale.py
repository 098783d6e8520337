"""The sale that is rehearsed: sign-in, scans, quantity, storno, payment, close, print; and what a restart settles."""

import asyncio
import gc
from contextlib import suppress
from pathlib import Path

from cashier.core.modes import MENU
from cashier.folder import DataFolder
from tests.faults.headless import build
from tests.faults.process import PATIENCE, goods

BREAD, MILK, CHOCOLATE, UNKNOWN = "4600682000013", "4600682000112", "4600682000433", "4600682999993"

SIGN_IN = ("k:2", "k:enter", "k:2", "k:enter")
"""A senior: only one may storno a whole receipt."""
SIGN_OUT, QUIT = ("f10", str(MENU.index("menu_lock") + 1)), ("f10", "end", "enter")
"""Keys of the terminal; leaving is the last row of the menu."""
LINES = (f"s:{BREAD}", f"s:{MILK}", f"s:{CHOCOLATE}")
THREE_OF_THEM = ("k:f6", "k:3", "k:enter")
STORNO = ("k:delete",)
PAID = ("k:plus", "k:1", "k:0", "k:0", "k:0", "k:enter")

GROUPS = (SIGN_IN, *((line,) for line in LINES), ("k:up", *THREE_OF_THEM), STORNO, PAID)
"""The sale in parts that a cashier repeats as a whole when one was refused."""

SALE = (*SIGN_IN, *LINES, "k:up", *THREE_OF_THEM, *STORNO, *PAID)
NEXT_SALE = (f"s:{BREAD}", f"s:{BREAD}", "k:f4", "k:enter", f"s:{MILK}", "k:plus", "k:5", "k:enter", "k:enter")
"""A second sale: merged lines, the whole receipt given up, and one paid in two tenders."""


def settle(data: Path) -> None:
    """Start a till on the folder in this program, let it put right what is open, and end it."""
    thresholds = gc.get_threshold()
    try:
        asyncio.run(_settle(data))
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


async def _settle(data: Path) -> None:
    till = build(DataFolder(data), goods())
    work = asyncio.create_task(till.house.run())
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(PATIENCE):
            await till.rest(work)
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        till.close()
