"""The pages as their real readers take them: Microsoft's own Kusto parser, a Markdown linter, and shellcheck."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from environments import Estate
from environments.workbook import workbook_of
from hubkeeper.runbook.queries import QUERIES
from tests.runbook.bash_blocks import bash_of
from tests.runbook.markdown_pages import blocks
from tests.runbook.needs import PACKAGES, READERS, needs

_NODE = needs("node", PACKAGES)
_COMMON = (
    "TimeGenerated: datetime, Properties: dynamic, OperationId: string, AppRoleName: string, AppRoleInstance: string"
)
_CALL = "Name: string, ResultCode: string, DurationMs: real"
#: Tables with the columns that the queries may name. "Azure Monitor Logs table reference", learn.microsoft.com, 2026.
_WORKSPACE = {
    "AppTraces": f"{_COMMON}, Message: string",
    "AppRequests": f"{_COMMON}, {_CALL}",
    "AppDependencies": f"{_COMMON}, {_CALL}, Target: string",
    "AppMetrics": _COMMON,
    "AppPerformanceCounters": _COMMON,
    "Usage": "TimeGenerated: datetime, IsBillable: bool, Quantity: real, DataType: string",
    "_LogOperation": "TimeGenerated: datetime, Category: string, Detail: string",
}
_COMMON_CLASSIC = (
    "timestamp: datetime, customDimensions: dynamic, operation_Id: string, cloud_RoleName: string, "
    "cloud_RoleInstance: string"
)
_CALL_CLASSIC = "name: string, resultCode: string, duration: real"
_COMPONENT = {
    "traces": f"{_COMMON_CLASSIC}, message: string",
    "requests": f"{_COMMON_CLASSIC}, {_CALL_CLASSIC}",
    "dependencies": f"{_COMMON_CLASSIC}, {_CALL_CLASSIC}, target: string",
    "customMetrics": _COMMON_CLASSIC,
    "performanceCounters": _COMMON_CLASSIC,
}


def _read(script: str, given: object) -> Any:
    done = subprocess.run(
        ["node", script], cwd=READERS, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@_NODE
@pytest.mark.parametrize("app", ["claims", "genomics"])
def test_azure_s_own_parser_takes_every_query_in_both_dialects(pages: dict[str, str], app: str) -> None:
    texts = [block.text for block in blocks(pages[f"prod/{app}/queries.md"]) if block.language == "kusto"]
    asked = [
        {
            "tables": _COMPONENT
            if any(f"{table}\n|" in text or f"({table} |" in text for table in _COMPONENT)
            else _WORKSPACE,
            "query": text,
        }
        for text in texts
    ]
    assert sum(one["tables"] is _WORKSPACE for one in asked) >= len(QUERIES)
    assert [found for found in _read("kusto.cjs", asked) if found] == []


@_NODE
def test_azure_s_own_parser_takes_every_query_of_a_workbook(estate: Estate, project_root: Path) -> None:
    contents = [
        json.loads(workbook_of(environment, app, project_root / "templates"))
        for environment in estate
        for app in environment.apps
    ]
    asked = [
        {"tables": _WORKSPACE, "query": item["content"]["query"]}
        for content in contents
        for item in content["items"]
        if item["type"] == 3
    ]
    assert len(asked) > 100
    assert [found for found in _read("kusto.cjs", asked) if found] == []


@_NODE
def test_azure_s_own_parser_would_notice_an_unknown_column() -> None:
    found = _read("kusto.cjs", [{"tables": _WORKSPACE, "query": "AppTraces | where Nope == 1"}])
    assert "Nope" in found[0][0]


@_NODE
def test_the_linter_finds_nothing_in_any_page(pages: dict[str, str]) -> None:
    assert _read("markdown.mjs", pages) == []


@needs("shellcheck")
def test_shellcheck_finds_nothing_in_any_block(pages: dict[str, str], tmp_path: Path) -> None:
    # SC2154, SC2034: variables that another block of the page sets or uses. SC2016: JMESPath and jq have backticks and dollars.
    # SC2043: an application without slots has one hub to look through.
    found = {block for page in pages.values() for block in bash_of(page)}
    for number, block in enumerate(sorted(found)):
        (tmp_path / f"{number}.sh").write_text(block + "\n")
    files = [str(file) for file in sorted(tmp_path.iterdir())]
    command = ["shellcheck", "--shell=bash", "--exclude=SC2154,SC2034,SC2016,SC2043", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""
