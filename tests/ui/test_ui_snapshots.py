import pytest

from tests.ui.comparing import SNAPSHOTS, same_as_file
from tests.ui.drawing import grid_of, rows_of
from tests.ui.scenes import SCENES


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 25), (100, 37)], ids=["80x25", "100x37"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_screen_looks_as_it_did(scene: str, size: tuple[int, int], language: str) -> None:
    """Text and roles of every screen are those of the file that somebody has looked at."""
    name = f"{scene}-{size[0]}x{size[1]}-{language}"
    assert same_as_file(SNAPSHOTS / f"{name}.txt", grid_of(rows_of(SCENES[scene](), size, language)))
