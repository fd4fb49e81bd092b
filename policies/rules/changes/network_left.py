"""An application that is in a private network stays in one."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """An application that was in one and is not any more."""
    for app, old, new in subject.apps():
        if old.private and new.private is False:
            message = "it leaves the private network: its store and its vault are open to every network again"
            yield Violation(message, subject.at(app))


RULE = Rule(
    slug="network-left",
    ref="HK821",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change takes no application out of its private network.",
    why=(
        "One deleted line opens what the network closed, and a reviewer sees only that a subnet is gone. What Azure does with "
        "the integration itself is not confirmed."
    ),
    fix="Keep `network:`. Where it is meant, waive the finding for the days it takes, and look at the site's integration.",
    source="Use private endpoints for Azure Storage, learn.microsoft.com, read 2026-11-23",
    check=check,
)
