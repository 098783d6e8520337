"""The masks that stand ready in the shipped `markedgoods.ini`, commented out: the demo switches all of them on."""

import re
from pathlib import Path
from typing import Final

_FILE: Final = Path("ncash.ini.d") / "markedgoods.ini"
_SECTION: Final = re.compile(r"^;\[MarkedGoods\.(\w+)\]\s*$")
_MASK: Final = re.compile(r'^;mask = "(.+)"\s*$')


def shipped() -> tuple[tuple[str, str], ...]:
    """Return names and masks in file order."""
    package = Path(__file__).parents[1]
    conf = package / "conf"
    text = ((conf if conf.is_dir() else package.parent / "conf") / _FILE).read_text("utf-8")
    name, masks = "", []
    for line in text.splitlines():
        section, mask = _SECTION.match(line), _MASK.match(line)
        name = section.group(1) if section else name
        if mask and name:
            masks.append((name, mask.group(1)))
    return tuple(masks)
