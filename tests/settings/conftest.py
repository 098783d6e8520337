"""A folder of settings to write into."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cashier.settings import Loaded, load

Write = Callable[..., Loaded]


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """An empty but whole folder of settings."""
    (tmp_path / "ncash.ini").write_text("", encoding="utf-8")
    (tmp_path / "ncash.ini.d").mkdir()
    return tmp_path


@pytest.fixture
def given(conf: Path) -> Write:
    """Write `ncash.ini`, and more files below `ncash.ini.d` by their names without `.ini`; load all."""

    def write(text: str | bytes, **more: str) -> Loaded:
        (conf / "ncash.ini").write_bytes(text if isinstance(text, bytes) else text.encode())
        for name, content in more.items():
            (conf / "ncash.ini.d" / f"{name}.ini").write_text(content, encoding="utf-8")
        return load(conf)

    return write
