"""Turns what the description says about logs, locks, people's roles and cost into components."""

import pulumi
from pulumi_azure_native import resources

from components.budget import Budget
from components.diagnostics import Diagnostics
from components.durable_app import DurableApp
from components.hub_operators import HubOperators
from components.operator_roles import OperatorRoles
from components.store_lock import StoreLock
from components.task_hub_scheduler import TaskHubScheduler
from components.telemetry import Telemetry
from environments import Environment, task_hubs
from environments.catalogue import operator_roles, roles
from environments.diagnostics import Diagnostic, diagnostics_of


def oversee(environment: Environment, telemetry: Telemetry, apps: dict[str, DurableApp]) -> None:
    """Who did what to an application's resources is written down; what holds its hubs is locked. Both below the application.

    The lock is made last and so deleted first: it would stop the engine from deleting what was made after it.
    """
    for name, app in apps.items():
        before: list[pulumi.Resource] = [app.store, app.identity]
        if wanted := diagnostics_of(environment, name):
            before.append(
                Diagnostics(
                    name,
                    {
                        "workspace_id": telemetry.workspace_id,
                        "settings": [
                            {"name": one.name, "resource_id": _watched(app, one), "categories": list(one.categories)}
                            for one in wanted
                        ],
                    },
                    pulumi.ResourceOptions(parent=app),
                )
            )
        if app.scheduler is not None and environment.operators.operators:
            before.append(_hub_operators(environment, name, app, app.scheduler))
        if environment.locks_store(name):
            holders = {"store": app.store.account_id}
            if app.scheduler is not None:
                holders["scheduler"] = app.scheduler.scheduler_id
                before.append(app.scheduler)
            if app.database is not None:
                holders["database"] = app.database.server_id
                before.append(app.database)
            for kind, holder in holders.items():
                StoreLock(
                    f"{name}-{kind}",
                    {"store_id": holder, "notes": f"Running orchestrations of {environment.name}/{name} live in it."},
                    pulumi.ResourceOptions(parent=app, depends_on=before),
                )


def entrust(environment: Environment, group: resources.ResourceGroup, opts: pulumi.ResourceOptions) -> None:
    """The roles of people, and the budget, of the environment; only those the description names."""
    wanted, known, name = environment.operators, operator_roles(), environment.resource_names.resource_group
    if wanted.readers or wanted.operators:
        OperatorRoles(
            "people",
            {
                "subscription_id": environment.subscription_id,
                "scope": group.id,
                "scope_key": name,
                "roles": [
                    {
                        "name": role,
                        "title": f"Durable {role} of {name}",
                        "about": known[role].about,
                        "actions": list(known[role].actions),
                        "data_actions": list(known[role].data_actions),
                        "groups": groups,
                    }
                    for role, groups in (("reader", wanted.readers), ("operator", wanted.operators))
                ],
            },
            opts,
        )
    if environment.budget:
        Budget(
            "month",
            {
                "scope": group.id,
                "budget_name": f"budget-{name}",
                "monthly": environment.budget.monthly,
                "starts": environment.budget.starts.isoformat(),
                "emails": list(environment.told_of()),
            },
            opts,
        )


def _hub_operators(environment: Environment, name: str, app: DurableApp, scheduler: TaskHubScheduler) -> HubOperators:
    """The role on each hub that operators need where instances are in no table; made before the lock, so that it can go."""
    scheduler_name = environment.app_names(name).scheduler
    hubs = {hub.slot or "production": hub.name for hub in task_hubs(environment) if hub.app == name}
    return HubOperators(
        f"{name}-operators",
        {
            "subscription_id": environment.subscription_id,
            "role_definition_id": roles()["durable-task-data-contributor"].id,
            "hubs": {f"{scheduler_name}/{hub}": scheduler.hub_ids[slot] for slot, hub in hubs.items()},
            "groups": list(environment.operators.operators),
        },
        pulumi.ResourceOptions(parent=app),
    )


def _watched(app: DurableApp, one: Diagnostic) -> pulumi.Input[str]:
    if one.watched == "vault":
        return app.vault.vault_id
    if one.watched == "site":
        return app.slots[one.slot].slot_id if one.slot else app.site_id
    service = {"blobs": "blobServices", "tables": "tableServices", "queues": "queueServices"}[one.watched]
    return pulumi.Output.concat(app.store.account_id, f"/{service}/default")
