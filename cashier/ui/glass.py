"""The one widget of the screen: rows in, strips out; only rows that changed are painted again."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from cashier.ui.paint.row import Row


class Glass(Widget, can_focus=False):
    """Shows rows of spans. Costs what changed, not what stands."""

    DEFAULT_CSS = "Glass { width: 100%; height: 100%; }"

    def __init__(self, styles: dict[str, Style], resized: Callable[[], None]) -> None:
        super().__init__()
        self._resized = resized
        self._by_role = styles
        self._rows: list[Row] = []
        self._strips: list[Strip] = []

    def on_resize(self) -> None:
        """Ask for rows of the new size."""
        self._resized()

    @property
    def rows(self) -> list[Row]:
        """What is shown."""
        return self._rows

    def show(self, rows: list[Row]) -> bool:
        """Show rows in the place of those there are; tell whether anything changed."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self._strips = [self._strip(row) for row in rows]
            self.refresh()
            return True
        changed = [at for at, row in enumerate(rows) if row is not before[at] and row != before[at]]
        for at in changed:
            self._strips[at] = self._strip(rows[at])
        if changed:
            width = self.size.width
            self.refresh(*(Region(0, at, width, 1) for at in changed))
        return bool(changed)

    def _strip(self, row: Row) -> Strip:
        base, by_role = self._by_role["base"], self._by_role
        return Strip([Segment(text, by_role.get(role, base)) for text, role in row])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the compositor the strips of a part of the screen."""
        blank = Strip.blank(self.size.width, self._by_role["base"])
        strips = [self._strips[y] if y < len(self._strips) else blank for y in range(crop.y, crop.bottom)]
        return [strip.crop_extend(crop.x, crop.right, self._by_role["base"]) for strip in strips]
