"""The questions to telemetry: KQL from `templates/queries/`, filled in and wrapped into a command.

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
from hubkeeper.runbook.quoting import shell_lines

#: Renders one template with values to text.
Fill = Callable[[str, dict[str, object]], str]

_FOLDER = "queries"
_SINGLE = ("answers", "healthy", "looks back", "columns")


@dataclass
class Header:
    """What a query says about itself."""

    single: dict[str, str] = field(default_factory=dict)
    tells: list[str] = field(default_factory=list)


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


def ask(
    fill: Fill, target: Target, name: str, title: str, values: dict[str, object], of_instance: bool = False
) -> Command:
    """The command that asks one question. With `of_instance` the query knows `wanted`, the id of the incident's instance."""
    template = f"{_FOLDER}/{name}.kql"
    header, body = split(fill(template, values), f"templates/{template}")
    query: str = shell_lines(body)
    if of_instance:
        query = f'"let wanted = \\"{INSTANCE_ID}\\";\n"{query}'
    columns = [column.strip() for column in header.single["columns"].split(",")]
    return Command(
        title=title,
        verb="monitor log-analytics query",
        arguments=(
            (
                "--subscription",
                target.subscription,
                "--workspace",
                WORKSPACE_ID,
                "--timespan",
                header.single["looks back"],
            ),
            ("--analytics-query", Bash(query)),
        ),
        query="[].{" + ",".join(f"{column}:{column}" for column in columns) + "}",
        output="table",
        answers=header.single["answers"],
        healthy=header.single["healthy"],
        tells=tuple(header.tells),
    )
