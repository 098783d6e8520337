"""A shop for the import tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.trade_files import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop with no dictionaries yet."""
    new = Shop(tmp_path)
    yield new
    new.close()
