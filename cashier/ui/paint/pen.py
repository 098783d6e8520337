"""What every painter needs: the words of a language and the signs of a font."""

from msgspec import Struct

from cashier.core.say import Place, Say, say
from cashier.core.view_model import Level
from cashier.ui.locale import Catalogue
from cashier.ui.paint.text import clean


class Signs(Struct, frozen=True):
    """Characters that the screen itself draws, chosen by what the font of the terminal has."""

    selected: str = "▶"
    mark: str = "▣"
    storno: str = "×"
    order: str = "◆"
    """A line of an order; hollow while it waits for its mark."""
    waits: str = "◇"
    empty: str = "□"
    ticked: str = "■"
    fixed: str = "√"
    """In the form of a return: nothing of a position comes back, something does, it stands in the return receipt."""
    frame: str = "╔═╗║╚╝"
    blocks: bool = True
    """Big digits of half blocks; otherwise of lines."""
    levels: tuple[str, str, str] = ("●", "▲", "■")
    """Ok, warning, alarm: told apart without colour."""

    def of(self, level: Level) -> str:
        """Return the sign of a level."""
        return self.levels[list(Level).index(level)]


class Pen(Struct, frozen=True, eq=False):
    """Writes texts, clean."""

    catalogue: Catalogue
    signs: Signs

    def text(self, what: Say) -> str:
        """Write a text of the core."""
        return clean(self.catalogue.text(what))

    def parts(self, what: Say) -> tuple[str, ...]:
        """Write the parts of a text of the core, of which most have one."""
        return tuple(map(clean, self.catalogue.parts(what)))

    def say(self, key: str, /, **places: Place) -> str:
        """Write a text of the screen itself."""
        return clean(self.catalogue.text(say(key, **places)))
