"""No orchestration waits for an event without an end."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Events are waited for and no timer is declared."""
    for name, one in subject.app.orchestrations.items():
        if one.waits_for and not one.timers:
            message = f"{name} waits for {', '.join(one.waits_for)} and declares no timer that ends the wait"
            yield Violation(message, path=(*subject.whose.path, "orchestrations", name))


RULE = Rule(
    slug="wait-has-end",
    ref="HK703",
    level=Level.WARNING,
    scope=Scope.APP,
    what="An orchestration that waits for external events declares a timer that ends the wait.",
    why=(
        "An event that was raised for a wrong instance, or never, leaves the instance Running for ever. It is never "
        "purged, holds its data beyond any retention, and no error shows it."
    ),
    fix="Wait for the event and a durable timer together, and declare it: `timers: {ApprovalDeadline: 10d}`.",
    source="Handling external events in Durable Functions; Timers, 2026-05",
    check=check,
)
