"""An application on a Durable Task Scheduler: its own scheduler, a hub for each slot, what it keeps, and who may work there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from environments import Environment, load_estate
from plan import UNKNOWN, Plan, Resource

SCHEDULER = "azure-native:durabletask:Scheduler"
TASK_HUB = "azure-native:durabletask:TaskHub"
POLICY = "azure-native:durabletask:RetentionPolicy"
ROLE = "azure-native:authorization:RoleAssignment"
MAY_WORK = "0ad04412-c4d5-4796-b79c-f76d14c8d402"
BLOBS, QUEUES, TABLES = (
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
)


@pytest.fixture(scope="module")
def example(project_root: Path) -> dict[str, Environment]:
    return dict(load_estate(project_root / "examples" / "durable-task-scheduler" / "environments").environments)


@pytest.fixture(scope="module")
def prod(example: dict[str, Environment], request: pytest.FixtureRequest) -> Plan:
    from tests.components.conftest import plan_of

    return plan_of(example["prod"])


def one(plan: Plan, token: str) -> Resource:
    (found,) = plan.of_type(token)
    return found


def settings(site: Resource) -> dict[str, Any]:
    return {entry["name"]: entry["value"] for entry in site.inputs["siteConfig"]["appSettings"]}


def roles(plan: Plan) -> dict[str, list[Resource]]:
    """Role assignments of applications, not of people, by the role."""
    found: dict[str, list[Resource]] = {}
    for assignment in (one for one in plan.of_type(ROLE) if one.inputs["principalType"] == "ServicePrincipal"):
        found.setdefault(assignment.inputs["roleDefinitionId"].rsplit("/", 1)[-1], []).append(assignment)
    return found


def test_the_scheduler_is_as_it_is_described(prod: Plan) -> None:
    scheduler = one(prod, SCHEDULER)
    assert scheduler.inputs["schedulerName"] == "dts-orders-prod"
    assert scheduler.inputs["properties"] == {
        "ipAllowlist": ["203.0.113.0/28"],
        "publicNetworkAccess": "Enabled",
        "sku": {"name": "Dedicated", "capacity": 3},
    }


def test_consumption_is_told_no_capacity_at_all(example: dict[str, Environment], planned: Callable[..., Plan]) -> None:
    assert one(planned(example["dev"]), SCHEDULER).inputs["properties"]["sku"] == {"name": "Consumption"}


def test_each_slot_has_a_hub_of_its_own_with_literal_names(prod: Plan) -> None:
    hubs = [(hub.inputs["schedulerName"], hub.inputs["taskHubName"]) for hub in prod.of_type(TASK_HUB)]
    assert hubs == [("dts-orders-prod", "prodorders"), ("dts-orders-prod", "prodordersstaging")]


def test_one_policy_says_how_long_every_hub_keeps_what_has_finished(prod: Plan) -> None:
    assert one(prod, POLICY).inputs["properties"]["retentionPolicies"] == [
        {"retentionPeriodInDays": 60},
        {"orchestrationState": "Completed", "retentionPeriodInDays": 30},
        {"orchestrationState": "Failed", "retentionPeriodInDays": 90},
    ]


@pytest.mark.parametrize(("environment", "protected"), [("prod", True), ("dev", False)])
def test_scheduler_hubs_and_policy_are_protected_but_in_development(
    environment: str, protected: bool, example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    plan = planned(example[environment])
    holders = [resource for token in (SCHEDULER, TASK_HUB, POLICY) for resource in plan.of_type(token)]
    assert {resource.protect for resource in holders} == {protected}


def test_the_identity_may_work_on_each_hub_and_not_on_the_scheduler(prod: Plan) -> None:
    given = roles(prod)[MAY_WORK]
    scopes = [urn for assignment in given for urn in assignment.property_dependencies["scope"]]
    assert [prod.resources[urn].type for urn in scopes] == [TASK_HUB, TASK_HUB]
    assert len({assignment.inputs["roleAssignmentName"] for assignment in given}) == 2


def test_the_store_is_left_to_the_host(prod: Plan) -> None:
    assert roles(prod).keys() >= {BLOBS}
    assert roles(prod).keys() & {QUEUES, TABLES} == set()


def test_the_endpoint_is_read_from_the_scheduler_and_never_made_up(prod: Plan) -> None:
    for token, hub in (("azure-native:web:WebApp", "prodorders"), ("azure-native:web:WebAppSlot", "prodordersstaging")):
        site = one(prod, token)
        assert settings(site)["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] is UNKNOWN
        assert settings(site)["TASKHUB_NAME"] == hub
        assert one(prod, SCHEDULER).urn in site.property_dependencies["siteConfig"]


def test_no_site_starts_before_its_hub_is_there_and_it_may_work_on_it(prod: Plan) -> None:
    site = one(prod, "azure-native:web:WebApp")
    assert {assignment.urn for assignment in roles(prod)[MAY_WORK]} <= set(site.dependencies)


def test_the_handoff_says_where_the_scheduler_is(prod: Plan) -> None:
    told = prod.outputs["handoff"]["apps"]["orders"]
    assert told["scheduler"]["name"] == "dts-orders-prod"
    assert told["task_hubs"]["staging"] == {
        "name": "prodordersstaging",
        "store": "dts-orders-prod",
        "backend": "durable-task-scheduler",
    }


def test_an_application_on_azure_storage_hears_of_no_scheduler(plans: dict[str, Plan]) -> None:
    assert not any(plan.of_type(token) for plan in plans.values() for token in (SCHEDULER, TASK_HUB, POLICY))
    assert not any("scheduler" in app for plan in plans.values() for app in plan.outputs["handoff"]["apps"].values())


def test_hubs_that_a_swap_exchanged_are_the_same_hubs(example: dict[str, Environment]) -> None:
    """Where a hub goes with its code, the description exchanges their names after a swap: no hub may be replaced for it."""
    from tests.components.conftest import plan_of

    def described(own: str, staging: str) -> dict[str, tuple[Any, Any]]:
        app = example["prod"].apps["orders"]
        slot = app.slots["staging"].model_copy(update={"hub_binding": "code", "task_hub": staging})
        hub = app.task_hub.model_copy(update={"name": own})
        changed = app.model_copy(update={"slots": {"staging": slot}, "task_hub": hub})
        plan = plan_of(example["prod"].model_copy(update={"apps": {"orders": changed}}))
        hubs = {hub.urn: (hub.inputs["taskHubName"], None) for hub in plan.of_type(TASK_HUB)}
        return hubs | {
            role.urn: (role.inputs["roleAssignmentName"], role.property_dependencies["scope"])
            for role in roles(plan)[MAY_WORK]
            if "work" in role.name
        }

    before, after = described("blue", "green"), described("green", "blue")
    assert len(before) == 4
    assert before == after
