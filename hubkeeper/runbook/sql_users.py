"""The users of a database that is a task hub, which no resource of Azure can make: who they are, how they are made and narrowed.

microsoft/durabletask-mssql e7d35db: quickstart.md (user from the external provider, db_owner; the tables at the first start),
SqlDbManager and permissions.sql (what dt_runtime may). MicrosoftDocs/sql-docs: CREATE USER (2022-03-14); Microsoft Entra logins
and users with nonunique display names (2024-02-21: 33131, WITH OBJECT_ID, and that the sid is the client id).
"""

from environments import TaskHub
from hubkeeper.runbook.commands import Bash, Target, guard
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.quoting import shell, shell_lines
from hubkeeper.runbook.sql_statements import NOT_THERE, ask

#: What a host makes belongs to its user, who cannot be dropped before that is somebody else's.
_OWNED_BY_DBO = (
    "IF SCHEMA_ID(N'dt') IS NOT NULL ALTER AUTHORIZATION ON SCHEMA::dt TO dbo; "
    "IF DATABASE_PRINCIPAL_ID(N'dt_runtime') IS NOT NULL ALTER AUTHORIZATION ON ROLE::dt_runtime TO dbo;"
)


def look_up(target: Target, identity: str) -> Act:
    """The client id of the identity, for what follows."""
    scope = " ".join(shell(word) for word in (*target.group_words, "--name", identity))
    return Act(
        "The identity",
        f"CLIENT_ID=$(az identity show {scope} \\\n"
        '  --only-show-errors --output tsv --query clientId) && echo "$CLIENT_ID"',
        f"Which client id has {identity} now? The databases know it by that.",
        "a GUID",
        ("ResourceNotFound: bring the environment up first.",),
    )


def users(hub: TaskHub) -> Act:
    """Who has a user in the database, with which id and which roles."""
    asked = (
        "SELECT u.name AS [User], CAST(CAST(u.sid AS varbinary(16)) AS uniqueidentifier) AS ClientId, "
        "ISNULL(r.name, '-') AS [Role]\n"
        "FROM sys.database_principals u\n"
        "LEFT JOIN sys.database_role_members m ON m.member_principal_id = u.principal_id\n"
        "LEFT JOIN sys.database_principals r ON r.principal_id = m.role_principal_id\n"
        "WHERE u.type IN ('E', 'X', 'S') AND u.principal_id > 4 ORDER BY u.name"
    )
    return Act(
        f"Users of {hub.name}",
        ask(hub, shell_lines(asked)),
        f"Who may log in to {hub.name} without being an administrator, and as what?",
        "the identity of the application with db_owner (or dt_runtime), its ClientId as The identity says, and nobody unknown",
        (
            "no row of the identity: the host cannot start. Do step 3.",
            "another ClientId than that of the identity: it was made anew under its name. Do step 3.",
            *NOT_THERE,
        ),
    )


def prepare(hub: TaskHub, identity: str) -> Act:
    """Makes the database user of the identity. Run twice, it does nothing the second time."""
    statements = (
        f"DECLARE @is uniqueidentifier = (SELECT CAST(CAST(sid AS varbinary(16)) AS uniqueidentifier) "
        f"FROM sys.database_principals WHERE name = N'{identity}');\n"
        f"IF @is IS NOT NULL AND @is <> '${{CLIENT_ID:?look the identity up first}}'\n"
        f"BEGIN {_OWNED_BY_DBO} DROP USER [{identity}]; END\n"
        f"IF DATABASE_PRINCIPAL_ID(N'{identity}') IS NULL CREATE USER [{identity}] FROM EXTERNAL PROVIDER;\n"
        f"ALTER ROLE db_owner ADD MEMBER [{identity}];"
    )
    phrase = f"user in {hub.name}"
    return Act(
        f"Make the user in {hub.name}",
        f"{guard(phrase)} &&\n{ask(hub, Bash(chr(34) + statements + chr(34)))}",
        f"Makes {identity} a user of {hub.name}, so that its host can log in, make the tables and work.",
        "no output at all",
        (
            "33131, duplicate display name: another identity of the tenant is called so too. Append WITH OBJECT_ID = and the "
            "identity's principal id in quotes to the line with CREATE USER.",
            "33134, could not be resolved, Server identity is not configured: you are logged in as a service principal. A person "
            "of the group needs no identity of the server.",
            "Only connections established with Active Directory accounts: you logged in by password, which no server here takes.",
            *NOT_THERE,
        ),
        changes="Gives the identity all rights in this one database, which holds nothing but its hub. A user with another id under "
        "that name is dropped first.",
    )


def narrow(hub: TaskHub, identity: str) -> Act:
    """Leaves the identity with what work needs, once the tables are there."""
    statements = f"{_OWNED_BY_DBO}\nALTER ROLE dt_runtime ADD MEMBER [{identity}];\nALTER ROLE db_owner DROP MEMBER [{identity}];"
    return Act(
        f"Narrow the user in {hub.name}",
        f"{guard(f'narrow {hub.name}')} &&\n{ask(hub, shell_lines(statements))}",
        f"Leaves {identity} with dt_runtime in {hub.name}.",
        "no output at all; then one instance that runs to its end",
        (
            "The role does not exist: the host never started here, so there are no tables yet.",
            "EXECUTE permission was denied, in the log of the host: make it db_owner again, by step 3.",
        ),
        changes="From then on a host with a newer extension fails to start until the user is db_owner again.",
    )


def state(hub: TaskHub) -> Act:
    """Which version of the tables is there, and how the hub is named."""
    asked = (
        "SELECT TOP 1 SemanticVersion, UpgradeTime FROM dt.Versions ORDER BY UpgradeTime DESC;\n"
        "SELECT [Name], [Value], LastModifiedBy FROM dt.GlobalSettings;\n"
        "SELECT TaskHub, COUNT(*) AS Instances FROM dt.Instances GROUP BY TaskHub"
    )
    return Act(
        f"State of {hub.name}",
        ask(hub, shell_lines(asked)),
        f"Did a host make its tables in {hub.name}, how are hubs named there, and whose instances are there?",
        "a version; TaskHubMode 1; one TaskHub, called as the identity, or none before the first instance",
        (
            "Invalid object name dt.Versions: no host has started here yet.",
            "TaskHubMode 0: somebody changed it, and every instance of before is out of sight. Set it back by "
            "dt.SetGlobalSetting, with all hosts stopped, and tell the owner.",
        ),
    )
