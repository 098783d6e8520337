import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cashier
from cashier.core.events import SaleFound
from cashier.core.keys import Action
from cashier.core.modes import (
    CHARGE_ROWS,
    CLOSING_ROWS,
    MENU,
    PAPER_ROWS,
    PERSON_ROWS,
    POSTPONED_ROWS,
    SEEK_FIELDS,
    SEEK_ROWS,
    UNREGISTERED_ROWS,
)
from cashier.core.money import Kopecks
from cashier.core.presets import PRESETS
from cashier.core.quantity import Thousandths
from cashier.core.rights import Right
from cashier.core.sales import REASONS
from cashier.core.say import Count, Say, Sum, say
from cashier.core.tender import TenderKind
from cashier.ui.locale import Catalogue
from cashier.ui.locale.catalogue import LANGUAGES

OUTCOMES = get_type_hints(SaleFound)["outcome"]
RU, EN = Catalogue("ru"), Catalogue("en")
KEY = re.compile("[a-z_]{3,}")
PLACE = re.compile(r"\{(\w+)(?:\|[^{}]*)?\}")


def _keys_in_code() -> Iterator[str]:
    for file in Path(cashier.__file__).parent.rglob("*.py"):
        if "settings" in file.parts:
            continue  # they have texts of their own
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
                yield from filter(KEY.fullmatch, map(_text, ast.walk(node.args[0])))


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


WANTED = {key for key in _keys_in_code() if key not in {"failed", "unknown", "action_"}}
ROWS = {
    *MENU,
    *PAPER_ROWS,
    *UNREGISTERED_ROWS,
    *CLOSING_ROWS,
    *POSTPONED_ROWS,
    *PERSON_ROWS,
    *SEEK_ROWS,
    *(row for rows in CHARGE_ROWS.values() for row in rows),
}
MARK_UNREAD = "Код маркировки не распознан. Пришли два кода сразу: считайте один."
FOUND = {
    "sale_missing",
    "sale_returned",
    *(f"sale_{own}" for own in get_args(OUTCOMES) if own not in {"found", "several"}),
}
RETURNS = {
    *FOUND,
    *(f"{own}_advice" for own in FOUND),
    *(f"entry_seek_{own}" for fields in SEEK_FIELDS.values() for own in fields),
    *(f"seek_typed_{own}" for fields in SEEK_FIELDS.values() for own in fields[:-1]),
    *(f"paper_reason_{own}" for own in REASONS),
    *(f"refund_paid_{kind}" for kind in TenderKind),
}
FAMILIES = {*ROWS, *RETURNS, *(f"action_{action}" for action in Action), *(f"right_{right}" for right in Right)}


class TestKeys:
    def test_languages_have_the_same_texts(self) -> None:
        """What one language can say, the other can."""
        assert set(RU.texts) == set(EN.texts)

    @pytest.mark.parametrize("key", sorted(RU.texts))
    def test_languages_have_the_same_places(self, key: str) -> None:
        """A text shows the same values in both languages."""
        assert set(PLACE.findall(RU.texts[key])) == set(PLACE.findall(EN.texts[key]))

    @pytest.mark.parametrize("key", sorted(WANTED | FAMILIES))
    def test_every_text_of_the_code_is_there(self, key: str) -> None:
        """No screen shows a bare key."""
        assert key in RU.texts

    def test_no_text_is_idle(self) -> None:
        """A text that nothing says is taken out."""
        caps = {key for key in RU.texts if key.startswith("cap_")}
        assert set(RU.texts) - WANTED - FAMILIES - caps == set()

    def test_every_key_of_a_preset_has_a_cap(self) -> None:
        """Keys of the ready-made maps are written as they stand on the keyboard."""
        keys = {key for preset in PRESETS.values() for own in preset.values() for keys in own.values() for key in keys}
        assert all(f"cap_{key}" in RU.texts or re.fullmatch(r"f\d+|.", key) for key in keys)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (say("goods_unknown", code="460"), "Товар со штрих-кодом 460 не найден"),
        (say("quantity_of_marked"), "Изменение количества маркированного товара запрещено"),
        (say("lines_count", count=1), "1 позиция"),
        (say("lines_count", count=22), "22 позиции"),
        (say("lines_count", count=11), "11 позиций"),
        (say("lines_count", count=114), "114 позиций"),
        (say("given_back", paid=Sum(Kopecks(123450))), "Верните покупателю 1 234,50 ₽"),
        (say("quantity_out_of_range", quantity=Count(Thousandths(745))), "Количество 0,745 вне допустимых пределов"),
        (say("no_such_text"), "⟨no_such_text⟩"),
        (say("goods_unknown"), "Товар со штрих-кодом ? не найден"),
        (say("external", text="{code} {count|a|b}"), "{code} {count|a|b}"),
        (say("problem", what=say("mark_unread"), advice=say("mark_glued_advice")), MARK_UNREAD),
        (say("mark_in_receipt"), "Код маркировки уже добавлен в чек"),
        (say("mark_of_other_item"), "Код маркировки относится к другому товару"),
        (say("mark_not_in_receipt"), "Позиция с таким кодом маркировки не найдена в чеке"),
        (say("mark_registered_before"), "Код маркировки уже был зарегистрирован ранее"),
        (say("mark_not_white"), "Товар с таким кодом маркировки запрещен к продаже"),
        (say("mark_status_returned"), "Товар с такой акцизной маркой уже был возвращен"),
        (say("mark_status_not_sold"), "Товар с такой акцизной маркой не был продан"),
        (say("sale_missing"), "Чек не найден"),
        (say("sale_returned"), "Чек уже возвращен полностью"),
        (say("sale_cancelled"), "Чек отменен"),
        (say("sale_other_shop"), "Чек другого магазина"),
        (say("return_exceeds"), "Количество превышает остаток к возврату"),
        (say("status_marks_unchecked"), "Работа без проверки кодов маркировки"),
    ],
)
def test_a_text_is_to_the_letter(what: Say, text: str) -> None:
    """Texts that others rely on, forms by number, and what hostile values may not do."""
    assert RU.text(what) == text


class TestParts:
    def test_a_text_in_two_parts(self) -> None:
        """Given a text that dialogs show apart, then each part is written; of most texts there is one."""
        item = say("mark_item", name="Молоко", price=Sum(Kopecks(8990)))
        assert RU.parts(item) == ("Молоко", "89,90 ₽")
        assert RU.text(item) == "Молоко 89,90 ₽"
        assert RU.parts(say("mark_scan")) == ("Считайте код маркировки",)

    def test_values_never_part_it(self) -> None:
        """Given goods with the parting sign in their name, then the name stays in one piece."""
        name = "Чай ⇥ 0,01 ₽"
        assert RU.parts(say("mark_item", name=name, price=Sum(Kopecks(8990)))) == (name, "89,90 ₽")


class TestFigures:
    @pytest.mark.parametrize(
        ("amount", "ru", "en"),
        [
            (0, "0,00", "0.00"),
            (5, "0,05", "0.05"),
            (123450, "1 234,50", "1,234.50"),
            (-123456789, "-1 234 567,89", "-1,234,567.89"),
        ],
    )
    def test_money(self, amount: int, ru: str, en: str) -> None:
        """Each language writes sums in its own way."""
        assert (RU.money(Kopecks(amount)), EN.money(Kopecks(amount))) == (ru, en)

    def test_quantity(self) -> None:
        """Idle zeros are left out."""
        assert (RU.quantity(Thousandths(745)), EN.quantity(Thousandths(1500))) == ("0,745", "1.5")

    @given(st.integers(0, 10**6))
    def test_a_count_has_one_of_its_forms(self, count: int) -> None:
        """Every number has a form."""
        words = {"позиция", "позиции", "позиций"}
        assert RU.text(say("lines_count", count=count)).removeprefix(f"{count} ") in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_one_clean_line(language: str) -> None:
    """No text has line breaks, double spaces or blanks at its ends."""
    for text in Catalogue(language).texts.values():
        assert text == text.strip()
        assert "  " not in text
        assert text.isprintable()
