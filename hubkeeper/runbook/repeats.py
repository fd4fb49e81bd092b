"""What the orchestrations of an application bear when a case that failed is done again: rewind, restart, or neither.

Rewind: "Manage instances", learn.microsoft.com, durable-task, 2026-08, documents it for .NET and JavaScript. Restart under the
same id, `restartWithNewInstanceId=false`: IDurableOrchestrationClient.RestartAsync, learn.microsoft.com, 2026-11.
"""

import json
from dataclasses import dataclass

from environments import App

REWINDS = ("dotnet-isolated", "node")
#: A jq program that says ready, or why an instance is left as it is. A rewind takes the failed steps out of the history and
#: nothing else: timers and what was done after the failure stay, and the replay stops at them as Non-Deterministic.
#: Azure/durabletask#811 and #1391, open in 2026-08.
REWINDABLE = """(.historyEvents // []) as $all
| ($all | map(select(.EventType | endswith("Failed"))) | first | .Timestamp) as $failed
| if .runtimeStatus != "Failed" then "left: \\(.runtimeStatus)"
  elif ($all | any(.EventType | startswith("Timer"))) then "left: timers in its history"
  elif ($all | any($failed and .ScheduledTime and .ScheduledTime > $failed)) then "left: it went on after the failure"
  else "ready" end"""


def only_ready(verdict: str) -> str:
    """A jq program, for `jq -n`, that fails with the verdict where it is not ready, and where there is no answer.

    Without `input` jq up to 1.6 would end well over an empty answer, whatever `-e` says.
    """
    return f'input | ({verdict}) as $verdict | $verdict == "ready" or error($verdict)'


@dataclass(frozen=True)
class Repeats:
    """`restartable` and `others` are names of what is described; `restart` and `rewind` say whether the command is offered.

    `same_id`: somebody sends events to the id, so a restarted case must keep it.
    """

    rewind: bool
    restartable: tuple[str, ...]
    others: tuple[str, ...]
    same_id: bool

    @property
    def restart(self) -> bool:
        """Whether anything may be restarted: what compensates may not, since partners know the call that was undone."""
        return bool(self.restartable) or not self.others

    @property
    def new_id(self) -> str:
        """Under which id a restarted case runs, in words."""
        return "the same id," if self.same_id else "a new id"

    @property
    def restart_query(self) -> str:
        """The query of the call."""
        return f"restartWithNewInstanceId={str(not self.same_id).lower()}"

    @property
    def restart_costs(self) -> str:
        """What a restart does to the id and to the old steps."""
        if self.same_id:
            return (
                "It keeps its id, so that events still reach it; the old status and steps are replaced: keep both first. "
                "Events that the old run got are not given again: who sent them sends them again, or raise them by hand."
            )
        return "The business key no longer leads to this instance by its id."

    @property
    def restart_tells(self) -> tuple[str, ...]:
        """How to read what the command says when it leaves an instance."""
        if not self.restartable:
            return ("left, and a status: it is not finished, and nothing was changed.",)
        return (
            "left, and a status or a name: it is not finished, or no orchestration that may be restarted. Nothing was changed.",
        )

    def restart_verdict(self, *statuses: str) -> str:
        """A jq program: ready, or why an instance is not restarted."""
        wanted = " or ".join(f'.runtimeStatus == "{status}"' for status in statuses)
        left = f'if {wanted} then "ready" else "left: \\(.runtimeStatus)" end'
        if not self.restartable:
            return left
        names = " or ".join(f"$name == {_jq(name)}" for name in self.restartable)
        return f'(.name // "" | ascii_downcase) as $name\n| if ({names} | not) then "left: \\(.name)"\n  el{left}'


def repeats_of(app: App) -> Repeats:
    """What is known of an application. Of one that describes no orchestration nothing is left out."""
    of = app.orchestrations
    return Repeats(
        rewind=app.runtime.language in REWINDS,
        restartable=tuple(name for name, one in of.items() if not one.compensates),
        others=tuple(name for name, one in of.items() if one.compensates),
        same_id=any(one.waits_for for one in of.values()),
    )


def _jq(name: str) -> str:
    """A name as a string of jq, in the lower case that `ascii_downcase` makes: other letters stay as they are."""
    lower = "".join(letter.lower() if letter.isascii() else letter for letter in name)
    return json.dumps(lower, ensure_ascii=False)
