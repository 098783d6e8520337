"""Dialogs and help: nothing is cut that matters, hidden rows are counted, a level is seen without colour."""

import pytest
from msgspec.structs import replace

from cashier.core import conditions
from cashier.core.catalogue import Person
from cashier.core.conditions import Level
from cashier.core.events import Worker
from cashier.core.keys import key_map
from cashier.core.modes import MENU, ListingPeople, Reporting, Restoring
from cashier.core.money import Kopecks
from cashier.core.presets import PRESETS
from cashier.core.say import say
from cashier.core.view import view
from cashier.ui.themes import THEMES
from tests.ui.drawing import pen_of, rows_of, text_of, words_of
from tests.ui.fake_front import PASSWORD, FakeFront
from tests.ui.scenes import SCENES
from tests.ui.shots import Shot, sold

LEAST = (80, 24)
DIALOGS = {name: scene for name, scene in SCENES.items() if view(scene().front.till).dialog}


def shown(scene: str, size: tuple[int, int] = LEAST, language: str = "ru", theme: str = "normal") -> str:
    """Read a scene."""
    return text_of(rows_of(SCENES[scene](), size, language, theme))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scene", DIALOGS)
class TestEveryDialog:
    def test_its_keys_are_read_whole(self, scene: str, language: str) -> None:
        """Given the smallest window, then every key of a dialog stands there with its caption, not cut."""
        screen, words = shown(scene, LEAST, language), words_of(language)
        panel = view(SCENES[scene]().front.till).dialog
        assert panel is not None
        for hint in panel.keys:
            assert f"{''.join(map(words.key, hint.keys))} {words.text(hint.caption)}" in screen

    def test_its_title_and_its_sums_are_read_whole(self, scene: str, language: str) -> None:
        """Given the smallest window, then the title and the value of every row in sight are whole; names give way."""
        screen, pen = shown(scene, LEAST, language), pen_of(language, "normal")
        panel = view(SCENES[scene]().front.till).dialog
        assert panel is not None
        assert f" {pen.text(panel.title)} " in screen
        values = {pen.text(option.value) for option in panel.options if option.value}
        rows = [line for line in screen.split("\n") if "║" in line]
        assert all(any(value in row for row in rows) for value in values) or "↓" in screen

    def test_the_selected_line_stands_over_it(self, scene: str, language: str) -> None:
        """Given a dialog that something is chosen, typed or scanned in, then the line it may be about is in sight."""
        seen = view(SCENES[scene]().front.till)
        assert seen.dialog is not None
        if seen.form and not seen.dialog.only_read:
            assert f"▶{seen.form.rows[seen.form.chosen].position:>3}  " in shown(scene, LEAST, language)
        elif seen.sheet.selected and not seen.dialog.only_read:
            assert f"▶{seen.sheet.selected:>3}  " in shown(scene, LEAST, language)

    def test_the_total_stands_under_it(self, scene: str, language: str) -> None:
        """Given a dialog over the sale, then the big sum is never covered."""
        till = SCENES[scene]().front.till
        if till.ledger.cashier is None:
            return
        assert words_of(language).text(view(till).figure.caption) in shown(scene, LEAST, language)


class TestHiddenRows:
    def test_the_frame_counts_them(self) -> None:
        """Given a long list, then its frame tells how many rows stand above and below, from either end."""
        front = FakeFront().sign_in()
        people = tuple(Worker(Person(str(number), f"Кассир {number}", 1)) for number in range(1, 30))
        for chosen, above, below in ((0, 0, 22), (15, 11, 11), (29, 22, 0)):
            front.show(mode=ListingPeople(people, chosen))
            lines = [line.strip() for line in text_of(rows_of(Shot(front), LEAST)).split("\n")]
            top, low = (next(line for line in lines if line.startswith(corner)) for corner in "╔╚")
            assert top.endswith(f" ↑ {above} ═╗") == bool(above)
            assert low.endswith(f" ↓ {below} ═╝") == bool(below)
            assert sum(line.startswith("║") for line in lines) == 30 - above - below + 1

    def test_a_list_that_fits_counts_nothing(self) -> None:
        """Given three rows, then the frame is plain, and a blank row stands over the keys."""
        lines = shown("postponed").split("\n")
        assert not any("↓ " in line or "↑ " in line for line in lines if "═" in line)
        keys = next(number for number, line in enumerate(lines) if "Enter Взять" in line)
        assert set(lines[keys - 1].strip()) == {"║", " "}

    def test_digits_stand_before_the_first_nine_rows(self) -> None:
        """Given the cash menu, then nine rows have a digit that takes them, and the others have none."""
        screen = shown("menu-end", (100, 37))
        rows = [line.strip(" ║▶") for line in screen.split("\n") if "║" in line]
        words = [words_of("ru").texts[key] for key in MENU]
        assert [f"{number} {word}" for number, word in enumerate(words[:9], 1)] == rows[1:10]
        assert words[9:] == rows[10 : len(MENU) + 1]


class TestLevels:
    @pytest.mark.parametrize("theme", THEMES)
    def test_a_sign_of_the_theme_tells_it(self, theme: str) -> None:
        """Given a red, a yellow and a good row, then each begins with its own sign, whatever colours there are."""
        signs = THEMES[theme].signs
        screen = shown("status-trouble", (100, 37), theme=theme)
        rows = [line.strip(f" ║{signs.selected}") for line in screen.split("\n") if "║" in line]
        for level, words in (
            (Level.ALARM, "В принтере нет бумаги"),
            (Level.WARNING, "Справочникам 12 дней"),
            (Level.OK, "Банковский терминал отвечает"),
        ):
            assert any(row.startswith(signs.of(level)) and words in row for row in rows)
        assert len(set(signs.levels)) == len(Level)

    def test_texts_stand_under_each_other(self) -> None:
        """Given rows with and without a sign, then their words begin in one column, in the console's theme too."""
        for theme in THEMES:
            lines = shown("status", (100, 37), theme=theme).split("\n")
            assert len({line.index(word) for word in ("Диск:", "Серверы:") for line in lines if word in line}) == 1


class TestReports:
    @pytest.mark.parametrize("scene", ["x-report", "x-report-receipt", "z-report"])
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_a_report_is_whole_in_the_smallest_window(self, scene: str, language: str) -> None:
        """Given 80×24, then every row of a report is in sight, its dots lead to its sum, and the drawer comes last."""
        screen, pen = shown(scene, LEAST, language), pen_of(language, "normal")
        panel = view(SCENES[scene]().front.till).dialog
        assert panel is not None
        for option in panel.options:
            assert option.value is not None
            assert f"{pen.text(option.caption)} ..." in screen
            assert f". {pen.text(option.value)}  ║" in screen

    def test_sums_of_a_large_shop_are_whole(self) -> None:
        """Given a shift of hundreds of milliards, then no figure of its report is cut."""
        front = SCENES["x-report"]().front
        mode = front.till.mode
        assert isinstance(mode, Reporting)
        much = Kopecks(99_999_999_999_999)
        totals = replace(mode.report.totals, cash=much, cancelled=99_999, cancelled_sum=much)
        front.show(mode=Reporting(replace(mode.report, totals=totals)))
        screen = text_of(rows_of(Shot(front), LEAST))
        for words in ("Наличными .", "Отменено чеков: 99999 ."):
            assert any(words in line and " 999 999 999 999,99  ║" in line for line in screen.split("\n"))


class TestPostponed:
    def test_a_receipt_of_another_day_tells_the_day(self) -> None:
        """Given receipts of yesterday and of today, then only the older one has its date before its goods."""
        front = SCENES["postponed"]().front
        old, *others = front.till.ledger.postponed
        old = replace(old, opened="2026-11-20T21:15:00")
        front.show(ledger=replace(front.till.ledger, postponed=(old, *others)), mode=Restoring())
        screen = text_of(rows_of(Shot(front), LEAST))
        assert "1 Чек 1 · 20.11.2026 21:15 · Хлеб" in screen
        assert "2 Чек 2 · 18:26 · Молоко 3,2 % 1 л" in screen


class TestHelp:
    @pytest.mark.parametrize("preset", PRESETS)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_every_action_is_read_whole(self, preset: str, language: str) -> None:
        """Given any preset and the smallest window, then no action and no key of the help is cut or missing."""
        front = sold(training=True)
        front.show(rules=replace(front.till.rules, keymap=key_map(preset=PRESETS[preset])))
        front.press("f1")
        words, screen = words_of(language), text_of(rows_of(Shot(front), LEAST, language))
        sections = view(front.till).help
        titles = ["help_sale", "help_payment", "help_everywhere"]
        assert [section.title.key for section in sections] == titles
        assert "…" not in screen
        for section in sections:
            assert words.text(section.title) in screen
            for hint in section.hints:
                caps = "  ".join(words.key(key) for key in hint.keys)
                assert any(caps in line and words.text(hint.caption) in line for line in screen.split("\n"))

    def test_keys_of_one_context_alone_are_told(self) -> None:
        """Given a keypad whose «/» is Esc at the sale, then the help says that under the sale and the payment."""
        front = sold()
        front.show(rules=replace(front.till.rules, keymap=key_map(preset=PRESETS["numpad"])))
        front.press("f1")
        sale, payment, *_ = view(front.till).help
        for section in (sale, payment):
            assert ("/", "escape") in [hint.keys for hint in section.hints]


class TestHeader:
    def test_trouble_takes_the_place_of_the_place(self) -> None:
        """Given a long trouble in a narrow window, then receipt and cashier stay, and the shop's number gives way."""
        top = shown("charging-silent").split("\n")[0]
        assert top == " ПРОДАЖА  чек 1 · см. 1  Иванова           ■ Терминал не отвечает   21.11 18:26"
        assert "Магазин 77 · Касса 3" in shown("charging-silent", (100, 37)).split("\n")[0]

    @pytest.mark.parametrize("number", [1, 15, 9999])
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_the_longest_trouble_is_whole(self, language: str, number: int) -> None:
        """Given work without the check of marks, then 80 columns say so whole; shift and name give way to that."""
        front = SCENES["mark-degraded"]().front
        receipt = front.till.ledger.receipt
        assert receipt is not None
        front.show(ledger=replace(front.till.ledger, receipt=replace(receipt, number=number)))
        words = words_of(language)
        top = text_of(rows_of(Shot(front), LEAST, language)).split("\n")[0]
        assert f" ▲ {words.text(say('status_marks_unchecked'))}  " in top
        assert f" {words.text(say('header_receipt_alone', number=number))} " in top
        assert top.endswith("18:26")

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_worse_trouble_does_not_hide_it(self, language: str) -> None:
        """Given work without the check and a printer without paper, then the quiet line says what the header cannot."""
        front = SCENES["mark-degraded"]().front
        words, unchecked = words_of(language), say("status_marks_unchecked")
        front.show(conditions=(*front.till.conditions, conditions.printer("out_of_paper")))
        rows = text_of(rows_of(Shot(front), LEAST, language)).split("\n")
        assert words.text(say("status_printer_paper")) in rows[0]
        assert rows[-2].endswith(words.text(unchecked))
        front.show(conditions=(conditions.marks(checked=True), conditions.printer("out_of_paper")))
        assert words.text(unchecked) not in text_of(rows_of(Shot(front), LEAST, language))

    def test_a_wide_window_needs_no_room_for_it(self) -> None:
        """Given 132 columns, then place, shift and cashier stand beside the trouble."""
        top = shown("mark-degraded", (132, 43)).split("\n")[0]
        assert top.startswith(" Магазин 77 · Касса 3  ПРОДАЖА  чек 1 · смена 1  Иванова ")
        assert "▲ Работа без проверки кодов маркировки" in top


class TestWaits:
    @pytest.mark.parametrize("scene", ["charging", "charging-asking", "reversing", "closing"])
    def test_a_device_at_work_is_waited_for(self, scene: str) -> None:
        """Given a terminal or fiscal device at work, then the screen counts the wait."""
        assert view(SCENES[scene]().front.till).wait is not None

    @pytest.mark.parametrize("scene", ["charging-silent", "charging-manual", "closing-silent"])
    def test_a_question_is_no_wait(self, scene: str) -> None:
        """Given a device that is asked about, then nothing is counted, and no way out is offered that there is not."""
        assert view(SCENES[scene]().front.till).wait is None
        assert "Esc" not in shown(scene)

    def test_asking_is_a_wait_of_its_own(self) -> None:
        """Given a terminal that is asked what became of it, then the seconds begin anew."""
        first, second = (view(SCENES[scene]().front.till).wait for scene in ("charging", "charging-asking"))
        assert first is not None
        assert second is not None
        assert first.token != second.token


@pytest.mark.parametrize("scene", SCENES)
def test_no_password_is_ever_drawn(scene: str) -> None:
    """Given any scene, those where a password was just typed among them, then it is nowhere on the screen."""
    for language in ("ru", "en"):
        assert PASSWORD not in shown(scene, (100, 37), language)
