"""What may be although a rule says no: waivers first, then the baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hubkeeper.check import baseline
from hubkeeper.check.bad_input import BadInput
from hubkeeper.project import Project
from policies.finding import Finding
from policies.rule import Scope
from policies.waiver_file import Waiver
from policies.waivers import Waivers, environments_of, upkeep, waivers_of


@dataclass(frozen=True)
class Exceptions:
    """The waivers of a project, and the baseline that it was told to use."""

    waivers: Waivers
    known: Sequence[baseline.Entry] = ()
    file: str = ""

    @classmethod
    def read(cls, project: Project, file: Path | None) -> "Exceptions":
        """Reads both. Raises BadInput."""
        waivers = waivers_of(project.root)
        if waivers.problems:
            raise BadInput("\n".join(map(str, waivers.problems)))
        return cls(waivers, baseline.read_baseline(file) if file else (), str(file or ""))

    def applied(
        self, findings: Iterable[Finding], today: date, skipped: frozenset[str], *, judges_changes: bool
    ) -> list[Finding]:
        """The findings, marked, and those about waivers and the baseline themselves.

        `skipped` are environments that were not checked; `judges_changes` says whether there was a revision to compare with.
        """
        marked = [self.waivers.mark(one, today) for one in findings]

        def judged(waiver: Waiver) -> bool:
            is_judged = judges_changes or waiver.rule.scope is not Scope.CHANGE
            return is_judged and not environments_of(waiver.target, skipped)

        marked += upkeep(self.waivers, today, judged)
        return baseline.apply(marked, self.known, skipped, self.file) if self.file else marked
