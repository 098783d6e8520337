"""What the till makes of raw bytes, and which settings would fit the scanner."""

import pytest

from cashier.hearing import Ear
from cashier.settings.model import Scanner

SLOW = "если код пришёл не весь, сканер медленный: увеличьте gap"


def ear(**settings: object) -> Ear:
    """A scanner with these settings."""
    return Ear(Scanner(name="main", port="/dev/null", **settings))  # type: ignore[arg-type]


class TestAdvice:
    @pytest.mark.parametrize(
        ("data", "settings", "advice"),
        [
            (b"4600\r", {}, ()),
            (b"4600\r\n", {}, ()),
            (b"4600\r4607\r", {}, ()),
            (b"\x1d4600\x1d\r", {}, ()),
            (b"4600\n", {}, (r"сканер шлёт \n: поставьте suffix = \n",)),
            (b"4600\t", {}, (r"сканер шлёт \t: поставьте suffix = \t",)),
            (b"4600\x03\r", {}, (r"сканер шлёт \x03\r: поставьте suffix = \x03\r",)),
            (b"4600", {}, ("сканер ничего не шлёт в конце: поставьте suffix = none", SLOW)),
            (b"4600", {"suffix": b""}, ()),
            (b"4600\r", {"suffix": b""}, (r"сканер шлёт \r: поставьте suffix = \r",)),
            (b"\x024600\r", {}, (r"сканер начинает с \x02: поставьте prefix = \x02",)),
            (b"\x024600\r", {"prefix": b"\x02"}, ()),
            (b"4600\r", {"prefix": b"\x02"}, ("сканер начинает с кода: поставьте prefix = none",)),
            (b"\r\n", {}, ()),
        ],
    )
    def test_what_would_fit_is_said(self, data: bytes, settings: dict[str, object], advice: tuple[str, ...]) -> None:
        """Given a scanner that ends or begins otherwise than the settings say, then the setting that fits is named."""
        assert ear(**settings).hear(data, 1.0).advice == advice


class TestFrames:
    def test_every_scan_of_a_wrong_suffix_is_told(self) -> None:
        """Given a scanner that ends in LF where CR is set, then each scan is one fault, the third as well."""
        own = ear()
        assert [own.hear(b"4600\n", at).frames for at in (1.0, 3.0, 5.0)] == [("too_slow",)] * 3

    def test_keyboard_scanner_passes_the_wedge(self) -> None:
        """Given a scanner that types, then a scan is a frame and a person's keys stay keys, without advice."""
        own = ear(type="keyboard", prefix=b"\x02")
        assert own.hear(b"\x0246006820\r", 1.0).frames == (b"46006820",)
        heard = own.hear(b"\x1b[A", 2.0)
        assert (heard.frames, heard.keys, heard.advice) == ((), b"\x1b[A", ())

    def test_simulated_scanner_sends_codes_alone(self) -> None:
        """Given the simulated scanner, then there is nothing to set."""
        heard = ear(type="simulated").hear(b"4600", 1.0)
        assert (heard.frames, heard.advice) == ((b"4600",), ())
