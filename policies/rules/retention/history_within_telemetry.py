"""History does not outlive the telemetry that explains it."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Compares days of history with days of telemetry."""
    days, telemetry = subject.app.task_hub.history_days, subject.environment.telemetry.retention_days
    if days is not None and days > telemetry:
        yield Violation(
            f"history is kept {days} days, telemetry only {telemetry}, so the oldest instances cannot be explained",
            path=(*subject.whose.path, "task_hub", "history_days"),
        )


RULE = Rule(
    slug="history-within-telemetry",
    ref="HK203",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.APP,
    what="History is not kept longer than telemetry.",
    why=(
        "An old instance whose traces are gone shows what happened but not why; a complaint after that day cannot be "
        "answered."
    ),
    fix="Lower `task_hub: {history_days: …}`, or raise `telemetry: {retention_days: …}`.",
    source="Diagnostics in Durable Functions, 2026 (tracking events are traces of the workspace)",
    check=check,
)
