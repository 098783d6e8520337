"""How long the outside is waited for before that is spoken of (screens.md): at once would flicker."""

from collections.abc import Callable

QUIET = 0.15
"""Seconds of which nothing is said."""
COUNTED = 2.0
"""Seconds from which they are counted on the screen."""


class Patience:
    """Remembers since when the present wait lasts."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._token = ""
        self._since = 0.0

    def waited(self, token: str) -> tuple[int | None, float | None]:
        """Return the seconds to be shown (None: nothing yet, 0: no number yet), and when to ask again."""
        if token != self._token:
            self._token, self._since = token, self._clock()
        if not token:
            return None, None
        lasted = self._clock() - self._since
        if lasted < QUIET:
            return None, QUIET - lasted
        if lasted < COUNTED:
            return 0, COUNTED - lasted
        return int(lasted), 1.0 - lasted % 1.0
