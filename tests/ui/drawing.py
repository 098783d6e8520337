"""Draws a shot: as text with roles for snapshots, as SVG for eyes."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

from rich.style import Style

from cashier.core.view import view
from cashier.ui.locale import Catalogue
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, breadth
from cashier.ui.paint.screen import paint
from cashier.ui.paint.text import width
from cashier.ui.themes import THEMES
from tests.ui.shots import Shot

CELL_WIDTH, CELL_HEIGHT, FONT = 9.632, 18.625, 16


LOOKS = tuple({THEMES[name].signs: name for name in reversed([*THEMES])}.values())
"""One theme for each set of signs: signs are all that painters know of a theme, so these draw all that there is."""


@lru_cache
def words_of(language: str) -> Catalogue:
    """Return a catalogue; each is read once."""
    return Catalogue(language)


@lru_cache
def pen_of(language: str, theme: str) -> Pen:
    """Return a pen."""
    return Pen(words_of(language), THEMES[theme].signs)


def rows_of(shot: Shot, size: tuple[int, int], language: str = "ru", theme: str = "normal") -> list[Row]:
    """Paint a shot."""
    front = shot.front
    return paint(pen_of(language, theme), view(front.till, front.waiting), *size, shot.moment)


def fills(shot: Shot, size: tuple[int, int]) -> None:
    """Check that a shot has exactly the rows and cells of the screen, and nothing that a terminal would obey."""
    rows = rows_of(shot, size)
    assert {breadth(row) for row in rows} == {size[0]}
    assert len(rows) == size[1]
    assert all(span.text.isprintable() for row in rows for span in row)


def text_of(rows: list[Row]) -> str:
    """Write rows as the cashier reads them."""
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


def grid_of(rows: list[Row]) -> str:
    """Write rows with the roles of their parts, as snapshots hold them."""
    return "\n".join(f"{line}\n" for line in (*(f"|{text}|" for text in _texts(rows)), *_roles(rows)))


def _texts(rows: list[Row]) -> Iterator[str]:
    return ("".join(span.text for span in row) for row in rows)


def _roles(rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        parts = [(role, sum(width(s.text) for s in spans)) for role, spans in groupby(row, key=lambda s: s.role)]
        yield f"{number:2} " + " ".join(f"{role}:{cells}" for role, cells in parts if cells)


def svg_of(rows: list[Row], theme: str, scale: float = 1.0) -> str:
    """Draw rows as a picture that needs nothing but a monospaced font."""
    styles = THEMES[theme].compiled()
    cells = sum(width(span.text) for span in rows[0])
    broad, high = cells * CELL_WIDTH, len(rows) * CELL_HEIGHT
    ground = _colour(styles["base"], ground=True)
    body = "".join(_svg_row(row, number, styles) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {broad:.1f} {high:.1f}" '
        f'width="{broad * scale:.0f}" height="{high * scale:.0f}" '
        f'font-family="DejaVu Sans Mono, monospace" font-size="{FONT}" '
        'xml:space="preserve" shape-rendering="crispEdges">'
        f'<rect width="100%" height="100%" fill="{ground}"/>{body}</svg>\n'
    )


def _svg_row(row: Row, number: int, styles: dict[str, Style]) -> str:
    grounds, texts, at, top = "", "", 0, number * CELL_HEIGHT
    for span in row:
        cells = width(span.text)
        style = styles.get(span.role, styles["base"])
        x, broad = at * CELL_WIDTH, cells * CELL_WIDTH
        box = f'x="{x:.1f}" y="{top:.1f}" width="{broad:.1f}" height="{CELL_HEIGHT + 0.3:.1f}"'
        grounds += f'<rect {box} fill="{_colour(style, ground=True)}"/>'
        if span.text.strip():
            texts += _svg_text(span.text, x, top + CELL_HEIGHT * 0.78, broad, style)
        at += cells
    return grounds + texts


def _svg_text(text: str, x: float, y: float, broad: float, style: Style) -> str:
    weight = ' font-weight="bold"' if style.bold else ""
    strike = ' text-decoration="line-through"' if style.strike else ""
    fill = _colour(style, ground=False)
    lead = len(text) - len(text.lstrip())
    x, broad = x + lead * CELL_WIDTH, broad - (len(text) - len(text.strip())) * CELL_WIDTH
    place = f'x="{x:.1f}" y="{y:.1f}" textLength="{broad:.1f}" fill="{fill}"'
    return f"<text {place}{weight}{strike}>{escape(text.strip())}</text>"


def _colour(style: Style, *, ground: bool) -> str:
    colour = style.bgcolor if ground != bool(style.reverse) else style.color
    return colour.get_truecolor().hex if colour else "#000000"
