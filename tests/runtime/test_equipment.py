"""From settings to devices, and from `[Keys.…]` to the key map."""

from itertools import product
from pathlib import Path

import pytest

from cashier.core.keys import Action, Context, Typed
from cashier.core.presets import PRESETS
from cashier.equipment import equip
from cashier.keymap import keys_of
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.settings.named import CODEPAGES
from devices import (
    EscposPrinter,
    FilePrinter,
    HidScanner,
    PaperLine,
    PrintJob,
    SerialScanner,
    SimulatedPrinter,
    SimulatedScanner,
)
from devices.printing.escpos import rendered

DATA = Path("/data")


class TestScanners:
    def test_none_by_default(self) -> None:
        """Given no section, then there is no scanner, no wedge, and receipts go into files below the data."""
        made = equip(Settings(), DATA)
        assert (made.scanners, made.wedge, made.width) == ((), None, 42)
        assert made.printer == FilePrinter("file", DATA / "receipts")

    @pytest.mark.parametrize(
        ("kind", "made"), [("serial", SerialScanner), ("hid", HidScanner), ("simulated", SimulatedScanner)]
    )
    def test_each_type_is_its_own(self, kind: str, made: type) -> None:
        """Given a type, then the scanner is of it and has the name of its section."""
        (scanner,) = equip(Settings(scanners=(s.Scanner(name="main", type=kind, port="/dev/null"),)), DATA).scanners
        assert (type(scanner), scanner.name) == (made, "main")

    def test_several_keep_their_order(self) -> None:
        """Given several scanners and a keyboard one, then the first stand in order and the last is the wedge."""
        own = tuple(s.Scanner(name=name, type="simulated") for name in ("one", "two"))
        made = equip(Settings(scanners=(s.Scanner(name="keys", type="keyboard"), *own)), DATA)
        assert [scanner.name for scanner in made.scanners] == ["one", "two"]
        assert made.wedge is not None

    def test_wedge_has_the_framing_of_its_section(self) -> None:
        """Given a prefix and a suffix, then the wedge takes exactly what stands between them."""
        own = s.Scanner(name="keys", type="keyboard", prefix=b"\x02", suffix=b"\x03")
        wedge = equip(Settings(scanners=(own,)), DATA).wedge
        assert wedge is not None
        found, keys = wedge.feed(b"1\x02460\x032", 0.0)
        assert ([scan.data for scan in found if hasattr(scan, "data")], keys) == ([b"460"], b"12")

    def test_signals_of_the_scanner_itself(self) -> None:
        """Given what the scanner wants to hear, then it is sent that for a tone of its own, else nothing."""
        own = (
            s.Scanner(name="beeps", port="/dev/null", accept=b"\x06", refuse=b"\x15"),
            s.Scanner(name="mute", port="/dev/null"),
        )
        beeps, mute = equip(Settings(scanners=own), DATA).scanners
        assert isinstance(beeps, SerialScanner)
        assert isinstance(mute, SerialScanner)
        assert (beeps._config.accept, beeps._config.refuse) == (b"\x06", b"\x15")
        assert (mute._config.accept, mute._config.refuse) == (b"", b"")

    def test_no_suffix_means_a_pause(self) -> None:
        """Given `suffix = none`, then the framing ends a scan by the gap."""
        own = s.Scanner(name="main", type="serial", port="/dev/null", suffix=b"", gap=0.1)
        (scanner,) = equip(Settings(scanners=(own,)), DATA).scanners
        assert isinstance(scanner, SerialScanner)
        assert scanner._config.framing.suffix is None
        assert scanner._config.framing.gap == 0.1


class TestPrinters:
    def test_file(self) -> None:
        """Given a folder and a width, then files of that width go there."""
        made = equip(Settings(printers=(s.Printer(name="p", type="file", file="/receipts", width=30),)), DATA)
        assert (made.printer, made.width) == (FilePrinter("p", Path("/receipts"), 30), 30)

    def test_simulated(self) -> None:
        """Given the simulated type, then nothing leaves the program."""
        assert isinstance(
            equip(Settings(printers=(s.Printer(name="p", type="simulated"),)), DATA).printer, SimulatedPrinter
        )

    @pytest.mark.parametrize(("host", "port"), [("printer.shop", 9100), ("10.0.0.5:9101", 9101)])
    def test_network(self, host: str, port: int) -> None:
        """Given a host with or without a port, then the printer is sought there, at 9100 if nothing is said."""
        printer = equip(Settings(printers=(s.Printer(name="p", type="network", host=host),)), DATA).printer
        assert isinstance(printer, EscposPrinter)
        config = printer._config
        assert (config.host, config.tcp_port, config.codepage) == (host.partition(":")[0], port, "cp866")

    def test_serial(self) -> None:
        """Given a tty and its rate, then the printer is sought there."""
        own = s.Printer(name="p", type="serial", port="/dev/ttyS0", baudrate=19200, width=48)
        made = equip(Settings(printers=(own,)), DATA)
        assert isinstance(made.printer, EscposPrinter)
        line = made.printer._config.serial
        assert line is not None
        assert (line.port, line.baudrate, made.width) == ("/dev/ttyS0", 19200, 48)

    @pytest.mark.parametrize("codepage", CODEPAGES)
    def test_every_code_page_prints_russian(self, codepage: str) -> None:
        """Given any code page that the settings allow, then python-escpos knows it and no letter becomes a `?`."""
        letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
        assert b"?" not in rendered(PrintJob("1", (PaperLine(letters),)), 80, codepage)

    def test_first_one_prints(self) -> None:
        """Given two printers, then the first of the settings prints."""
        own = tuple(s.Printer(name=name, type="simulated") for name in ("one", "two"))
        assert equip(Settings(printers=own), DATA).printer.name == "one"


def bound(context: str, action: str, *keys: str, line: int = 7) -> s.KeyBinding:
    """Write a line of `[Keys.<context>]`."""
    return s.KeyBinding(context, action, keys, s.Place("keys.ini", line))


class TestKeys:
    def test_default(self) -> None:
        """Given no section, then the map is the default one, without mistakes."""
        keys, mistakes = keys_of(Settings())
        assert mistakes == ()
        assert keys.meaning(Context.SALE, "plus") is Action.SUBTOTAL

    def test_changed_action_loses_its_own_keys(self) -> None:
        """Given another key for the storno, then the old one says nothing any more and the others stay."""
        keys, mistakes = keys_of(Settings(keys=(bound("sale", "storno_line", "f6"), bound("sale", "quantity", "f13"))))
        assert mistakes == ()
        assert keys.meaning(Context.SALE, "f6") is Action.STORNO_LINE
        assert keys.meaning(Context.SALE, "delete") is None
        assert keys.meaning(Context.SALE, "f4") is Action.STORNO_RECEIPT

    @pytest.mark.parametrize(
        ("written", "pressed"),
        [
            ("+", "plus"),
            ("*", "asterisk"),
            ("Ins", "insert"),
            ("DEL", "delete"),
            ("F13", "f13"),
            ("PgUp", "pageup"),
            ("Space", "space"),
            ("-", "-"),
        ],
    )
    def test_keys_as_people_write_them(self, written: str, pressed: str) -> None:
        """Given the spelling on the cap of the key, then it is that key."""
        everywhere = bound("all", "page_up", "f17")
        spare = {"times": "f19", "quantity": "f14", "storno_line": "f15", "subtotal": "f16", "lock": "f18"}
        freed = (bound("all", "page_up", "f17"), *(bound("sale", action, key) for action, key in spare.items()))
        keys, mistakes = keys_of(Settings(keys=(everywhere, *freed, bound("sale", "search", written))))
        assert mistakes == ()
        assert keys.meaning(Context.SALE, pressed) is Action.SEARCH

    def test_sign_may_mean_something_in_the_sale(self) -> None:
        """Given a sign for an action of the sale, then it is that action, and within an entry it is typed."""
        keys, mistakes = keys_of(Settings(keys=(bound("sale", "pick_list", "."),)))
        assert mistakes == ()
        assert keys.meaning(Context.SALE, ".") is Action.PICK_LIST
        assert keys.in_entry(Context.SALE, ".") == Typed(".")

    def test_shop_changes_its_preset(self) -> None:
        """Given a preset and a line of the shop, then the line counts and the rest is the preset's."""
        artix = s.Keyboard(preset="artix")
        keys, mistakes = keys_of(Settings(keyboard=artix, keys=(bound("sale", "pick_list", "f13"),)))
        assert mistakes == ()
        assert keys.meaning(Context.SALE, "f13") is Action.PICK_LIST
        assert keys.meaning(Context.SALE, "f6") is None
        assert keys.meaning(Context.SALE, "f12") is Action.QUANTITY

    def test_mistake_leaves_the_preset(self) -> None:
        """Given a line that takes a key of the preset, then that is told, and the map is the preset."""
        artix = s.Keyboard(preset="artix")
        keys, (mistake,) = keys_of(Settings(keyboard=artix, keys=(bound("sale", "menu", "f12"),)))
        assert mistake.startswith("keys.ini:7: [Keys.sale] f12: quantity и menu")
        assert keys.meaning(Context.SALE, "f12") is Action.QUANTITY

    @pytest.mark.parametrize("preset", PRESETS)
    def test_keys_of_every_preset_could_be_lines_of_a_shop(self, preset: str) -> None:
        """Given the preset written out line by line, then not one line of it is refused."""
        lines = tuple(
            bound(context, action, *("comma" if key == "," else key for key in keys))
            for context, own in PRESETS[preset].items()
            for action, keys in own.items()
        )
        keys, mistakes = keys_of(Settings(keyboard=s.Keyboard(preset=preset), keys=lines))
        assert mistakes == ()
        assert keys == keys_of(Settings(keyboard=s.Keyboard(preset=preset)))[0]

    def test_letters_keep_their_case(self) -> None:
        """Given a letter where none is typed, then it is bound as it is written; the other case is still typed."""
        keys, mistakes = keys_of(Settings(keys=(bound("list", "first", "п"), bound("list", "last", "comma"))))
        assert mistakes == ()
        assert keys.meaning(Context.LIST, "п") is Action.FIRST
        assert keys.meaning(Context.LIST, "П") == Typed("П")
        assert keys.meaning(Context.LIST, ",") is Action.LAST

    @pytest.mark.parametrize(
        ("context", "keys"),
        [
            ("all", ["1", "п", "+", "*", "Space", "-"]),
            ("signin", ["1", "q", "+", "Space"]),
            ("text", ["ё", "9", "comma", "*"]),
            ("sale", ["1", "0", "a", "Я"]),
            ("payment", ["5", ".", "comma"]),
            ("dialog", ["0", "comma"]),
            ("list", ["1", "9"]),
        ],
    )
    def test_keys_that_are_typed(self, context: str, keys: list[str]) -> None:
        """Given a character that is typed in a context, when it is bound there, then it is refused by its place."""
        for key in keys:
            found = keys_of(Settings(keys=(bound(context, "help", key),)))[1]
            assert "этот знак здесь вводят" in found[0], key
            assert found[0].startswith("keys.ini:7: ")

    @pytest.mark.parametrize(("context", "action"), [("all", "accept"), ("all", "cancel"), ("sale", "subtotal")])
    def test_action_nobody_can_do_without(self, context: str, action: str) -> None:
        """Given no key for Enter, Esc or the subtotal, then the line is named, and what to write there."""
        keys, (mistake,) = keys_of(Settings(keys=(bound(context, action),)))
        assert mistake.startswith("keys.ini:7: ")
        assert f"{action} = " in mistake
        assert keys.keys_of(Context(context), Action(action))

    def test_needed_action_may_stand_elsewhere(self) -> None:
        """Given a needed action that has its key for all contexts, then its own context needs none."""
        moved = (bound("sale", "subtotal"), bound("all", "subtotal", "f13"))
        assert keys_of(Settings(keys=moved))[1] == ()

    def test_action_without_keys(self) -> None:
        """Given an action without keys, then nothing does it."""
        keys, mistakes = keys_of(Settings(keys=(bound("sale", "menu"),)))
        assert (keys.keys_of(Context.SALE, Action.MENU), mistakes) == ((), ())

    @pytest.mark.parametrize(
        ("context", "action", "words", "right"),
        [
            ("nowhere", "menu", "неизвестный контекст «nowhere»", "signin"),
            ("sale", "fly", "неизвестное действие «fly»", "storno_receipt"),
        ],
    )
    def test_unknown_names(self, context: str, action: str, words: str, right: str) -> None:
        """Given a context or an action that is none, then the place and all that would be right are named."""
        _, (mistake,) = keys_of(Settings(keys=(bound(context, action, "f2"),)))
        assert mistake.startswith(f"keys.ini:7: {words}")
        assert right in mistake

    @pytest.mark.parametrize("key", ["tab", "f8", "ctrl+]", "ctrl+a", "Ctrl+Q"])
    def test_keys_that_scanners_type(self, key: str) -> None:
        """Given a key that scanners type in the middle of a code, then it is refused with a reason."""
        _, (mistake,) = keys_of(Settings(keys=(bound("sale", "search", key),)))
        assert "посылают сканеры" in mistake
        assert "keys.ini:7" in mistake

    def test_clash(self) -> None:
        """Given one key for two actions, then both are named with their places, and the map is the default one."""
        keys, (mistake,) = keys_of(Settings(keys=(bound("sale", "search", "f4"), bound("sale", "menu", "f4", line=9))))
        assert "f4" in mistake
        assert "keys.ini:7" in mistake or "keys.ini:9" in mistake
        assert keys.meaning(Context.SALE, "f5") is Action.SEARCH

    def test_clash_with_a_default(self) -> None:
        """Given a key that another action has by default, then that is a clash too."""
        _, (mistake,) = keys_of(Settings(keys=(bound("sale", "search", "f4"),)))
        assert "storno_receipt" in mistake

    def test_clash_with_what_holds_everywhere(self) -> None:
        """Given a key that means something everywhere, when one screen wants it for itself, then that is a clash."""
        _, (mistake,) = keys_of(Settings(keys=(bound("sale", "search", "enter"),)))
        assert mistake.startswith("keys.ini:7: ")

    def test_all_clashes_at_once(self) -> None:
        """Given three clashes, then each is told with the lines it comes from, one of them for both of its screens."""
        wrong = (
            bound("sale", "search", "f4", "f7", line=1),
            bound("sale", "menu", "f4", line=2),
            bound("all", "help", "f12", line=3),
        )
        clashes = keys_of(Settings(keys=wrong))[1]
        assert sorted(clash.split(": ")[0] for clash in clashes) == [
            "keys.ini:1",
            "keys.ini:1, keys.ini:2",
            "keys.ini:3",
            "keys.ini:3",
        ]

    def test_map_that_is_told_as_right_can_be_made(self) -> None:
        """Given any key for any action anywhere, then it is refused in words or there is such a map."""
        for context, action in product(Context, Action):
            for key in ("f2", "f4", "enter", "plus", "1", "tab", "ctrl+a", "x"):
                keys, mistakes = keys_of(Settings(keys=(bound(context, action, key),)))
                assert mistakes or keys.meaning(context, key) is action

    def test_all_mistakes_at_once(self) -> None:
        """Given three mistakes, then three are told."""
        wrong = (bound("x", "menu", "f2"), bound("sale", "y", "f2"), bound("sale", "search", "tab"))
        assert len(keys_of(Settings(keys=wrong))[1]) == 3
