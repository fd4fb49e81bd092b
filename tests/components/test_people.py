"""What people may do with an environment, and who is told what it costs. Nobody and nothing, unless the description says so."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from environments import Environment, Estate, load_estate
from environments.around import Budget, Operators
from environments.catalogue import operator_roles
from plan import Plan

DEFINITION = "azure-native:authorization:RoleDefinition"
ASSIGNMENT = "azure-native:authorization:RoleAssignment"
BUDGET = "azure-native:consumption:Budget"
LOOKING, ACTING, NIGHT = (f"{digit * 8}-98c2-4d07-a4be-1f7c0d2e9836" for digit in "abc")


@pytest.fixture
def entrusted(estate: Estate, planned: Callable[..., Plan]) -> Plan:
    people = Operators(readers=[LOOKING], operators=[ACTING, NIGHT])
    budget = Budget(monthly=1500.0, starts=date(2026, 12, 1))
    return planned(estate["prod"].model_copy(update={"operators": people, "budget": budget}))


def test_nobody_gets_a_role_and_nothing_is_budgeted_unasked(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        assert plan.of_type(DEFINITION) == plan.of_type(BUDGET) == []
        assert {one.inputs["principalType"] for one in plan.of_type(ASSIGNMENT)} == {"ServicePrincipal"}


def test_each_group_gets_its_role_on_the_resource_group_and_nowhere_else(entrusted: Plan) -> None:
    roles = {one.inputs["roleDefinitionId"]: one.inputs["roleName"] for one in entrusted.of_type(DEFINITION)}
    groups = [one for one in entrusted.of_type(ASSIGNMENT) if one.inputs["principalType"] == "Group"]
    given = {(one.inputs["principalId"], roles[one.inputs["roleDefinitionId"].rsplit("/", 1)[-1]]) for one in groups}
    assert given == {
        (LOOKING, "Durable reader of rg-meridian-prod"),
        (ACTING, "Durable operator of rg-meridian-prod"),
        (NIGHT, "Durable operator of rg-meridian-prod"),
    }
    [resource_group] = entrusted.of_type("azure-native:resources:ResourceGroup")
    for one in (*groups, *entrusted.of_type(DEFINITION)):
        assert one.property_dependencies["scope"] == (resource_group.urn,)


def test_an_assignment_goes_before_its_role_does(entrusted: Plan) -> None:
    for one in entrusted.of_type(ASSIGNMENT):
        if one.inputs["principalType"] == "Group":
            assert entrusted.of_type(DEFINITION)[0].type in {entrusted.resources[urn].type for urn in one.dependencies}


def test_whoever_looks_changes_nothing_and_sees_no_key_and_no_history() -> None:
    reader = operator_roles()["reader"]
    assert {action.rsplit("/", 1)[-1].lower() for action in reader.actions} == {"read"}
    assert reader.data_actions == ()


def test_whoever_operates_changes_no_resource_no_role_and_no_data() -> None:
    operator = operator_roles()["operator"]
    verbs = {action.rsplit("/", 1)[-1].lower() for action in (*operator.actions, *operator.data_actions)}
    assert verbs == {"read", "action"}
    assert set(operator_roles()["reader"].actions) <= set(operator.actions)
    assert len(set(operator.actions)) == len(operator.actions)
    for action in operator.actions:
        assert action.startswith("Microsoft.")
        assert not action.startswith("Microsoft.*")


def test_the_owner_is_mailed_before_the_month_costs_more_than_was_said(entrusted: Plan, estate: Estate) -> None:
    [budget] = entrusted.of_type(BUDGET)
    assert (budget.inputs["amount"], budget.inputs["timeGrain"]) == (1500, "Monthly")
    assert budget.inputs["timePeriod"] == {"startDate": "2026-12-01T00:00:00Z"}
    told = budget.inputs["notifications"]
    assert {(one["thresholdType"], one["threshold"]) for one in told.values()} == {("Actual", 80), ("Forecasted", 100)}
    assert {tuple(one["contactEmails"]) for one in told.values()} == {(estate["prod"].owner.email,)}


def test_roles_are_the_same_guids_on_every_run(estate: Estate, planned: Callable[..., Plan], entrusted: Plan) -> None:
    def ids(environment: Environment) -> list[str]:
        return [one.inputs["roleDefinitionId"] for one in planned(environment).of_type(DEFINITION)]

    again = estate["prod"].model_copy(update={"operators": Operators(readers=[LOOKING], operators=[ACTING])})
    assert ids(again) == [one.inputs["roleDefinitionId"] for one in entrusted.of_type(DEFINITION)]
    other = estate["test"].model_copy(update={"operators": Operators(readers=[LOOKING], operators=[ACTING])})
    assert set(ids(other)) & set(ids(again)) == set()


def test_on_a_scheduler_operators_get_its_own_role_on_each_hub_and_readers_none(
    project_root: Path, planned: Callable[..., Plan]
) -> None:
    described = load_estate(project_root / "examples/durable-task-scheduler/environments")["prod"]
    people = Operators(readers=[LOOKING], operators=[ACTING])
    plan = planned(described.model_copy(update={"operators": people}))
    hubs = {one.urn: one.inputs["taskHubName"] for one in plan.of_type("azure-native:durabletask:TaskHub")}
    on_hubs = [
        (one, hubs[urn])
        for one in plan.of_type(ASSIGNMENT)
        for urn in one.property_dependencies["scope"]
        if urn in hubs and one.inputs["principalType"] == "Group"
    ]
    assert sorted(hub for _, hub in on_hubs) == ["prodorders", "prodordersstaging"]
    assert {one.inputs["principalId"] for one, _ in on_hubs} == {ACTING}
    # Durable Task Data Contributor: "Azure built-in roles", learn.microsoft.com, read 2026-11-22
    assert {one.inputs["roleDefinitionId"].rsplit("/", 1)[-1] for one, _ in on_hubs} == {
        "0ad04412-c4d5-4796-b79c-f76d14c8d402"
    }
    for lock in plan.of_type("azure-native:authorization:ManagementLockByScope"):
        assert {one.urn for one, _ in on_hubs} <= set(lock.dependencies), "a lock keeps what was made after it"


def test_where_hubs_are_in_the_store_operators_need_no_role_beside_their_own(entrusted: Plan) -> None:
    [resource_group] = entrusted.of_type("azure-native:resources:ResourceGroup")
    groups = [one for one in entrusted.of_type(ASSIGNMENT) if one.inputs["principalType"] == "Group"]
    assert {one.property_dependencies["scope"] for one in groups} == {(resource_group.urn,)}
