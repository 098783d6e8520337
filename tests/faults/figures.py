"""What a rehearsal hands back: its figures in one line, and whether its red control was caught."""

from dataclasses import dataclass, field


@dataclass
class Figures:
    """Counts of one rehearsal."""

    name: str
    counts: dict[str, object] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    control: str = ""
    """What the red control was and what came of it; `MISSED` in it means that the rehearsal proves nothing."""
    skipped: str = ""

    @property
    def good(self) -> bool:
        """Tell whether nothing was violated and the control was caught."""
        return not self.violations and "MISSED" not in self.control

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.name}: SKIPPED, {self.skipped}"
        counts = ", ".join(f"{caption} {count}" for caption, count in self.counts.items())
        first = f" ({self.violations[0]})" if self.violations else ""
        return f"{self.name}: {counts}, violations {len(self.violations)}{first}; control: {self.control}"


def caught(what: str, found: object) -> str:
    """Word a red control that must have found something."""
    return f"{what} — {'caught' if found else 'MISSED'}"
