"""The bare peer of all figures: one `Static.update` per key, with the till's own driver, window and frame rate."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

import cashier.ui  # sets the till's environment before Textual is imported
from cashier.ui.driver import TillDriver

assert cashier.ui


class Bare(App[int]):
    """Echoes the number of keys and the last of them."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """Show one line."""
        yield Static("готово", markup=False)

    def on_mount(self) -> None:
        """Count from nothing."""
        self.count = 0

    async def on_event(self, event: events.Event) -> None:
        """Echo a key."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.count += 1
            self.query_one(Static).update(f"#{self.count}#")
            return
        await super().on_event(event)


if __name__ == "__main__":
    Bare(driver_class=TillDriver).run(mouse=False)
