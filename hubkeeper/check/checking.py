"""Runs every rule over the estate: hubs and descriptions first, then the plan of each environment."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from environments import DescriptionError, Environment, Estate, load_estate
from environments.host_json import HostJsonFile, named_files
from hubkeeper.check.against import NOTHING, Against
from hubkeeper.check.baseline import read_baseline, recorded, written
from hubkeeper.check.change import deployed, findings_of, since, unreadable
from hubkeeper.check.exceptions import Exceptions
from hubkeeper.check.plans import Plans
from hubkeeper.check.result import CheckResult, summarized
from hubkeeper.check.revision import Earlier, estate_at
from hubkeeper.project import Project, find_project
from hubkeeper.whole_files import write_whole
from plan import Plan
from policies.configuration import Configuration, read_configuration
from policies.evaluate import Locate, locator, rules_of
from policies.finding import Finding
from policies.registered import whose
from policies.rule import Scope, Whose
from policies.rules import RULES
from policies.rules.changes import CHANGES
from policies.subjects import (
    AppSubject,
    ChangeSubject,
    HubsSubject,
    PlanSubject,
    ResourceSubject,
    described_hubs,
    described_subjects,
)


def check(
    root: Path, environments: Sequence[str] | None, today: date, *, cache: bool = True, against: Against = NOTHING
) -> CheckResult:
    """Findings of the named environments, of all when None; the whole estate is always read and compared.

    `today` is the day that dates are judged on; `cache` off records every plan anew.
    Raises DescriptionError, UnknownEnvironment, ProjectNotFound, plan.ProgramError and BadInput.
    """
    project = find_project(root, root)
    estate = load_estate(project.descriptions, relative_to=project.root)
    wanted = tuple(dict.fromkeys(environments)) if environments else tuple(estate.environments)
    chosen = [estate[name] for name in wanted]
    configuration, problems = read_configuration(project.root)
    if problems:
        raise DescriptionError(problems)
    exceptions = Exceptions.read(project, against.baseline)
    earlier = estate_at(project, against.base) if against.base else None
    plans = Plans(project, keep=cache)
    found = list(_of_change(estate, project, wanted, today, plans, against, earlier))
    found += _of_hubs(estate, wanted, configuration)
    for environment in chosen:
        found += _of_description(estate, environment, today, named_files(project.root, environment), configuration)
        found += _of_plan(environment, plans.of(environment.name), locator(estate), configuration)
    skipped = frozenset(estate.environments).difference(wanted)
    found = exceptions.applied(found, today, skipped, judges_changes=earlier is not None and not earlier.problems)
    rules = len(RULES) + (len(CHANGES) if against.is_change else 0)
    return summarized(tuple(sorted(found, key=lambda finding: finding.order)), wanted, rules, skipped)


def write_baseline(root: Path, environments: Sequence[str] | None, today: date, file: Path, *, may_grow: bool) -> None:
    """Records what is found now. A baseline that exists only loses what no longer occurs, unless it may grow.

    Raises what check raises.
    """
    result = check(root, environments, today)
    old = read_baseline(file) if file.exists() else None
    keep = [one for one in old or () if one.environment in result.skipped]
    entries = recorded(result.findings, result.skipped, None if may_grow else old)
    write_whole(file, written([*keep, *entries] if may_grow else entries))


def _of_change(
    estate: Estate,
    project: Project,
    wanted: Sequence[str],
    today: date,
    plans: Plans,
    against: Against,
    earlier: Earlier | None,
) -> Iterator[Finding]:
    subjects: list[ChangeSubject] = []
    if earlier and earlier.problems:
        yield unreadable(earlier, against.base or earlier.commit)
    elif earlier:
        subjects += since(earlier, estate, wanted, today)
    if against.state:
        deployment = deployed(against.state, project, wanted, estate, plans.of, today)
        subjects += [deployment] if deployment else []
    # Told to look at both, it says once what both show.
    yield from dict.fromkeys(findings_of(subjects, locator(estate)))


def _of_hubs(estate: Estate, wanted: Sequence[str], configuration: Configuration) -> Iterator[Finding]:
    subject = HubsSubject(tuple(described_hubs(estate)))
    for rule in rules_of([Scope.HUBS]):
        for finding in configuration.run(rule, subject, locator(estate)):
            if not finding.environment or finding.environment in wanted:
                yield finding


def _of_description(
    estate: Estate,
    environment: Environment,
    today: date,
    files: Mapping[str, HostJsonFile],
    configuration: Configuration,
) -> Iterator[Finding]:
    for subject in described_subjects(environment, today, files, estate):
        for rule in rules_of([Scope.APP if isinstance(subject, AppSubject) else Scope.ENVIRONMENT]):
            yield from configuration.run(rule, subject, locator(estate))


def _of_plan(environment: Environment, plan: Plan, locate: Locate, configuration: Configuration) -> Iterator[Finding]:
    rules = rules_of([Scope.RESOURCE])
    for resource in plan.resources.values():
        subject = ResourceSubject(resource, whose(plan, resource, environment))
        for rule in rules:
            yield from configuration.run(rule, subject, locate)
    whole = PlanSubject(plan, Whose(environment.name, environment.tier), environment)
    for rule in rules_of([Scope.PLAN]):
        yield from configuration.run(rule, whole, locate)
