"""«Статус»: a window over any screen, read and closed; what it says follows the state while it stands."""

from msgspec.structs import replace

from cashier.core.events import Pressed, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import moved
from cashier.core.modes import Inspecting, Menu, Selling
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, stay
from cashier.core.view_status import rows


def open_status(till: Till) -> Step:
    """Open the window over what stands; the cash menu closes behind its row."""
    match till.mode:
        case Inspecting():
            return stay(till)
        case Menu():
            return stay(till).to(Inspecting(Selling()))
        case back:
            return stay(till).to(Inspecting(back))


def inspecting(till: Till, mode: Inspecting, event: Turn) -> Step:
    """Move through the rows until Enter or Esc."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _inspecting_key(till, mode, key))


def _inspecting_key(till: Till, mode: Inspecting, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    if meaning in {Action.ACCEPT, Action.CANCEL, Action.STATUS}:
        return stay(till).to(mode.back)
    count = len(rows(till))
    chosen = moved(meaning, min(mode.chosen, count - 1), count)
    return deny(till) if chosen is None else stay(till).to(replace(mode, chosen=chosen))
