"""Questions of gates: rows to choose from, a scan, digits to be typed; and what another user sees who is to answer."""

from msgspec.structs import replace

from cashier.core.keys import Action, Context
from cashier.core.modes import Mode, Passing
from cashier.core.passage import Questioned
from cashier.core.question import Choice, Question
from cashier.core.rights import Errand
from cashier.core.say import Say, Sum, say
from cashier.core.state import Till
from cashier.core.view_keys import digit_of, hint, listing
from cashier.core.view_model import Dialog, Hint, Option, Tone

_ANSWERED_FOR = frozenset({Errand.CONFIRM_AGE, Errand.CONFIRM_CLOCK})
"""Errands by which somebody answers for what the dialog says."""


def dialog_of(till: Till, at: Questioned) -> Dialog:
    """Return the panel of a question."""
    question = at.question
    dialog = Dialog(question.title, Tone.QUESTION, question.lines, problem=question.problem)
    if question.entry:
        return replace(dialog, keys=_typing(till, at.entry))
    rows = tuple(_row(choice, row) for row, choice in enumerate(question.choices))
    dialog = replace(dialog, chosen=at.chosen, scan=question.wants_scan, weighty=question.errand in _ANSWERED_FOR)
    if rows and question.chosen >= 0:
        return replace(dialog, options=rows, keys=listing(till, say("key_choose"), _back(question)))
    beside = rows if question.wants_scan else ()
    return replace(dialog, options=() if beside else rows, keys=_answers(till, question, beside))


def of_approval(mode: Mode, right: Say) -> tuple[Say, ...]:
    """Say what another user is asked to allow: of a question also what it is about, and the price that was chosen."""
    if not (isinstance(mode, Passing) and isinstance(mode.at, Questioned)):
        return (right,)
    question, chosen = mode.at.question, mode.at.question.choices[mode.at.chosen].caption
    named = say("approving_sum", what=right, chosen=chosen) if _is_sum(chosen) else right
    return named, *question.lines


def panel_key(till: Till) -> tuple[Hint, ...]:
    """Return the key of the trainee's panel, which has what a scan may be."""
    return (hint(till, Context.LIST, Action.PANEL, say("key_panel")),) if till.rules.samples else ()


def _row(choice: Choice, row: int) -> Option:
    return Option(choice.caption, choice.remark, digit_of(row), is_sum=_is_sum(choice.caption))


def _is_sum(caption: Say) -> bool:
    return [type(value) for _, value in caption.places] == [Sum]


def _typing(till: Till, entry: str) -> tuple[Hint, ...]:
    accept = hint(till, Context.DIALOG, Action.ACCEPT, say("key_accept"))
    back = say("key_clear") if entry else say("key_not_sell")
    return accept, hint(till, Context.LIST, Action.CANCEL, back)


def _answers(till: Till, question: Question, beside: tuple[Option, ...]) -> tuple[Hint, ...]:
    """Return the keys of a question without a list: what may be done in the place of a scan, and the way out."""
    digits = tuple(Hint((str(row.digit),), row.caption) for row in beside)
    panel = panel_key(till) if question.wants_scan else ()
    return (*digits, *panel, hint(till, Context.LIST, Action.CANCEL, say("key_cancel")))


def _back(question: Question) -> Say:
    """Say what the way out means: where somebody answers for a sale, that there is none."""
    return say("key_not_sell") if question.errand in _ANSWERED_FOR else say("key_cancel")
