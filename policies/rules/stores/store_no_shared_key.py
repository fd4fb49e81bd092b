"""A storage account takes no shared key."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Off, in so many words."""
    yield from must_be(subject.resource, "allowSharedKeyAccess", [False], "false")


RULE = Rule(
    slug="store-no-shared-key",
    ref="HK401",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="Shared-key access is off on every storage account.",
    why=(
        "One key opens everything in the account, to anyone, without a name in a log; and who can write into a hub's "
        "store runs code in the application. Not set means on."
    ),
    fix=(
        "Set `allowSharedKeyAccess: false`, as the component does; the site reaches the store by identity. An adopted "
        "application keeps its keys for one `up` under a waiver (docs/guides/adopt.md)."
    ),
    source="Prevent Shared Key authorization for an Azure Storage account, read 2026-11-22; Checkov CKV2_AZURE_40",
    check=check,
)
