"""What is protected stays protected."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject

_STRICT = ("development", "staging", "production")


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """A lower tier; and stores that lose their protection or their lock though the tier is the same."""
    if subject.before is None or subject.after is None:
        return
    was, now = subject.before.tier, subject.after.tier
    if _STRICT.index(now) < _STRICT.index(was):
        lost = "what holds task hubs is no longer protected" if now == "development" else "rules become less strict"
        level = None if now == "development" else Level.WARNING
        yield Violation(f"tier {was} becomes {now}: {lost}", subject.whose, path=("tier",), level=level)
        return
    for app, old, new in subject.apps():
        if old.protected and new.protected is False:
            yield Violation(f"the store {old.store['name']} is no longer protected", subject.at(app))
        if old.locked and new.locked is False:
            message = f"the lock that keeps everybody from deleting {old.store['name']} goes"
            yield Violation(message, subject.at(app, path=("store", "lock")), level=Level.WARNING)


RULE = Rule(
    slug="protection-removed",
    ref="HK808",
    level=Level.ERROR,
    also=(Level.WARNING,),
    scope=Scope.CHANGE,
    what="A change takes protection from nothing that holds a task hub.",
    why="The next change can then delete or replace a store, and no engine and no rule stops it.",
    fix="Keep `tier`. To take an environment down, drain it first and waive this finding for the days it takes.",
    source="Pulumi resource option protect; decision 0007 of this project",
    check=check,
)
