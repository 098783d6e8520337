"""What all facts have in common."""

import msgspec


class Fact(msgspec.Struct, frozen=True, tag=True):
    """Base of all facts; its class name is its kind in the journal."""
