"""The bare peer of all figures: one `Static.update` per key, with the till's own driver, window and frame rate."""

# isort: off - the room's first act is to set Textual's environment, which Textual reads when it is imported
# isort: on
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from cashier.ui.driver import TillDriver


class Bare(App[int]):
    """Echoes the number of keys."""

    ENABLE_COMMAND_PALETTE = False
    count = 0

    def compose(self) -> ComposeResult:
        """Show one line."""
        yield Static("готово", markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Echo a key."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.count += 1
            self.query_one(Static).update(f"#{self.count}#")
            return
        await super().on_event(event)


if __name__ == "__main__":
    Bare(driver_class=TillDriver).run(mouse=False)
