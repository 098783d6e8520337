"""Delivery of the outbox over time: a server that is silent, restarts, faults of its own, purging."""

import asyncio

import pytest

from cashier.ports import NoAnswerError
from cashier.remote import delivery as module
from cashier.remote.pace import Pace
from cashier.store.connect import refusal
from cashier.store.outbox_list import put_back
from cashier.store.verify import verify
from tests.remote.desk import NAMES, NO_WAY, Post, Sent, http, note, of_names
from tests.runtime.rig import settled
from tests.store.files import tamper
from tests.waiting import until


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
