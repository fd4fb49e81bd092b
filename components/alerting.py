"""Alerting: an action group, and the alerts on logs and on metrics that it is told of. Queries come in finished."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import monitor


class AlertSplit(TypedDict):
    """A column of the query whose values get an alert each."""

    column: str
    """Name of the column."""
    values: list[str]
    """The values that count; a single `*` means every one."""


class LogAlertArgs(TypedDict):
    """An alert that asks a question to the workspace."""

    name: str
    """Name of the alert rule; its last part also ends the logical name."""
    slug: str
    """What the alert is called in the catalogue; ends the logical name."""
    title: str
    """What people see in a list of alerts."""
    description: str
    """What has happened when it speaks, and where the runbook says what to do."""
    severity: int
    """0 (critical) to 4."""
    query: str
    """KQL, filled in."""
    measure: NotRequired[str]
    """The column that counts; without it the rows are counted."""
    aggregation: str
    """Count, Maximum or Total."""
    below: bool
    """Whether it speaks below its threshold; else above."""
    threshold: float
    """What the number is held against."""
    window: str
    """The time the question is asked of, in ISO 8601."""
    every: str
    """How often it is asked, in ISO 8601."""
    split: list[AlertSplit]
    """The columns that make an alert of their own for each value."""
    properties: dict[str, str]
    """What is handed on to whoever is told: environment, application, the runbook's page."""


class MetricAlertArgs(TypedDict):
    """An alert on a metric of one resource."""

    name: str
    """Name of the alert rule."""
    slug: str
    """What the alert is called in the catalogue; ends the logical name."""
    description: str
    """What has happened when it speaks, and where the runbook says what to do."""
    severity: int
    """0 (critical) to 4."""
    resource_id: pulumi.Input[str]
    """Id of what is watched."""
    namespace: str
    """Namespace of the metric: the resource's type."""
    metric: str
    """Name of the metric."""
    dimension: NotRequired[str]
    """Dimension whose values are picked; all of the metric counts when not given."""
    values: NotRequired[list[str]]
    """The values that count."""
    aggregation: str
    """How the values within the window become one: Total, Average, Minimum or Maximum."""
    threshold: float
    """What that one must exceed."""
    window: str
    """The time that is looked at, in ISO 8601."""
    every: str
    """How often, in ISO 8601."""
    properties: dict[str, str]
    """What is handed on to whoever is told."""


class AlertingArgs(TypedDict):
    """What the alerting of one application, or of the environment, needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    workspace_id: pulumi.Input[str]
    """Id of the workspace that questions are asked to."""
    action_group_name: str
    """Name of the action group."""
    action_group_short_name: str
    """At most 12 characters; what text messages and mails begin with."""
    emails: list[str]
    """Who is mailed."""
    further_action_groups: list[str]
    """Ids of action groups that are there already and are told as well."""
    log_alerts: list[LogAlertArgs]
    """Alerts that ask the workspace."""
    metric_alerts: list[MetricAlertArgs]
    """Alerts on metrics."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class Alerting(pulumi.ComponentResource):
    """Alerts that resolve by themselves when what they saw is over, and never more than one for the same thing."""

    action_group_id: pulumi.Output[str]
    """Azure's id of the action group, for what else should tell the same people."""

    def __init__(self, name: str, args: AlertingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Alerting", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        self.action_group = monitor.ActionGroup(
            f"{name}-told",
            action_group_name=args["action_group_name"],
            resource_group_name=args["resource_group_name"],
            location="global",
            enabled=True,
            group_short_name=args["action_group_short_name"],
            email_receivers=[
                {"name": email, "email_address": email, "use_common_alert_schema": True} for email in args["emails"]
            ],
            tags=args["tags"],
            opts=child,
        )
        self.action_group_id = self.action_group.id
        told: list[pulumi.Input[str]] = [self.action_group.id, *args["further_action_groups"]]
        self.log_alerts = [self._log_alert(name, args, one, told) for one in args["log_alerts"]]
        self.metric_alerts = [self._metric_alert(name, args, one, told) for one in args["metric_alerts"]]
        self.register_outputs({"action_group_id": self.action_group_id})

    def _log_alert(
        self, name: str, args: AlertingArgs, one: LogAlertArgs, told: list[pulumi.Input[str]]
    ) -> monitor.ScheduledQueryRule:
        condition: monitor.ConditionArgsDict = {
            "query": one["query"],
            "time_aggregation": one["aggregation"],
            # Not monitor.ConditionOperator: the SDK has two enums of that name and keeps the other one ("gt", "lt"),
            # which belongs to another service and which Azure refuses in an alert.
            "operator": "LessThan" if one["below"] else "GreaterThan",
            "threshold": one["threshold"],
            "dimensions": [
                {"name": split["column"], "operator": monitor.DimensionOperator.INCLUDE, "values": split["values"]}
                for split in one["split"]
            ],
            "failing_periods": {"number_of_evaluation_periods": 1, "min_failing_periods_to_alert": 1},
        }
        if "measure" in one:
            condition["metric_measure_column"] = one["measure"]
        return monitor.ScheduledQueryRule(
            f"{name}-{one['slug']}",
            rule_name=one["name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind=monitor.Kind.LOG_ALERT,
            display_name=one["title"],
            description=one["description"],
            severity=one["severity"],
            enabled=True,
            auto_mitigate=True,
            scopes=[args["workspace_id"]],
            window_size=one["window"],
            evaluation_frequency=one["every"],
            criteria={"all_of": [condition]},
            actions={"action_groups": told, "custom_properties": one["properties"]},
            # A table that nothing was ever written to does not exist yet, and a new workspace has none of them.
            skip_query_validation=True,
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _metric_alert(
        self, name: str, args: AlertingArgs, one: MetricAlertArgs, told: list[pulumi.Input[str]]
    ) -> monitor.MetricAlert:
        picked = (
            [monitor.MetricDimensionArgs(name=one["dimension"], operator="Include", values=list(one["values"]))]
            if "dimension" in one and "values" in one
            else None
        )
        return monitor.MetricAlert(
            f"{name}-{one['slug']}",
            rule_name=one["name"],
            resource_group_name=args["resource_group_name"],
            location="global",
            description=one["description"],
            severity=one["severity"],
            enabled=True,
            auto_mitigate=True,
            scopes=[one["resource_id"]],
            window_size=one["window"],
            evaluation_frequency=one["every"],
            # A class and no dictionary: where an input is one of several types, the SDK does not translate a dictionary's keys.
            criteria=monitor.MetricAlertSingleResourceMultipleMetricCriteriaArgs(
                odata_type="Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                all_of=[
                    monitor.MetricCriteriaArgs(
                        name=one["metric"],
                        criterion_type="StaticThresholdCriterion",
                        metric_namespace=one["namespace"],
                        metric_name=one["metric"],
                        time_aggregation=one["aggregation"],
                        operator=monitor.Operator.GREATER_THAN,
                        threshold=one["threshold"],
                        dimensions=picked,
                    )
                ],
            ),
            actions=[{"action_group_id": group, "web_hook_properties": one["properties"]} for group in told],
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )
