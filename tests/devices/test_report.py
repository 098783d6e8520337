"""What is said of a scan to whoever sets the scanner up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import Aim, describe


class TestGs:
    @pytest.mark.parametrize(
        ("data", "spelling"),
        [
            (b"01\x1d91", "0x1D"),
            (b"01^]91", "^]"),
            (b"01<GS>91", "<GS>"),
            (b"01{GS}91", "{GS}"),
            (b"01<FNC1>91", "<FNC1>"),
            (b"01\\u001d91", "\\u001d"),
            (b"01\\x1D91", "\\x1D"),
            (b"01|91", "|"),
            ("01è91".encode(), "è"),
            (b"01\xe891", "0xE8"),
            (b"01\\x001d91", "\\x001d"),
        ],
    )
    def test_every_known_spelling_is_seen(self, data: bytes, spelling: str) -> None:
        """Each as it came."""
        assert describe(data).gs == (spelling,)

    def test_several_spellings_are_told_once_each(self) -> None:
        """A scanner that mixes them is set up wrongly twice."""
        assert describe(b"1\x1d2\x1d3^]4").gs == ("0x1D", "^]")

    def test_none(self) -> None:
        """The commonest fault: the scanner does not send it."""
        assert describe(b"010460049469420121ABC91EE10").gs == ()


class TestEnds:
    def test_aim(self) -> None:
        """Known identifiers have a meaning, others are part of the code."""
        assert describe(b"]C1010460").aim == Aim("]C1", "GS1-128")
        assert describe(b"\x02]d2010460").aim == Aim("]d2", "GS1 DataMatrix")
        assert describe(b"]zz010460").aim is None

    def test_left_overs(self) -> None:
        """Control characters at the ends belong into the settings; a GS at the end belongs to the code."""
        report = describe(b"\x024600\t\r\n")
        assert (report.prefix, report.suffix) == ("␂", "␉␍␊")
        assert describe(b"4600\x1d").suffix == ""
        assert describe(b"\r").suffix == "␍"


class TestText:
    def test_length_hex_and_text(self) -> None:
        """Bytes as they are, and so that they can be seen."""
        report = describe(b"\x1dA\xe8\x7f")
        assert (report.length, report.hex, report.text) == (4, "1d 41 e8 7f", "␝A\\xE8␡")

    def test_layout(self) -> None:
        """Cyrillic and № come from a Russian layout."""
        assert describe("0104Фы".encode()).cyrillic
        assert describe("0104№".encode()).cyrillic
        assert not describe(b"0104Ab").cyrillic

    @given(st.binary() | st.text().map(str.encode))
    def test_everything_can_be_described_and_seen(self, data: bytes) -> None:
        """No byte breaks it, no text in it can command a terminal."""
        report = describe(data)
        assert report.text.isprintable()
        assert report.prefix.isprintable()
        assert report.suffix.isprintable()
