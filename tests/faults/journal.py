"""What a running till has written down so far, read from beside it."""

import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from cashier.folder import DataFolder
from cashier.store.connect import open_for_reading
from cashier.store.journal import entries

_CHANGING = frozenset({"at", "identifier", "receipt", "token", "opened", "time"})
"""What differs between two runs of one script."""


def facts(data: Path) -> list[dict[str, Any]]:
    """Read all facts of the journal."""
    with closing(open_for_reading(DataFolder(data).documents)) as conn:
        return [json.loads(entry.body) for entry in entries(conn)]


def story(data: Path) -> list[Any]:
    """Read the facts without times and identifiers; printing goes its own way and is left out."""
    return [_bare(fact) for fact in facts(data) if fact["type"] not in {"RegisterBegun", "PrintEnded"}]


def kinds(data: Path) -> Counter[str]:
    """Count the facts by their kinds."""
    return Counter(fact["type"] for fact in facts(data))


class NeverCameError(AssertionError):
    """What was waited for did not come; the text is what there was instead."""


def wait_for(holds: Callable[[], object], meanwhile: Callable[[], object], patience: float = 20.0) -> float:
    """Wait until something holds; return the seconds it took."""
    began = time.monotonic()
    while not holds():
        meanwhile()
        if time.monotonic() > began + patience:
            raise NeverCameError(patience)
    return time.monotonic() - began


def _bare(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{"):  # the body of a message
        return _bare(json.loads(value))
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _CHANGING}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value
