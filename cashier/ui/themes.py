"""Themes: the style of each role, and the signs a font has."""

from collections.abc import Mapping

from msgspec import Struct
from rich.style import Style

from cashier.ui.paint.pen import Signs
from cashier.ui.palettes import CONSOLE, LOUD, NORMAL
from cashier.ui.palettes_plain import CONTRAST, LIGHT


class Theme(Struct, frozen=True):
    """Colours and signs. A role that is not named looks like `base`."""

    name: str
    styles: Mapping[str, str]
    signs: Signs = Signs()

    def compiled(self) -> dict[str, Style]:
        """Return the style of each role, on the ground of `base` where it names no ground of its own."""
        base = Style.parse(self.styles["base"])
        return {role: base + Style.parse(style) for role, style in self.styles.items()}


_CONSOLE_SIGNS = Signs(
    selected=">",
    mark="■",
    storno="x",
    order="&",
    waits="?",
    empty="-",
    ticked="+",
    fixed="v",
    frame="╔═╗║╚╝",
    blocks=False,
    levels=("■", "!", "!!"),
)

THEMES: Mapping[str, Theme] = {
    "normal": Theme("normal", NORMAL),
    "training": Theme("training", {**NORMAL, **LOUD}),
    "console": Theme("console", CONSOLE, _CONSOLE_SIGNS),
    "light": Theme("light", LIGHT),
    "contrast": Theme("contrast", CONTRAST),
}
