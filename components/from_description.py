"""The one place that turns an environment's description into components, and components into the handoff."""

from pathlib import Path
from typing import Any

import pulumi
from pulumi_azure_native import Provider, resources

from components.admission import admission
from components.durable_app import DurableApp, DurableAppArgs, SlotSettings
from components.handoff import handoff
from components.known_after import known_after
from components.networking import place_of, private_network, telemetry_link
from components.oversight import entrust, oversee
from components.private_network import PrivateNetwork
from components.task_hub_database import DatabaseSpec
from components.task_hub_scheduler import SchedulerSpec
from components.telemetry import Telemetry
from components.watch import survey, watch
from environments import PACKAGE_CONTAINER, App, Database, Environment, Scheduler, settings_of, sticky_names, task_hubs
from environments.backends import BACKUP_COPIES
from environments.catalogue import roles

# What Azure takes where nothing is said, written out: flex-consumption-plan (2025), az functionapp create.
FLEX_MEMORY_MB = 2048
CUSTOM_HANDLER_VERSION = "1.0"

#: What Azure has for backups that are not kept for long: pulumi-azure-native, defaultResourcesState.go, read 2026-11-23.
NOT_KEPT = "PT0S"


def build(
    environment: Environment, *, recover_vaults: frozenset[str] = frozenset(), templates: Path = Path("templates")
) -> dict[str, Any]:
    """Registers everything an environment wants and returns the handoff: names, ids, hubs, links, owners; no secret.

    `recover_vaults` names soft-deleted vaults that are brought back instead of made anew. `templates` is the folder in
    which alerts find their queries; when not said, the one in the working folder, which is the project's.
    """
    names = environment.resource_names
    azure = Provider("azure", subscription_id=environment.subscription_id, tenant_id=environment.tenant_id)
    group = resources.ResourceGroup(
        "group",
        resource_group_name=names.resource_group,
        location=environment.location,
        tags=environment.tags_of(),
        opts=pulumi.ResourceOptions(provider=azure, protect=environment.protects_hubs),
    )
    group_name = known_after(group, names.resource_group)
    link = environment.telemetry.private_link
    telemetry = Telemetry(
        "telemetry",
        {
            "public_ingestion": link is None or link.public_ingestion,
            "resource_group_name": group_name,
            "location": environment.location,
            "workspace_name": names.workspace,
            "application_insights_name": names.application_insights,
            "retention_days": environment.telemetry.retention_days,
            "daily_cap_gb": environment.telemetry.daily_cap_gb,
            "tags": environment.tags_of(),
        },
        pulumi.ResourceOptions(provider=azure),
    )
    network = private_network(environment, group_name, pulumi.ResourceOptions(provider=azure))
    telemetry_link(environment, group_name, telemetry, network, pulumi.ResourceOptions(provider=azure))
    apps = {
        app: DurableApp(
            app,
            _args(environment, app, group_name, telemetry, network, recover_vaults),
            pulumi.ResourceOptions(provider=azure),
        )
        for app in environment.apps
    }
    oversee(environment, telemetry, apps)
    entrust(environment, group, pulumi.ResourceOptions(provider=azure))
    watch(environment, group_name, telemetry, apps, templates, pulumi.ResourceOptions(provider=azure))
    survey(environment, group_name, telemetry, apps, templates)
    return handoff(environment, group, telemetry, apps)


def _args(
    environment: Environment,
    app: str,
    group_name: pulumi.Output[str],
    telemetry: Telemetry,
    network: PrivateNetwork | None,
    recover_vaults: frozenset[str],
) -> DurableAppArgs:
    described, names, known = environment.apps[app], environment.app_names(app), roles()
    plan = described.plan
    args: DurableAppArgs = {
        "resource_group_name": group_name,
        "location": environment.location,
        "subscription_id": environment.subscription_id,
        "tenant_id": environment.tenant_id,
        "function_app_name": names.function_app,
        "plan_name": names.plan,
        "identity_name": names.identity,
        "storage_account_name": names.storage_account,
        "key_vault_name": names.key_vault,
        "sku": plan.sku,
        "sku_tier": plan.facts.tier,
        "sku_family": plan.facts.family,
        "elastic": plan.facts.hosting == "elastic",
        "windows": plan.system == "windows",
        "always_on": plan.facts.always_on,
        "minimum_instances": plan.minimum_instances,
        "zone_redundant": plan.zone_redundant,
        "store_redundancy": described.redundancy,
        "store_soft_delete_days": described.store.soft_delete_days,
        "vault_soft_delete_days": described.vault.soft_delete_days,
        "vault_purge_protection": environment.protects_hubs,
        "vault_recover": names.key_vault in recover_vaults,
        "package_container": PACKAGE_CONTAINER,
        "protect_hubs": environment.protects_hubs,
        "roles": {
            "blob_owner": known["storage-blob-data-owner"].id,
            "queue_contributor": known["storage-queue-data-contributor"].id,
            "table_contributor": known["storage-table-data-contributor"].id,
            "task_hub_contributor": known["durable-task-data-contributor"].id,
            "secrets_user": known["key-vault-secrets-user"].id,
            "metrics_publisher": known["monitoring-metrics-publisher"].id,
        },
        "application_insights_id": telemetry.application_insights_id,
        "application_insights_name": environment.resource_names.application_insights,
        "insights_connection_string": telemetry.connection_string,
        "production": _settings(environment, app, None),
        "slots": {slot: _settings(environment, app, slot) for slot in described.slots},
        "sticky_settings": list(sticky_names(environment, app)),
        "tags": environment.tags_of(app),
    }
    _runtime(described, args)
    if described.store.lifecycle:
        args["store_lifecycle"] = [
            {"prefix": one.prefix, "delete_after_days": one.delete_after_days} for one in described.store.lifecycle
        ]
    if described.store.shared_keys:
        args["store_shared_keys"] = True
    if access := admission(environment, app):
        args["access"] = access
    if own := {slot: admission(environment, app, slot) for slot, one in described.slots.items() if one.access}:
        args["slot_access"] = own
    if described.task_hub.scheduler is not None:
        args["scheduler"] = _scheduler(environment, app, described.task_hub.scheduler)
    if described.task_hub.database is not None:
        args["database"] = _database(environment, app, described.task_hub.database)
    if plan.maximum_instances is not None:
        args["maximum_instances"] = plan.maximum_instances
    if plan.pre_warmed_instances is not None:
        args["pre_warmed_instances"] = plan.pre_warmed_instances
    if place := place_of(environment, app, network):
        args["network"] = place
    if described.watches_triggers:
        args["scale_monitoring"] = True
    return args


def _runtime(described: App, args: DurableAppArgs) -> None:
    """Each kind of plan is told its language worker in another place."""
    runtime, plan = described.runtime, described.plan
    if plan.facts.hosting == "flex":
        args["flex"] = {
            "runtime_name": runtime.language,
            "runtime_version": runtime.version or CUSTOM_HANDLER_VERSION,
            "always_ready": dict(plan.always_ready),
            "instance_memory_mb": plan.instance_memory_mb or FLEX_MEMORY_MB,
            "maximum_instances": plan.most_instances,
            "rolling_updates": plan.site_updates == "rolling",
        }
    elif plan.system == "linux" and runtime.linux_fx_version:
        args["linux_fx_version"] = runtime.linux_fx_version
    elif plan.system == "windows" and runtime.on_windows and runtime.on_windows[0].property:
        carrier, version = runtime.on_windows
        args["windows_runtime"] = {str(carrier.property): version}


def _scheduler(environment: Environment, app: str, described: Scheduler) -> SchedulerSpec:
    hub = environment.apps[app].task_hub
    spec: SchedulerSpec = {
        "scheduler_name": environment.app_names(app).scheduler,
        "sku": described.sku,
        "ip_allow_list": list(described.ip_allow_list),
        "public_network_access": environment.apps[app].hub_is_public,
        "hubs": {one.slot or "production": one.name for one in task_hubs(environment) if one.app == app},
        "history_days": hub.history_days or described.facts.history_days,
        "history_days_by_state": dict(hub.history_days_by_state),
    }
    if described.units is not None:
        spec["capacity"] = described.units
    return spec


def _database(environment: Environment, app: str, described: Database) -> DatabaseSpec:
    facts = described.facts
    spec: DatabaseSpec = {
        "server_name": environment.app_names(app).sql_server,
        "administrators_name": described.administrators.group,
        "administrators_id": described.administrators.object_id,
        "tenant_id": environment.tenant_id,
        "sku_name": facts.name,
        "sku_tier": facts.tier,
        "sku_capacity": facts.capacity,
        "zone_redundant": described.zone_redundant,
        "backup_redundancy": BACKUP_COPIES[environment.apps[app].redundancy],
        "backup_days": described.backup_days,
        "ip_allow_list": list(described.ip_allow_list),
        "public_network_access": environment.apps[app].hub_is_public,
        "databases": {one.slot or "production": one.name for one in task_hubs(environment) if one.app == app},
    }
    if facts.family is not None:
        spec["sku_family"] = facts.family
    if facts.least_vcores is not None:
        spec["minimum_vcores"] = described.minimum_vcores or facts.least_vcores
    if facts.is_hyperscale:
        # Zones want one at least; without them it is asked for by nobody, and paid for like the first.
        spec["standbys"] = 1 if described.zone_redundant else 0
    if kept := described.long_term_backups:
        spec["long_term"] = {
            "weekly": f"P{kept.weeks}W" if kept.weeks else NOT_KEPT,
            "monthly": f"P{kept.months}M" if kept.months else NOT_KEPT,
            "yearly": f"P{kept.years}Y" if kept.years else NOT_KEPT,
            "week_of_year": kept.week_of_year or 1,
        }
    return spec


def _settings(environment: Environment, app: str, slot: str | None) -> SlotSettings:
    settings = settings_of(environment, app, slot)
    return {
        "literal": {setting.name: setting.value for setting in settings if not setting.derived},
        "derived": {setting.name: setting.value for setting in settings if setting.derived},
    }
