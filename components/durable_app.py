"""Durable application: everything one application needs, wired together. This is what a project of its own would use."""

from typing import NotRequired, TypedDict

import pulumi

from components.app_identity import AppIdentity, Grant
from components.app_network import AppNetworkSpec, Surroundings, connect, in_store, site_network
from components.deployment_slot import DeploymentSlot
from components.flex_function_app import FlexFunctionApp, FlexScale
from components.function_app import FunctionApp
from components.hosting_plan import CONSUMPTION, FLEX, HostingPlan
from components.known_after import known_after
from components.load_scaling import LoadScaling
from components.private_endpoint import PrivateEndpoint
from components.site import SiteArgs
from components.site_access import SiteAccess
from components.task_hub_database import DatabaseSpec, TaskHubDatabase
from components.task_hub_scheduler import SchedulerSpec, TaskHubScheduler, slot_of_each
from components.task_hub_store import LifecycleRuleArgs, TaskHubStore
from components.vault import Vault


class SlotSettings(TypedDict):
    """The settings of production or of one slot. A value may hold `{placeholders}`; see `DurableAppArgs`."""

    literal: dict[str, str]
    """Settings whose value is the text itself."""
    derived: dict[str, str]
    """Settings with `{identity_client_id}`, `{identity_id}`, `{insights_connection_string}`, `{scheduler_endpoint}` or
    `{database_address}` in them."""


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
    """Whether it is Elastic Premium."""
    windows: NotRequired[bool]
    """Whether the plan runs Windows; Linux when not given."""
    flex: NotRequired[FlexScale]
    """Flex Consumption: how it runs and grows, in place of the runtime below and of slots, which that plan has not."""
    always_on: bool
    """Only Dedicated plans: without it an idle application is unloaded and its timers stop."""
    minimum_instances: int
    """Instances that always run."""
    maximum_instances: NotRequired[int]
    """Instances at most: by triggers on Elastic Premium and Consumption, by load on Dedicated."""
    pre_warmed_instances: NotRequired[int]
    """Instances kept warm beyond those at work; Elastic Premium only."""
    scale_monitoring: NotRequired[bool]
    """The runtime itself watches triggers that the platform cannot reach; Elastic Premium only."""
    zone_redundant: bool
    """Whether instances are spread over zones."""
    linux_fx_version: NotRequired[str]
    """Linux: language worker and version, like `Python|3.12`; a custom handler has none."""
    windows_runtime: NotRequired[dict[str, str]]
    """Windows: `net_framework_version`, `java_version` or `power_shell_version` with its value."""
    access: NotRequired[SiteAccess]
    """Who may reach production and the slots; what is set in Azure is left alone when not given."""
    slot_access: NotRequired[dict[str, SiteAccess]]
    """Who may reach a slot, by its name, where nothing of `access` holds for it."""
    store_redundancy: str
    """LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS."""
    store_lifecycle: NotRequired[list[LifecycleRuleArgs]]
    """Blobs of the store that are deleted by age; none when not given."""
    store_shared_keys: NotRequired[bool]
    """Keys of the store stay on: only until every site has stopped using one. They are off when not given."""
    store_soft_delete_days: int
    """Days a deleted blob or container can be brought back."""
    vault_soft_delete_days: int
    """Days a deleted vault keeps its name and its secrets."""
    vault_purge_protection: bool
    """Nobody can empty the deleted vault before those days are over."""
    vault_recover: bool
    """Bring back the soft-deleted vault of this name instead of making one."""
    scheduler: NotRequired[SchedulerSpec]
    """The scheduler that the task hubs live in; they live in the store when not given."""
    database: NotRequired[DatabaseSpec]
    """The SQL server whose databases are the task hubs; they live in the store when not given."""
    network: NotRequired[AppNetworkSpec]
    """Its place in a virtual network: store, vault and hubs are then closed to everybody else. In none when not given."""
    package_container: str
    """Name of the private container that packages are read from."""
    protect_hubs: bool
    """The engine refuses to delete or replace what holds a hub."""
    roles: dict[str, str]
    """GUIDs of the role definitions: blob_owner, queue_contributor, table_contributor, task_hub_contributor, secrets_user,
    metrics_publisher."""
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
    """Plan, store, vault, identity, site and slots of one application. Each slot has a task hub of its own in the one store.

    With a scheduler or a SQL server the hubs are there, and the store is left with what the host itself keeps: locks, keys,
    packages.
    """

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
                "windows": args.get("windows", False),
                "minimum_instances": args["minimum_instances"],
                **({"maximum_instances": args["maximum_instances"]} if "maximum_instances" in args else {}),
                "zone_redundant": args["zone_redundant"],
                "tags": tags,
            },
            child,
        )
        if "maximum_instances" in args and not args["elastic"] and args["sku_tier"] not in (FLEX, CONSUMPTION):
            self.scaling = LoadScaling(
                name,
                {
                    "resource_group_name": group,
                    "location": location,
                    "setting_name": f"load-{args['plan_name']}",
                    "plan_id": self.plan.plan_id,
                    "minimum_instances": args["minimum_instances"],
                    "maximum_instances": args["maximum_instances"],
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
                "private": "network" in args,
                **({"lifecycle": args["store_lifecycle"]} if "store_lifecycle" in args else {}),
                **({"shared_keys": args["store_shared_keys"]} if "store_shared_keys" in args else {}),
                "tags": tags,
            },
            child,
        )
        self.scheduler = (
            TaskHubScheduler(
                name,
                {
                    "spec": args["scheduler"],
                    "resource_group_name": group,
                    "location": location,
                    "protected": args["protect_hubs"],
                    "tags": tags,
                },
                child,
            )
            if "scheduler" in args
            else None
        )
        self.database = (
            TaskHubDatabase(
                name,
                {
                    "spec": args["database"],
                    "resource_group_name": group,
                    "location": location,
                    "protected": args["protect_hubs"],
                    "tags": tags,
                },
                child,
            )
            if "database" in args
            else None
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
                "private": "network" in args,
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
        self.hub_endpoints = self._hub_endpoints(name, args, child)
        self.slots: dict[str, DeploymentSlot] = {}
        if "flex" in args:
            self.function_app: FunctionApp | FlexFunctionApp = self._flex(name, args, args["flex"], child)
        else:
            self.function_app = site = FunctionApp(
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
                    {"site": self._site(args, site.settled_name, settings, slot), "slot": slot},
                    child,
                )
                for slot, settings in args["slots"].items()
            }
        self.site_endpoints = self._site_endpoints(name, args, child)
        self.site_id = self.function_app.site_id
        self.host_name = self.function_app.host_name
        self.slot_host_names = {slot: one.host_name for slot, one in self.slots.items()}
        self.principal_id = self.identity.principal_id
        self.register_outputs({"site_id": self.site_id, "host_name": self.host_name})

    def _hub_endpoints(self, name: str, args: DurableAppArgs, opts: pulumi.ResourceOptions) -> list[PrivateEndpoint]:
        """To what holds hubs, packages and secrets: there before the site, which reaches them by no other way."""
        if "network" not in args:
            return []
        store = self.store.account_id
        targets = {**in_store(store), ("vault", None): self.vault.vault_id}
        if self.scheduler is not None:
            targets["scheduler", None] = self.scheduler.scheduler_id
        if self.database is not None:
            targets["sql", None] = self.database.server_id
        return connect(name, args["network"], targets, _around(args), opts)

    def _site_endpoints(self, name: str, args: DurableAppArgs, opts: pulumi.ResourceOptions) -> list[PrivateEndpoint]:
        """The endpoint of a slot leads to the site as well; its group names the slot."""
        if "network" not in args:
            return []
        site = self.function_app.site_id
        targets = {("site", slot): known_after(one, site) for slot, one in self.slots.items()}
        return connect(name, args["network"], {("site", None): site, **targets}, _around(args), opts)

    def _grants(self, args: DurableAppArgs) -> list[Grant]:
        """The least an application needs. The host is in the store in any case, so blobs want the owner role.

        "Configure Durable Functions with managed identity", learn.microsoft.com, 2026-05-20 and 2026-07-11; a role on each
        hub and not on the scheduler: "Run apps with identity on the Durable Task Scheduler", 2026-04-30.
        """
        store, vault, insights = self.store.account_id, self.vault.vault_id, args["application_insights_id"]
        return [
            _grant(args, "blobs", "blob_owner", store, args["storage_account_name"]),
            *self._hub_grants(args),
            _grant(args, "secrets", "secrets_user", vault, args["key_vault_name"]),
            _grant(args, "metrics", "metrics_publisher", insights, args["application_insights_name"]),
        ]

    def _hub_grants(self, args: DurableAppArgs) -> list[Grant]:
        """What the hubs need: queues and tables where they are in the store, one role on each hub of a scheduler.

        In a database no role of Azure counts: what the identity may do there is said by its database user.
        """
        if self.database is not None:
            return []
        if self.scheduler is None or "scheduler" not in args:
            store, key = self.store.account_id, args["storage_account_name"]
            return [
                _grant(args, "queues", "queue_contributor", store, key),
                _grant(args, "tables", "table_contributor", store, key),
            ]
        name, ids = args["scheduler"]["scheduler_name"], self.scheduler.hub_ids
        return [
            {
                **_grant(args, f"{hub}-work", "task_hub_contributor", ids[slot], f"{name}/{hub}"),
                "formerly": f"{slot}-work",
            }
            for hub, slot in slot_of_each(args["scheduler"]["hubs"]).items()
        ]

    def _site(
        self, args: DurableAppArgs, site_name: pulumi.Input[str], settings: SlotSettings, slot: str | None = None
    ) -> SiteArgs:
        site: SiteArgs = {
            "resource_group_name": args["resource_group_name"],
            "location": args["location"],
            "site_name": site_name,
            "plan_id": self.plan.plan_id,
            "identity_id": self.identity.identity_id,
            "windows": args.get("windows", False),
            "always_on": args["always_on"],
            "app_settings": {**settings["literal"], **self._derived(args, settings["derived"])},
            "tags": args["tags"],
        }
        own = args.get("slot_access", {})
        if slot in own:
            site["access"] = own[slot]
        elif "access" in args:
            site["access"] = args["access"]
        if "network" in args:
            site["network"] = site_network(args["network"], self.hub_endpoints, routed=True)
        if "linux_fx_version" in args:
            site["linux_fx_version"] = args["linux_fx_version"]
        if "windows_runtime" in args:
            site["windows_runtime"] = args["windows_runtime"]
        if args["elastic"]:
            site["elastic_minimum_instances"] = args["minimum_instances"]
        if "maximum_instances" in args and (args["elastic"] or args["sku_tier"] == CONSUMPTION):
            site["elastic_maximum_instances"] = args["maximum_instances"]
        if "pre_warmed_instances" in args:
            site["pre_warmed_instances"] = args["pre_warmed_instances"]
        if "scale_monitoring" in args:
            site["scale_monitoring"] = args["scale_monitoring"]
        return site

    def _flex(self, name: str, args: DurableAppArgs, scale: FlexScale, opts: pulumi.ResourceOptions) -> FlexFunctionApp:
        settings = args["production"]
        return FlexFunctionApp(
            name,
            {
                "resource_group_name": args["resource_group_name"],
                "location": args["location"],
                "site_name": args["function_app_name"],
                "plan_id": self.plan.plan_id,
                "identity_id": self.identity.identity_id,
                "package_container_url": self.store.package_container_url,
                "scale": scale,
                "app_settings": {**settings["literal"], **self._derived(args, settings["derived"])},
                "tags": args["tags"],
                **({"access": args["access"]} if "access" in args else {}),
                **(
                    {"network": site_network(args["network"], self.hub_endpoints, routed=False)}
                    if "network" in args
                    else {}
                ),
            },
            opts,
        )

    def _derived(self, args: DurableAppArgs, templates: dict[str, str]) -> dict[str, pulumi.Input[str]]:
        return {
            name: pulumi.Output.format(
                template,
                identity_client_id=self.identity.client_id,
                identity_id=self.identity.identity_id,
                insights_connection_string=args["insights_connection_string"],
                scheduler_endpoint=self.scheduler.endpoint if self.scheduler else "",
                database_address=self.database.address if self.database else "",
            )
            for name, template in templates.items()
        }


def _grant(args: DurableAppArgs, name: str, role: str, scope: pulumi.Input[str], scope_key: str) -> Grant:
    return {"name": name, "role_definition_id": args["roles"][role], "scope": scope, "scope_key": scope_key}


def _around(args: DurableAppArgs) -> Surroundings:
    return {
        "resource_group_name": args["resource_group_name"],
        "location": args["location"],
        "tags": args["tags"],
    }
