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
    """Resource group everything is made in."""
    location: str
    """Region, by its programmatic name."""
    subscription_id: str
    """GUID of the subscription."""
    tenant_id: str
    """GUID of the tenant."""
    function_app_name: str
    """Name of the site, unique in the world."""
    plan_name: str
    """Name of the hosting plan."""
    identity_name: str
    """Name of the identity."""
    storage_account_name: str
    """Name of the store, unique in the world."""
    key_vault_name: str
    """Name of the vault, unique in the world."""
    sku: str
    """Size of the instances, like EP1 or P1v3."""
    sku_tier: str
    """Tier of the SKU, like ElasticPremium."""
    sku_family: str
    """Family of the SKU, like EP."""
    elastic: bool
    """Whether the platform adds instances (Elastic Premium)."""
    always_on: bool
    """Only Dedicated plans: without it an idle application is unloaded and its timers stop."""
    minimum_instances: int
    """Instances that always run."""
    maximum_instances: NotRequired[int]
    """Instances at most; Elastic Premium only."""
    zone_redundant: bool
    """Whether instances are spread over zones."""
    linux_fx_version: str
    """Language worker and version, like `Python|3.12`."""
    store_redundancy: str
    """LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS."""
    store_soft_delete_days: int
    """Days a deleted blob or container can be brought back."""
    vault_soft_delete_days: int
    """Days a deleted vault keeps its name and its secrets."""
    vault_purge_protection: bool
    """Nobody can empty the deleted vault before those days are over."""
    vault_recover: bool
    """Bring back the soft-deleted vault of this name instead of making one."""
    package_container: str
    """Name of the private container that packages are read from."""
    protect_hubs: bool
    """The engine refuses to delete or replace what holds a hub."""
    roles: dict[str, str]
    """GUIDs of the role definitions: blob_owner, queue_contributor, table_contributor, secrets_user, metrics_publisher."""
    application_insights_id: pulumi.Input[str]
    """Id of the component that telemetry goes to."""
    application_insights_name: str
    """Its name, which is known before it exists."""
    insights_connection_string: pulumi.Input[str]
    """Its connection string."""
    production: SlotSettings
    """Settings of production."""
    slots: dict[str, SlotSettings]
    """Settings of every slot beside production, by its name."""
    sticky_settings: list[str]
    """Names of the settings that stay with their slot when code is swapped."""
    tags: dict[str, str]
    """Put on everything that takes tags; say whose it is."""


class DurableApp(pulumi.ComponentResource):
    """Plan, store, vault, identity, site and slots of one application. Each slot has a task hub of its own in the one store."""

    site_id: pulumi.Output[str]
    """Azure's id of production."""
    host_name: pulumi.Output[str]
    """Where production answers over HTTPS."""
    slot_host_names: dict[str, pulumi.Output[str]]
    """Where each slot answers, by its name."""
    principal_id: pulumi.Output[str]
    """What further role assignments name the application by."""

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
            {
                "site": self._site(args, args["function_app_name"], args["production"]),
                "sticky_settings": args["sticky_settings"],
            },
            child,
        )
        self.slots = {
            slot: DeploymentSlot(
                f"{name}-{slot}",
                {"site": self._site(args, self.function_app.settled_name, settings), "slot": slot},
                child,
            )
            for slot, settings in args["slots"].items()
        }
        self.site_id = self.function_app.site_id
        self.host_name = self.function_app.host_name
        self.slot_host_names = {slot: one.host_name for slot, one in self.slots.items()}
        self.principal_id = self.identity.principal_id
        self.register_outputs({"site_id": self.site_id, "host_name": self.host_name})

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
