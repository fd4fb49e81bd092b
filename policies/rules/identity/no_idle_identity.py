"""A site has no identity of its own that nobody gave anything to."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import sites
from policies.role_assignments import assignments_to, has_own_identity
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """System-assigned beside a user-assigned one, and no role for it; alone without roles it is storage-roles' matter."""
    for site in sites(subject.plan, subject.described):
        beside = "identity" in site.resource.property_dependencies
        if at(site.resource.inputs, "identity.type") is UNKNOWN:
            yield Violation(f"identity.type {UNKNOWN_WORDS}, expected a literal", site.whose, site.resource.urn)
        elif beside and has_own_identity(site.resource) and not assignments_to(subject.plan, site.resource):
            yield Violation("has a system-assigned identity with no role at all", site.whose, site.resource.urn)


RULE = Rule(
    slug="no-idle-identity",
    ref="HK308",
    level=Level.NOTE,
    scope=Scope.PLAN,
    what="A site has no system-assigned identity without roles beside its user-assigned one.",
    why=(
        "SystemAssigned together with UserAssigned is legal, but an SDK's default credential may pick the one without "
        "rights, each slot has another, and it goes with the site: access reviews list identities that mean nothing."
    ),
    fix='Set `identity: {type: "UserAssigned"}`, as the component does, or give the identity the role it is there for.',
    source="Managed identities in App Service, read 2026-11-22; this project's own rule",
    check=check,
)
