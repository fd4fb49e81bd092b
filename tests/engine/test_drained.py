"""When an application that is described no more may not be taken down with its stores, without an engine."""

import copy
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jmespath
import pytest

from environments import Environment, TaskHub, load_estate, task_hubs
from hubkeeper.engine.drained import read_answers
from hubkeeper.engine.retiring import Retirement, retired
from hubkeeper.runbook.commands import Target
from hubkeeper.runbook.store_commands import open_instances
from plan import UNKNOWN, Plan
from policies.registered import SITES
from tests.policies.planned import planned

DRAINED = {"pending": 0, "running": 0, "suspended": 0, "continuedAsNew": 0, "more": None}
HUBS = frozenset({"prodfreight", "prodfreightstaging"})


@pytest.fixture(scope="module")
def prod(project_root: Path) -> Environment:
    return load_estate(project_root / "environments")["prod"]


@pytest.fixture(scope="module")
def deployed(prod: Environment) -> Plan:
    return planned(prod)


def without(environment: Environment, app: str) -> Environment:
    return environment.model_copy(update={"apps": {name: one for name, one in environment.apps.items() if name != app}})


def answer(folder: Path, hub: TaskHub, **said: Any) -> Path:
    """The file that the runbook's question leaves behind."""
    file = folder / f"{hub.name}.json"
    file.write_text(json.dumps({"hub": hub.name, "store": hub.store, **DRAINED, **said}))
    return file


@pytest.fixture
def drained(prod: Environment, tmp_path: Path) -> tuple[Path, ...]:
    """An answer for each hub of freight: nothing is unfinished."""
    return tuple(answer(tmp_path, hub) for hub in task_hubs(prod) if hub.app == "freight")


def reasons(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...], app: str = "freight", abandon: frozenset[str] = HUBS
) -> list[str]:
    return retired(deployed, without(prod, "freight"), Retirement(app, drained), abandon)[1]


def test_a_drained_application_may_go_and_all_that_goes_is_told(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    gone, refused = retired(deployed, without(prod, "freight"), Retirement("freight", drained), HUBS)
    assert refused == []
    assert gone is not None
    assert {urn.rsplit("::", 1)[-1] for urn in gone.holders} == {"freight-store"}
    assert "storage account stfreightprodb4uime" in gone.question
    assert "every history on prodfreight in stfreightprodb4uime, prodfreightstaging" in gone.question


def test_without_an_answer_for_each_hub_it_may_still_run(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    (reason,) = reasons(deployed, prod, drained[:1])
    assert reason.startswith("whether instances run on prodfreightstaging in stfreightprodb4uime is not known")


def test_each_hub_that_goes_is_named(deployed: Plan, prod: Environment, drained: tuple[Path, ...]) -> None:
    (reason,) = reasons(deployed, prod, drained, abandon=frozenset({"prodfreight"}))
    assert (
        reason == "task hub prodfreightstaging goes with freight, expected --abandon-hub prodfreightstaging beside it"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"running": 2, "pending": 1}, "3 instances on prodfreight in stfreightprodb4uime are not finished"),
        ({"more": "token"}, "the answer is only a part (more is not null)"),
        ({"running": None}, "it has no number for running"),
        ({"hub": "prodclaims"}, "whether instances run on prodfreight in"),
        ({"store": "stelse"}, "whether instances run on prodfreight in"),
        ({"hub": None}, "it does not say of which hub it is"),
        ({"running": True}, "it has no number for running"),
        ({"pending": 1, "running": -1}, "it has no number for running"),
        ({"Running": 3}, "it says Running twice"),
    ],
)
def test_an_answer_that_does_not_say_that_nothing_is_unfinished_is_refused(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...], said: dict[str, Any], expected: str
) -> None:
    file = drained[0]
    file.write_text(json.dumps({**json.loads(file.read_text()), **said}))
    assert any(expected in reason for reason in reasons(deployed, prod, drained))


@pytest.mark.parametrize(("text", "expected"), [("{", "not JSON"), ("[]", "it does not say of which hub it is")])
def test_a_file_that_is_no_answer_is_refused(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...], text: str, expected: str
) -> None:
    drained[0].write_text(text)
    assert any(f"{drained[0]}: {expected}" in reason for reason in reasons(deployed, prod, drained))
    assert any("cannot be read" in reason for reason in reasons(deployed, prod, (Path("nowhere.json"), drained[1])))


def test_an_old_answer_says_nothing(deployed: Plan, prod: Environment, drained: tuple[Path, ...]) -> None:
    two_days_ago = time.time() - 2 * 86_400 - 60
    os.utime(drained[1], (two_days_ago, two_days_ago))
    assert any("the answer is 2 days old" in reason for reason in reasons(deployed, prod, drained))


def test_an_answer_that_does_not_say_that_it_is_all_or_is_from_the_future_says_nothing(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    said = json.loads(drained[0].read_text())
    del said["more"]
    drained[0].write_text(json.dumps(said))
    later = time.time() + 3_600
    os.utime(drained[1], (later, later))
    told = reasons(deployed, prod, drained)
    assert any("it does not say whether it is all (no more)" in reason for reason in told)
    assert any("the file's time is in the future" in reason for reason in told)


@pytest.fixture
def adopted(deployed: Plan) -> Plan:
    """The same, as it is adopted: Azure gives no settings back."""
    plan = copy.deepcopy(deployed)
    for one in plan.resources.values():
        if one.name.startswith("freight") and one.type in SITES:
            one.inputs["siteConfig"].pop("appSettings")
    return plan


NOT_EVERY_HUB = "the state does not tell every hub of freight (adopted, or half taken down): name each"


@pytest.mark.parametrize("abandon", [frozenset[str](), frozenset({"prodfreight"})])
def test_where_the_state_tells_no_hub_each_is_named_and_answered_for(
    adopted: Plan, prod: Environment, drained: tuple[Path, ...], abandon: frozenset[str]
) -> None:
    assert any(reason.startswith(NOT_EVERY_HUB) for reason in reasons(adopted, prod, drained, abandon=abandon))
    gone, refused = retired(adopted, without(prod, "freight"), Retirement("freight", drained), HUBS)
    assert refused == []
    assert gone is not None
    assert gone.untold == HUBS
    assert "prodfreight in stfreightprodb4uime (told by its answer alone)" in gone.question


def test_a_hub_that_only_its_answer_tells_of_is_drained_too(
    adopted: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    assert any("no hub prodfreightstaging is told by the state" in one for one in reasons(adopted, prod, drained[:1]))
    drained[0].write_text(json.dumps({**json.loads(drained[0].read_text()), "running": 2}))
    assert reasons(adopted, prod, drained) == ["2 instances on prodfreight are not finished"]


def test_after_a_run_that_failed_half_way_the_same_is_said_again(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    plan = copy.deepcopy(deployed)
    for urn, one in deployed.resources.items():
        if one.name.startswith("freight") and one.type in SITES:
            del plan.resources[urn]
    assert reasons(plan, prod, drained) == []
    assert reasons(plan, prod, (), abandon=frozenset())[0].startswith(NOT_EVERY_HUB)


def test_another_applications_hub_that_cannot_be_read_may_be_in_the_same_store(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    plan = copy.deepcopy(deployed)
    site = next(one for one in plan.of_type(SITES[0]) if one.name.startswith("claims"))
    for one in site.inputs["siteConfig"]["appSettings"]:
        if one["name"] in ("TASKHUB_NAME", "AzureWebJobsStorage__accountName"):
            one["value"] = UNKNOWN
    (reason,) = reasons(plan, prod, drained)
    assert reason.startswith("the hub of claims/production, which is not going, cannot be read from the state")


def test_all_that_is_protected_of_an_application_on_a_scheduler_goes(project_root: Path, tmp_path: Path) -> None:
    """A retention policy is protected and holds no hub."""
    found = load_estate(project_root / "examples" / "durable-task-scheduler" / "environments")
    environment = next(one for one in found.environments.values() if one.protects_hubs)
    app = next(iter(environment.apps))
    hubs = [hub for hub in task_hubs(environment) if hub.app == app]
    files = tuple(answer(tmp_path, hub) for hub in hubs)
    plan = planned(environment)
    gone, refused = retired(
        plan, without(environment, app), Retirement(app, files), frozenset(hub.name for hub in hubs)
    )
    assert refused == []
    assert gone is not None
    assert {one.urn for one in plan.resources.values() if one.protect and one in gone.resources} <= gone.holders
    assert any("RetentionPolicy" in urn for urn in gone.holders)
    assert "retention" not in gone.question.lower()


def test_an_application_that_is_described_or_unknown_is_not_taken_down(
    deployed: Plan, prod: Environment, drained: tuple[Path, ...]
) -> None:
    assert "expected it to be taken out of the description first" in reasons(deployed, prod, drained, "claims")[0]
    assert "did you mean freight?" in reasons(deployed, prod, drained, "freigth")[0]
    assert retired(None, prod, Retirement("claims"), HUBS)[1] == [
        "no application 'claims' is deployed, expected one of nothing"
    ]


def test_the_answer_to_the_question_of_the_runbook_is_one_that_is_read(prod: Environment, tmp_path: Path) -> None:
    hub = next(hub for hub in task_hubs(prod) if hub.app == "freight")
    asked = open_instances(Target(prod.subscription_id, "rg", "func"), hub).query
    items = [{"RuntimeStatus": "Running"}, {"RuntimeStatus": "Pending"}, {"RuntimeStatus": "Running"}]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(jmespath.search(asked, {"items": items, "nextMarker": {}})))
    (read,) = read_answers([file], datetime.now(tz=UTC))
    assert (read.hub, read.store, read.open, read.wrong) == (hub.name, hub.store, 3, "")
