"""Sale receipts as the till finds them: its own documents first, then the cash server; there is always an answer."""

import uuid
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.effects import FindSale
from cashier.core.events import SaleFound
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.sales import Paid, Refunded, Sale, SoldLine, Wanted
from cashier.core.tender import TenderKind
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError
from cashier.remote.receipts import Known, Told, Word
from cashier.seeking import BREATH, QUICK, Seeking
from cashier.store.past_sales import PastSales
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.store.days import Day
from tests.store.test_past_sales import TODAY, begin_return, give_back, sold

NOON = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the shop's local time
GUID = "7e0b2f5c-7c1b-4b0e-9a55-0d5a0f6a1b22"
TWO = Thousandths(2000)


class Shelf:
    """Dictionaries of a few goods."""

    def __init__(self) -> None:
        self.goods = (BREAD, replace(MILK, refund_allowed=False, quantity=Thousandths(6000)))

    def by_code(self, code: str, _now: datetime, /) -> Product | None:
        """Find by code."""
        return next((own for own in self.goods if own.code == code), None)

    def by_barcode(self, barcode: str, _now: datetime, /) -> tuple[Product, ...]:
        """Find by barcode."""
        return tuple(own for own in self.goods if own.barcode == barcode)


class Server:
    """A cash server that says what a test wants."""

    deadline = 5.0

    def __init__(self, *answer: Told | Word) -> None:
        self.answer: tuple[Told | Word, ...] | Exception = answer
        self.asked: list[tuple[dict[str, str | int], float]] = []
        self.known: Known | None = None

    async def find(self, query: Mapping[str, str | int], known: Known, deadline: float, /) -> tuple[Told | Word, ...]:
        """Answer."""
        self.asked.append((dict(query), deadline))
        self.known = known
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def silent(error: Exception | None = None) -> Server:
    """Make a server that does not answer."""
    own = Server()
    own.answer = error or LateError("h", 5)
    return own


def far(number: int = 8, till: str = "4", name: str = GUID, at: str = f"{TODAY}T10:00:00") -> Sale:
    """Make a sale of another till: two breads and a milk."""
    lines = (
        SoldLine(1, BREAD, TWO, BREAD.price, Kopecks(9100)),
        SoldLine(3, MILK, ONE, MILK.price, MILK.price),
    )
    return Sale(name, "77", till, 9, number, at, lines, (Paid(TenderKind.CASH, Kopecks(18090)),), own=False)


def told(sale: Sale, *back: tuple[str, int, int], refund: int = 0) -> Told:
    """Say of a sale that so many thousandths of positions came back, for a rouble each."""
    returns = tuple((name, place, Thousandths(quantity), Kopecks(100)) for name, place, quantity in back)
    refunds = ((back[0][0], TenderKind.CASH, Kopecks(refund)),) if refund else ()
    return Told(sale, returns, refunds)


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """The documents of till 77-3."""
    return Day(tmp_path / "documents.db")


async def find(day: Day, wanted: Wanted, server: Server | None = None, till: str = "3", shop: str = "77") -> SaleFound:
    """Look for a receipt."""
    return await Seeking(day.documents._path, shop, till, Shelf(), lambda: NOON, server)(FindSale("t", wanted))


def named(day: Day, name: str = GUID, *goods: Product) -> str:
    """Sell goods under a GUID."""
    shift = day.shift()
    day.write(f.ReceiptOpened(name, day.ledger.next_receipt, shift.number, day.now, IVANOVA, "77", "3"))
    for product in goods or (BREAD, MILK):
        day.add(product)
    return day.close()


def sold_of(day: Day, name: str) -> Sale:
    """Return a sale of the documents."""
    with closing(PastSales(day.documents._path)) as past:
        return sold(past, name)


def left(found: SaleFound) -> list[int]:
    """Tell what is left of each position."""
    assert found.sale is not None, found
    return [line.left for line in found.sale.lines]


class TestHere:
    @pytest.mark.parametrize(
        "typed",
        [
            GUID,
            f"  {GUID}\r\n",
            GUID.upper(),
            GUID.replace("-", ""),
            GUID.upper().replace("-", " "),
            f"{GUID[:20]} {GUID[20:]}",
        ],
    )
    async def test_code_in_any_spelling(self, day: Day, typed: str) -> None:
        """Given a code typed by hand, then dashes, blanks and letter case play no part."""
        named(day)
        found = await find(day, Wanted(identifier=typed))
        assert (found.token, found.outcome) == ("t", "found")
        assert found.sale is not None
        assert (found.sale.identifier, found.sale.own) == (GUID, True)

    async def test_code_that_is_no_guid(self, day: Day) -> None:
        """Given another code, then it is looked up as it stands, in its own letters."""
        named(day, "No-Guid 1")
        assert (await find(day, Wanted(identifier=" No-Guid 1 "))).outcome == "found"
        assert (await find(day, Wanted(identifier="no-guid 1"))).outcome == "missing"

    @pytest.mark.parametrize("typed", ["x" * 65, "a\x00b", "\udc80", " ", "[red]'; DROP TABLE document; --"])
    async def test_code_that_is_none(self, day: Day, typed: str) -> None:
        """Given a text that no receipt has, then nothing is found by it, nor by the number beside it."""
        named(day)
        server = Server()
        assert (await find(day, Wanted(identifier=typed), server)).outcome == "missing"
        assert [asked for asked, _ in server.asked] == ([{"identifier": typed}] if typed.startswith("[") else [])

    @pytest.mark.parametrize("till", ["", "3", "03", " 3 "])
    async def test_number(self, day: Day, till: str) -> None:
        """Given this till's number, or none, then shift and number are of its own documents."""
        named(day)
        found = await find(day, Wanted(till=till, shift=1, number=1))
        assert (found.outcome, left(found)) == ("found", [1000, 1000])

    async def test_day_and_number(self, day: Day) -> None:
        """Given one receipt of a number on a day, then it is that one."""
        named(day)
        assert (await find(day, Wanted(date=TODAY, number=1))).outcome == "found"

    async def test_two_shifts_of_a_day(self, day: Day) -> None:
        """Given two receipts of a number on a day, then one of them is to be taken; what all came back is said."""
        first = named(day, "first", BREAD)
        day.z()
        day._made += 3600
        named(day, "second", MILK)
        give_back(day, sold_of(day, first), (1, 1000))
        found = await find(day, Wanted(date=TODAY, number=1))
        assert (found.outcome, found.sale) == ("several", None)
        assert [(own.identifier, own.shift, own.total, own.is_back) for own in found.heads] == [
            ("second", 2, 8990, False),
            ("first", 1, 4550, True),
        ]

    async def test_list_of_a_day(self, day: Day) -> None:
        """Given a day alone, then what this till sold on it is listed, be it one receipt; the server is not asked."""
        named(day)
        server = Server()
        found = await find(day, Wanted(date=TODAY), server)
        assert (found.outcome, [own.identifier for own in found.heads]) == ("several", [GUID])
        assert (await find(day, Wanted(date="2026-11-20"), server)).outcome == "missing"
        assert server.asked == []

    async def test_what_is_no_sale(self, day: Day) -> None:
        """Given a receipt that goes on, one given up and a return, then that is said, and nobody else is asked."""
        sale = named(day)
        back = give_back(day, sold_of(day, sale), (1, 1000))
        given_up = day.begin(BREAD).receipt.identifier
        day.cancel()
        going_on = day.begin(BREAD).receipt.identifier
        server = Server(told(far()))
        outcomes = [(await find(day, Wanted(identifier=own), server)).outcome for own in (back, given_up, going_on)]
        assert outcomes == ["no_sale", "cancelled", "open"]
        assert server.asked == []

    async def test_other_shop(self, day: Day) -> None:
        """Given documents of a till that stood in another shop, then nothing comes back by them here."""
        named(day)
        assert (await find(day, Wanted(identifier=GUID), shop="78")).outcome == "other_shop"

    async def test_what_the_dictionaries_say_now(self, day: Day) -> None:
        """Given goods that may not come back any more, then it is said; those nobody knows may."""
        named(day, GUID, BREAD, MILK, replace(BREAD, code="x", refund_allowed=False))
        found = await find(day, Wanted(identifier=GUID))
        assert found.sale is not None
        assert [own.product.refund_allowed for own in found.sale.lines] == [True, False, True]
        assert found.sale.lines[1].product.price == MILK.price

    async def test_long_one_lets_the_screen_live(self, day: Day) -> None:
        """Given more lines than are looked up at one go, then all of them come."""
        named(day, GUID, *[BREAD] * (2 * BREATH + 1))
        assert len(left(await find(day, Wanted(identifier=GUID)))) == 2 * BREATH + 1

    async def test_without_a_server(self, day: Day) -> None:
        """Given no address, then what is not here is nowhere."""
        for wanted in (Wanted(identifier=GUID), Wanted("", "4", 1, 1), Wanted(date=TODAY, number=1), Wanted()):
            assert (await find(day, wanted)).outcome == "missing"


class TestElsewhere:
    @pytest.mark.parametrize(
        ("wanted", "query"),
        [
            (Wanted(identifier=GUID.upper()), {"identifier": GUID}),
            (Wanted(till="04", shift=9, number=8), {"shopcode": "77", "cashcode": "4", "shift": 9, "number": 8}),
            (Wanted(date=TODAY, number=8), {"date": TODAY, "number": 8}),
        ],
    )
    async def test_found(self, day: Day, wanted: Wanted, query: dict[str, str | int]) -> None:
        """Given a sale of another till, then the server is asked for it, and what is left of it is known."""
        server = Server(told(far(), ("other", 1, 500), refund=100))
        found = await find(day, wanted, server)
        assert (found.outcome, left(found)) == ("found", [1500, 1000])
        assert found.sale is not None
        assert (found.sale.own, found.sale.refunded) == (False, (Refunded(TenderKind.CASH, Kopecks(100)),))
        assert [own.product.refund_allowed for own in found.sale.lines] == [True, False]
        assert server.asked == [(query, 5.0)]

    async def test_number_of_this_till_that_it_does_not_have(self, day: Day) -> None:
        """Given documents that were lost, then the server may have them."""
        server = Server(told(far(till="3")))
        assert (await find(day, Wanted(till="3", shift=9, number=8), server)).outcome == "found"

    async def test_what_this_till_took_back(self, day: Day) -> None:
        """Given goods that came back here, then the till's own documents count, not the server's word of them."""
        completed = give_back(day, replace(far(), refunded=()), (1, 500))
        given_up = begin_return(day, far(), (3, 1000))
        day.cancel()
        server = Server(told(far(), (completed, 1, 500), (given_up, 3, 1000), ("other", 1, 250), refund=2275))
        found = await find(day, Wanted(identifier=GUID), server)
        assert left(found) == [1250, 1000]
        assert found.sale is not None
        assert (found.sale.lines[0].returned_sum, found.sale.refunded) == (
            2375,
            (Refunded(TenderKind.CASH, Kopecks(2275)),),
        )

    async def test_what_the_server_has_not_heard_of_yet(self, day: Day) -> None:
        """Given a return here whose message still waits, then its goods do not come back again."""
        give_back(day, far(), (1, 2000))
        assert left(await find(day, Wanted(identifier=GUID), Server(told(far())))) == [0, 1000]

    @pytest.mark.parametrize("word", ["cancelled", "no_sale", "other_shop", "unreadable"])
    async def test_what_is_no_sale(self, day: Day, word: Word) -> None:
        """Given a receipt that nothing comes back by, then the server's word is the answer."""
        assert (await find(day, Wanted(identifier=GUID), Server(word))).outcome == word

    async def test_one_that_was_not_asked_for(self, day: Day) -> None:
        """Given another receipt than was asked for, then nothing comes back by it."""
        server = Server(told(far()))
        for wanted in (
            Wanted(identifier="other"), Wanted("", "5", 9, 8), Wanted("", "4", 8, 8), Wanted("", "4", 9, 7),
            Wanted(date=TODAY, number=7),
        ):  # fmt: skip
            assert (await find(day, wanted, server)).outcome == "missing"

    async def test_nowhere(self, day: Day) -> None:
        """Given a server that does not have it either, then it is missing."""
        assert (await find(day, Wanted(identifier=GUID), Server())).outcome == "missing"

    async def test_several_tills(self, day: Day) -> None:
        """Given a number of a day on three tills, then one is to be taken, the newest first, each once."""
        own = named(day, "own", BREAD)
        others = [told(far(1, till, f"far-{till}", f"{TODAY}T1{till}:00:00")) for till in "45"]
        here = sold_of(day, own)
        server = Server(*others, told(replace(here, own=False), ("other", 1, 1000)), "cancelled")
        found = await find(day, Wanted(date=TODAY, number=1), server)
        assert found.outcome == "several"
        assert [(head.identifier, head.till, head.total, head.is_back) for head in found.heads] == [
            ("far-5", "5", 18090, False),
            ("far-4", "4", 18090, False),
            ("own", "3", 4550, True),
        ]

    async def test_goods_known_here(self, day: Day) -> None:
        """Given goods of another till's receipt, then they are found as the dictionaries have them."""
        server = Server()
        await find(day, Wanted(identifier=GUID), server)
        assert server.known is not None
        found = [server.known(*own) for own in ((MILK.code, ""), ("", MILK.barcode), (BREAD.code, MILK.barcode))]
        assert [own and own.code for own in found] == [MILK.code, MILK.code, BREAD.code]
        assert found[0] is not None
        assert found[0].quantity == ONE
        assert server.known("x", MILK.barcode) == found[1]
        assert (server.known("x", "y"), server.known("", "")) == (None, None)


class TestBoth:
    async def test_other_tills_returns_count(self, day: Day) -> None:
        """Given a sale of this till, then the server is asked shortly what came back of it elsewhere."""
        named(day)
        back = give_back(day, sold_of(day, GUID), (2, 1000))
        here = replace(sold_of(day, GUID), own=False)
        server = Server(told(here, (back, 2, 1000), ("other", 1, 1000), refund=50))
        found = await find(day, Wanted(shift=1, number=1), server)
        assert left(found) == [0, 0]
        assert found.sale is not None
        assert (found.sale.own, found.sale.lines[0].returned_sum) == (True, 100)
        assert server.asked == [({"identifier": GUID}, QUICK)]

    async def test_never_longer_than_the_settings_say(self, day: Day) -> None:
        """Given a shorter time-out, then it holds here too."""
        named(day)
        server = Server()
        server.deadline = 0.5
        await find(day, Wanted(identifier=GUID), server)
        assert [deadline for _, deadline in server.asked] == [0.5]

    @pytest.mark.parametrize("answer", [silent(), Server(), Server("unreadable"), Server(told(far(name="other")))])
    async def test_silence_changes_nothing(self, day: Day, answer: Server) -> None:
        """Given a server that does not know of it, or says nothing, then the till's own documents are enough."""
        named(day)
        give_back(day, sold_of(day, GUID), (2, 1000))
        for wanted in (Wanted(identifier=GUID), Wanted(date=TODAY, number=1)):
            found = await find(day, wanted, answer)
            assert (found.outcome, left(found)) == ("found", [1000, 0])

    async def test_told_twice(self, day: Day) -> None:
        """Given a server that tells a receipt twice, then what came back of it counts once."""
        own = told(far(), ("other", 1, 500))
        assert left(await find(day, Wanted(identifier=GUID), Server(own, own))) == [1500, 1000]


class TestTrouble:
    @pytest.mark.parametrize("error", [LateError("h", 5), BadAnswerError("h", 500), NoAnswerError("h")])
    async def test_silence(self, day: Day, error: NoAnswerError) -> None:
        """Given nothing here to go by and a server that does not answer, then that is said."""
        day.begin(BREAD).cancel()
        server = silent(error)
        for wanted in (Wanted(identifier=str(uuid.uuid4())), Wanted("", "4", 1, 1), Wanted(date=TODAY, number=1)):
            assert (await find(day, wanted, server)).outcome == "silent"

    async def test_fault_of_ours(self, day: Day, caplog: pytest.LogCaptureFixture) -> None:
        """Given a fault nobody thought of, then the till has an answer, and the log the rest."""
        found = await find(day, Wanted(identifier=GUID), silent(ZeroDivisionError()))
        assert (found.token, found.outcome) == ("t", "unreadable")
        assert "ZeroDivisionError" in caplog.text

    async def test_number_beyond_all(self, day: Day) -> None:
        """Given a number that no table holds, then there is an answer."""
        assert (await find(day, Wanted(shift=10**30, number=1))).outcome == "unreadable"

    async def test_damaged_documents(self, day: Day) -> None:
        """Given documents that cannot be read, then that is said."""
        path = day.documents._path.with_name("none.db")
        seek = Seeking(path, "77", "3", Shelf(), lambda: NOON)
        assert await seek(FindSale("t", Wanted(identifier=GUID))) == SaleFound("t", "unreadable")
