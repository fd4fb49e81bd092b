"""Durable application: everything one application needs, wired together. This is what a project of its own would use."""

from typing import NotRequired, TypedDict

import pulumi

from components.app_identity import AppIdentity, Grant
from components.deployment_slot import DeploymentSlot
from components.function_app import FunctionApp
from components.hosting_plan import HostingPlan
from components.site import SiteArgs
from components.task_hub_store import TaskHubStore
from components.vault import Vault


class SlotSettings(TypedDict):
    """The settings of production or of one slot. A value may hold `{placeholders}`; see `DurableAppArgs`."""

    literal: dict[str, str]
    """Settings whose value is the text itself."""
    derived: dict[str, str]
    """Settings with `{identity_client_id}`, `{identity_id}` or `{insights_connection_string}` in their value."""


class DurableAppArgs(TypedDict):
    """What an application needs to know. Every name is a literal, so that a preview shows it."""

    resource_group_name: pulumi.Input[str]
    location: str
    subscription_id: str
    tenant_id: str
    function_app_name: str
    plan_name: str
    identity_name: str
    storage_account_name: str
    key_vault_name: str
    sku: str
    sku_tier: str
    sku_family: str
    elastic: bool
    always_on: bool
    minimum_instances: int
    maximum_instances: NotRequired[int]
    zone_redundant: bool
    linux_fx_version: str
    store_redundancy: str
    store_soft_delete_days: int
    vault_soft_delete_days: int
    vault_purge_protection: bool
    vault_recover: bool
    package_container: str
    protect_hubs: bool
    """The engine refuses to delete or replace what holds a hub."""
    roles: dict[str, str]
    """GUIDs of the role definitions: blob_owner, queue_contributor, table_contributor, secrets_user, metrics_publisher."""
    application_insights_id: pulumi.Input[str]
    application_insights_name: str
    insights_connection_string: pulumi.Input[str]
    production: SlotSettings
    slots: dict[str, SlotSettings]
    sticky_settings: list[str]
    tags: dict[str, str]


class DurableApp(pulumi.ComponentResource):
    """Plan, store, vault, identity, site and slots of one application. Each slot has a task hub of its own in the one store."""

    function_app: FunctionApp
    slots: dict[str, DeploymentSlot]

    def __init__(self, name: str, args: DurableAppArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:DurableApp", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group, location, tags = args["resource_group_name"], args["location"], args["tags"]

        self.plan = HostingPlan(
            name,
            {
                "resource_group_name": group,
                "location": location,
                "plan_name": args["plan_name"],
                "sku": args["sku"],
                "tier": args["sku_tier"],
                "family": args["sku_family"],
                "elastic": args["elastic"],
                "minimum_instances": args["minimum_instances"],
                **({"maximum_instances": args["maximum_instances"]} if "maximum_instances" in args else {}),
                "zone_redundant": args["zone_redundant"],
                "tags": tags,
            },
            child,
        )
        self.store = TaskHubStore(
            name,
            {
                "resource_group_name": group,
                "location": location,
                "account_name": args["storage_account_name"],
                "redundancy": args["store_redundancy"],
                "soft_delete_days": args["store_soft_delete_days"],
                "package_container": args["package_container"],
                "protected": args["protect_hubs"],
                "tags": tags,
            },
            child,
        )
        self.vault = Vault(
            name,
            {
                "resource_group_name": group,
                "location": location,
                "vault_name": args["key_vault_name"],
                "tenant_id": args["tenant_id"],
                "soft_delete_days": args["vault_soft_delete_days"],
                "purge_protection": args["vault_purge_protection"],
                "recover": args["vault_recover"],
                "tags": tags,
            },
            child,
        )
        self.identity = AppIdentity(
            name,
            {
                "resource_group_name": group,
                "location": location,
                "identity_name": args["identity_name"],
                "subscription_id": args["subscription_id"],
                "grants": self._grants(args),
                "tags": tags,
            },
            child,
        )
        self.function_app = FunctionApp(
            name,
            {"site": self._site(args, args["function_app_name"], args["production"]), "sticky_settings": args["sticky_settings"]},
            child,
        )
        self.slots = {
            slot: DeploymentSlot(
                f"{name}-{slot}", {"site": self._site(args, self.function_app.settled_name, settings), "slot": slot}, child
            )
            for slot, settings in args["slots"].items()
        }
        self.register_outputs({"host_name": self.function_app.host_name})

    def _grants(self, args: DurableAppArgs) -> list[Grant]:
        """The least an application on Azure Storage needs: host and hub share the store, so blobs want the owner role.

        "Configure Durable Functions with managed identity", learn.microsoft.com, 2026-05-20 and 2026-07-11.
        """
        store, vault, insights = self.store.account_id, self.vault.vault_id, args["application_insights_id"]
        wanted: list[tuple[str, str, pulumi.Input[str], str]] = [
            ("blobs", "blob_owner", store, args["storage_account_name"]),
            ("queues", "queue_contributor", store, args["storage_account_name"]),
            ("tables", "table_contributor", store, args["storage_account_name"]),
            ("secrets", "secrets_user", vault, args["key_vault_name"]),
            ("metrics", "metrics_publisher", insights, args["application_insights_name"]),
        ]
        return [
            {"name": name, "role_definition_id": args["roles"][role], "scope": scope, "scope_key": key}
            for name, role, scope, key in wanted
        ]

    def _site(self, args: DurableAppArgs, site_name: pulumi.Input[str], settings: SlotSettings) -> SiteArgs:
        site: SiteArgs = {
            "resource_group_name": args["resource_group_name"],
            "location": args["location"],
            "site_name": site_name,
            "plan_id": self.plan.plan_id,
            "identity_id": self.identity.identity_id,
            "linux_fx_version": args["linux_fx_version"],
            "always_on": args["always_on"],
            "app_settings": {**settings["literal"], **self._derived(args, settings["derived"])},
            "tags": args["tags"],
        }
        if args["elastic"]:
            site["elastic_minimum_instances"] = args["minimum_instances"]
            if "maximum_instances" in args:
                site["elastic_maximum_instances"] = args["maximum_instances"]
        return site

    def _derived(self, args: DurableAppArgs, templates: dict[str, str]) -> dict[str, pulumi.Input[str]]:
        return {
            name: pulumi.Output.format(
                template,
                identity_client_id=self.identity.client_id,
                identity_id=self.identity.identity_id,
                insights_connection_string=args["insights_connection_string"],
            )
            for name, template in templates.items()
        }
