"""Marked goods: categories, inheritance and the traps of the seed's own example."""

from collections.abc import Callable
from pathlib import Path

from cashier.settings import Loaded, Settings, load

Write = Callable[..., Loaded]

SEED = """[plugins]
markedgoods = on
[MarkedGoods]
enableMarkVerify = true
markVerifyUrl = http://localhost:8080
markVerifyTimeout = 30
ignoreMarkVerifyErrors = true
enableMarkVerifyLocal = false
addWithoutScanMark = false
;[MarkedGoods.Milk]
;mask = "..."
enableMarkVerify = false
enableMarkVerifyLocal = true
;[MarkedGoods.Common]
ignoreMarkVerifyErrors = false
"""


def values(loaded: Loaded) -> Settings:
    """Settings without mistakes."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return loaded.settings


def test_example_of_the_seed_applies_stray_keys_to_the_section_above_with_warnings(given: Write) -> None:
    """Its subsections are commented out, their parameters are not."""
    loaded = given(SEED)
    assert [warning.line for warning in loaded.warnings] == [12, 13, 15]
    goods = values(loaded).marked_goods
    assert (goods.enable_mark_verify, goods.enable_mark_verify_local, goods.ignore_mark_verify_errors) == (
        False,
        True,
        False,
    )


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
    """Who knows masks says why; the settings say where."""
    (conf / "ncash.ini").write_text("[MarkedGoods.A]\nmask = (\n[MarkedGoods.B]\nmask = b", encoding="utf-8")
    (mistake,) = load(conf, check_mask=lambda mask: "missing )" if mask == "(" else "").mistakes
    assert (mistake.line, "missing )" in mistake.text) == (2, True)
