"""Who an application runs as, and which roles those identities are given.

Ids are unknown in a first preview; what they depend on is not, so identities, roles and scopes are joined by that.
"""

from collections.abc import Iterator
from typing import Final

from plan import UNKNOWN, Plan, Resource
from policies.reading import MISSING, at
from policies.registered import Site, sites
from policies.subjects import PlanSubject

IDENTITY: Final = "azure-native:managedidentity:UserAssignedIdentity"
ASSIGNMENT: Final = "azure-native:authorization:RoleAssignment"


def identities_of(plan: Plan, site: Site) -> list[Resource]:
    """The identities of this plan that a site runs as: user-assigned ones, and the site itself for its own."""
    assigned = at(site.resource.inputs, "identity.userAssignedIdentities") is not MISSING
    urns = set(site.resource.property_dependencies.get("identity", ())) if assigned else set()
    user = [one for one in plan.of_type(IDENTITY) if one.urn in urns]
    return [*user, site.resource] if has_own_identity(site.resource) else user


def has_own_identity(site: Resource) -> bool:
    """Whether Azure makes an identity for the site alone (SystemAssigned, by itself or beside a user-assigned one)."""
    kind = at(site.inputs, "identity.type")
    return isinstance(kind, str) and "SystemAssigned" in kind


def assignments_to(plan: Plan, identity: Resource) -> list[Resource]:
    """Role assignments whose principal comes from an identity."""
    return [one for one in plan.of_type(ASSIGNMENT) if identity.urn in one.property_dependencies.get("principalId", ())]


def assignments_to_sites(subject: PlanSubject) -> Iterator[tuple[Site, Resource]]:
    """Every role assignment to an identity that a site runs as, once, with the first such site."""
    told: set[str] = set()
    for site in sites(subject.plan, subject.described):
        for identity in identities_of(subject.plan, site):
            for assignment in assignments_to(subject.plan, identity):
                if assignment.urn not in told:
                    told.add(assignment.urn)
                    yield site, assignment


def is_at(plan: Plan, assignment: Resource, token: str, property_name: str, name: object) -> bool:
    """Whether an assignment's scope is the resource of this type and name."""
    scope = at(assignment.inputs, "scope")
    if isinstance(name, str) and isinstance(scope, str):
        return scope.lower().endswith(f"/{name.lower()}")
    found = [plan.resources.get(urn) for urn in assignment.property_dependencies.get("scope", ())]
    return any(one and one.type == token and at(one.inputs, property_name) == name for one in found)


def is_role(assignment: Resource, *ids: str) -> bool:
    """Whether it gives one of these role definitions, by GUID. An unknown one is none of them."""
    given = at(assignment.inputs, "roleDefinitionId")
    return given is not UNKNOWN and str(given).lower().endswith(tuple(ids))
