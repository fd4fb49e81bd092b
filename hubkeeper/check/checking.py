"""Runs every rule over the estate: hubs and descriptions first, then the plan of each environment."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from environments import DescriptionError, Environment, Estate, load_estate
from environments.host_json import HostJsonFile, named_files
from hubkeeper.check.against import NOTHING, Against
from hubkeeper.check.change import deployed, findings_of, since, told, unreadable
from hubkeeper.check.exceptions import Exceptions, read_baseline
from hubkeeper.check.judging import findings_in_plans
from hubkeeper.check.plans import Plans
from hubkeeper.check.result import CheckResult, summarized
from hubkeeper.check.revision import Earlier, estate_at
from hubkeeper.project import Project, find_project
from hubkeeper.whole_files import write_whole
from policies.baseline import Written, recorded, written
from policies.configuration import Configuration, read_configuration
from policies.evaluate import locator, rules_of
from policies.finding import Finding
from policies.rule import Scope
from policies.rules import RULES
from policies.rules.changes import CHANGES
from policies.subjects import (
    AppSubject,
    ChangeSubject,
    HubsSubject,
    described_hubs,
    described_subjects,
)


@contextmanager
def _without_passes() -> Iterator[None]:
    """No search for garbage while modules are imported and files are read: a tenth of a small check, and finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_passes()
def check(
    root: Path, environments: Sequence[str] | None, today: date, *, cache: bool = True, against: Against = NOTHING
) -> CheckResult:
    """Findings of the named environments, of all when None; the whole estate is always read and compared.

    `today` is the day that dates are judged on; `cache` off records every plan anew.
    Raises DescriptionError, UnknownEnvironment, ProjectNotFound, plan.ProgramError and BadInput.
    """
    project = find_project(root, root)
    plans = Plans(project, keep=cache)  # before anything is read: what is saved meanwhile must not be kept
    estate = load_estate(project.descriptions, relative_to=project.root)
    wanted = tuple(dict.fromkeys(environments)) if environments else tuple(estate.environments)
    chosen = [estate[name] for name in wanted]
    configuration, problems = read_configuration(project.root)
    if problems:
        raise DescriptionError(problems)
    exceptions = Exceptions.read(project, against.baseline)
    earlier = estate_at(project, against.base) if against.base else None
    subjects = list(_changes(estate, project, wanted, today, plans, against, earlier))
    found = list(_of_change(estate, subjects, against, earlier, configuration))
    found += _of_hubs(estate, wanted, configuration)
    in_plans = findings_in_plans(estate, wanted, plans, configuration)
    for environment in chosen:
        found += _of_description(estate, environment, today, named_files(project.root, environment), configuration)
        found += in_plans[environment.name]
    skipped = frozenset(estate.environments).difference(wanted)
    found = exceptions.applied(
        found, today, estate, skipped, judges_changes=earlier is not None and not earlier.problems
    )
    rules = len(RULES) + (len(CHANGES) if against.is_change else 0)
    findings = tuple(sorted(found, key=lambda finding: finding.order))
    return summarized(findings, wanted, rules, skipped, tuple(dict.fromkeys(told(subjects))))


def write_baseline(
    root: Path, environments: Sequence[str] | None, today: date, file: Path, *, may_grow: bool
) -> Written:
    """Records what is found now. A baseline that exists only loses what no longer occurs, unless it may grow.

    Raises what check raises.
    """
    result = check(root, environments, today)
    old = read_baseline(file) if file.exists() else None
    keep = [one for one in old or () if one.environment in result.skipped]
    entries = recorded(result.findings, result.skipped, None if may_grow else old)
    entries = [*keep, *entries] if may_grow else entries
    write_whole(file, written(entries))
    return Written.of(entries, old or (), result.findings)


def _changes(
    estate: Estate,
    project: Project,
    wanted: Sequence[str],
    today: date,
    plans: Plans,
    against: Against,
    earlier: Earlier | None,
) -> Iterator[ChangeSubject]:
    if earlier and not earlier.problems:
        yield from since(earlier, estate, wanted, today, project, plans.of)
    if against.state:
        deployment = deployed(against.state, project, wanted, estate, plans.of, today)
        yield from [deployment] if deployment else []


def _of_change(
    estate: Estate,
    subjects: Sequence[ChangeSubject],
    against: Against,
    earlier: Earlier | None,
    configuration: Configuration,
) -> Iterator[Finding]:
    if earlier and earlier.problems:
        yield unreadable(earlier, against.base or earlier.commit)
    # Told to look at both, it says once what both show.
    yield from dict.fromkeys(findings_of(subjects, locator(estate), configuration))


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
