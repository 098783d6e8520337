"""The scan-mark dialog as it is painted: what matters is whole in the smallest window, names give way."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Kind
from cashier.core.keys import Action, Context, key_map
from cashier.core.modes import Popup, Selling
from cashier.core.money import LIMIT
from cashier.core.reading import Reading
from cashier.core.say import Say, say
from cashier.core.view import view
from cashier.gates.marked_goods import STATUSES
from tests.gates.marked import mark
from tests.ui.drawing import fills, rows_of, text_of, words_of
from tests.ui.mark_front import BOTTLE, DRESS, PACK, MarkFront
from tests.ui.scenes_marks import MARK_SCENES, begun
from tests.ui.shots import Shot
from tests.ui.test_ui_hostile import HOSTILE

LEAST = (80, 24)
SIZES = [LEAST, (80, 25), (100, 37), (132, 43)]
DAMAGES = ("structure", "no_gs", "glued", "alphabet", "too_long")


def inside(front: MarkFront, size: tuple[int, int] = LEAST, language: str = "ru") -> list[str]:
    """Read the rows of a dialog without its frame, blank ones left out."""
    rows = text_of(rows_of(Shot(front), size, language)).split("\n")
    said = (row.strip().strip("║").strip() for row in rows if row.strip().startswith("║"))
    return [row for row in said if row]


def asking(*wrong: Reading, without: bool = False) -> MarkFront:
    """Return a till with the dialog for a pack of milk, after codes that will not do."""
    front = begun(without=without)
    front.scan(PACK.barcode)
    return front.take(*wrong)


class TestDialog:
    def test_it_is_that_of_the_sketch(self) -> None:
        """Name at the left, price at the right, what to do, what was wrong, the keys; a blank row between each."""
        shot = MARK_SCENES["mark-other-item"]()
        lines = text_of(rows_of(shot, (80, 25))).split("\n")
        panel = [line.strip()[1:-1].strip() for line in lines if line.strip().startswith("║")]
        assert panel == [
            "Молоко 3,2 % 1 л                                     89,90 ₽",
            "",
            "▣  Поднесите сканер к DataMatrix",
            "",
            "Код маркировки относится к другому товару: Вода 0,5 л.",
            "Считайте код на этом товаре.",
            "",
            "1 Без маркировки    Esc Отмена",
        ]

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_no_two_blank_rows(self, size: tuple[int, int]) -> None:
        """Given any scene of it, then no two blank rows follow one another."""
        for scene in MARK_SCENES.values():
            lines = text_of(rows_of(scene(), size)).split("\n")
            blank = [set(line.strip()) == {"║", " "} for line in lines]
            assert not any(a and b for a, b in pairwise(blank))

    @pytest.mark.parametrize("size", SIZES, ids=str)
    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_long_names_cut_nothing_else(self, size: tuple[int, int], language: str) -> None:
        """Given names longer than any row, then price, request, what is wrong, what to do and keys are whole."""
        words = words_of(language)
        front = MARK_SCENES["mark-long"]().front
        assert isinstance(front, MarkFront)
        rows = inside(front, size, language)
        assert rows[0].endswith(f"  {words.money(DRESS.price)} ₽")
        assert any(words.text(say("hold_scanner")) in row for row in rows)
        assert any(row.startswith(words.text(say("mark_of_other_item"))) for row in rows)
        assert words.text(say("mark_of_other_item_advice")) in rows
        assert rows[-1].startswith(f"1 {words.text(say('mark_without'))}")

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("damage", DAMAGES)
    def test_every_damage_is_told_whole(self, damage: str, language: str) -> None:
        """Given a damaged code, then the smallest window shows all of what is wrong and what to do."""
        front = asking(Reading(damage=damage), without=True)
        problem = view(front.till).dialog
        assert problem is not None
        assert isinstance(problem.problem, Say)
        assert words_of(language).text(problem.problem) in " ".join(inside(front, LEAST, language))

    def test_the_dearest_goods(self) -> None:
        """Given the highest price there is, then it is whole."""
        front = MarkFront(goods=(replace(DRESS, price=LIMIT),))
        front.scan(DRESS.barcode)
        assert inside(front)[0].endswith(f"  {words_of('ru').money(LIMIT)} ₽")

    def test_the_key_for_a_sample_in_training(self) -> None:
        """Given a trainee, then the panel of samples, which works there too, is named; a cashier is not told of it."""
        training = begun(training=True)
        training.scan(PACK.barcode)
        assert inside(training)[-1] == "F3 Образцы    Esc Отмена"
        assert inside(asking())[-1] == "Esc Отмена"

    def test_keys_of_the_map_in_force(self) -> None:
        """Given a till whose Esc is another key in lists, then the dialog names the one that works there."""
        front = asking(without=True)
        keymap = key_map({Context.LIST: {Action.CANCEL: ("/",)}})
        front.show(rules=replace(front.till.rules, keymap=keymap))
        assert inside(front)[-1] == "1 Без маркировки    / Отмена"
        front.press("/")
        assert view(front.till).dialog is None

    def test_storno_names_the_line(self) -> None:
        """Given a line with a mark to be storno'd, then the dialog names it, wants its mark, offers nothing else."""
        front = begun(without=True)
        front.press("delete")
        named, *rest = inside(front)
        assert named.split() == ["Сторно", "2:", "Молоко", "3,2", "%", "1", "л", "89,90", "₽"]
        assert rest == ["▣  Поднесите сканер к DataMatrix", "Esc Отмена"]


class TestRefusals:
    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("status", STATUSES)
    def test_every_status_is_told_whole(self, status: str, language: str) -> None:
        """Given a status that keeps the goods out, then the smallest window shows all of why, and what to do."""
        front = begun()
        front.status = status
        front.take(mark(BOTTLE))
        mode = front.till.mode
        if not isinstance(mode, Popup):
            assert "Вода 0,5 л" in text_of(rows_of(Shot(front), LEAST, language))
            return
        words = words_of(language)
        said = " ".join(inside(front, LEAST, language))
        assert said == f"{words.text(mode.reason)} {words.text(mode.advice)} Enter {words.text(say('key_understood'))}"

    def test_a_long_name_cuts_no_advice(self) -> None:
        """Given goods with an endless name that nobody calls marked, then what to do is whole."""
        endless = replace(DRESS, name="Платье " * 60, kind=Kind.PLAIN)
        front = begun().take(mark(endless))
        said = " ".join(inside(front))
        assert said.endswith(
            "У него нет признака маркировки. Скажите старшему кассиру или сканируйте штрих-код. Enter Понятно"
        )

    def test_a_line_taken_out_after_a_crash(self) -> None:
        """Given a line that could not stay, then the error cuts its name before the reason and what to do."""
        front = begun()
        front.show(mode=_gone("Платье " * 60, say("mark_status_reserved")))
        said = " ".join(inside(front))
        assert said.startswith("Снята позиция: Платье")
        assert said.endswith(
            "… Товар с такой акцизной маркой уже был зарезервирован Уберите товар или добавьте его снова. Enter Понятно"
        )


class TestHostileText:
    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_in_every_mark_dialog(self, words: str) -> None:
        """Markup, escapes, bidi and endless words in names and codes change nothing but the text itself."""
        for front in _hostile(words):
            for size in (LEAST, (100, 37)):
                fills(Shot(front), size)

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_price_and_keys_stand(self, words: str) -> None:
        """Given goods of any name, then their price, the request and the keys are there whole."""
        rows = inside(_hostile(words)[0])
        assert any(row.endswith("89,90 ₽") for row in rows)
        assert "▣  Поднесите сканер к DataMatrix" in rows
        assert rows[-1] == "1 Без маркировки    Esc Отмена"

    def test_markup_is_shown_as_it_stands(self) -> None:
        """A name in brackets is a name in brackets."""
        rows = inside(_hostile("[@click=app.quit]Т[/]")[0])
        assert rows[0].startswith("[@click=app.quit]Т[/]")
        assert "Код маркировки относится к другому товару: [@click=app.quit]Т[/]." in " ".join(rows)


def _hostile(words: str) -> list[MarkFront]:
    """Put hostile words into every place of the dialogs of marks that shows text from outside."""
    pack, other = replace(PACK, name=words, unit=words), replace(BOTTLE, name=words)
    dialog = MarkFront(goods=(pack, other), without=True)
    dialog.scan(pack.barcode)
    dialog.take(mark(other))
    storno = MarkFront(goods=(pack,)).take(mark(pack))
    storno.press("delete")
    unmarked = MarkFront().take(mark(replace(DRESS, name=words, kind=Kind.PLAIN)))
    unknown = MarkFront().take(Reading(words, code=f"{words}?", ki=words or "?", category="Milk", named=True))
    status = MarkFront()
    status.status = words
    status.take(mark(PACK))
    taken_out = begun()
    taken_out.show(mode=_gone(words, say("external", text=words)))
    return [dialog, storno, unmarked, unknown, status, taken_out]


def _gone(name: str, reason: Say) -> Popup:
    """Tell that a line had to go."""
    gone = say("line_withdrawn_because", name=name, reason=reason)
    return Popup(gone, say("line_withdrawn_advice"), Selling())
