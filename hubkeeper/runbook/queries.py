"""The questions to telemetry: KQL from `templates/queries/`, filled in, as commands and as texts to paste into the portal.

Each file begins with what it answers, how to read it, how far it looks back and which columns are shown:

    // answers: one question
    // healthy: what is normal
    // tells: how to read a deviation (any number of these lines)
    // looks back: P1D
    // columns: instance, cause

Only those columns reach the screen. The time is the command's `--timespan`, never an `ago()` in the query: both would be combined.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hubkeeper.runbook.commands import INSTANCE_ID, WORKSPACE_ID, Bash, Command, Target
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.kql_dialects import classic
from hubkeeper.runbook.quoting import shell_lines

#: Renders one template with values to text.
Fill = Callable[[str, dict[str, object]], str]

#: Every question by the name of its file, in the order of the page of queries, with its title.
QUERIES = {
    "instance-timeline": "Its timeline",
    "operations-of-instance": "What was called for it",
    "silent-instances": "Silent instances",
    "over-expectation": "Instances over their time",
    "oldest-pending": "Oldest pending",
    "waiting-to-start": "How long instances wait to start",
    "failures-by-cause": "Failures by cause",
    "failed-instances": "Failed instances",
    "failures-over-time": "Failures over time",
    "retries": "Retries and redeliveries",
    "latency": "Latency of activities",
    "replay": "Recorded replays",
    "replayed-lines": "Lines that repeat",
    "throttling": "Throttled calls",
    "storage-trouble": "Trouble with messages and partitions",
    "versions-at-work": "Versions at work",
    "host-restarts": "Restarts of hosts",
    "two-on-one-hub": "Who works on the hubs",
    "hosts-heard": "Hosts that are heard",
    "is-telemetry-arriving": "Telemetry of orchestrations",
    "ingested-in-a-day": "Telemetry of a day",
    "daily-cap-reached": "The daily cap",
    "payloads-in-telemetry": "Payloads in telemetry",
}
#: Those that ask about one instance: the query knows `wanted`, its id.
OF_INSTANCE = frozenset({"instance-timeline", "operations-of-instance"})
_SINGLE = ("answers", "healthy", "looks back", "columns")


@dataclass
class Header:
    """What a query says about itself."""

    single: dict[str, str] = field(default_factory=dict)
    tells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """One question, filled in: the command that asks it, and its text in both dialects."""

    name: str
    title: str
    command: Command
    looks_back: str
    workspace: str
    classic: str | None


def split(filled: str, where: str) -> tuple[Header, str]:
    """The header of a query and the query without it. Raises RunbookError for a header that misses something."""
    header, body = Header(), []
    for line in filled.splitlines():
        key, _, value = line.removeprefix("//").strip().partition(":")
        if not line.startswith("//"):
            body.append(line)
        elif key == "tells":
            header.tells.append(value.strip())
        elif key in _SINGLE:
            header.single[key] = value.strip()
    missing = [key for key in _SINGLE if not header.single.get(key)]
    if missing:
        raise RunbookError(
            f"{where}:1: the header has no {', '.join(missing)}, expected a line like '// {missing[0]}: …'"
        )
    return header, "\n".join(line for line in body if line.strip())


def questions(fill: Fill, target: Target, values: dict[str, object]) -> dict[str, Question]:
    """Every question of an application, by name."""
    return {name: _question(fill, target, name, title, values) for name, title in QUERIES.items()}


def _question(fill: Fill, target: Target, name: str, title: str, values: dict[str, object]) -> Question:
    template = f"queries/{name}.kql"
    header, body = split(fill(template, values), f"templates/{template}")
    known = 'let wanted = "the whole instance id";\n' if name in OF_INSTANCE else ""
    other = classic(body)
    return Question(
        name=name,
        title=title,
        command=_command(target, name, title, header, body),
        looks_back=header.single["looks back"],
        workspace=known + body,
        classic=None if other is None else known + other,
    )


def _command(target: Target, name: str, title: str, header: Header, body: str) -> Command:
    query: str = shell_lines(body)
    if name in OF_INSTANCE:
        query = f'"let wanted = \\"{INSTANCE_ID}\\";\n"{query}'
    columns = [column.strip() for column in header.single["columns"].split(",")]
    timespan = ("--workspace", WORKSPACE_ID, "--timespan", header.single["looks back"])
    return Command(
        title=title,
        verb="monitor log-analytics query",
        arguments=(("--subscription", target.subscription, *timespan), ("--analytics-query", Bash(query))),
        query="[].{" + ",".join(f"{column}:{column}" for column in columns) + "}",
        output="table",
        answers=header.single["answers"],
        healthy=header.single["healthy"],
        tells=tuple(header.tells),
    )
