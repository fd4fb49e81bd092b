"""Bash that acts on one instance through the HTTP API of Durable Functions, since `az` has no command for it.

The key goes into a header through a pipe: never into a URL, an argument, a log or the shell's history. Answers are cut down to
what holds no payload and no link with a key in it. API: durable extension 3, HttpApiHandler, read 2026-06.
"""

from dataclasses import dataclass

from environments import TaskHub
from hubkeeper.runbook.commands import Target
from hubkeeper.runbook.quoting import shell, url


@dataclass(frozen=True)
class Act:
    """Something asked of one instance, or done to it. `changes` marks what changes it and says how."""

    title: str
    script: str
    answers: str
    healthy: str
    tells: tuple[str, ...] = ()
    changes: str | None = None


def _sure(phrase: str) -> str:
    """Bash that goes on only when the slot and this phrase are typed. The slot is that of the last definition of `durable`."""
    asked = f"$DURABLE_AT {phrase}"
    return f': "${{DURABLE_AT:?define durable first}}" && read -r -p "Type {asked} to go on: " answer && [ "$answer" = "{asked}" ]'


def _phrase(event: str) -> str:
    """An event's name as far as it can be typed at a prompt between double quotes."""
    return "".join(letter for letter in event if letter.isalnum() or letter in " ._-")


def opening(target: Target, hub: TaskHub) -> str:
    """Defines a bash function that calls one slot's API: `durable METHOD OPERATION QUERY [curl's arguments]`.

    An empty id would turn a purge of one instance into a purge of many, so it is refused twice.
    """
    scope = " ".join(shell(word) for word in (*target.group_words, *target.app_words))
    return "\n".join(
        (
            f"DURABLE_AT={shell(target.phrase)}",
            "durable() {",
            "  local host key id",
            '  : "${INSTANCE_ID:?set INSTANCE_ID first}"',
            '  id=$(jq -rn --arg id "$INSTANCE_ID" \'$id | @uri\') && [ -n "$id" ] || return',
            f"  host=$(az functionapp show {scope} \\",
            "    --only-show-errors --output tsv --query defaultHostName) || return",
            f"  key=$(az functionapp keys list {scope} \\",
            "    --only-show-errors --output tsv --query systemKeys.durabletask_extension) || return",
            '  printf \'header = "x-functions-key: %s"\\n\' "$key" |',
            '    curl --config - --silent --show-error --fail --path-as-is --request "$1" "${@:4}" \\',
            f'      "https://$host/runtime/webhooks/durabletask/instances/$id$2?taskHub={url(hub.name)}${{3:+&$3}}"',
            "}",
        )
    )


def looking() -> tuple[Act, ...]:
    """What may always be asked of an instance: where it stands, and its steps without what went in and came out."""
    status = "durable GET '' showInput=false \\\n  | jq '{name, runtimeStatus, createdTime, lastUpdatedTime}'"
    wanted = (
        '.historyEvents[] | [.Timestamp, .EventType, (.FunctionName // .Name // ""), .FireAt] | map(. // "") | @tsv'
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
                "TimerCreated last: it sleeps until the time behind it, or waits for an event until then: see its EventRaised.",
                "TaskScheduled: an activity runs, or was lost. One that ended shows as TaskCompleted or TaskFailed instead.",
                "All tasks are done and an event of the table of orchestrations is missing: it waits for that event.",
                "ExecutionCompleted while Status says Running: it is finished, the status is wrong. Leave it, tell the owner.",
            ),
        ),
    )


def raising(events: tuple[str, ...]) -> tuple[Act, ...]:
    """What tells an instance of an event, each behind a phrase that must be typed."""
    return tuple(
        Act(
            f"Raise {event}",
            f"{_sure(_phrase(event))} \\\n  && durable POST {shell('/raiseEvent/' + url(event))} '' \\\n"
            "  --header 'content-type: application/json' --data-binary \"@${EVENT_FILE:?set EVENT_FILE first}\"",
            f"Gives the instance the event {event} that it waits for. EVENT_FILE is a file with the approved JSON payload.",
            "no output; then Steps shows EventRaised",
            changes="The orchestration goes on with this payload as if it had come by itself. It cannot be taken back.",
        )
        for event in events
    )


def acting() -> tuple[Act, ...]:
    """What changes one instance, each behind a phrase that must be typed."""
    given = ': "${REASON:?set REASON first}"'
    reason = "\"reason=$(jq -rn --arg r \"$REASON\" '$r | @uri')\" --data ''"
    return (
        Act(
            "Suspend",
            f"{given} && {_sure('suspend')} \\\n  && durable POST /suspend {reason}",
            "Lets an instance rest: what comes in is kept, and no further step is taken.",
            "no output; then Status is Suspended, after the activity that runs now",
            changes="Its timers go on: a deadline that passes meanwhile counts as missed when it resumes. The reason "
            "replaces its output.",
        ),
        Act(
            "Resume",
            f"{given} && {_sure('resume')} \\\n  && durable POST /resume {reason}",
            "Lets a suspended instance go on.",
            "no output; then Status is Running",
            changes="Everything that came in meanwhile is worked on at once.",
        ),
        Act(
            "Rewind",
            f"{given} && {_sure('rewind')} \\\n  && durable POST /rewind {reason}",
            "Runs the failed steps of a Failed instance again; finished steps are kept.",
            "no output; then Status is Pending, then Running",
            changes="It edits the history: save the output of Steps first. Only for Failed, and only after the cause is mended.",
        ),
        Act(
            "Restart the instance",
            f"{_sure('restart')} \\\n  && durable POST /restart restartWithNewInstanceId=true --data '' \\\n  | jq '{{id}}'",
            "Begins a new instance with the same input, under a new id that the answer names.",
            'an answer like {"id": …}; note the new id beside the business key',
            changes="Every step runs again, with its side effects. The business key no longer leads to this instance by its id.",
        ),
        Act(
            "Terminate",
            f"{given} && {_sure('terminate')} \\\n  && durable POST /terminate {reason}",
            "Ends an instance for good.",
            "no output; then Status is Terminated, after a while",
            changes="Nothing is compensated. Activities that run and sub-orchestrations go on: termination does not reach them.",
        ),
        Act(
            "Purge one",
            f"{_sure('purge')} \\\n  && durable DELETE '' ''",
            "Deletes the history of one finished instance.",
            'an answer like {"instancesDeleted": 1}',
            changes="It cannot be brought back. Status must be Completed, Failed or Terminated: older hosts purge a running one.",
        ),
    )
