"""A store that sites name has queues and tables."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """The kind and the performance tier, which is the first half of the SKU's name."""
    kind, sku = at(subject.resource.inputs, "kind"), at(subject.resource.inputs, "sku.name")
    for name, value in (("kind", kind), ("sku.name", sku)):
        if value is UNKNOWN:
            yield Violation(f"{name} {UNKNOWN_WORDS}, expected a literal")
    if kind not in (UNKNOWN, "StorageV2"):
        yield Violation("kind is not StorageV2, so the account has no queues and tables, or no current features")
    if sku is not UNKNOWN and not str(sku).startswith("Standard_"):
        yield Violation("sku.name is not a Standard one, so the account has no queues and tables")


RULE = Rule(
    slug="store-takes-hubs",
    ref="HK405",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="Storage accounts are StorageV2 of the Standard tier.",
    why=(
        "A task hub is queues, tables and blobs. Blob-only and premium accounts lack two of them: the site is deployed, "
        "and the host fails at its start. Kind and tier cannot be changed in place."
    ),
    fix="Set `kind: StorageV2` and `sku: {name: Standard_…}`, as the component does.",
    source="Storage considerations for Azure Functions: storage account requirements, 2026",
    check=check,
)
