"""The identity of a site has the three roles on its store that Durable Functions needs."""

from collections.abc import Iterator

from environments.catalogue import roles
from plan import UNKNOWN, Resource
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT, STORE_SETTING, Site, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
ASSIGNMENT = "azure-native:authorization:RoleAssignment"
NEEDED = ("storage-blob-data-owner", "storage-queue-data-contributor", "storage-table-data-contributor")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each identity that lacks a role, at the first site that runs as it."""
    assignments = subject.plan.of_type(ASSIGNMENT)
    told: set[tuple[str, ...]] = set()
    for site in sites(subject.plan, subject.described):
        owners = _identities(subject, site)
        if not owners:
            message = "no identity of this plan is assigned to the site, so its roles on the store cannot be read"
            yield Violation(message, site.whose, site.resource.urn)
            continue
        # A host uses one identity, so one of them must have all three.
        lacking = min((_missing(subject, site, owner, assignments) for owner in owners), key=len)
        store = site.settings.get(STORE_SETTING)
        cause = (str(store), *(owner.urn for owner in owners))
        if lacking and cause not in told:
            told.add(cause)
            message = f"the site's identity lacks on store {store}: {', '.join(lacking)}"
            yield Violation(message, site.whose, site.resource.urn)


def _identities(subject: PlanSubject, site: Site) -> list[Resource]:
    """Identities the site runs as. Ids are unknown in a first preview, what they depend on is not."""
    assigned = at(site.resource.inputs, "identity.userAssignedIdentities") is not MISSING
    urns = set(site.resource.property_dependencies.get("identity", ())) if assigned else set()
    user = [one for one in subject.plan.of_type(IDENTITY) if one.urn in urns]
    kind = at(site.resource.inputs, "identity.type")
    return [*user, site.resource] if isinstance(kind, str) and "SystemAssigned" in kind else user


def _missing(subject: PlanSubject, site: Site, owner: Resource, assignments: list[Resource]) -> list[str]:
    theirs = [one for one in assignments if owner.urn in one.property_dependencies.get("principalId", ())]
    here = [one for one in theirs if _is_on_store(subject, site, one)]
    given = [at(one.inputs, "roleDefinitionId") for one in here]
    if UNKNOWN in given:
        return [f"a role whose roleDefinitionId {UNKNOWN_WORDS}"]
    return [
        roles()[slug].title for slug in NEEDED if not any(str(one).lower().endswith(roles()[slug].id) for one in given)
    ]


def _is_on_store(subject: PlanSubject, site: Site, assignment: Resource) -> bool:
    store, scope = site.settings.get(STORE_SETTING), at(assignment.inputs, "scope")
    if isinstance(store, str) and isinstance(scope, str):
        return scope.lower().endswith(f"/storageaccounts/{store.lower()}")
    accounts = [subject.plan.resources.get(urn) for urn in assignment.property_dependencies.get("scope", ())]
    return any(one and one.type == STORAGE_ACCOUNT and at(one.inputs, "accountName") == store for one in accounts)


RULE = Rule(
    slug="storage-roles",
    ref="HK303",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what=(
        "The identity of each site has Blob Data Owner, Queue Data Contributor and Table Data Contributor on its store."
    ),
    why=(
        "Durable Functions keeps leases in blobs, messages in queues and history in tables. With a role missing the "
        "site deploys, starts, and orchestrations stay Pending without an error that a caller sees."
    ),
    fix="Grant all three to the application's identity, at the scope of its store; the component does so by itself.",
    source="Configure Durable Functions with managed identity, 2026-05-20; permissions include of 2026-07-11",
    check=check,
)
