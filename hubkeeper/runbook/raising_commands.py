"""Bash that tells one instance of an event, with a payload from a file that is looked at first."""

from hubkeeper.runbook.instance_commands import Act, sure
from hubkeeper.runbook.quoting import shell, url

_ONE_VALUE = (
    'jq -ers \'if length == 1 then "payload: one \\(.[0] | type)" else error("the file is not one JSON value") end\' \\\n'
    '  "${EVENT_FILE:?set EVENT_FILE first}"'
)


def raising(events: tuple[str, ...]) -> tuple[Act, ...]:
    """What tells an instance of an event, each behind a phrase that must be typed."""
    return tuple(
        Act(
            f"Raise {event}",
            f"{_ONE_VALUE} \\\n  && {sure(_phrase(event))} \\\n  && durable POST {shell('/raiseEvent/' + url(event))} '' \\\n"
            "  --header 'content-type: application/json' --data-binary \"@$EVENT_FILE\"",
            f"Gives the instance the event {event} that it waits for. EVENT_FILE is a file with the approved JSON payload.",
            "the instance and the payload's type, the prompt, nothing behind it (202); then Steps shows EventRaised",
            (
                "404: this slot's hub has no such instance. Define durable for the slot it lives on.",
                "410: it is finished, whatever it ended as. Nothing was changed; take it to the owner.",
                "400, or the file is not one JSON value: nothing was changed.",
            ),
            changes="The orchestration goes on with this payload as if it had come by itself. It cannot be taken back.",
        )
        for event in events
    )


def _phrase(event: str) -> str:
    """An event's name as far as it can be typed at a prompt between double quotes."""
    return "".join(letter for letter in event if letter.isalnum() or letter in " ._-")
