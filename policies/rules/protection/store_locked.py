"""In production Azure itself refuses to delete the store of a task hub."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import SCHEDULER, SQL_SERVER, STORAGE_ACCOUNT, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

LOCK = "azure-native:authorization:ManagementLockByScope"
HOLDS = {"CanNotDelete", "ReadOnly"}


def check(subject: PlanSubject) -> Iterator[Violation]:
    """A lock belongs to the account, the scheduler or the server whose id its `scope` waits for, or names."""
    locks = subject.plan.of_type(LOCK)
    for holder in (one for token in (STORAGE_ACCOUNT, SCHEDULER, SQL_SERVER) for one in subject.plan.of_type(token)):
        levels = [at(lock.inputs, "level") for lock in locks if _covers(lock, holder)]
        if not HOLDS.intersection(level for level in levels if isinstance(level, str)):
            wrong = f"whose lock {UNKNOWN_WORDS}" if UNKNOWN in levels else "that no lock holds"
            message = f"a store {wrong} can be deleted by anybody with Contributor, expected a CanNotDelete lock"
            yield Violation(message, whose(subject.plan, holder, subject.described), holder.urn)


def _covers(lock: Resource, holder: Resource) -> bool:
    if holder.urn in lock.property_dependencies.get("scope", ()):
        return True
    scope, name = at(lock.inputs, "scope"), at(holder.inputs, "accountName")
    return isinstance(scope, str) and isinstance(name, str) and scope.lower().endswith(f"/{name.lower()}")


RULE = Rule(
    slug="store-locked",
    ref="HK510",
    level={"production": Level.WARNING},
    scope=Scope.PLAN,
    what="In production a CanNotDelete lock holds every store, scheduler and SQL server.",
    why=(
        "`protect` stops Pulumi and nobody else. A clean-up script or a click in the portal deletes the account, and "
        "with it every running instance."
    ),
    fix="Remove `store: {lock: false}`; the components then make a lock on what holds the hubs.",
    source="Lock your resources to protect your infrastructure, learn.microsoft.com, read 2026-11-22",
    check=check,
)
