"""What is kept is kept as long as was said."""

from collections.abc import Iterator, Mapping

from environments import Path
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Every number of days that becomes smaller: telemetry of the environment, and what the applications keep."""
    if subject.before and subject.after:
        for key, was, now in _less(subject.before.days, subject.after.days):
            path: Path = tuple(key.split("."))
            yield Violation(f"{key} {was} becomes {now}: what is older is gone for good", subject.whose, path=path)
    for app, old, new in subject.apps():
        for key, was, now in _less(old.days, new.days):
            message = f"{key} {was} becomes {now}: what is older is gone for good"
            yield Violation(message, subject.at(app, None, tuple(key.split("."))))


def _less(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    for key, days in before.items():
        if key in after and after[key] < days:
            yield key, days, after[key]


RULE = Rule(
    slug="retention-shortened",
    ref="HK809",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change shortens no retention: of history, of telemetry, of what can be brought back.",
    why=(
        "The next purge deletes what the longer time had promised: evidence of a claim that is still disputed, or the last "
        "days in which a deleted vault could come back. Nothing of it can be undone."
    ),
    fix="Keep the days; or have who needs the older data agree, export it, and waive this finding until it is done.",
    source="Manage data retention in a Log Analytics workspace, 2026; Soft delete for blobs and for Key Vault, 2026",
    check=check,
)
