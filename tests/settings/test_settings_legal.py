"""Legal minimum prices: which sections contradict each other, and what `cashier check` says of them and of goods."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cashier.check import run_check
from cashier.core.money import Kopecks
from cashier.folder import DataFolder
from cashier.plugins import legal_kinds
from cashier.settings import Loaded, Settings
from cashier.settings.goods_table import goods_table
from cashier.settings.named_goods import unknown_goods
from cashier.store.dictionaries import prepare_dictionaries

Write = Callable[..., Loaded]
TODAY = date(2026, 11, 21)


def minimum(name: str, kind: str = "cig", begins: str = "2026-01-01", price: str = "153.00", *more: str) -> str:
    """Write a section."""
    return "\n".join((f"[LegalMinimum.{name}]", f"kind = {kind}", f"from = {begins}", f"price = {price}", *more, ""))


def values(loaded: Loaded) -> Settings:
    """Settings without mistakes."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return loaded.settings


class TestContradictions:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            (minimum("a", "cig", "2026-01-01", "153", "item = 1", "group = 2"), 5, "и item, и group"),
            (minimum("a") + minimum("b"), 7, "цена с этого дня уже задана"),
            (minimum("a") + minimum("b", price="154"), 7, "цена с этого дня уже задана"),
            (
                minimum("a", "cig", "2026-01-01", "153", "item = 1") + minimum("b", "cig", "2026-01-01", "154"),
                8,
                "цена с этого дня уже задана",
            ),
            (
                minimum("a", "cig", "2026-01-01", "153", "item = 1")
                + minimum("b", "cig", "2026-01-01", "153", "item = 2", "cartonPacks = 5"),
                8,
                "цена с этого дня уже задана",
            ),
            (minimum("a") + minimum("b", "stick"), 6, "ещё один вид без item и group"),
            (
                minimum("a", "cig", "2026-01-01", "153", "item = 1")
                + minimum("b", "cigar", "2026-01-01", "814", "item = 1"),
                10,
                "уже назван у другого вида",
            ),
            (
                minimum("a", "cig", "2026-01-01", "153", "group = 1")
                + minimum("b", "cigar", "2027-01-01", "814", "group = 1"),
                10,
                "уже назван у другого вида",
            ),
            (minimum("a") + minimum("b", "cig", "2027-01-01", "170", "item = 1"), 9, "названы не с первой его цены"),
            (
                minimum("a", "cig", "2027-01-01", "170", "group = 1") + minimum("b", "cig", "2026-01-01", "153"),
                5,
                "названы не с первой его цены",
            ),
        ],
    )
    def test_sections_that_leave_the_price_open(self, given: Write, text: str, line: int, words: str) -> None:
        """Each is a mistake with its place: the till does not guess which minimum is meant."""
        (mistake,) = given(text).mistakes
        assert (mistake.line, words in mistake.text) == (line, True)

    @pytest.mark.parametrize(
        "text",
        [
            minimum("a") + minimum("b", begins="2027-01-01", price="170"),
            minimum("a") + minimum("b", "cigar", "2026-01-01", "814", "group = 7"),
            minimum("a", "cig", "2026-01-01", "153", "item = 1") + minimum("b", "cig", "2026-01-01", "153", "item = 2"),
            minimum("a", "cig", "2026-01-01", "153", "item = 1") + minimum("b", "cig", "2027-01-01", "170", "item = 1"),
            minimum("a", "cig", "2026-01-01", "153", "item = 1") + minimum("b", "cig", "2027-01-01", "170"),
            minimum("a", "cig", "2026-01-01", "153", "item = 1") + minimum("b", "x", "2026-01-01", "9", "group = 1"),
        ],
    )
    def test_sections_that_agree(self, given: Write, text: str) -> None:
        """Another day, another kind with goods of its own, or more goods of the same kind at the same price."""
        loaded = given(text)
        assert (loaded.mistakes, loaded.warnings) == ((), ())


@pytest.mark.parametrize("header", ["[LegalMinimum. a]", "[LegalMinimum .a]", "[ LegalMinimum.a ]"])
def test_spaces_around_the_name_of_a_section_mean_nothing(given: Write, header: str) -> None:
    """Given a name with spaces around it, then the section is the one without, in mistakes too."""
    (mistake,) = given(
        minimum("a", "cig", "2026-01-01", "1", "item = 1", "group = 2").replace("[LegalMinimum.a]", header)
    ).mistakes
    assert "[LegalMinimum.a]" in mistake.text


class TestKinds:
    def test_sections_of_a_kind_share_goods_and_follow_each_other(self, given: Write) -> None:
        """Given a price of today and one of next year, whatever order they stand in, then both are of all the goods."""
        text = minimum("b", "cig", "2027-01-01", "170.00", "cartonPacks = 8", "group = 7")
        (kind,) = legal_kinds(values(given(text + minimum("a", "cig", "2026-01-01", "153.00", "item = 1"))))
        assert (set(kind.items), set(kind.groups)) == ({"1"}, {"7"})
        assert [(own.begins, own.pack, own.packs) for own in kind.prices] == [
            (date(2026, 1, 1), Kopecks(15300), 10),
            (date(2027, 1, 1), Kopecks(17000), 8),
        ]

    def test_kinds_stay_apart(self, given: Write) -> None:
        """Given two kinds, then each has its own prices; that without goods names none."""
        text = minimum("a") + minimum("b", "cigar", "2026-03-01", "814", "item = 9")
        cigarettes, cigars = legal_kinds(values(given(text)))
        assert (cigarettes.names_goods, cigars.names_goods) == (False, True)
        assert [own.pack for own in (*cigarettes.prices, *cigars.prices)] == [15300, 81400]


class TestTable:
    def test_price_of_today_of_each_kind(self, given: Write) -> None:
        """Given a price that was, one that is, one that comes, then `cashier check` shows the one that is."""
        text = (
            minimum("a", begins="2025-01-01", price="135")
            + minimum("b")
            + minimum("c", begins="2026-11-22", price="170")
        )
        text += minimum("e", "cigar", "2027-11-22", "900") + minimum("d", "cigar", "2026-11-22", "814", "group = 7")
        assert goods_table(values(given(text)), TODAY) == [
            "Наименьшие цены по закону, 2026-11-21:",
            "  cig: пачка 153.00, блок 1530.00; весь табак, не названный у других видов",
            "  cigar: только с 2026-11-22; group = 7",
        ]
        assert "  cig: пачка 170.00" in "\n".join(goods_table(values(given(text)), date(2026, 11, 22)))

    def test_restrictions_of_the_same_goods_hold_together(self, given: Write) -> None:
        """Given two sections of one group, then the higher age is shown once, and each time."""
        text = "[Restriction.a]\ngroup = 7\nage = 18\nfrom = 23:00\nto = 8:00\n[Restriction.b]\ngroup = 7\nage = 21\n"
        text += "[Restriction.c]\nitem = 7\nweekdays = 6-7\n"
        assert goods_table(values(given(text)), TODAY) == [
            "Ограничения продажи:",
            "  group = 7: возраст от 21",
            "  group = 7: нельзя с 23:00 до 08:00",
            "  item = 7: нельзя весь день, в дни 6, 7",
        ]

    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            ("from = 0:00\nto = 0:00", "нельзя никогда"),
            ("weekdays = 5", "нельзя весь день, в дни 5"),
            ("from = 0:00\nto = 24:00\nweekdays = 1, 3", "нельзя весь день, в дни 1, 3"),
            ("from = 22:00", "нельзя с 22:00 до 00:00"),
            ("to = 8:00\nweekdays = 1", "нельзя с 00:00 до 08:00, начиная в дни 1"),
        ],
    )
    def test_whole_days_are_said_as_such(self, given: Write, hours: str, said: str) -> None:
        """Given a period from midnight to midnight, then nobody has to puzzle over two equal times."""
        table = goods_table(values(given(f"[Restriction.a]\nitem = 7\n{hours}\n")), TODAY)
        assert table[1:] == [f"  item = 7: {said}"]

    def test_module_that_is_off_is_said(self, given: Write) -> None:
        """Given rules and their modules off, then nobody is led to believe that they hold."""
        text = "[plugins]\nprice = off\nrestrictions = off\n[Restriction.a]\nitem = 7\nage = 18\n" + minimum("a")
        table = "\n".join(goods_table(values(given(text)), TODAY))
        assert ("restrictions = off" in table, "price = off" in table) == (True, True)

    def test_nothing_set_nothing_said(self) -> None:
        """Given a fresh till, then there is no table."""
        assert goods_table(Settings(), TODAY) == []

    def test_in_english_if_the_screen_is(self, given: Write) -> None:
        """One language for screen and console."""
        table = goods_table(values(given("[Screen]\nlanguage = en\n" + minimum("a"))), TODAY)
        assert table[0] == "Lowest lawful prices, 2026-11-21:"


class TestUnknownGoods:
    TEXT = "[Restriction.a]\nitem = 1\nage = 18\n[Restriction.b]\ngroup = g\nage = 18\n" + minimum(
        "c", "cig", "2026-01-01", "153", "group = z"
    )

    def test_each_is_named_with_its_place(self, given: Write) -> None:
        """Given goods the dictionaries do not have, then each rule that names them is told."""
        warnings = unknown_goods(values(given(self.TEXT)), lambda _key, code: code == "g")
        assert [(own.line, own.text.partition(":")[0]) for own in warnings] == [
            (1, "[Restriction.a] item = 1"),
            (7, "[LegalMinimum.c] group = z"),
        ]

    def test_no_goods_named_none_unknown(self, given: Write) -> None:
        """Given a minimum of all tobacco, then nothing is looked for."""
        assert unknown_goods(values(given(minimum("a"))), lambda _key, _code: False) == ()

    def test_check_looks_into_the_dictionaries(
        self, given: Write, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given dictionaries, when the check runs, then it warns of what they lack and changes nothing in them."""
        given(self.TEXT)
        folder = DataFolder(tmp_path / "data")
        assert (run_check(conf, folder), "справочнике" in capsys.readouterr().out) == (0, False)
        folder.path.mkdir()
        with prepare_dictionaries(folder.dictionaries) as conn:
            conn.execute("INSERT INTO tmc (code, groupcode) VALUES ('1', 'z')")
        conn.close()
        before = folder.dictionaries.read_bytes()
        assert run_check(conf, folder) == 0
        said = [line for line in capsys.readouterr().out.splitlines() if "справочнике" in line]
        assert ["[Restriction.b] group = g" in line and line.startswith("Внимание: ") for line in said] == [True]
        assert folder.dictionaries.read_bytes() == before

    def test_group_of_the_tree_is_known(
        self, given: Write, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given a group that only has other groups below it, then it is known; goods of that code are not meant."""
        given(self.TEXT)
        folder = DataFolder(tmp_path)
        with prepare_dictionaries(folder.dictionaries) as conn:
            conn.execute("INSERT INTO inventgroup (groupcode) VALUES ('g'), ('1')")
            conn.execute("INSERT INTO tmc (code) VALUES ('z')")
        conn.close()
        run_check(conf, folder)
        said = [line for line in capsys.readouterr().out.splitlines() if "справочнике" in line]
        assert ["item = 1" in said[0], "group = z" in said[1], len(said)] == [True, True, 2]

    @pytest.mark.parametrize(
        ("text", "warned"),
        [("", True), ("[Restriction.a]\ngroup = z\nage = 18", False), ("[Restriction.a]\nitem = 8\nage = 18", True)],
    )
    def test_tobacco_for_anybody(
        self, given: Write, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *, warned: bool
    ) -> None:
        """Given tobacco, then the check warns where nothing asks its buyer's age; it is no fault."""
        given(text)
        folder = DataFolder(tmp_path)
        with prepare_dictionaries(folder.dictionaries) as conn:
            conn.execute("INSERT INTO tmc (code, name, groupcode, tmctype) VALUES ('1', 'Сигареты', 'z', 3)")
            conn.execute("INSERT INTO tmc (code, name, groupcode) VALUES ('8', 'Хлеб', 'x')")
        conn.close()
        assert run_check(conf, folder) == 0
        said = [line for line in capsys.readouterr().out.splitlines() if "без проверки возраста" in line]
        assert [line.startswith("Внимание: ") and "«Сигареты»" in line for line in said] == [True] * warned

    @pytest.mark.parametrize(
        "text", ["", "[Restriction.a]\nitem = 1\nage = 18", minimum("a", "cig", "2026-01-01", "153", "item = 1")]
    )
    def test_dictionaries_that_cannot_be_read_are_a_fault(
        self, given: Write, text: str, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Given a file that is no database, when the check runs, then it says so and ends with an error."""
        given(text)
        DataFolder(tmp_path).dictionaries.write_bytes(b"no database" * 100)
        assert run_check(conf, DataFolder(tmp_path)) == 1
        assert "dictionaries.db" in capsys.readouterr().out
