"""The sound world with its hubs in databases of their own, and ways to break that."""

from typing import Any

from environments import DATABASE_SETTING
from plan import UNKNOWN
from tests.policies.changes import both, setting, without
from tests.policies.world import Change, World

SERVER = "sql-claims-prod-k4v2wq"
WAY = (
    "Server=tcp:{server}.database.windows.net,1433;Database={database};Authentication=Active Directory Managed Identity"
)


def on_database(*changes: Change) -> Change:
    """Moves the hubs into databases, with all that belongs to them, and then changes something."""
    return both(_described, _registered, *changes)


def way_to(database: str) -> str:
    """The connection as it is once everything is known."""
    return WAY.format(server=SERVER, database=database)


def _described(world: World) -> None:
    app = world.described["apps"]["claims"]
    app["plan"]["scale_monitoring"] = True
    app["names"]["sql_server"] = SERVER
    app["task_hub"]["backend"] = "mssql"
    app["task_hub"]["database"] = {
        "sku": "GP_Gen5_2",
        "zone_redundant": True,
        "administrators": {"group": "sg-claims-sql", "object_id": "4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45"},
        "ip_allow_list": ["203.0.113.0/28"],
    }


def _registered(world: World) -> None:
    without("queues-role", "tables-role")(world)
    tags = {"environment": "prod", "tier": "production", "application": "claims", "owner": "claims-platform"}
    here: dict[str, Any] = {"resourceGroupName": "rg-prod", "serverName": SERVER}
    server = {
        **here,
        "location": "westeurope",
        "tags": dict(tags),
        "minimalTlsVersion": "1.2",
        "publicNetworkAccess": "Enabled",
        "administrators": {"azureADOnlyAuthentication": True, "principalType": "Group", "login": "sg-claims-sql"},
    }
    made = world.add("server", "azure-native:sql:Server", server, protect=True)
    lock = {"scope": UNKNOWN, "level": "CanNotDelete"}
    held: dict[str, tuple[str, ...]] = {"scope": (made.urn,)}
    world.add("server-lock", "azure-native:authorization:ManagementLockByScope", lock, needs=held)
    door = {**here, "firewallRuleName": "from-nat", "startIpAddress": "203.0.113.0", "endIpAddress": "203.0.113.15"}
    world.add("door", "azure-native:sql:FirewallRule", door)
    for site, name in (("site", "prodclaims"), ("staging", "prodclaimsstaging")):
        database = {
            **here,
            "databaseName": name,
            "location": "westeurope",
            "tags": dict(tags),
            "collation": "Latin1_General_100_BIN2_UTF8",
            "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2},
            "zoneRedundant": True,
        }
        world.add(f"{site}-database", "azure-native:sql:Database", database, protect=True)
        backups = {**here, "databaseName": name, "policyName": "default", "retentionDays": 7}
        world.add(f"{site}-backups", "azure-native:sql:BackupShortTermRetentionPolicy", backups)
        setting(site, DATABASE_SETTING, UNKNOWN)(world)
        needs = world[site].property_dependencies
        needs["siteConfig"] = (*needs.get("siteConfig", ()), made.urn)
    world["sticky"].inputs["appSettingNames"].append(DATABASE_SETTING)
