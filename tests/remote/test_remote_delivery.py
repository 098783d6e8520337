"""Delivery of the outbox: every answer of the server, order per mark, poison, back-off, restarts (spec M13)."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from cashier.ports import NoAnswerError
from cashier.remote import delivery as module
from cashier.remote.pace import Pace
from cashier.settings.model import Queue
from cashier.store.connect import refusal
from cashier.store.outbox_list import put_back
from cashier.store.verify import verify
from tests.remote.desk import LATE, NO_WAY, Post, Sent, http, note
from tests.runtime.rig import settled, until
from tests.store.files import tamper

NAMES = [f"m{number}" for number in range(10)]


async def of_names(post: Post) -> None:
    """Commit ten messages, each with a key of its own."""
    for name in NAMES:
        await post.put(note(name, f"ki {name}"))


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
            ("\x1b[2J[bold]\n\u202ea", "\ufffd[2J[bold]\ufffd\ufffda"),
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


class TestSilence:
    @pytest.mark.parametrize(
        "fault", [NO_WAY, *map(http, (301, 401, 402, 403, 404, 405, 408, 421, 425, 429, 451, 499, 502, 503, 504))]
    )
    async def test_nothing_is_parked_while_the_way_is_shut(self, post: Post, fault: NoAnswerError) -> None:
        """Given a server that is not there, then waits double up to the longest, and afterwards all is delivered."""
        left = 12
        post.desk.before = lambda _batch: fault if len(post.desk.batches) <= left else None
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.clock.slept[:12] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        assert post.desk.done == NAMES
        assert post.table()["m0"]["tries"] == 13
        assert post.table()["m9"]["tries"] == 1

    async def test_waits_are_by_chance_shorter(self, post: Post) -> None:
        """Given chance, then a wait is between half and all of itself."""
        post.delivery._held.pace = Pace(post.queue.retry_min, post.queue.retry_max, lambda: 1.0)
        post.desk.before = lambda _batch: NO_WAY if len(post.desk.batches) <= 3 else None
        await post.put(note("m"))
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.clock.slept[:3] == [0.5, 1, 2]

    async def test_it_is_said_since_when(self, post: Post) -> None:
        """Given a server that falls silent, then it is known since when, and no more when it answers again."""
        post.desk.before = lambda _batch: NO_WAY
        post.clock.now = 60.0
        began = post.clock.time()
        await post.put(note("m"))
        async with post.running():
            await until(lambda: len(post.desk.batches) > 5)
            assert post.delivery.silent_since == began
            assert post.table()["m"]["reason"] == "нет связи с сервером"
            post.desk.before = lambda _batch: None
            await until(lambda: post.delivery.silent_since is None)

    async def test_commits_do_not_hammer_it(self, post: Post) -> None:
        """Given a server that is not there, when messages are committed, then it is not asked before its time."""
        post.desk.before = lambda _batch: NO_WAY
        post.clock.limit = 0.5
        async with post.running():
            await of_names(post)
            await settled()
        assert len(post.desk.batches) == 1

    async def test_the_network_is_there_again(self, post: Post) -> None:
        """Given a long wait, when the network is heard of elsewhere, then it is tried at once; commits end no wait."""
        post.desk.before = lambda _batch: NO_WAY if len(post.desk.batches) == 1 else None
        post.clock.limit = 0.5
        await post.put(note("m"))
        async with post.running():
            await until(lambda: post.clock.slept)
            post.delivery.wake()
            await settled()
            assert len(post.desk.batches) == 1
            post.delivery.reachable()
            await until(lambda: post.all_in("delivered"))
        assert post.clock.now == 0

    async def test_word_of_the_network_before_the_failure_ends_no_wait(self, post: Post) -> None:
        """Given a failure after the last word of the network, then it is waited out all the same."""
        post.desk.before = lambda _batch: NO_WAY
        post.clock.limit = 0.5
        post.delivery.reachable()
        await post.put(note("m"))
        async with post.running():
            await until(lambda: post.clock.slept)
            await settled()
        assert len(post.desk.batches) == 1

    async def test_failure_and_delivery_are_told(self, post: Post) -> None:
        """Given a server that is silent first, then whoever shows how it is is told of either, when it stands so."""
        post.desk.before = lambda _batch: NO_WAY if len(post.desk.batches) == 1 else None
        told: list[tuple[object, bool]] = []
        post.delivery.changed = lambda: told.append((post.states()["m"], post.delivery.silent_since is None))
        await post.put(note("m"))
        await post.deliver(lambda: len(told) > 1)
        assert told == [("waiting", False), ("delivered", True)]

    async def test_success_forgets_failures(self, post: Post) -> None:
        """Given a server that comes and goes, then each silence begins with the shortest wait."""
        post.desk.before = lambda _batch: NO_WAY if len(post.desk.batches) in {1, 2, 4, 5} else None
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.clock.slept[:4] == [1, 2, 1, 2]


class TestRestart:
    async def test_message_on_its_way_goes_again(self, post: Post) -> None:
        """Given a till that ends between the server's deed and its answer, then the next start ends with one effect."""
        stuck = asyncio.Event()

        def lost(_batch: list[Sent]) -> NoAnswerError | None:
            stuck.set()
            return NO_WAY

        post.desk.after = lost
        await of_names(post)
        async with post.running():
            await stuck.wait()
        post.desk.after = lambda _batch: None
        post.restart()
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.done == NAMES

    async def test_parked_one_stays_parked(self, post: Post) -> None:
        """Given a parked message, then a start leaves it alone."""
        post.desk.verdict = lambda _sent: "rejected"
        await post.put(note("m"))
        await post.deliver(lambda: post.all_in("parked"))
        post.restart()
        post.desk.verdict = lambda _sent: "accepted"
        await post.put(note("n"))
        await post.deliver(lambda: post.states()["n"] == "delivered")
        assert post.states() == {"m": "parked", "n": "delivered"}

    async def test_one_put_back_goes_out(self, post: Post) -> None:
        """Given a parked message that another program puts back, then it is sent without a start."""
        post.desk.verdict = lambda _sent: "rejected" if len(post.desk.batches) < 2 else "accepted"
        await post.put(note("m"))
        async with post.running():
            await until(lambda: post.all_in("parked"))
            assert put_back(post.path, "m") == ("m",)
            await until(lambda: post.all_in("delivered"))
        assert post.table()["m"]["tries"] == 2


class TestOwnFaults:
    async def test_disk_that_takes_nothing(
        self, post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given a disk that takes nothing, then it is logged in words, and all is well once it does."""
        documents, change = post.writer._documents, post.writer._documents.change
        faults = 3

        def fails(sql: str, rows: object) -> None:
            nonlocal faults
            faults -= 1
            if faults >= 0:
                raise refusal(post.path, "disk full", "Освободите место", "full")
            change(sql, rows)  # type: ignore[arg-type]

        monkeypatch.setattr(documents, "change", fails)
        await of_names(post)
        await post.deliver(lambda: post.all_in("delivered"))
        assert post.desk.done == NAMES
        assert "disk full" in caplog.text
        assert all(record.exc_info is None for record in caplog.records)

    async def test_fault_of_its_own_ends_nothing(self, post: Post, caplog: pytest.LogCaptureFixture) -> None:
        """Given an error nobody thought of, then it is logged and the delivery goes on."""
        faults = [ZeroDivisionError(), ZeroDivisionError()]
        post.desk.before = lambda _batch: faults.pop() if faults else None
        await post.put(note("m"))
        await post.deliver(lambda: post.all_in("delivered"))
        assert "ZeroDivisionError" in caplog.text

    async def test_damaged_body_is_poison_only(self, post: Post) -> None:
        """Given a body that is no JSON any more, then the server's refusal parks it and the rest goes on."""
        await of_names(post)
        tamper(post.path, "UPDATE outbox SET body = '{' WHERE identifier = 'm1'")
        post.desk.before = lambda _batch: None
        read = post.desk.post

        async def strict(url: str, body: bytes, form: type[list[object]], /, *, deadline: float) -> list[object]:
            if b'"body":{}' in body or b'"body":{,' in body or body.count(b"{") != body.count(b"}"):
                raise http(400)
            return await read(url, body, form, deadline=deadline)

        post.desk.post = strict  # type: ignore[method-assign, assignment]
        await post.deliver(lambda: post.all_in("delivered", "parked"))
        assert [name for name, state in post.states().items() if state == "parked"] == ["m1"]


class TestPurge:
    async def test_delivered_ones_go_after_a_week(self, post: Post) -> None:
        """Given messages delivered and parked, when a week has passed, then the delivered are gone, the others not."""
        post.desk.verdict = lambda sent: "rejected" if sent["id"] == "m3" else "accepted"
        await of_names(post)
        day = 24 * 3600.0
        async with post.running():
            await until(lambda: post.all_in("delivered", "parked"))
            post.clock.now = 6.9 * day
            await post.put(note("new"))
            await until(lambda: post.clock.now > 6.9 * day + module.PURGE)
            assert len(post.states()) == len(NAMES) + 1
            post.clock.now = 7.1 * day
            await until(lambda: len(post.states()) == 2)
        assert post.states() == {"m3": "parked", "new": "delivered"}
        assert verify(post.path) == []

    async def test_numbers_are_never_used_again(self, post: Post) -> None:
        """Given that all messages were deleted, then the next one goes on counting, after a restart as well."""
        await of_names(post)
        async with post.running():
            await until(lambda: post.all_in("delivered"))
            post.clock.now += 8 * 24 * 3600.0
            await until(lambda: not post.states())
        post.restart()
        await post.put(note("next"))
        assert post.table()["next"]["seq"] == len(NAMES) + 1
