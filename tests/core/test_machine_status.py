"""«Статус» over any screen: opened, moved through, closed; scans are refused."""

import pytest
from msgspec.structs import replace

from cashier.core import conditions as c
from cashier.core.effects import Log, Signal
from cashier.core.events import Found, Pressed, Scanned
from cashier.core.machines.status import inspecting, open_status
from cashier.core.modes import EnteringCode, EnteringPassword, Inspecting, Menu, Mode, Paying, Selling
from cashier.core.say import say
from cashier.core.state import Step, Till
from tests.core.hand import NOON

ROWS = 5
"""Of a till that has heard of nothing."""


def standing(chosen: int = 0, back: Mode = Selling("12")) -> Till:  # noqa: B008 - a value
    """Make a till with the window open."""
    return Till(NOON, mode=Inspecting(back, chosen))


def press(till: Till, *keys: str) -> Step:
    """Press keys in the window."""
    step = Step(till)
    for key in keys:
        assert isinstance(step.till.mode, Inspecting)
        step = inspecting(step.till, step.till.mode, Pressed(key))
    return step


class TestOpening:
    @pytest.mark.parametrize("mode", [Selling("12"), Paying("5"), EnteringCode("7"), EnteringPassword("7", "11")])
    def test_over_any_screen(self, mode: Mode) -> None:
        """Given a screen, also the sign-in, when the window opens and closes, then what was typed still stands."""
        opened = open_status(Till(NOON, mode=mode))
        assert opened == Step(Till(NOON, mode=Inspecting(mode)))
        assert press(opened.till, "escape").till.mode == mode

    def test_from_the_cash_menu(self) -> None:
        """Given the cash menu, when its row opens the window, then closing leads to the sale."""
        assert open_status(Till(NOON, mode=Menu(7))).till.mode == Inspecting(Selling())

    def test_once(self) -> None:
        """Given the window, when it is opened again, then it stays one."""
        assert open_status(standing(3)) == Step(standing(3))


class TestKeys:
    @pytest.mark.parametrize("key", ["enter", "escape"])
    def test_closes(self, key: str) -> None:
        """Given the window, when Enter or Esc is pressed, then what was under it comes back."""
        assert press(standing(), key) == Step(Till(NOON, mode=Selling("12")))

    @pytest.mark.parametrize(
        ("keys", "chosen"),
        [
            (["down"], 1),
            (["down", "down", "up"], 1),
            (["up"], 0),
            (["end"], ROWS - 1),
            (["end", "down"], ROWS - 1),
            (["end", "home"], 0),
            (["pagedown"], ROWS - 1),
        ],
    )
    def test_moves(self, keys: list[str], chosen: int) -> None:
        """Given the window, when arrows are pressed, then the selection moves and stops at the ends."""
        assert press(standing(), *keys) == Step(standing(chosen))

    def test_moves_on_from_where_it_is_seen(self) -> None:
        """Given rows that went while the window stood, when an arrow is pressed, then it starts from the last row."""
        assert press(standing(40), "up").till.mode == Inspecting(Selling("12"), ROWS - 2)

    def test_trouble_makes_more_rows(self) -> None:
        """Given trouble that came while the window stood, then the arrows reach its rows too."""
        till = replace(standing(), conditions=(c.queue(0, 0, 1, 100),))
        assert press(till, "end").till.mode == Inspecting(Selling("12"), ROWS + 1)

    @pytest.mark.parametrize("key", ["1", "f9", "a"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given the window, when another key is pressed, then there is a tone and it stays."""
        assert press(standing(2), key) == Step(standing(2), (Signal(accepted=False),))


def test_scan_is_refused_aloud() -> None:
    """Given the window, when goods are scanned, then the scanner's tone, a word and the log tell; it stays."""
    till = standing()
    assert isinstance(till.mode, Inspecting)
    step = inspecting(till, till.mode, Scanned("left", 7, b"46"))
    assert step.till == replace(till, notice=say("scan_in_list"))
    assert step.effects == (
        Signal(accepted=False, device="left"),
        Log("scan left#7 refused: scan_in_list, 2 bytes 3436"),
    )


def test_answer_nobody_waits_for_changes_nothing() -> None:
    """Given the window, when an answer comes late, then nothing happens."""
    till = standing()
    assert isinstance(till.mode, Inspecting)
    assert inspecting(till, till.mode, Found(())) == Step(till)
