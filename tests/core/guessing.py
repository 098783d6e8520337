"""Wrong passwords at the sign-in, and somebody who guesses."""

from datetime import timedelta

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import CheckPassword
from cashier.core.machines.delays import delay
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import Hand

WINDOW = 30 * 60
DAY = timedelta(days=1)


def tried(hand: Hand, code: str = PETROV.code, password: str = "0") -> Hand:
    """Sign in with a password, wrong unless it is said."""
    return hand.write(code).press("enter").write(password).press("enter")


def wrong(hand: Hand, times: int, code: str = PETROV.code) -> Hand:
    """Give so many wrong passwords, each as soon as it is compared."""
    for _ in range(times):
        hand.wait(delay(hand.till.ledger.failed(code)))
        tried(hand, code)
        assert compared(hand) == [code]
    return hand


def compared(hand: Hand) -> list[str]:
    """Return the codes that were compared with the latest input."""
    return [effect.code for effect in hand.effects if isinstance(effect, CheckPassword)]


def seconds(hand: Hand) -> int:
    """Return how long it is said to be shut; 0 when that is not said."""
    notice = hand.till.notice
    return int(str(dict(notice.places)["seconds"])) if notice and notice.key == "code_is_shut" else 0


def cut(hand: Hand) -> Hand:
    """Cut the power, and keep the journal for the next cut."""
    again = hand.restarted()
    again.facts = hand.facts
    return again


class Guesser:
    """Somebody alone with the till, who wants in under one code. Time is the time that really passes."""

    def __init__(self, *, by_wall_clock: bool = False, forgets: bool = False) -> None:
        self.hand = Hand()
        self.by_wall_clock = by_wall_clock
        """Red control: the delay counts on the clock that can be set."""
        self.forgets = forgets
        """Red control: what was refused is not in the journal."""
        self.jumped = 0.0
        self.guesses: list[float] = []

    @property
    def now(self) -> float:
        """Seconds that have really passed."""
        return self.hand.uptime - self.jumped

    def guess(self) -> None:
        """Give a wrong password, at the sign-in or where another user is asked for."""
        tried(self.hand)
        self.guesses += [self.now] * len(compared(self.hand))

    def restart(self) -> None:
        """Pull the plug."""
        if self.forgets:
            self.hand.facts = [own for own in self.hand.facts if not isinstance(own, f.SignInRefused)]
        self.hand = cut(self.hand)

    def set_clock(self, days: int) -> None:
        """Set the clock of the shop."""
        self.hand.clock += days * DAY
        if self.by_wall_clock:
            self.hand.uptime += days * 86400
            self.jumped += days * 86400

    def as_cashier(self) -> None:
        """Sign in as the cashier the guesser is, and ask for what needs the other's word; or leave."""
        if isinstance(self.hand.till.mode, m.EnteringCode):
            self.hand.press("escape").sign_in(IVANOVA.code).scan(BREAD.barcode).press("f4")
        elif isinstance(self.hand.till.mode, m.Approving):
            self.hand.press("escape", "escape", "-")

    def most(self) -> int:
        """Return the most guesses there were in any half an hour."""
        return max((sum(0 <= at - first < WINDOW for at in self.guesses) for first in self.guesses), default=0)
