"""Reserves under faults: at rest the system holds what the lines are; each harm to till or server is seen."""

from collections.abc import Callable

import pytest

from tests.faults import stock_sim
from tests.faults.figures import Figures
from tests.faults.stock_far import Deaf, Server, Wish
from tests.faults.stock_loop import run
from tests.faults.stock_saga import Saga

Passed = Callable[[Figures], None]


@pytest.mark.timeout(60)
def test_reserves_are_what_the_lines_are(passed: Passed) -> None:
    """The short form of `scripts/faults stock`, with its red controls."""
    passed(stock_sim.rehearse(short=True))


def test_a_saga_is_the_same_each_time() -> None:
    """Given a seed, then the same happens: a mistake that was found can be looked at."""
    one, other = (run(Saga(seed).run()) for seed in (5, 5))
    assert one.shop.journal == other.shop.journal
    assert one.told == other.told


@pytest.mark.parametrize("kind", [Server, Deaf])
def test_server_reserves_what_there_is(kind: type[Server]) -> None:
    """Given two pieces, then two are reserved, the third is refused, and a cancelled one is free again."""
    server = kind({"1": 2000})
    reserve = [Wish("POST", "guid", "1", 1000, f"key {number}") for number in range(3)]
    assert [server.take(wish) for wish in reserve] == [200, 200, 400]
    assert server.take(Wish("DELETE", "guid", "1", 1000, "key 0")) == 200
    assert server.held() == {("guid", "1"): 1000}


def test_server_buries_what_was_undone() -> None:
    """Given a cancel that overtakes its reserve, then that is refused when it comes."""
    server = Server({"1": 2000})
    assert server.take(Wish("DELETE", "guid", "1", 1000, "key")) == 404
    assert server.take(Wish("POST", "guid", "1", 1000, "key")) == 409
    assert server.held() == {}
