"""States that take keys and nothing else: a scan is refused aloud, an answer that nobody waits for changes nothing."""

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from cashier.core.events import Pressed, Response, Scanned, Turn
from cashier.core.keys import Action, Meaning
from cashier.core.modes import Confirming, Popup, Telling
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, deny, deny_scan, stay


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


def unread(till: Till, mode: Confirming | Popup | Telling, meaning: Meaning) -> Step | None:
    """Refuse a key to which nothing is to be done here, and the Enter that ends what was typed blind.

    Returns:
        None where the key is an answer: Esc, or an Enter with no other key right before it.
    """
    accepts = meaning is Action.ACCEPT
    if meaning is Action.CANCEL or (accepts and not mode.stray):
        return None
    denied = deny(till, say("read_first") if accepts else None)
    return denied.to(replace(mode, stray=not accepts)) if mode.stray is accepts else denied
