"""The one queue: inputs keep their order, answers and news pass them, and scans have a bound."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.bus import MOST_KEYS, MOST_NEWS, MOST_SCANS, Arrived, Bus
from cashier.core.events import Event, Found, Pressed, ScanBroken, Scanned, Ticked


def free(_arrived: Arrived) -> bool:
    """Hold nothing."""
    return False


def keys_only(arrived: Arrived) -> bool:
    """Hold scans."""
    return isinstance(arrived.event, Scanned)


def scan(number: int) -> Scanned:
    """Make a scan."""
    return Scanned("scanner", number, b"460")


async def taken(bus: Bus, count: int) -> list[Event]:
    """Take so many events."""
    return [await bus.take(free) for _ in range(count)]


async def test_inputs_keep_their_order() -> None:
    """Given keys and scans in turn, then they come out as they went in."""
    bus = Bus()
    given: list[Event] = [Pressed("1"), scan(1), Pressed("enter"), scan(2)]
    assert all(bus.put(event) for event in given)
    assert await taken(bus, 4) == given


async def test_answers_and_news_pass_inputs() -> None:
    """Given waiting keys, when an answer and news come, then they go first, in their own order."""
    bus = Bus()
    for event in (Pressed("1"), Ticked(), Pressed("2"), Found(())):
        bus.put(event)
    assert await taken(bus, 4) == [Ticked(), Found(()), Pressed("1"), Pressed("2")]


async def test_held_inputs_wait_and_the_others_go() -> None:
    """Given scans that are held, then keys go past them, and the scans come later in their order."""
    bus = Bus()
    for event in (scan(1), Pressed("1"), scan(2), Pressed("2")):
        bus.put(event)
    assert [await bus.take(keys_only) for _ in range(2)] == [Pressed("1"), Pressed("2")]
    assert await taken(bus, 2) == [scan(1), scan(2)]


async def test_taker_sleeps_until_something_may_go() -> None:
    """Given only held inputs, then the taker waits; an answer wakes it, and so does a change of what is held."""
    bus = Bus()
    bus.put(scan(1))
    allowed = False
    task = asyncio.create_task(bus.take(lambda _arrived: not allowed))
    await asyncio.sleep(0)
    bus.put(scan(2))
    await asyncio.sleep(0)
    assert not task.done()
    allowed = True
    bus.wake()
    assert await task == scan(1)


async def test_scans_have_a_bound() -> None:
    """Given 64 waiting scans, when another comes, then it is not taken; keys and news are; a place is free again."""
    bus = Bus()
    assert all(bus.put(scan(number)) for number in range(MOST_SCANS))
    assert MOST_SCANS == 64
    assert not bus.put(scan(64))
    assert bus.put(Pressed("1"))
    assert bus.put(Ticked())
    assert bus.waiting == 64
    await taken(bus, 2)
    assert bus.waiting == 63
    assert bus.put(scan(64))


async def test_keys_have_a_bound_of_their_own() -> None:
    """Given 256 waiting keys, when another comes, then it is not taken; scans and news are; a place is free again."""
    bus = Bus()
    assert all(bus.put(Pressed(str(number))) for number in range(MOST_KEYS))
    assert MOST_KEYS == 256
    assert not bus.put(Pressed("one too many"))
    assert bus.put(scan(1))
    assert bus.put(Ticked())
    await taken(bus, 2)
    assert bus.put(Pressed("room"))
    assert not bus.put(Pressed("none"))
    assert bus.take_back()
    assert bus.waiting == 1


async def test_broken_scans_have_a_bound() -> None:
    """Given a scanner that sends nothing but broken frames, then 64 of them wait, and every answer still has room."""
    bus = Bus()
    assert [bus.put(ScanBroken("scanner", number, "cut_off")) for number in range(66)] == [True] * 64 + [False] * 2
    assert bus.put(Found(()))
    await taken(bus, 2)
    assert bus.put(ScanBroken("scanner", 66, "cut_off"))


class TestTurns:
    """News pass keys, but a scanner that is broken must not keep the keyboard from its turn."""

    async def test_key_comes_after_sixteen_news(self) -> None:
        """Given more news than can be dealt with, then a key goes after sixteen of them, then the news again."""
        bus = Bus()
        for number in range(40):
            bus.put(ScanBroken("scanner", number, "cut_off"))
        bus.put(Pressed("1"))
        bus.put(Pressed("2"))
        keys = [place for place, event in enumerate(await taken(bus, 42)) if isinstance(event, Pressed)]
        assert MOST_NEWS == 16
        assert keys == [16, 33]

    async def test_held_input_does_not_stop_the_news(self) -> None:
        """Given a scan that is held, then the news go on past the sixteenth."""
        bus = Bus()
        bus.put(scan(1))
        for _ in range(40):
            bus.put(Ticked())
        assert [await bus.take(keys_only) for _ in range(40)] == [Ticked()] * 40

    async def test_news_alone_are_all_taken(self) -> None:
        """Given news and nothing else, then they come one after the other, and then the taker sleeps."""
        bus = Bus()
        for _ in range(40):
            bus.put(Ticked())
        assert await taken(bus, 40) == [Ticked()] * 40
        task = asyncio.create_task(bus.take(free))
        await asyncio.sleep(0)
        assert not task.done()
        bus.put(Pressed("1"))
        assert await task == Pressed("1")


class TestGivingUp:
    async def test_the_key_that_came_last_is_taken_back(self) -> None:
        """Given a scan and then two keys, then the keys can be taken back and the scan cannot."""
        bus = Bus()
        for event in (scan(1), Pressed("1"), Pressed("2")):
            bus.put(event)
        assert [bus.take_back() for _ in range(3)] == [True, True, False]
        assert await taken(bus, 1) == [scan(1)]

    def test_nothing_is_taken_back_from_an_empty_queue(self) -> None:
        """Given nothing typed, then there is nothing to take back."""
        assert not Bus().take_back()

    async def test_urgent_key_goes_first(self) -> None:
        """Given waiting scans, when a wait is given up, then that key stands before them and is marked."""
        bus = Bus()
        bus.put(scan(1))
        bus.put_first(Pressed("escape"), 1.0)
        assert await bus.take(lambda arrived: not arrived.urgent) == Pressed("escape")
        assert await taken(bus, 1) == [scan(1)]

    @pytest.mark.parametrize("before", [(), (scan(1),)])
    async def test_urgent_key_is_not_taken_back_by_another(self, before: tuple[Scanned, ...]) -> None:
        """Given Esc pressed twice before the till could look, then the wish to give up stands, and stands once."""
        bus = Bus()
        for event in before:
            bus.put(event)
        for _ in range(2):
            if not bus.take_back():
                bus.put_first(Pressed("escape"), 1.0)
        assert await taken(bus, 1 + len(before)) == [Pressed("escape"), *before]
        assert not bus._inputs
        assert bus.waiting == 0

    async def test_forgotten_wish_leaves_its_place(self) -> None:
        """Given a wait that ended by itself, when the wish to give it up is dropped, then the keys have their bound."""
        bus = Bus()
        for number in range(MOST_KEYS):
            bus.put(Pressed(str(number)))
        bus.put_first(Pressed("escape"), 1.0)
        bus.forget_urgent()
        bus.forget_urgent()
        assert await taken(bus, 1) == [Pressed("0")]
        assert bus.put(Pressed("room"))
        assert not bus.put(Pressed("none"))


@given(events=st.lists(st.sampled_from(["key", "scan", "news"]), max_size=100))
async def test_nothing_is_lost_or_doubled(events: list[str]) -> None:
    """Given any mixture, then what was taken on comes out once: news pass sixteen at a time, inputs keep order."""
    bus = Bus()
    accepted: list[Event] = []
    for number, kind in enumerate(events):
        event: Event = Ticked(idle=bool(number % 2))
        if kind != "news":
            event = Pressed(str(number)) if kind == "key" else scan(number)
        if bus.put(event):
            accepted.append(event)
    news = [event for event in accepted if isinstance(event, Ticked)]
    inputs = [event for event in accepted if not isinstance(event, Ticked)]
    out = await taken(bus, len(accepted))
    assert [event for event in out if isinstance(event, Ticked)] == news
    assert [event for event in out if not isinstance(event, Ticked)] == inputs
    assert not inputs or out.index(inputs[0]) == min(len(news), MOST_NEWS)
