"""A cash server as plain as can be, for the property of marked goods: compare-and-set, tombstones, no message twice."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from cashier.core.effects import RunGate
from cashier.core.facts import MessageQueued
from cashier.core.receipt import Line

RIVAL = "another till"


@dataclass
class Held:
    """A mark that is reserved."""

    receipt: str
    keys: set[str] = field(default_factory=set)


@dataclass
class Server:
    """Who holds a mark and who has sold it."""

    held: dict[str, Held] = field(default_factory=dict)
    sold: dict[str, str] = field(default_factory=dict)
    """Receipt by mark."""
    buried: set[str] = field(default_factory=set)
    """Keys of reserves that were undone, come or not."""
    seen: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    """Keys of sales that were told of a mark somebody else had."""

    def status(self, ki: str, receipt: str) -> str:
        """Tell what a mark is for a receipt."""
        if ki in self.sold:
            return "SOLD"
        own = self.held.get(ki)
        return "RESERVED_SALE" if own and own.receipt != receipt else "NOT_REGISTERED"

    def asked(self, request: RunGate) -> str:
        """Answer a request of a till."""
        order = msgspec.json.decode(request.body)
        own, key = order["request"], order["key"]
        status = self.status(own["ki"], own["receipt"])
        if own["operation"] == "status":
            return status
        if key in self.buried or status != "NOT_REGISTERED":
            return "UNRESERVED_SALE" if key in self.buried else status
        self.held.setdefault(own["ki"], Held(own["receipt"])).keys.add(key)
        return "RESERVED"

    def told(self, message: MessageQueued) -> None:
        """Take a message of the outbox; one that came before changes nothing."""
        if message.identifier in self.seen:
            return
        self.seen.add(message.identifier)
        body = msgspec.json.decode(message.body)
        if message.kind == "markReleased":
            self._release(body)
        else:
            self._sell(body)

    def _release(self, body: dict[str, Any]) -> None:
        own = self.held.get(body["ki"])
        if body["reserve"]:
            self.buried.add(body["reserve"])
        if own is None or own.receipt != body["receipt"]:
            return
        own.keys -= {body["reserve"]} if body["reserve"] else own.keys
        if not own.keys:
            del self.held[body["ki"]]

    def _sell(self, body: dict[str, Any]) -> None:
        if self.status(body["ki"], body["receipt"]) != "NOT_REGISTERED":
            self.doubled.add(body["reserve"])
            return
        self.held.pop(body["ki"], None)
        self.sold[body["ki"]] = body["receipt"]

    def bought_elsewhere(self, ki: str) -> None:
        """Let another till sell a mark, if it is free."""
        if self.status(ki, RIVAL) == "NOT_REGISTERED":
            self.sold[ki] = RIVAL


def key_of(line: Line) -> str:
    """Return the key under which the mark of a line was to be reserved."""
    return str(msgspec.json.decode(line.memory("marked_goods"))["key"]) if line.ki else ""


def is_reserve(request: RunGate) -> str:
    """Return the key of a reserve; empty for any other request."""
    return str(msgspec.json.decode(request.body)["key"])


def mark_of(request: RunGate) -> str:
    """Return the identification code a request is about."""
    return str(msgspec.json.decode(request.body)["request"]["ki"])
