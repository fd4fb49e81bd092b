"""What a task hub's backend takes and what it does not: each refusal with its reason and with what would work instead."""

from collections.abc import Iterator

from environments import catalogue
from environments.access import is_private
from environments.model import App, Environment
from environments.problems import Path
from environments.task_hub import Database, Scheduler, TaskHubSpec

#: A place in the description, what is wrong there, what was expected, and where Azure is the reason a key of sources.yaml.
Contradiction = tuple[Path, str, str] | tuple[Path, str, str, str]

ON_SCHEDULER = "durable-task-scheduler"
ON_DATABASE = "mssql"

#: The application setting with the way to the database; it is the extension's own default for `connectionStringName`.
DATABASE_SETTING = "SQLDB_Connection"

#: A task hub on MSSQL is called as the database user, and of its name that many letters are kept: durabletask-mssql, logic.sql.
LONGEST_USER = 50

#: Backups of a database are kept where the store is kept: its redundancy, as a database names it.
BACKUP_COPIES = {"LRS": "Local", "ZRS": "Zone", "GRS": "Geo", "RAGRS": "Geo", "GZRS": "GeoZone", "RAGZRS": "GeoZone"}


def backend_contradictions(environment: Environment) -> Iterator[Contradiction]:
    """Every combination in the task hubs of an environment that cannot work."""
    for name, app in environment.apps.items():
        at: Path = ("apps", name, "task_hub")
        yield from _on_plan(app, at)
        if app.task_hub.backend == ON_SCHEDULER:
            yield from _on_scheduler(app, at)
        else:
            yield from _by_itself(app.task_hub, at)
        if app.task_hub.backend == ON_DATABASE:
            yield from _on_database(environment, name, at)
        else:
            yield from _no_database(app, name, at)


def _on_plan(app: App, at: Path) -> Iterator[Contradiction]:
    """Whether something starts workers when work waits in the hub."""
    plan, backend = app.plan, app.task_hub.backend
    refused = catalogue.refused_hostings().get(backend, {}).get(plan.facts.hosting)
    if refused:
        yield (*at, "backend"), f"{backend} on {plan.sku}: {refused.because}", refused.instead, refused.source
    elif backend == ON_DATABASE and plan.facts.hosting == "elastic" and not app.watches_triggers:
        wrong = f"{backend} on {plan.sku}, where only the runtime itself sees what waits in the database, and is not asked to"
        yield (*at, "backend"), wrong, "`plan: {scale_monitoring: true}` beside it", "providers"


def _by_itself(hub: TaskHubSpec, at: Path) -> Iterator[Contradiction]:
    """Where nothing is purged by itself."""
    if hub.scheduler is not None:
        yield (
            (*at, "scheduler"),
            f"a scheduler beside backend {hub.backend}",
            f"it left out, or `backend: {ON_SCHEDULER}`",
        )
    if hub.history_days_by_state:
        yield (
            (*at, "history_days_by_state"),
            f"days for single states on {hub.backend}, where nothing is purged by itself",
            f"history_days for all of them, or `backend: {ON_SCHEDULER}`",
            "scheduler-purge",
        )


def _on_scheduler(app: App, at: Path) -> Iterator[Contradiction]:
    hub = app.task_hub
    if "partition_count" in hub.model_fields_set:
        yield (*at, "partition_count"), "a scheduler has no partitions", "it left out", "partitions"
    if hub.purged_by is not None:
        yield (*at, "purged_by"), "a scheduler purges by itself, after history_days", "it left out", "scheduler-purge"
    if hub.scheduler is None:
        example = "scheduler: {sku: Dedicated, ip_allow_list: [203.0.113.0/24]}"
        yield at, f"backend {ON_SCHEDULER} without its scheduler", f"one like {example}"
    else:
        yield from _scheduler(hub.scheduler, app.hub_is_public, (*at, "scheduler"))
        yield from _shut_out(app, (*at, "scheduler"), "scheduler", "scheduler-private")
        if hub.scheduler.ip_allow_list and app.network is not None and not app.hub_is_public:
            wrong = "addresses for a scheduler that is reached by its private endpoint alone"
            expected = "it left out, or `public_network_access: true`"
            yield (*at, "scheduler", "ip_allow_list"), wrong, expected, "scheduler-private"
        yield from _days(hub, hub.scheduler, at)


def _scheduler(scheduler: Scheduler, public: bool, at: Path) -> Iterator[Contradiction]:
    most = scheduler.facts.most_capacity
    if scheduler.capacity is not None and scheduler.capacity > most:
        yield (
            (*at, "capacity"),
            f"a capacity on {scheduler.sku}, which is paid by the action and refuses one",
            "it left out, or `sku: Dedicated`",
            "scheduler",
        )
    if public and not scheduler.ip_allow_list:
        yield (
            (*at, "ip_allow_list") if "ip_allow_list" in scheduler.model_fields_set else at,
            "no address may reach the scheduler, not even the application (it would see a 403, as for a missing role)",
            _LET_IN,
            "scheduler-access",
        )


#: What opens a scheduler or a server to its application.
_LET_IN = "ip_allow_list with the outbound ranges of the application, or the application in a network (`network: {subnet: …}`)"


def _shut_out(app: App, at: Path, what: str, source: str) -> Iterator[Contradiction]:
    """Nothing but a private endpoint leads to what is closed to all networks, and only applications in one have it."""
    if app.network is None and not app.hub_is_public:
        wrong = f"false for an application in no network: no private endpoint leads to the {what}, so it would never reach its hub"
        expected = (
            "the application in a network (`network: {subnet: …}`), or true with its outbound ranges in ip_allow_list"
        )
        yield (*at, "public_network_access"), wrong, expected, source


def _days(hub: TaskHubSpec, scheduler: Scheduler, at: Path) -> Iterator[Contradiction]:
    """Said days are a policy of their own; one that is taken away later turns purging off, so it must be said from the start."""
    longest = scheduler.facts.history_days
    if hub.history_days is None:
        wrong = "history_days is not said, and a policy that comes and goes with it would turn purging off when it goes"
        yield at, wrong, f"history_days of 1 to {longest}", "scheduler-purge"
    elif hub.history_days > longest:
        wrong = f"{hub.history_days} days on {scheduler.sku}"
        yield (*at, "history_days"), wrong, _at_most(longest), "scheduler-purge"
    for state, days in hub.history_days_by_state.items():
        if days > longest:
            wrong = f"{days} days on {scheduler.sku}"
            yield (*at, "history_days_by_state", state), wrong, _at_most(longest), "scheduler-purge"


def _no_database(app: App, name: str, at: Path) -> Iterator[Contradiction]:
    """What would be taken for a task hub on MSSQL."""
    if app.task_hub.database is not None:
        wrong = f"a database beside backend {app.task_hub.backend}"
        yield (*at, "database"), wrong, f"it left out, or `backend: {ON_DATABASE}`"
    for group, given in (("settings", app.settings), ("secrets", app.secrets)):
        for setting in given:
            if setting.lower() == DATABASE_SETTING.lower():
                wrong = f"the setting that leads to a task hub on {ON_DATABASE}, beside backend {app.task_hub.backend}"
                yield ("apps", name, group, setting), wrong, "another name for what is no task hub"


def _on_database(environment: Environment, name: str, at: Path) -> Iterator[Contradiction]:
    hub = environment.apps[name].task_hub
    user = environment.app_names(name).identity
    if len(user) > LONGEST_USER:
        wrong = f"a name of {len(user)} letters, which the task hub takes from the database user and cuts"
        yield ("apps", name, "names", "identity"), wrong, f"at most {LONGEST_USER} letters", "mssql-hub"
    if "partition_count" in hub.model_fields_set:
        yield (*at, "partition_count"), "a database has no partitions", "it left out", "partitions"
    if hub.database is None:
        example = (
            "database: {sku: S1, administrators: {group: sg-sql, object_id: <guid>}, ip_allow_list: [203.0.113.0/28]}"
        )
        yield at, f"backend {ON_DATABASE} without its database", f"one like {example}"
    else:
        yield from _size(hub.database, environment.apps[name].redundancy, (*at, "database"))
        yield from _database(hub.database, environment.apps[name], (*at, "database"))
        yield from _shut_out(environment.apps[name], (*at, "database"), "server", "private-endpoints")


def _size(database: Database, redundancy: str, at: Path) -> Iterator[Contradiction]:
    """What only a serverless database takes, and what zones ask of a Hyperscale one."""
    facts, kept = database.facts, database.minimum_vcores
    if kept is not None and not facts.minimum_vcores:
        serverless = ", ".join(name for name, sku in catalogue.database_skus().items() if sku.minimum_vcores)
        wrong = f"minimum_vcores on {database.sku}, which has all of its own all the time"
        yield (*at, "minimum_vcores"), wrong, f"it left out, or one of {serverless}", "sql-serverless"
    elif kept is not None and kept not in facts.minimum_vcores:
        wrong = f"{kept:g} virtual cores that stay on {database.sku}"
        yield (
            (*at, "minimum_vcores"),
            wrong,
            f"one of {', '.join(f'{one:g}' for one in facts.minimum_vcores)}",
            "sql-vcores",
        )
    if facts.is_hyperscale and database.zone_redundant and "Zone" not in BACKUP_COPIES[redundancy]:
        yield (
            (*at, "zone_redundant"),
            f"zone_redundant on {database.sku}, which keeps data and backups in the same storage, beside copies of {redundancy}",
            "`store: {redundancy: ZRS}` (or GZRS, RAGZRS) of the application, which its backups follow",
            "sql-zones",
        )


def _database(database: Database, app: App, at: Path) -> Iterator[Contradiction]:
    facts = database.facts
    if database.zone_redundant and not facts.zonal:
        zonal = ", ".join(name for name, sku in catalogue.database_skus().items() if sku.zonal)
        yield (
            (*at, "zone_redundant"),
            f"zone_redundant on {database.sku}, which has no zones",
            f"one of {zonal}",
            "sql-zones",
        )
    if database.backup_days > facts.backup_days:
        wrong = f"{database.backup_days} days on {database.sku}"
        yield (*at, "backup_days"), wrong, f"{facts.backup_days} at most, or another SKU", "sql-backups"
    for place, address in enumerate(database.ip_allow_list):
        if ":" in address:
            wrong = f"{address!r}, while the firewall of a SQL server has rules for IPv4"
            yield (*at, "ip_allow_list", place), wrong, "an IPv4 address or range, like 203.0.113.0/28", "sql-firewall"
        elif is_private(address):
            wrong = f"{address} is private, and the firewall of a SQL server sees public addresses"
            expected = "the public address it goes out by, or the application in a network (`network: {subnet: …}`)"
            yield (*at, "ip_allow_list", place), wrong, expected, "sql-firewall"
    if database.ip_allow_list and app.network is not None and not app.hub_is_public:
        wrong = "addresses for a server whose public side is closed, which takes no rules of a firewall"
        yield (*at, "ip_allow_list"), wrong, "it left out, or `public_network_access: true`", "sql-firewall"
    if app.hub_is_public and not database.ip_allow_list:
        yield (
            (*at, "ip_allow_list") if "ip_allow_list" in database.model_fields_set else at,
            "no address may reach the server, not even the application",
            _LET_IN,
            "sql-firewall",
        )


def _at_most(days: int) -> str:
    longest = max(sku.history_days for sku in catalogue.scheduler_skus().values())
    return f"{days} at most" if days == longest else f"{days} at most, or `sku: Dedicated` (up to {longest})"
