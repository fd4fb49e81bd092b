"""Pages are held against what is deployed: names, hubs and settings that differ are told page by page, without a value."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from environments import Estate, load_estate
from hubkeeper.cli import app
from hubkeeper.project import find_project
from hubkeeper.recording import record_described, record_environment
from hubkeeper.runbook import render, untrue
from plan import Plan


@pytest.fixture(scope="module")
def exported(project_root: Path) -> str:
    """What `pulumi stack export` says of prod when it is deployed as described."""
    return json.dumps(record_environment(find_project(project_root), "prod").to_deployment())


@pytest.fixture
def told(exported: str, estate: Estate, pages: dict[str, str]) -> Callable[[str, str], list[str]]:
    """What is told when one text of the export is another."""

    def tell(old: str, new: str) -> list[str]:
        assert old in exported
        plan = Plan.from_deployment(json.loads(exported.replace(old, new)))
        return [str(one) for one in untrue(plan, estate["prod"], pages)]

    return tell


def test_pages_of_what_is_deployed_as_described_are_true(told: Callable[[str, str], list[str]]) -> None:
    assert told('"prod', '"prod') == []


@pytest.mark.parametrize("name", ["durable-task-scheduler", "hub-goes-with-code", "mssql", "private-network"])
def test_the_pages_of_an_example_name_what_it_brings_up_and_nothing_else(project_root: Path, name: str) -> None:
    estate = load_estate(project_root / "examples" / name / "environments")
    environment = estate["prod"]
    plan = record_described(find_project(project_root), environment)
    assert [str(one) for one in untrue(plan, environment, render(estate, ["prod"], project=project_root))] == []


def test_a_hub_that_is_another_is_named_on_the_page_of_its_application(
    told: Callable[[str, str], list[str]], pages: dict[str, str]
) -> None:
    found = told('"value": "prodfreight"', '"value": "prodfrachten"')
    assert len(found) == 1
    place, _, says = found[0].partition(": ")
    assert says == "names the hub prodfreight of production, expected prodfrachten, which is deployed"
    path, _, line = place.partition(":")
    assert path == "prod/freight.md"
    assert "`TASKHUB_NAME`" in pages[path].splitlines()[int(line) - 1]


def test_a_store_that_is_another_is_told_from_both_sides(told: Callable[[str, str], list[str]]) -> None:
    found = told('"accountName": "stclaimsprod2xyq4i"', '"accountName": "stother"')
    assert any(
        one.startswith("prod/claims.md:") and "names the Store of the hubs stclaimsprod2xyq4i" in one for one in found
    )
    assert any(one.startswith("prod/index.md:1: does not name stother (StorageAccount)") for one in found)


def test_a_setting_that_was_changed_is_named_and_its_value_is_not(told: Callable[[str, str], list[str]]) -> None:
    found = told('"value": "48"', '"value": "4711-not-to-be-told"')
    assert len(found) == 2
    assert all("CLAIM_DOCUMENT_REMINDER_HOURS" in one for one in found)
    assert "4711" not in "".join(found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", ":1: not JSON"),
        ("[]", ":1: "),
        ('{"version": 3, "deployment": {}}', "the stack has no resources"),
    ],
)
def test_a_file_that_is_no_export_is_one_line(project_root: Path, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(text)
    done = CliRunner().invoke(app, ["runbook", "--check", "--project", str(project_root), "--state", str(file)])
    assert done.exit_code == 2
    assert says in done.output
    assert len(done.output.splitlines()) == 1


def test_state_without_check_is_refused(project_root: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["runbook", "--project", str(project_root), "--state", str(tmp_path / "none.json")])
    assert done.exit_code == 2
    assert "--state without --check" in done.output
