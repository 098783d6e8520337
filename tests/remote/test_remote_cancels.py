"""Cancels of the outbox: no reserve stays, and no other line's reserve is freed (spec S10)."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from cashier.ports import NoAnswerError
from cashier.remote.blame import blame
from cashier.remote.stock import TRIES
from tests.remote.control import KEY, Control, Watched
from tests.remote.raw_server import Answer, RawServer, drop, json_reply, reply

OK = json_reply({"success": True})
DENIED = [reply("{}", status) for status in (400, 404, 409, 410, 422)]
SHUT = [reply("", status) for status in (302, 401, 403, 405, 408, 429)]
FAILED = [reply("", status) for status in (500, 502, 503)]


@pytest.fixture
async def client() -> AsyncIterator[Watched]:
    """A client whose requests are looked at."""
    made = Watched()
    yield made
    await made.close()


@pytest.fixture
def control(client: Watched, server: RawServer) -> Control:
    """The handler in front of the server; another line of the article is in the receipt."""
    return Control(client, f"http://127.0.0.1:{server.port}", shared=True)


def methods(server: RawServer) -> list[str]:
    """Return the methods of all requests."""
    return [asked.line.split()[0] for asked in server.asked]


class TestAlone:
    """No other line of the article is in the receipt, nor can come into it."""

    @pytest.mark.parametrize(("doubtful", "tries"), [(False, 0), (True, 0), (False, 5), (True, 5)])
    async def test_goes_by_itself(self, control: Control, server: RawServer, tries: int, *, doubtful: bool) -> None:
        """Given such a receipt, then the cancel names its reserve and that is all."""
        control.shared = False
        server.answers = [OK]
        assert await control.carry(doubtful=doubtful, tries=tries) == ""
        assert (methods(server), server.asked[0].headers["idempotency-undo"]) == (["DELETE"], KEY)
        assert control.begun == []

    @pytest.mark.parametrize("status", [400, 404, 410])
    @pytest.mark.parametrize(("doubtful", "said"), [(True, ""), (False, "СКО не нашла резерв")])
    async def test_nothing_to_cancel(
        self, control: Control, server: RawServer, status: int, said: str, *, doubtful: bool
    ) -> None:
        """Given that there is none, then that is believed in the end: of a reserve in doubt; of another it is told."""
        control.shared = False
        server.answers = [reply("", status)] * 2
        with pytest.raises(NoAnswerError):
            await control.carry(doubtful=doubtful, tries=TRIES - 1)
        assert await control.carry(doubtful=doubtful, tries=TRIES) == said

    async def test_refusal_is_told_in_the_systems_words(self, control: Control, server: RawServer) -> None:
        """Given that the system will not cancel a reserve that is held, then its words are what people read."""
        control.shared = False
        server.answers = [reply(msgspec.json.encode({"message": "Идёт инвентаризация"}), 400)]
        assert await control.carry(tries=TRIES) == "Идёт инвентаризация"


class TestShared:
    """Another line may count on a reserve of the article."""

    async def test_certain_one_goes_by_itself(self, control: Control, server: RawServer) -> None:
        """Given a reserve that is held for certain, then it is noted that its cancel goes out, and it does."""
        server.answers = [OK]
        assert await control.carry() == ""
        assert (methods(server), control.begun) == (["DELETE"], [1])

    @pytest.mark.parametrize(("doubtful", "tries"), [(True, 0), (False, 1), (True, 3)])
    async def test_doubtful_one_is_asked_for(
        self, control: Control, server: RawServer, tries: int, *, doubtful: bool
    ) -> None:
        """Given a reserve in doubt, then it is asked for under its own key first, and then cancelled by it."""
        server.answers = [OK]
        assert await control.carry(doubtful=doubtful, tries=tries) == ""
        assert methods(server) == ["POST", "DELETE"]
        assert server.asked[0].headers["idempotency-key"] == KEY == server.asked[1].headers["idempotency-undo"]
        assert control.begun == [1]

    @pytest.mark.parametrize("answer", [*DENIED, json_reply({"success": False})])
    async def test_denied_one_is_not_held(self, control: Control, server: RawServer, answer: Answer) -> None:
        """Given that it is denied again and again, then there is none, and nothing is cancelled."""
        server.answers = [answer] * 2
        with pytest.raises(NoAnswerError):
            await control.carry(doubtful=True, tries=TRIES - 1)
        assert await control.carry(doubtful=True, tries=TRIES) == ""
        assert (methods(server), control.begun) == (["POST", "POST"], [])

    @pytest.mark.parametrize("answer", [*SHUT, *FAILED, reply("<html>"), drop])
    async def test_unknown_one_is_tried_again(self, control: Control, server: RawServer, answer: Answer) -> None:
        """Given an answer that says nothing of the reserve, then it is tried again, for ever."""
        server.answers = [answer]
        with pytest.raises(NoAnswerError):
            await control.carry(doubtful=True)
        assert (methods(server), control.begun) == (["POST"], [])

    @pytest.mark.parametrize("answer", SHUT)
    async def test_known_one_is_not_asked_for_again(self, control: Control, server: RawServer, answer: Answer) -> None:
        """Given a cancel that certainly did nothing, then the next one goes by itself: one more reserve would stay."""
        server.answers = [OK, answer, OK]
        with pytest.raises(NoAnswerError):
            await control.carry(doubtful=True)
        assert await control.carry(doubtful=True, tries=2) == ""
        assert methods(server) == ["POST", "DELETE", "DELETE"]
        assert await control.carry(doubtful=True, seq=2) == ""
        assert methods(server)[3:] == ["POST", "DELETE"]

    @pytest.mark.parametrize("answer", [*FAILED, drop])
    async def test_after_a_cancel_nobody_knows_of(self, control: Control, server: RawServer, answer: Answer) -> None:
        """Given a cancel that may have been done, then the reserve is asked for before the next one."""
        server.answers = [answer, OK]
        with pytest.raises(NoAnswerError):
            await control.carry()
        assert await control.carry(tries=2) == ""
        assert methods(server) == ["DELETE", "POST", "DELETE"]

    async def test_certain_no_more(self, control: Control, server: RawServer) -> None:
        """Given a reserve known to be held, when nobody knows of its cancel, then it is asked for again."""
        server.answers = [OK, reply("", 401), drop, OK]
        for tries in range(2):
            with pytest.raises(NoAnswerError):
                await control.carry(doubtful=True, tries=tries)
        assert await control.carry(doubtful=True, tries=4) == ""
        assert methods(server) == ["POST", "DELETE", "DELETE", "POST", "DELETE"]

    async def test_unsent_cancel_did_nothing(self, client: Watched, server: RawServer) -> None:
        """Given a cancel that nobody has heard of, then the next one goes by itself."""
        control = Control(client, "http://127.0.0.1:9", shared=True)
        with pytest.raises(NoAnswerError) as caught:
            await control.carry()
        assert blame(caught.value) == "way"
        there = Control(client, f"http://127.0.0.1:{server.port}", shared=True)
        control.handler.system = there.handler.system
        server.answers = [OK]
        assert await control.carry(tries=2) == ""
        assert methods(server) == ["DELETE"]


@pytest.mark.parametrize("answer", [*SHUT, *FAILED, reply("", 409), drop])
@pytest.mark.parametrize("shared", [False, True])
async def test_never_parked(control: Control, server: RawServer, answer: Answer, *, shared: bool) -> None:
    """Given any answer that leaves a reserve held, then the cancel is tried again; none is given up."""
    control.shared = shared
    server.answers = [answer]
    with pytest.raises(NoAnswerError):
        await control.carry()
