"""Every site and slot sends its telemetry to the environment's component."""

from collections.abc import Iterator

from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

CONNECTION = "APPLICATIONINSIGHTS_CONNECTION_STRING"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Its value is an output, so it is enough that it is there."""
    if not is_function_app(subject.resource):
        return
    there = settings_of(subject.resource).has(CONNECTION)
    if there is None:
        yield Violation(f"whether {CONNECTION} is registered {UNKNOWN_WORDS}")
    elif not there:
        yield Violation(f"{CONNECTION} is not registered, so nothing is heard of this site")


RULE = Rule(
    slug="telemetry-connected",
    ref="HK217",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Every function app and slot registers APPLICATIONINSIGHTS_CONNECTION_STRING.",
    why=(
        "Queries, alerts and the runbook look there. A slot without it takes orchestrations, fails them, and shows "
        "nothing; an instrumentation key alone is no longer supported."
    ),
    fix="Leave the setting to the component; it is the component's output and is not written by hand.",
    source="Connection strings in Application Insights, read 2026-11-22; Prowler app_function_application_insights_enabled",
    check=check,
)
