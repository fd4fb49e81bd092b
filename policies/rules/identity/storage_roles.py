"""The identity of a site has the roles on its store that the host and its task hub need."""

from collections.abc import Iterator

from environments.catalogue import roles
from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT, STORE_SETTING, Site, is_on_database, is_on_scheduler, sites
from policies.role_assignments import assignments_to, identities_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

FOR_THE_HOST = ("storage-blob-data-owner",)
FOR_A_HUB = ("storage-queue-data-contributor", "storage-table-data-contributor")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each identity that lacks a role, at the first site that runs as it."""
    told: set[tuple[str, ...]] = set()
    for site in sites(subject.plan, subject.described):
        owners = identities_of(subject.plan, site)
        if not owners:
            message = "no identity of this plan is assigned to the site, so its roles on the store cannot be read"
            yield Violation(message, site.whose, site.resource.urn)
            continue
        # A host uses one identity, so one of them must have all of them.
        lacking = min((_missing(subject, site, owner) for owner in owners), key=len)
        store = site.settings.get(STORE_SETTING)
        cause = (str(store), *(owner.urn for owner in owners))
        if lacking and cause not in told:
            told.add(cause)
            message = f"the site's identity lacks on store {store}: {', '.join(lacking)}"
            yield Violation(message, site.whose, site.resource.urn)


def _missing(subject: PlanSubject, site: Site, owner: Resource) -> list[str]:
    here = [one for one in assignments_to(subject.plan, owner) if _is_on_store(subject, site, one)]
    given = [at(one.inputs, "roleDefinitionId") for one in here]
    if UNKNOWN in given:
        return [f"a role whose roleDefinitionId {UNKNOWN_WORDS}"]
    # A hub in a scheduler or a database leaves the store to the host, which keeps its locks and keys in blobs.
    elsewhere = is_on_scheduler(site) or is_on_database(site)
    needed = FOR_THE_HOST if elsewhere else (*FOR_THE_HOST, *FOR_A_HUB)
    return [
        roles()[slug].title for slug in needed if not any(str(one).lower().endswith(roles()[slug].id) for one in given)
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
        "The identity of each site has Blob Data Owner on its store, and Queue Data Contributor and Table Data "
        "Contributor where its task hub is there too."
    ),
    why=(
        "Durable Functions keeps leases in blobs, messages in queues and history in tables. With a role missing the "
        "site deploys, starts, and orchestrations stay Pending without an error that a caller sees."
    ),
    fix="Grant what is missing to the application's identity, at the scope of its store; the component does so by itself.",
    source="Configure Durable Functions with managed identity, 2026-05-20; permissions include of 2026-07-11",
    check=check,
)
