"""The one place that turns an environment's description into components, and components into the handoff."""

from typing import Any

import pulumi
from pulumi_azure_native import Provider, resources

from components.durable_app import DurableApp, DurableAppArgs, SlotSettings
from components.handoff import handoff
from components.known_after import known_after
from components.telemetry import Telemetry
from environments import PACKAGE_CONTAINER, Environment, settings_of, sticky_names
from environments.catalogue import roles


def build(environment: Environment, *, recover_vaults: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Registers everything an environment wants and returns the handoff: names, ids, hubs, links, owners; no secret.

    `recover_vaults` names soft-deleted vaults that are brought back instead of made anew.
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
    telemetry = Telemetry(
        "telemetry",
        {
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
    apps = {
        app: DurableApp(
            app,
            _args(environment, app, group_name, telemetry, recover_vaults),
            pulumi.ResourceOptions(provider=azure),
        )
        for app in environment.apps
    }
    return handoff(environment, group, telemetry, apps)


def _args(
    environment: Environment,
    app: str,
    group_name: pulumi.Output[str],
    telemetry: Telemetry,
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
        "elastic": plan.facts.is_elastic,
        "always_on": plan.facts.always_on,
        "minimum_instances": plan.minimum_instances,
        "zone_redundant": plan.zone_redundant,
        "linux_fx_version": described.runtime.linux_fx_version,
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
    if plan.maximum_instances is not None:
        args["maximum_instances"] = plan.maximum_instances
    return args


def _settings(environment: Environment, app: str, slot: str | None) -> SlotSettings:
    settings = settings_of(environment, app, slot)
    return {
        "literal": {setting.name: setting.value for setting in settings if not setting.derived},
        "derived": {setting.name: setting.value for setting in settings if setting.derived},
    }
