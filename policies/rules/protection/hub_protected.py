"""What holds a hub is protected from deletion and replacement."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.databases import DATABASE, SQL_SERVER
from policies.reading import at
from policies.registered import RESOURCE_GROUP, STORAGE_ACCOUNT, STORE_SETTING, sites, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.schedulers import RETENTION_POLICY, SCHEDULER, TASK_HUB
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """The accounts that sites name, and the groups those are in. A name that is unknown could be any of them."""
    named = [site.settings.get(STORE_SETTING) for site in sites(subject.plan, subject.described)]
    stores = [one for one in subject.plan.of_type(STORAGE_ACCOUNT) if _is_one_of(at(one.inputs, "accountName"), named)]
    schedulers = subject.plan.of_type(SCHEDULER)
    servers = subject.plan.of_type(SQL_SERVER)
    groups = [at(one.inputs, "resourceGroupName") for one in (*stores, *schedulers, *servers)]
    holding = [
        *(("the store of a task hub", store) for store in stores),
        *(("the scheduler of a task hub", scheduler) for scheduler in schedulers),
        *(("a task hub", hub) for hub in subject.plan.of_type(TASK_HUB)),
        *(("the SQL server of a task hub", server) for server in servers),
        *(("the database of a task hub", database) for database in subject.plan.of_type(DATABASE)),
        *(("the policy that purges a scheduler", policy) for policy in subject.plan.of_type(RETENTION_POLICY)),
        *(("the resource group of a task hub", group) for group in _groups(subject, groups)),
    ]
    for what, resource in holding:
        if not resource.protect:
            message = f"{what} is not protected, so `destroy` or a replacement takes running work with it"
            yield Violation(message, whose(subject.plan, resource, subject.described), resource.urn)


def _groups(subject: PlanSubject, names: list[object]) -> list[Resource]:
    return [
        one for one in subject.plan.of_type(RESOURCE_GROUP) if _is_one_of(at(one.inputs, "resourceGroupName"), names)
    ]


def _is_one_of(name: object, names: list[object]) -> bool:
    if name is UNKNOWN or UNKNOWN in names:
        return True
    return str(name).lower() in {str(one).lower() for one in names}


RULE = Rule(
    slug="hub-protected",
    ref="HK501",
    level={"production": Level.CRITICAL, "staging": Level.ERROR},
    scope=Scope.PLAN,
    what=(
        "In staging and production the store, the scheduler, or the SQL server and database of a task hub, and its resource "
        "group, are protected."
    ),
    why=(
        "A changed location or name makes the engine replace the account: a new, empty hub, and every running "
        "instance gone. Tables and queues cannot be brought back."
    ),
    fix=(
        "Set `protect=True` in the ResourceOptions of the account and of the group; the components do so by tier "
        "(`tier: production`)."
    ),
    source=(
        "Pulumi resource option protect; which account properties force a replacement: pulumi-azure-native, read "
        "2026-11-22"
    ),
    check=check,
)
