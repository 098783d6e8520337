import pytest

from cashier.ui.patience import Patience


class TestPatience:
    def test_a_short_wait_is_not_spoken_of(self) -> None:
        """Nothing for 150 ms, words until 2 s, then seconds; a new wait begins anew."""
        now = [0.0]
        patience = Patience(lambda: now[0])
        said = []
        for at, token in ((0, "a"), (0.1, "a"), (0.2, "a"), (1.9, "a"), (2.0, "a"), (3.5, "a"), (3.6, "b"), (3.7, "")):
            now[0] = at
            said.append(patience.waited(token)[0])
        assert said == [None, None, 0, 0, 2, 3, None, None]

    def test_it_asks_again_when_its_words_change(self) -> None:
        """One timer is enough."""
        now = [0.0]
        patience = Patience(lambda: now[0])
        assert patience.waited("a")[1] == pytest.approx(0.15)
        now[0] = 0.15
        assert patience.waited("a")[1] == pytest.approx(1.85)
        now[0] = 2.25
        assert patience.waited("a")[1] == pytest.approx(0.75)
        assert patience.waited("")[1] is None
