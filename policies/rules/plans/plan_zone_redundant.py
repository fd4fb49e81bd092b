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
        "worker was in that zone."
    ),
    fix=(
        "Set `plan: {zone_redundant: true, minimum_instances: 2}` (on FC1 without a minimum). A plan that runs takes it in "
        "place; its store, which then is ZRS, does not: see `hubkeeper explain store-convertible`."
    ),
    source=(
        "Configure zone redundancy for Azure Functions, learn.microsoft.com, 2026-02-19 (Flex Consumption and Elastic Premium, "
        "changed in place); terraform-provider-azurerm pull request 29810, merged 2025-07 (Dedicated, with two instances); "
        "Checkov CKV_AZURE_225, for production only"
    ),
    check=check,
)
