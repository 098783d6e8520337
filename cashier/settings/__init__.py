"""Settings of the till: `ini` files read into frozen typed values, with every mistake named by file and line."""

from cashier.settings._not_yet import not_yet
from cashier.settings.loading import Loaded, default_conf, load
from cashier.settings.marks import MaskCheck
from cashier.settings.model import Settings
from cashier.settings.problems import Mistake

__all__ = ["Loaded", "MaskCheck", "Mistake", "Settings", "default_conf", "load", "not_yet"]
