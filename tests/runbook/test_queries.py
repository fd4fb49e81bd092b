"""The queries of the pages: each is listed, has both dialects where both exist, and names nothing of the other dialect."""

import re
from pathlib import Path

import pytest

from hubkeeper.runbook.kql_dialects import classic
from hubkeeper.runbook.queries import QUERIES
from tests.runbook.markdown_pages import blocks

_WORKSPACE = r"\b(?:App[A-Z]\w+|TimeGenerated|Properties|OperationId|AppRoleName|DurationMs|ResultCode)\b"
_CLASSIC = r"\b(?:traces|requests|dependencies|timestamp|customDimensions|operation_Id|cloud_RoleName|resultCode)\b"


def _without_strings(query: str) -> str:
    return re.sub(r'@?"[^"]*"', '""', query)


def test_every_query_of_the_folder_is_on_the_page_and_every_one_of_the_page_in_the_folder(project_root: Path) -> None:
    files = {file.stem for file in (project_root / "templates/queries").glob("[a-z]*.kql")}
    assert files == set(QUERIES)


def test_each_question_is_answered_in_the_names_of_the_place_it_is_asked_at(pages: dict[str, str]) -> None:
    asked = [block.text for block in blocks(pages["prod/claims/queries.md"]) if block.language == "kusto"]
    workspace = [text for text in asked if re.search(_WORKSPACE + r"|\bUsage\b|_LogOperation", _without_strings(text))]
    component = [text for text in asked if text not in workspace]
    assert len(workspace) == len(QUERIES)
    assert len(component) == len(QUERIES) - 2
    for text in workspace:
        assert not re.search(_CLASSIC, _without_strings(text)), text
    for text in component:
        assert re.search(_CLASSIC, _without_strings(text)), text


@pytest.mark.parametrize(
    ("workspace", "component"),
    [
        ("AppTraces | where TimeGenerated > x", "traces | where timestamp > x"),
        ('AppTraces | where Message == "AppTraces"', 'traces | where message == "AppTraces"'),
        (r'extend a = extract(@"^\Name", 1, Name)', r'extend a = extract(@"^\Name", 1, name)'),
        ('Properties["a \\" Name"]', 'customDimensions["a \\" Name"]'),
        ("Usage | take 1", None),
    ],
)
def test_names_change_and_values_do_not(workspace: str, component: str | None) -> None:
    assert classic(workspace) == component


def test_no_query_limits_time_by_itself(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        assert [block.text for block in blocks(page) if block.language == "kusto" and "ago(" in block.text] == [], path
