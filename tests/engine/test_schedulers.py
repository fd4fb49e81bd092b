"""Task hubs in a Durable Task Scheduler: what `up` makes, what it refuses to lose, and how it is taken down."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

SCHEDULER = "dts-orders-prod"


@pytest.fixture(scope="module")
def up_in_production(new_project: Callable[..., Workbench], project_root: Path) -> Workbench:
    bench = new_project()
    bench.describe_as(project_root / "examples" / "durable-task-scheduler")
    answer = bench.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.out + answer.err
    return bench


@pytest.fixture
def prod(up_in_production: Workbench, tmp_path: Path) -> Workbench:
    """A project in which prod is up."""
    return up_in_production.copy(tmp_path / "project")


def smaller(it: dict[str, Any]) -> None:
    hub = it["apps"]["orders"]["task_hub"]
    hub["scheduler"] = {"sku": "Consumption", "ip_allow_list": ["203.0.113.0/28"]}
    hub["history_days"] = 30
    del hub["history_days_by_state"]


def without_slot(it: dict[str, Any]) -> None:
    del it["apps"]["orders"]["slots"]


def back_to_storage(it: dict[str, Any]) -> None:
    hub = it["apps"]["orders"]["task_hub"]
    hub.update(backend="azure-storage", purged_by="operator")
    del hub["scheduler"], hub["history_days_by_state"]


def kept_longer(it: dict[str, Any]) -> None:
    it["apps"]["orders"]["task_hub"]["history_days"] = 75


def refused(bench: Workbench, change: Callable[[dict[str, Any]], None], *arguments: str) -> Answer:
    """Changes prod, runs `up`, and makes sure that nothing was touched."""
    bench.describe("prod", change)
    before = (bench.in_azure(), bench.state("prod"))
    answer = bench.run("up", "prod", "--local", "--yes", *arguments)
    assert answer.code != 0
    assert (bench.in_azure(), bench.state("prod")) == before
    return answer


def test_another_sku_is_another_scheduler_and_is_refused_with_the_hubs_it_holds(prod: Workbench) -> None:
    answer = refused(prod, smaller)
    assert f"scheduler {SCHEDULER} would be replaced" in answer.err
    assert "it holds prodorders, prodordersstaging" in answer.err


def test_a_slot_that_goes_would_take_its_hub_with_it_even_when_that_was_agreed_to_be_left(prod: Workbench) -> None:
    answer = refused(prod, without_slot, "--abandon-hub", "prodordersstaging")
    assert "task hub prodordersstaging would be deleted; whatever runs on it goes with it" in answer.err


def test_another_backend_is_refused_since_no_history_moves(prod: Workbench) -> None:
    answer = refused(prod, back_to_storage)
    for hub in ("prodorders", "prodordersstaging"):
        assert f"task hub {hub} in {SCHEDULER}" in answer.err


def test_days_of_history_are_changed_in_place(prod: Workbench) -> None:
    prod.describe("prod", kept_longer)
    before = prod.in_azure()
    answer = prod.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.err
    assert "1 update" in answer.summary
    assert prod.in_azure() == before


def test_what_holds_hubs_is_named_when_somebody_wants_it_taken_down(prod: Workbench) -> None:
    answer = prod.run("destroy", "prod", "--local", "--yes")
    assert answer.code != 0
    for held in (f"scheduler {SCHEDULER} is protected", "task hub prodorders is protected"):
        assert held in answer.err


def test_in_development_hubs_go_before_their_scheduler_and_nothing_is_left(
    small: Workbench, project_root: Path
) -> None:
    small.describe_as(project_root / "examples" / "durable-task-scheduler")
    assert small.run("up", "dev", "--local", "--yes").code == 0
    answer = small.run("destroy", "dev", "--local", "--yes")
    assert answer.code == 0, answer.err
    assert small.in_azure() == []
