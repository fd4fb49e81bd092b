"""Nothing in a storage account can be read without a name."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

CONTAINER = "azure-native:storage:BlobContainer"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """The account allows no public container, and no container asks to be one."""
    if subject.resource.type == CONTAINER:
        yield from must_be(subject.resource, "publicAccess", ["None"], "None")
    else:
        yield from must_be(subject.resource, "allowBlobPublicAccess", [False], "false")


RULE = Rule(
    slug="store-not-public",
    ref="HK403",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT, CONTAINER),
    what="Storage accounts and their containers allow no anonymous access.",
    why="Large inputs and outputs of orchestrations are blobs of the hub, and so are the packages that sites run.",
    fix=(
        "Set `allowBlobPublicAccess: false` on the account and `publicAccess: None` on containers, as the components "
        "do."
    ),
    source="Remediate anonymous read access to blob data, read 2026-11-22; Checkov CKV_AZURE_34 and CKV2_AZURE_47",
    check=check,
)
