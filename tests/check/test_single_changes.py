"""Any single value of a description is changed: the change is refused where it is read, or it is of a known class.

No change loses a hub in silence: what would lose one is refused by the guard of `up` and named by a rule on changes.
A sample runs by default; HUBKEEPER_MANY_CHANGES=1 walks every change of every file, which takes minutes.
"""

import copy
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis.strategies import DataObject, data, sampled_from

from environments import Environment, TaskHub, environment_schema, hub_of, task_hubs
from environments.estate import read_description
from environments.replacements import forces
from hubkeeper.engine.guard import Step, abandoned, losses, moved, repartitioned
from hubkeeper.engine.impossible import impossible
from plan import Plan, ProgramError
from plan.changes import changes
from policies.between_plans import effects_between
from policies.effect import Effect, Kind
from policies.evaluate import locator, run
from policies.finding import Finding
from policies.registered import registered_hubs
from policies.rule import Level
from policies.rules.changes import CHANGES
from policies.states import described_state
from policies.subjects import ChangeSubject
from tests.check.single_changes import Edit, single_changes
from tests.policies.planned import planned

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [*sorted(ROOT.glob("environments/*.yaml")), *sorted(ROOT.glob("examples/*/environments/*.yaml"))]
TODAY = date(2026, 11, 23)
MANY = os.environ.get("HUBKEEPER_MANY_CHANGES")

ALWAYS_NAMED = ("function_app", "plan", "identity", "storage_account", "key_vault")

#: What hubs hang on: changes of these are always walked.
ALWAYS = ("names", "location", "organization", "subscription_id", "tenant_id", "tier", "task_hub", "slots", "plan")


@dataclass(frozen=True)
class Start:
    """A description as it stands, with its plan."""

    file: Path
    document: dict[str, Any]
    environment: Environment
    plan: Plan


@dataclass(frozen=True)
class Outcome:
    """What came of a change: the class, everything lost, and who says so."""

    edit: Edit
    effects: tuple[Effect, ...]
    lost: tuple[str, ...]
    refused: tuple[str, ...]
    findings: tuple[Finding, ...]
    protected: bool

    @property
    def kind(self) -> Kind:
        """The worst that happens; a description that changes nothing in Azure is changed in place."""
        return Kind.HUB_LOST if self.lost else max((one.kind for one in self.effects), default=Kind.IN_PLACE)


@cache
def start_of(file: Path) -> Start:
    document = yaml.safe_load(file.read_text())
    environment, problems = read_description(file.read_text(), str(file.relative_to(ROOT)), file.stem)
    assert environment is not None, problems
    return Start(file, document, environment, planned(environment))


def written_out(start: Start) -> Start:
    """The same environment with every derived name in its description, as one that was adopted has them."""
    document, environment = copy.deepcopy(start.document), start.environment
    document["names"] = dict(vars(environment.resource_names))
    for app, described in document["apps"].items():
        used = ["scheduler"] if "scheduler" in described["task_hub"] else []
        used += ["sql_server"] if "database" in described["task_hub"] else []
        names = vars(environment.app_names(app))
        described["names"] = {key: names[key] for key in (*ALWAYS_NAMED, *used)}
        described["task_hub"]["name"] = hub_of(environment, app, None).name
        for slot, one in described.get("slots", {}).items():
            one["task_hub"] = hub_of(environment, app, slot).name
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False)
    read, problems = read_description(text, "environments/changed.yaml", environment.name)
    assert read is not None, problems
    return Start(start.file, document, read, planned(read))


def edits_of(file: Path) -> list[Edit]:
    """Every change, or a sample of it: what hubs hang on, and a part of the rest, another one in each file."""
    found = list(single_changes(environment_schema(), start_of(file).document))
    if MANY:
        return found
    step, first = (3, 9) if "examples" in file.parts else (16, 36)
    offset = FILES.index(file)
    always = [edit for edit in found if any(key in edit.path for key in ALWAYS)]
    rest = [edit for edit in found if edit not in always]
    return [*always[offset % step :: step], *rest[offset % first :: first]]


def outcome(start: Start, edit: Edit) -> Outcome | list[str]:
    """What the change does; or, where it is refused when it is read, the lines that say so."""
    text = yaml.dump(edit.applied(start.document), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    environment, problems = read_description(text, "environments/changed.yaml", start.environment.name)
    if environment is None:
        return [str(problem) for problem in problems]
    return judged(edit, start, environment, start.plan if environment == start.environment else planned(environment))


def judged(edit: Edit, start: Start, after: Environment, plan: Plan) -> Outcome:
    was, effects = start.environment, effects_between(start.plan, plan)
    subject = ChangeSubject(
        described_state(was), described_state(after), TODAY, tuple(task_hubs(was)), tuple(task_hubs(after)), effects
    )
    findings = tuple(finding for rule in CHANGES for finding in run(rule, subject, locator(None)))
    steps = [
        Step(
            one.op,
            one.urn,
            one.resource.type,
            one.forced,
            (one.before or one.resource).inputs,
            bool(one.before and one.before.protect),
            one.after.inputs if one.after else None,
        )
        for one in changes(start.plan, plan, forces)
    ]
    handoff = start.plan.outputs["handoff"]
    deployed = [hub for hub, _ in registered_hubs(start.plan)[0]]
    refused = (
        *losses(after, steps),
        *abandoned(after, deployed),
        *repartitioned(after, handoff),
        *moved(after, handoff),
        *impossible(steps),
    )
    protected = was.protects_hubs or after.protects_hubs
    return Outcome(edit, effects, tuple(lost(start.plan, plan, effects)), refused, findings, protected)


def lost(before: Plan, after: Plan, effects: tuple[Effect, ...]) -> Iterator[str]:
    """Everything by which running work would be lost, read from the plans alone."""
    yield from (effect.what for effect in effects if effect.kind is Kind.HUB_LOST)
    old, new = hubs_in(before), hubs_in(after)
    for key, hub in old.items():
        if key not in new:
            yield f"hub {hub.name} of {hub.whose}"
        elif (new[key].app, new[key].slot) != (hub.app, hub.slot):
            yield f"hub {hub.name} of {hub.whose}, now of {new[key].whose}"
    partitions = [partitions_in(plan) for plan in (before, after)]
    yield from (f"partitions of {hub}" for hub in partitions[0] if partitions[1].get(hub, 0) != partitions[0][hub])
    providers = [plan.of_type("pulumi:providers:azure-native")[0].inputs for plan in (before, after)]
    if providers[0]["subscriptionId"] != providers[1]["subscriptionId"]:
        yield "subscription"


def hubs_in(plan: Plan) -> dict[tuple[str, str, str], TaskHub]:
    return {(hub.backend, hub.store, hub.key): hub for hub, _ in registered_hubs(plan)[0]}


def partitions_in(plan: Plan) -> dict[str, int]:
    return {
        f"{name}/{slot}": hub["partitions"]
        for name, app in plan.outputs["handoff"]["apps"].items()
        for slot, hub in app["task_hubs"].items()
        if "partitions" in hub
    }


def complaint(found: Outcome | list[str], edit: Edit) -> str | None:
    """What is wrong with how a change was judged; None where nothing is."""
    if isinstance(found, list):
        placed = found and all(line.startswith("environments/changed.yaml:") for line in found)
        return None if placed else f"{edit}: refused without a line: {found}"
    slugs = {finding.rule for finding in found.findings}
    if found.lost and not found.findings:
        return f"{edit}: no rule on changes names it: {found.lost}"
    if found.lost and found.protected and not found.refused and slugs != {"hub-taken-over"}:
        return f"{edit}: up would not refuse it: {found.lost}, found {sorted(slugs)}"
    worst = max((finding.level for finding in found.findings), default=Level.NOTE)
    if found.kind is Kind.HUB_LOST and found.protected and not worst.stops:
        return f"{edit}: nothing at error or above: {found.lost}, found {sorted(slugs)}"
    if found.kind is Kind.DATA_LOST and found.protected and worst < Level.WARNING:
        return f"{edit}: nothing at warning or above: {found.effects}, found {sorted(slugs)}"
    return None


def walk(start: Start, edits: list[Edit]) -> dict[str, int]:
    """Judges every change; how many there were of each class."""
    wrong: list[str] = []
    classes: dict[str, int] = {}
    for edit in edits:
        try:
            found = outcome(start, edit)
        except ProgramError as error:
            wrong.append(f"{edit}: read without a word, and then the program fails: {error}")
            continue
        name = "refused" if isinstance(found, list) else found.kind.name
        classes[name] = classes.get(name, 0) + 1
        wrong += [text] if (text := complaint(found, edit)) else []
    print(f"{start.file.relative_to(ROOT)}: {sum(classes.values())} changes, {classes}")
    assert wrong == []
    return classes


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_any_single_change_is_refused_with_its_line_or_of_a_known_class_and_loses_no_hub_in_silence(file: Path) -> None:
    classes = walk(start_of(file), edits_of(file))
    assert classes["refused"] > 0 < classes["IN_PLACE"]


@pytest.mark.parametrize("example", ["elastic-premium", "durable-task-scheduler", "mssql"])
def test_names_that_are_written_out_change_nothing_and_none_is_changed_in_silence(example: str) -> None:
    derived = start_of(ROOT / "examples" / example / "environments" / "prod.yaml")
    start = written_out(derived)
    assert effects_between(derived.plan, start.plan) == ()
    named = [
        edit for edit in single_changes(environment_schema(), start.document) if {"names", "task_hub"} & {*edit.path}
    ]
    classes = walk(start, named if MANY else named[::2])
    assert classes["HUB_LOST"] > 0


@settings(max_examples=60)
@given(data())
def test_whatever_change_comes_to_mind_is_judged_as_well(draw: DataObject) -> None:
    file = draw.draw(sampled_from([file for file in FILES if "examples" in file.parts]), "file")
    edit = draw.draw(sampled_from(list(single_changes(environment_schema(), start_of(file).document))), "change")
    assert complaint(outcome(start_of(file), edit), edit) is None
