"""Alerts lead to the page that says what to do."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject


def check(subject: EnvironmentSubject) -> Iterator[Violation]:
    """One violation."""
    if not subject.environment.runbook_url:
        yield Violation("alerts link to no runbook, expected runbook_url to say where the pages are read")


RULE = Rule(
    slug="alerts-lead-to-runbook",
    ref="HK781",
    level={"production": Level.NOTE, "staging": Level.NOTE},
    scope=Scope.ENVIRONMENT,
    what="Every alert carries the address of its runbook page.",
    why="Whoever is woken reads the mail first. Searching for the page is the slowest part of the first five minutes.",
    fix="Set `runbook_url: https://…` to where the folder `runbooks/` of this repository is read.",
    source="Site Reliability Workbook, chapter 8: each alert has a playbook entry",
    check=check,
)
