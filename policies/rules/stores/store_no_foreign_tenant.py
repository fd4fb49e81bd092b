"""Nobody copies a store's blobs into another tenant."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Off, in so many words."""
    yield from must_be(subject.resource, "allowCrossTenantReplication", [False], "false")


RULE = Rule(
    slug="store-no-foreign-tenant",
    ref="HK407",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="Replication of blobs into another tenant is off on every storage account.",
    why=(
        "With it on, somebody with rights on the account can set up a rule that copies every payload of a workflow to "
        "an account outside the organization, and nothing in the application shows it."
    ),
    fix="Set `allowCrossTenantReplication: false`, as the component does.",
    source="Prevent object replication across tenants, read 2026-11-22; Prowler storage_cross_tenant_replication_disabled",
    check=check,
)
