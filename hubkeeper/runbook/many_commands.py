"""Commands on more than a few instances: one action on each of a list that somebody reviewed.

`durable_each ACTION VERDICT QUERY` goes through `IDS` and asks each instance first. It acts only where the verdict, a jq program,
says ready, waits between two, and stops at the first that does not answer or refuses. Without an action it only looks.
Answers and statuses: durable extension 3, HttpApiHandler, read 2026-06.
"""

from environments import TaskHub
from hubkeeper.runbook.commands import Target
from hubkeeper.runbook.instance_commands import REASON, Act, headers, stored_key
from hubkeeper.runbook.lists_of_instances import HOME_EXPANDED
from hubkeeper.runbook.quoting import shell, shell_lines, url
from hubkeeper.runbook.repeats import REWINDABLE, Repeats

#: Beside the file that the list came from, whatever file is talked of by now.
_LOG = '"${IDS_FROM:?take the file in first}.log"'
_ASKED_FOR = f"read -r -p 'File of ids, reviewed: ' IDS_FILE && {HOME_EXPANDED}"
#: Seconds between two instances: what was down is slow when it comes back.
PAUSE = 5
_FACTS = (
    '"\\(.runtimeStatus), \\([.historyEvents[]? | select(.EventType | startswith("Timer"))] | length) timers, '
    'last \\([.historyEvents[]? | .FunctionName // .Name // empty] | last // "nothing")"'
)


def each(target: Target, hub: TaskHub) -> str:
    """Defines `durable_each` for a slot. The key is asked for once, and lives as long as the function runs."""
    base = "https://$host/runtime/webhooks/durabletask/instances"
    scope = f"taskHub={url(hub.name)}"
    return "\n".join(
        (
            f"EACH_AT={shell(target.phrase)}",
            "durable_each() {",
            f"  local host key id at state answer{' token' if target.token_for else ''}",
            '  : "${IDS[0]:?take the file in first}"',
            '  if [ "${IDS_FILE:-}" != "$IDS_FROM" ]; then',
            '    printf \'the list is of %s, not of %s: take the file in first\\n\' "$IDS_FROM" "${IDS_FILE:-}" >&2; return 1',
            "  fi",
            *stored_key(target, "return"),
            '  for id in "${IDS[@]}"; do',
            '    [ -n "$id" ] || continue',
            '    at=$(jq -rn --arg id "$id" \'$id | @uri\') && [ -n "$at" ] || return',
            f'    state=$(_durable_ask GET "{base}/$at?{scope}&showInput=false&showHistory=true" | jq -r "$2")',
            '    printf \'%s\\t%s\\t%s\\n\' "$(date -u +%FT%TZ)" "$id" "${state:-no answer: stopped}"',
            '    [ -n "$state" ] || return',
            '    if [ -z "$1" ] || [ "$state" != ready ]; then continue; fi',
            "    if [[ $1 == restart && $'\\n'\"$(cat \"$IDS_FROM.log\")\" == *$'\\n'\"$id\"$'\\t'restart$'\\t'* ]]; then",
            "      printf '%s\\tleft: the log says that its restart was asked for\\n' \"$id\"; continue",
            "    fi",
            '    printf \'%s\\t%s\\tasked for\\n\' "$id" "$1"',
            f"    answer=$(_durable_ask POST \"{base}/$at/$1?{scope}${{3:+&$3}}\" --data '') ||",
            "      { printf '%s\\trefused, or no answer: stopped\\n' \"$id\"; return 1; }",
            '    printf \'%s\\t%s\\t%s\\n\' "$id" "$1" "$(jq -r \'.id // empty\' <<< "$answer")"',
            f"    sleep {PAUSE}",
            "  done",
            "}",
            "_durable_ask() {",
            headers(target),
            '    curl --config - --silent --show-error --fail --max-time 60 --path-as-is --request "$1" "${@:3}" "$2"',
            "}",
        )
    )


def split() -> Act:
    """Three lines to begin with, and the rest, as files of their own."""
    there = '{ [ ! -e "$IDS_FILE.first" ] && [ ! -e "$IDS_FILE.rest" ]; }'
    lines = (
        f"{_ASKED_FOR} \\",
        f'  && if [ -s "$IDS_FILE" ] && {there}; then',
        '  head -n 3 "$IDS_FILE" > "$IDS_FILE.first" && tail -n +4 "$IDS_FILE" > "$IDS_FILE.rest"',
        '  wc -l "$IDS_FILE.first" "$IDS_FILE.rest"',
        "else echo 'no such file, nothing in it, or it was divided before: nothing was done'; fi",
    )
    return Act(
        "Divide the file",
        "\n".join(lines),
        "Puts the first three lines into a file that ends in .first, all others into one that ends in .rest.",
        "both names, and how many lines each has",
    )


def take_in() -> Act:
    """Reads a reviewed file. The old list is forgotten first, so that a mistyped name leaves none.

    What stands behind a tab, an empty line, and what Windows leaves at the end of one, is no id.
    """
    lines = (
        f"IDS=(); IDS_FROM=''; {_ASKED_FOR} \\",
        '  && if [ -s "$IDS_FILE" ] && mapfile -t IDS < "$IDS_FILE"; then',
        "  IDS=(\"${IDS[@]%%[$'\\t\\r']*}\"); IDS_FROM=$IDS_FILE",
        '  echo "${#IDS[@]} ids, from ${IDS[0]} to ${IDS[-1]}"',
        "else echo 'no such file, or nothing in it: there is no list now'; fi",
    )
    return Act(
        "Take the file in",
        "\n".join(lines),
        "Reads the ids of the file, as it is now, into this shell.",
        "as many ids as the file has lines; a file that is changed later is taken in again, and so is one in a new shell",
    )


def look() -> Act:
    """What the list is now, without a change."""
    return Act(
        "Look at each of the list",
        f"durable_each '' {shell_lines(_FACTS)} \\\n  | tee -a {_LOG}",
        "Where does each of them stand, has it timers in its history, and what did it do last? Nothing is changed.",
        "one line for each id: Failed before a rewind or a restart, Running or Pending before a suspend, Suspended before "
        "a resume; and how many timers. It goes into the log beside the file",
        (
            "no answer: stopped: the id is wrong, or it lives on another slot's hub. The rest was not asked.",
            "another status than that: it went on by itself, or somebody was there before. It will be left; ask who.",
        ),
    )


def acting(repeats: Repeats) -> tuple[Act, ...]:
    """What is done to each of the list, behind a phrase that names the slot, the action and how many.

    What the orchestrations do not bear is left out.
    """
    reason = '"reason=$(jq -rn --arg r "$REASON" \'$r | @uri\')"'
    rewind = Act(
        "Rewind each",
        _each("rewind", REWINDABLE, reason),
        "Rewinds those of the list that are Failed and can be rewound; the others are left, with the reason.",
        "ready and rewind behind each id, or left and why",
        changes="It edits their histories, and their failed steps run again. Keep the log: it says what they were before.",
    )
    restart = Act(
        "Restart each",
        _each("restart", repeats.restart_verdict("Failed"), repeats.restart_query),
        f"Begins a new instance with the same input for each of the list that is Failed, under {repeats.new_id.strip(',')}.",
        "ready, then restart and the new id behind each id",
        (
            *(
                ()
                if repeats.same_id
                else (
                    "Write the new ids beside the business keys: a key no longer leads to its instance by the rule of the page.",
                )
            ),
            *repeats.restart_tells,
        ),
        changes=f"Every step runs again, finished ones too. Only where partners recognise a repeated call. {repeats.restart_costs}",
    )
    return (
        *([rewind] if repeats.rewind else ()),
        *([restart] if repeats.restart else ()),
        Act(
            "Suspend each",
            _each("suspend", _only("Running", "Pending"), reason),
            "Lets each of the list rest: no further attempt is made until it is resumed.",
            "ready and suspend behind each id",
            changes="Its timers go on: a deadline that passes meanwhile counts as missed when it resumes.",
        ),
        Act(
            "Resume each",
            _each("resume", _only("Suspended"), reason),
            "Lets each of the list that is Suspended go on.",
            "ready and resume behind each id",
            changes="Everything that came in meanwhile is worked on at once.",
        ),
    )


def _only(*statuses: str) -> str:
    wanted = " or ".join(f'.runtimeStatus == "{status}"' for status in statuses)
    return f'if {wanted} then "ready" else "left: \\(.runtimeStatus)" end'


def _each(action: str, verdict: str, query: str) -> str:
    asked = f"$EACH_AT {action} ${{#IDS[@]}}"
    given = f": {REASON} " if "REASON" in query else ": "
    return (
        f'{given}"${{EACH_AT:?define durable_each first}}" "${{IDS_FROM:?take the file in first}}" \\\n'
        '  && echo "${#IDS[@]} ids of $IDS_FROM, from ${IDS[0]} to ${IDS[-1]}" \\\n'
        f'  && read -r -p "Type {asked} to go on: " answer && [ "$answer" = "{asked}" ] \\\n'
        f"  && durable_each {action} {shell_lines(verdict)} {query} \\\n  | tee -a {_LOG}"
    )
