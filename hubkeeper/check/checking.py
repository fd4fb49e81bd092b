"""Runs every rule over the estate: hubs and descriptions first, then the plan of each environment."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from environments import Environment, Estate, load_estate
from hubkeeper.check.plans import Plans
from hubkeeper.check.result import CheckResult, summarized
from hubkeeper.project import find_project
from plan import Plan
from policies.evaluate import Locate, locator, rules_of, run
from policies.finding import Finding
from policies.registered import whose
from policies.rule import Scope, Whose
from policies.rules import RULES
from policies.subjects import (
    AppSubject,
    HubsSubject,
    PlanSubject,
    ResourceSubject,
    described_hubs,
    described_subjects,
)


def check(root: Path, environments: Sequence[str] | None, today: date, *, cache: bool = True) -> CheckResult:
    """Findings of the named environments, of all when None; the whole estate is always read and compared.

    `today` is the day that dates are judged on; `cache` off records every plan anew.
    Raises DescriptionError, UnknownEnvironment, ProjectNotFound and plan.ProgramError.
    """
    project = find_project(root, root)
    estate = load_estate(project.descriptions, relative_to=project.root)
    wanted = tuple(dict.fromkeys(environments)) if environments else tuple(estate.environments)
    chosen = [estate[name] for name in wanted]
    found = list(_of_hubs(estate, wanted))
    plans = Plans(project, keep=cache)
    for environment in chosen:
        found += _of_description(environment, today, locator(estate))
        found += _of_plan(environment, plans.of(environment.name), locator(estate))
    return summarized(tuple(sorted(found, key=lambda finding: finding.order)), wanted, len(RULES))


def _of_hubs(estate: Estate, wanted: Sequence[str]) -> Iterator[Finding]:
    subject = HubsSubject(tuple(described_hubs(estate)))
    for rule in rules_of([Scope.HUBS]):
        for finding in run(rule, subject, locator(estate)):
            if not finding.environment or finding.environment in wanted:
                yield finding


def _of_description(environment: Environment, today: date, locate: Locate) -> Iterator[Finding]:
    for subject in described_subjects(environment, today):
        for rule in rules_of([Scope.APP if isinstance(subject, AppSubject) else Scope.ENVIRONMENT]):
            yield from run(rule, subject, locate)


def _of_plan(environment: Environment, plan: Plan, locate: Locate) -> Iterator[Finding]:
    rules = rules_of([Scope.RESOURCE])
    for resource in plan.resources.values():
        subject = ResourceSubject(resource, whose(plan, resource, environment))
        for rule in rules:
            yield from run(rule, subject, locate)
    whole = PlanSubject(plan, Whose(environment.name, environment.tier), environment)
    for rule in rules_of([Scope.PLAN]):
        yield from run(rule, whole, locate)
