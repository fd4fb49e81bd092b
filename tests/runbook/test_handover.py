"""The handover says what is open: waivers that reach into the environment, and risks that the description carries."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from environments import Environment, Estate
from hubkeeper.runbook import RunbookError, render
from hubkeeper.runbook.risks import open_risks
from tests.runbook.markdown_pages import tables

_WAIVER = """
waivers:
- rule: {rule}
  target: {target}
  reason: The job is being built
  owner: freight-desk
  expires: "2027-02-01"
"""


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    """A project with waivers of its own to change."""
    shutil.copytree(project_root / "templates", tmp_path / "templates")
    (tmp_path / "policies").mkdir()
    return tmp_path


def _changed(estate: Estate, **changes: Any) -> Environment:
    described = estate["prod"].model_dump(exclude_unset=True)
    for part, change in changes.items():
        described["apps"]["claims"][part] = described["apps"]["claims"].get(part, {}) | change
    return Environment.model_validate(described)


def _risks(environment: Environment) -> str:
    return "\n".join(f"{risk.where}: {risk.what}" for risk in open_risks(environment))


def test_a_waiver_is_on_the_handover_of_the_environments_it_reaches_into(estate: Estate, project: Path) -> None:
    (project / "policies/waivers.yaml").write_text(_WAIVER.format(rule="unique-task-hub", target="test/freight/*"))
    pages = render(estate, ["test", "prod"], project=project)
    row = "| `unique-task-hub` | `test/freight/*` | The job is being built | freight-desk | 2027-02-01 |"
    assert row in pages["test/hand_over.md"]
    assert "The job is being built" not in pages["prod/hand_over.md"]


def test_waivers_that_cannot_be_read_stop_the_pages_with_their_line(estate: Estate, project: Path) -> None:
    (project / "policies/waivers.yaml").write_text(_WAIVER.format(rule="unique-task-hubs", target="test/freight/*"))
    with pytest.raises(RunbookError, match=r"policies/waivers.yaml:3: .*unique-task-hub") as caught:
        render(estate, ["test"], project=project)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "risk"),
    [
        ({"task_hub": {"purged_by": "operator"}}, "claims: a person purges"),
        ({"task_hub": {"history_days": None, "purged_by": None}}, "claims: no retention is declared"),
        ({"task_hub": {"review_due": None}}, "claims: no review of what history holds is due"),
        ({"plan": {"zone_redundant": False}}, "claims: LRS in production"),
        ({"plan": {"zone_redundant": False}}, "claims: one zone runs the workers"),
    ],
)
def test_a_description_that_carries_a_risk_says_so_and_the_shipped_one_does_not(
    estate: Estate, changes: dict[str, Any], risk: str
) -> None:
    assert risk in _risks(_changed(estate, **changes))
    assert risk not in _risks(estate["prod"])


def test_every_application_is_confirmed_in_every_line(pages: dict[str, str], estate: Estate) -> None:
    for environment in estate:
        confirmed = next(tables(pages[f"{environment.name}/hand_over.md"]))
        assert len(confirmed) > 10
        for row in confirmed[2:]:
            assert len(row) == 2 + len(environment.apps)
            assert all("☐" in cell for cell in row[2:])
