"""How files are read: order, places, and everything that is no settings file at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cashier.settings import Loaded, Settings, load
from cashier.settings.loading import default_conf
from cashier.settings.problems import MOST

Write = Callable[..., Loaded]


def values(loaded: Loaded) -> Settings:
    """Settings without mistakes."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return loaded.settings


class TestSyntax:
    def test_empty_file_gives_the_defaults(self, given: Write) -> None:
        """A shop that states nothing has the defaults and no mistakes."""
        loaded = given("")
        assert values(loaded) == Settings()
        assert not loaded.warnings

    @pytest.mark.parametrize("line", ["shopcode = 77", "shopcode=77", '  shopcode\t=\t"77"  ', "shopcode = 77\r"])
    def test_blanks_quotes_and_line_ends_play_no_part(self, given: Write, line: str) -> None:
        """Files come from every editor."""
        assert values(given(f"[Till]\n{line}\n")).till.shopcode == 77

    def test_bom_is_accepted(self, given: Write) -> None:
        """The notepad of Windows writes one."""
        assert values(given(b"\xef\xbb\xbf[Till]\nshopcode = 2")).till.shopcode == 2

    def test_semicolon_and_equals_inside_a_value_belong_to_it(self, given: Write) -> None:
        """Masks are full of both."""
        text = '[MarkedGoods.A]\nmask = "a;b=(?<barcode>[0-9]{14})=\\"'
        assert values(given(text)).marked_goods.categories[0].mask == "a;b=(?<barcode>[0-9]{14})=\\"

    def test_later_file_wins_without_a_word(self, given: Write) -> None:
        """Files below ncash.ini.d are read in name order after ncash.ini."""
        loaded = given("[Till]\nshopcode = 1", b="[Till]\nshopcode = 3", a="[Till]\nshopcode = 2\ncashcode = 9")
        assert (values(loaded).till.shopcode, values(loaded).till.cashcode) == (3, 9)
        assert not loaded.warnings

    def test_key_twice_in_a_section_warns_and_the_last_counts(self, given: Write) -> None:
        """The seed's own example does it; the section may be opened twice."""
        loaded = given("[Till]\nshopcode = 1\n[Screen]\n[Till]\nshopcode = 5")
        assert values(loaded).till.shopcode == 5
        (warning,) = loaded.warnings
        assert warning.line == 5
        assert "ncash.ini:5: [Till] shopcode уже задан в строке 2" in str(warning)

    def test_file_an_editor_left_behind_is_not_read(self, given: Write, conf: Path) -> None:
        """Hidden files and other endings are nobody's settings."""
        for name in (".#devices.ini", "devices.ini~", "readme.txt"):
            (conf / "ncash.ini.d" / name).write_text("rubbish", encoding="utf-8")
        assert not given("").mistakes


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("raw", "line", "words"),
        [
            (b"[Till]\nname = \xcc\xe0\xe3\n", 2, "UTF-8"),
            (b"[Till]\n\n\0", 3, "нулевой байт"),
            ("[Till]\nshopcode = 1".encode("utf-16"), 1, "UTF-8"),
            (b"[Till]\nname = a\x1b[2Jb", 2, "Управляющий символ \\x1b"),
            ("[Till]\nname = a\u202eb".encode(), 2, "Управляющий символ \\x202e"),
            (b"[Till]\rshopcode = 1", 1, "Управляющий символ \\x0d"),
            (b"# comment\n", 1, "комментарий с «;»"),
            (b"[Till]\nshopcode 1", 2, "Нет знака «=»"),
            (b"[Till]\n= 1", 2, "Нет имени"),
            (b"\nshopcode = 1", 2, "до первой секции"),
            (b"[Till\nshopcode = 1", 1, "Незаконченное имя секции: «[Till»"),
            (b"[]", 1, "Незаконченное имя секции"),
            (b'[Till]\nname = "shop', 2, "закрывающей кавычки"),
            (b"x" * 1_000_001, 0, "больше 1000000 байт"),
        ],
    )
    def test_broken_file_is_one_mistake_with_its_line(self, given: Write, raw: bytes, line: int, words: str) -> None:
        """No traceback, no guess: the line and what to do."""
        loaded = given(raw)
        assert loaded.settings is None
        assert [mistake.line for mistake in loaded.mistakes] == [line]
        assert words in str(loaded.mistakes[0])
        assert str(loaded.mistakes[0]).isprintable()

    def test_folder_that_is_not_there(self, tmp_path: Path) -> None:
        """A slip in --conf must not start the till with defaults."""
        (mistake,) = load(tmp_path / "nowhere").mistakes
        assert "--conf" in mistake.advice

    def test_folder_that_cannot_be_looked_at(self, tmp_path: Path) -> None:
        """The reason of the system is told as it is."""
        (mistake,) = load(tmp_path / ("x" * 5000)).mistakes
        assert "не читается: File name too long" in mistake.text

    def test_folder_pipe_and_dangling_link_are_no_settings_files(self, given: Write, conf: Path) -> None:
        """Reading a pipe would wait for ever."""
        (conf / "ncash.ini.d" / "a.ini").mkdir()
        os.mkfifo(conf / "ncash.ini.d" / "b.ini")
        (conf / "ncash.ini.d" / "c.ini").symlink_to(conf / "nothing")
        assert [mistake.file[-5:] for mistake in given("").mistakes] == ["a.ini", "b.ini", "c.ini"]

    def test_file_name_cannot_steer_the_console(self, given: Write, conf: Path) -> None:
        """Names of files are hostile, too."""
        (conf / "ncash.ini.d" / "\x1b[2J.ini").write_text("x", encoding="utf-8")
        assert all(str(mistake).isprintable() for mistake in given("").mistakes)

    def test_file_of_garbage_is_told_in_short(self, given: Write) -> None:
        """A hundred mistakes and the number of the others."""
        loaded = given("[Till]\n" + "".join(f"shopcoda{number} = 1\n" for number in range(3000)))
        assert len(loaded.mistakes) == MOST + 1
        assert "2900" in loaded.mistakes[-1].text

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        raw=st.one_of(
            st.binary(max_size=200),
            st.lists(
                st.sampled_from(
                    ["[Till]", "[Scanner.a]", "[MarkedGoods.x]", "[Keys.sale]", "shopcode", "suffix", "mask"]
                )
                | st.sampled_from([" = ", '"', "\\", "{", "%s", "\n", "\n", "ё", "\x85", "1", "{0.__class__}", "="]),
                max_size=30,
            ).map(lambda parts: "".join(parts).encode()),
        )
    )
    @example(raw=b"[Scanner.a]\nport=x\nsuffix = \\")
    @example(raw=b"[StockControl]\nstockPath = /{")
    def test_whatever_a_file_holds_is_answered(self, conf: Path, raw: bytes) -> None:
        """Settings or mistakes, one of the two, in printable words."""
        (conf / "ncash.ini").write_bytes(raw)
        loaded = load(conf)
        assert (loaded.settings is None) == bool(loaded.mistakes)
        assert all(str(mistake).isprintable() for mistake in loaded.mistakes + loaded.warnings)


class TestDefaultFolder:
    def test_folder_here_goes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A shop keeps `conf` beside the data it starts in."""
        (tmp_path / "conf").mkdir()
        monkeypatch.chdir(tmp_path)
        assert default_conf() == Path("conf")

    def test_otherwise_the_shipped_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Started elsewhere the till finds what it was shipped with."""
        monkeypatch.chdir(tmp_path)
        assert (default_conf() / "ncash.ini").is_file()
