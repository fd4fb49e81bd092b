"""What may be although a rule says no: waivers first, then the baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from environments import Estate
from hubkeeper.check.bad_input import BadInput
from hubkeeper.project import Project
from policies import baseline
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
        """Reads both; without a file the project's own baseline, if it has one. Raises BadInput."""
        waivers = waivers_of(project.root)
        if waivers.problems:
            raise BadInput("\n".join(map(str, waivers.problems)))
        own = project.root / baseline.FILE
        if file is None:
            return cls(waivers, read_baseline(own), baseline.FILE) if own.is_file() else cls(waivers)
        return cls(waivers, read_baseline(file), str(file))

    def applied(
        self, findings: Iterable[Finding], today: date, estate: Estate, skipped: frozenset[str], *, judges_changes: bool
    ) -> list[Finding]:
        """The findings, marked, and those about waivers and the baseline themselves.

        `skipped` are environments that were not checked; `judges_changes` says whether there was a revision to compare with.
        """
        marked = [self.waivers.mark(one, today) for one in findings]

        def judged(waiver: Waiver) -> bool:
            is_judged = judges_changes or waiver.rule.scope is not Scope.CHANGE
            return is_judged and not environments_of(waiver.target, skipped)

        marked += upkeep(self.waivers, today, judged, estate)
        return baseline.apply(marked, self.known, skipped, self.file) if self.file else marked


def read_baseline(file: Path) -> Sequence[baseline.Entry]:
    """The entries of a baseline. Raises BadInput."""
    try:
        return baseline.read_baseline(file)
    except baseline.BaselineUnusable as error:
        raise BadInput(str(error)) from None
