"""What a scanner may be made to send, and the screens it is sent to."""

from cashier.core import modes as m
from cashier.core.keys import DEFAULT
from tests.faults.sale import BREAD

KEY_NAMES = sorted({key for keys in DEFAULT.values() for own in keys.values() for key in own})
CONTROLS = tuple(bytes([code]) for code in range(32) if code not in b"\r\n")
HOSTILE = (
    *CONTROLS,
    *(b"46" + control + b"07" for control in CONTROLS),
    *(name.encode() for name in KEY_NAMES),
    *(b"\x1b[A", b"\x1b[3~", b"\x1bOS", b"\x1b[200~4600682000013\x1b[201~", b"\x1b[2J\x1b]0;x\x07", b"\x9b31m"),
    *(b"[/]", b"[bold red]4600[/]", b"[@click=app.quit]x[/]", b"{fallback}", b"%s%n", b"$(reboot)", b"\\x1b"),
    *(b"'; DROP TABLE goodsitem; --", b'" OR 1=1 --', b"4600682000013'", b"%", b"_", b"NULL", b"*", b"AND OR NOT"),
    *("Йцукен".encode(), "Йцукен".encode("cp1251"), b"\xff\xfe\x80", "\u202e0064\u200b".encode(), b"\x7f"),
    *(b"4" * 48, b"4" * 49, b"4" * 512, b"4" * 513, b"-1", b"1e9", b"0", b" ", b"]d2", b"]E0", b"\x00" * 100),
)
"""What a scanner may be made to send, one frame each."""

SCREENS: tuple[tuple[str, tuple[str, ...], type], ...] = (
    ("sign-in", (), m.EnteringCode),
    ("password", ("2", "enter"), m.EnteringPassword),
    ("sale", ("2", "enter"), m.Selling),
    ("sale with a line", (*BREAD, "enter"), m.Selling),
    ("popup", ("9", "9", "9", "enter"), m.Popup),
    ("quantity", ("enter", "f6"), m.Requantifying),
    ("weight", ("escape", *"3060", "enter"), m.Weighing),
    ("search", ("escape", "f5", "м"), m.Searching),
    ("pick-list", ("escape", "escape", "f7"), m.Browsing),
    ("several goods", ("escape", "4", *"600682770015", "enter"), m.Choosing),
    ("menu", ("escape", "f10"), m.Menu),
    ("help", ("escape", "f1"), m.Helping),
    ("question", ("escape", "f4"), m.Confirming),
    ("payment", ("escape", "plus"), m.Paying),
    ("discount", ("escape", "/"), m.Discounting),
    ("cash in", ("escape", "f10", "4"), m.MovingCash),
    ("X report", ("escape", "f10", "6"), m.Reporting),
    ("status", ("escape", "?"), m.Inspecting),
    ("right of another", ("escape", "f10", "end", "up", "enter"), m.Approving),
    ("receipts put aside", ("escape", "f11", "f11"), m.Restoring),
    ("closing with a receipt put aside", ("escape", "f10", "7"), m.SettlingPostponed),
    ("closing", ("1",), m.Confirming),
)
"""Screens one after the other: the keys that lead from the one before, and the mode to be in."""
