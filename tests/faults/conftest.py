"""How a rehearsal becomes a test: work done, no violation, and its red control caught."""

from collections.abc import Callable

import pytest

from tests.faults.figures import Figures


@pytest.fixture
def passed() -> Callable[[Figures], None]:
    """Return a judge of figures that skips, by name, what cannot be rehearsed here."""

    def judge(figures: Figures) -> None:
        if figures.skipped:
            pytest.skip(f"{figures.name}: {figures.skipped}")
        assert figures.violations == [], figures
        assert figures.good, figures

    return judge
