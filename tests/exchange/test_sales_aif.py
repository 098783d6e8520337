"""Receipts as a sales file of AIF: each reader that cuts it at the hyphens finds all of them, and what they were."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType, Line
from cashier.exchange.sales.aif import file_name, to_aif
from tests.exchange.ended_receipts import GUID, MARK, SALE, came_back, ended_receipts, sample

BEGIN, END = "### sales data begin ###", "### sales data end ###"
Document = dict[str, Any]


def written(*receipts: Ended) -> str:
    """Write a file."""
    return b"".join(to_aif(receipts)).decode()


def by_lines(text: str) -> list[Document]:
    """Read the file as one that has its marks on lines of their own."""
    first, *middle, last = text.splitlines()
    assert (first, last) == (BEGIN, END)
    return [_parsed(line) for line in middle if line not in {"---", ""}]


def by_hyphens(text: str, cut: str) -> list[Document]:
    """Read the file as those do that put its lines together and cut what is left."""
    joined = text.replace("\n", "")
    assert joined.startswith(BEGIN)
    assert joined.endswith(END)
    inside = joined.removeprefix(BEGIN).removesuffix(END)
    pieces = [piece for piece in inside.split(cut) if piece]
    closed = [piece if piece.endswith("}") and cut == "---" else f"{piece}}}" for piece in pieces[:-1]]
    return [_parsed(piece) for piece in (*closed, *pieces[-1:])]


def _parsed(text: str) -> Document:
    document: Document = json.loads(text, parse_float=Decimal)
    return document


def kopecks(number: Decimal | int) -> Kopecks:
    """Read an amount."""
    return Kopecks(int(number * 100))


def told(position: Document) -> tuple[object, ...]:
    """Tell what a position says of a line."""
    sums = tuple(kopecks(position[name]) for name in ("price", "minPrice", "baseSum", "disc_abs", "posSum"))
    names = ("posNum", "inventCode", "barCode", "name", "measureCode", "status")
    return (*sums, position["quant"] * 1000, *(position[name] for name in names), position.get("excisemark", ""))


def expected(line: Line) -> tuple[object, ...]:
    """Tell the same of the line."""
    own, sums = line.product, (line.price, line.min_price, line.gross, line.discount, line.sum)
    place = line.position if line.storno else line.origin or line.position
    names = (place, own.code, own.barcode, own.name, own.unit, int(line.storno))
    return (*sums, line.quantity, *names, line.mark)


@settings(max_examples=80, deadline=None)
@given(receipts=st.lists(ended_receipts(), max_size=3))
def test_any_receipts_come_back(receipts: list[Ended]) -> None:
    """Given any receipts, then each way to cut the file finds the same documents, and in them what was sold."""
    text = written(*receipts)
    documents = by_lines(text)
    assert documents == by_hyphens(text, "}---") == by_hyphens(text, "---")
    assert len(documents) == len(receipts)
    for document, ended in zip(documents, receipts, strict=True):
        own = ended.receipt
        assert [told(line) for line in document["inventPositions"]] == [expected(line) for line in own.live]
        assert [told(line) for line in document["stornoPositions"]] == [
            expected(line) for line in own.lines if line.storno
        ]
        assert kopecks(document["docSum"]) == own.total
        assert kopecks(document["sumcash"] + document["sumnoncash"]) == (own.total if ended.completed else 0)
        for line in (*document["inventPositions"], *document["stornoPositions"]):
            parts = [kopecks(part["discSum"]) for part in line["discountPositions"]]
            assert sum(parts) == max(kopecks(line["disc_abs"]), 0)


class TestSample:
    def test_document(self) -> None:
        """A sale has the codes of a sale, its GUID, numbers and sums."""
        (document,) = by_lines(written(sample()))
        names = ("docType", "docNum", "checkNum", "closed", "identifier", "cashCode", "shift", "userCode", "frdocnum")
        assert [document[name] for name in names] == [1, 4711, 15, 1, GUID, "3", 412, "7", "17"]
        assert (document["timeBeg"], document["timeEnd"]) == ("2026-11-21T12:00:00", "2026-11-21T12:03:40")
        assert (kopecks(document["baseSum"]), kopecks(document["disc_abs"])) == (16350, 1350)

    def test_positions(self) -> None:
        """A marked position has its code, taxes and discounts; the storno'd one stands apart."""
        (document,) = by_lines(written(sample()))
        milk, _ = document["inventPositions"]
        assert (milk["opCode"], milk["excisemark"], milk["excisetype"]) == (50, MARK, "MARKEDGOODS")
        assert milk["tags"] == "mrc=9900"
        assert [(own["discType"], own["discMode"], kopecks(own["checkSum"])) for own in milk["discountPositions"]] == [
            ("percent", "position", 9900),
            ("summ", "check", 8910),
        ]
        assert [(own["taxCode"], kopecks(own["taxSum"])) for own in milk["taxes"]] == [("3", 791)]
        (removed,) = document["stornoPositions"]
        assert (removed["posNum"], removed["status"]) == (2, 1)

    def test_money(self) -> None:
        """Card, cash and change are positions of their own."""
        (document,) = by_lines(written(sample()))
        assert [(own["opCode"], own["valCode"], own["valutOperation"]) for own in document["moneyPositions"]] == [
            (70, 4, 10),
            (70, 1, 0),
            (72, 1, 0),
        ]
        card, cash, change = (kopecks(own["sumB"]) for own in document["moneyPositions"])
        assert (card + cash - change, change) == (kopecks(document["docSum"]), 5000)
        assert document["moneyPositions"][0]["slip"] == "ОПЛАТА\nОДОБРЕНО"

    def test_given_up(self) -> None:
        """A receipt given up is no sale for its readers, nor is money of it."""
        (document,) = by_lines(written(replace(sample(), completed=False)))
        assert (document["docType"], document["closed"], document["moneyPositions"]) == (8, 2, [])
        assert [own["opCode"] for own in document["failedMoneyPositions"]] == [70, 70]

    @pytest.mark.parametrize(
        ("kind", "codes"),
        [(DocumentType.RETURN, (2, 56, 74)), (DocumentType.RETURN_BY_RECEIPT, (25, 58, 100))],
    )
    def test_returns(self, kind: DocumentType, codes: tuple[int, ...]) -> None:
        """Returns have the codes of returns, no change and positive money; one given up is a cancelled return."""
        ended = came_back(kind)
        (document,) = by_lines(written(ended))
        done, goods, money = codes
        assert document["docType"] == done
        assert {own["opCode"] for own in (*document["inventPositions"], *document["stornoPositions"])} == {goods}
        assert [(own["opCode"], own["valCode"], own["sume"] > 0) for own in document["moneyPositions"]] == [
            (money, 4, True),
            (money, 1, True),
        ]
        assert sum(own["sume"] for own in document["moneyPositions"]) == document["docSum"]
        assert by_lines(written(replace(ended, completed=False)))[0]["docType"] == 7

    def test_return_by_receipt(self) -> None:
        """The sale is named, and positions have the numbers they have in it; storno'd ones keep theirs."""
        (document,) = by_lines(written(came_back(DocumentType.RETURN_BY_RECEIPT)))
        assert (document["sourceidentifier"], document["backReason"]) == (SALE.identifier, "faulty")
        assert [own["posNum"] for own in document["inventPositions"]] == [5, 3]
        assert [own["posNum"] for own in document["stornoPositions"]] == [2]
        milk, apples = document["inventPositions"]
        assert [(own["discMode"], kopecks(own["discSum"])) for own in milk["discountPositions"]] == [("position", 1199)]
        assert (apples["discountPositions"], kopecks(apples["posSum"])) == ([], 4297)

    def test_no_sale_to_name(self) -> None:
        """A return without a receipt has a reason and no sale, a sale has neither."""
        free, sale = by_lines(written(came_back(DocumentType.RETURN), sample()))
        assert (free["sourceidentifier"], free["backReason"]) == ("", "faulty")
        assert [own["posNum"] for own in free["inventPositions"]] == [1, 3]
        assert (sale["sourceidentifier"], sale["backReason"]) == ("", "")

    def test_nothing(self) -> None:
        """Days without a receipt give a file with none."""
        assert by_lines(written()) == []

    def test_file_name(self) -> None:
        """Readers look for `sale*.json`."""
        assert file_name(date(2026, 11, 1), date(2026, 11, 21)) == "sale_20261101_20261121.json"
