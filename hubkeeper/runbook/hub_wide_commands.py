"""Bash that asks a whole hub or purges in it, through the HTTP API of Durable Functions, since `az` has no command for it.

The purge by filter of that API fails open: without a status, or with one that it does not know, it takes running instances
too (durable extension 3, HttpApiHandler and AzureTableTrackingStore, read 2026-06). So the statuses and both ends of the window
stand in the block as they are, and the only thing typed in is a day, which is checked before anything is asked for.
"""

from environments import TaskHub
from hubkeeper.runbook.commands import Bash, Command, Target, guard
from hubkeeper.runbook.instance_commands import Act, headers, stored_key
from hubkeeper.runbook.quoting import shell, url
from hubkeeper.runbook.store_commands import NO_ENTITIES, UNFINISHED

#: The statuses a purge may name: an instance in one of them does nothing any more.
FINISHED = ("Completed", "Failed", "Terminated")
_PAGE = 1000
_DAY = "${PURGE_DAY:?set PURGE_DAY first}"
_LAST = "T23:59:59.9999999Z"


def with_key(target: Target, method: str, hub: TaskHub, query: str, then: str = "", options: str = "") -> list[str]:
    """Lines that call the hub's API once: the key goes through a pipe into a header."""
    return [
        *stored_key(target, "exit"),
        headers(target),
        f"    curl --config - --silent --show-error --fail{options} --request {method} \\",
        f'      "https://$host/runtime/webhooks/durabletask/instances?taskHub={url(hub.name)}&{query}"{then}',
    ]


def ask_for_open(target: Target, hub: TaskHub) -> Act:
    """The unfinished instances of a hub as the application itself counts them: a second witness beside the table.

    A hub in a scheduler has no table to look into: there this is the only witness.

    The answer names its hub: `up --drained FILE` reads it. `more` is null only where one page was all: the host says in a header
    whether it goes on (HttpApiHandler, durable extension 3, read 2026-06).
    """
    alone = hub.backend == "durable-task-scheduler"
    none = ", ".join(f"{name}: 0" for name in UNFINISHED)
    count = (
        'split("\\n") | (.[-1] | gsub("\\\\s"; "")) as $next | .[:-1] | join("\\n") | fromjson | '
        'if type != "array" then error("no list of instances") '
        'elif $next | startswith("%") then error("curl 7.84 or later is needed") else . end | '
        f'{{hub: "{hub.name}", store: "{hub.store}", {none}}} + '
        '(map(select(.instanceId | startswith("@") | not)) | group_by(.runtimeStatus) | map({(.[0].runtimeStatus | '
        "(.[:1] | ascii_downcase) + .[1:]): length}) | add // {}) + "
        f'{{more: (if $next == "" and length < {_PAGE} then null else "there are more pages" end)}}'
    )
    query = f"runtimeStatus={','.join(UNFINISHED.values())}&showInput=false&top={_PAGE}"
    header = " --write-out '\\n%header{x-ms-continuation-token}'"
    lines = ["(", *with_key(target, "GET", hub, query, f" |\n    jq -Rs {shell(count)}", header), ")"]
    return Act(
        f"Unfinished on {hub.name}, asked of the application",
        "\n".join(lines),
        f"How many instances on the hub {hub.name} are not finished, as the host of {target.phrase} sees it?"
        if alone
        else f"Does the host of {target.phrase} see the same unfinished instances as the table does?",
        "pending near 0 and falling; running as many as business is open; more null"
        if alone
        else "four times 0, or the numbers of the table; more null",
        (
            "more is not null: the answer is one page of several. It does not count as an answer.",
            "curl 7.84 or later is needed: an older one does not say whether there is more.",
            "No answer: the host does not run. Then nothing is known; the dashboard of the hub shows its instances."
            if alone
            else "No answer: the host does not run. Then the table alone decides, and its more must be null.",
        ),
    )


def dry_run(target: Target, hub: TaskHub) -> Command:
    """What a purge of one day would take and what it would leave, from the table."""
    statuses = {**{status.lower(): status for status in FINISHED}, **UNFINISHED}
    counts = ",".join(f"{name}:length(items[?RuntimeStatus=='{status}'])" for name, status in statuses.items())
    window = f"CreatedTime ge datetime'{_DAY}T00:00:00Z' and CreatedTime le datetime'{_DAY}{_LAST}'"
    return Command(
        title=f"What lies in {hub.name}",
        verb="storage entity query",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
            ("--table-name", f"{hub.name}Instances"),
            ("--filter", Bash(f'"{NO_ENTITIES} and {window}"')),
            ("--select", "PartitionKey", "RuntimeStatus"),
        ),
        query="{" + counts + ",more:nextMarker.nextpartitionkey}",
        answers="How many instances of that day would the purge take (completed, failed, terminated), and how many stay?",
        healthy="pending, running, suspended and continuedAsNew 0; more null. Write down the first three numbers",
        tells=(
            "running or suspended is not 0: it is older than it may get. Do not purge; find out why it still runs.",
            "more is not null: the day is too full for one answer; purge it when the store is calm.",
        ),
    )


def purge_day(target: Target, hub: TaskHub, youngest_days: int) -> Act:
    """Deletes the finished instances that were created on one day."""
    query = f"createdTimeFrom={_DAY}T00:00:00Z&createdTimeTo=${{PURGE_DAY}}{_LAST}&runtimeStatus={','.join(FINISHED)}"
    limit = f"$(date -u -d '{youngest_days} days ago' +%F)"
    lines = [
        "(",
        f'  [[ "{_DAY}" =~ ^20[0-9]{{2}}-[01][0-9]-[0-3][0-9]$ && "$PURGE_DAY" < "{limit}" ]] ||',
        f"    {{ echo {shell(f'PURGE_DAY must be a day more than {youngest_days} days ago, like 2026-01-31')}; exit; }}",
        f"  {guard(f'{hub.name} purge')} || exit",
        *with_key(target, "DELETE", hub, query),
        ")",
    ]
    return Act(
        f"Purge that day from {hub.name}",
        "\n".join(lines),
        f"Deletes history, inputs and outputs of what ended as {', '.join(FINISHED)} and was created on that day (UTC).",
        'an answer like {"instancesDeleted": 12}: the sum that was written down',
        (
            "404: nothing in that window has one of the statuses. Nothing was deleted.",
            "A timeout: the purge goes on in the host. Ask for the numbers again before anything else.",
        ),
        changes="It cannot be brought back. Only the day that was looked at, only the three final statuses, and nothing younger "
        f"than {youngest_days} days: all three stand in the block. Do not shorten it.",
    )
