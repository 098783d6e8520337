"""Receipts pushed to the stand-in СКО (domain/ukm5.md 3.4, 3.5): each takes effect once, by its RECEIPT_GUID."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct

from cashier.demo.cash_protocol import Guid, read
from cashier.demo.reserves import Reserves

RECEIPT_GUID: Final = "RECEIPT_GUID"


class Property(Struct, frozen=True):
    """An additional property of a receipt."""

    code: str
    value: object = ""


class Additional(Struct, frozen=True):
    """Additional part of a receipt."""

    properties: tuple[Property, ...]


class Pushed(Struct, frozen=True):
    """What СКО reads of a receipt."""

    result: Literal["Completed", "Cancelled"]
    additional: Additional


class Batch(Struct, frozen=True):
    """Body of a push."""

    elements: list[msgspec.Raw]


class Kept(Struct, frozen=True):
    """A receipt that came."""

    guid: str
    result: str
    times: int
    """How often it came; it had its effect the first time."""
    body: msgspec.Raw


class Receipts:
    """Takes pushes, each in one transaction: all of its receipts or none."""

    def __init__(self, reserves: Reserves) -> None:
        self._reserves = reserves
        self._book = reserves.book

    def push(self, body: bytes) -> str:
        """Sell the reserves of completed receipts, and drop those of cancelled ones.

        Returns:
            Why nothing was taken, in Russian; empty when all were.
        """
        batch = read(body, Batch)
        if isinstance(batch, str):
            return batch
        receipts = []
        for raw in batch.elements:
            receipt = _receipt(bytes(raw))
            if isinstance(receipt, str):
                return receipt
            receipts.append(receipt)
        with self._book.transaction():
            for receipt in receipts:
                self._take(receipt)
        return ""

    def kept(self) -> Sequence[Kept]:
        """Return the receipts in the order in which they came first."""
        with self._book.transaction():
            rows = self._book.run("SELECT guid, result, times, body FROM receipts ORDER BY rowid")
        return [Kept(guid, result, times, msgspec.Raw(body.encode())) for guid, result, times, body in rows]

    def _take(self, receipt: Kept) -> None:
        if self._book.run("UPDATE receipts SET times = times + 1 WHERE guid = ? RETURNING 1", receipt.guid):
            return
        values = (receipt.guid, receipt.result, receipt.times, bytes(receipt.body).decode())
        self._book.run("INSERT INTO receipts VALUES (?, ?, ?, ?)", *values)
        self._reserves.settle(receipt.guid, sold=receipt.result == "Completed")


def _receipt(body: bytes) -> Kept | str:
    """Read a receipt that comes for the first time, or say why it is none."""
    pushed = read(body, Pushed)
    if isinstance(pushed, str):
        return pushed
    guids = [each.value for each in pushed.additional.properties if each.code == RECEIPT_GUID]
    try:
        (guid,) = msgspec.convert(guids, tuple[Guid])
    except msgspec.ValidationError:
        return f"В чеке должно быть одно свойство {RECEIPT_GUID}, и в нём UUID"
    return Kept(guid.lower(), pushed.result, 1, msgspec.Raw(body))
