"""The scanner contract: what counts as a frame."""

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices import Framer, Framing, Reason


def outcomes(framer: Framer, *chunks: bytes) -> list[bytes | Reason]:
    """Feed chunks that come without a pause."""
    return [outcome for chunk in chunks for outcome in framer.feed(chunk, 1.0)]


class TestFrames:
    def test_a_frame_ends_at_the_suffix(self) -> None:
        """CR ends a frame and is no part of it."""
        assert outcomes(Framer(Framing()), b"4600\r4607\r46") == [b"4600", b"4607"]

    def test_a_line_feed_after_cr_is_swallowed(self) -> None:
        """CR LF is one terminator, also when the LF comes in a later read."""
        framer = Framer(Framing())
        assert outcomes(framer, b"4600\r\n", b"4607\r", b"\n", b"1\r") == [b"4600", b"4607", b"1"]

    def test_a_line_feed_after_cr_begins_nothing(self) -> None:
        """After CR LF nobody waits for the rest of a frame."""
        framer = Framer(Framing())
        outcomes(framer, b"4600\r\n")
        assert framer.deadline is None

    def test_empty_frames_are_nothing(self) -> None:
        """Terminators in a row and a bare prefix are no scans."""
        assert outcomes(Framer(Framing()), b"\r\r\n\r") == []
        assert outcomes(Framer(Framing(prefix=b"\x02")), b"\x02\r") == []

    def test_gs_and_every_other_byte_is_kept(self) -> None:
        """Only the terminator is special."""
        payload = bytes(value for value in range(256) if value not in b"\r\n")
        assert outcomes(Framer(Framing()), payload + b"\r") == [payload]

    def test_a_suffix_may_have_several_bytes(self) -> None:
        """A terminator that comes in two reads is still one."""
        framer = Framer(Framing(suffix=b"\r\n"))
        assert outcomes(framer, b"46\r00\r", b"\n1\r\n") == [b"46\r00", b"1"]

    def test_a_prefix_is_cut_off(self) -> None:
        """What stands before the prefix's place makes the frame unusable."""
        framer = Framer(Framing(prefix=b"\x02"))
        assert outcomes(framer, b"\x024600\r4607\r\x024614\r") == [b"4600", "cut_off", b"4614"]


class TestLength:
    def test_512_bytes_are_a_frame_and_513_are_not(self) -> None:
        """The limit itself is allowed."""
        assert outcomes(Framer(Framing()), b"1" * 512 + b"\r") == [b"1" * 512]
        assert outcomes(Framer(Framing()), b"1" * 513 + b"\r2\r") == ["too_long", b"2"]

    def test_a_megabyte_without_end_is_one_fault_in_bounded_memory(self) -> None:
        """The next good frame after the terminator is taken."""
        framer = Framer(Framing())
        assert outcomes(framer, *[b"x" * 1000] * 1000) == ["too_long"]
        assert sys.getsizeof(framer._buffer) < 4096
        assert outcomes(framer, b"\r4600\r") == [b"4600"]


class TestSilence:
    def test_a_pause_inside_a_frame_is_one_fault(self) -> None:
        """The fault is told while it is silent; the rest up to the terminator belongs to it."""
        framer = Framer(Framing())
        assert framer.feed(b"4600", 1.0) == []
        assert framer.expire(1.29) == []
        assert framer.expire(1.31) == ["too_slow"]
        assert framer.deadline is None
        assert framer.feed(b"4942\r4607\r", 1.6) == [b"4607"]

    def test_a_scan_after_a_fault_is_never_lost_without_a_word(self) -> None:
        """What comes later up to the terminator may be a scan of its own: it is told, and the next one is taken."""
        framer = Framer(Framing())
        framer.feed(b"4600", 1.0)
        framer.expire(1.3)
        assert framer.feed(b"4601\r", 5.0) == ["too_slow"]
        assert framer.feed(b"4602\r", 7.0) == [b"4602"]

    def test_a_scanner_with_another_terminator_is_told_at_every_scan(self) -> None:
        """LF where CR is set: one fault per scan, however it is cut into reads, and none for silence."""
        framer = Framer(Framing())
        for at in (1.0, 5.0, 9.0):
            assert framer.feed(b"46", at) + framer.feed(b"00\n", at + 0.1) == []
            assert framer.expire(at + 0.2) == []
            assert framer.expire(at + 0.5) == ["too_slow"]
            assert framer.expire(at + 3.0) == []

    def test_a_terminator_alone_is_no_scan(self) -> None:
        """It ends what was told of already."""
        framer = Framer(Framing())
        framer.feed(b"4600", 1.0)
        framer.expire(1.3)
        assert framer.feed(b"\r4607\r", 9.0) == [b"4607"]

    def test_an_endless_frame_with_pauses_is_one_fault_per_burst(self) -> None:
        """Too long once, then once for each burst after a silence."""
        framer = Framer(Framing())
        assert framer.feed(b"x" * 600, 1.0) + framer.expire(1.5) == ["too_long"]
        assert framer.feed(b"x" * 600, 2.0) + framer.expire(2.5) == ["too_slow"]
        framer.feed(b"x", 3.0)
        assert framer.cut() == ["cut_off"]

    def test_silence_between_frames_is_nothing(self) -> None:
        """A scanner may rest for hours."""
        framer = Framer(Framing())
        framer.feed(b"4600\r", 1.0)
        assert framer.expire(9000.0) == []

    def test_without_a_suffix_silence_ends_a_frame(self) -> None:
        """Then the terminator, if any, is a part of what came."""
        framer = Framer(Framing(suffix=None))
        assert framer.feed(b"4600", 1.0) == []
        assert framer.feed(b"494", 1.1) == []
        assert framer.expire(1.41) == [b"4600494"]

    def test_without_a_suffix_length_is_bounded_too(self) -> None:
        """Too much without a pause is one fault, and the pause heals it."""
        framer = Framer(Framing(suffix=None))
        assert outcomes(framer, b"x" * 600, b"x" * 600) == ["too_long"]
        assert framer.expire(2.0) == []
        assert framer.feed(b"4600", 3.0) == []
        assert framer.expire(4.0) == [b"4600"]


class TestLoss:
    def test_half_a_frame_is_dropped_at_an_unplug(self) -> None:
        """What was begun before is told and never glued to what comes after."""
        framer = Framer(Framing())
        framer.feed(b"46", 1.0)
        assert framer.cut() == ["cut_off"]
        assert framer.cut() == []
        assert framer.feed(b"4600\r", 2.0) == [b"4600"]

    def test_lost_events_take_the_rest_of_the_code_with_them(self) -> None:
        """One fault however often the kernel says so; fresh start at the terminator."""
        framer = Framer(Framing())
        framer.feed(b"46", 1.0)
        assert framer.lose(1.0) == ["lost_events"]
        assert framer.lose(1.1) == []
        assert framer.feed(b"494\r4600\r", 1.1) == [b"4600"]

    def test_a_lost_terminator_is_replaced_by_silence(self) -> None:
        """Else the next good code would be taken for the rest of the lost one."""
        framer = Framer(Framing())
        framer.lose(1.0)
        assert framer.expire(1.4) == []
        assert framer.feed(b"4600\r", 2.0) == [b"4600"]


FRAMINGS = st.builds(
    Framing,
    prefix=st.sampled_from([b"", b"\x02", b"AB"]),
    suffix=st.sampled_from([b"\r", b"\n", b"\r\n", b"XYX", None]),
    limit=st.integers(1, 8),
)
STREAMS = st.lists(st.sampled_from([b"\r", b"\n", b"\x02", b"A", b"B", b"X", b"Y", b"4600"]), max_size=40).map(b"".join)


class TestAnyStream:
    @given(FRAMINGS, STREAMS, st.lists(st.integers(0, 90)))
    def test_any_split_gives_the_same_frames(self, framing: Framing, stream: bytes, cuts: list[int]) -> None:
        """How the bytes were cut into reads is not seen in the result."""
        edges = [0, *sorted(cuts), len(stream)]
        pieces = [stream[start:end] for start, end in pairwise(edges)]
        whole, split = Framer(framing), Framer(framing)
        end = 1.0 + framing.gap
        assert outcomes(whole, stream) + whole.expire(end) == outcomes(split, *pieces) + split.expire(end)

    @given(STREAMS)
    def test_the_next_good_frame_is_taken(self, noise: bytes) -> None:
        """After any noise a terminator is a fresh start."""
        framer = Framer(Framing())
        assert outcomes(framer, noise, b"\r", b"4600\r")[-1] == b"4600"
