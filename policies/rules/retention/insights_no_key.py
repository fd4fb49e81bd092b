"""Application Insights takes telemetry from identities only."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.rules.retention.telemetry_by_identity import INSIGHTS
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Off, in so many words."""
    yield from must_be(subject.resource, "disableLocalAuth", [True], "true")


RULE = Rule(
    slug="insights-no-key",
    ref="HK219",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=(INSIGHTS,),
    what="Local authentication of Application Insights is off.",
    why=(
        "The connection string is in every site's settings. With local authentication on, whoever has read it can "
        "write telemetry: false events in an incident, and a daily cap reached by noon."
    ),
    fix="Set `disableLocalAuth: true` on the component, as ours does.",
    source="Microsoft Entra authentication for Application Insights, read 2026-11-22; PSRule AZR-000484",
    check=check,
)
