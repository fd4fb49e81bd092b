"""Levels and parameters of the rules as `policies/policy-config.json` sets them, in the form of `--policy-pack-config`.

The engine takes the file as it is; `hubkeeper check` reads it here, so that both judge alike.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from environments import Problem, dotted
from environments.matching import shown
from environments.yaml_lines import Lines, kind_of, read
from policies.evaluate import BROKEN_SLUG, Locate, run
from policies.finding import Finding
from policies.rule import Level, Rule
from policies.rules import RULES
from policies.rules.changes import CHANGES
from policies.subjects import Subject

FILE: Final = Path("policies", "policy-config.json")
LEVELS: Final = ("advisory", "mandatory", "disabled")
ALL: Final = "all"


@dataclass(frozen=True)
class Configured:
    """What is set for one policy of the pack. `level` None: as the rule has it."""

    level: str | None = None
    parameters: Mapping[str, int] = field(default_factory=dict)

    def leveled(self, finding: Finding) -> Finding:
        """The finding at the level that is set: mandatory stops a change, advisory does not."""
        if self.level == "mandatory" and not finding.level.stops:
            return replace(finding, level=Level.ERROR)
        return replace(finding, level=Level.WARNING) if self.level == "advisory" and finding.level.stops else finding


@dataclass(frozen=True)
class Configuration:
    """What is set for the policies of the pack, by their names."""

    policies: Mapping[str, Configured] = field(default_factory=dict)

    def run(self, rule: Rule, subject: Subject, locate: Locate) -> list[Finding]:
        """What a rule finds in a subject as the pack would report it: one policy for what stops a change, one for what does not."""
        if not self.policies:
            return run(rule, subject, locate)
        found: list[Finding] = []
        for name, stops in policy_names(rule):
            own = self.policies.get(name, self.policies.get(ALL, Configured()))
            if own.level != "disabled":
                for one in run(rule, subject, locate, own.parameters):
                    is_broken = one.rule == BROKEN_SLUG
                    if name == rule.slug if is_broken else one.level.stops is stops:
                        found.append(one if is_broken else own.leveled(one))
        return found


def policy_names(rule: Rule) -> Iterator[tuple[str, bool]]:
    """The policies that a rule is in the pack, and whether what they find stops a change."""
    stops = {level.stops for level in rule.levels}
    if True in stops:
        yield rule.slug, True
    if False in stops:
        yield f"{rule.slug}-advice" if True in stops else rule.slug, False


def read_configuration(root: Path) -> tuple[Configuration, list[Problem]]:
    """The configuration of a project and what is wrong with it; without the file, or with problems, nothing is set."""
    file, name = root / FILE, FILE.as_posix()
    if not file.exists():
        return Configuration(), []
    try:
        document, lines, problems = read(file.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError):
        return Configuration(), [Problem(name, 0, "", "the file cannot be read", "a file in UTF-8 that can be read")]
    if not isinstance(document, dict):
        return Configuration(), problems or [Problem(name, 1, "", "no object", "policies by their names")]
    rules = {own: rule for rule in (*RULES, *CHANGES) for own, _ in policy_names(rule)}
    rules |= {f"{rule.slug}-{excuse}": rule for rule in RULES for excuse in ("waived", "known")}
    made: dict[str, Configured] = {}
    for key, value in document.items():
        if not isinstance(key, str) or (key != ALL and key not in rules):
            near = difflib.get_close_matches(str(key), rules, n=1)
            hint = f", did you mean {near[0]}?" if near else ""
            problems.append(
                Problem(name, lines.of((key,)), dotted((key,)), "no policy has this name", f"a rule's slug{hint}")
            )
        else:
            made[key], wrong = _configured(key, value, rules.get(key), lines)
            problems += wrong
    return (Configuration() if problems else Configuration(made)), problems


def _configured(key: str, value: Any, rule: Rule | None, lines: Lines) -> tuple[Configured, list[Problem]]:
    values: Any = {"enforcementLevel": value} if isinstance(value, str) else value
    if not isinstance(values, dict):
        return Configured(), [_problem(lines, (key,), _said(value), "a level, or an object with one and parameters")]
    known = {one.name: one for one in rule.parameters} if rule else {}
    problems = []
    for name, given in values.items():
        if name == "enforcementLevel":
            if given not in LEVELS:
                problems.append(_problem(lines, (key, name), _said(given), f"one of {', '.join(LEVELS)}"))
        elif name not in known:
            takes = ", ".join(known) or "no parameter"
            problems.append(
                _problem(lines, (key, name), "no parameter of this rule", f"one of {takes}" if known else takes)
            )
        elif (
            isinstance(given, bool)
            or not isinstance(given, int)
            or not known[name].minimum <= given <= known[name].maximum
        ):
            expected = f"a whole number from {known[name].minimum} to {known[name].maximum}"
            problems.append(_problem(lines, (key, name), _said(given), expected))
    if problems:
        return Configured(), problems
    numbers = {name: given for name, given in values.items() if name != "enforcementLevel"}
    return Configured(values.get("enforcementLevel"), numbers), []


def _said(value: Any) -> str:
    return shown(value) if isinstance(value, str) else str(value) if isinstance(value, int) else kind_of(value)


def _problem(lines: Lines, path: tuple[str, ...], wrong: str, expected: str) -> Problem:
    return Problem(FILE.as_posix(), lines.of(path), dotted(path), wrong, expected)
