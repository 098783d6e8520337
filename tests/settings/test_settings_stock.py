"""What `cashier check` says of stock control: what holds, what cannot be promised, what would never be heard of."""

import pytest

from cashier.settings import Settings
from cashier.settings import model as s
from cashier.settings.stock_promises import stock_doubts, stock_promises

ON = Settings(plugins=s.Plugins(stockcontrol=True))


def test_nothing_is_said_where_it_is_off() -> None:
    """Given no stock control, then there is nothing to promise and nothing to warn of."""
    assert list(stock_promises(Settings())) == list(stock_doubts(Settings())) == []


def test_promises() -> None:
    """Given stock control, then what holds with keys is said, and what cannot be promised without them (spec S10)."""
    with_keys, without = stock_promises(ON)
    assert "Idempotency-Key" in with_keys
    assert "Idempotency-Undo" in with_keys
    assert "не обещает" in without
    assert all(line.isprintable() for line in (with_keys, without))


@pytest.mark.parametrize(("export", "warned"), [(s.Export(), 1), (s.Export(xml=True), 0), (s.Export(push=True), 0)])
def test_system_that_hears_of_no_sale(export: s.Export, warned: int) -> None:
    """Given no export, then the shop is warned that the system never hears what was sold; one of them is enough."""
    settings = Settings(plugins=ON.plugins, export=export)
    assert len(list(stock_doubts(settings))) == warned
