"""Text catalogues: one TOML file per language with every text of the screen."""

from cashier.ui.locale.catalogue import Catalogue

__all__ = ["Catalogue"]
