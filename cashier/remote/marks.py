"""What the gate of marked goods asks of the cash server: status of a mark, and its reserve (spec M12, M13)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from cashier.gates.marked_goods import NAME, RESERVED, STATUSES, Order
from cashier.remote.errors import UnreachableError
from cashier.remote.http import Client

UNKNOWN: Final = "UNKNOWN"
_KNOWN: Final = frozenset((*STATUSES, RESERVED))


class _Status(msgspec.Struct, frozen=True):
    """Answer of the server; its other fields are nobody's business."""

    status: str


LONGEST: Final = 600.0
"""Seconds that no setting of the time-out exceeds; the gate's own deadline ends a request before."""


@dataclass(frozen=True, slots=True)
class MarkRegistry:
    """Handler of the gate."""

    client: Client
    common: str
    """Address where a category has none of its own."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """Addresses by name of category."""
    heard: Callable[[], None] = lambda: None
    """Told of each answer: what else waits for the network may try again."""

    async def __call__(self, body: str) -> str:
        """Do what an `Order` says; return the key of the mark's status, `UNKNOWN` for one that nobody knows.

        Raises:
            NoAnswerError: error of access (spec M12).
        """
        order = msgspec.json.decode(body, type=Order)
        url = self.urls.get(order.category) or self.common
        if not url:
            raise UnreachableError(NAME, "no markVerifyUrl")
        headers = {"Idempotency-Key": order.key} if order.request.operation == "reserve" else {}
        sent = msgspec.json.encode(order.request)
        answer = await self.client.post(url, sent, _Status, headers=headers, deadline=LONGEST)
        self.heard()
        return answer.status if answer.status in _KNOWN else UNKNOWN
