import hashlib
import inspect
import os
import threading
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from cashier.core.presets import PRESETS
from cashier.ui.decoding import Decoder
from cashier.ui.driver import TillDriver
from cashier.ui.keys import key_name
from cashier.ui.sifting import Sifter

UPSTREAM = {"run_input_thread": "d796af6d69db337d6fa6bd463984f7d17188d991dbb22f60efb92a8a9619507c"}
"""Hashes of the source of what TillDriver overrides in textual 8.2.8: when one changes, read it again."""


def _names(messages: Iterable[Message]) -> list[str]:
    return [name for m in messages if isinstance(m, events.Key) and (name := key_name(m)) is not None]


def keys_of(*chunks: bytes) -> list[str]:
    """Feed bytes as they are read, then let silence fall."""
    decoder = Decoder()
    messages = [message for chunk in chunks for message in decoder.feed(chunk)]
    return _names([*messages, *decoder.expire()])


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"123.", ["1", "2", "3", "."]),
        (b"\r", ["enter"]),
        (b"\x7f", ["backspace"]),
        (b"\x08", ["backspace"]),
        (b"+*, ", ["plus", "asterisk", ",", "space"]),
        ("йЙё№".encode(), ["й", "Й", "ё", "№"]),
        (b"\x1b[A\x1b[B\x1b[5~\x1b[6~", ["up", "down", "pageup", "pagedown"]),
        (b"\x1b[H\x1b[F\x1b[1~\x1b[4~", ["home", "end", "home", "end"]),
        (b"\x1b[2~\x1b[3~", ["insert", "delete"]),
        (b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~", ["f1", "f2", "f3", "f4", "f5"]),
        (b"\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", ["f1", "f2", "f3", "f4", "f5"]),
        (b"\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~", [f"f{n}" for n in range(6, 13)]),
        (b"\x1b[25~\x1b[26~\x1b[34~", ["f13", "f14", "f20"]),
        (b"\x1bOM\x1bOk\x1bOj\x1bOl", ["enter", "plus", "asterisk", ","]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b5", ["escape", "5"]),
        (b"\x1b0\x1b1", ["escape", "0", "escape", "1"]),
        (b"\x1b\r", ["escape", "enter"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1b\x7f", ["escape", "backspace"]),
    ],
    ids=repr,
)
def test_a_key_is_named_as_the_key_map_has_it(data: bytes, keys: list[str]) -> None:
    """Terminal, Linux console and numpad: the bytes of a key, the project's name."""
    assert keys_of(data) == keys
    assert keys_of(*(bytes([byte]) for byte in data)) == keys


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[?1;2c",
        b"\x1b[?62;1;6;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[1;2R",
        b"\x1b[1;129R",
        b"\x1b[P",
        b"\x1b[1081::113;5u",
        b"\x1b[99999999u",
        b"\x1b[<0;10;10M",
        b"\x1b[I\x1b[O",
        b"\x1b]11;rgb:0000/0000/0000\x07",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[12;34",
        b"\x0a\x1d\x09\x11\x03\x1a\x10",
        b"\x00\x01\x02",
        b"\xff\xfe\xd2",
    ],
    ids=repr,
)
def test_what_is_no_key_types_nothing(data: bytes) -> None:
    """Replies of the terminal, control bytes and broken sequences leave no trace, and the next key comes through."""
    decoder = Decoder()
    assert _names([*decoder.feed(data), *decoder.expire()]) == []
    assert _names(decoder.feed(b"7")) == ["7"]
    assert keys_of(data + b"\x1b[A") == ["up"]


class TestRobustness:
    @given(st.lists(st.binary(max_size=40), max_size=8))
    def test_no_bytes_stop_the_keyboard(self, chunks: list[bytes]) -> None:
        """After anything at all, and a silence, Enter is Enter."""
        now = [0.0]
        decoder = Decoder(clock=lambda: now[0])
        for chunk in chunks:
            decoder.feed(chunk)
        now[0] = 10.0
        decoder.expire()
        assert _names(decoder.feed(b"\r"))[-1:] == ["enter"]

    def test_bytes_that_are_not_utf8_are_replaced(self) -> None:
        """A cp1251 word does not end the program."""
        assert keys_of("Тест".encode("cp1251"), b"5") == ["5"]


class TestPaste:
    def test_a_paste_is_one_message_and_no_keys(self) -> None:
        """What is pasted is told by its size only; it types nothing."""
        decoder = Decoder()
        messages = decoder.feed(b"1\x1b[200~4600\r99\x1b[A\x1b[201~2")
        assert _names(messages) == ["1", "2"]
        assert [m.text for m in messages if isinstance(m, events.Paste)] == ["4600\r99\x1b[A"]

    def test_an_unclosed_paste_ends_by_itself(self) -> None:
        """Half a second after its beginning keys are keys again."""
        now = [0.0]
        sifter = Sifter(lambda: now[0])
        assert sifter.feed("\x1b[200~460") == []
        now[0] = 0.6
        paste, *rest = sifter.feed("7")
        assert isinstance(paste, events.Paste)
        assert rest == ["7"]


class TestDriver:
    def test_upstream_is_the_one_we_know(self) -> None:
        """What the driver overrides has the source it was written against."""
        for name, known in UPSTREAM.items():
            source = inspect.getsource(getattr(LinuxDriver, name))
            assert hashlib.sha256(source.encode()).hexdigest() == known, name

    def test_every_key_of_a_preset_can_be_typed(self) -> None:
        """No action of a ready-made map is out of a Linux terminal's reach."""
        typed = {name for sequence in ANSI_SEQUENCES_KEYS for name in keys_of(sequence.encode())} | set(
            keys_of(b"+*/-?%=.,")
        )
        presets = (own for preset in PRESETS.values() for own in preset.values())
        assert {key for own in presets for keys in own.values() for key in keys} <= typed

    def test_bytes_pass_the_filter_before_they_are_keys(self) -> None:
        """A scanner's bytes are taken out; a silence gives back what the filter kept; the closed end stops the till."""
        driver, ends = _driver(lambda data: data.replace(b"SCAN", b"") or b"!")
        os.write(ends, b"1SCAN2")
        driver.wait_for(["1", "2"])
        driver.wait_for(["1", "2", "!"])
        os.close(ends)
        driver.thread.join(5)
        assert driver.exits == [(1, 1)]

    def test_filter_that_fails_stops_no_key(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a filter that raises, then keys come unfiltered, the log tells it once, and the thread lives on."""

        def fails(_: bytes) -> bytes:
            raise ValueError

        driver, ends = _driver(fails)
        os.write(ends, b"1")
        driver.wait_for(["1"])
        os.write(ends, b"2")
        driver.wait_for(["1", "2"])
        os.close(ends)
        driver.thread.join(5)
        assert driver.exits == [(1, 1)]
        assert [record.message for record in caplog.records] == ["bytes filter"]


class _Wired(TillDriver):
    """A driver on a pipe in the place of a terminal."""

    def __init__(self, fileno: int, bytes_filter: Any) -> None:
        self.exits: list[tuple[int, int]] = []
        self._app = SimpleNamespace(  # type: ignore[assignment]
            bytes_filter=bytes_filter, exit=None, call_later=lambda _, *args: self.exits.append(args)
        )
        self.fileno = fileno
        self.exit_event = threading.Event()
        self._decoder = Decoder()
        self.names: list[str] = []
        self._came = threading.Condition()
        self.thread = threading.Thread(target=self.run_input_thread, daemon=True)

    def process_message(self, message: Message) -> None:
        """Keep the keys."""
        with self._came:
            self.names += _names([message])
            self._came.notify_all()

    def wait_for(self, names: list[str]) -> None:
        """Wait until these keys have come."""
        with self._came:
            assert self._came.wait_for(lambda: self.names[: len(names)] == names, 5), self.names


def _driver(bytes_filter: Any) -> tuple[_Wired, int]:
    reading, writing = os.pipe()
    driver = _Wired(reading, bytes_filter)
    driver.thread.start()
    return driver, writing
