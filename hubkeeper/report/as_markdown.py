"""Findings as Markdown: the comment on a pull request, and the summary of a job."""

import re

from hubkeeper.check import CheckResult
from hubkeeper.report.words import counted, excused, looked_at, where, whose
from policies.finding import Finding
from policies.rule import Level

#: By this first line a workflow finds its own comment again, to edit it.
MARK = "<!-- hubkeeper check -->"
# GitHub refuses a comment of more than 65536 characters.
_LONGEST = 60_000
_SIGNS = {Level.CRITICAL: "⛔", Level.ERROR: "❌", Level.WARNING: "⚠️", Level.NOTE: "ℹ️"}
# What a table needs of a bar, even in code.
_PIPE = "\\|"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@!$&()])")


def render(result: CheckResult) -> str:
    """What counts as a table with its fixes below, what is waived or known folded away."""
    counting = [one for one in result.findings if not excused(one)]
    excuses = [one for one in result.findings if excused(one)]
    verdict = "stops this change" if result.fails else "stops nothing"
    head = [MARK, f"### Hubkeeper: {counted(result)}", "", f"{looked_at(result)} · {verdict}", ""]
    parts = (_fitting(_table(counting)), _fitting(_changes(result)), _fitting(_folded(excuses)))
    return "\n".join([*head, *(line for part in parts for line in part)]).rstrip() + "\n"


def _table(findings: list[Finding]) -> list[str]:
    if not findings:
        return []
    rows = ["| | rule | whose | where | what, and how to mend it |", "|---|---|---|---|---|"]
    for one in findings:
        told = f"{_plain(one.message)}<br>**Fix**: {_plain(one.fix)}"
        place = _plain(f"`{where(one)}`" if one.file else where(one))
        sign = f"{_SIGNS[one.level]} {one.level.value}"
        rows.append(f"| {sign} | {one.ref} {one.rule} | {_plain(whose(one))} | {place} | {told} |")
    return [*rows, ""]


def _changes(result: CheckResult) -> list[str]:
    """What becomes of what runs, where there is a before."""
    if not result.changes:
        return []
    return ["**What the change does**", "", *(f"- {_plain(line)}" for line in result.changes), ""]


def _folded(findings: list[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [f"- {one.ref} {one.rule}, {_plain(whose(one))}: {_plain(excused(one))}" for one in findings]
    return [f"<details><summary>{len(findings)} waived or known</summary>", "", *rows, "", "</details>", ""]


def _fitting(lines: list[str]) -> list[str]:
    """As many lines as a third of a comment holds."""
    kept, size = [], 0
    for position, line in enumerate(lines):
        size += len(line) + 1
        if size > _LONGEST // 3:
            closing = ["", "</details>"] if lines[0].startswith("<details>") else []
            return [*kept, *closing, "", f"… and {len(lines) - position} lines more, in the job's log", ""]
        kept.append(line)
    return kept


def _plain(text: str) -> str:
    """A text that Markdown shows as it is: nothing in it becomes a link, a mention or a tag. What it calls `code` stays so."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:
        return _SPECIAL.sub(r"\\\1", "`".join(pieces))
    return "".join(
        f"`{piece.replace('|', _PIPE)}`" if position % 2 and piece else _SPECIAL.sub(r"\\\1", piece)
        for position, piece in enumerate(pieces)
    )
