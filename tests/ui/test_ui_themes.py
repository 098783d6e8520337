"""Themes: whole, and readable."""

import pytest
from rich.color import Color
from rich.style import Style

from cashier.settings.model import Screen
from cashier.settings.sections import slots
from cashier.ui.themes import THEMES

LINES = {"rule", "frame_plain", "frame_question", "frame_error"}
"""Roles that draw lines and write nothing."""

CONSOLE = {
    "black": ("#000000", "#555555"),
    "red": ("#aa0000", "#ff5555"),
    "green": ("#00aa00", "#55ff55"),
    "yellow": ("#aa5500", "#ffff55"),
    "blue": ("#0000aa", "#5555ff"),
    "magenta": ("#aa00aa", "#ff55ff"),
    "cyan": ("#00aaaa", "#55ffff"),
    "white": ("#aaaaaa", "#ffffff"),
}
"""The Linux console's own colours, plain and bold."""


def lightness(colour: Color | None, *, bold: bool = False) -> float:
    """Relative luminance by WCAG 2.1."""
    assert colour is not None
    shown = Color.parse(CONSOLE[colour.name][bold]) if colour.name in CONSOLE else colour
    parts = (part / 255 for part in shown.get_truecolor())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """Ratio of text and ground by WCAG 2.1, from 1 to 21."""
    low, high = sorted((lightness(style.color, bold=bool(style.bold)), lightness(style.bgcolor)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
class TestEveryTheme:
    def test_has_every_role(self, name: str) -> None:
        """No theme forgets a role, and none has one that the others do not know."""
        assert set(THEMES[name].styles) == set(THEMES["normal"].styles)
        assert THEMES[name].name == name

    def test_is_readable(self, name: str) -> None:
        """Every text has the contrast of 4.5 that WCAG asks for."""
        pale = {
            role: round(contrast(style), 2)
            for role, style in THEMES[name].compiled().items()
            if role not in LINES and contrast(style) < 4.5
        }
        assert pale == {}

    def test_selected_line_stands_out(self, name: str) -> None:
        """The ground of the selection is not that of the lines."""
        styles = THEMES[name].compiled()
        assert styles["line_selected"].bgcolor != styles["line"].bgcolor
        assert styles["option_chosen"].bgcolor != styles["dialog"].bgcolor


def test_settings_know_every_theme() -> None:
    """What a shop may write is what there is."""
    kind = slots(Screen)["theme"].key.kind
    assert all(kind.read(name) == name for name in THEMES)
    assert set(str(kind.allowed.params["words"]).split(", ")) == set(THEMES)


def test_weak_eyes_have_strong_contrast() -> None:
    """The theme for them has three times what WCAG asks for."""
    assert all(contrast(style) > 15 for style in THEMES["contrast"].compiled().values())


def test_bright_shop_has_dark_text_on_light_ground() -> None:
    """Lines, header and dialogs are dark on light."""
    styles = THEMES["light"].compiled()
    for role in ("base", "line", "header", "dialog", "bar", "paper"):
        assert lightness(styles[role].color) < 0.1, role
        assert lightness(styles[role].bgcolor) > 0.6, role
