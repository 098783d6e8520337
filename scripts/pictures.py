"""Draws every screen of the till into a folder: at 80×25 and 100×37, in Russian, in each theme."""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cashier.ui.themes import THEMES
from tests.ui.drawing import rows_of, svg_of
from tests.ui.scenes import SCENES

SIZES = ((80, 25), (100, 37))


def main() -> int:
    """Write the pictures; the one argument is the folder."""
    if len(sys.argv) != 2:
        print("scripts/pictures FOLDER", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        for theme in THEMES:
            for size in SIZES:
                draw(folder, name, theme, size)
    return 0


def draw(folder: Path, name: str, theme: str, size: tuple[int, int]) -> None:
    """Write one picture."""
    svg = folder / f"{name}-{theme}-{size[0]}x{size[1]}.svg"
    svg.write_text(svg_of(rows_of(SCENES[name](), size, theme=theme), theme), "utf-8")
    converter = shutil.which("rsvg-convert")
    if converter:
        subprocess.run([converter, svg, "-o", svg.with_suffix(".png")], check=True)


if __name__ == "__main__":
    sys.exit(main())
