"""Receipts that ended go out by themselves: what is sent, what is tried again, and what never will be taken."""

import errno
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.told import EXPORT_PUSH, documents
from cashier.exports import Exports
from cashier.folder import DataFolder
from cashier.ports import NoAnswerError, NotYetError
from cashier.remote.http import Client
from cashier.settings.model import Export
from cashier.store.connect import StoreError
from cashier.store.outbox import Message
from tests.core.goods import BREAD
from tests.exchange.sales_json import read, read_package
from tests.exchange.sales_xml import read as read_xml
from tests.remote.raw_server import Answer, RawServer, drop, json_reply, reply
from tests.store.days import Day
from tests.store.files import tamper


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Data of a till."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def day(folder: DataFolder) -> Day:
    """Somebody at the till."""
    return Day(folder.documents)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client without connections."""
    made = Client()
    yield made
    await made.close()


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    """A web service that has no answers yet."""
    async with RawServer().running() as listening:
        yield listening


@pytest.fixture
def exports(folder: DataFolder, client: Client, server: RawServer) -> Exports:
    """Both channels at work."""
    return Exports(Export(xml=True, push=True, push_url=f"http://127.0.0.1:{server.port}/receipt"), folder, client)


def message(receipt: str) -> Message:
    """Make the message that tells of a receipt."""
    (queued,) = documents(receipt, (EXPORT_PUSH,))
    return Message(1, queued.identifier, queued.kind, queued.key, "2026-11-21T12:00:00+03:00", queued.body)


class TestDocument:
    def test_body(self, day: Day, exports: Exports) -> None:
        """The cash server is told the whole receipt, one object."""
        name = day.begin(BREAD).close()
        receipt = read(exports.document_body(message(name)))
        assert (receipt.result, receipt.items[0].product_info.scu) == ("Completed", BREAD.code)

    def test_receipt_that_goes_on(self, day: Day, exports: Exports) -> None:
        """Of a receipt that goes on there is nothing to tell, and another try would not help."""
        with pytest.raises(StoreError) as raised:
            exports.document_body(message(day.begin(BREAD).receipt.identifier))
        assert raised.value.trouble == "corrupt"


class TestFiscalNumber:
    def printing(self, day: Day) -> str:
        """Close a receipt whose paper is under way."""
        name = day.begin(BREAD).close()
        day.write(f.PrintBegun("t", name, copy=False))
        return name

    async def test_is_waited_for(self, day: Day, exports: Exports, server: RawServer) -> None:
        """Given a paper under way, then nothing of its receipt is told until the fiscal device has answered."""
        name = self.printing(day)
        fresh = replace(message(name), time=datetime.now(UTC).isoformat())
        for tell in (exports.push, exports.write_file):
            with pytest.raises(NotYetError):
                await tell(fresh)
        with pytest.raises(NotYetError):
            exports.document_body(fresh)
        assert server.asked == []
        day.write(f.PrintEnded("t", "printed", fiscal=17))
        told = {own.code: own.value for own in read(exports.document_body(fresh)).additional.properties}
        assert told["FISCAL_NUMBER"] == "17"

    def test_is_not_waited_for_ever(self, day: Day, exports: Exports) -> None:
        """Given a device that is silent for more than a minute, then the receipt is told without its number."""
        told = {own.code for own in read(exports.document_body(message(self.printing(day)))).additional.properties}
        assert "FISCAL_NUMBER" not in told


class TestPush:
    @pytest.mark.parametrize(
        "answer", [json_reply({"result": "success"}), json_reply({}), reply(""), reply("", 204), reply("принято", 201)]
    )
    async def test_taken(self, day: Day, exports: Exports, server: RawServer, answer: Answer) -> None:
        """Given any answer of success, then the receipt has been posted once, under the key of its message."""
        server.answers.append(answer)
        sent = message(day.begin(BREAD).close())
        assert await exports.push(sent) == ""
        (asked,) = server.asked
        assert asked.line.startswith("POST /receipt ")
        assert asked.headers["idempotency-key"] == sent.identifier
        (receipt,) = read_package(asked.body)
        assert receipt.items[0].product_info.name == BREAD.name

    @pytest.mark.parametrize("spelling", ["description", "descriprion"])
    async def test_rejected(self, day: Day, exports: Exports, server: RawServer, spelling: str) -> None:
        """Given an error of the service in a good answer, then the reason is the service's, made harmless."""
        server.answers.append(json_reply({"result": "error", spelling: "нет магазина\x1b[2J"}))
        said = await exports.push(message(day.begin(BREAD).close()))
        assert said == "веб-служба не приняла чек: нет магазина\ufffd[2J"

    async def test_rejected_without_a_word(self, day: Day, exports: Exports, server: RawServer) -> None:
        """Given an error without a reason, then there is one of ours."""
        server.answers.append(json_reply({"result": "error", "description": 5}))
        assert await exports.push(message(day.begin(BREAD).close())) == "веб-служба не приняла чек"

    async def test_request_that_is_wrong(self, day: Day, exports: Exports, server: RawServer) -> None:
        """Given a status that speaks of the receipt itself, then it is not tried again."""
        server.answers.append(reply("{}", 422))
        assert await exports.push(message(day.begin(BREAD).close())) == "сервер не принял: HTTP 422"

    @pytest.mark.parametrize("answer", [reply("{}", 500), reply("{}", 401), reply("{}", 302), drop])
    async def test_tried_again(self, day: Day, exports: Exports, server: RawServer, answer: Answer) -> None:
        """Given a service that is broken, shut or gone, then the receipt is to be posted again."""
        server.answers.append(answer)
        with pytest.raises(NoAnswerError):
            await exports.push(message(day.begin(BREAD).close()))

    async def test_receipt_that_cannot_be_read(
        self, day: Day, exports: Exports, folder: DataFolder, server: RawServer
    ) -> None:
        """Given a damaged journal, then the receipt is not sent, and the reason names it."""
        name = day.begin(BREAD).close()
        assert tamper(folder.documents, "DELETE FROM journal WHERE body LIKE '%ReceiptClosed%'")
        assert f"чек {name} не читается" in await exports.push(message(name))
        assert server.asked == []

    async def test_disk_that_cannot_be_read_now(
        self, day: Day, exports: Exports, folder: DataFolder, server: RawServer
    ) -> None:
        """Given a file that is not there at the moment, then it is tried again."""
        name = day.begin(BREAD).close()
        day.documents.close()
        folder.documents.rename(folder.path / "aside.db")
        with pytest.raises(NoAnswerError):
            await exports.push(message(name))
        assert server.asked == []


class TestFile:
    async def test_written(self, day: Day, exports: Exports, folder: DataFolder) -> None:
        """Given a receipt, then its file stands in the folder below the data, whole, however often it is written."""
        name = day.begin(BREAD).close()
        assert [await exports.write_file(message(name)) for _ in range(2)] == ["", ""]
        (path,) = (folder.path / "export").iterdir()
        assert path.name == "receipt_77_3_1_1_1.xml"
        assert read_xml(path.read_bytes()).receipt.identifier == name

    async def test_other_folder(self, day: Day, folder: DataFolder, client: Client, tmp_path: Path) -> None:
        """Given a folder in the settings, then files go there."""
        exports = Exports(Export(xml=True, dir=str(tmp_path / "a" / "b")), folder, client)
        assert exports.dir == tmp_path / "a" / "b"
        name = day.begin(BREAD).cancel().ledger.last
        assert name is None
        given_up = day.begin(BREAD).receipt.identifier
        day.cancel()
        assert await exports.write_file(message(given_up)) == ""
        (path,) = exports.dir.iterdir()
        assert not read_xml(path.read_bytes()).completed

    async def test_disk_is_full(self, day: Day, exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a full disk, then it is tried again, and no half file is left."""
        name = day.begin(BREAD).close()

        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("devices._durable.os.fsync", full)
            with pytest.raises(NoAnswerError, match="No space left"):
                await exports.write_file(message(name))
        assert list(exports.dir.iterdir()) == []
        assert await exports.write_file(message(name)) == ""

    async def test_no_such_receipt(self, day: Day, exports: Exports) -> None:
        """Given a message about a receipt nobody knows, then it never will be written."""
        day.begin(BREAD).close()
        assert "чека nobody нет" in await exports.write_file(message("nobody"))
