"""What a check found, and how much it looked at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from policies.finding import Finding
from policies.rule import Level


@dataclass(frozen=True)
class Summary:
    """Counts of findings by level (waived and known ones left out), the environments reported on, and the number of rules."""

    levels: Mapping[str, int]
    environments: tuple[str, ...]
    rules: int


@dataclass(frozen=True)
class CheckResult:
    """Findings, the worst first, of the environments that were asked for; `skipped` are the others of the estate.

    `changes`, where there is a before: what becomes of what runs, a line each.
    """

    findings: tuple[Finding, ...]
    summary: Summary
    skipped: frozenset[str] = frozenset()
    changes: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether anything at error or above is not waived."""
        return any(finding.stops for finding in self.findings)


def summarized(
    findings: tuple[Finding, ...],
    environments: tuple[str, ...],
    rules: int,
    skipped: frozenset[str] = frozenset(),
    changes: tuple[str, ...] = (),
) -> CheckResult:
    """A result with its counts; every level is there, also with none."""
    counted = Counter(finding.level for finding in findings if finding.waived is None and not finding.known)
    levels = {level.value: counted[level] for level in reversed(Level)}
    return CheckResult(findings, Summary(levels, environments, rules), skipped, changes)
