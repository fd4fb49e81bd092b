"""Turns what the description says about alerts and workbooks into components: whom they tell, what they ask, where they lead."""

from datetime import timedelta
from pathlib import Path

import pulumi

from components.alerting import Alerting, AlertingArgs, LogAlertArgs, MetricAlertArgs
from components.durable_app import DurableApp
from components.telemetry import Telemetry
from components.workbook import Workbook
from environments import Environment, names, queries
from environments.alert_rules import AlertRule, alert_rules
from environments.alerts import DatabaseMetric, Question, StoreMetric
from environments.workbook import has_workbooks, workbook_name, workbook_of, workbook_title


def watch(
    environment: Environment,
    group_name: pulumi.Input[str],
    telemetry: Telemetry,
    apps: dict[str, DurableApp],
    templates: Path,
    opts: pulumi.ResourceOptions,
) -> dict[str | None, Alerting]:
    """The alerts of the environment (None) and of each application, below its component. Empty where none are wanted."""
    rules = alert_rules(environment)
    made: dict[str | None, Alerting] = {}
    for app in dict.fromkeys(rule.app for rule in rules):
        own = [rule for rule in rules if rule.app == app]
        args: AlertingArgs = {
            "resource_group_name": group_name,
            "location": environment.location,
            "workspace_id": telemetry.workspace_id,
            "action_group_name": names.action_group_name(environment.organization, environment.name, app),
            "action_group_short_name": environment.name,
            "emails": list(environment.told_of(app)),
            "further_action_groups": list(environment.alerts.action_group.also),
            "log_alerts": [_log_alert(rule, templates) for rule in own if isinstance(rule.alert.signal, Question)],
            "metric_alerts": [
                _metric_alert(rule, apps[rule.app])
                for rule in own
                if rule.app and isinstance(rule.alert.signal, StoreMetric | DatabaseMetric)
            ],
            "tags": environment.tags_of(app),
        }
        below = pulumi.ResourceOptions(parent=apps[app]) if app else opts
        made[app] = Alerting(app or "environment", args, below)
    return made


def survey(
    environment: Environment,
    group_name: pulumi.Input[str],
    telemetry: Telemetry,
    apps: dict[str, DurableApp],
    templates: Path,
) -> None:
    """The workbook of each application, below it, where the environment has them."""
    for name in environment.apps if has_workbooks(environment) else ():
        Workbook(
            name,
            {
                "resource_group_name": group_name,
                "location": environment.location,
                "workbook_name": workbook_name(environment, name),
                "title": workbook_title(environment, name),
                "content": workbook_of(environment, name, templates),
                "application_insights_id": telemetry.application_insights_id,
                "tags": environment.tags_of(name),
            },
            pulumi.ResourceOptions(parent=apps[name]),
        )


def _log_alert(rule: AlertRule, templates: Path) -> LogAlertArgs:
    signal = rule.alert.signal
    assert isinstance(signal, Question)
    args: LogAlertArgs = {
        "name": rule.name,
        "slug": rule.alert.slug,
        "title": f"{_whose(rule)}: {rule.alert.title}",
        "description": _description(rule),
        "severity": rule.severity,
        "query": queries.filled(templates, signal.query, rule.values),
        "aggregation": signal.aggregation,
        "below": rule.alert.speaks == "below",
        "threshold": rule.threshold,
        "window": iso(rule.alert.window),
        "every": iso(rule.alert.every),
        "split": [{"column": column, "values": list(values)} for column, values in signal.split],
        "properties": _properties(rule),
    }
    if signal.measure:
        args["measure"] = signal.measure
    return args


def _metric_alert(rule: AlertRule, app: DurableApp) -> MetricAlertArgs:
    signal = rule.alert.signal
    assert isinstance(signal, StoreMetric | DatabaseMetric)
    args: MetricAlertArgs = {
        "name": rule.name,
        "slug": rule.alert.slug,
        "description": _description(rule),
        "severity": rule.severity,
        "resource_id": app.store.account_id,
        "namespace": "Microsoft.Storage/storageAccounts",
        "metric": signal.name,
        "aggregation": "Total",
        "threshold": rule.threshold,
        "window": iso(rule.alert.window),
        "every": iso(rule.alert.every),
        "properties": _properties(rule),
    }
    if isinstance(signal, StoreMetric):
        args["dimension"] = signal.dimension
        args["values"] = list(signal.values)
    elif app.database is not None:
        args["resource_id"] = app.database.database_ids["production"]
        args["namespace"] = "Microsoft.Sql/servers/databases"
        args["aggregation"] = signal.aggregation
    return args


def iso(duration: timedelta) -> str:
    """A duration as Azure writes it: PT15M, PT1H, P2D."""
    minutes = int(duration.total_seconds()) // 60
    if minutes % 1440 == 0:
        return f"P{minutes // 1440}D"
    return f"PT{minutes // 60}H" if minutes % 60 == 0 else f"PT{minutes}M"


def _whose(rule: AlertRule) -> str:
    return f"{rule.environment}/{rule.app}" if rule.app else rule.environment


def _description(rule: AlertRule) -> str:
    page = f" Runbook: {rule.page}" if rule.page else ""
    return f"{_whose(rule)}: {rule.alert.tells} {rule.alert.harm}{page}"


def _properties(rule: AlertRule) -> dict[str, str]:
    known = {"environment": rule.environment, "application": rule.app, "alert": rule.alert.slug, "runbook": rule.page}
    return {key: value for key, value in known.items() if value}
