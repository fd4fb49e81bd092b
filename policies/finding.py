"""What a rule found, ready for a report: who, where, how bad, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.rule import Level


@dataclass(frozen=True)
class Finding:
    """One finding. `slot` None is production or no slot; `resource` is a URN; `waived` says why it does not count.

    `place` is the path in the description that it speaks of; `known` says that it is in the baseline and so does not count.
    """

    rule: str
    ref: str
    level: Level
    environment: str
    app: str | None
    slot: str | None
    resource: str | None
    message: str
    fix: str
    file: str | None = None
    line: int | None = None
    waived: Mapping[str, str] | None = None
    place: str = ""
    known: bool = False

    @property
    def stops(self) -> bool:
        """Whether it fails the check."""
        return self.level.stops and self.waived is None and not self.known

    @property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """Worst first, then by environment, application, slot and rule."""
        rank = -list(Level).index(self.level)
        return rank, self.environment, self.app or "", self.slot or "", self.ref, self.resource or ""
