"""Receipts that ended go out while the till runs: to the cash server, to a web service, to a folder (spec S4, S5).

A message of the outbox has only the receipt's identifier; what is sent is told from the journal when it is sent.
"""

import asyncio
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol, TypeVar

import msgspec

from cashier.core.ended import Ended
from cashier.core.told import Ending
from cashier.exchange.sales.json import elements, to_json
from cashier.folder import DataFolder
from cashier.ports import NoAnswerError, NotYetError
from cashier.remote.blame import blame, reason
from cashier.remote.errors import BadAnswerError
from cashier.remote.said import plain
from cashier.settings.model import Export
from cashier.store.connect import StoreError, refusal
from cashier.store.outbox import Message
from cashier.store.past_receipts import PastReceipts
from devices._durable import replace_file, sync_folder

Form = TypeVar("Form")

DEADLINE: Final = 30.0
"""Seconds for one push in total."""

REGISTERING: Final = timedelta(minutes=1)
"""How long the number of a fiscal document is waited for."""

_ACCEPTED: Final = range(200, 300)


class Poster(Protocol):
    """Posts JSON."""

    async def post(
        self, url: str, body: bytes, form: type[Form], /, *, headers: Mapping[str, str], deadline: float
    ) -> Form:
        """Return the answer in its form, or raise `NoAnswerError`."""
        ...


class _Answer(msgspec.Struct, frozen=True):
    """Of the web service; the second spelling is that of a service at work (domain/ukm5.md 3.4)."""

    result: object = None
    description: object = None
    descriprion: object = None


class Exports:
    """Tells receipts that ended to those who want to hear of them; safe to use from several threads."""

    def __init__(self, export: Export, folder: DataFolder, client: Poster) -> None:
        self._url, self._client, self._documents = export.push_url, client, folder.documents
        self.dir = Path(export.dir) if export.dir else folder.path / "export"
        """Folder of the files."""

    def document_body(self, message: Message) -> bytes:
        """Return what the cash server is told of a message's receipt: one object of domain/ukm5.md 3.5.

        Raises:
            NotYetError: its paper is under way, and the number of its fiscal document not known.
            StoreError: it cannot be read; `trouble` is `corrupt` where another try would not help.
        """
        return to_json(self._ended(message))

    async def push(self, message: Message) -> str:
        """Post a receipt to the web service; a repetition has the same key.

        Returns:
            Nothing when it was taken; else the reason for which it never will be, in Russian.

        Raises:
            NotYetError: as in `document_body`.
            NoAnswerError: it is to be tried again.
        """
        try:
            body = await asyncio.to_thread(self._pushed, message)
        except StoreError as error:
            return _judged(error)
        try:
            answer = await self._client.post(
                self._url, body, _Answer, headers={"Idempotency-Key": message.identifier}, deadline=DEADLINE
            )
        except BadAnswerError as error:
            if error.status in _ACCEPTED:
                return ""  # taken; what was said besides is not read
            if blame(error) == "messages":
                return reason(error)
            raise
        return _rejection(answer) if answer.result == "error" else ""

    async def write_file(self, message: Message) -> str:
        """Write a receipt as an XML file, durably; one written twice is the same file.

        Returns:
            Nothing when it is written; else the reason for which it never will be, in Russian.

        Raises:
            NotYetError: as in `document_body`.
            NoAnswerError: it is to be tried again: the folder cannot be written to now.
        """
        try:
            await asyncio.to_thread(self._write, message)
        except StoreError as error:
            return _judged(error)
        except OSError as error:
            trouble = f"{self.dir}: {error.strerror}"
            raise NoAnswerError(trouble) from error
        return ""

    def _pushed(self, message: Message) -> bytes:
        return elements((self.document_body(message),))

    def _write(self, message: Message) -> None:
        from cashier.exchange.sales import xml  # noqa: PLC0415 - lxml is for tills that write files

        ended = self._ended(message)
        if not self.dir.is_dir():
            self.dir.mkdir(parents=True, exist_ok=True)
            sync_folder(self.dir.parent)
        replace_file(self.dir / xml.file_name(ended), xml.to_xml(ended))

    def _ended(self, message: Message) -> Ended:
        identifier = _receipt(message)
        with closing(PastReceipts(self._documents)) as past:
            ended = past.of(identifier)
            if ended and not ended.fiscal and past.is_printing(identifier) and _is_fresh(message):
                raise NotYetError
        if ended is None:
            raise refusal(self._documents, f"чека {identifier} нет среди законченных", "Проверьте журнал", "corrupt")
        return ended


def _is_fresh(message: Message) -> bool:
    """Tell whether a receipt may still get the number of its fiscal document; a dead device keeps nobody waiting."""
    return abs(datetime.now(UTC) - datetime.fromisoformat(message.time)) < REGISTERING


def _receipt(message: Message) -> str:
    return msgspec.json.decode(message.body, type=Ending).receipt


def _judged(error: StoreError) -> str:
    """Tell why a receipt that cannot be read never will be; other troubles of the disk may pass."""
    if error.trouble != "corrupt":
        raise NoAnswerError(error.message) from error
    return error.message


def _rejection(answer: _Answer) -> str:
    said = answer.description or answer.descriprion
    return f"веб-служба не приняла чек: {plain(said)}" if isinstance(said, str) else "веб-служба не приняла чек"
