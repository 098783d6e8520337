"""Draws the machines into README.md: every state of the table test is stepped with every event.

Without arguments the figures are written between their markers; with --check the exit code is 1 if they differ.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from cashier.core.events import (
    Answered,
    CardAnswered,
    Event,
    FiscalReady,
    FolderListed,
    Found,
    OrderFetched,
    PasswordChecked,
    PeopleListed,
    PersonSaved,
    Pressed,
    Reply,
    SaleFound,
    ShiftShut,
    Stamped,
    Ticked,
)
from cashier.core.machines import step
from cashier.core.modes import CheckingPrice, ShowingPrice
from tests.core.hand import NOON
from tests.core.samples import events, state_name, states

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"

KEYS = {"enter": "Enter", "escape": "Esc", "delete": "Del", "insert": "Ins", "plus": "+", "asterisk": "*"}
CARDS = {"approved": "approved", "declined": "declined", "absent": "never began", "unknown": "silent"}
"""What a payment terminal says."""
SHUT = {"closed": "closed", "failed": "not closed", "unknown": "silent", "strange": "strange"}
"""What a fiscal device says of the closing of a shift."""
REPLIES = {"yes": "reply", "no": "refusal", "gone": "loss"}
"""What the gates of the tests make of the words of a reply."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One machine: the states it shows, and one name for all that lies around it."""

    title: str
    states: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """States of other machines that keep their names."""
    around: str = ""
    """Name of all others; without one each keeps its own."""
    arrivals: bool = True
    """Draw what leads into the machine too."""

    def name(self, state: str) -> str:
        """Name a state in this figure."""
        return self.around if self.around and state not in (*self.states, *self.beside) else state


PASSAGE = ("EnterWaiting", "EnterAsking", "AddedWaiting", "ReleaseWaiting", "ReleaseAsking", "LeaveWaiting")
GOODS = ("Finding", "Choosing", "Weighing", "Searching", "Browsing", "Requantifying")
PRICE = ("CheckingPrice", "ShowingPrice")
MENU = ("Menu", "MovingCash", "Discounting", "Restoring", "Owing")
QUESTIONS = ("Confirming", "Telling")
DESK = ("Popup", "Helping", "Panel", "Inspecting")
CARD = ("ChargingWaiting", "ChargingAsking", "ChargingSilent", "ChargingManual")
ORDER = ("OrderingTyping", "OrderingWaiting")
RETURN = (
    *("SeekingWay", "SeekingTyping", "SeekingWaiting", "ListingSales"),
    *("Returning", "CountingBack", "GivingReason"),
)
SHIFT = ("SettlingPostponed", "ClosingAsking", "ClosingWaiting", "ClosingSilent", "Reporting")
PEOPLE = ("Approving", "ListingPeople", "ChangingPerson", "TypingPerson", "SavingPerson")

FIGURES = (
    Figure("Session", ("EnteringCode", "EnteringPassword", "CheckingPassword"), ("Helping", "Inspecting"), "SignedIn"),
    Figure(
        "Sale",
        ("Selling",),
        ("Paying", "EnteringCode", "Approving", *GOODS, *PRICE, *MENU, *QUESTIONS, *DESK),
        "Passage",
        arrivals=False,
    ),
    Figure("Goods", GOODS, ("Selling", "Popup", "Panel"), "Passage"),
    Figure("Price check", PRICE),
    Figure("Passage of a line through the gates, in and out (storno)", PASSAGE, ("Popup", "Panel"), "Sale"),
    Figure(
        "Payment", ("Paying",), ("Selling", "EnteringCode", "CheckingPassword", "Approving", *QUESTIONS, *DESK), "Card"
    ),
    Figure("Card", CARD),
    Figure("Menu", MENU, arrivals=False),
    Figure("Order", ORDER),
    Figure("Return", RETURN, ("Selling", "Paying", "Popup", "Panel", "Telling", "Approving"), "Passage"),
    Figure("Shift", SHIFT),
    Figure("People and rights", PEOPLE, around="Till"),
    Figure("Questions", QUESTIONS, arrivals=False),
    Figure(
        "Desk", DESK, ("Selling", "Paying", "EnteringCode", "ListingPeople", *CARD, *SHIFT), "Passage", arrivals=False
    ),
)

Edge = tuple[str, str]


def label(event: Event) -> str:
    """Name an event as a person at the till would."""
    match event:
        case Pressed(key):
            return "digit" if key.isdigit() else KEYS.get(key, key.upper())
        case Ticked():
            return "idle"
        case PasswordChecked():
            return "fits" if event.person else "does not fit"
        case Found():
            return ("none found", "found")[len(event.products)] if len(event.products) < len("12") else "several found"
        case Answered():
            return REPLIES.get(event.reply.body, event.reply.body) if isinstance(event.reply, Reply) else "no reply"
        case FolderListed() | PeopleListed():
            return "listed"
        case OrderFetched() | SaleFound():
            return event.outcome
        case PersonSaved():
            return "kept" if event.done else "not kept"
        case CardAnswered() | FiscalReady() | ShiftShut():
            return _device(event)
        case _:
            return "scan"


def _device(event: CardAnswered | FiscalReady | ShiftShut) -> str:
    """Name what a device has answered."""
    match event:
        case CardAnswered():
            return CARDS.get(event.outcome, event.outcome)
        case FiscalReady():
            return "silent" if event.before is None else "ready"
        case ShiftShut():
            return SHUT[event.outcome]


@cache
def changes() -> tuple[tuple[str, str, str], ...]:
    """Step the whole table, once: state before, state after, label of the event."""
    return tuple(_changes())


def _changes() -> Iterator[tuple[str, str, str]]:
    for till in states().values():
        for event in events(till):
            after = step(till, Stamped(event, NOON + timedelta(hours=1), UUID(int=1 << 100))).till
            types = isinstance(event, Pressed) and isinstance(till.mode, ShowingPrice)
            typed = types and isinstance(after.mode, CheckingPrice)
            yield state_name(till.mode), state_name(after.mode), "typing" if typed else label(event)


def edges(figure: Figure) -> dict[Edge, list[str]]:
    """Return the labels of each change of state that a figure shows, sorted; no state leads to itself."""
    found: dict[Edge, set[str]] = {}
    for source, target, event in changes():
        edge = (figure.name(source), figure.name(target))
        if edge[0] != edge[1] and _shown(figure, source, target, event):
            found.setdefault(edge, set()).add(event)
    return {edge: sorted(found[edge]) for edge in sorted(found)}


def _shown(figure: Figure, source: str, target: str, event: str) -> bool:
    """Tell what belongs to a figure: idling shows in the session, the trainee's panel at the desk, both once."""
    if event == "loss" or (event == "idle" and "EnteringCode" not in figure.states):
        return False
    if "Panel" in {source, target} and "Panel" not in figure.states:
        return False
    return source in figure.states or (figure.arrivals and target in figure.states)


def drawn(figure: Figure) -> str:
    """Draw one machine in Mermaid."""
    rows = [f"    {a} --> {b}: {', '.join(labels)}" for (a, b), labels in edges(figure).items()]
    return "\n".join([f"**{figure.title}**", "", "```mermaid", "stateDiagram-v2", *rows, "```", ""])


def placed(text: str) -> str:
    """Put the figures into a text between their markers, at its end if it has none."""
    if BEGIN not in text:
        text = f"{text}\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    figures = "\n".join(drawn(figure) for figure in FIGURES)
    return f"{before}{BEGIN}\n\n{figures}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the figures, or check them."""
    text = README.read_text(encoding="utf-8")
    fresh = placed(text)
    if "--check" in arguments:
        if fresh != text:
            print("the figures in README.md are not up to date: run scripts/figures", file=sys.stderr)
        return int(fresh != text)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
