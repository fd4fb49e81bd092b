"""History does not outlive the telemetry that explains it."""

from collections.abc import Iterator

from environments import retention_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Compares the oldest step that is still in the history with days of telemetry."""
    telemetry, retention = subject.environment.telemetry.retention_days, retention_of(subject.app)
    days, back = retention.longest_days, retention.reaches_back(subject.app.longest_orchestration)
    if days is not None and days > telemetry:
        yield Violation(
            f"history is kept {days} days, telemetry only {telemetry}, so the oldest instances cannot be explained",
            path=(*subject.whose.path, "task_hub", "history_days"),
        )
    elif back is not None and back.days > telemetry:
        yield Violation(
            f"history is kept {retention.longest_days} days from the end of an instance and so reaches back {back.days}, "
            f"telemetry only {telemetry}",
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
