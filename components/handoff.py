"""The handoff: what a stack tells whoever works with the environment next. Names, ids, hubs, links and owners; no secret."""

from typing import Any

import pulumi
from pulumi_azure_native import resources

from components.durable_app import DurableApp
from components.telemetry import Telemetry
from environments import Environment, task_hubs


def handoff(
    environment: Environment, group: resources.ResourceGroup, telemetry: Telemetry, apps: dict[str, DurableApp]
) -> dict[str, Any]:
    """The stack's output of that name."""
    return {
        "environment": environment.name,
        "tier": environment.tier,
        "location": environment.location,
        "subscription_id": environment.subscription_id,
        "tenant_id": environment.tenant_id,
        "owner": environment.owner.model_dump(exclude_none=True),
        "resource_group": {"name": environment.resource_names.resource_group, "id": group.id},
        "application_insights": {
            "name": environment.resource_names.application_insights,
            "id": telemetry.application_insights_id,
            "portal": _portal(environment, telemetry.application_insights_id),
        },
        "workspace": {"name": environment.resource_names.workspace, "id": telemetry.workspace_id},
        "apps": {name: _app(environment, name, app) for name, app in apps.items()},
    }


def _app(environment: Environment, name: str, app: DurableApp) -> dict[str, Any]:
    names = environment.app_names(name)
    return {
        "purpose": environment.apps[name].purpose,
        "owner": environment.owner_of(name).model_dump(exclude_none=True),
        "function_app": {
            "name": names.function_app,
            "id": app.function_app.site_id,
            "host": app.function_app.host_name,
            "portal": _portal(environment, app.function_app.site_id),
        },
        "slots": {slot: {"id": one.slot_id, "host": one.host_name} for slot, one in app.slots.items()},
        "task_hubs": {
            hub.slot or "production": {
                "name": hub.name,
                "store": hub.store,
                "backend": hub.backend,
                **(
                    {"partitions": environment.apps[name].task_hub.partition_count}
                    if hub.backend == "azure-storage"
                    else {}
                ),
            }
            for hub in task_hubs(environment)
            if hub.app == name
        },
        **_scheduler(names.scheduler, app),
        **_database(names.sql_server, app),
        "store": {"name": names.storage_account, "id": app.store.account_id},
        "vault": {"name": names.key_vault, "id": app.vault.vault_id, "uri": app.vault.vault_uri},
        "identity": {"name": names.identity, "client_id": app.identity.client_id},
    }


def _scheduler(name: str, app: DurableApp) -> dict[str, Any]:
    """Only where there is one: nobody should look for the scheduler of an application that has none."""
    if app.scheduler is None:
        return {}
    return {"scheduler": {"name": name, "id": app.scheduler.scheduler_id, "endpoint": app.scheduler.endpoint}}


def _database(name: str, app: DurableApp) -> dict[str, Any]:
    """Where the databases are, and what is still to be done in them by hand, since no resource makes a database user."""
    if app.database is None:
        return {}
    by_hand = "the database users are made by hand: the runbook's page prepare-the-database-users"
    server = {"name": name, "id": app.database.server_id, "address": app.database.address}
    return {"database_server": {**server, "by_hand": by_hand}}


def _portal(environment: Environment, resource_id: pulumi.Output[str]) -> pulumi.Output[str]:
    return pulumi.Output.concat("https://portal.azure.com/#@", environment.tenant_id, "/resource", resource_id)
