"""Sampling never drops the tracking events of orchestrations."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject


def check(subject: EnvironmentSubject) -> Iterator[Violation]:
    """Trace must be among the types that are never sampled."""
    excluded = subject.environment.telemetry.sampling.excluded_types
    if "Trace" not in excluded:
        without = f"{', '.join(excluded)}, but not Trace" if excluded else "nothing, so Trace is sampled"
        yield Violation(
            f"sampling excludes {without}: tracking events of orchestrations get lost",
            path=("telemetry", "sampling", "excluded_types"),
        )


RULE = Rule(
    slug="sampling-keeps-tracking",
    ref="HK209",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.ENVIRONMENT,
    what="The type Trace is excluded from sampling.",
    why=(
        "The tracking events of Durable Functions are traces. The template's `excludedTypes: Request` does not keep "
        "them, and an instance whose events were sampled away looks stuck."
    ),
    fix=(
        "Set `telemetry: {sampling: {excluded_types: [Exception, Request, Trace]}}`; control cost by log levels "
        "instead."
    ),
    source="Diagnostics in Durable Functions, 2026; functions host issue #4753",
    check=check,
)
