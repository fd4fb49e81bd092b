"""Commands on a SQL server whose databases are task hubs. Reading needs Reader. Flags: Azure CLI 2.91.0, read 2026-11-23."""

from environments import TaskHub
from hubkeeper.runbook.commands import Bash, Command, Target


def address(hub: TaskHub) -> str:
    """Where the server answers."""
    return f"{hub.store}.database.windows.net"


def server(target: Target, hub: TaskHub) -> Command:
    """Whether the server is there, and who may log in."""
    return Command(
        title="The server",
        verb="sql server show",
        arguments=((*target.group_words, "--name", hub.store, "--expand-ad-admin"),),
        query="{state:state,address:fullyQualifiedDomainName,public:publicNetworkAccess,minTls:minimalTlsVersion,"
        "entraOnly:administrators.azureAdOnlyAuthentication,administrators:administrators.login}",
        answers="Is the server there, whom does it answer, and does it take passwords?",
        healthy="state Ready, entraOnly true, minTls 1.2, administrators is the group of the description",
        tells=(
            "entraOnly false: somebody let passwords in. They read every history without a name in any log.",
            "ResourceNotFound: the server is gone with all its databases. See Recover the store.",
        ),
    )


def set_administrators(target: Target, hub: TaskHub, group: str, object_id: str) -> Command:
    """Makes another group the administrators of the server."""
    return Command(
        title="Another group of administrators",
        verb="sql server ad-admin create",
        arguments=((*target.group_words, "--server", hub.store), ("--display-name", group, "--object-id", object_id)),
        query="",
        output="none",
        answers=f"Makes {group} the administrators of {hub.store}, in the place of who is it now.",
        healthy="no output; then The server names the group",
        confirm=f"administrators {hub.store}",
        changes="Who was it before may no longer log in as an administrator. Users of the databases and running work stay.",
    )


def doors(target: Target, hub: TaskHub) -> Command:
    """Which addresses the firewall lets in."""
    return Command(
        title="Its firewall",
        verb="sql server firewall-rule list",
        arguments=((*target.group_words, "--server", hub.store),),
        query="[].{rule:name,from:startIpAddress,to:endIpAddress}",
        output="table",
        answers="Which addresses may reach the databases?",
        healthy="the ranges of the description, and no other",
        tells=("0.0.0.0 to 0.0.0.0: everything in Azure, of anybody. Have it taken away.",),
    )


def database(target: Target, hub: TaskHub) -> Command:
    """Whether a hub's database is there, and how far it can be taken back."""
    return Command(
        title=f"The database {hub.name}",
        verb="sql db show",
        arguments=((*target.group_words, "--server", hub.store, "--name", hub.name),),
        query="{status:status,size:currentServiceObjectiveName,zones:zoneRedundant,collation:collation,"
        "backTo:earliestRestoreDate,made:creationDate}",
        answers=f"Is the hub {hub.name} there, how large is it, and how far can it be taken back?",
        healthy="status Online, collation Latin1_General_100_BIN2_UTF8; made never changes",
        tells=(
            "ResourceNotFound: the hub is gone, and can come back while the server is there. See Recover the store.",
            "made later than you remember: somebody made it anew, and it began empty.",
        ),
    )


def load(target: Target, database_id: str, grows: bool) -> Command:
    """How much of what it may use a database uses. One that grows by itself has no share of a size."""
    metrics = ("cpu_percent", "workers_percent", "log_write_percent", *(() if grows else ("storage_percent",)))
    return Command(
        title="The load of the database",
        verb="monitor metrics list",
        arguments=(
            ("--subscription", target.subscription, "--resource", database_id),
            ("--metrics", *metrics, "--aggregation", "Maximum", "--interval", "PT5M", "--offset", "3h"),
        ),
        query="value[].{metric:name.value,highest:max(timeseries[].data[].maximum)}",
        output="table",
        answers="Which limit of its SKU is the database near? (percent, highest of the last three hours)",
        healthy="cpu and log writes under 90, workers under 60, storage under 80",
        tells=(
            "cpu or log writes at 100: steps wait for the database. More workers make it worse.",
            "storage near 100: at 100 nothing can be added any more, and every instance stands still.",
        ),
    )


def long_term(target: Target, hub: TaskHub, location: str) -> Command:
    """Backups that are kept for long; they stay when their database and its server are gone."""
    return Command(
        title=f"Long-term backups of {hub.name}",
        verb="sql db ltr-backup list",
        arguments=(
            ("--subscription", target.subscription, "--location", location),
            ("--server", hub.store, "--database", hub.name, "--database-state", "All"),
        ),
        query="[].{taken:backupTime,until:backupExpirationTime,id:id}",
        output="table",
        answers="Which old states of the hub are kept, and until when?",
        healthy="as many as the description keeps; the first comes up to a week after it was asked for",
        tells=("Each holds what was in the hub when it was taken, whatever was purged since.",),
    )


def deleted(target: Target, hub: TaskHub) -> Command:
    """Databases that were deleted and can come back."""
    return Command(
        title="Deleted databases",
        verb="sql db list-deleted",
        arguments=((*target.group_words, "--server", hub.store),),
        query="[].{database:databaseName,deleted:deletionDate,backTo:earliestRestoreDate}",
        output="table",
        answers="Which databases were deleted, and up to when can they be brought back?",
        healthy="no rows",
        tells=("Deleted with its server, a database is not here: ask Microsoft support at once.",),
    )


def restore(target: Target, hub: TaskHub) -> Command:
    """Brings a database back as it was, beside what is there."""
    copy = f"{hub.name}-restored"
    return Command(
        title=f"{hub.name} as it was",
        verb="sql db restore",
        arguments=(
            (*target.group_words, "--server", hub.store, "--name", hub.name, "--dest-name", copy),
            ("--time", Bash('"${BACK_TO:?set BACK_TO first}"')),
        ),
        query="",
        output="none",
        answers=f"Makes the database {copy} of what {hub.name} was at that time (UTC). What is there now stays.",
        healthy=f"no output, after minutes to an hour; then The database, with the name {copy}, says Online",
        confirm=f"restore {hub.name}",
        changes="What ran after that time is not in the copy: those steps run again once the copy is the hub.",
    )


def renamed(target: Target, hub: TaskHub, old: str, new: str, why: str) -> Command:
    """Gives a database of the hub's server another name; what is in it, its users too, stays."""
    return Command(
        title=f"{old} becomes {new}",
        verb="sql db rename",
        arguments=((*target.group_words, "--server", hub.store, "--name", old, "--new-name", new),),
        query="",
        output="none",
        answers=why,
        healthy=f"no output; then The database, with the name {new}, says Online",
        confirm=f"{old} to {new}",
        changes="A host that runs meanwhile loses its hub: all of them must be stopped.",
    )
