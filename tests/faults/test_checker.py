"""The checker of all rehearsals, before it is believed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.checker import SABOTAGES, found_by


def test_a_sound_folder_has_nothing_wrong() -> None:
    """A sale without a fault violates no invariant."""
    assert found_by(lambda _data: None) == []


@pytest.mark.parametrize(("harm", "word"), SABOTAGES, ids=lambda value: getattr(value, "__name__", None))
def test_harm_is_found_by_its_invariant(harm: Callable[[Path], None], word: str) -> None:
    """A flipped byte, a lost row, a doubled paper: each is called by its name."""
    assert any(found.startswith(word) for found in found_by(harm))
