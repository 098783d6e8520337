"""Marked goods: categories, inheritance and the traps of the seed's own example."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cashier.check import run_check
from cashier.folder import DataFolder
from cashier.masks import check_mask
from cashier.settings import Loaded, Settings, load
from cashier.settings.effective import report

Write = Callable[..., Loaded]

SEED = r"""[plugins]
markedgoods = on

[MarkedGoods]
; Проверка кодов маркировки на сервере
; По умолчанию false
enableMarkVerify = true

; Url сервера проверки кодов маркировки
; Для работы с КС используется следующий url "http://'IP-адрес КС':8080/CSrest/rest/sales/exciseMark/status"
; По умолчанию http://localhost:8080
markVerifyUrl = http://localhost:8080

; Таймаут обращения к серверу проверки кодов маркировки в секундах
; По умолчанию 30
markVerifyTimeout = 30

; Игнорировать ошибки обращения к серверу проверки кодов маркировки
; По умолчанию true
ignoreMarkVerifyErrors = true

; Проверять коды маркировки на кассе
; По умолчанию false
enableMarkVerifyLocal = false

; Добавлять маркированные товары в чек без ввода кода маркировки
; По умолчанию false
addWithoutScanMark = false

;[MarkedGoods.Milk]
;mask = "\s*01(?<barcode>[0-9]{14})21.{13}\s*(17\d{6}|7003\d{10})\s*93.{4}"
; Проверка кодов маркировки на сервере
; По умолчанию false
enableMarkVerify = false
; Проверять коды маркировки на кассе
; По умолчанию false
enableMarkVerifyLocal = true

;[MarkedGoods.Camera]
;mask = "01(?<barcode>[0-9]{14})21.{20}\s*91.{4}\s*92.{44}"
; Проверка кодов маркировки на сервере
; По умолчанию false
enableMarkVerify = true
; Проверять коды маркировки на кассе
; По умолчанию false
enableMarkVerifyLocal = false

;[MarkedGoods.Common]
;mask = "01(?<barcode>[0-9]{14})21.{13}\s*91.{4}\s*92.{44}"
; Игнорировать ошибки обращения к серверу проверки кодов маркировки
; По умолчанию true
ignoreMarkVerifyErrors = false

;[MarkedGoods.Water]
;mask = "01(?<barcode>[0-9]{14})21.{13}\s*93.{4}\s*"
"""
"""The example of the documentation, letter by letter."""


def values(loaded: Loaded) -> Settings:
    """Settings without mistakes."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return loaded.settings


def test_example_of_the_seed_applies_stray_keys_to_the_section_above_with_warnings(given: Write) -> None:
    """Its subsections are commented out, their parameters are not: each is told with its line, the last one counts."""
    loaded = given(SEED)
    twice = [warning for warning in loaded.warnings if "уже задан" in warning.text]
    assert [warning.line for warning in twice] == [34, 37, 43, 46, 52]
    assert "ncash.ini:34: [MarkedGoods] enableMarkVerify уже задан в строке 7" in str(twice[0])
    goods = values(loaded).marked_goods
    assert (goods.enable_mark_verify, goods.enable_mark_verify_local) == (True, False)
    assert (goods.ignore_mark_verify_errors, goods.mark_verify_timeout, goods.categories) == (False, 30.0, ())


def test_example_of_the_seed_with_its_subsections_has_four_categories(given: Write) -> None:
    """As it is meant: the `;` before sections and masks taken away, each has its own values and the others' rest."""
    loaded = given(SEED.replace(";[", "[").replace(";mask", "mask"))
    milk, camera, common, water = values(loaded).marked_goods.categories
    assert [own.enable_mark_verify for own in (milk, camera, common, water)] == [False, True, True, True]
    assert [own.enable_mark_verify_local for own in (milk, camera, common, water)] == [True, False, False, False]
    assert [own.ignore_mark_verify_errors for own in (milk, camera, common, water)] == [True, True, False, True]
    assert [warning.line for warning in loaded.warnings] == [7]


@pytest.mark.parametrize(
    "key", ["addWithoutScanMark", "skipCheckExciseMark", "checkLocalUniqueness", "trustServerReturn"]
)
def test_common_key_in_a_subsection_is_a_mistake(given: Write, key: str) -> None:
    """It would be believed to hold there."""
    (mistake,) = given(f"[MarkedGoods.Milk]\nmask = m\n{key} = on").mistakes
    assert (mistake.line, f"«{key}» — общий параметр" in mistake.text) == (3, True)


def test_category_has_its_own_values_and_those_of_the_common_section(given: Write) -> None:
    """What a subsection does not state comes from [MarkedGoods], wherever that stands."""
    text = (
        '[MarkedGoods.Milk]\nmask = "m"\nenableMarkVerify = on\n[MarkedGoods.Water]\nmask = w\n'
        "[MarkedGoods]\nmarkVerifyTimeout = 7\nmarkVerifyUrl = http://ks:8080/x\n"
    )
    milk, water = values(given(text)).marked_goods.categories
    assert (milk.name, milk.mask, milk.place.line, milk.enable_mark_verify) == ("Milk", "m", 2, True)
    assert (water.name, water.mask, water.place.line, water.enable_mark_verify) == ("Water", "w", 5, False)
    assert {milk.mark_verify_timeout, water.mark_verify_timeout} == {7.0}
    assert {milk.mark_verify_url, water.mark_verify_url} == {"http://ks:8080/x"}


def test_categories_keep_the_order_of_the_files(given: Write) -> None:
    """Of two masks that match the first in file order decides."""
    loaded = given("[MarkedGoods.Z]\nmask = z", b="[MarkedGoods.A]\nmask = a", a="[MarkedGoods.M]\nmask = m")
    assert [category.name for category in values(loaded).marked_goods.categories] == ["Z", "M", "A"]


def test_subsection_without_a_mask_does_not_work(given: Write) -> None:
    """A warning names it, the till starts; its mistakes are mistakes all the same."""
    loaded = given("[MarkedGoods.A]\nenableMarkVerify = on\n[MarkedGoods.B]\nmask =\n[MarkedGoods.C]\nmask = c")
    assert [category.name for category in values(loaded).marked_goods.categories] == ["C"]
    assert ["[MarkedGoods.A]" in loaded.warnings[0].text, "[MarkedGoods.B]" in loaded.warnings[1].text] == [True, True]
    assert given("[MarkedGoods.A]\nenableMarkVerify = maybe").mistakes


def test_subsections_with_the_same_mask_do_not_work(given: Write) -> None:
    """So says the seed: a mask that is not unique."""
    loaded = given('[MarkedGoods.A]\nmask = "m"\n[MarkedGoods.B]\nmask = m\n[MarkedGoods.C]\nmask = c')
    assert [category.name for category in values(loaded).marked_goods.categories] == ["C"]
    assert [warning.line for warning in loaded.warnings] == [2, 4]
    assert "такая же mask в [MarkedGoods.B]" in loaded.warnings[0].text


def test_mask_in_the_common_section_is_a_category_without_a_name(given: Write) -> None:
    """By the seed all parameters stand there unless moved."""
    (category,) = values(given("[MarkedGoods]\nmask = m\nmarkVerifyTimeout = 3")).marked_goods.categories
    assert (category.name, category.mask, category.mark_verify_timeout) == ("", "m", 3.0)


def test_mask_that_does_not_compile_is_a_mistake(conf: Path) -> None:
    """What is wrong, with file and line; masks of other subsections are looked at as well."""
    (conf / "ncash.ini").write_text("[MarkedGoods.A]\nmask = (\n[MarkedGoods.B]\nmask = b", encoding="utf-8")
    (mistake,) = load(conf, check_mask).mistakes
    assert str(mistake).startswith(
        f"{conf / 'ncash.ini'}:2: [MarkedGoods.A] mask не разбирается: знак 2: нет закрывающей скобки «)»"
    )


def test_check_compiles_the_masks(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`cashier check` names the mask that does not compile; repaired, it shows the table."""
    for mask, status, words in (("(", 1, "знак 2: нет закрывающей скобки"), ("()", 0, "Категории маркированных")):
        (conf / "ncash.ini").write_text(f"[MarkedGoods.A]\nmask = {mask}", encoding="utf-8")
        assert run_check(conf, DataFolder(tmp_path / "data")) == status
        assert words in capsys.readouterr().out


class TestDoubts:
    ON = "[plugins]\nmarkedgoods = on\n"

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("", 2, "ни одна маска не задана"),
            ("[MarkedGoods.A]\nenableMarkVerifyLocal = on", 2, "ни одна маска не задана"),
            ("[MarkedGoods]\nmask = m\nenableMarkVerify = on", 5, "без [Queue] url"),
            ("[MarkedGoods.A]\nmask = m\nenableMarkVerify = on", 5, "[MarkedGoods.A] enableMarkVerify включён"),
            (
                "[Queue]\nurl = http://q\n[MarkedGoods]\nmask = m\nenableMarkVerify = on\nenableMarkVerifyLocal = on",
                8,
                "[MarkedGoods] enableMarkVerifyLocal не действует",
            ),
            (
                (
                    "[Queue]\nurl = http://q\n[MarkedGoods]\nenableMarkVerify = on\n"
                    "[MarkedGoods.A]\nmask = m\nenableMarkVerifyLocal = on"
                ),
                9,
                "[MarkedGoods.A] enableMarkVerifyLocal не действует",
            ),
        ],
    )
    def test_what_is_hardly_meant_is_told(self, given: Write, text: str, line: int, words: str) -> None:
        """The till starts, with a warning of file and line that says what to do."""
        loaded = given(self.ON + text)
        assert values(loaded)
        assert [line] == [warning.line for warning in loaded.warnings if words in warning.text and warning.advice]

    @pytest.mark.parametrize(
        "text",
        [
            "[MarkedGoods]\nmask = m",
            "[Queue]\nurl = http://q\n[MarkedGoods]\nmask = m\nenableMarkVerify = on",
            (
                "[Queue]\nurl = http://q\n[MarkedGoods]\nenableMarkVerifyLocal = on\n"
                "[MarkedGoods.A]\nmask = m\nenableMarkVerify = on\n[MarkedGoods.B]\nmask = n"
            ),
        ],
    )
    def test_what_is_meant_is_not(self, given: Write, text: str) -> None:
        """One category asks the server, the rest the white list: both are in force."""
        assert given(self.ON + text).warnings == ()

    def test_plugin_that_is_off_has_no_doubts(self, given: Write) -> None:
        """Nothing of it plays a part."""
        assert given("[MarkedGoods]\nmask = m\nenableMarkVerify = on\nenableMarkVerifyLocal = on").warnings == ()


class TestTable:
    def test_every_category_has_a_row_with_its_values(self, given: Write) -> None:
        """Spec M14: effective values side by side, in a hundred columns, without passwords."""
        text = (
            "[MarkedGoods]\nmarkVerifyTimeout = 7\nmarkVerifyUrl = http://u:secret@ks:8080/CSrest/rest/sales/exciseMark\n"
            f"[MarkedGoods.Milk]\nmask = m\nenableMarkVerify = on\n[MarkedGoods.{'Long' * 9}]\nmask = n\n"
            "markVerifyUrl = http://own\n[MarkedGoods.None]\nenableMarkVerify = on\n"
        )
        lines = report(given(text))
        table = lines[
            lines.index("Категории маркированных товаров; модуль выключен, [plugins] markedgoods = off:") + 1 :
        ]
        assert max(map(len, table)) <= 100
        assert "secret" not in "\n".join(table)
        rows = {row.split()[0]: row.split()[1:] for row in table[4:] if not row.startswith(" ")}
        address = "http://***@ks:8080/CSrest/rest/sales/exciseMark"
        assert rows["[MarkedGoods]"] == ["off", "7", "s", "on", "off", address[:40]]
        assert rows["Milk"] == ["on", "7", "s", "on", "off", address[:40]]
        assert rows["LongLongLongLongLongLo…"] == ["off", "7", "s", "on", "off", "http://own"]
        assert "None" not in rows
        assert any("[MarkedGoods.None] не работает" in line for line in lines)
        assert sum(row.strip() == address[40:] for row in table) == 2

    def test_till_without_marks_has_none(self, given: Write) -> None:
        """Nobody asked for it."""
        assert not any("Категории" in line for line in report(given("")))
