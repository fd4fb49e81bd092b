"""Reads policies/waivers.yaml. Every mistake is told at once, with its line, and none of the file counts until all are mended."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from environments import Problem, dotted
from environments.matching import Matching, shown
from environments.values import Day, Line
from environments.yaml_lines import Lines, kind_of, read
from policies import catalogue
from policies.rule import Rule

_PART: Final = r"[a-z0-9*?-]+"
_EXPECTED: Final = {
    "rule": "the slug or ref of a rule",
    "target": "whom it is about, like prod/claims/* (environment/application/slot)",
    "reason": "why it may be so, in one line",
    "owner": "who sees to it that it goes",
    "expires": 'a day in quotes, like "2027-05-01"',
    "category": "waiver or mitigated",
}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    rule: Line
    target: Annotated[str, Matching(f"{_PART}(?:/{_PART}){{0,2}}", _EXPECTED["target"])]
    reason: Line
    owner: Line
    expires: Day
    category: Literal["waiver", "mitigated"] = "waiver"


@dataclass(frozen=True)
class Waiver:
    """One waiver. `line` is where it begins in its file, from 1."""

    rule: Rule
    target: str
    reason: str
    owner: str
    expires: date
    category: str
    file: str
    line: int

    def told(self) -> Mapping[str, str]:
        """What a report says of it."""
        return {
            "reason": self.reason,
            "owner": self.owner,
            "expires": self.expires.isoformat(),
            "category": self.category,
        }


def read_waivers(file: Path, name: str) -> tuple[list[Waiver], list[Problem]]:
    """The waivers of a file, which messages call `name`, and what is wrong with it; with problems there are no waivers."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return [], [Problem(name, 0, "", "the file cannot be read", "a file in UTF-8 that can be read")]
    document, lines, problems = read(text, name)
    if not isinstance(document, dict):
        return [], [replace(one, expected="a mapping: waivers") for one in problems]
    as_yaml = frozenset(one.path for one in problems)  # said already, and what it says of the value is nearer
    problems += [
        Problem(name, lines.of((key,)), dotted((key,)), "unknown key", "waivers")
        for key in document
        if key != "waivers"
    ]
    entries = document.get("waivers")
    if not isinstance(entries, list):
        wrong = f"{kind_of(entries)} stands here" if "waivers" in document else "missing"
        return [], [
            *problems,
            Problem(name, lines.of(("waivers",)), "waivers", wrong, "a list, [] when there are none"),
        ]
    found = [_waiver(entry, position, lines) for position, entry in enumerate(entries)]
    problems += [one for each in found if isinstance(each, list) for one in each if one.path not in as_yaml]
    return ([] if problems else [one for one in found if isinstance(one, Waiver)]), sorted(problems)


def _waiver(entry: Any, position: int, lines: Lines) -> Waiver | list[Problem]:
    at = ("waivers", position)
    problems: list[Problem] = []
    known: _Entry | None = None
    try:
        known = _Entry.model_validate(entry)
    except ValidationError as error:
        problems += [_problem(details, entry, position, lines) for details in error.errors(include_url=False)]
    name = entry.get("rule") if isinstance(entry, dict) else None
    rule = _rule(name) if isinstance(name, str) and name else None
    if isinstance(rule, tuple):
        problems.append(Problem(lines.file, lines.of((*at, "rule")), dotted((*at, "rule")), *rule))
    if problems or known is None or not isinstance(rule, Rule):
        return problems
    given = {key: value for key, value in vars(known).items() if key != "rule"}
    return Waiver(rule=rule, **given, file=lines.file, line=lines.of(at))


def _rule(name: str) -> Rule | tuple[str, str]:
    """The rule of this name, or what is wrong with it and what was expected."""
    try:
        rule = catalogue.find(name)
    except catalogue.UnknownRule as error:
        wrong, _, expected = str(error.args[0]).partition(", expected ")
        return wrong, expected
    if rule.ref.startswith(catalogue.UPKEEP):
        return f"{rule.slug} is about waivers and baselines themselves", "another rule"
    return rule


def _problem(details: ErrorDetails, entry: Any, position: int, lines: Lines) -> Problem:
    path = ("waivers", position, *details["loc"])
    key = str(details["loc"][0]) if details["loc"] else ""
    value = entry.get(key) if isinstance(entry, dict) else entry
    expected = _EXPECTED.get(key, "a mapping with rule, target, reason, owner and expires")
    match details["type"]:
        case "refused":
            wrong, expected = details["ctx"]["wrong"], details["ctx"]["expected"]
        case "missing":
            wrong = "missing"
        case "extra_forbidden":
            near = difflib.get_close_matches(key, _EXPECTED, n=1)
            wrong, expected = "unknown key", f"{near[0]}?" if near else f"one of {', '.join(_EXPECTED)}"
        case "literal_error" if isinstance(value, str):
            wrong = f"{shown(value)} is not known"
        case _:
            wrong = f"{kind_of(value)} stands here"
    return Problem(lines.file, lines.of(path), dotted(path), wrong, expected)
