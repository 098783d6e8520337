"""A scanner that types into the terminal, told from the cashier's typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import Broken, Framing, Scan, Wedge, WedgeConfig

MARK = b"0104600494694201215ABC\x1d91EE10"


def wedge(prefix: bytes = b"\x02", suffix: bytes | None = b"\r", limit: int = 512) -> Wedge:
    """Return a filter."""
    return Wedge(WedgeConfig("wedge", Framing(prefix=prefix, suffix=suffix, limit=limit)))


def told(split: tuple[list[Scan | Broken], bytes]) -> tuple[list[bytes | str], bytes]:
    """Return codes and reasons, and what is for the keyboard."""
    found, keys = split
    return [item.data if isinstance(item, Scan) else item.reason for item in found], keys


class TestPrefix:
    def test_a_scan_between_keys(self) -> None:
        """Keys before and after reach the keyboard, the scan does not."""
        assert told(wedge().feed(b"12\x02" + MARK + b"\r\n3\x1b[A", 1.0)) == ([MARK], b"123\x1b[A")

    def test_a_scan_in_many_reads(self) -> None:
        """Byte by byte, nothing of it is typing, nor is the line feed after it."""
        filter_ = wedge()
        results = [told(filter_.feed(bytes([value]), 1.0)) for value in b"\x02" + MARK + b"\r\n"]
        assert [found for found, _ in results if found] == [[MARK]]
        assert b"".join(keys for _, keys in results) == b""

    def test_enter_and_line_feed_of_the_keyboard_pass(self) -> None:
        """Only the line feed right after a scan is a scanner's."""
        assert told(wedge().feed(b"\r\n", 1.0)) == ([], b"\r\n")

    def test_cyrillic_stays_as_it_is(self) -> None:
        """Layout is repaired elsewhere."""
        assert told(wedge().feed("\x02йцу\r".encode(), 1.0)) == (["йцу".encode()], b"")

    def test_a_prefix_of_several_bytes_may_be_begun_in_vain(self) -> None:
        """Then it was typing, at once if the next byte says so, after silence if none comes."""
        filter_ = wedge(prefix=b"AB")
        assert told(filter_.feed(b"AAB1\rA", 1.0)) == ([b"1"], b"A")
        assert told(filter_.expire(1.1)) == ([], b"")
        assert told(filter_.expire(1.4)) == ([], b"A")

    def test_a_pause_gives_the_keyboard_back(self) -> None:
        """A stray prefix must not swallow keys for ever."""
        filter_ = wedge()
        assert told(filter_.feed(b"\x0246", 1.0)) == ([], b"")
        assert filter_.deadline == pytest.approx(1.3)
        assert told(filter_.feed(b"7\r", 2.0)) == (["too_slow"], b"7\r")
        assert filter_.deadline is None

    def test_too_long_is_one_fault_up_to_the_terminator(self) -> None:
        """Its rest is not typing."""
        filter_ = wedge(limit=8)
        assert told(filter_.feed(b"\x02123456789abc\rx", 1.0)) == (["too_long"], b"x")
        assert told(filter_.feed(b"\x02" + b"1" * 100, 2.0)) == (["too_long"], b"")
        assert told(filter_.feed(b"x", 3.0)) == ([], b"x")

    def test_without_a_suffix_silence_ends_a_scan(self) -> None:
        """The gap decides."""
        filter_ = wedge(suffix=None)
        assert told(filter_.feed(b"x\x024600", 1.0)) == ([], b"x")
        assert told(filter_.expire(1.4)) == ([b"4600"], b"")

    def test_numbers_count_every_frame(self) -> None:
        """Broken ones too."""
        filter_ = wedge(limit=4)
        found, _ = filter_.feed(b"\x021\r\x02123456789\r\x022\r", 1.0)
        assert [(item.number, item.device) for item in found] == [(1, "wedge"), (2, "wedge"), (3, "wedge")]


class TestBurst:
    """Without a prefix only speed tells."""

    def test_a_fast_run_is_a_scan(self) -> None:
        """Eight printable bytes and the suffix, in one read or in several that follow at once."""
        assert told(wedge(b"").feed(b"46004946\r", 1.0)) == ([b"46004946"], b"")
        filter_ = wedge(b"")
        for place, value in enumerate(MARK):
            assert told(filter_.feed(bytes([value]), 1.0 + place / 100)) == ([], b"")
        assert told(filter_.feed(b"\r\n", 1.0 + len(MARK) / 100)) == ([MARK], b"")

    def test_typing_is_typing(self) -> None:
        """A key is given to the keyboard after 50 ms, with the next one at the latest."""
        filter_ = wedge(b"")
        assert told(filter_.feed(b"1", 1.0)) == ([], b"")
        assert told(filter_.expire(1.04)) == ([], b"")
        assert told(filter_.expire(1.06)) == ([], b"1")
        keys = b"".join(filter_.feed(bytes([value]), 2.0 + place / 10)[1] for place, value in enumerate(b"12345678\r"))
        assert keys + filter_.expire(9.0)[1] == b"12345678\r"

    def test_a_short_run_is_typing(self) -> None:
        """Seven bytes and Enter may be a quick hand or a macro."""
        assert told(wedge(b"").feed(b"1234567\r", 1.0)) == ([], b"1234567\r")

    def test_function_keys_stay_whole(self) -> None:
        """An escape sequence is not kept back, nor cut in two."""
        filter_ = wedge(b"")
        assert told(filter_.feed(b"1", 1.0)) == ([], b"")
        assert told(filter_.feed(b"\x1b[A", 1.01)) == ([], b"1\x1b[A")
        assert told(filter_.feed(b"12\x7f", 1.02)) == ([], b"12\x7f")

    def test_without_a_suffix_a_long_run_is_a_scan(self) -> None:
        """And a short one typing."""
        filter_ = wedge(b"", None)
        filter_.feed(b"12345678", 1.0)
        assert told(filter_.feed(b"12", 2.0)) == ([b"12345678"], b"")
        assert told(filter_.expire(3.0)) == ([], b"12")

    def test_an_endless_run_is_bounded(self) -> None:
        """One fault, then silence heals."""
        filter_ = wedge(b"")
        assert told(filter_.feed(b"x" * 100_000, 1.0)) == (["too_long"], b"")
        assert len(filter_._kept) < 10
        assert told(filter_.feed(b"46004946\r", 2.0)) == ([b"46004946"], b"")


class TestAnything:
    @given(st.lists(st.binary(max_size=8)), st.sampled_from([b"", b"\x02", b"AB"]))
    def test_without_scans_every_byte_is_typing(self, reads: list[bytes], prefix: bytes) -> None:
        """Nothing is lost and the order stays: what is no scan reaches the keyboard."""
        if any(value in b"\r\x02AB" for read in reads for value in read):
            return
        filter_ = wedge(prefix)
        keys = b"".join(filter_.feed(read, 1.0)[1] for read in reads)
        if len(b"".join(reads)) <= 512:
            assert keys + filter_.expire(9.0)[1] == b"".join(reads)
