"""A control: an application on Textual's own driver that shows the keys it gets."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class StockApp(App[None]):
    """Shows that it lives, and each key."""

    def compose(self) -> ComposeResult:
        """Put one text on the screen."""
        yield Static("alive")

    def on_key(self, event: events.Key) -> None:
        """Show the key."""
        self.query_one(Static).update(f"key {event.key}")


if __name__ == "__main__":
    StockApp().run()
