"""Task hubs in a Durable Task Scheduler: what `up` makes, what it refuses to lose, and how it is taken down."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

SCHEDULER = "dts-orders-prod"


@pytest.fixture
def bench(already_up: AlreadyUp, tmp_path: Path) -> Workbench:
    """A project in which dev and prod are up."""
    return already_up.example(tmp_path / "project", "durable-task-scheduler")[0]


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


def test_another_sku_is_another_scheduler_and_is_refused_with_the_hubs_it_holds(bench: Workbench) -> None:
    answer = bench.refused("prod", smaller)
    assert f"scheduler {SCHEDULER} would be replaced" in answer.err
    assert "it holds prodorders, prodordersstaging" in answer.err


def test_a_slot_that_goes_would_take_its_hub_with_it_even_when_that_was_agreed_to_be_left(bench: Workbench) -> None:
    answer = bench.refused("prod", without_slot, "--abandon-hub", "prodordersstaging")
    assert "task hub prodordersstaging would be deleted; whatever runs on it goes with it" in answer.err


def test_another_backend_is_refused_since_no_history_moves(bench: Workbench) -> None:
    answer = bench.refused("prod", back_to_storage)
    for hub in ("prodorders", "prodordersstaging"):
        assert f"task hub {hub} in {SCHEDULER}" in answer.err


def test_days_of_history_are_changed_in_place(bench: Workbench) -> None:
    bench.describe("prod", kept_longer)
    before = bench.in_azure()
    answer = bench.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.err
    assert "1 update" in answer.summary
    assert bench.in_azure() == before


def test_what_holds_hubs_is_named_when_somebody_wants_it_taken_down(bench: Workbench) -> None:
    answer = bench.run("destroy", "prod", "--local", "--yes")
    assert answer.code != 0
    for held in (f"scheduler {SCHEDULER} is protected", "task hub prodorders is protected"):
        assert held in answer.err


def test_in_development_hubs_go_before_their_scheduler_and_nothing_is_left(bench: Workbench) -> None:
    answer = bench.run("destroy", "dev", "--local", "--yes")
    assert answer.code == 0, answer.err
    assert bench.in_azure() == bench.in_state("prod")
