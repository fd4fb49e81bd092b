"""Cases of the rules on databases that are task hubs, and of others in a world whose hubs live in them."""

from tests.policies.case import case
from tests.policies.changes import described, drop, put, setting, without
from tests.policies.on_database import on_database, way_to
from tests.policies.world import World

HUB = "apps.claims.task_hub"
STICKY = ["TASKHUB_NAME", "AzureFunctionsWebHost__hostid"]


def unprotected(world: World) -> None:
    """Takes the protection off a server and a database."""
    for name in ("server", "staging-database"):
        world[name].protect = False


DATABASES = [
    case("database-hub-made", "everything in databases", on_database()),
    case(
        "database-hub-made",
        "the database of a slot is not made",
        on_database(without("staging-database", "staging-backups")),
        "error claims/staging",
    ),
    case(
        "database-hub-made",
        "the connection leads to another slot's database",
        on_database(setting("staging", "SQLDB_Connection", way_to("prodclaims"))),
        "error claims/staging",
    ),
    case(
        "database-hub-made",
        "the connection as it is once it is known, in other letters",
        on_database(setting("site", "SQLDB_Connection", way_to("ProdClaims"))),
    ),
    case(
        "database-by-entra",
        "passwords are taken",
        on_database(put("server", "administrators.azureADOnlyAuthentication", False)),
        "error claims",
    ),
    case("database-by-entra", "no administrators", on_database(drop("server", "administrators")), "error claims"),
    case(
        "database-by-entra",
        "a SQL administrator beside the group",
        on_database(put("server", "administratorLogin", "claimsadmin")),
        "error claims",
    ),
    case(
        "database-by-entra",
        "a person instead of a group",
        on_database(put("server", "administrators.principalType", "User")),
    ),
    case("database-tls", "TLS 1.1", on_database(put("server", "minimalTlsVersion", "1.1")), "error claims"),
    case("database-tls", "TLS 1.3", on_database(put("server", "minimalTlsVersion", "1.3"))),
    case(
        "database-not-open",
        "all of Azure",
        on_database(put("door", "startIpAddress", "0.0.0.0"), put("door", "endIpAddress", "0.0.0.0")),
        "warning claims",
    ),
    case(
        "database-not-open",
        "everybody",
        on_database(put("door", "startIpAddress", "0.0.0.0"), put("door", "endIpAddress", "255.255.255.255")),
        "warning claims",
    ),
    case("database-not-open", "no rule at all", on_database(without("door"))),
    case(
        "database-collated",
        "Azure's default",
        on_database(put("site-database", "collation", "SQL_Latin1_General_CP1_CI_AS")),
        "warning claims",
    ),
    case("database-collated", "nothing said", on_database(drop("site-database", "collation")), "warning claims"),
    case(
        "database-collated",
        "in development it counts as well",
        on_database(
            described("tier", "development"), put("site-database", "collation", "Latin1_General_100_BIN2_UTF8")
        ),
    ),
    case("database-backed-up", "six days", on_database(put("site-backups", "retentionDays", 6)), "warning claims"),
    case("database-backed-up", "nothing said", on_database(without("staging-backups")), "warning claims"),
    case("database-backed-up", "35 days", on_database(put("site-backups", "retentionDays", 35))),
    case(
        "database-backed-up",
        "one day in staging",
        on_database(described("tier", "staging"), put("site-backups", "retentionDays", 1)),
    ),
    case("database-zonal", "one zone", on_database(put("site-database", "zoneRedundant", False)), "warning claims"),
    case(
        "database-zonal",
        "one zone in staging",
        on_database(described("tier", "staging"), put("site-database", "zoneRedundant", False)),
    ),
    case("hub-protected", "server and database lie open", on_database(unprotected), "critical claims"),
    case("store-locked", "no lock on the server", on_database(without("server-lock")), "warning claims"),
    case("storage-roles", "the host's own role is missing", on_database(without("blobs-role")), "error claims"),
    case(
        "hub-sticky",
        "a swap would take the connection, and leave the name",
        on_database(put("sticky", "appSettingNames", STICKY)),
        "error claims/staging",
    ),
    case(
        "hub-as-described",
        "another server than described",
        on_database(described("apps.claims.names.sql_server", "sql-claims-prod-other")),
        "error claims",
        "error claims/staging",
    ),
    case(
        "no-literal-secret",
        "a password in the connection",
        on_database(setting("site", "SQLDB_Connection", f"{way_to('prodclaims')};User Id=app;Password=correct horse")),
        "critical claims",
    ),
    case(
        "no-literal-secret",
        "the way to the database, once it is known",
        on_database(
            setting("site", "SQLDB_Connection", f"{way_to('prodclaims')};User Id=3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10")
        ),
    ),
]
