"""Nobody guesses more than ten times in half an hour, whatever he does (domain/reliability.md, PIN guessing)."""

from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.guessing import WINDOW, Guesser, seconds

MOST = 10
"""Comparisons that whoever guesses gets within the window (domain/reliability.md, PIN guessing)."""

Deed = tuple[Literal["guess", "wait", "restart", "clock", "cashier"], int]
DEEDS: st.SearchStrategy[Deed] = st.one_of(
    st.tuples(st.just("guess"), st.integers(1, 6)),
    st.tuples(st.just("wait"), st.sampled_from([1, 28, 29, 30, 31, 60, 120, 240, 480, 899, 900, 901, 1800])),
    st.tuples(st.just("restart"), st.just(0)),
    st.tuples(st.just("clock"), st.integers(-400, 400)),
    st.tuples(st.just("cashier"), st.just(0)),
)


def do(guesser: Guesser, deed: Deed) -> None:
    """Let the guesser do one thing."""
    match deed:
        case "guess", times:
            for _ in range(times):
                guesser.guess()
        case "wait", time:
            guesser.hand.wait(time)
        case "restart", _:
            guesser.restart()
        case "clock", days:
            guesser.set_clock(days)
        case "cashier", _:
            guesser.as_cashier()


def persistent(guesser: Guesser, *, restarts: bool = False, clock: bool = False) -> int:
    """Guess for two hours, again and again, in between with what may help; return the most in half an hour."""
    for turn in range(360):
        guesser.guess()
        guesser.hand.wait(16)
        if restarts and turn % 3 == 0:
            guesser.restart()
        if clock:
            guesser.set_clock(1)
    assert guesser.now > 4 * WINDOW
    return guesser.most()


class TestGuessing:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(DEEDS, min_size=10, max_size=40))
    def test_at_most_ten_in_half_an_hour(self, deeds: list[Deed]) -> None:
        """Given whoever tries, waits, restarts and sets the clock, then one code is compared ten times at the most."""
        guesser = Guesser()
        for deed in deeds:
            do(guesser, deed)
        assert guesser.most() <= MOST

    def test_persistence(self) -> None:
        """Given somebody who tries for hours without any trick, then he gets nine tries in the best half an hour."""
        assert persistent(Guesser()) == 9

    def test_persistence_with_clock(self) -> None:
        """Given the clock set forward after each try, then there are no more tries than without."""
        assert persistent(Guesser(), clock=True) == 9

    def test_persistence_with_restarts(self) -> None:
        """Given a restart once a minute, then the code stays shut all the longer."""
        assert persistent(Guesser(), restarts=True) < 9

    def test_at_the_very_moment(self) -> None:
        """Given tries in the very second in which the code opens, then it is still ten at the most."""
        guesser = Guesser()
        while guesser.now < 6 * WINDOW:
            guesser.guess()
            if guesser.hand.notice == "code_is_shut":
                guesser.hand.wait(seconds(guesser.hand) - 3)
        assert 8 < guesser.most() <= MOST

    def test_red_control_wall_clock(self) -> None:
        """Given a delay by the wall clock, when it is set, then this test sees that hundreds get through."""
        assert persistent(Guesser(by_wall_clock=True), clock=True) > 50

    def test_red_control_memory(self) -> None:
        """Given failures that are not in the journal, when the till is restarted, then this test sees it too."""
        assert persistent(Guesser(forgets=True), restarts=True) > 50
