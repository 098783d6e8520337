"""Screen tests: the screen's settings must stand before anything imports Textual."""

import cashier.ui

__all__ = ["cashier"]
