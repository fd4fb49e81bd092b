"""Workspace and Application Insights keep telemetry for the same time."""

from collections.abc import Iterator
from dataclasses import replace

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject, of_type

COMPONENT = "azure-native:applicationinsights:Component"
WORKSPACE = "azure-native:operationalinsights:Workspace"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """All of them must be set, known, and one and the same number of days."""
    path = ("telemetry", "retention_days")
    kept: dict[str, object] = {}
    for resource in of_type(subject.plan.resources.values(), COMPONENT, WORKSPACE):
        days = at(resource.inputs, "retentionInDays")
        if days is MISSING or days is UNKNOWN:
            wrong = "is not set" if days is MISSING else UNKNOWN_WORDS
            yield Violation(f"retentionInDays {wrong}, expected a number of days", resource=resource.urn, path=path)
        else:
            kept[resource.urn] = days
    described = subject.described.telemetry.retention_days if subject.described else next(iter(kept.values()), None)
    for urn, days in kept.items():
        if days != described:
            message = f"retentionInDays is {days}, expected {described} as everywhere in this environment"
            yield Violation(message, replace(subject.whose, path=path), urn)


RULE = Rule(
    slug="telemetry-alike",
    ref="HK206",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Log Analytics workspace and Application Insights keep telemetry for the same, declared number of days.",
    why=(
        "For a workspace-based component the shorter of the two decides what is still there, and nobody looks at both."
    ),
    fix="Set `retentionInDays` of both from `telemetry: {retention_days: …}`.",
    source="Workspace-based Application Insights resources, learn.microsoft.com, read 2026-11-22",
    check=check,
)
