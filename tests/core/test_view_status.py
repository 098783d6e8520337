"""«Статус» as it is seen: the header's word, the sign-in's list, the rows of the window."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cashier.core import conditions as c
from cashier.core.conditions import Condition, Level
from cashier.core.keys import Action
from cashier.core.modes import Inspecting, Selling
from cashier.core.money import Kopecks
from cashier.core.say import say
from cashier.core.state import Device, Rules, Till
from cashier.core.view_model import State
from cashier.core.view_sign_in import states
from cashier.core.view_status import known, rows, status
from cashier.ui.locale import Catalogue
from cashier.ui.paint.text import width
from tests.core.hand import NOON

HEADER = 28
"""Cells of the header for what is wrong."""
ROW = 53
"""Cells of a row of the narrowest dialog for a text and its sign."""

SERVER = Condition("markserver", Level.WARNING, say("external", text="Сервер марок молчит"))
WELL = (
    *(c.disk(10**11, 10**12, 500, 50), c.dictionaries(timedelta(hours=2), 3), c.queue(3, 0, 0, 100)),
    *(c.shift("2026-11-21T09:00:00", NOON, 900), c.drawer(Kopecks(0), Kopecks(0)), c.version("0.1.0")),
    *(c.printer(""), c.terminal(answers=True), c.fiscal(answers=True)),
)
TROUBLES = (
    *(c.disk(43_000_000, 10**12, 500, 50), c.disk(499_000_000, 10**12, 500, 50)),
    *(c.dictionaries(timedelta(days=128), 3), c.dictionaries(None, 3)),
    *(c.queue(99_999, 0, 0, 1), c.queue(1, 365, 0, 100), c.queue(0, 0, 99_999, 100)),
    *(c.shift("2026-11-21T09:00:00", NOON + timedelta(days=days), 900) for days in (1, 2)),
    c.shift("2026-11-21T09:00:00", NOON + timedelta(hours=11, minutes=50), 900),
    *(c.slow("Scanned", 0.41), c.drawer(Kopecks(1), Kopecks(1))),
    *(c.printer(trouble) for trouble in ("off", "out_of_paper", "broken")),
    *(c.terminal(answers=False), c.fiscal(answers=False), c.settings(999)),
    *(c.unmeasured("disk"), c.unmeasured("dictionaries"), c.unmeasured("queue"), c.unmeasured("shift")),
)

LONG = (
    c.marks(checked=False),
    c.marks(checked=False, sold=False),
    c.queue_server(answers=False),
    c.slow("marked_goods", 9.9),
    c.clock("2026-10-07T18:26:00"),
)
"""Troubles for which the header has more room; see the pictures of it."""


def till(*conditions: Condition, devices: tuple[Device, ...] = (), disk: str = "", rules: Rules | None = None) -> Till:
    """Make a till that knows this much."""
    return Till(NOON, rules or Rules(), conditions=conditions, devices=devices, disk=disk)


def keys(at: Till) -> list[str]:
    """Return the texts of the window's rows."""
    return [row.caption.key for row in rows(at)]


class TestHeaderAndSignIn:
    def test_of_equals_the_most_important_is_first(self) -> None:
        """Given several alarms, then the one that stops the sale comes first, however they came in."""
        dead = (Device("left", "gone"),)
        at = till(c.terminal(answers=False), c.printer("off"), c.fiscal(answers=False), devices=dead, disk="full")
        told = [own.topic for own in known(at)]
        assert told == ["store", "fiscal", "printer", "terminal", "scanner"]

    def test_a_server_stands_between_dictionaries_and_queue(self) -> None:
        """Given a condition of a topic nobody knows here, then it is a server's."""
        at = till(c.queue(0, 0, 1, 100), SERVER, c.dictionaries(None, 3))
        assert [own.topic for own in known(at)] == ["dictionaries", "markserver", "queue"]

    def test_sign_in_tells_scanners_and_trouble_alone(self) -> None:
        """Given much that is well, then the sign-in lists the scanners and nothing else that is well."""
        at = till(*WELL, SERVER, devices=(Device("right", "ready"), Device("left", "ready")))
        ready = [State(Level.OK, say("device_ready", name=name)) for name in ("right", "left")]
        assert states(at) == (*ready, State(Level.WARNING, SERVER.text))

    @pytest.mark.parametrize(
        ("state", "level"),
        [
            ("ready", Level.OK),
            ("gone", Level.ALARM),
            ("denied", Level.ALARM),
            ("opening", Level.WARNING),
            ("stopped", Level.WARNING),
        ],
    )
    def test_scanner(self, state: str, level: Level) -> None:
        """Given a scanner's state, then its name and its words tell."""
        assert states(till(devices=(Device("left", state),))) == (State(level, say(f"device_{state}", name="left")),)

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("trouble", TROUBLES)
    def test_trouble_fits_the_header(self, trouble: Condition, language: str) -> None:
        """Given any trouble, then the header has room for all of its words."""
        assert trouble.level is not Level.OK
        assert width(Catalogue(language).text(trouble.text)) <= HEADER


class TestWindow:
    def test_all_is_well(self) -> None:
        """Given a till where all is well, then one row tells of each thing, in a fixed order, each with its sign."""
        at = till(*WELL, replace(SERVER, level=Level.OK), devices=(Device("left", "ready"),))
        assert keys(at) == [
            *("status_fiscal", "status_shift", "status_disk", "status_printer", "status_terminal", "device_ready"),
            *("status_dictionaries", "external", "status_queue", "status_drawer", "status_version"),
        ]
        assert [row.level for row in rows(at)] == [*[Level.OK] * 10, None]
        assert all(row.value is None for row in rows(at))

    def test_the_clock_stands_after_the_shift(self) -> None:
        """Given a clock a day off the documents, then it says of when the last one is, and under it what to do."""
        at = till(*WELL, c.clock("2026-11-19T12:00:00"))
        assert keys(at)[:3] == ["status_clock_doubted", "status_advice_clock", "status_fiscal"]
        assert keys(till(*WELL, c.clock("")))[1:3] == ["status_shift", "status_clock"]

    def test_what_is_not_there_is_told_too(self) -> None:
        """Given a till that has heard of nothing, then each thing has its row, and no sign that it works."""
        assert keys(till()) == [
            *("status_fiscal_none", "status_printer_unasked", "status_terminal_alone", "status_scanners_none"),
            "status_servers_none",
        ]
        assert all((row.level, row.value) == (None, None) for row in rows(till()))

    def test_devices_that_were_not_needed_yet(self) -> None:
        """Given a terminal and a fiscal device that nothing was asked of, then that is what is told."""
        texts = keys(till(rules=Rules(terminal=True, fiscal=True)))
        assert {"status_fiscal_unasked", "status_terminal_unasked"} <= set(texts)

    def test_server_of_marks_is_a_server(self) -> None:
        """Given a till whose marks are checked by a server, then it is not said that no server is set up."""
        texts = keys(till(rules=Rules(checks_marks=True)))
        assert "status_marks_unasked" in texts
        assert "status_servers_none" not in texts

    def test_trouble_stands_above_with_what_to_do(self) -> None:
        """Given a warning and an alarm, then they lead, the alarm first, each with sign, word and advice under it."""
        at = till(*WELL, c.printer("out_of_paper"), c.queue(0, 0, 2, 100))
        first = [(row.caption.key, row.level, row.value.key if row.value else "") for row in rows(at)[:5]]
        assert first == [
            ("status_printer_paper", Level.ALARM, "status_level_alarm"),
            ("status_advice_paper", None, ""),
            ("status_queue_parked", Level.WARNING, "status_level_warning"),
            ("status_advice_parked", None, ""),
            ("status_fiscal", Level.OK, ""),
        ]

    @pytest.mark.parametrize("trouble", [*TROUBLES, *LONG, SERVER])
    def test_every_trouble_has_advice(self, trouble: Condition) -> None:
        """Given any trouble, then the row under it says what to do, and both fit the narrowest dialog."""
        row, advice = rows(till(trouble))[:2]
        assert row.caption == trouble.text
        assert advice.caption.key.startswith("status_advice_")
        for language in ("ru", "en"):
            words = Catalogue(language)
            assert width(words.text(advice.caption)) <= ROW
            assert row.value is not None
            assert width(f"{words.text(row.caption)}  {words.text(row.value)}") <= ROW

    def test_disk_that_takes_nothing(self) -> None:
        """Given a disk that refuses to write, then that comes before everything else."""
        assert keys(till(*TROUBLES, disk="full"))[:2] == ["disk_trouble", "status_advice_store"]

    def test_selection_stays_within_the_rows(self) -> None:
        """Given a selection beyond the rows that are left, then the last one is selected; keys close the window."""
        shown = status(till(), Inspecting(Selling(), 99))
        assert (shown.title, shown.chosen) == (say("status_title"), len(shown.options) - 1)
        assert [hint.keys for hint in shown.keys] == [("up", "down"), ("escape",)]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("fine", WELL)
def test_rows_fit(fine: Condition, language: str) -> None:
    """Given whatever is well, then its row is not cut in the narrowest dialog."""
    assert width(Catalogue(language).text(fine.text)) <= ROW


def test_action_has_a_name() -> None:
    """The key that opens the window is in the help."""
    assert f"action_{Action.STATUS}" in Catalogue("ru").texts
