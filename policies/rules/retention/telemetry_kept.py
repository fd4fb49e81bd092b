"""Telemetry is kept long enough for the tier."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject

LEAST_DAYS = {"production": 90, "staging": 30, "development": 30}


def check(subject: EnvironmentSubject) -> Iterator[Violation]:
    """Compares the declared days with the least of the tier."""
    tier, days = subject.environment.tier, subject.environment.telemetry.retention_days
    if days < LEAST_DAYS[tier]:
        yield Violation(
            f"telemetry is kept {days} days in tier {tier}, expected {LEAST_DAYS[tier]} or more",
            path=("telemetry", "retention_days"),
        )


RULE = Rule(
    slug="telemetry-kept",
    ref="HK205",
    level={"production": Level.ERROR, "staging": Level.WARNING},
    scope=Scope.ENVIRONMENT,
    what="Telemetry is kept at least 90 days in production and 30 days in staging.",
    why="Workflows run for weeks; what cannot be looked up any more cannot be explained to a customer or an auditor.",
    fix="Raise `telemetry: {retention_days: …}` (30, 60, 90, 120, 180, 270, 365, 550 or 730).",
    source=(
        "Data retention in Azure Monitor Logs (31 days and fewer cost nothing extra), read 2026-11-22; the 90 days "
        "are this project's own"
    ),
    check=check,
)
