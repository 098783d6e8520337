"""Delivery of the outbox: every answer of the server, order per mark, poison, back-off, restarts (spec M13)."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from cashier.ports import NoAnswerError
from cashier.remote import delivery as module
from cashier.settings.model import Queue
from cashier.store.verify import verify
from tests.remote.desk import LATE, NAMES, NO_WAY, Post, Sent, http, note, of_names
from tests.runtime.rig import settled
from tests.waiting import until


class TestSending:
    async def test_messages_go_out_in_order(self, post: Post) -> None:
        """Given ten messages and four to a request, then they are done in order and kept as delivered."""
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.sent == [NAMES[:4], NAMES[4:8], NAMES[8:]]
        assert post.desk.done == NAMES
        assert {row["tries"] for row in post.table().values()} == {1}
        assert verify(post.path) == []

    async def test_form_is_that_of_the_server(self, post: Post) -> None:
        """Given a message, then it goes out as interfaces.md says, its body as an object with the mark's GS."""
        await post.put(note("m", "ki"))
        await post.deliver(lambda: post.desk.done)
        assert post.desk.batches == [
            [
                {
                    "id": "m",
                    "seq": 1,
                    "till": "77-3",
                    "type": "markSold",
                    "time": "2026-11-21T12:00:00.000+00:00",
                    "body": {"mark": "m\x1d1"},
                }
            ]
        ]

    async def test_numbers_have_no_gaps(self, post: Post) -> None:
        """Given a message that a crash words twice, then it goes out once and the next number follows (I8)."""
        for name in ("a", "b", "a", "b", "c"):
            await post.put(note(name))
        await post.deliver(lambda: post.all_in("delivered"))
        assert [(sent["id"], sent["seq"]) for sent in post.desk.effects] == [("a", 1), ("b", 2), ("c", 3)]
        assert verify(post.path) == []

    async def test_others_are_not_ours(self, post: Post) -> None:
        """Given a message for another system, then it stays where it is."""
        await post.put(replace(note("stock"), destination="stock_control"), note("m"))
        await post.deliver(lambda: post.states()["m"] == "delivered")
        assert post.states() == {"stock": "waiting", "m": "delivered"}

    async def test_new_message_does_not_wait(self, post: Post) -> None:
        """Given a delivery at rest, when a message is committed and it is woken, then it goes out at once."""
        post.clock.limit = 1.0
        async with post.running():
            await settled()
            await post.put(note("m"))
            await until(lambda: post.desk.done == ["m"])

    async def test_unnoticed_message_is_found(self, post: Post) -> None:
        """Given a message put back by another program, then it is found within half a minute."""
        async with post.running():
            await until(lambda: post.clock.slept)
            await post.writer.commit(post.clock.time(), (note("m"),))
            began = post.clock.now
            await until(lambda: post.desk.done == ["m"])
        assert max(post.clock.slept) <= module.POLL
        assert post.clock.now >= began

    async def test_without_an_address_messages_wait(self, post: Post) -> None:
        """Given no `[Queue] url`, then nothing runs and the message waits."""
        post.queue = Queue()
        post.restart()
        await post.put(note("m"))
        await asyncio.wait_for(post.delivery.run(), 1)
        assert post.states() == {"m": "waiting"}


class TestAnswers:
    @pytest.mark.parametrize("word", ["accepted", "duplicate"])
    async def test_done_is_delivered(self, post: Post, word: str) -> None:
        """Given that the server has a message now or had it, then it is delivered."""
        post.desk.verdict = lambda sent: {"id": sent["id"], "result": word, "reason": None}
        await post.put(note("m"))
        await post.deliver(lambda: post.all_in("delivered"))

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("Марка не из этого магазина", "Марка не из этого магазина"),
            ("\x1b[2J[bold]\n\u202ea", "\ufffd[2J[bold] \ufffda"),
            ("x" * 5000, "x" * 200),
            (None, "сервер отклонил сообщение"),
            ({"code": 7}, "сервер отклонил сообщение"),
        ],
    )
    async def test_rejected_is_parked(
        self, post: Post, said: object, kept: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given a message that the server rejects, then it is parked with the reason, made harmless; others go on."""
        post.desk.verdict = lambda sent: (
            {"id": sent["id"], "result": "rejected", "reason": said} if sent["id"] == "bad" else "accepted"
        )
        await post.put(note("bad", "a"), note("good", "b"), note("later", "a"))
        await post.deliver(lambda: post.desk.done == ["good", "later"])
        row = post.table()["bad"]
        assert (row["state"], row["reason"], row["tries"]) == ("parked", kept, 1)
        (warned,) = (own.getMessage() for own in caplog.records if own.name == "cashier.queue")
        assert warned == f"message {row['seq']}, markSold, was rejected: {kept}"
        assert verify(post.path) == []

    @pytest.mark.parametrize(
        "answer",
        [
            {"result": "later"},
            {"result": "later", "reason": "ночь"},
            {"result": "ACCEPTED"},
            {"result": None},
            {"result": ["accepted"]},
            {"result": "accepted", "id": "stranger"},
            {"result": "accepted", "id": None},
            {"result": "accepted", "id": {}},
        ],
    )
    async def test_unclear_is_sent_again(self, post: Post, answer: Sent) -> None:
        """Given anything but a clear answer, then the message stays and is sent again under the same identifier."""
        answers = [{"id": "m", **answer}] * 3
        post.desk.verdict = lambda _sent: answers.pop() if answers else "accepted"
        await post.put(note("m", "ki"))
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.sent == [["m"]] * 4
        assert post.table()["m"]["tries"] == 4
        assert post.delivery.silent_since is None

    async def test_lost_answer_doubles_nothing(self, post: Post) -> None:
        """Given answers lost after the server did its part, then each message has one effect."""
        lost: Iterator[NoAnswerError | None] = iter([NO_WAY, LATE, NO_WAY])
        post.desk.after = lambda _batch: next(lost, None)
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.done == NAMES


class TestOrder:
    async def test_messages_of_a_mark_never_go_together(self, post: Post) -> None:
        """Given three messages of one mark, then each is sent when the one before it is through."""
        await post.put(*(note(name, "ki") for name in "abc"), note("x"), note("y"))
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.sent == [["a", "x"], ["b", "y"], ["c"]]

    async def test_mark_that_must_wait_holds_its_own(self, post: Post) -> None:
        """Given a mark whose first message is put off, then its others wait for it and other marks do not."""
        shut = True
        post.desk.verdict = lambda sent: "later" if shut and sent["id"] == "a" else "accepted"
        await post.put(note("a", "ki"), note("b", "ki"), note("c", "other"), note("d"), note("e"))
        async with post.running():
            await until(lambda: {"c", "d", "e"} <= set(post.desk.done))
            await until(lambda: post.table()["a"]["tries"] == 5)
            assert "b" not in [name for names in post.desk.sent for name in names]
            await post.put(note("f", "third"))
            await until(lambda: "f" in post.desk.done)
            shut = False
            await until(lambda: post.all_in("delivered"))
        assert post.desk.done[-2:] == ["a", "b"]

    async def test_waits_of_a_mark_grow(self, post: Post) -> None:
        """Given a mark that is put off again and again, then each wait is twice the last, up to the longest."""
        moments: list[float] = []

        def verdict(_sent: Sent) -> str:
            moments.append(post.clock.now)
            return "accepted" if len(moments) > 12 else "later"

        post.desk.verdict = verdict
        await post.put(note("a", "ki"))
        await post.deliver(lambda: post.all_in("delivered"))
        waits = [round(after - before) for before, after in pairwise(moments)]
        assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]

    async def test_server_that_wants_nothing_is_not_flooded(self, post: Post) -> None:
        """Given a server that puts everything off, then the queue is not rushed through at its expense."""
        post.desk.verdict = lambda _sent: "later"
        for number in range(10):
            await post.put(*(note(f"{number}-{own}") for own in range(10)))
        post.clock.limit = 60
        async with post.running():
            await until(lambda: post.clock.now > 25 or len(post.desk.batches) > 30)
            await settled()
        assert len(post.desk.batches) < 40
        assert len({name for names in post.desk.sent for name in names}) > 20


class TestPoison:
    @pytest.mark.parametrize("status", [400, 409, 413, 415, 422])
    async def test_refused_one_is_parked_alone(self, post: Post, status: int) -> None:
        """Given a message for which the server refuses all of a request, then it alone is parked."""
        post.desk.before = lambda batch: http(status) if "m5" in {sent["id"] for sent in batch} else None
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered", "parked"))
        assert post.desk.done == [name for name in NAMES if name != "m5"]
        row = post.table()["m5"]
        assert (row["state"], row["reason"]) == ("parked", f"сервер не принял: HTTP {status}")
        assert verify(post.path) == []

    @pytest.mark.parametrize("fault", [http(500), http(501), http(200), LATE])
    async def test_one_that_breaks_the_server_steps_aside(self, post: Post, fault: NoAnswerError) -> None:
        """Given a message on which the server breaks, then the others are delivered and it is tried again for ever."""
        post.desk.before = lambda batch: fault if "m5" in {sent["id"] for sent in batch} else None
        await of_names(post)
        async with post.running():
            await until(lambda: post.desk.done == [name for name in NAMES if name != "m5"])
            tries = post.table()["m5"]["tries"]
            assert isinstance(tries, int)
            await until(lambda: post.table()["m5"]["tries"] == tries + 2)
            post.desk.before = lambda _batch: None
            await until(lambda: post.all_in("delivered"))
            assert post.delivery.silent_since is None

    async def test_all_of_them_are_not_parked_at_once(self, post: Post) -> None:
        """Given a server that refuses everything, then messages are parked ever more slowly, not by the thousand."""
        post.desk.before = lambda _batch: http(400)
        await of_names(post)
        post.clock.limit = 60
        async with post.running():
            await until(lambda: post.clock.now > 30)
            await settled()
        assert list(post.states().values()).count("parked") < 7

    async def test_requests_grow_again(self, post: Post) -> None:
        """Given poison that is out of the way, then requests are full again soon."""
        post.desk.before = lambda batch: http(400) if batch[0]["id"] == "m0" else None
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered", "parked"))
        assert [len(names) for names in post.desk.sent] == [4, 2, 1, 1, 2, 4, 2]
