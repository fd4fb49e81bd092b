"""Microsoft.Insights: action groups, alerts on logs and on metrics."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal, unwrap
from .declaration import NameRule, ResourceType, Target

_PROVIDER = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Insights"
_TRACKED = "monitor REST specs: a TrackedResource, location create and read only, read 2026-11-22"
#: Minutes that a log alert may be asked over and asked again after: azurerm pull request 18960, read 2026-11-22.
_LOG_MINUTES = (1, 5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440)
_LOG_WINDOWS = (*_LOG_MINUTES, 2880)
#: The same for a metric alert: "Create a metric alert rule", learn.microsoft.com, read 2026-11-22.
_METRIC_EVERY = (1, 5, 15, 30, 60)
_METRIC_WINDOWS = (1, 5, 15, 30, 60, 360, 720, 1440)
#: "Azure Monitor service limits" (alerts, action groups), learn.microsoft.com, read 2026-11-22.
_LONGEST_EMAIL, _LONGEST_DESCRIPTION, _LONGEST_SHORT_NAME, _MOST_DIMENSIONS = 64, 4096, 12, 6
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def minutes_of(duration: object) -> int | None:
    """An ISO 8601 duration in minutes; None for what is none, or not of days, hours and minutes."""
    match = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes = (int(group or 0) for group in match.groups())
    return days * 1440 + hours * 60 + minutes


def _items(value: object) -> list[Any]:
    plain = reveal(value)
    return plain if isinstance(plain, list) else []


def _bad(sentence: str) -> Failure:
    return Failure("BadRequest", sentence)


def _times(
    inputs: Mapping[str, Any], windows: Collection[int | None], every: Collection[int | None]
) -> Iterator[Failure]:
    found: dict[str, int] = {}
    for name, allowed in (("windowSize", windows), ("evaluationFrequency", every)):
        given = unwrap(inputs.get(name))
        minutes = minutes_of(given)
        if isinstance(given, str) and minutes not in allowed:
            yield _bad(f"'{name}' is {given}; it can be one of {', '.join(map(str, allowed))} minutes")
        elif minutes is not None:
            found[name] = minutes
    if len(found) == 2 and found["windowSize"] < found["evaluationFrequency"]:
        yield _bad("'windowSize' is shorter than 'evaluationFrequency': what happens in between would never be seen")


def _severity(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    severity = unwrap(inputs.get("severity"))
    if isinstance(severity, int | float) and severity not in range(5):
        yield _bad(f"'severity' is {severity:g}; it can be 0 to 4")


def _check_group(inputs: Mapping[str, Any]) -> list[Failure]:
    failures = []
    short = unwrap(inputs.get("groupShortName"))
    if isinstance(short, str) and not 1 <= len(short) <= _LONGEST_SHORT_NAME:
        failures.append(_bad(f"'groupShortName' has {len(short)} characters; it can have 1 to {_LONGEST_SHORT_NAME}"))
    receivers = [one for one in _items(inputs.get("emailReceivers")) if isinstance(one, Mapping)]
    for one in receivers:
        if len(str(one.get("emailAddress", ""))) > _LONGEST_EMAIL:
            failures.append(_bad(f"an e-mail address of 'emailReceivers' has more than {_LONGEST_EMAIL} characters"))
    names = [str(one.get("name", "")).lower() for one in receivers]
    if len(set(names)) < len(names):
        failures.append(_bad("two receivers of the action group have the same name"))
    return failures


def _check_log_alert(inputs: Mapping[str, Any]) -> list[Failure]:
    failures = [*_times(inputs, _LOG_WINDOWS, _LOG_MINUTES), *_severity(inputs)]
    for name in ("windowSize", "evaluationFrequency", "severity", "criteria", "scopes"):
        if inputs.get(name) is None and unwrap(inputs.get("kind")) in (None, "LogAlert"):
            failures.append(_bad(f"'{name}' is missing; an alert of kind LogAlert has it"))
    description = unwrap(inputs.get("description"))
    if isinstance(description, str) and len(description) > _LONGEST_DESCRIPTION:
        failures.append(_bad(f"'description' has more than {_LONGEST_DESCRIPTION} characters"))
    if unwrap(inputs.get("autoMitigate")) is not False and inputs.get("muteActionsDuration") is not None:
        failures.append(_bad("'muteActionsDuration' cannot be set while 'autoMitigate' is on"))
    criteria = reveal(inputs.get("criteria"))
    for one in _items(criteria.get("allOf")) if isinstance(criteria, Mapping) else []:
        if isinstance(one, Mapping) and len(_items(one.get("dimensions"))) > _MOST_DIMENSIONS:
            failures.append(_bad(f"a condition splits by more than {_MOST_DIMENSIONS} dimensions"))
        if isinstance(one, Mapping) and one.get("timeAggregation") != "Count" and "metricMeasureColumn" not in one:
            failures.append(_bad(f"a condition that aggregates by {one.get('timeAggregation')} names no column"))
    return failures


def _check_metric_alert(inputs: Mapping[str, Any]) -> list[Failure]:
    return [*_times(inputs, _METRIC_WINDOWS, _METRIC_EVERY), *_severity(inputs)]


def _admit(transaction: Transaction, target: Target) -> None:
    for scope in _items(target.inputs.get("scopes")):
        if str(scope).count("/") > 4 and transaction.get(str(scope)) is None:
            raise Refusal(404, "ResourceNotFound", f"The scope '{scope}' of the alert was not found.")
    actions = reveal(target.inputs.get("actions"))
    groups = _items(actions.get("actionGroups")) if isinstance(actions, Mapping) else []
    if isinstance(actions, list):
        groups = [one.get("actionGroupId") for one in actions if isinstance(one, Mapping)]
    for group in groups:
        if str(group).lower().startswith(target.group_id.lower()) and transaction.get(str(group)) is None:
            raise Refusal(400, "ActionGroupNotFound", f"The action group '{group}' of the alert was not found.")


def _type(token: str, arm_type: str, api_version: str, name: str, **more: Any) -> ResourceType:
    return ResourceType(
        token=f"azure-native:monitor:{token}",
        arm_type=f"Microsoft.Insights/{arm_type}",
        api_version=api_version,
        id_form=f"{_PROVIDER}/{arm_type}/{{{name}}}",
        source="azure-rest-api-specs, monitor; names: resource-name-rules, learn.microsoft.com, read 2026-11-22",
        name_rule=NameRule(
            name,
            r"[^*#&+:<>?@%{}\\/|\x00-\x1f]{0,259}[^*#&+:<>?@%{}\\/| .\x00-\x1f]",
            "1 to 260 characters without * # & + : < > ? @ % { } \\ / |, no space or period at the end",
        ),
        replaces={"location": _TRACKED},
        **more,
    )


ACTION_GROUP = _type("ActionGroup", "actionGroups", "2024-10-01-preview", "actionGroupName", check=_check_group)
LOG_ALERT = _type(
    "ScheduledQueryRule",
    "scheduledQueryRules",
    "2025-01-01-preview",
    "ruleName",
    check=_check_log_alert,
    admit=_admit,
)
METRIC_ALERT = _type("MetricAlert", "metricAlerts", "2018-03-01", "ruleName", check=_check_metric_alert, admit=_admit)

TYPES = (ACTION_GROUP, LOG_ALERT, METRIC_ALERT)
