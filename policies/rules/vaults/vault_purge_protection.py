"""A vault cannot be emptied for good before its days of grace are over."""

from collections.abc import Iterator

from policies.reading import MISSING, at, must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

PROPERTY = "properties.enablePurgeProtection"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On where the tier is protected; anywhere else on or not set, since Azure refuses false."""
    if subject.whose.tier == "development" and at(subject.resource.inputs, PROPERTY) is MISSING:
        return
    expected = "true or not set: Azure refuses false" if subject.whose.tier == "development" else "true"
    yield from must_be(subject.resource, PROPERTY, [True], expected)


RULE = Rule(
    slug="vault-purge-protection",
    ref="HK422",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=("azure-native:keyvault:Vault",),
    what="Key vaults have purge protection in staging and production, and never say that it is off.",
    why=(
        "A purged vault takes the keys of every partner with it, and running instances fail at their next call. Azure "
        "refuses `false`."
    ),
    fix="Set `enablePurgeProtection: true`, or leave it out in development; the component does so by tier.",
    source="Key Vault soft delete and purge protection, read 2026-11-22; PSRule AZR-000125, Checkov CKV_AZURE_110",
    check=check,
)
