"""Task-hub database: the Azure SQL server of one application, with a database for the hub of each slot. No password anywhere."""

from ipaddress import ip_network
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import sql

from components.known_after import known_after

#: The collation that the extension makes a database with, and asks for: durabletask-mssql, taskhubs.md and SqlDbManager, 2026-08.
COLLATION = "Latin1_General_100_BIN2_UTF8"
VERSION = "12.0"


class LongTermSpec(TypedDict):
    """How long full backups are kept, in ISO 8601."""

    weekly: str
    """The one of each week, like P6W; PT0S for none."""
    monthly: str
    """The first of each month, like P12M."""
    yearly: str
    """The one of the week of the year, like P7Y."""
    week_of_year: int
    """1 to 52; Azure's own 1 where none is kept for years."""


class DatabaseSpec(TypedDict):
    """What a server and its databases are like, wherever they are made."""

    server_name: str
    """Name of the server, unique in the world."""
    administrators_name: str
    """Name of the group of Entra ID that administers the server, as Entra ID shows it."""
    administrators_id: str
    """Object id of that group."""
    tenant_id: str
    """GUID of the tenant the group is in."""
    sku_name: str
    """SKU of each database as the resource manager names it, like S1 or GP_Gen5."""
    sku_tier: str
    """Its tier, like Standard or GeneralPurpose."""
    sku_family: NotRequired[str]
    """Its hardware, like Gen5; not of Basic, Standard and Premium."""
    sku_capacity: int
    """DTUs, or virtual cores."""
    zone_redundant: bool
    """Whether each database is spread over zones."""
    backup_redundancy: str
    """Where backups are kept: Local, Zone, Geo or GeoZone."""
    backup_days: int
    """Days that a database can be taken back to any moment of."""
    ip_allow_list: list[str]
    """IPv4 addresses and ranges that may reach the server. An empty list lets nobody in."""
    public_network_access: bool
    """Whether it is reached from outside its private endpoints at all."""
    minimum_vcores: NotRequired[float]
    """Only of a serverless SKU: virtual cores that stay while nothing runs. Such a database never pauses."""
    standbys: NotRequired[int]
    """Only of Hyperscale: replicas that take over when the one that works fails."""
    long_term: NotRequired[LongTermSpec]
    """Full backups that are kept for longer; none when not given."""
    databases: dict[str, str]
    """Name of the database of each slot, `production` among them. It is the slot's task hub and nobody else's."""


class TaskHubDatabaseArgs(TypedDict):
    """What a server needs to know."""

    spec: DatabaseSpec
    """What it is like."""
    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    protected: bool
    """The engine refuses to delete or replace server and databases."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class TaskHubDatabase(pulumi.ComponentResource):
    """A SQL server of its own for one application, with a database for each of its slots.

    A hub is the database user of whoever logs in, so two slots that run as one identity would share one in the same database;
    in databases of their own they cannot. The server is made with a group of Entra ID as administrator and takes no
    password ever after. Azure takes that group when the server is made only, and azure-native would replace the server with
    every database for another one (pulumi-azure-native issue 4096), so a change of it is ignored here.
    """

    server_id: pulumi.Output[str]
    """Azure's id of the server."""
    address: pulumi.Output[str]
    """Where it answers; known once every database is there."""
    database_ids: dict[str, pulumi.Output[str]]
    """Azure's id of each slot's database."""

    def __init__(self, name: str, args: TaskHubDatabaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:TaskHubDatabase", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        held = pulumi.ResourceOptions(parent=self, protect=args["protected"])
        group, spec = args["resource_group_name"], args["spec"]

        self.server = sql.Server(
            f"{name}-server",
            server_name=spec["server_name"],
            resource_group_name=group,
            location=args["location"],
            version=VERSION,
            administrators={
                "administrator_type": sql.AdministratorType.ACTIVE_DIRECTORY,
                "azure_ad_only_authentication": True,
                "login": spec["administrators_name"],
                "principal_type": sql.PrincipalType.GROUP,
                "sid": spec["administrators_id"],
                "tenant_id": spec["tenant_id"],
            },
            minimal_tls_version=sql.MinimalTlsVersion.MINIMAL_TLS_VERSION_1_2,
            public_network_access=(
                sql.ServerPublicNetworkAccessFlag.ENABLED
                if spec["public_network_access"]
                else sql.ServerPublicNetworkAccessFlag.DISABLED
            ),
            tags=args["tags"],
            opts=pulumi.ResourceOptions.merge(held, pulumi.ResourceOptions(ignore_changes=["administrators"])),
        )
        server_name = known_after(self.server, spec["server_name"])
        self.doors = [
            sql.FirewallRule(
                f"{name}-{rule}",
                firewall_rule_name=rule,
                server_name=server_name,
                resource_group_name=group,
                start_ip_address=first,
                end_ip_address=last,
                opts=child,
            )
            for rule, first, last in dict.fromkeys(map(_door, spec["ip_allow_list"]))
        ]
        sku: sql.SkuArgsDict = {
            "name": spec["sku_name"],
            "tier": spec["sku_tier"],
            "capacity": spec["sku_capacity"],
        }
        if "sku_family" in spec:
            sku["family"] = spec["sku_family"]
        scaling: dict[str, Any] = {}
        if "minimum_vcores" in spec:
            # -1: never. Azure's own is an hour, after which a database without a session pauses.
            scaling = {"min_capacity": spec["minimum_vcores"], "auto_pause_delay": -1}
        elif "standbys" in spec:
            scaling = {"high_availability_replica_count": spec["standbys"]}
        # Called as the hub and not as the slot: where a swap took the hubs along, the slots exchange their names and no database
        # is another one for it. Two slots of one are a finding of the rules, which see it only if it is made once.
        made = {
            database: sql.Database(
                f"{name}-{database}",
                database_name=database,
                server_name=server_name,
                resource_group_name=group,
                location=args["location"],
                collation=COLLATION,
                sku=sku,
                zone_redundant=spec["zone_redundant"],
                requested_backup_storage_redundancy=spec["backup_redundancy"],
                tags=args["tags"],
                opts=held,
                **scaling,
            )
            for database in dict.fromkeys(spec["databases"].values())
        }
        self.databases = {slot: made[database] for slot, database in spec["databases"].items()}
        self.backups = [
            sql.BackupShortTermRetentionPolicy(
                f"{name}-{database}-backups",
                policy_name="default",
                database_name=known_after(resource, database),
                server_name=server_name,
                resource_group_name=group,
                retention_days=spec["backup_days"],
                opts=child,
            )
            for database, resource in made.items()
        ]
        self.long_term_backups = [
            sql.LongTermRetentionPolicy(
                f"{name}-{database}-long-term",
                policy_name="default",
                database_name=known_after(resource, database),
                server_name=server_name,
                resource_group_name=group,
                weekly_retention=spec["long_term"]["weekly"],
                monthly_retention=spec["long_term"]["monthly"],
                yearly_retention=spec["long_term"]["yearly"],
                week_of_year=spec["long_term"]["week_of_year"],
                opts=child,
            )
            for database, resource in made.items()
            if "long_term" in spec
        ]
        self.server_id = self.server.id
        self.database_ids = {slot: database.id for slot, database in self.databases.items()}
        answers = pulumi.Output.all(self.server.fully_qualified_domain_name, *(one.urn for one in made.values()))
        self.address = answers.apply(lambda all: str(all[0]))
        self.register_outputs({"server_id": self.server_id, "address": self.address})


def _door(address: str) -> tuple[str, str, str]:
    """A firewall rule for an address or a range: its name, the first address and the last."""
    wanted = ip_network(address)
    return f"from-{str(wanted).replace('.', '-').replace('/', '-')}", str(wanted[0]), str(wanted[-1])
