"""Waivers: findings that are known and allowed until a day. They stay visible, and none lasts longer than the horizon."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from environments import Environment, Problem
from policies.finding import Finding
from policies.rule import Level, Rule, Scope
from policies.rules.upkeep import WAIVER_EXPIRED, WAIVER_TOO_LONG, WAIVER_UNUSED
from policies.waiver_file import Waiver, read_waivers

FILE: Final = "policies/waivers.yaml"
#: The furthest ahead that a waiver may expire. Longer than that it is a decision, and belongs into the description or the rule.
HORIZON: Final = timedelta(days=180)
#: How long before its end a waiver is told of.
SOON: Final = timedelta(days=14)


@dataclass
class Waivers:
    """The waivers of a project, and the positions of those that covered a finding. `problems`: why the file cannot be read."""

    listed: Sequence[Waiver] = ()
    problems: Sequence[Problem] = ()
    used: set[int] = field(default_factory=set)

    def mark(self, finding: Finding, today: date) -> Finding:
        """The finding, marked as waived where a waiver in force covers it."""
        for position, one in enumerate(self.listed):
            if one.rule.slug == finding.rule and covers(one.target, finding):
                self.used.add(position)
                if in_force(one, today) and finding.waived is None:
                    finding = replace(finding, waived=one.told())
        return finding

    def in_force(self, today: date) -> frozenset[str]:
        """Slugs of the rules that have a waiver in force."""
        return frozenset(one.rule.slug for one in self.listed if in_force(one, today))


def waivers_of(root: Path) -> Waivers:
    """The waivers of the project in this folder; none where it has no such file."""
    file = root / FILE
    return Waivers(*read_waivers(file, FILE)) if file.is_file() else Waivers()


def in_force(waiver: Waiver, today: date) -> bool:
    """Up to and including the day it expires, and not while that is further ahead than the horizon."""
    return today <= waiver.expires <= today + HORIZON


def covers(target: str, finding: Finding) -> bool:
    """Whether a target covers whom a finding concerns: part by part, and everything below a shorter target."""
    found = [finding.environment, *([finding.app, finding.slot or "production"] if finding.app else [])]
    return _is_at(target, "/".join(found[: target.count("/") + 1]))


def targets_of(estate: Iterable[Environment]) -> Iterator[str]:
    """Everybody whom a target can name: environments, applications and their slots."""
    for environment in estate:
        yield environment.name
        for name, app in environment.apps.items():
            yield f"{environment.name}/{name}"
            yield from (f"{environment.name}/{name}/{slot}" for slot in ("production", *app.slots))


def _is_at(target: str, name: str) -> bool:
    """Whether a target is this one, part by part."""
    wanted, parts = target.split("/"), name.split("/")
    return len(wanted) == len(parts) and all(fnmatchcase(*pair) for pair in zip(parts, wanted, strict=True))


def environments_of(target: str, names: Iterable[str]) -> frozenset[str]:
    """The environments among these that a target speaks of."""
    return frozenset(name for name in names if fnmatchcase(name, target.split("/", maxsplit=1)[0]))


def upkeep(
    waivers: Waivers, today: date, judged: Callable[[Waiver], bool], estate: Iterable[Environment]
) -> Iterator[Finding]:
    """What is wrong with the waivers themselves, once all findings are marked.

    `judged` says of a waiver whether everything it could cover was looked at; else it is not called unused. One whose target
    is nobody of the estate is, whatever was looked at.
    """
    known = [*targets_of(estate)]
    for position, one in enumerate(waivers.listed):
        what = f"the waiver of {one.rule.slug} for {one.target}"
        if one.expires < today:
            yield _finding(
                WAIVER_EXPIRED, one, f"{what} expired on {one.expires} and covers nothing (owner: {one.owner})"
            )
        elif one.expires > today + HORIZON:
            last = today + HORIZON
            yield _finding(WAIVER_TOO_LONG, one, f"{what} expires on {one.expires}, expected {last} or before")
        elif position in waivers.used:
            if one.expires <= today + SOON:
                message = f"{what} expires on {one.expires} (owner: {one.owner}), and then it stops a change"
                yield _finding(WAIVER_EXPIRED, one, message, Level.NOTE)
        elif one.rule.scope is not Scope.CHANGE and not any(_is_at(one.target, name) for name in known):
            near = difflib.get_close_matches(one.target, known, n=1, cutoff=0.4)
            hint = f", did you mean {near[0]}?" if near else ""
            message = f"{what} covers nothing: the estate has no {one.target}{hint} (owner: {one.owner})"
            yield _finding(WAIVER_UNUSED, one, message)
        elif judged(one):
            # What a change does is gone with the change: its waiver is spent, not wrong.
            level = Level.NOTE if one.rule.scope is Scope.CHANGE else None
            yield _finding(WAIVER_UNUSED, one, f"{what} covers nothing (owner: {one.owner})", level)


def _finding(rule: Rule, waiver: Waiver, message: str, level: Level | None = None) -> Finding:
    return Finding(
        rule=rule.slug,
        ref=rule.ref,
        level=level or (rule.level if isinstance(rule.level, Level) else Level.ERROR),
        environment="",
        app=None,
        slot=None,
        resource=None,
        message=message,
        fix=rule.fix,
        file=waiver.file,
        line=waiver.line,
        place=f"{waiver.rule.ref} {waiver.target}",
    )
