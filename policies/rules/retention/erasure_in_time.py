"""What was purged for a person is really gone soon after."""

from collections.abc import Iterator

from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, days: int) -> Iterator[Violation]:
    """Soft delete of the store, where history holds personal data."""
    kept = subject.app.store.soft_delete_days
    if subject.app.task_hub.personal_data and kept > days:
        message = f"purged payloads with personal data stay {kept} days in soft delete, expected at most {days}"
        yield Violation(message, path=(*subject.whose.path, "store", "soft_delete_days"))


RULE = Rule(
    slug="erasure-in-time",
    ref="HK212",
    level=Level.WARNING,
    scope=Scope.APP,
    parameters=(
        Parameter("days", 30, "Days that deleted payloads with personal data may stay in soft delete", 1, 365),
    ),
    what="Blobs of a hub with personal data are gone 30 days after they are purged (parameter `days`).",
    why=(
        "Payloads above 45 KB are blobs. A purge deletes them, and soft delete keeps them: whoever promised erasure "
        "within a month has not erased."
    ),
    fix="Lower `store: {soft_delete_days: …}` to the time a mistake needs to be noticed; 14 days is the default.",
    source="Soft delete for blobs, read 2026-11-22; Regulation (EU) 2016/679, articles 12(3) and 17",
    check=check,
)
