"""Production's instances are spread over zones."""

from collections.abc import Iterator

from policies.hosting_plans import HOSTING_PLAN
from policies.reading import must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    for violation in must_be(subject.resource, "zoneRedundant", [True], "true"):
        yield Violation(violation.message, path=(*subject.whose.path, "plan"), fix=violation.fix)


RULE = Rule(
    slug="plan-zone-redundant",
    ref="HK430",
    level={"production": Level.WARNING},
    scope=Scope.RESOURCE,
    types=(HOSTING_PLAN,),
    what="In production hosting plans are zone-redundant.",
    why=(
        "Running instances survive the loss of a zone in a zone-redundant store, but nobody works on them when every "
        "worker was in that zone. It can be set only when a plan is made."
    ),
    fix="Set `plan: {zone_redundant: true, minimum_instances: 2}` before the plan is first made.",
    source="Reliability in Azure Functions, read 2026-11-22; Checkov CKV_AZURE_225, for production only",
    check=check,
)
