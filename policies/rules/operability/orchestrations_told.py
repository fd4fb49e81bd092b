"""Every application says which orchestrations it runs."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """None declared."""
    if not subject.app.orchestrations:
        yield Violation("no orchestration is declared, so nobody can tell a long one from a stuck one")


RULE = Rule(
    slug="orchestrations-told",
    ref="HK701",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    what="Every application declares its orchestrations.",
    why=(
        "How long history is kept, when an instance counts as stuck, and what an operator may restart, all hang on "
        "what the orchestrations are expected to do. Five days are an incident for one and usual for another."
    ),
    fix="Add `orchestrations: {ProcessClaim: {purpose: …, instance_id: …, expected: 5d, stuck_after: 45d}}`.",
    source="This project's own rule: one description, three readers",
    check=check,
)
