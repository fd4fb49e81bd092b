"""The change itself: what becomes of running work, against a revision (`--base`) or what is deployed (`--state`)."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from environments import Estate
from hubkeeper.check.bad_input import BadInput
from hubkeeper.check.revision import Earlier
from hubkeeper.project import Project
from hubkeeper.recording import record_described
from plan import DeploymentFormatError, Plan
from policies.between_plans import effects_between
from policies.configuration import Configuration
from policies.effect import in_words
from policies.evaluate import Locate
from policies.finding import Finding
from policies.registered_states import registered_state
from policies.rule import Level
from policies.rules.changes import CHANGES
from policies.rules.upkeep import BASE_UNREADABLE
from policies.states import described_state
from policies.subjects import ChangeSubject


def since(
    earlier: Earlier,
    estate: Estate,
    wanted: Sequence[str],
    today: date,
    project: Project,
    plan_of: Callable[[str], Plan],
) -> Iterator[ChangeSubject]:
    """What becomes of each wanted environment, and of each that is gone where all are wanted.

    Of one whose description differs, the earlier plan is recorded, too, by the program as it is now. Raises plan.ProgramError.
    """
    was = earlier.estate.environments if earlier.estate else {}
    gone = [name for name in was if name not in estate.environments] if {*wanted} == {*estate.environments} else []
    before = earlier.estate.task_hubs() if earlier.estate else ()
    for name in (*wanted, *gone):
        stays = name in was and name in estate.environments and was[name] != estate[name]
        yield ChangeSubject(
            described_state(was[name]) if name in was else None,
            described_state(estate[name]) if name in estate.environments else None,
            today,
            before,
            estate.task_hubs(),
            effects_between(record_described(project, was[name]), plan_of(name)) if stays else (),
        )


def deployed(
    file: Path,
    project: Project,
    wanted: Sequence[str],
    estate: Estate,
    plan_of: Callable[[str], Plan],
    today: date,
) -> ChangeSubject | None:
    """What becomes of the environment whose stack was exported; None where nothing is deployed. Raises BadInput."""
    plan = read_export(file, project, wanted)
    if plan is None:
        return None
    wanted_plan = plan_of(plan.stack)
    before, after = registered_state(plan), registered_state(wanted_plan, estate[plan.stack])
    hubs = (tuple(before.hubs()), (*after.hubs(), *estate.task_hubs()))
    return ChangeSubject(before, after, today, *hubs, effects_between(plan, wanted_plan))


def read_export(file: Path, project: Project, wanted: Sequence[str]) -> Plan | None:
    """The output of `pulumi stack export` of one of these stacks; None where it has no resources. Raises BadInput."""
    expected = "the output of `pulumi stack export`"
    try:
        plan = Plan.from_deployment(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadInput(f"{file}: the file cannot be read ({error.strerror}), expected {expected}") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"{file}:{error.lineno}: not JSON ({error.msg}), expected {expected}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{file}: not UTF-8, expected {expected}") from None
    except DeploymentFormatError as error:
        raise BadInput(f"{file}:1: {error} ({expected})") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise BadInput(f"{file}:1: nothing that an engine wrote, expected {expected}") from None
    if not plan.resources:
        return None
    if plan.project != project.name:
        raise BadInput(f"{file}:1: the export of a stack of {plan.project!r}, expected one of {project.name!r}")
    if plan.stack not in wanted:
        raise BadInput(f"{file}:1: the export of stack {plan.stack!r}, expected one of {', '.join(wanted)}")
    return plan


def findings_of(subjects: Iterable[ChangeSubject], locate: Locate, configuration: Configuration) -> Iterator[Finding]:
    """What the rules on changes find, at the levels and with the parameters that are set."""
    for subject in subjects:
        for rule in CHANGES:
            yield from configuration.run(rule, subject, locate)


def told(subjects: Iterable[ChangeSubject]) -> Iterator[str]:
    """What becomes of what runs, a line each: `prod/claims: restarts production (settings changed: …)`."""
    for subject in subjects:
        yield from in_words(subject.effects, subject.whose.environment)


def unreadable(earlier: Earlier, revision: str) -> Finding:
    """The finding that there is no before. It stops nothing: a change that mends the description must get through."""
    first, more = earlier.problems[0], len(earlier.problems) - 1
    others = f" (and {more} more)" if more else ""
    return Finding(
        rule=BASE_UNREADABLE.slug,
        ref=BASE_UNREADABLE.ref,
        level=Level.WARNING,
        environment="",
        app=None,
        slot=None,
        resource=None,
        message=f"the description at {revision} cannot be read, so the change was not judged: {first}{others}",
        fix=BASE_UNREADABLE.fix,
    )
