"""What the till asks of stock control, and what the stand-in answers, is of the contract: checked by a library."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from cashier.core.quantity import Thousandths
from cashier.demo.serving import Served
from cashier.demo.stock_server import StockServer
from cashier.remote import http
from tests.contract import assert_asked, assert_spoken
from tests.remote.control import KEY, Control

OTHER = "2c9ad1c8-96f6-5d0b-8a55-3f2f3d1b2c3d"


@pytest.fixture
def stock() -> Iterator[StockServer]:
    """A stock control that has some goods."""
    with StockServer() as server:
        server.set("1", Thousandths(3000))
        server.set("Арт/икул 7", Thousandths(500), "кг")
        yield server


@pytest.fixture
async def control(stock: StockServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Control]:
    """The handler in front of it; each request as it goes over the wire is held against the contract."""
    worded = http._worded

    def checked(request: http.Asked, trip: http._Trip) -> httpx.Request:
        sent = worded(request, trip)
        assert_asked(sent)
        return sent

    class Checked(http.Client):
        async def ask(self, method: http.Method, url: str, body: bytes = b"", **given: object) -> http.Spoken:
            answer = await super().ask(method, url, body, **given)  # type: ignore[arg-type] # handed on
            told = httpx.Response(answer.status, content=answer.body, headers={"Content-Type": "application/json"})
            assert_spoken(httpx.Request(method, url, headers=given.get("headers")), told)  # type: ignore[arg-type] # the same
            return answer

    monkeypatch.setattr(http, "_worded", checked)
    client = Checked()
    with Served(lambda: stock.app) as served:
        yield Control(client, served.root)
        await client.close()


async def test_a_days_requests(control: Control, stock: StockServer) -> None:
    """Given a sale, refusals, goods by weight, cancels once and again, then all that is said is of the contract."""
    assert (await control.asked("reserve", quantity=2000)).done
    short = await control.asked("reserve", quantity=2000, key=OTHER)
    assert (short.done, short.text) == (False, "Недостаточно: доступно 1, запрошено 2")
    assert (await control.asked("reserve", "Арт/икул 7", 345, OTHER.replace("2c", "3c"))).done
    assert (await control.asked("reserve", "нет такого", 1000, OTHER.replace("2c", "4c"))).text == "Товар не найден"
    for _ in range(2):
        assert (await control.asked("cancel", quantity=2000)).done
    late = await control.asked("reserve", quantity=2000)
    assert (late.done, late.gone) == (False, True), "a tombstone stands where it was"
    assert stock.held("7e0b0c5e-5d2f-5a0e-9a53-0f4d0c6f9a11") == {"Арт/икул 7": 345}


async def test_stock(control: Control) -> None:
    """Given goods and none, when the stock is asked for, then that is of the contract too, and it is told."""
    told = await control.asked("stock", "Арт/икул 7")
    assert (told.free, told.reserved, told.measure) == (500, 0, "кг")
    assert (await control.asked("stock", "нет такого")).text == "Товар не найден"


async def test_cancels_of_the_outbox(control: Control) -> None:
    """Given cancels in doubt, of goods that others may count on and not, then these speak the same way."""
    assert (await control.asked("reserve", quantity=1000, key=KEY)).done
    control.shared = True
    assert await control.carry(doubtful=True) == ""
    control.shared = False
    assert await control.carry(doubtful=True) == ""
