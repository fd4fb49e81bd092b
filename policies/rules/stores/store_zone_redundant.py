"""Production's store outlives the loss of a zone."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

OVER_ZONES = ("Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Copies in three zones, with or without a second region."""
    for violation in must_be(subject.resource, "sku.name", OVER_ZONES, " or ".join(OVER_ZONES)):
        yield Violation(violation.message, path=(*subject.whose.path, "store", "redundancy"), fix=violation.fix)


RULE = Rule(
    slug="store-zone-redundant",
    ref="HK406",
    level={"production": Level.WARNING},
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="In production storage accounts are zone-redundant: ZRS, GZRS or RAGZRS.",
    why=(
        "The hub is nowhere else. Locally redundant, all running instances are in one building; a copy in another "
        "region lags, and a failover to it replays work that was done, so it is no substitute."
    ),
    fix="Set `store: {redundancy: ZRS}`, best before the store is first used: changing it later is a migration by Azure.",
    source="Azure Storage redundancy; Disaster recovery in Durable Functions, 2026; other than Checkov CKV_AZURE_206",
    check=check,
)
