"""Read-only commands on a hub's store: instances, queues, partitions. They need data reader roles and no key.

Layout of the tables and queues: DurableTask.AzureStorage 2.9.1, read 2026-06-24; flags: Azure CLI 2.91.0, read 2026-11-22.
Without `--select` an entity query prints inputs and outputs of instances, so each one here names its columns.
"""

from collections.abc import Sequence
from datetime import timedelta

from environments import TaskHub, in_words
from hubkeeper.runbook.commands import INSTANCE_ID, Bash, Command, Target
from hubkeeper.runbook.quoting import odata, shell_lines

#: Entities live in the same table under ids that begin with @, and say Running for ever.
NO_ENTITIES = "(PartitionKey lt '@' or PartitionKey ge 'A')"
UNFINISHED = {"pending": "Pending", "running": "Running", "suspended": "Suspended", "continuedAsNew": "ContinuedAsNew"}
OPEN = "(" + " or ".join(f"RuntimeStatus eq '{status}'" for status in UNFINISHED.values()) + ")"
_COLUMNS = ("--select", "PartitionKey", "Name", "Version", "RuntimeStatus", "CreatedTime", "LastUpdatedTime")


def _entities(target: Target, hub: TaskHub, table: str) -> tuple[tuple[str, ...], ...]:
    return (
        ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
        ("--table-name", f"{hub.name}{table}"),
    )


def open_instances(target: Target, hub: TaskHub) -> Command:
    """How many instances are not finished, by status. The answer names its hub: `up --drained FILE` reads it."""
    counts = [f"{name}:length(items[?RuntimeStatus=='{status}'])" for name, status in UNFINISHED.items()]
    return Command(
        title="Unfinished instances",
        verb="storage entity query",
        arguments=(
            *_entities(target, hub, "Instances"),
            ("--filter", f"{NO_ENTITIES} and {OPEN}"),
            ("--select", "PartitionKey", "RuntimeStatus"),
        ),
        query=f"{{hub:'{hub.name}',store:'{hub.store}',{','.join(counts)},more:nextMarker.nextpartitionkey}}",
        answers=f"How many instances on the hub {hub.name} are not finished?",
        healthy="pending near 0 and falling; running as many as business is open; more null",
        tells=(
            "pending grows and running does not: nobody takes work from the queues. See No progress.",
            "more is not null: the answer is only a part; ask again when the store is calmer.",
            "The status has no index, so the whole table is read: minutes on a hub that was never purged.",
        ),
    )


def stuck_instances(target: Target, hub: TaskHub, orchestration: str, stuck_after: timedelta) -> Command:
    """Instances of one orchestration that are older than it may get."""
    age = in_words(stuck_after)
    before = f"{NO_ENTITIES} and {OPEN} and Name eq {odata(orchestration)} and CreatedTime lt datetime'"
    cut_off = f"\"$(date -u -d '{age} ago' +%Y-%m-%dT%H:%M:%SZ)\""
    return Command(
        title=f"{orchestration} older than {age}",
        verb="storage entity query",
        arguments=(
            *_entities(target, hub, "Instances"),
            ("--filter", Bash(f'{shell_lines(before)}{cut_off}"\'"')),
            _COLUMNS,
            ("--num-results", "200"),
        ),
        query="items[].{instance:PartitionKey,status:RuntimeStatus,version:Version,created:CreatedTime,lastStep:LastUpdatedTime}",
        output="table",
        answers=f"Which instances of {orchestration} on the hub {hub.name} are older than {age}?",
        healthy="no rows",
        tells=(
            "lastStep recent: it is slow or it loops, not stuck. Take its id to Follow one business request.",
            "lastStep old and status Running: it waits for an event, a timer or an activity. Its steps say "
            "which: Follow one business request.",
            "status Pending and old: no worker took it. See No progress.",
        ),
    )


def where_it_lives(target: Target, hubs: Sequence[TaskHub]) -> Command:
    """On which of an application's hubs an instance is."""
    wanted = f"PartitionKey eq '{INSTANCE_ID}'"
    return Command(
        title="Where it lives",
        verb="storage entity query",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hubs[0].store, "--auth-mode", "login"),
            ("--table-name", Bash('"${table}"'), "--filter", Bash(f'"{wanted}"')),
            _COLUMNS,
        ),
        query="items[].[RuntimeStatus,Name,Version,CreatedTime,LastUpdatedTime]",
        output="tsv",
        answers="On which hub is the instance, and where does it stand?",
        healthy="behind exactly one of the hubs status, name, version, begin and last step; behind the others none",
        tells=(
            "none behind every hub: the id is wrong, or was purged. The table writes /, # and ? its own way.",
            "something behind two: one case was started on both slots. Change neither before the owner knows.",
        ),
        loop=("table", tuple(f"{hub.name}Instances" for hub in hubs)),
    )


def steps(target: Target, hub: TaskHub) -> Command:
    """The history of one instance with the ids of its events, which the HTTP API leaves out. It needs no key."""
    wanted = f"PartitionKey eq '{INSTANCE_ID}' and RowKey ne 'sentinel'"
    return Command(
        title=f"Its steps with their ids, on {hub.name}",
        verb="storage entity query",
        arguments=(
            *_entities(target, hub, "History"),
            ("--filter", Bash(f'"{wanted}"')),
            (
                "--select",
                "RowKey",
                "EventType",
                "EventId",
                "TaskScheduledId",
                "TimerId",
                "Name",
                "FireAt",
                "_Timestamp",
            ),
        ),
        query="items[].{at:_Timestamp,what:EventType,id:EventId,endsTask:TaskScheduledId,endsTimer:TimerId,name:Name,due:FireAt}",
        output="table",
        answers="Which step belongs to which: what began with which id, and what ended it? (no inputs, no outputs, no causes)",
        healthy="behind each TaskScheduled and each TimerCreated a later row that ends its id, but for what runs or waits now",
        tells=(
            "EventRaised has no id: it counts by its name, for the wait of that name.",
            "TimerCreated whose id no row ends: it still runs, until due (UTC).",
            "What stands under due, less what stands under at, is its length: by that you know which.",
        ),
    )


def queues(target: Target, hub: TaskHub, partitions: int) -> Command:
    """The head of every queue of a hub: how long its oldest visible message waits. The message itself is not printed."""
    names = (f"{hub.name.lower()}-workitems", *(f"{hub.name.lower()}-control-{n:02}" for n in range(partitions)))
    return Command(
        title="Heads of the queues",
        verb="storage message peek",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
            ("--queue-name", Bash('"${queue}"'), "--num-messages", "1"),
        ),
        query="[0].{waitsSince:insertionTime,timesTaken:dequeueCount}",
        answers="Does work lie in a queue that nobody takes?",
        healthy="none or null behind most names; a waitsSince of the last minute is normal under load",
        tells=(
            "workitems waits long: activities wait for workers. Look at the instances of the plan.",
            "one control queue waits long, the others do not: its partition has no live owner. Look at Partitions.",
            "timesTaken above 5: a message that makes its worker fail again and again. Look at Explain failures and retries.",
            "A message that is being worked on, and a timer that is not due, are invisible here.",
        ),
        loop=("queue", names),
    )


def partitions(target: Target, hub: TaskHub, count: int) -> Command:
    """Who owns which partition."""
    return Command(
        title="Partitions",
        verb="storage entity query",
        arguments=(
            *_entities(target, hub, "Partitions"),
            ("--select", "PartitionKey", "RowKey", "CurrentOwner", "NextOwner", "ExpiresAt", "IsDraining"),
        ),
        query="items[].{partition:RowKey,owner:CurrentOwner,next:NextOwner,leaseUntil:ExpiresAt,draining:IsDraining}",
        output="table",
        answers="Which worker owns which control queue?",
        healthy=f"{count} rows, each with an owner and a leaseUntil (UTC) in the future, draining False",
        tells=(
            "leaseUntil in the past: its worker died; another takes over within a minute, unless none runs.",
            "another number of rows: the hub was made with another partition count. Change nothing; ask the owner.",
        ),
    )


def throttling(target: Target, storage_id: str) -> Command:
    """Whether the store refuses work."""
    return Command(
        title="The store's answers",
        verb="monitor metrics list",
        arguments=(
            ("--subscription", target.subscription, "--resource", f"{storage_id}/queueServices/default"),
            ("--metrics", "Transactions", "--aggregation", "Total", "--interval", "PT5M", "--offset", "3h"),
            ("--filter", "ResponseType eq '*'", "--top", "50"),
        ),
        query="value[].timeseries[].{answer:metadatavalues[0].value,calls:sum(data[?total].total)}",
        output="table",
        answers="Does the store throttle or refuse the hosts? (queues, last three hours)",
        healthy="Success, with some ClientOtherError (a queue that is empty, a lease that is taken)",
        tells=(
            "ServerBusyError, ClientThrottlingError or ClientAccountRequestThrottlingError: too much work for one store.",
            "AuthorizationError: the identity lost a role, or the network does.",
        ),
    )
