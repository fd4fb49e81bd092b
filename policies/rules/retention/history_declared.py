"""How long history is kept, and who purges it, is declared."""

from collections.abc import Iterator

from environments import retention_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each of the two that is missing."""
    path = (*subject.whose.path, "task_hub")
    hub = subject.app.task_hub
    if hub.history_days is None:
        yield Violation("task_hub.history_days is not declared, so history grows for ever", path=path)
    if retention_of(subject.app).purged_by is None:
        backend = retention_of(subject.app).backend.title
        yield Violation(f"task_hub.purged_by is not declared, and {backend} purges nothing by itself", path=path)


RULE = Rule(
    slug="history-declared",
    ref="HK201",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    what="Every application declares how many days history is kept and who purges it.",
    why=(
        "Azure Storage and MSSQL have no time to live: without a purge, history, its cost and the personal data in it "
        "grow for ever."
    ),
    fix=(
        "Under `task_hub:` add `history_days: 90` and, but for a scheduler, `purged_by: scheduled-job` (or `operator`): "
        "only a scheduler purges by itself."
    ),
    source="Manage orchestration instances: purge, 2026-05; durable extension issues #17, #892",
    check=check,
)
