"""What a check compares with, beside the rules."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Against:
    """`base`: a revision whose descriptions were there before. `state`: a stack export. `baseline`: findings that are known."""

    base: str | None = None
    state: Path | None = None
    baseline: Path | None = None

    @property
    def is_change(self) -> bool:
        """Whether there is a before, so that a change can be judged."""
        return bool(self.base or self.state)


NOTHING = Against()
