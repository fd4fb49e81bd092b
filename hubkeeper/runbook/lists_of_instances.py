"""Which instances of a hub failed since a moment, and the ids of those that failed or run as a file for somebody to review.

From the table where the hub is one, with reader rights and no key; else asked of the application.
"""

from typing import Literal

from environments import TaskHub
from hubkeeper.runbook.commands import Bash, Command, Target
from hubkeeper.runbook.hub_wide_commands import with_key
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.quoting import shell
from hubkeeper.runbook.store_commands import NO_ENTITIES

#: What only the incident knows.
_FAILED_SINCE = "${FAILED_SINCE:?set FAILED_SINCE first}"
IDS_FILE = '"${IDS_FILE:?set IDS_FILE first}"'
#: A shell does not do it for what was typed at a prompt.
HOME_EXPANDED = 'IDS_FILE="${IDS_FILE/#\\~\\//$HOME/}"'
_MOST = 1000
_NO_ENTITY = '(.instanceId | startswith("@") | not)'

Status = Literal["Failed", "Running"]
_SINCE: dict[Status, str] = {
    "Failed": f" and LastUpdatedTime ge datetime'{_FAILED_SINCE}'",
    "Running": "",
}
_WANTED: dict[Status, str] = {"Failed": f".lastUpdatedTime >= $since and {_NO_ENTITY}", "Running": _NO_ENTITY}
_SAID: dict[Status, str] = {"Failed": "failed", "Running": "runs"}
#: The oldest come first: of what failed the first to fail, of what runs the first whose retries run out.
_OLDEST: dict[Status, str] = {"Failed": "LastUpdatedTime", "Running": "CreatedTime"}
_TAKEN = "there is such a file already: it may be somebody's reviewed list. Take another name."
_PART = f"{_MOST} lines: there are more, the answer is one page. Act on these, then draw up the next file."
_WRITTEN = "no output; a file of ids"


def failed(target: Target, hub: TaskHub, in_tables: bool) -> Command | Act:
    """The instances of a hub that failed since a moment, oldest failure first."""
    if not in_tables:
        shown = f"map(select({_WANTED['Failed']})) | sort_by(.lastUpdatedTime)[] | [.instanceId, .name, .lastUpdatedTime] | @tsv"
        return Act(
            f"Failed on {hub.name}",
            _asked(target, hub, "Failed", shown),
            f"Which instances on the hub {hub.name} failed since FAILED_SINCE? Id, name and time (UTC).",
            "no lines",
            (
                f"{_MOST} lines: there are more, the answer is one page. On a scheduler its dashboard shows the rest, in a "
                "database the table does.",
            ),
        )
    columns = "{instance:PartitionKey,name:Name,version:Version,failed:LastUpdatedTime}"
    return Command(
        title=f"Failed on {hub.name}",
        verb="storage entity query",
        arguments=_from_table(target, hub, "Failed"),
        query=f"sort_by(items,&LastUpdatedTime)[].{columns}",
        output="table",
        answers=f"Which instances on the hub {hub.name} failed since FAILED_SINCE?",
        healthy="no rows",
        tells=(
            f"{_MOST} rows: there are more. Take a later FAILED_SINCE, and come back for the rest.",
            "a name that no orchestration of the application has: a sub-orchestration. Leave it out, its parent leads to it.",
        ),
    )


def draft(target: Target, hub: TaskHub, status: Status, in_tables: bool) -> Act:
    """Writes the ids of those that failed, or of those that run, into a new file."""
    title = f"The ids of what {_SAID[status]} on {hub.name}, as a file"
    moment = _OLDEST[status]
    said = "when it failed" if status == "Failed" else "when it began"
    answers = f"Writes what {_SAID[status]} on {hub.name} into a new file, the oldest first: id, name and {said} (UTC)."
    if not in_tables:
        one = f".{moment[0].lower()}{moment[1:]}"
        wanted = f"map(select({_WANTED[status]})) | sort_by({one})[] | [.instanceId, .name, {one}] | @tsv"
        ids = _asked(target, hub, status, wanted)
        return Act(title, _new_file(hub, ids, " "), answers, _WRITTEN, (_TAKEN, _PART))
    command = Command(
        title=title,
        verb="storage entity query",
        arguments=_from_table(target, hub, status),
        query=f"sort_by(items,&{_OLDEST[status]})[].[PartitionKey,Name,{_OLDEST[status]}]",
        output="tsv",
        answers=answers,
        healthy="",
    )
    return Act(
        title,
        _new_file(hub, command.script, " \\\n  "),
        answers,
        _WRITTEN,
        (
            _TAKEN,
            _PART,
            "an id with ^ in it: the table writes a slash, a hash or a question mark its own way. Take such an id from its key.",
        ),
    )


def _from_table(target: Target, hub: TaskHub, status: Status) -> tuple[tuple[str, ...], ...]:
    return (
        ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
        ("--table-name", f"{hub.name}Instances"),
        ("--filter", Bash(f"\"{NO_ENTITIES} and RuntimeStatus eq '{status}'{_SINCE[status]}\"")),
        ("--select", "PartitionKey", "Name", "Version", "CreatedTime", "LastUpdatedTime", "--num-results", str(_MOST)),
    )


def _asked(target: Target, hub: TaskHub, status: Status, program: str) -> str:
    query = f"runtimeStatus={status}&showInput=false&top={_MOST}"
    since = f'--arg since "{_FAILED_SINCE}" ' if "$since" in program else ""
    return "\n".join(["(", *with_key(target, "GET", hub, query, f" |\n    jq -r {since}{shell(program)}"), ")"])


def _new_file(hub: TaskHub, script: str, between: str) -> str:
    asked = shell(f"File for the ids of {hub.name} (a new name): ")
    refused = "{ [ ! -e \"$IDS_FILE\" ] || { echo 'there is such a file already'; false; }; }"
    return f"read -r -p {asked} IDS_FILE && {HOME_EXPANDED} \\\n  && {refused} \\\n  && {script}{between}> {IDS_FILE}"
