"""The gate's handler: reserve, cancel and stock as the system speaks them, every way to answer (spec S2, S10)."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from cashier.core.quantity import Thousandths
from cashier.gates.stock_control import Answer as Said
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from tests.remote.control import DEADLINE, GUID, KEY, Control, Watched, black_hole
from tests.remote.raw_server import Answer, RawServer, drop, forever, json_reply, raw, reply, silence
from tests.waiting import until

OK = json_reply({"success": True})
DRIP = forever(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b" ", 0.02)
HUGE = forever(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n", b" " * 65536)
REFUSAL = "Недостаточно: доступно 2"


@pytest.fixture
async def client() -> AsyncIterator[Watched]:
    """A client whose requests are looked at."""
    made = Watched()
    yield made
    await made.close()


@pytest.fixture
def control(client: Watched, server: RawServer) -> Control:
    """The handler in front of the server."""
    return Control(client, f"http://127.0.0.1:{server.port}")


class TestAddress:
    @pytest.mark.parametrize(("operation", "method"), [("reserve", "POST"), ("cancel", "DELETE")])
    async def test_reserve_and_cancel(self, control: Control, server: RawServer, operation: str, method: str) -> None:
        """Given the paths of the contract, then store, till, GUID, article and quantity are where it says."""
        server.answers = [OK]
        await control.asked("reserve" if operation == "reserve" else "cancel", "42", 345)
        (asked,) = server.asked
        assert asked.line == f"{method} /api/1.0/reservationItem/77/3/{GUID}?sku=42&quantity=0.345 HTTP/1.1"
        assert asked.body == b""

    @pytest.mark.parametrize(
        ("thousandths", "text"), [(1000, "1"), (345, "0.345"), (1500, "1.5"), (12_000_000, "12000"), (1, "0.001")]
    )
    async def test_quantity_has_a_point(self, control: Control, server: RawServer, thousandths: int, text: str) -> None:
        """Given a quantity, then it is decimal text with a point and no zeros at its end (ukm5 1.5)."""
        server.answers = [OK]
        await control.asked("reserve", "1", thousandths)
        assert f"quantity={text} " in server.asked[0].line

    @pytest.mark.parametrize(
        ("sku", "sent"),
        [
            ("а б", "%D0%B0%20%D0%B1"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("a&quantity=9+1%", "a%26quantity%3D9%2B1%25"),
            ("../..", "..%2F.."),
            ("{store}", "%7Bstore%7D"),
            ("\r\nX: y", "%0D%0AX%3A%20y"),
        ],
    )
    async def test_article_is_encoded(self, control: Control, server: RawServer, sku: str, sent: str) -> None:
        """Given an article of any signs, then it is one value of the query, and nothing else of the address."""
        server.answers = [OK]
        await control.asked("reserve", sku)
        assert server.asked[0].line == f"POST /api/1.0/reservationItem/77/3/{GUID}?sku={sent}&quantity=1 HTTP/1.1"
        assert "x" not in server.asked[0].headers

    async def test_article_in_the_path(self, client: Watched, server: RawServer) -> None:
        """Given a template with the article in it, then that is encoded there too, and a query of its own stays."""
        url = f"http://127.0.0.1:{server.port}/"
        control = Control(client, url, reserve_path="/r/{reservation}/{sku}?at={pos}", stock_path="/s/{sku}")
        server.answers = [OK, json_reply({"quantity": 1})]
        await control.asked("reserve", "a/б {pos}")
        await control.asked("stock", "a/б {pos}")
        sku = "a%2F%D0%B1%20%7Bpos%7D"
        assert [asked.line.split()[1] for asked in server.asked] == [
            f"/r/{GUID}/{sku}?at=3&sku={sku}&quantity=1",
            f"/s/{sku}?sku={sku}",
        ]

    async def test_headers(self, control: Control, server: RawServer) -> None:
        """Given a reserve and its cancel, then one has its key, the other names it, and the stock has neither (S10)."""
        server.answers = [OK]
        for operation in ("reserve", "cancel", "stock"):
            await control.asked(operation)
        keys = [(own.headers.get("idempotency-key"), own.headers.get("idempotency-undo")) for own in server.asked]
        assert keys == [(KEY, None), (None, KEY), (None, None)]


REFUSALS: dict[str, tuple[Answer, str, bool]] = {
    "message": (reply(msgspec.json.encode({"error": "b", "message": REFUSAL}), 400), REFUSAL, True),
    "error": (reply('{"error": "why"}', 400), "why", True),
    "other key": (reply('{"Message": "why"}', 404), "why", True),
    "no text": (reply('{"success": false}', 400), "", True),
    "bare string": (reply('"why"', 409), "why", True),
    "plain": (reply("нет\x1b[2J\nтовара", 422), "нет\N{REPLACEMENT CHARACTER}[2J товара", True),
    "empty": (reply("", 400), "", True),
    "list": (reply("[1]", 400), "", True),
    "redirect": (reply("", 302, "Location: http://127.0.0.1:9/"), "", True),
    "not modified": (reply("", 304), "", True),
    "unauthorised": (reply('{"message": "кто вы"}', 401), "кто вы", True),
    "failed": (reply('{"message": "сбой"}', 500), "сбой", False),
    "not there": (reply("", 503), "", False),
    "well but no": (reply('{"success": false, "message": "нет"}'), "нет", True),
    "page": (reply("<html>"), "", False),
    "number": (reply("1"), "", False),
}


class TestReserve:
    @pytest.mark.parametrize(
        "answer", [OK, reply(""), reply("", 204), reply("{}"), reply("\r\n"), json_reply({"message": "ok"})]
    )
    async def test_granted(self, control: Control, server: RawServer, answer: Answer) -> None:
        """Given any 2xx that says nothing else, then it is a permission (ukm5 1.5)."""
        server.answers = [answer]
        assert await control.asked("reserve") == Said(done=True)
        assert control.heard == ["heard"]

    @pytest.mark.parametrize("kind", REFUSALS)
    async def test_refused(self, control: Control, server: RawServer, kind: str) -> None:
        """Given any other answer, then it is a refusal in the words of the system, sure or not."""
        server.answers = [REFUSALS[kind][0]]
        said = await control.asked("reserve")
        assert (said.done, said.text, said.sure, said.sent) == (False, REFUSALS[kind][1], REFUSALS[kind][2], True)
        assert len(server.asked) == 1

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (silence, LateError),
            (DRIP, LateError),
            (drop, UnreachableError),
            (HUGE, BadAnswerError),
            (reply("1", 200, "Content-Encoding: gzip"), BadAnswerError),
            (raw(b"SSH-2.0-OpenSSH_9.2\r\n", close=True), UnreachableError),
        ],
    )
    async def test_nobody_knows(
        self, client: Watched, server: RawServer, answer: Answer, error: type[NoAnswerError]
    ) -> None:
        """Given no answer that can be used, then nobody knows what became of it."""
        client.warm_up()
        server.answers = [answer]
        control = Control(client, f"http://127.0.0.1:{server.port}", deadline=DEADLINE)
        with pytest.raises(error):
            await control.asked("reserve")
        assert control.heard == []

    async def test_nobody_listens(self, client: Watched) -> None:
        """Given a connection that is refused, then it is certain that nobody has heard of it."""
        assert await Control(client, "http://127.0.0.1:9").asked("reserve") == Said(done=False, sent=False)

    async def test_no_connection_in_time(self, client: Watched) -> None:
        """Given a machine that answers no connection, then it is just as certain at the deadline."""
        client.warm_up()
        with black_hole() as url:
            said = await Control(client, url, deadline=DEADLINE).asked("reserve")
        assert said == Said(done=False, sent=False)


class TestCancel:
    @pytest.mark.parametrize("status", [200, 202, 204])
    async def test_done(self, control: Control, server: RawServer, status: int) -> None:
        """Given a 2xx, whatever it says, then the reserve is not held any more."""
        server.answers = [reply("<html>" if status == 200 else "", status)]
        assert await control.asked("cancel") == Said(done=True)

    @pytest.mark.parametrize("status", [400, 404, 410])
    async def test_nothing_to_cancel(self, control: Control, server: RawServer, status: int) -> None:
        """Given a refusal that means that there is none, then it is not held either."""
        server.answers = [reply('"нет такого"', status)]
        assert await control.asked("cancel") == Said(done=False, gone=True, text="нет такого")

    @pytest.mark.parametrize(("status", "sure"), [(401, True), (302, True), (409, True), (500, False), (503, False)])
    async def test_not_done(self, control: Control, server: RawServer, status: int, *, sure: bool) -> None:
        """Given any other answer, then it may be held still; after a 5xx nobody knows."""
        server.answers = [reply("", status)]
        assert await control.asked("cancel") == Said(done=False, sure=sure)

    async def test_goes_out_once(self, control: Control, server: RawServer) -> None:
        """Given a kept connection that breaks, then a cancel is not sent again by itself; a reserve is."""
        server.answers = [OK, drop, OK]
        await control.asked("reserve")
        with pytest.raises(UnreachableError):
            await control.asked("cancel")
        assert [own.line.split()[0] for own in server.asked] == ["POST", "DELETE"]
        server.answers = [OK, drop, OK]
        await control.asked("reserve")
        assert (await control.asked("reserve")).done
        assert [own.line.split()[0] for own in server.asked[2:]] == ["POST"] * 3


NO_QUANTITY = (
    *({"quantity": value} for value in (True, None, [1], "много", "NaN", "-Infinity", 1e300)),
    {},
    [],
    "12",
)


def level(free: int, reserved: int | None = None, measure: str = "") -> Said:
    """Say how much is free and reserved, in thousandths."""
    held = None if reserved is None else Thousandths(reserved)
    return Said(done=True, free=Thousandths(free), reserved=held, measure=measure)


class TestStock:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ({"quantity": 12, "reserved": 3, "measure": "шт"}, level(12000, 3000, "шт")),
            ({"quantity": "0.345"}, level(345)),
            ({"quantity": -2.5, "measure": 5}, level(-2500)),
            ({"quantity": 0, "measure": "к\x07г"}, level(0, None, "к\N{REPLACEMENT CHARACTER}г")),
            *((value, Said(done=False)) for value in NO_QUANTITY),
        ],
    )
    async def test_read(self, control: Control, server: RawServer, value: object, said: Said) -> None:
        """Given an answer of any form, then a quantity is read where there is one, and nothing else."""
        server.answers = [json_reply(value)]
        assert await control.asked("stock", "42") == said
        assert server.asked[0].line == "GET /api/1.0/stock/77?sku=42 HTTP/1.1"

    async def test_refused(self, control: Control, server: RawServer) -> None:
        """Given an article that is unknown, then the words of the system say so."""
        server.answers = [reply('{"message": "Товар не найден"}', 400), reply("<html>")]
        assert await control.asked("stock") == Said(done=False, text="Товар не найден")
        assert await control.asked("stock") == Said(done=False)


class TestTurns:
    async def test_one_article_goes_one_after_the_other(self, control: Control, server: RawServer) -> None:
        """Given a cancel under way, then a reserve of the article waits for it, and no other one."""
        go = asyncio.Event()

        async def held(asked: object, out: asyncio.StreamWriter) -> None:
            await go.wait()
            await OK(asked, out)  # type: ignore[arg-type]

        server.answers = [held, OK]
        cancel = asyncio.create_task(control.carry(sku="1"))
        await until(lambda: server.asked)
        reserve = asyncio.create_task(control.asked("reserve", "1"))
        assert (await control.asked("reserve", "2")).done
        await control.asked("stock", "1")
        assert [own.line.split()[0] for own in server.asked] == ["DELETE", "POST", "GET"]
        go.set()
        assert (await reserve).done
        assert await cancel == ""
        assert server.asked[-1].line.startswith("POST")

    async def test_turn_that_does_not_come(self, client: Watched, server: RawServer) -> None:
        """Given a cancel and a reserve that hang, then whoever waits behind them knows that nobody has heard of it."""
        server.answers = [silence]
        control = Control(client, f"http://127.0.0.1:{server.port}", deadline=DEADLINE)
        waits = [asyncio.create_task(control.asked("reserve")) for _ in range(3)]
        *_, last = await asyncio.gather(*waits, return_exceptions=True)
        assert last == Said(done=False, sent=False)
        assert len(server.asked) <= 2
        server.answers = [OK]
        assert (await control.asked("reserve")).done

    async def test_given_up_turn_is_free(self, control: Control, server: RawServer) -> None:
        """Given a request given up in the middle, then the next one about its article goes out."""
        server.answers = [silence, OK]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(control.asked("reserve"), DEADLINE)
        assert (await control.asked("reserve")).done
