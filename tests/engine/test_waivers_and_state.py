"""What the real engine makes of a waiver, and what `check` makes of the engine's own export of a stack."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

# The engine judges on the day that it runs.
LAST_DAY = datetime.now(tz=UTC).date() + timedelta(days=30)
WAIVER = f"""\
waivers:
  - rule: unique-task-hub
    target: prod/claims
    reason: A rehearsal, nothing runs
    owner: claims-platform
    expires: "{LAST_DAY}"
"""
TODAY = ("--today", "2026-11-22")


@pytest.fixture(scope="module")
def deployed(already_up: AlreadyUp, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return already_up.applications(tmp_path_factory.mktemp("deployed") / "project", "prod", "claims")


@pytest.fixture
def state(deployed: Workbench, tmp_path: Path) -> Path:
    """The engine's own export, secrets encrypted as they are."""
    file = tmp_path / "prod.json"
    folder = deployed.root / ".hubkeeper" / "local" / "work" / "prod"
    answer = deployed.pulumi("stack", "export", "--stack", "prod", "--file", str(file), folder=folder)
    assert answer.code == 0, answer.err
    return file


def test_what_was_brought_up_is_what_is_planned(deployed: Workbench, state: Path) -> None:
    answer = deployed.run("check", "prod", "--state", str(state), *TODAY)
    assert (answer.code, answer.err) == (0, "")


LOSSES: list[tuple[str, Callable[[dict[str, Any]], None], str]] = [
    ("hub renamed", lambda it: it["apps"]["claims"]["task_hub"].update(name="ClaimsAnew"), "HK801 hub-left-behind"),
    ("moved", lambda it: it.update(location="northeurope"), "HK802 store-replaced"),
    ("slot removed", lambda it: it["apps"]["claims"].update(slots={}), "HK805 slot-removed"),
    ("telemetry shortened", lambda it: it["telemetry"].update(retention_days=120), "HK809 retention-shortened"),
]


@pytest.mark.parametrize(("what", "change", "rule"), LOSSES, ids=[what for what, _, _ in LOSSES])
def test_what_would_be_lost_of_what_is_deployed_is_told_by_its_rule(
    deployed: Workbench, state: Path, tmp_path: Path, what: str, change: Callable[[dict[str, Any]], None], rule: str
) -> None:
    bench = deployed.copy(tmp_path / "project")
    bench.describe("prod", change)
    answer = bench.run("check", "prod", "--state", str(state), *TODAY)
    assert answer.code == 1
    assert set(re.findall(r"HK8\d\d [a-z-]+", answer.out)) == {rule}


def test_a_waived_finding_is_told_by_the_engine_and_refuses_nothing(small: Workbench) -> None:
    small.describe("prod", lambda it: it["apps"]["claims"]["slots"]["staging"].update(task_hub="prodclaims"))
    refused = small.run("preview", "prod", "--local")
    assert refused.code == 1
    assert "unique-task-hub" in refused.err

    (small.root / "policies" / "waivers.yaml").write_text(WAIVER)
    let_through = small.run("preview", "prod", "--local")
    assert let_through.code == 0, let_through.err
    assert f"Waived until {LAST_DAY}: A rehearsal, nothing runs." in let_through.out
