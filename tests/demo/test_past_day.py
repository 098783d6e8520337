"""Yesterday of a new demo: what there is to give back, in the journal, at the terminal and at the cash server."""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import pytest

from cashier.core.clock import is_astray, local
from cashier.core.marks import Code, read
from cashier.core.sales import Sale
from cashier.core.samples import Sample
from cashier.core.tender import TenderKind
from cashier.demo import marks, past_names, samples
from cashier.demo.cash_server import CashServer
from cashier.demo.past_filling import fill
from cashier.demo.past_names import MILK, OTHERS, OWN, PACK, PERFUME, named
from cashier.exchange.sales.json import to_json
from cashier.folder import DataFolder
from cashier.remote import receipts as remote
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.past_receipts import PastReceipts
from cashier.store.past_sales import PastSales
from cashier.store.verify import verify
from devices import SimulatedFiscal, SimulatedTerminal
from tests.faults.process import goods

ZONE: Final = ZoneInfo("Asia/Novosibirsk")


def filled(path: Path) -> DataFolder:
    """Return a new folder of a demo, with its goods."""
    folder = DataFolder(path)
    path.mkdir()
    shutil.copy(goods(), folder.dictionaries)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DataFolder, CashServer]]:
    """A folder and a cash server after the first start of a demo."""
    folder = filled(tmp_path_factory.mktemp("past") / "demo")
    with CashServer() as server:
        fill(folder, server, ZONE)
        yield folder, server


@pytest.fixture
def folder(made: tuple[DataFolder, CashServer]) -> DataFolder:
    """The folder."""
    return made[0]


@pytest.fixture
def cash(made: tuple[DataFolder, CashServer]) -> CashServer:
    """The cash server."""
    return made[1]


@pytest.fixture
def sales(folder: DataFolder) -> Iterator[PastSales]:
    """What the till finds of its sales."""
    past = PastSales(folder.documents)
    yield past
    past.close()


def sale(sales: PastSales, name: str) -> Sale:
    """Return a sale of the demo."""
    found = sales.of(named(name))
    assert isinstance(found, Sale)
    return found


def found(cash: CashServer, **asked: str) -> list[dict[str, Any]]:
    """Look receipts up; return them as a till reads them."""
    whole: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(cash.sold.find(asked)))
    return whole


class TestJournal:
    def test_is_sound(self, folder: DataFolder) -> None:
        """Given a new demo, then nothing is wrong with its documents, and all its papers are out."""
        assert verify(folder.documents) == []
        documents = Documents(folder.documents)
        ledger = documents.ledger
        documents.close()
        assert (ledger.shift, ledger.shifts, ledger.receipt, ledger.papers, ledger.prints) == (None, 1, None, (), ())
        assert not ledger.parting
        assert ledger.drawer > 0

    def test_is_of_yesterday(self, folder: DataFolder) -> None:
        """Given a new demo, then its receipts ended yesterday in the shop's time, and nobody is asked about a clock."""
        now = datetime.now(ZONE)
        yesterday = now.date() - timedelta(days=1)
        receipts = PastReceipts(folder.documents)
        names = receipts.between(yesterday, yesterday)
        assert {named(name) for name, _ in OWN} < set(names)
        assert [receipts.of(name) is not None for name in names] == [True] * 8
        receipts.close()
        documents = Documents(folder.documents)
        assert not is_astray(documents.ledger.dated, local(now))
        documents.close()

    def test_is_there_once(self, tmp_path: Path) -> None:
        """Given a demo that was started before, when it is started again, then nothing is added anywhere."""
        folder = filled(tmp_path / "demo")
        with CashServer() as server:
            fill(folder, server, ZONE)
            before = folder.documents.read_bytes(), server.book.changes
            fill(folder, server, ZONE)
            assert (folder.documents.read_bytes(), server.book.changes) == before

    def test_a_folder_in_use_is_left_alone(self, tmp_path: Path) -> None:
        """Given a folder in which a till has worked, then it gets no yesterday, and the cash server knows of others."""
        folder = filled(tmp_path / "demo")
        Documents(folder.documents).close()
        before = folder.documents.read_bytes()
        with CashServer() as server:
            fill(folder, server, ZONE)
            assert folder.documents.read_bytes() == before
            assert [own.store_id for own, _ in server.sold.rows(9)] == ["77", "78"]
            assert not server.sold.knows(named("discount"))

    def test_goods_of_somebody_else(self, tmp_path: Path) -> None:
        """Given dictionaries without the demo's goods, then there is no yesterday, and no fault."""
        folder = filled(tmp_path / "demo")
        folder.dictionaries.unlink()
        prepare_dictionaries(folder.dictionaries).close()
        with CashServer() as server:
            fill(folder, server, ZONE)
            assert server.sold.all() == []
        assert not folder.documents.exists()

    def test_what_a_crash_left_is_made_anew(self, tmp_path: Path) -> None:
        """Given a first start that was interrupted before the end, then the next one makes a whole yesterday."""
        folder = filled(tmp_path / "demo")
        for name in ("documents.new.db", "documents.new.db-wal", "documents.new.db-shm"):
            (folder.path / name).write_bytes(b"half a file")
        with CashServer() as server:
            fill(folder, server, ZONE)
        assert verify(folder.documents) == []
        assert not list(folder.path.glob("documents.new*"))


class TestSales:
    def test_discount(self, sales: PastSales) -> None:
        """Given the first receipt, then several pieces of each goods were sold below their price, for cash."""
        own = sale(sales, "discount")
        assert [(line.quantity, line.sum < line.price * line.quantity // 1000) for line in own.lines] == [
            (3000, True),
            (2000, True),
        ]
        assert [paid.kind for paid in own.paid] == [TenderKind.CASH]
        assert own.number == 1

    def test_marked(self, sales: PastSales, cash: CashServer) -> None:
        """Given the receipt with marks and a loaf, then each mark is known here, and sold by it at the cash server."""
        own = sale(sales, "marked")
        assert [line.mark for line in own.lines] == [*MILK, PERFUME, PACK, ""]
        known = {mark.ki: (mark.state, mark.receipt, mark.till) for mark in cash.marks()}
        assert [known[line.ki] for line in own.lines[:-1]] == [("SOLD", own.identifier, "77-3")] * 4

    def test_weighed(self, sales: PastSales) -> None:
        """Given the receipt of goods by weight, then nothing of it is a whole number of kilograms."""
        assert [line.quantity % 1000 > 0 for line in sale(sales, "weighed").lines] == [True, True]

    @pytest.mark.parametrize("name", ["card", "split"])
    def test_card(self, folder: DataFolder, sales: PastSales, name: str, tmp_path: Path) -> None:
        """Given a receipt paid by card, then the terminal knows its operation and takes it back."""
        (paid,) = (own for own in sale(sales, name).paid if own.kind is TenderKind.CARD)
        shutil.copytree(folder.path / "terminal", tmp_path / "terminal")
        terminal = SimulatedTerminal(tmp_path / "terminal")
        assert asyncio.run(terminal.reverse("back", paid.operation, paid.amount)).result == "approved"
        assert (name == "split") == (len(sale(sales, name).paid) > 1)

    def test_part(self, sales: PastSales, cash: CashServer) -> None:
        """Given the receipt that came back in part, then both the till and the cash server know how much is left."""
        own = sale(sales, "part")
        assert [(line.quantity, line.returned) for line in own.lines] == [(4000, 1000), (2000, 0)]
        (told,) = found(cash, identifier=own.identifier)
        assert told["returns"] == [
            {"return": named("part_back"), "position": 1, "quantity": 1.0, "amount": own.lines[0].price / 100}
        ]
        assert [(back["pType"], back["amount"]) for back in told["refunds"]] == [("Cash", own.lines[0].price / 100)]

    def test_cancelled(self, sales: PastSales) -> None:
        """Given the receipt that was given up, then the till says so; the return is no sale."""
        assert (sales.of(named("cancelled")), sales.of(named("part_back"))) == ("cancelled", "no_sale")

    def test_fiscal(self, folder: DataFolder) -> None:
        """Given the day, then the fiscal device has each receipt under its number, and its shift is closed."""
        device, receipts = SimulatedFiscal(folder.path / "fiscal"), PastReceipts(folder.documents)
        state = asyncio.run(device.state())
        assert (state.shift, state.pending) == (0, False)
        registered = [own for own in device.documents() if own.kind in {"receipt", "refund"}]
        assert len(registered) == 7
        for document in registered:
            ended = receipts.of(document.reference)
            assert ended
            assert (ended.fiscal, ended.receipt.total) == (document.number, document.total)
        receipts.close()
        assert [own.number for own in device.documents()] == list(range(1, state.last + 1))
        signs = {"receipt": 1, "refund": -1}
        assert device.documents()[-1].total == sum(signs[own.kind] * own.total for own in registered)


class TestCashServer:
    def test_knows_what_the_till_knows(self, folder: DataFolder, cash: CashServer) -> None:
        """Given the till's receipts, then the cash server has each as the till tells of it."""
        receipts = PastReceipts(folder.documents)
        for name in (*(name for name, _ in OWN), "part_back"):
            ended = receipts.of(named(name))
            assert ended
            (seen,) = found(cash, identifier=named(name))
            told = msgspec.json.decode(to_json(ended))
            assert {key: value for key, value in seen.items() if key in told} == told
        receipts.close()

    def test_a_till_reads_it(self, cash: CashServer, sales: PastSales) -> None:
        """Given the sales at the cash server, then a till reads of each what its own journal tells, and of others'."""
        for name in ("discount", "marked", "weighed", "card", "split", "part"):
            (seen,) = found(cash, identifier=named(name))
            told = remote.read(msgspec.Raw(msgspec.json.encode(seen)), "77", lambda *_: None)
            assert isinstance(told, remote.Told)
            known = sale(sales, name)
            here = [(line.position, line.quantity, line.sum, line.ki) for line in known.lines]
            assert [(line.position, line.quantity, line.sum, line.ki) for line in told.sale.lines] == here
            assert sorted(told.sale.paid, key=str) == sorted(known.paid, key=str)
            assert sum(quantity for _, _, quantity, _ in told.returns) == sum(line.returned for line in known.lines)
        (other,) = found(cash, identifier=named("other_shop"))
        assert remote.read(msgspec.Raw(msgspec.json.encode(other)), "77", lambda *_: None) == "other_shop"

    def test_elsewhere(self, cash: CashServer) -> None:
        """Given the other till and the other shop, then each has a receipt, the till's with a number of our own."""
        for name, place in (("other_till", ("77", "2")), ("other_shop", ("78", "1"))):
            (seen,) = found(cash, identifier=named(name))
            assert (seen["storeId"], seen["posId"], seen["result"]) == (*place, "Completed")
        same = found(cash, date=seen["dates"]["dateClose"][:10], number="1")
        assert sorted(own["posId"] for own in same) == ["1", "2", "3"]


class TestPanel:
    def test_names_are_the_same_for_ever(self) -> None:
        """Given the codes that QA relies on, then they are these."""
        assert named("discount") == "88f2cef0-3d45-5dcd-b0f0-d69eb0e1e8bb"
        assert named("marked") == "9a3eb0a5-7d69-5075-8b04-33897430832c"
        assert (MILK[0], PACK) == ("0104600682100010215old-1\x1d93demo", "046006821000895old-p1ADKAdemo")

    def test_rows(self) -> None:
        """Given the panel, then each receipt and each mark of yesterday has a row, those of others in any folder."""
        codes = {row.data.decode() for row in past_names.samples()}
        assert codes == {*(named(name) for name, _ in OWN), *MILK, PERFUME, PACK}
        with_past = {row.data for row in samples.rows("0000") if isinstance(row, Sample)}
        without = {row.data for row in samples.rows("0000", sold=False) if isinstance(row, Sample)}
        assert {code.decode() for code in with_past - without} == codes
        assert {named(name).encode() for name, _ in OTHERS} <= without

    def test_marks_are_of_no_start(self) -> None:
        """Given a mark of yesterday, then a till reads it, and no start has a pack like it: none writes a dash."""
        for mark in (*MILK, PERFUME, PACK):
            assert isinstance(read(mark.encode()), Code)
        assert "-" not in "".join(marks.session(moment) for moment in range(0, 62**4, 99_991))
