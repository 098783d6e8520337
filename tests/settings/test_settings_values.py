"""Values: every kind read, refused with words, and shown so that it can be read again."""

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from cashier.core.money import Kopecks
from cashier.settings import Loaded, Settings
from cashier.settings.device_kinds import Spelling
from cashier.settings.kinds import Duration
from cashier.settings.trade_kinds import Clock, Weekdays

Write = Callable[..., Loaded]


def values(loaded: Loaded) -> Settings:
    """Settings without mistakes."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return loaded.settings


class TestMistakes:
    @pytest.mark.parametrize(
        ("section", "line", "words"),
        [
            ("Till", "shopcode = seven", "найдено «seven», допустимо: целое число от 1 до 999999"),
            ("Till", "shopcode = 0", "от 1"),
            ("Till", "shopcode = -1", "от 1"),
            ("Till", "shopcode = ٣", "от 1"),
            ("Till", "shopcode =", "нет значения"),
            ("Till", "timezone = Europe/Moskva", "часовой пояс"),
            ("Till", "timezone = ../../etc/passwd", "часовой пояс"),
            ("Screen", "language = de", "ru, en"),
            ("Screen", "theme = dark", "normal, training, console, light, contrast"),
            ("plugins", "markedgoods = да", "on или off"),
            ("StockControl", "timeout = 5 min", "время от 100 ms до 120 s"),
            ("StockControl", "timeout = 300", "число без единицы — секунды"),
            ("StockControl", "url = localhost:9200", "http://"),
            ("StockControl", "url = http://[::1", "http://"),
            ("StockControl", "url = http://host:99999", "http://"),
            ("StockControl", "stockPath = /stock/{shop}", "{store} {pos} {reservation} {sku}"),
            ("StockControl", "stockPath = /stock/{store.__class__}", "{store}"),
            ("StockControl", "stockPath = stock", "с «/»"),
            ("Rights", "refund = 4", "от 1 до 3"),
            ("PaymentTerminal", "type = bank", "manual, simulated"),
            ("Drawer", "limit = 0", "больше нуля в рублях"),
            ("Drawer", "limit = 1000\nwarning = 1000.01", "warning больше, чем limit"),
            ("Shift", "alarm = 2 days", "время от 0 s до 86400 s"),
            ("Status", "diskAlarm = 501", "diskAlarm больше, чем diskWarning"),
            ("Status", "dictionariesDays = 0", "от 1 до 366"),
            ("Keys", "preset = qwerty", "standard, artix, numpad"),
            ("Keys", "menu = f2", "Неизвестный параметр «menu» в секции [Keys]"),
            ("Queue", "retryMin = 400 s", "retryMin больше, чем retryMax"),
            ("Export", "push = on", "pushUrl не задан"),
            ("plugins", "stockcontrol = on", "адрес СКО не задан"),
            ("Scanner.a", "parity = X", "N, E, O, M, S"),
            ("Scanner.a", "type = serial", "не задан port"),
            ("Scanner.a", "type = hid", "какое это устройство"),
            ("Scanner.a", "suffix = \\q", "\\r \\n \\t"),
            ("Scanner.a", "vendor = 12345", "шестнадцатеричных"),
            ("Printer.a", "type = network", "не задан host"),
            ("Printer.a", "width = 10", "от 20 до 80"),
            ("Printer.a", "codepage = utf-8", "найдено «utf-8», допустимо: одно из: cp866, cp1251, cp855, cp1125"),
            ("Scanner.a", "accept = \\q", "\\r \\n \\t"),
            ("Printer.a", "type = serial", "не задан port"),
            ("Printer.a", "host = printer:0", "printer:9100"),
            ("Restriction.a", "from = 25:00", "22:00"),
            ("Restriction.a", "weekdays = mon", "1-5, 7"),
            ("LegalMinimum.a", "from = tomorrow", "2026-01-31"),
            ("LegalMinimum.a", "price = cheap", "129.00"),
            ("Keys.sale", "menu = f10,,f9", "список клавиш"),
            ("Receipt", f"header = {'x' * 81}", "не длиннее 80"),
        ],
    )
    def test_wrong_value_is_named_with_what_is_allowed(self, given: Write, section: str, line: str, words: str) -> None:
        """The line of the value, what was found, what may stand there."""
        loaded = given(f"; head\n[{section}]\n{line}\n")
        assert loaded.settings is None
        assert words in " ".join(map(str, loaded.mistakes))
        assert {mistake.line for mistake in loaded.mistakes} <= {2, 3, 4}

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("[till]", "Похоже на [Till]"),
            ("[Plugins]", "Похоже на [plugins]"),
            ("[Scaner.front]", "Похоже на [Scanner.front]"),
            ("[Scanner]", "Напишите [Scanner.имя]"),
            ("[Till.two]", "Перенесите параметры в [Till]"),
            ("[Zzz]", "Неизвестная секция [Zzz]"),
            ("[Till]\nshopCode = 1", "Похоже на «shopcode»"),
            ("[Till]\nzzz = 1", "Неизвестный параметр «zzz»"),
            ("[MarkedGoods.Milk]\nmask = a\naddWithoutScanMark = on", "общий параметр"),
        ],
    )
    def test_unknown_name_is_a_mistake_with_the_nearest_one(self, given: Write, text: str, words: str) -> None:
        """A key that does nothing is worse than one that is refused."""
        assert words in " ".join(map(str, given(text).mistakes))

    def test_all_mistakes_of_all_files_come_at_once(self, given: Write) -> None:
        """Nobody wants to start the till eight times."""
        loaded = given("[Till]\nshopcode = x\ncashcode = y\n[Nope]\nkey", a="[Queue]\nbatch = 0\nurl = x")
        assert [(mistake.file[-9:], mistake.line) for mistake in loaded.mistakes] == [
            ("ncash.ini", 2),
            ("ncash.ini", 3),
            ("ncash.ini", 4),
            ("ncash.ini", 5),
            ("i.d/a.ini", 2),
            ("i.d/a.ini", 3),
        ]

    def test_contradiction_names_the_file_of_the_key(self, given: Write) -> None:
        """The section may have been opened in another file."""
        loaded = given("[plugins]\nprice = on", stock="[plugins]\nstockcontrol = on\n[StockControl]\ntimeout = 5")
        assert [(mistake.file[-9:], mistake.line) for mistake in loaded.mistakes] == [("stock.ini", 2)]

    def test_contradiction_is_not_told_of_a_section_that_is_wrong_itself(self, given: Write) -> None:
        """The address is there, it is only misspelt."""
        (mistake,) = given("[plugins]\nstockcontrol = on\n[StockControl]\nurl = hppt://x").mistakes
        assert mistake.line == 4

    def test_mistakes_are_told_in_english_if_the_screen_is(self, given: Write) -> None:
        """One language for screen and console."""
        loaded = given("[Till]\nshopcode = x\n[Screen]\nlanguage = en")
        assert "found “x”, allowed is a whole number from 1 to 999999" in str(loaded.mistakes[0])


class TestReading:
    def test_devices_by_name(self, given: Write) -> None:
        """Several scanners, each with its own framing."""
        text = (
            "[Scanner.front]\nport = /dev/ttyACM0\nbaudrate = 115200\nsuffix = \\r\\n\nprefix = \\x02\ngap = 50 ms\n"
            "[Scanner.side]\ntype = HID\nvendor = 0x05F9\nname = Magellan\nsuffix = none\ngs = \\x1d\n"
            "accept = \\x06\nrefuse = none\n"
            "[Printer.main]\ntype = network\nhost = 192.168.1.50:9100\n"
        )
        settings = values(given(text))
        front, side = settings.scanners
        assert (front.name, front.type, front.suffix, front.prefix, front.gap) == (
            "front",
            "serial",
            b"\r\n",
            b"\x02",
            0.05,
        )
        assert (side.name, side.type, side.vendor, side.device_name, side.suffix, side.gs) == (
            "side",
            "hid",
            0x05F9,
            "Magellan",
            b"",
            b"\x1d",
        )
        assert (side.accept, side.refuse, front.accept) == (b"\x06", b"", b"")
        assert side.place.line == 7
        assert settings.printers[0].host == "192.168.1.50:9100"

    def test_restriction(self, given: Write) -> None:
        """Spirits: not to the young, and not at night from Friday on."""
        text = "[Restriction.spirits]\ngroup = 100\nage = 18\nweekdays = 5-7\nfrom = 23:00\nto = 8:00\n"
        (restriction,) = values(given(text)).restrictions
        assert (restriction.group, restriction.age, restriction.weekdays) == ("100", 18, frozenset({5, 6, 7}))
        assert (restriction.begins, restriction.ends, restriction.has_period) == (time(23), time(8), True)

    def test_restriction_by_age_alone_has_no_period(self, given: Write) -> None:
        """Otherwise the sale would be forbidden for ever."""
        (restriction,) = values(given("[Restriction.a]\nitem = 7\nage = 18")).restrictions
        assert not restriction.has_period

    @pytest.mark.parametrize("text", ["age = 18", "item = 1\ngroup = 2\nage = 18", "item = 1"])
    def test_restriction_of_nobody_or_nothing_is_a_mistake(self, given: Write, text: str) -> None:
        """It would be taken for a rule in force."""
        assert len(given(f"[Restriction.a]\n{text}").mistakes) == 1

    def test_legal_minimum(self, given: Write) -> None:
        """Roubles with a point become kopecks."""
        (minimum,) = values(
            given("[LegalMinimum.cig]\nkind = cigarettes\nfrom = 01.01.2026\nprice = 153.00")
        ).legal_minimums
        assert (minimum.begins, minimum.price) == (date(2026, 1, 1), Kopecks(15300))

    @pytest.mark.parametrize(
        ("key", "line"),
        [("price", "price = 1,5"), ("price", "price = 1.555"), ("price", "price = 0"), ("from", "from = 31.02.2026")],
    )
    def test_legal_minimum_with_a_wrong_value(self, given: Write, key: str, line: str) -> None:
        """A price half read is no price."""
        base = {"kind": "kind = c", "from": "from = 2026-01-01", "price": "price = 1"} | {key: line}
        assert len(given("[LegalMinimum.c]\n" + "\n".join(base.values())).mistakes) == 1

    def test_legal_minimum_must_be_whole(self, given: Write) -> None:
        """Each missing key is named, in the line of the section."""
        mistakes = given("\n[LegalMinimum.cig]").mistakes
        assert [mistake.line for mistake in mistakes] == [2, 2, 2]
        assert "не задан параметр price" in mistakes[2].text

    def test_keys_keep_their_place(self, given: Write) -> None:
        """Whether there is such an action or key the screens say, with file and line."""
        (help_, menu) = values(given("[Keys.sale]\nhelp = f1, f2\nmenu =")).keys
        assert (help_.context, help_.action, help_.keys, help_.place.line) == ("sale", "help", ("f1", "f2"), 2)
        assert menu.keys == ()

    def test_preset_and_lines_of_keys_stand_side_by_side(self, given: Write) -> None:
        """`[Keys]` has no context, `[Keys.sale]` has one; the lines keep the preset as it is."""
        settings = values(given("[Keys]\npreset = ARTIX\n[Keys.sale]\nmenu = f2"))
        assert (settings.key_preset, len(settings.keys)) == ("artix", 1)
        assert Settings().key_preset == "standard"

    def test_drawer_without_limits(self, given: Write) -> None:
        """Nothing after «=» is no limit; a limit alone needs no warning."""
        drawer = values(given("[Drawer]\nwarning =\nlimit = 50000.5")).drawer
        assert (drawer.warning, drawer.limit) == (None, Kopecks(5000050))

    def test_text_of_a_receipt_has_lines(self, given: Write) -> None:
        """Header and footer are printed line by line."""
        receipt = values(given('[Receipt]\nheader = "ООО «Ромашка»\\nИНН 7700000000"\nmergeLines = no')).receipt
        assert receipt.header == ("ООО «Ромашка»", "ИНН 7700000000")
        assert not receipt.merge_lines

    def test_address_has_no_slash_at_its_end(self, given: Write) -> None:
        """Paths are put behind it."""
        assert values(given("[Orders]\nurl = https://orders.example:8443/api/")).orders.url.endswith("8443/api")


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("5", 5), ("5 s", 5), ("5s", 5), ("300 ms", 0.3), ("0.5", 0.5), ("1.5 s", 1.5), ("1e3", None), ("-5", None)],
    )
    def test_duration(self, text: str, seconds: float | None) -> None:
        """Seconds unless it says ms."""
        assert Duration(0, 60).read(text) == seconds

    @pytest.mark.parametrize(
        ("text", "days"), [("1", {1}), ("1-5, 7", {1, 2, 3, 4, 5, 7}), ("6-1", {6, 7, 1}), ("0", None), ("1,", None)]
    )
    def test_weekdays(self, text: str, days: set[int] | None) -> None:
        """Lists and ranges, over the end of the week, too."""
        assert Weekdays().read(text) == days

    def test_midnight_at_the_end_of_the_day(self) -> None:
        """People write 24:00."""
        assert Clock().read("24:00") == time(0, 0)
        assert Clock().read("24:01") is None

    @for_all(st.binary(min_size=1, max_size=16))
    @example(b"none")
    def test_bytes_survive_being_written_down(self, raw: bytes) -> None:
        """What `cashier check` shows can be put into the file."""
        spelling = Spelling("none")
        assert spelling.read(spelling.show(raw)) == raw

    @for_all(st.integers(0, 60_000))
    def test_durations_survive_being_written_down(self, milliseconds: int) -> None:
        """Whole milliseconds are neither lost nor rounded."""
        kind = Duration(0, 60)
        assert kind.read(kind.show(milliseconds / 1000)) == pytest.approx(milliseconds / 1000)
