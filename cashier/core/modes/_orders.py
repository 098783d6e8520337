"""The state in which an order is asked for."""

from typing import Literal

from msgspec import Struct


class Ordering(Struct, frozen=True):
    """«Заказ»: its number is typed or scanned, then the order server is asked."""

    entry: str = ""
    stage: Literal["typing", "waiting"] = "typing"
    token: str = ""
    """Of what was asked."""
