"""States that take keys and nothing else: a scan is refused aloud, an answer that nobody waits for changes nothing."""

from collections.abc import Callable
from typing import assert_never

from cashier.core.events import Pressed, Response, Scanned, Turn
from cashier.core.say import Say
from cashier.core.state import Step, Till, deny_scan, stay


def keys_only(till: Till, event: Turn, refusal: Say, pressed: Callable[[Pressed], Step]) -> Step:
    """Hand a key on; `refusal` is what a scan is told."""
    match event:
        case Pressed():
            return pressed(event)
        case Scanned():
            return deny_scan(till, event, refusal)
        case Response():
            return stay(till)
        case _:
            assert_never(event)
