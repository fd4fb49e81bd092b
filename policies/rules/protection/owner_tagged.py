"""Whoever finds a resource in Azure sees whose it is."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.hosting_plans import HOSTING_PLAN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import RESOURCE_GROUP, SITES, STORAGE_ACCOUNT
from policies.role_assignments import IDENTITY
from policies.rule import Level, Rule, Scope, Violation
from policies.rules.retention.telemetry_by_identity import INSIGHTS
from policies.subjects import ResourceSubject

WANTED = ("environment", "tier", "owner")
TAGGED = (
    RESOURCE_GROUP,
    STORAGE_ACCOUNT,
    IDENTITY,
    HOSTING_PLAN,
    INSIGHTS,
    "azure-native:operationalinsights:Workspace",
    "azure-native:keyvault:Vault",
    *SITES,
)


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for a resource, with all that is missing."""
    values = {name: at(subject.resource.inputs, f"tags.{name}") for name in WANTED}
    unread = [name for name, value in values.items() if value is UNKNOWN]
    lacking = [name for name, value in values.items() if value in (MISSING, "")]
    if unread:
        yield Violation(f"tags {', '.join(unread)} {UNKNOWN_WORDS}, expected literals")
    if lacking:
        yield Violation(f"has no tag {', '.join(lacking)}")


RULE = Rule(
    slug="owner-tagged",
    ref="HK504",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=TAGGED,
    what="Every resource that takes tags says its environment, tier and owner.",
    why=(
        "Someone who tidies up a subscription, or whose alert fires, knows the resource and not this repository. A "
        "store without an owner is deleted first."
    ),
    fix="Pass `tags` to the component (`environment.tags_of(app)`).",
    source="PSRule Azure.Resource.UseTags; Cloud Adoption Framework: resource tagging, read 2026-11-22",
    check=check,
)
