"""Alerts, logs, locks, people's roles, callers and a budget, from nothing to up and down again on the real engine."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from plan import Plan, differences
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

GROUP = "c0ffee00-98c2-4d07-a4be-1f7c0d2e9836"
AROUND = {
    "azure-native:authorization:ManagementLockByScope": 1,
    "azure-native:authorization:RoleDefinition": 1,
    "azure-native:consumption:Budget": 1,
    "azure-native:monitor:ActionGroup": 2,
    "azure-native:monitor:DiagnosticSetting": 3,
    "azure-native:monitor:MetricAlert": 1,
    "azure-native:monitor:ScheduledQueryRule": 7,
    "azure-native:web:WebAppAuthSettingsV2": 1,
    "azure-native:web:WebAppAuthSettingsV2Slot": 1,
}


def surround(it: dict[str, Any]) -> None:
    """Everything that development does without, unless it asks for it."""
    it["alerts"] = {"enabled": True}
    it["telemetry"]["diagnostics"] = "audit"
    it["operators"] = {"operators": [GROUP]}
    it["budget"] = {"monthly": 100.0, "starts": "2026-12-01"}
    it["apps"]["claims"]["store"] = {"lock": True}
    it["apps"]["claims"]["access"] = {
        "authentication": {"client_id": GROUP},
        "allowed_addresses": ["203.0.113.7"],
        "front_door_id": GROUP,
    }


@dataclass(frozen=True)
class Story:
    """What happened to one project, in order."""

    up: Answer
    in_azure: list[tuple[str, str]]
    exported: dict[str, Any]
    recorded: dict[str, Any]
    again: Answer
    refused: Answer
    untouched: list[tuple[str, str]]
    destroyed: Answer
    left: list[tuple[str, str]]


@pytest.fixture(scope="module")
def story(new_project: Callable[..., Workbench]) -> Story:
    bench = new_project(apps=("claims",))
    bench.describe("dev", surround)
    up = bench.run("up", "dev", "--local", "--yes")
    assert up.code == 0, up.out + up.err
    in_azure = bench.in_azure()
    exported = json.loads(bench.pulumi("stack", "export", "--stack", "dev").out)
    recorded = json.loads(bench.run("plan", "dev").out)
    again = bench.run("up", "dev", "--local", "--yes")
    bench.describe("dev", lambda it: it["apps"]["claims"].update(names={"identity": "id-claims-anew"}))
    refused = bench.run("up", "dev", "--local", "--yes")
    untouched = bench.in_azure()
    destroyed = bench.run("destroy", "dev", "--local", "--yes")
    return Story(up, in_azure, exported, recorded, again, refused, untouched, destroyed, bench.in_azure())


def type_of(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def test_everything_around_the_application_comes_up(story: Story) -> None:
    made = [type_of(urn) for urn, _ in story.in_azure]
    assert {kind: made.count(kind) for kind in AROUND} == AROUND


def test_another_up_finds_nothing_to_do(story: Story) -> None:
    assert story.again.code == 0, story.again.err
    assert "create" not in story.again.summary
    assert "update" not in story.again.summary


def test_what_is_recorded_of_it_is_what_the_engine_registered(story: Story) -> None:
    assert differences(Plan.from_deployment(story.recorded), Plan.from_deployment(story.exported)) == []


def test_another_identity_is_refused_before_it_fails_half_way_at_the_lock(story: Story) -> None:
    assert story.refused.code == 1
    told = [line for line in story.refused.err.splitlines() if "below the lock" in line]
    assert [line.split()[2] for line in told] == ["claims-blobs", "claims-queues", "claims-tables"]
    assert story.untouched == story.in_azure


def test_down_again_the_lock_goes_before_what_it_holds_and_nothing_is_left(story: Story) -> None:
    assert story.destroyed.code == 0, story.destroyed.out + story.destroyed.err
    assert story.left == []
