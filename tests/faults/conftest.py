"""How a rehearsal becomes a test: work done, no violation, and its red control caught."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.figures import Figures
from tests.faults.mark_server import Market


@pytest.fixture
def passed() -> Callable[[Figures], None]:
    """Return a judge of figures that skips, by name, what cannot be rehearsed here."""

    def judge(figures: Figures) -> None:
        if figures.skipped:
            pytest.skip(f"{figures.name}: {figures.skipped}")
        assert figures.violations == [], figures
        assert figures.good, figures

    return judge


@pytest.fixture
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Open a cash server."""
    with Market(Path(tmp_path_factory.mktemp("market")) / "server.db") as server:
        yield server
