"""The workbook of an application: in the form that is published, with the queries of the pages, and of what there is."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from environments import Environment, Estate, load_estate
from environments.workbook import PARTS, parts_of, workbook_name, workbook_of, workspace_id
from hubkeeper.runbook.jinja_pages import Templates
from hubkeeper.runbook.queries import QUERIES, split

#: What schema/workbook.json of microsoft/Application-Insights-Workbooks (2023, read 2026-11-23) says of the kinds of item used
#: here, and what every workbook there has beside: the published schema leaves the content of queries and parameters open.
ITEM = {
    "type": "object",
    "required": ["type", "content", "name"],
    "properties": {"type": {"enum": [1, 3, 9]}, "name": {"type": "string"}, "content": {"type": "object"}},
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"type": {"const": 1}}},
            "then": {"properties": {"content": {"required": ["json"], "properties": {"json": {"type": "string"}}}}},
        },
        {
            "if": {"properties": {"type": {"const": 3}}},
            "then": {
                "properties": {
                    "content": {
                        "required": ["version", "query", "size", "queryType", "resourceType"],
                        "properties": {
                            "version": {"const": "KqlItem/1.0"},
                            "query": {"type": "string", "minLength": 1},
                            "size": {"enum": [0, 1, 2, 3, 4]},
                            "title": {"type": "string"},
                            "noDataMessage": {"type": "string"},
                            "timeContext": {
                                "required": ["durationMs"],
                                "properties": {"durationMs": {"type": "integer"}},
                            },
                            "timeContextFromParameter": {"type": "string"},
                            "queryType": {"const": 0},
                            "resourceType": {"const": "microsoft.operationalinsights/workspaces"},
                            "crossComponentResources": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                            "visualization": {"enum": ["table", "timechart", "barchart", "piechart", "tiles"]},
                        },
                        "additionalProperties": False,
                    }
                }
            },
        },
        {
            "if": {"properties": {"type": {"const": 9}}},
            "then": {
                "properties": {
                    "content": {
                        "required": ["version", "parameters"],
                        "properties": {
                            "version": {"pattern": "^KqlParameterItem/"},
                            "parameters": {
                                "items": {
                                    "required": ["id", "version", "name", "type"],
                                    "properties": {"type": {"type": "integer"}, "name": {"pattern": "^[A-Za-z]+$"}},
                                }
                            },
                        },
                    }
                }
            },
        },
    ],
}
WORKBOOK = {
    "type": "object",
    "required": ["version", "items"],
    "properties": {
        "version": {"const": "Notebook/1.0"},
        "items": {"type": "array", "items": ITEM, "minItems": 1},
        "fallbackResourceIds": {"type": "array", "items": {"type": "string"}},
        "$schema": {
            "const": "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json"
        },
    },
    "additionalProperties": False,
}
EVERY_APP = [(name, app) for name in ("dev", "test", "prod") for app in ("claims", "freight", "genomics")]


@pytest.fixture(scope="module")
def shipped(project_root: Path) -> Estate:
    return load_estate(project_root / "environments")


def content_of(environment: Environment, app: str, project_root: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(workbook_of(environment, app, project_root / "templates"))
    return content


def asked_in(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["name"]: item["content"] for item in content["items"] if item["type"] == 3}


@pytest.mark.parametrize(("name", "app"), EVERY_APP)
def test_it_has_the_published_form(name: str, app: str, shipped: Estate, project_root: Path) -> None:
    content = content_of(shipped[name], app, project_root)
    Draft202012Validator.check_schema(WORKBOOK)
    assert [error.message for error in Draft202012Validator(WORKBOOK).iter_errors(content)] == []
    names = [item["name"] for item in content["items"]]
    assert len(set(names)) == len(names)
    parameters = {
        one["name"] for item in content["items"] if item["type"] == 9 for one in item["content"]["parameters"]
    }
    assert {one["timeContextFromParameter"] for one in asked_in(content).values()} == parameters


@pytest.mark.parametrize(("name", "app"), EVERY_APP)
def test_it_asks_what_the_pages_ask(name: str, app: str, shipped: Estate, project_root: Path) -> None:
    environment = shipped[name]
    fill = Templates(project_root).fill
    asked = asked_in(content_of(environment, app, project_root))
    wanted = [part.query for parts in parts_of(environment.apps[app]).values() for part in parts]
    assert list(asked) == wanted
    assert set(wanted) <= set(QUERIES)
    hubs = [hub for hub in ("production", "staging") if hub == "production" or hub in environment.apps[app].slots]
    for query, content in asked.items():
        if query in ("silent-instances", "over-expectation"):
            continue  # filled with the limits that alerts have, see below
        values: dict[str, object] = {
            "hubs": [f"{name}{app}{'' if hub == 'production' else hub}" for hub in hubs],
            "app": environment.app_names(app).function_app,
        }
        header, text = split(fill(f"queries/{query}.kql", values), query)
        assert content["query"] == text
        assert content["title"] == header.single["answers"]


def test_its_limits_are_those_of_the_alerts(shipped: Estate, project_root: Path) -> None:
    asked = asked_in(content_of(shipped["prod"], "freight", project_root))
    assert '"bookshipment", time(720s)' in asked["silent-instances"]["query"]
    assert '"bookshipment", time(7200s)' in asked["over-expectation"]["query"]


def test_every_query_goes_to_the_workspace_of_the_environment_and_has_no_time_of_its_own(
    shipped: Estate, project_root: Path
) -> None:
    for content in asked_in(content_of(shipped["prod"], "claims", project_root)).values():
        assert content["crossComponentResources"] == [workspace_id(shipped["prod"])]
        assert "ago(" not in content["query"]


def test_what_an_application_has_not_is_not_asked_for(project_root: Path) -> None:
    described = load_estate(project_root / "examples/durable-task-scheduler/environments")["prod"]
    without = described.apps["orders"].model_copy(update={"orchestrations": {}})
    shown = {part.query for parts in parts_of(without).values() for part in parts}
    everything = {part.query for parts in PARTS.values() for part in parts}
    assert everything - shown == {"storage-trouble", "silent-instances", "over-expectation"}


def test_its_name_stays_the_same_for_ever(shipped: Estate) -> None:
    """Another GUID is another workbook, and the link in the runbook leads nowhere."""
    assert {app: workbook_name(shipped["prod"], app) for app in shipped["prod"].apps} == {
        "claims": "6dc655d8-53f2-5dc8-b4e3-eaa4a30fd409",
        "freight": "5cb3be59-ac55-5ac9-8bab-bcfce5a2b2cd",
        "genomics": "1b907ad9-ec50-599a-a7e7-0e1d63302a8b",
    }
    assert len({workbook_name(shipped[name], app) for name, app in EVERY_APP}) == len(EVERY_APP)
