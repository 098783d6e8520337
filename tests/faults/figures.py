"""What a rehearsal hands back: its figures in one line, and whether it did any work and its red control was caught."""

from dataclasses import dataclass, field

_CAUGHT = "— caught"


@dataclass
class Figures:
    """Counts of one rehearsal."""

    name: str
    counts: dict[str, object] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    control: str = ""
    """What the red control was and what came of it, as `caught` words it; none at all proves nothing."""
    skipped: str = ""
    done: int = 0
    """How often something was really put to the test; never proves nothing."""

    @property
    def good(self) -> bool:
        """Tell whether work was done, nothing was violated, and the control was caught."""
        return self.done > 0 and not self.violations and self.control.endswith(_CAUGHT)

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.name}: SKIPPED, {self.skipped}"
        counts = ", ".join(f"{caption} {count}" for caption, count in self.counts.items())
        first = f" ({self.violations[0]})" if self.violations else ""
        idle = "" if self.done else ", NOTHING DONE"
        return f"{self.name}: {counts}{idle}, violations {len(self.violations)}{first}; control: {self.control}"


def caught(what: str, found: object) -> str:
    """Word a red control that must have found something."""
    return f"{what} {_CAUGHT}" if found else f"{what} — MISSED"
