"""Action groups, alerts, diagnostic settings and locks, as Azure takes or refuses them."""

from typing import Any

import pytest

from tests.local_azure.driver import Caller, Created, Refused
from tests.local_azure.estate import GROUP, LOCATION, Estate

NOBODY: dict[str, Any] = {
    "resourceGroupName": GROUP,
    "actionGroupName": "ag-dev",
    "location": "global",
    "enabled": True,
    "groupShortName": "dev",
    "emailReceivers": [{"name": "owner", "emailAddress": "owner@meridian.example"}],
}


def log_alert(scope: str, group: str, **over: Any) -> dict[str, Any]:
    condition = {"query": "AppTraces", "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}
    return {
        "resourceGroupName": GROUP,
        "ruleName": "alert-dev",
        "location": LOCATION,
        "scopes": [scope],
        "severity": 1,
        "windowSize": "PT30M",
        "evaluationFrequency": "PT15M",
        "criteria": {"allOf": [condition]},
        "actions": {"actionGroups": [group]},
    } | over


@pytest.fixture
def workspace(caller: Caller, estate: Estate) -> Created:
    inputs = {"resourceGroupName": GROUP, "workspaceName": "log-dev", "location": LOCATION}
    return caller.create("operationalinsights:Workspace", inputs, "workspace")


def test_an_alert_on_a_workspace_tells_a_group(caller: Caller, workspace: Created) -> None:
    group = caller.create("monitor:ActionGroup", NOBODY)
    made = caller.create("monitor:ScheduledQueryRule", log_alert(workspace.id, group.id))
    assert made.id.endswith("/providers/Microsoft.Insights/scheduledQueryRules/alert-dev")
    assert made.outputs["severity"] == 1
    assert group.outputs["location"] == "global"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"windowSize": "P3D"}, "'windowSize' is P3D; it can be one of"),
        ({"evaluationFrequency": "PT20M"}, "'evaluationFrequency' is PT20M; it can be one of"),
        ({"windowSize": "PT5M"}, "'windowSize' is shorter than 'evaluationFrequency'"),
        ({"severity": 5}, "'severity' is 5; it can be 0 to 4"),
        ({"severity": None}, "'severity' is missing"),
        ({"description": "x" * 4097}, "'description' has more than 4096 characters"),
        ({"muteActionsDuration": "PT1H"}, "'muteActionsDuration' cannot be set while 'autoMitigate' is on"),
        ({"criteria": {"allOf": [{"query": "T", "timeAggregation": "Total"}]}}, "aggregates by Total names no column"),
        (
            {"criteria": {"allOf": [{"query": "T", "operator": "gt"}]}},
            "'gt' of 'criteria.allOf[0].operator' is not one of E",
        ),
    ],
)
def test_an_alert_that_azure_refuses_is_refused_at_preview(
    caller: Caller, change: dict[str, Any], sentence: str
) -> None:
    reasons = caller.check("monitor:ScheduledQueryRule", log_alert("/x", "/y", **change))
    assert len(reasons) == 1
    assert sentence in reasons[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"groupShortName": "thirteen-long"}, "'groupShortName' has 13 characters; it can have 1 to 12"),
        ({"emailReceivers": [{"name": "a", "emailAddress": "a" * 60 + "@x.de"}]}, "more than 64 characters"),
        ({"emailReceivers": [{"name": n, "emailAddress": "a@x.de"} for n in "aA"]}, "the same name"),
        ({"actionGroupId": "x"}, "'actionGroupId' is not a property of ActionGroup"),
    ],
)
def test_an_action_group_that_azure_refuses_is_refused_at_preview(
    caller: Caller, change: dict[str, Any], sentence: str
) -> None:
    reasons = caller.check("monitor:ActionGroup", NOBODY | change)
    assert len(reasons) == 1
    assert sentence in reasons[0]


def test_an_alert_wants_what_it_watches_and_whom_it_tells(caller: Caller, workspace: Created) -> None:
    nobody = f"{workspace.id.split('/providers/')[0]}/providers/Microsoft.Insights/actionGroups/ag-none"
    with pytest.raises(Refused, match="ActionGroupNotFound"):
        caller.create("monitor:ScheduledQueryRule", log_alert(workspace.id, nobody))
    with pytest.raises(Refused, match="ResourceNotFound"):
        caller.create("monitor:ScheduledQueryRule", log_alert(f"{workspace.id}x", nobody))


def setting(resource: str, workspace: str, category: str, **over: Any) -> dict[str, Any]:
    logs = [{"category": category, "enabled": True}]
    return {"resourceUri": resource, "name": "audit", "workspaceId": workspace, "logs": logs} | over


def test_a_resource_writes_a_category_into_a_workspace_once(caller: Caller, estate: Estate, workspace: Created) -> None:
    tables = f"{estate.store.id}/tableServices/default"
    caller.create("monitor:DiagnosticSetting", setting(tables, workspace.id, "StorageDelete"))
    again = setting(tables, workspace.id, "StorageDelete", name="other")
    with pytest.raises(Refused, match=r"Data sink '.*' is already used in diagnostic setting 'audit'"):
        caller.create("monitor:DiagnosticSetting", again, "again")
    caller.create("monitor:DiagnosticSetting", setting(tables, workspace.id, "StorageRead", name="other"), "other")


def test_a_category_that_the_resource_does_not_have_is_refused(
    caller: Caller, estate: Estate, workspace: Created
) -> None:
    with pytest.raises(Refused, match="Category 'StorageDelete' is not supported"):
        caller.create("monitor:DiagnosticSetting", setting(estate.store.id, workspace.id, "StorageDelete"))
    with pytest.raises(Refused, match="ResourceNotFound"):
        caller.create("monitor:DiagnosticSetting", setting(f"{estate.store.id}x", workspace.id, "allLogs"))


def test_a_setting_without_a_destination_is_refused_at_preview(caller: Caller) -> None:
    inputs = setting("/subscriptions/x", "", "allLogs")
    del inputs["workspaceId"]
    assert "no destination" in caller.check("monitor:DiagnosticSetting", inputs)[0]


def lock(caller: Caller, scope: str) -> Created:
    inputs = {"scope": scope, "lockName": "hubs", "level": "CanNotDelete"}
    return caller.create("authorization:ManagementLockByScope", inputs, "lock")


def test_what_is_locked_is_deleted_by_nobody_until_the_lock_is_gone(caller: Caller, estate: Estate) -> None:
    store = estate.store
    held = lock(caller, store.id)
    with pytest.raises(Refused, match=r"ScopeLocked.*cannot perform delete operation"):
        caller.delete(store)
    caller.delete(held)
    caller.delete(store)
    assert caller.read(store) is None


def test_a_lock_holds_role_assignments_too_and_lets_new_ones_in(caller: Caller, estate: Estate) -> None:
    first = estate.assignment("11111111-1111-4111-8111-111111111111")
    lock(caller, estate.store.id)
    with pytest.raises(Refused, match="ScopeLocked"):
        caller.delete(first)
    estate.assignment("22222222-2222-4222-8222-222222222222", role="974c5e8b-45b9-4653-ba55-5f855dd0fb88")


def test_a_locked_store_is_updated_as_before(caller: Caller, estate: Estate) -> None:
    lock(caller, estate.store.id)
    updated = caller.update(estate.store, estate.store.inputs | {"tags": {"owner": "claims"}})
    assert updated.outputs["tags"] == {"owner": "claims"}


def role(caller: Caller, scope: str, name: str = "Durable reader", guid: str = "3" * 8) -> Created:
    inputs = {
        "scope": scope,
        "roleDefinitionId": f"{guid}-3333-4333-8333-333333333333",
        "roleName": name,
        "assignableScopes": [scope],
        "permissions": [{"actions": ["Microsoft.Web/sites/read"]}],
    }
    return caller.create("authorization:RoleDefinition", inputs, guid)


def test_a_role_of_the_same_name_is_there_once_in_a_directory(caller: Caller, estate: Estate) -> None:
    role(caller, estate.store.id)
    with pytest.raises(Refused, match="RoleDefinitionWithSameNameExists"):
        role(caller, estate.store.id, guid="4" * 8)
    role(caller, estate.store.id, name="Durable operator", guid="5" * 8)


def test_a_role_that_somebody_has_cannot_be_deleted(caller: Caller, estate: Estate) -> None:
    made = role(caller, estate.store.id)
    given = estate.assignment("66666666-6666-4666-8666-666666666666", role=made.id.rsplit("/", 1)[-1])
    with pytest.raises(Refused, match="RoleDefinitionHasAssignments"):
        caller.delete(made)
    caller.delete(given)
    caller.delete(made)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"timePeriod": {"startDate": "2026-12-02T00:00:00Z"}}, "it can be the first day of a month"),
        ({"amount": 0}, "'amount' is 0; it can be above 0"),
        (
            {"notifications": {"a": {"enabled": True, "operator": "EqualTo", "threshold": 1, "contactEmails": []}}},
            "'a' tells nobody",
        ),
    ],
)
def test_a_budget_that_azure_refuses_is_refused_at_preview(
    caller: Caller, change: dict[str, Any], sentence: str
) -> None:
    budget = {
        "scope": "/subscriptions/x",
        "budgetName": "month",
        "amount": 100,
        "category": "Cost",
        "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
    }
    assert caller.check("consumption:Budget", budget) == []
    reasons = caller.check("consumption:Budget", budget | change)
    assert len(reasons) == 1
    assert sentence in reasons[0]


WORKBOOK: dict[str, Any] = {
    "resourceGroupName": GROUP,
    "resourceName": "6dc655d8-53f2-5dc8-b4e3-eaa4a30fd409",
    "location": LOCATION,
    "kind": "shared",
    "category": "workbook",
    "displayName": "claims in dev",
    "serializedData": '{"version": "Notebook/1.0", "items": []}',
}


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"resourceName": "claims"}, "the name of a workbook is a UUID"),
        ({"serializedData": "{items"}, "'serializedData' is not a valid JSON object"),
        ({"kind": "user"}, "'kind' is not one of shared"),
    ],
)
def test_a_workbook_that_cannot_be_is_refused_at_preview(estate: Estate, over: dict[str, Any], says: str) -> None:
    assert estate.caller.check("applicationinsights:Workbook", WORKBOOK) == []
    (refused,) = estate.caller.check("applicationinsights:Workbook", WORKBOOK | over)
    assert says in refused


def test_two_workbooks_of_a_group_have_two_titles(estate: Estate) -> None:
    first = estate.caller.create("applicationinsights:Workbook", WORKBOOK, "first")
    other = WORKBOOK | {"resourceName": "5cb3be59-ac55-5ac9-8bab-bcfce5a2b2cd"}
    with pytest.raises(Refused, match="A workbook with the name 'claims in dev' already exists"):
        estate.caller.create("applicationinsights:Workbook", other, "second")
    assert estate.caller.create("applicationinsights:Workbook", other | {"displayName": "freight in dev"}, "second").id
    assert estate.caller.update(first, WORKBOOK | {"serializedData": "{}"}).outputs["displayName"] == "claims in dev"
