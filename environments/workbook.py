"""The workbook of an application: what operators look at first, asked by the same queries as its alerts and pages.

Form: schema/workbook.json and the workbooks of microsoft/Application-Insights-Workbooks, read 2026-11-23. A query has no time
in it; the time range of the workbook is each query's own context.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environments import queries
from environments.alert_rules import watched_orchestrations
from environments.hubs import hub_of
from environments.model import App, Environment
from environments.names import workbook_id

VERSION = "Notebook/1.0"
SCHEMA = "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json"
_DAY_MS = 86_400_000
#: Time ranges that can be chosen: an hour, four, a day, two, a week, thirty days.
_RANGES_MS = tuple(hours * 3_600_000 for hours in (1, 4, 24, 48, 168, 720))
_WORKSPACE = "microsoft.operationalinsights/workspaces"
_IN_LOGS = 0
_MEDIUM = 0


@dataclass(frozen=True)
class Part:
    """One query of a workbook. `chart` is how it is drawn; `needs` is what the application must have for it."""

    query: str
    chart: str = "table"
    needs: str = ""


#: Under these titles, in this order.
PARTS: dict[str, tuple[Part, ...]] = {
    "Does it fail?": (Part("failures-over-time", "timechart"), Part("failures-by-cause"), Part("failed-instances")),
    "Does it stand still?": (
        Part("silent-instances", needs="orchestrations"),
        Part("over-expectation", needs="orchestrations"),
        Part("oldest-pending"),
        Part("waiting-to-start"),
    ),
    "Is it slow?": (
        Part("latency"),
        Part("throttling", "timechart"),
        Part("storage-trouble", needs="store"),
    ),
    "Who is at work?": (
        Part("is-telemetry-arriving"),
        Part("two-on-one-hub"),
        Part("versions-at-work"),
        Part("host-restarts"),
    ),
}


def has_workbooks(environment: Environment) -> bool:
    """Whether each application has one: as said, else in staging and production."""
    return environment.protects_hubs if environment.workbooks is None else environment.workbooks


def workbook_name(environment: Environment, app: str) -> str:
    """The GUID that names it in Azure."""
    return workbook_id(environment.subscription_id, environment.resource_names.resource_group, app)


def workbook_title(environment: Environment, app: str) -> str:
    """What people find it by; unique in the resource group, as Azure wants it."""
    return f"{app} in {environment.name}"


def workspace_id(environment: Environment) -> str:
    """The workspace that every query is asked of: a literal, so that a preview shows the whole workbook."""
    names = environment.resource_names
    group = f"/subscriptions/{environment.subscription_id}/resourceGroups/{names.resource_group}"
    return f"{group}/providers/Microsoft.OperationalInsights/workspaces/{names.workspace}"


def workbook_of(environment: Environment, app: str, templates: Path) -> str:
    """Its content as Azure keeps it: JSON in a text. Raises queries.QueryError."""
    content = {
        "version": VERSION,
        "items": list(_items(environment, app, templates)),
        "fallbackResourceIds": [workspace_id(environment)],
        "$schema": SCHEMA,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def parts_of(described: App) -> dict[str, tuple[Part, ...]]:
    """What of all parts there is to see of an application."""
    has = {"": True, "orchestrations": bool(described.orchestrations)}
    has["store"] = described.task_hub.backend == "azure-storage"
    return {title: tuple(part for part in parts if has[part.needs]) for title, parts in PARTS.items()}


def _items(environment: Environment, app: str, templates: Path) -> Iterator[dict[str, Any]]:
    described = environment.apps[app]
    values: dict[str, object] = {
        "hubs": [hub_of(environment, app, slot).name for slot in described.all_slots],
        "app": environment.app_names(app).function_app,
        "orchestrations": watched_orchestrations(described),
        "look_back_days": 1,
    }
    yield _text("head", _head(environment, app))
    yield _time_range()
    for title, parts in parts_of(described).items():
        yield _text(title, f"## {title}")
        for part in parts:
            asked = queries.asked(templates, part.query, values)
            yield _query(part, asked, workspace_id(environment))
            yield _text(f"{part.query} reading", f"Healthy: {asked.healthy}.")


def _head(environment: Environment, app: str) -> str:
    base = environment.runbook_url
    where = f"[Runbook of {app} in {environment.name}]({base.rstrip('/')}/{environment.name}/{app}.md)" if base else ""
    return f"# {workbook_title(environment, app)}\n\nThe queries are those of the runbook and of the alerts. {where}".rstrip()


def _text(name: str, words: str) -> dict[str, Any]:
    return {"type": 1, "content": {"json": words}, "name": name}


def _time_range() -> dict[str, Any]:
    parameter = {
        "id": "9a1f0c5e-6d2b-4e83-8f47-1b0c3d5e7a92",
        "version": "KqlParameterItem/1.0",
        "name": "TimeRange",
        "label": "Time range",
        "type": 4,
        "isRequired": True,
        "value": {"durationMs": _DAY_MS},
        "typeSettings": {"selectableValues": [{"durationMs": one} for one in _RANGES_MS]},
        "timeContext": {"durationMs": _DAY_MS},
    }
    content = {
        "version": "KqlParameterItem/1.0",
        "parameters": [parameter],
        "style": "pills",
        "queryType": _IN_LOGS,
        "resourceType": _WORKSPACE,
    }
    return {"type": 9, "content": content, "name": "time range"}


def _query(part: Part, asked: queries.Asked, workspace: str) -> dict[str, Any]:
    content = {
        "version": "KqlItem/1.0",
        "query": asked.kql,
        "size": _MEDIUM,
        "title": asked.answers,
        "noDataMessage": "No rows.",
        "timeContext": {"durationMs": _DAY_MS},
        "timeContextFromParameter": "TimeRange",
        "queryType": _IN_LOGS,
        "resourceType": _WORKSPACE,
        "crossComponentResources": [workspace],
        "visualization": part.chart,
    }
    return {"type": 3, "content": content, "name": part.query}
