"""History is kept at least as long as the longest orchestration may run."""

from collections.abc import Iterator
from datetime import timedelta

from environments import in_words, retention_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Compares days of history with the longest `stuck_after`, where a purge counts from the day of creation."""
    days, longest = subject.app.task_hub.history_days, subject.app.longest_orchestration
    if retention_of(subject.app).backend.counts_from == "completion":
        return
    if days is not None and longest is not None and timedelta(days=days) < longest:
        slowest = max(subject.app.orchestrations, key=lambda name: subject.app.orchestrations[name].stuck_after)
        yield Violation(
            f"history is kept {days} days, but {slowest} may run {in_words(longest)}",
            path=(*subject.whose.path, "task_hub", "history_days"),
        )


RULE = Rule(
    slug="history-outlasts-orchestration",
    ref="HK202",
    level={"production": Level.ERROR, "staging": Level.ERROR, "development": Level.WARNING},
    scope=Scope.APP,
    what="On Azure Storage history is kept at least as long as the longest declared orchestration may run.",
    why=(
        "A purge selects by the day an instance was created, not by the day it ended: one that ran longer than "
        "history is kept loses its history at the first purge after it ended, before anybody has looked at it."
    ),
    fix="Raise `task_hub: {history_days: …}` to the longest `stuck_after` of the application, or lower that one.",
    source=(
        "Durable extension, HttpApiHandler and durabletask AzureTableTrackingStore (filter on CreatedTime), read "
        "2026-06"
    ),
    check=check,
)
