"""Bash that acts on one instance through the HTTP API of Durable Functions, since `az` has no command for it.

The key goes into a header through a pipe: never into a URL, an argument, a log or the shell's history. Answers are cut down to
what holds no payload and no link with a key in it. API: durable extension 3, HttpApiHandler, read 2026-06.
"""

from dataclasses import dataclass

from environments import TaskHub
from hubkeeper.runbook.commands import Target
from hubkeeper.runbook.quoting import shell, shell_lines, url
from hubkeeper.runbook.repeats import REWINDABLE, Repeats, only_ready


@dataclass(frozen=True)
class Act:
    """Something asked of one instance, or done to it. `changes` marks what changes it and says how."""

    title: str
    script: str
    answers: str
    healthy: str
    tells: tuple[str, ...] = ()
    changes: str | None = None


REASON = '"${REASON:?set REASON first}"'


def sure(phrase: str) -> str:
    """Bash that shows the instance and goes on only when the slot, this phrase and the id are typed.

    The slot is that of the last definition of `durable`; the id outlives its case in a shell, so it is shown and typed.
    """
    asked = f"$DURABLE_AT {phrase} $INSTANCE_ID"
    return (
        ': "${DURABLE_AT:?define durable first}" "${INSTANCE_ID:?set INSTANCE_ID first}" && durable_shown \\\n'
        f'  && read -r -p "Type {asked} to go on: " answer && [ "$answer" = "{asked}" ]'
    )


def stored_key(target: Target, otherwise: str) -> list[str]:
    """Lines that fetch a slot's host and the key of its durable extension into `host` and `key`, and a token into `token`."""
    scope = " ".join(shell(word) for word in (*target.group_words, *target.app_words))
    return [
        f"  host=$(az functionapp show {scope} \\",
        f"    --only-show-errors --output tsv --query defaultHostName) || {otherwise}",
        f"  key=$(az functionapp keys list {scope} \\",
        f"    --only-show-errors --output tsv --query systemKeys.durabletask_extension) || {otherwise}",
        *_token(target, otherwise),
    ]


def _token(target: Target, otherwise: str) -> list[str]:
    """Where App Service stands before the status endpoints: it looks at the token first, the host at the key after it."""
    if target.token_for is None:
        return []
    return [
        f"  token=$(az account get-access-token --subscription {shell(target.subscription)} \\",
        f"    --resource {shell(target.token_for)} --only-show-errors --output tsv --query accessToken) || {otherwise}",
    ]


def headers(target: Target) -> str:
    """The line that hands over the key, and the token where one is asked for, through a pipe: never in an argument."""
    if target.token_for is None:
        return '  printf \'header = "x-functions-key: %s"\\n\' "$key" |'
    form = 'header = "x-functions-key: %s"\\nheader = "Authorization: Bearer %s"\\n'
    return f'  printf \'{form}\' "$key" "$token" |'


def opening(target: Target, hub: TaskHub) -> str:
    """Defines a bash function that calls one slot's API: `durable METHOD OPERATION QUERY [curl's arguments]`.

    An empty id would turn a purge of one instance into a purge of many, so it is refused twice. `durable_shown` says which
    instance is meant, and fails where there is none.
    """
    shown = f'input | "\\($id) on the hub {hub.name}: \\(.name), \\(.runtimeStatus), last step \\(.lastUpdatedTime)"'
    return "\n".join(
        (
            f"DURABLE_AT={shell(target.phrase)}",
            "durable() {",
            f"  local host key id{' token' if target.token_for else ''}",
            '  : "${INSTANCE_ID:?set INSTANCE_ID first}"',
            '  id=$(jq -rn --arg id "$INSTANCE_ID" \'$id | @uri\') && [ -n "$id" ] || return',
            *stored_key(target, "return"),
            headers(target),
            '    curl --config - --silent --show-error --fail --max-time 120 --path-as-is --request "$1" "${@:4}" \\',
            f'      "https://$host/runtime/webhooks/durabletask/instances/$id$2?taskHub={url(hub.name)}${{3:+&$3}}"',
            "}",
            "durable_shown() {",
            f"  durable GET '' showInput=false | jq -enr --arg id \"$INSTANCE_ID\" \\\n    {shell(shown)}",
            "}",
        )
    )


def looking() -> tuple[Act, ...]:
    """What may always be asked of an instance: where it stands, and its steps without what went in and came out."""
    status = "durable GET '' showInput=false \\\n  | jq '{name, runtimeStatus, createdTime, lastUpdatedTime}'"
    wanted = (
        ".historyEvents[] | [.Timestamp, .EventType, (.FunctionName // .Name // .OrchestrationStatus), .FireAt, "
        'if (.EventType | endswith("Failed")) then (.Reason // "" | split("\\n")[0] | .[:120]) else "" end] '
        '| map(. // "") | @tsv'
    )
    steps = f"durable GET '' 'showInput=false&showHistory=true&showHistoryOutput=false' \\\n  | jq -r {shell(wanted)}"
    return (
        Act("Status", status, "Where does it stand?", "an answer at all; 404 means that this hub has no such id"),
        Act(
            "Steps",
            steps,
            "What did it do, and what does it wait for?",
            "a step every now and then; the last line says what it waits for",
            (
                "TimerCreated last: it sleeps until the time behind it, or waits for an event beside it: see its EventRaised.",
                "TaskScheduled: an activity runs, or was lost. One that ended shows as TaskCompleted or TaskFailed instead.",
                "All tasks are done and an event of the table of orchestrations is missing: it waits for that event.",
                "TaskFailed: behind it the beginning of its cause, which may hold business data. Mind where you paste it.",
                "ExecutionCompleted while Status says Running: it is finished, the status is wrong. Leave it, tell the owner.",
            ),
        ),
    )


def acting(repeats: Repeats) -> tuple[Act, ...]:
    """What changes one instance, each behind a phrase that must be typed. What its orchestrations do not bear is left out."""
    given = f": {REASON}"
    reason = "\"reason=$(jq -rn --arg r \"$REASON\" '$r | @uri')\" --data ''"
    rewind = Act(
        "Rewind",
        f"{given} && {sure('rewind')} \\\n  && durable GET '' 'showInput=false&showHistory=true' \\\n"
        f"  | jq -en {shell_lines(only_ready(REWINDABLE))} > /dev/null \\\n"
        f"  && durable POST /rewind {reason}",
        "Runs the failed steps of a Failed instance again; finished steps are kept.",
        "no output behind the prompt; then Status is Pending, then Running",
        (
            "left: timers in its history, or left: it went on after the failure: nothing was changed. A rewind would fail "
            "as Non-Deterministic, with its history already edited.",
            "501: the backend of the hub has no rewind.",
        ),
        changes="It edits the history: save the output of Steps first. Only for Failed, and only after the cause is mended.",
    )
    restart = Act(
        "Restart the instance",
        f"{sure('restart')} \\\n  && durable GET '' showInput=false \\\n"
        f"  | jq -en {shell_lines(only_ready(repeats.restart_verdict('Completed', 'Failed', 'Terminated')))} > /dev/null \\\n"
        f"  && durable POST /restart {repeats.restart_query} --data '' \\\n  | jq '{{id}}'",
        f"Begins a new instance with the same input, under {repeats.new_id} that the answer names.",
        'an answer like {"id": …}' + ("" if repeats.same_id else "; note the new id beside the business key"),
        repeats.restart_tells,
        changes=f"Every step runs again, with its side effects. {repeats.restart_costs}",
    )
    return (
        Act(
            "Suspend",
            f"{given} && {sure('suspend')} \\\n  && durable POST /suspend {reason}",
            "Lets an instance rest: what comes in is kept, and no further step is taken.",
            "no output behind the prompt; then Status is Suspended, after the activity that runs now",
            changes="Its timers go on: a deadline that passes meanwhile counts as missed when it resumes. The reason "
            "replaces its output.",
        ),
        Act(
            "Resume",
            f"{given} && {sure('resume')} \\\n  && durable POST /resume {reason}",
            "Lets a suspended instance go on.",
            "no output behind the prompt; then Status is Running",
            changes="Everything that came in meanwhile is worked on at once.",
        ),
        *([rewind] if repeats.rewind else ()),
        *([restart] if repeats.restart else ()),
        Act(
            "Terminate",
            f"{given} && {sure('terminate')} \\\n  && durable POST /terminate {reason}",
            "Ends an instance for good.",
            "no output behind the prompt; then Status is Terminated, after a while",
            changes="Nothing is compensated. Activities that run and sub-orchestrations go on: termination does not reach them.",
        ),
        Act(
            "Purge one",
            f"{sure('purge')} \\\n  && durable DELETE '' ''",
            "Deletes the history of one finished instance.",
            'an answer like {"instancesDeleted": 1}',
            changes="It cannot be brought back. Status must be Completed, Failed or Terminated: older hosts purge a running one.",
        ),
    )
