"""The delay after wrong passwords: for one code, by a clock nobody can set; another cashier still gets in (spec R1).

A restart begins a delay anew, so neither a restart nor a changed clock shortens it. Nobody guesses more than ten times
in half an hour (domain/reliability.md, PIN guessing).
"""

from math import ceil

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import Signal
from cashier.core.events import PasswordChecked
from cashier.core.say import say
from cashier.core.state import Step, Till, stay

FREE = 3
"""Wrong passwords that cost nothing: fingers slip."""

FIRST, LONGEST = 30.0, 900.0
"""Seconds after the fourth wrong password, doubled with each further one up to the longest."""


def delay(failures: int) -> float:
    """Return the seconds a code is shut after so many wrong passwords in a row.

    >>> [delay(failures) for failures in (3, 4, 5, 20)]
    [0.0, 30.0, 60.0, 900.0]
    """
    return 0.0 if failures <= FREE else min(FIRST * 2.0 ** min(failures - FREE - 1, 16), LONGEST)


def shut_for(till: Till, code: str) -> int:
    """Return the whole seconds a code is still shut; 0 when it may be tried."""
    last = dict(till.refused).get(code, till.since)
    return max(ceil(last + delay(till.ledger.failed(code)) - till.uptime), 0)


def refused(till: Till, event: PasswordChecked) -> Step:
    """Count a wrong password and say so."""
    return counted(till, event).saying(say("sign_in_refused"))


def counted(till: Till, event: PasswordChecked) -> Step:
    """Write a wrong password down, and when it was; what is nobody's code may be a password and is not kept."""
    step = stay(till).recorded(f.SignInRefused(event.code if event.known else ""))
    step = _timed(step, event.code) if event.known else step
    return step.then(Signal(accepted=False))


def _timed(step: Step, code: str) -> Step:
    till = step.till
    others = tuple(pair for pair in till.refused if pair[0] != code)
    return Step(replace(till, refused=(*others, (code, till.uptime))), step.effects)
