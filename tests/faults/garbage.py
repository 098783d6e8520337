"""Garbage from the terminal: the till lives, the receipt stands, the next keys work. Textual's own driver dies."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.faults.figures import Figures, caught
from tests.faults.journal import NeverCameError, kinds, wait_for
from tests.faults.sale import BREAD
from tests.faults.terminal import HEIGHT, Terminal

NOT_UTF8 = b"\xff\xfe\xcf\xf0\xe8\xe2\xe5\xf2"
UNCLOSED_PASTE = b"\x1b[200~4600682000112"

GARBAGE = (
    NOT_UTF8,
    b"\xd0",
    UNCLOSED_PASTE,
    b"\x1b[200~\x1b[201~\x1b[201~",
    b"\x1b[?1;2c",
    b"\x1b[?62;22c\x1b[>0;276;0c",
    b"\x1b[99999999u",
    b"\x1b[1081::113;5u",
    b"\x1b[1;2R\x1b[24;80R",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[<0;10;10M\x1b[<0;10;10m",
    b"\x1b[I\x1b[O",
    b"\x1b[25~\x1b[34~",
    b"\x1b[;;;;;;;;;;;;;;;;;;;;;;m",
    b"\x1b" * 50,
    b"\x1b1\x1b7",
    b"\x1b[",
    b"\x9b31m\x90\x9d",
    b"\x00\x01\x02\x05\x07\x0e\x1c\x1f\x7f",
)
"""What terminals, modems and cables send: replies nobody waits for, halves of sequences, other encodings."""

MENU = "Кассовое меню"
PASTE = 0.6
"""Seconds after which a key that did nothing is pressed again."""

SOON = 2.0
"""Seconds within which the receipt must stand on the screen again."""

_SHEET = slice(2, HEIGHT - 7)


def noise(seed: int) -> bytes:
    """Make random bytes that mean no key: no printable character, no line end."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    allowed = [*range(10), 11, 12, *range(14, 32), *range(127, 256)]
    return bytes(chance.choice(allowed) for _ in range(chance.randrange(1, 200)))


def survived(pieces: tuple[bytes, ...]) -> tuple[int, list[str]]:
    """Send each piece to a till with a line in its receipt; tell after how many it answered, and what became worse."""
    found: list[str] = []
    with TemporaryDirectory() as name, Terminal(Path(name)) as till:
        till.sign_in()
        till.type(*BREAD, "enter")
        till.shows("Хлеб ржаной")
        before, written = _sheet(till), kinds(till.data)
        for answered, piece in enumerate(pieces):
            till.send(piece)
            try:
                _answers(till)
            except NeverCameError as error:
                return answered, [*found, f"{piece!r}: {error}"]
            try:
                till.until(lambda _text: _sheet(till) == before, SOON)
            except NeverCameError:
                found.append(f"{piece!r}: the screen is another one\n{till.text}")
            if kinds(till.data) != written:
                found.append(f"{piece!r}: written {kinds(till.data) - written}")
    return len(pieces), found


def _answers(till: Terminal) -> None:
    """Open the menu and close it again; an unclosed paste may swallow keys for half a second."""
    wait_for(lambda: MENU in till.text, lambda: _press(till, "f10", lambda: MENU in till.text), 5)
    wait_for(lambda: MENU not in till.text, lambda: _press(till, "escape", lambda: MENU not in till.text), 5)


def _press(till: Terminal, key: str, worked: Callable[[], bool]) -> None:
    till.type(key)
    again = monotonic() + PASTE
    while not worked() and monotonic() < again:
        till.read(0.02)


def _sheet(till: Terminal) -> list[str]:
    return till.text.split("\n")[_SHEET]


def control(piece: bytes) -> bool:
    """Tell whether an application on the stock driver dies of a piece, or answers no key after it."""
    with TemporaryDirectory() as name:
        app = Path(__file__).with_name("stock_app.py")
        with Terminal(Path(name), (str(app),)) as till:
            till.shows("alive")
            till.send(piece)
            try:
                till.send(b"x")
                till.shows("key x", patience=2)
            except (NeverCameError, OSError):
                return True
            return False


def rehearse(*, short: bool) -> Figures:
    """Send the known pieces, and noise."""
    pieces = (*GARBAGE, *(noise(seed) for seed in range(10 if short else 300)))
    figures = Figures("terminal garbage", {"pieces": len(pieces), "bytes": sum(map(len, pieces))})
    figures.done, figures.violations = survived(pieces)
    figures.violations += [] if figures.done == len(pieces) else [f"{figures.done} of the pieces were answered"]
    dead = [name for name, piece in (("invalid UTF-8", NOT_UTF8), ("unclosed paste", UNCLOSED_PASTE)) if control(piece)]
    figures.control = caught(f"Textual's own driver is dead after {' and after '.join(dead)}", len(dead) == 2)
    return figures
