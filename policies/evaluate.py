"""Runs rules over subjects and turns violations into findings. A rule that raises becomes a finding itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from traceback import walk_tb
from typing import Final

from environments import Estate, Path, dotted
from policies.finding import Finding
from policies.rule import Level, Rule, Violation, Whose
from policies.rules import RULES
from policies.subjects import HubsSubject, PlanSubject, ResourceSubject, Subject

#: File and line of a place in an environment's description; None where there is no description.
Locate = Callable[[str, Path], tuple[str, int] | None]

BROKEN_SLUG: Final = "rule-broke"
BROKEN_REF: Final = "HK901"
NOWHERE: Final = Whose("", "production")


def locator(estate: Estate | None) -> Locate:
    """Finds places in the descriptions of an estate."""

    def locate(environment: str, path: Path) -> tuple[str, int] | None:
        known = estate is not None and environment in estate.environments
        return estate.where(environment, path) if estate and known else None

    return locate


def rules_of(scopes: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of these scopes, in the order of the catalogue."""
    wanted = set(scopes)
    return tuple(rule for rule in RULES if rule.scope in wanted)


def run(rule: Rule, subject: Subject, locate: Locate, parameters: Mapping[str, int] | None = None) -> list[Finding]:
    """What one rule finds in one subject; nothing where it does not apply. `parameters` replace the rule's defaults."""
    if isinstance(subject, ResourceSubject) and rule.types and subject.resource.type not in rule.types:
        return []
    if not isinstance(subject, HubsSubject) and rule.level_in(subject.whose.tier) is None:
        return []
    found: list[Finding] = []
    try:
        found.extend(_findings(rule, subject, locate, parameters or {}))
    except Exception as error:
        found.append(broken(rule, error, subject, locate))
    return found


def _findings(rule: Rule, subject: Subject, locate: Locate, parameters: Mapping[str, int]) -> Iterator[Finding]:
    only = subject.only if isinstance(subject, HubsSubject) else None
    for violation in rule.check(subject, **{**rule.defaults, **parameters}):
        who = violation.whose or subject.whose
        level = violation.level or rule.level_in(who.tier)
        if level is not None and only in (None, who.environment):
            yield _finding(rule, subject, violation, who, level, locate)


def _finding(rule: Rule, subject: Subject, violation: Violation, who: Whose, level: Level, locate: Locate) -> Finding:
    resource = violation.resource or (subject.resource.urn if isinstance(subject, ResourceSubject) else None)
    path = who.path if violation.path is None else violation.path
    # What no part of the description speaks of is better found where the program asks for it.
    file, line = (
        violation.at
        or (locate(who.environment, path) if path else None)
        or _source(subject, resource)
        or locate(who.environment, ())
        or (None, None)
    )
    return Finding(
        rule=rule.slug,
        ref=rule.ref,
        level=level,
        environment=who.environment,
        app=who.app,
        slot=who.slot,
        resource=resource,
        message=violation.message,
        fix=violation.fix or rule.fix,
        file=file,
        line=line,
        place=dotted(path),
    )


def _source(subject: Subject, urn: str | None) -> tuple[str, int] | None:
    """Where the program asks for a resource."""
    resource = subject.resource if isinstance(subject, ResourceSubject) else None
    if isinstance(subject, PlanSubject) and urn:
        resource = subject.plan.resources.get(urn)
    return (resource.source.file, resource.source.line) if resource and resource.source else None


def broken(rule: Rule, error: Exception, subject: Subject | None = None, locate: Locate | None = None) -> Finding:
    """The finding that a rule broke. It names the kind of error and the line, not the text, which may hold a value."""
    frame, line = list(walk_tb(error.__traceback__))[-1]
    name = frame.f_code.co_filename.rpartition("/")[2]
    own = subject.whose if subject else NOWHERE
    file, where = (locate(own.environment, own.path) if locate else None) or (None, None)
    return Finding(
        rule=BROKEN_SLUG,
        ref=BROKEN_REF,
        level=Level.ERROR,
        environment=own.environment,
        app=own.app,
        slot=own.slot,
        resource=subject.resource.urn if isinstance(subject, ResourceSubject) else None,
        message=f"rule {rule.slug} broke ({type(error).__name__} at {name}:{line}), so what it guards is not checked",
        fix=f"Mend the rule {rule.slug} ({rule.ref}).",
        file=file,
        line=where,
    )
