"""The goods of the demo."""

from pathlib import Path
from typing import Final

GOODS: Final = Path(__file__).with_name("goods.aif")
