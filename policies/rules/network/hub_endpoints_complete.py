"""A closed store has a private endpoint for every part of it that a hub is made of."""

from collections.abc import Iterator

from plan import UNKNOWN, Plan, Resource
from policies.networks import endpoints_to, groups_of, public_access
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT, STORE_SETTING, is_on_database, is_on_scheduler, sites, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each closed store that lacks an endpoint."""
    for store in subject.plan.of_type(STORAGE_ACCOUNT):
        needed = _needed(subject, store) if public_access(store) == "Disabled" else []
        if not needed:
            continue
        owner = whose(subject.plan, store, subject.described)
        there = _groups(subject.plan, store)
        if there is None:
            yield Violation(f"groupIds {UNKNOWN_WORDS}: what leads to the store cannot be checked", owner, store.urn)
        elif missing := [one for one in needed if one not in there]:
            message = f"the store is closed and no private endpoint leads to its {', '.join(missing)}"
            yield Violation(message, owner, store.urn)


def _needed(subject: PlanSubject, store: Resource) -> list[str]:
    """Blobs for every host that uses it; queues and tables where one of them has its hub there."""
    name = at(store.inputs, "accountName")
    users = [one for one in sites(subject.plan, subject.described) if one.settings.get(STORE_SETTING) == name]
    in_it = [one for one in users if not is_on_scheduler(one) and not is_on_database(one)]
    return ["blob", *(("queue", "table") if in_it else ())] if users else []


def _groups(plan: Plan, store: Resource) -> set[str] | None:
    found = [groups_of(one) for one in endpoints_to(plan, store)]
    return None if UNKNOWN in found else {group for groups in found for group in groups}


RULE = Rule(
    slug="hub-endpoints-complete",
    ref="HK544",
    level=Level.CRITICAL,
    scope=Scope.PLAN,
    what="A closed store with a task hub has private endpoints for blobs, queues and tables.",
    why=(
        "An endpoint leads to one part of a store only. With one for blobs alone the host starts and looks healthy, while "
        "no orchestration moves: its messages are in queues and its history in tables."
    ),
    fix="Take the component, which makes them all, or add an endpoint with `groupIds: [queue]` and one with `[table]`.",
    source="Use private endpoints for Azure Storage; Restrict your storage account to a virtual network, read 2026-11-23",
    check=check,
)
