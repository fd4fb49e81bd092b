"""History of production is purged by a job, not by somebody's memory."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Purged by an operator."""
    if subject.app.task_hub.purged_by == "operator":
        message = "history is purged by an operator, so it grows whenever nobody thinks of it"
        yield Violation(message, path=(*subject.whose.path, "task_hub", "purged_by"))


RULE = Rule(
    slug="purge-scheduled",
    ref="HK213",
    level={"production": Level.WARNING},
    scope=Scope.APP,
    what="In production history is purged by a scheduled job.",
    why=(
        "A purge of months at once times out and takes a third of the store's throughput from running instances; done "
        "by hand it is done when the store is full."
    ),
    fix="Add a timer that purges a bounded window every day, and set `task_hub: {purged_by: scheduled-job}`.",
    source="Manage orchestration instances: purge, 2026-05; durable extension issues #1145, #2129, #2211",
    check=check,
)
