"""The checker of all rehearsals and their figures, before they are believed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.checker import SABOTAGES, found_by, sound
from tests.faults.figures import Figures, caught
from tests.faults.process import Process

pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """Sell once without a fault."""
    with sound(tmp_path_factory.mktemp("sound")) as till:
        yield till


class TestChecker:
    def test_a_sound_folder_has_nothing_wrong(self, sold: Process) -> None:
        """A sale without a fault violates no invariant."""
        assert any(said.receipt and said.receipt.closed for said in sold.acknowledged)
        assert found_by(lambda _data: None, sold) == []

    @pytest.mark.parametrize(("harm", "word"), SABOTAGES, ids=lambda value: getattr(value, "__name__", None))
    def test_harm_is_found_by_its_invariant(self, harm: Callable[[Path], None], word: str, sold: Process) -> None:
        """A flipped byte, a lost row, a doubled paper: each is called by its name."""
        assert any(found.startswith(word) for found in found_by(harm, sold))


class TestFigures:
    @pytest.mark.parametrize(
        "figures",
        [
            Figures("nothing done", control=caught("harm", found=True)),
            Figures("no control", done=1),
            Figures("a control that found nothing", control=caught("harm", found=False), done=1),
            Figures("something wrong", violations=["I1"], control=caught("harm", found=True), done=1),
        ],
        ids=lambda figures: figures.name,
    )
    def test_what_proves_nothing_is_not_good(self, figures: Figures) -> None:
        """No work, no control, a missed control and a violation each fail a rehearsal."""
        assert not figures.good

    def test_work_without_a_fault_is_good(self) -> None:
        """Work done, nothing violated, the control caught."""
        assert Figures("sound", control=caught("harm", found=True), done=1).good
