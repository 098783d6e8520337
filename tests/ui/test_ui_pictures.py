import pytest

from tests.ui.comparing import PICTURES, same_as_file
from tests.ui.drawing import rows_of, svg_of
from tests.ui.scenes import SCENES

SHOWN = (
    *("sign-in", "sale", "payment", "change", "approving", "charging-silent", "status-trouble", "z-report"),
    *("mark-other-item", "mark-sold", "mark-degraded", "price-choice", "age"),
    *("check-pack", "order-taken", "return-picked", "return-mark", "return-refund-both"),
)


@pytest.mark.parametrize("scene", SHOWN)
def test_the_pictures_of_the_readme_are_true(scene: str) -> None:
    """What the README shows is what the till paints."""
    assert same_as_file(PICTURES / f"{scene}.svg", svg_of(rows_of(SCENES[scene](), (80, 25)), "normal"))
