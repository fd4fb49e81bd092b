"""Production's instances are spread over zones."""

from collections.abc import Iterator

from policies.hosting_plans import HOSTING_PLAN
from policies.reading import at, must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

_STORE = "A plan that runs takes it in place; its store, which then is ZRS, does not: see `hubkeeper explain store-convertible`."


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    for violation in must_be(subject.resource, "zoneRedundant", [True], "true"):
        flex = at(subject.resource.inputs, "sku.name") == "FC1"
        fix = (
            violation.fix or f"Set `plan: {{zone_redundant: true{'' if flex else ', minimum_instances: 2'}}}`. {_STORE}"
        )
        yield Violation(violation.message, path=(*subject.whose.path, "plan"), fix=fix)


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
    fix=(f"Set `plan: {{zone_redundant: true, minimum_instances: 2}}`, on FC1 without a minimum. {_STORE}"),
    source=(
        "Configure zone redundancy for Azure Functions, learn.microsoft.com, 2026-02-19 (Flex Consumption and Elastic Premium, "
        "changed in place); terraform-provider-azurerm pull request 29810, merged 2025-07 (Dedicated, with two instances); "
        "Checkov CKV_AZURE_225, for production only"
    ),
    check=check,
)
