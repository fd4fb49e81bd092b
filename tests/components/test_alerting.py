"""What the alerts of an environment are in Azure: whom they tell, what they watch, where they send people."""

from collections.abc import Callable

import pytest

from environments import Estate
from environments.alert_rules import alert_rules
from environments.around import ActionGroup, Alerts
from plan import Plan, Resource

GROUP = "azure-native:monitor:ActionGroup"
LOG_ALERT = "azure-native:monitor:ScheduledQueryRule"
METRIC_ALERT = "azure-native:monitor:MetricAlert"


def alerts_of(plan: Plan) -> list[Resource]:
    return [*plan.of_type(LOG_ALERT), *plan.of_type(METRIC_ALERT)]


def whose(plan: Plan, resource: Resource) -> str | None:
    return next((one.name for one in plan.ancestors(resource) if one.type == "hubkeeper:index:DurableApp"), None)


@pytest.mark.parametrize("name", ["test", "prod"])
def test_every_alert_of_the_description_is_registered_below_what_it_watches(
    name: str, estate: Estate, plans: dict[str, Plan]
) -> None:
    wanted = {rule.name: (rule.app, rule.severity) for rule in alert_rules(estate[name])}
    found = {
        str(one.inputs["ruleName"]): (whose(plans[name], one), one.inputs["severity"]) for one in alerts_of(plans[name])
    }
    assert found == wanted
    assert len(found) == 23


def test_development_has_none(plans: dict[str, Plan]) -> None:
    assert alerts_of(plans["dev"]) == []
    assert plans["dev"].of_type(GROUP) == []


def test_the_owner_of_the_application_is_told_and_nobody_elses(estate: Estate, plans: dict[str, Plan]) -> None:
    plan, prod = plans["prod"], estate["prod"]
    told = {
        whose(plan, group): [receiver["emailAddress"] for receiver in group.inputs["emailReceivers"]]
        for group in plan.of_type(GROUP)
    }
    assert told == {None: [prod.owner.email]} | {app: [prod.owner_of(app).email] for app in prod.apps}
    for alert in plan.of_type(LOG_ALERT):
        [group] = [one for one in plan.of_type(GROUP) if whose(plan, one) == whose(plan, alert)]
        assert group.urn in alert.property_dependencies["actions"]


def test_those_the_description_names_are_told_as_well(estate: Estate, planned: Callable[..., Plan]) -> None:
    group = "/subscriptions/x/resourceGroups/rg-night/providers/Microsoft.Insights/actionGroups/ag-night"
    told = ActionGroup(emails=["night@meridian.example"]).model_copy(update={"also": [group]})
    plan = planned(estate["prod"].model_copy(update={"alerts": Alerts(action_group=told)}))
    for one in plan.of_type(GROUP):
        assert [receiver["emailAddress"] for receiver in one.inputs["emailReceivers"]][1:] == ["night@meridian.example"]
    assert all(group in one.inputs["actions"]["actionGroups"] for one in plan.of_type(LOG_ALERT))
    assert all(group in [told["actionGroupId"] for told in one.inputs["actions"]] for one in plan.of_type(METRIC_ALERT))


def test_logs_are_asked_of_the_workspace_and_metrics_of_the_applications_own_store(plans: dict[str, Plan]) -> None:
    plan = plans["prod"]
    [workspace] = plan.of_type("azure-native:operationalinsights:Workspace")
    for alert in plan.of_type(LOG_ALERT):
        assert alert.property_dependencies["scopes"] == (workspace.urn,)
    assert len(plan.of_type(METRIC_ALERT)) == 3
    for alert in plan.of_type(METRIC_ALERT):
        [store] = [
            one for one in plan.of_type("azure-native:storage:StorageAccount") if whose(plan, one) == whose(plan, alert)
        ]
        assert alert.property_dependencies["scopes"] == (store.urn,)
        [condition] = alert.inputs["criteria"]["allOf"]
        assert (condition["metricName"], condition["timeAggregation"]) == ("Transactions", "Total")


def test_an_alert_asks_about_the_hub_of_production_and_no_other_application(plans: dict[str, Plan]) -> None:
    [alert] = [one for one in plans["prod"].of_type(LOG_ALERT) if one.name == "freight-failed-orchestrations"]
    [condition] = alert.inputs["criteria"]["allOf"]
    assert 'hub in~ ("prodfreight")' in condition["query"]
    assert (condition["metricMeasureColumn"], condition["timeAggregation"], condition["operator"]) == (
        "failures",
        "Total",
        "GreaterThan",
    )
    assert condition["dimensions"] == [
        {"name": "what", "operator": "Include", "values": ["Orchestrator"]},
        {"name": "name", "operator": "Include", "values": ["*"]},
    ]
    assert (alert.inputs["windowSize"], alert.inputs["evaluationFrequency"]) == ("PT30M", "PT15M")


def test_silence_is_told_of_when_no_row_comes(plans: dict[str, Plan]) -> None:
    [alert] = [one for one in plans["prod"].of_type(LOG_ALERT) if one.name == "claims-no-telemetry"]
    [condition] = alert.inputs["criteria"]["allOf"]
    assert (condition["timeAggregation"], condition["operator"], condition["threshold"]) == ("Count", "LessThan", 1)
    assert "metricMeasureColumn" not in condition


def test_whoever_is_told_gets_the_page_of_the_runbook(estate: Estate, planned: Callable[..., Plan]) -> None:
    base = "https://wiki.meridian.example/runbooks"
    plan = planned(estate["prod"].model_copy(update={"runbook_url": base}))
    for alert in plan.of_type(LOG_ALERT):
        page = alert.inputs["actions"]["customProperties"]["runbook"]
        assert page.startswith(f"{base}/prod/alerts/")
        assert alert.inputs["description"].endswith(f"Runbook: {page}")
