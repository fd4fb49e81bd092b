"""A deleted vault or secret can be brought back for a while."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import ResourceSubject

DAYS = "properties.softDeleteRetentionInDays"


def check(subject: ResourceSubject, *, days: int) -> Iterator[Violation]:
    """Not set means on, with 90 days."""
    on, kept = at(subject.resource.inputs, "properties.enableSoftDelete"), at(subject.resource.inputs, DAYS)
    path = (*subject.whose.path, "vault", "soft_delete_days")
    if UNKNOWN in (on, kept):
        yield Violation(f"properties.enableSoftDelete or {DAYS} {UNKNOWN_WORDS}, expected literals", path=path)
    elif on is False:
        yield Violation("properties.enableSoftDelete is false, expected true", path=path)
    elif kept is not MISSING and kept < days:
        yield Violation(f"{DAYS} is {kept}, expected {days} or more", path=path)


RULE = Rule(
    slug="vault-soft-delete",
    ref="HK423",
    level={"production": Level.ERROR, "staging": Level.WARNING},
    scope=Scope.RESOURCE,
    types=("azure-native:keyvault:Vault",),
    parameters=(Parameter("days", 30, "Days that a deleted vault must be kept at least", 7, 90),),
    what="In staging and production a deleted vault is kept 30 days or more (parameter `days`).",
    why=(
        "A secret that was deleted by mistake is missed when the workflow that needs it runs, and monthly ones run "
        "monthly. The number of days is fixed when the vault is made."
    ),
    fix="Set `vault: {soft_delete_days: 90}` before the vault is first made.",
    source="Azure Key Vault soft-delete overview, read 2026-11-22; Checkov CKV_AZURE_42 and 111",
    check=check,
)
