"""What a shop may set and this version does not act on."""

from collections.abc import Callable

import pytest

from cashier.settings import Loaded, Settings, not_yet

Write = Callable[..., Loaded]

SCANNER = "type = keyboard"


def named(loaded: Loaded) -> list[str]:
    """Sections and keys of the warnings."""
    assert loaded.settings is not None, [str(mistake) for mistake in loaded.mistakes]
    return [line.partition(": эта версия")[0] for line in not_yet(loaded.settings)]


def test_fresh_till_has_nothing_to_say() -> None:
    """Nobody is warned of what nobody set."""
    assert not_yet(Settings()) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "[plugins]\nstockcontrol = on\n[StockControl]\nurl = http://s",
            [],
        ),
        ("[Restriction.spirits]\ngroup = 1\nage = 18", []),
        ("[LegalMinimum.cig]\nkind = c\nfrom = 2026-01-01\nprice = 153.00", []),
        ("[Export]\nxml = on\npush = on\npushUrl = http://e", []),
        ("[Orders]\nurl = http://o\n[CashServer]\nurl = http://c\nofflineReturns = on", []),
        ("[Rights]\nrefund = 3\nchoose_price = 1\nusers = 1", []),
        ("[Rights]\nchoose_price = 2\nconfirm_age = 2\nconfirm_clock = 3", []),
        (f"[Scanner.a]\n{SCANNER}\n[Scanner.b]\nport = p\n[Scanner.c]\n{SCANNER}", ["[Scanner.c]"]),
        ("[Printer.a]\n[Printer.b]", ["[Printer.b]"]),
        ("[PaymentTerminal]\ntype = simulated", ["[PaymentTerminal] type = simulated"]),
        ("[PaymentTerminal]\ntype = manual", []),
        ("[plugins]\nmarkedgoods = on\n[MarkedGoods.Milk]\nmask = a\n[Queue]\nurl = http://q", []),
        ("[Scanner.a]\nport = p\ngs = \\x1d", []),
    ],
)
def test_what_does_nothing_is_named_once(given: Write, text: str, names: list[str]) -> None:
    """Each with its section, in one printable line that says what to do."""
    loaded = given(text)
    assert named(loaded) == names
    assert loaded.settings is not None
    assert all(line.isprintable() and line.split(". ", 1)[1] for line in not_yet(loaded.settings))
