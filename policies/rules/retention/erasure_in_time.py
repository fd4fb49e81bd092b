"""What was purged for a person is really gone soon after."""

from collections.abc import Iterator

from environments import retention_of
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, days: int) -> Iterator[Violation]:
    """Soft delete of the store and backups of databases, where history holds personal data."""
    if not subject.app.task_hub.personal_data:
        return
    kept, retention = subject.app.store.soft_delete_days, retention_of(subject.app)
    if kept > days:
        message = f"purged payloads with personal data stay {kept} days in soft delete, expected at most {days}"
        yield Violation(message, path=(*subject.whose.path, "store", "soft_delete_days"))
    if retention.backup_days > days:
        key = "long_term_backups" if retention.long_term_days > days else "backup_days"
        message = (
            f"purged history with personal data stays {retention.backup_days} days in backups, expected at most {days}"
        )
        yield Violation(message, path=(*subject.whose.path, "task_hub", "database", key))


RULE = Rule(
    slug="erasure-in-time",
    ref="HK212",
    level=Level.WARNING,
    scope=Scope.APP,
    parameters=(
        Parameter("days", 30, "Days that purged personal data may stay in soft delete and in backups", 1, 365),
    ),
    what="What is purged of a hub with personal data is gone 30 days later, from soft delete and backups too (parameter `days`).",
    why=(
        "Payloads above 45 KB are blobs. A purge deletes them, and soft delete keeps them; what it deletes of a database is in "
        "its backups. Whoever promised erasure within a month has not erased."
    ),
    fix=(
        "Lower `store: {soft_delete_days: …}` and `database: {backup_days: …}` to the time a mistake needs to be noticed; 14 and "
        "7 days are the defaults. Leave `long_term_backups` out, or waive this finding with the law that asks for them; those "
        "that were taken already are deleted by hand."
    ),
    source=(
        "Soft delete for blobs, read 2026-11-22; Long-term retention, Azure SQL, 2023-06-23; Regulation (EU) 2016/679, articles "
        "12(3) and 17"
    ),
    check=check,
)
