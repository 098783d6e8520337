"""The cash server's receipts and claims: what is asked, what is made of any answer, and how claims are delivered."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Kind, Product
from cashier.core.marks import ki_of
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import DocumentType
from cashier.core.sales import Paid
from cashier.core.tender import TenderKind
from cashier.exchange.sales.json import to_json
from cashier.gates.returns import Claimed, Request
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.http import Client
from cashier.remote.receipts import MOST_LINES, Told, Word, read
from cashier.remote.sales import MOST, SalesServer
from cashier.store.outbox import Message
from tests.exchange.ended_receipts import GUID, MARK, sample
from tests.remote.raw_server import Answer, RawServer, drop, json_reply, raw, reply, silence

CLAIM = Request(
    "claim", "key-1", GUID, "return-1", 77, 4, (Claimed(2, 1.5, 3, 90.5),), "2026-03-01T10:00:00.000000", ("key-0",)
)
RELEASE = Request("release", "key-1", GUID, "return-1", 77, 4)
KNOWN = Product(
    "000304", "Молоко по справочнику", Kopecks(1), "x", unit="л", fractional=True, kind=Kind.TOBACCO, vat=2000,
    refund_allowed=False, alternatives=(Kopecks(5),),
)  # fmt: skip


def written(request: Request) -> str:
    """Write a request as the gate does."""
    return msgspec.json.encode(request).decode()


def message(request: Request) -> Message:
    """Put a request into the outbox."""
    return Message(7, "m-1", "returnClaimed", request.key, "2026-11-21T12:00:00+03:00", written(request))


def stranger(_code: str, _barcode: str) -> Product | None:
    """Know no goods."""
    return None


def told(**changes: Any) -> dict[str, Any]:
    """Make the receipt of the sample as the server tells it, with some keys of its own."""
    made: dict[str, Any] = msgspec.json.decode(to_json(sample()))
    return {**made, **changes}


def reading(receipt: object, known: Any = stranger, shop: str = "77") -> Told | Word:
    """Read a receipt."""
    return read(msgspec.Raw(msgspec.json.encode(receipt)), shop, known)


def sale_of(receipt: object, known: Any = stranger) -> Told:
    """Read a sale."""
    found = reading(receipt, known)
    assert isinstance(found, Told), found
    return found


def changed(path: str, value: object) -> dict[str, Any]:
    """Change one value of the receipt; `-` takes it out."""
    made = told()
    *way, last = path.split(".")
    at: Any = made
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if value == "-":
        del at[last]
    else:
        at[int(last) if isinstance(at, list) else last] = value
    return made


@pytest.fixture
def sales(client: Client, server: RawServer) -> SalesServer:
    """The server by its address."""
    return SalesServer(client, f"http://127.0.0.1:{server.port}/cs/", 5.0, "77")


class TestReading:
    def test_what_another_till_sold(self) -> None:
        """Given a receipt as tills write it, then positions, prices, sums, marks and payments are those of the sale."""
        ended = sample()
        sale = sale_of(told()).sale
        assert (sale.identifier, sale.shop, sale.till, sale.shift, sale.number) == (GUID, "77", "3", 412, 15)
        assert (sale.at, sale.own) == (ended.at, False)
        assert [(own.position, own.quantity, own.price, own.sum, own.min_price) for own in sale.lines] == [
            (own.position, own.quantity, own.price, own.sum, own.min_price) for own in ended.receipt.live
        ]
        assert (sale.lines[0].mark, sale.lines[0].ki) == (MARK, MARK[:24])
        assert sale.of_mark(MARK[:24]) is sale.lines[0]
        cash = Kopecks(ended.receipt.tendered[TenderKind.CASH])
        card = Kopecks(ended.receipt.tendered[TenderKind.CARD])
        assert sale.paid == (Paid(TenderKind.CARD, card, "op-1"), Paid(TenderKind.CASH, cash))

    def test_goods_nobody_knows_here(self) -> None:
        """Given goods that the dictionaries do not have, then the receipt tells of them, and they may come back."""
        first, second = (own.product for own in sale_of(told()).sale.lines)
        assert first == Product(
            "000304", "Молоко «Луг» 3,2 % <1 л>", Kopecks(9900), "4600682000020", kind=Kind.MARKED, group="182",
            tax="3", vat=1000,
        )  # fmt: skip
        assert (second.unit, second.fractional, second.kind, second.refund_allowed) == ("кг", True, Kind.PLAIN, True)

    def test_goods_known_here(self) -> None:
        """Given goods of the dictionaries, then kind, unit and tax are theirs, name and price the receipt's."""
        asked: list[tuple[str, str]] = []

        def known(code: str, barcode: str) -> Product:
            asked.append((code, barcode))
            return KNOWN

        product = sale_of(told(), known).sale.lines[0].product
        assert product == replace(
            KNOWN, name="Молоко «Луг» 3,2 % <1 л>", price=Kopecks(9900), barcode="4600682000020", alternatives=()
        )
        assert asked == [("000304", "4600682000020"), ("12", "2300003")]

    def test_mark_is_asked_for_where_it_was_sold_by(self) -> None:
        """Given a mark, and dictionaries that know of none, then the goods come back by it; others as they say."""
        plain = replace(KNOWN, kind=Kind.PLAIN, fractional=False)
        first, second = (own.product for own in sale_of(told(), lambda _c, _b: plain).sale.lines)
        assert (first.kind, second.kind) == (Kind.MARKED, Kind.PLAIN)
        assert (first.fractional, second.fractional) == (False, True)

    @pytest.mark.parametrize(
        ("attributes", "excise", "kind"),
        [
            ([{"code": "markedTobacco", "value": "true"}], None, Kind.TOBACCO),
            ([{"code": "markedTobacco", "value": "false"}], "ALCOHOL", Kind.ALCOHOL),
            ([{"code": "markedGoods", "value": True}], None, Kind.MARKED),
            ([{"code": "other", "value": "true"}], "MEDIC", Kind.MEDICINE),
            (None, "TOBACCO", Kind.TOBACCO),
            ([], "what", Kind.PLAIN),
        ],
    )
    def test_kind(self, attributes: object, excise: str | None, kind: Kind) -> None:
        """Given goods nobody knows, then an attribute tells their kind, else the mark's."""
        receipt = changed("items.1.productInfo.attributes", attributes)
        receipt["items"][1]["productInfo"]["properties"] = excise and [{"code": "EXCISE_TYPE", "value": excise}]
        assert sale_of(receipt).sale.lines[1].product.kind == kind

    def test_mark_without_its_ki(self) -> None:
        """Given a mark alone, then its КИ is read from it; what the mask captured under the same name is not it."""
        properties = [{"code": "MARK", "value": MARK}, {"code": "MARK", "value": "other"}]
        line = sale_of(changed("items.0.productInfo.properties", properties)).sale.lines[0]
        assert (line.mark, line.ki) == (MARK, ki_of(MARK))

    def test_mark_of_goods_of_no_kind(self) -> None:
        """Given a mark on goods whose kind nobody tells, then they are marked goods, known here or not."""
        receipt = told()
        said = receipt["items"][0]["productInfo"]
        said["attributes"], said["properties"] = [], [{"code": "MARK", "value": MARK}]
        plain = replace(KNOWN, kind=Kind.PLAIN)
        for known in (stranger, lambda *_: plain):
            assert sale_of(receipt, known).sale.lines[0].product.kind is Kind.MARKED

    def test_less_paid_than_sold(self) -> None:
        """Given payments below the sum of the lines, then it is no receipt to give money back by; above it is."""
        receipt = told()
        assert sale_of({**receipt, "payments": [{"pType": "Cash", "amount": 100000}]}).sale.paid
        assert reading({**receipt, "payments": [{"pType": "Cash", "amount": 1}]}) == "unreadable"
        assert reading({**receipt, "payments": None}) == "unreadable"

    def test_numbers_as_texts(self) -> None:
        """Given numbers in quotes, and sums without their objects, then it is the same receipt."""
        receipt = told(number="15", shiftNumber=412, posId=3, storeId=77)
        receipt["items"][0] |= {"posNum": "1", "price": "99", "totalQuantity": 1, "minPrice": {"amount": "80.00"}}
        assert sale_of(receipt).sale == sale_of(told()).sale

    def test_what_is_missing(self) -> None:
        """Given only what a sale needs, then it is read."""
        item = {"posNum": 3, "totalQuantity": 2, "price": 10, "totalWithDiscounts": 19.99, "productInfo": {"scu": 5}}
        properties = [{"code": "OTHER"}, {"code": "RECEIPT_GUID", "value": "g"}]
        sale = sale_of(
            {
                "receiptType": "Sale",
                "result": "Completed",
                "shiftNumber": 1,
                "number": 2,
                "dates": {"dateClose": "2026-11-21 10:11:12.345+03:00"},
                "additional": {"properties": properties},
                "items": [item],
                "payments": [{"pType": "Cash", "amount": 19.99}],
            }
        ).sale
        assert (sale.identifier, sale.till, sale.at, len(sale.paid)) == ("g", "", "2026-11-21T10:11:12", 1)
        (line,) = sale.lines
        assert (line.product.code, line.product.name, line.product.unit, line.sum) == ("5", "5", "шт", 1999)

    def test_positions_of_an_earlier_program(self) -> None:
        """Given items without numbers, then they are counted, unless something was taken out: nobody knows where."""
        receipt = told()
        for item in receipt["items"]:
            del item["posNum"]
        assert reading(receipt) == "unreadable"
        assert [own.position for own in sale_of({**receipt, "removedItems": []}).sale.lines] == [1, 2]

    def test_hostile_text(self) -> None:
        """Given control characters and a name without end, then one harmless short line is left."""
        name = "\x1b[2JХ\u202eлеб\n" + "ё" * 1000
        product = sale_of(changed("items.0.productInfo.name", name)).sale.lines[0].product
        assert product.name.isprintable()
        assert len(product.name) == 200

    @pytest.mark.parametrize(
        ("changes", "word"),
        [
            ({"storeId": "78"}, "other_shop"),
            ({"storeId": "78", "result": "Cancelled"}, "other_shop"),
            ({"result": "Cancelled"}, "cancelled"),
            ({"receiptType": "RefundOnReceipt", "result": "Cancelled"}, "no_sale"),
            ({"receiptType": "RefundWOReceipt", "items": 5}, "no_sale"),
            ({"items": 5}, "unreadable"),
            ({"result": None}, "unreadable"),
        ],
    )
    def test_nothing_comes_back_by_it(self, changes: dict[str, Any], word: Word) -> None:
        """Given a receipt of another shop, one given up, a return, or none at all, then that is told."""
        assert reading(told(**changes)) == word

    @pytest.mark.parametrize("kind", [own for own in DocumentType if own is not DocumentType.SALE])
    def test_returns_as_tills_write_them(self, kind: DocumentType) -> None:
        """Given a return as tills write it, then it is told to be one."""
        ended = sample()
        made = to_json(replace(ended, receipt=replace(ended.receipt, kind=kind)))
        assert read(msgspec.Raw(made), "77", stranger) == "no_sale"

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("number", "-"),
            ("number", 0),
            ("number", "1e999999999"),
            ("shiftNumber", "x"),
            ("dates.dateClose", None),
            ("dates.dateClose", "yesterday"),
            ("additional.properties", []),
            ("additional.properties.0.value", "g" * 65),
            ("additional.properties.0.value", "a\x00b"),
            ("items.0.posNum", 3),
            ("items.0.posNum", -1),
            ("items.0.posNum", 1.5),
            ("items.0.totalQuantity", "-"),
            ("items.0.totalQuantity", {"amount": 0}),
            ("items.0.totalQuantity", {"amount": -1}),
            ("items.0.totalQuantity", {"amount": 0.0001}),
            ("items.0.totalQuantity", {"amount": 10**9}),
            ("items.0.totalQuantity", "nan"),
            ("items.0.price", "-"),
            ("items.0.price", {"amount": [1]}),
            ("items.0.totalWithDiscounts", "-"),
            ("items.0.totalWithDiscounts", {"amount": -0.01}),
            ("items.0.totalWithDiscounts", {"amount": "inf"}),
            ("items.0.minPrice", {"amount": "much"}),
            ("items.0.productInfo", "-"),
            ("items.0.productInfo", {}),
            ("items.0.productInfo.properties.0.value", "x" * 501),
            ("items.0.taxes.0.rate", "?"),
            ("items", [{}] * (MOST_LINES + 1)),
            ("payments.0.pType", "Shells"),
            ("payments.0.amount", "-"),
            ("returns", [{"return": "r", "position": 1, "quantity": -1, "amount": 1}]),
            ("returns", [{"position": 1, "quantity": 1, "amount": 1}]),
            ("returns", [{}] * (MOST_LINES + 1)),
            ("refunds", [{"return": "r", "pType": "Cash", "amount": -1}]),
            ("refunds", 5),
        ],
    )
    def test_unreadable(self, path: str, value: object) -> None:
        """Given a value that is none, then nothing comes back by a receipt nobody can read."""
        assert reading(changed(path, value)) == "unreadable"


class TestBack:
    RETURNS = (
        {"return": "a", "position": 1, "quantity": 0.5, "amount": 50},
        {"return": "b", "position": 1, "quantity": "0.25", "amount": "25.05"},
        {"return": "b", "position": 3, "quantity": 1, "amount": 1},
    )
    REFUNDS = (
        {"return": "a", "pType": "Cash", "amount": 50},
        {"return": "b", "pType": "Card", "amount": "26.05"},
        {"return": "c", "pType": "Cash", "amount": 10},
    )

    def test_is_added_up(self) -> None:
        """Given several returns, then each position and kind of money has the sum of them."""
        back = sale_of(told(returns=self.RETURNS, refunds=self.REFUNDS)).back(frozenset())
        assert back.lines == {1: (750, 7505), 3: (1000, 100)}
        assert back.money == {TenderKind.CASH: 6000, TenderKind.CARD: 2605}

    def test_own_ones_are_left_out(self) -> None:
        """Given returns that the till knows itself, then they are not counted twice."""
        back = sale_of(told(returns=self.RETURNS, refunds=self.REFUNDS)).back(frozenset({"b"}))
        assert back.lines == {1: (500, 5000)}
        assert back.money == {TenderKind.CASH: 6000}

    def test_on_the_sale(self) -> None:
        """Given what came back, then so much less of the sale is left."""
        own = sale_of(told(returns=self.RETURNS, refunds=self.REFUNDS))
        line = own.back(frozenset()).on(own.sale).lines[0]
        assert (line.returned, line.returned_sum, line.left) == (Thousandths(750), Kopecks(7505), ONE - 750)


class TestFinding:
    async def test_question(self, sales: SalesServer, server: RawServer) -> None:
        """Given any text for an identifier, then it is one value of the query."""
        server.answers = [json_reply({"receipts": []})]
        assert await sales.find({"identifier": "a&b=№ #/"}, stranger, 1.0) == ()
        assert await sales.find({"shopcode": "77", "shift": 4}, stranger, 1.0) == ()
        assert [own.line for own in server.asked] == [
            "GET /cs/receipts?identifier=a%26b%3D%E2%84%96%20%23%2F HTTP/1.1",
            "GET /cs/receipts?shopcode=77&shift=4 HTTP/1.1",
        ]

    async def test_each_receipt_for_itself(self, sales: SalesServer, server: RawServer) -> None:
        """Given a receipt that cannot be read among others, then the others are."""
        server.answers = [json_reply({"receipts": [told(), 5, {"receiptType": "Sale"}, told(storeId="1")], "more": 1})]
        first, *others = await sales.find({"number": 15}, stranger, 1.0)
        assert isinstance(first, Told)
        assert others == ["unreadable", "unreadable", "other_shop"]

    async def test_whoever_waits_for_the_network_hears(self, client: Client, server: RawServer) -> None:
        """Given an answer, then it is told."""
        heard: list[int] = []
        own = SalesServer(client, server.url, 5.0, "77", lambda: heard.append(1))
        server.answers = [json_reply({"receipts": []})]
        await own.find({}, stranger, 1.0)
        assert heard == [1]

    @pytest.mark.parametrize("status", [400, 422])
    async def test_no_such_number(self, sales: SalesServer, server: RawServer, status: int) -> None:
        """Given a server that has nothing by such a number, then there is none."""
        server.answers = [reply("", status)]
        assert await sales.find({"identifier": "?"}, stranger, 1.0) == ()

    @pytest.mark.parametrize(
        "answer",
        [
            reply(""),
            reply("[]"),
            reply("{}"),
            reply(b"\xff"),
            reply("[" * 100_000),
            reply('{"receipts": [' + "[" * 100_000),
            json_reply({"receipts": {}}),
            json_reply({"receipts": [1] * (MOST + 1)}),
            reply(b" " * 1_000_001),
        ],
    )
    async def test_unreadable(self, sales: SalesServer, server: RawServer, answer: Answer) -> None:
        """Given an answer that is none, then that is told."""
        server.answers = [answer]
        assert await sales.find({"number": 1}, stranger, 1.0) == ("unreadable",)

    @pytest.mark.parametrize(
        "answer", [drop, raw(b"?"), *(reply("", status) for status in (302, 401, 403, 404, 500, 503))]
    )
    async def test_no_answer(self, sales: SalesServer, server: RawServer, answer: Answer) -> None:
        """Given a server that is not there or not itself, then it is no answer."""
        server.answers = [answer]
        with pytest.raises(NoAnswerError):
            await sales.find({"number": 1}, stranger, 1.0)

    async def test_silence(self, sales: SalesServer, server: RawServer) -> None:
        """Given a server that says nothing, then it is not waited for longer than was said."""
        server.answers = [silence]
        with pytest.raises(LateError):
            await sales.find({"number": 1}, stranger, 0.1)


class TestClaiming:
    @pytest.mark.parametrize(
        "answer",
        [
            {"result": "CLAIMED", "lines": []},
            {"result": "REFUSED", "lines": [{"position": 2, "left": 0.5}]},
            {"result": "RELEASED", "lines": []},
        ],
    )
    async def test_answers(self, sales: SalesServer, server: RawServer, answer: dict[str, Any]) -> None:
        """Given a claim, then it goes out under its key, and what is answered comes back to the gate."""
        server.answers = [json_reply({**answer, "besides": 1})]
        assert msgspec.json.decode(await sales(written(CLAIM))) == answer
        (asked,) = server.asked
        assert (asked.line, asked.headers["idempotency-key"]) == ("POST /cs/returns HTTP/1.1", "key-1")
        assert msgspec.json.decode(asked.body) == {
            "operation": "claim",
            "key": "key-1",
            "receipt": GUID,
            "return": "return-1",
            "shopcode": 77,
            "cashcode": 4,
            "lines": [{"position": 2, "quantity": 1.5, "sold": 3.0, "amount": 90.5}],
            "time": "2026-03-01T10:00:00.000000",
            "holds": ["key-0"],
        }

    @pytest.mark.parametrize(
        "answer",
        [
            *(reply('{"result": "CLAIMED"}', status) for status in (201, 302, 400, 401, 409, 500)),
            reply(""),
            reply("[]"),
            json_reply({"result": "YES"}),
            json_reply({"result": "REFUSED", "lines": [{"position": 1}]}),
            json_reply({"result": "REFUSED", "lines": [{"position": 1, "left": 1e300}]}),
            drop,
        ],
    )
    async def test_error_of_access(self, sales: SalesServer, server: RawServer, answer: Answer) -> None:
        """Given anything but an answer, then nobody knows what became of it."""
        server.answers = [answer]
        with pytest.raises(NoAnswerError):
            await sales(written(CLAIM))

    async def test_silence(self, client: Client, server: RawServer) -> None:
        """Given a server that says nothing, then it is not waited for longer than the settings say."""
        server.answers = [silence]
        with pytest.raises(LateError):
            await SalesServer(client, server.url, 0.1, "77")(written(CLAIM))

    async def test_nowhere(self, client: Client) -> None:
        """Given no address, then nothing was sent."""
        with pytest.raises(UnreachableError) as caught:
            await SalesServer(client, "", 5.0, "77")(written(CLAIM))
        assert not caught.value.sent


class TestCarrying:
    @pytest.mark.parametrize(("request_", "result"), [(CLAIM, "CLAIMED"), (CLAIM, "RELEASED"), (RELEASE, "RELEASED")])
    async def test_done(self, sales: SalesServer, server: RawServer, request_: Request, result: str) -> None:
        """Given a claim or a release that the server takes, also a claim after its release, then it is delivered."""
        server.answers = [json_reply({"result": result})]
        assert await sales.carry(message(request_)) == ""
        (asked,) = server.asked
        assert (asked.headers["idempotency-key"], asked.body.decode()) == ("key-1", written(request_))

    @pytest.mark.parametrize(
        ("lines", "left"), [([{"position": 2, "left": 0.5}], "0.5"), ([], "0"), ([{"position": 1, "left": 3}], "0")]
    )
    async def test_more_than_was_sold(self, sales: SalesServer, server: RawServer, lines: object, left: str) -> None:
        """Given goods that came back twice while the server was silent, then people are told what and how much."""
        server.answers = [json_reply({"result": "REFUSED", "lines": lines})]
        expected = f"возвращено больше, чем продано: позиция 2 — 1.5, оставалось {left}"
        assert await sales.carry(message(CLAIM)) == expected

    @pytest.mark.parametrize("status", [400, 409, 413, 415, 422])
    async def test_what_cannot_be_taken(self, sales: SalesServer, server: RawServer, status: int) -> None:
        """Given a server that will never take it, then it is parked with the server's words, or with ours."""
        server.answers = [reply('{"error": "нет такого чека"}', status)]
        assert await sales.carry(message(CLAIM)) == "нет такого чека"
        server.answers = [reply("", status)]
        assert await sales.carry(message(RELEASE)) == f"сервер не принял: HTTP {status}"

    @pytest.mark.parametrize(
        "answer",
        [
            *(reply("", status) for status in (200, 201, 302, 401, 403, 404, 408, 429, 500, 503)),
            json_reply({"result": "CLAIMED"}),
            json_reply({"result": "REFUSED"}),
            drop,
        ],
    )
    async def test_again(self, sales: SalesServer, server: RawServer, answer: Answer) -> None:
        """Given a server that is not there, or does not release, then it is to be tried again."""
        server.answers = [answer]
        with pytest.raises((BadAnswerError, UnreachableError)):
            await sales.carry(message(RELEASE))

    async def test_silence(self, sales: SalesServer, server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a server that says nothing, then the queue goes on after a while."""
        monkeypatch.setattr("cashier.remote.sales.PATIENCE", 0.1)
        server.answers = [silence]
        with pytest.raises(LateError):
            await sales.carry(message(CLAIM))
