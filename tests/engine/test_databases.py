"""Task hubs in databases of their own: what `up` makes and says, what it refuses to lose, and what it changes in place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

SERVER = "sql-ledger-prod-rbn42t"
SQL_SERVER = "azure-native:sql:Server"


@pytest.fixture(scope="module")
def up_in_production(new_project: Callable[..., Workbench], project_root: Path) -> tuple[Workbench, Answer]:
    bench = new_project()
    bench.describe_as(project_root / "examples" / "mssql")
    answer = bench.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.out + answer.err
    return bench, answer


@pytest.fixture
def prod(up_in_production: tuple[Workbench, Answer], tmp_path: Path) -> Workbench:
    """A project in which prod is up."""
    return up_in_production[0].copy(tmp_path / "project")


def task_hub(it: dict[str, Any]) -> dict[str, Any]:
    hub: dict[str, Any] = it["apps"]["ledger"]["task_hub"]
    return hub


def without_slot(it: dict[str, Any]) -> None:
    del it["apps"]["ledger"]["slots"]


def larger_for_others(it: dict[str, Any]) -> None:
    """Another size, more days, and another group of administrators."""
    task_hub(it)["database"].update(sku="GP_Gen5_4", backup_days=21)
    task_hub(it)["database"]["administrators"]["group"] = "sg-other-sql"


def refused(bench: Workbench, change: Callable[[dict[str, Any]], None], *arguments: str) -> Answer:
    """Changes prod, runs `up`, and makes sure that nothing was touched."""
    bench.describe("prod", change)
    before = (bench.in_azure(), bench.state("prod"))
    answer = bench.run("up", "prod", "--local", "--yes", *arguments)
    assert answer.code != 0
    assert (bench.in_azure(), bench.state("prod")) == before
    return answer


def test_up_ends_with_what_is_still_to_be_done_by_hand(up_in_production: tuple[Workbench, Answer]) -> None:
    said = up_in_production[1].out
    assert f"hub prodledgerstaging in {SERVER}" in said
    assert "database users are made by hand, once (ledger): see the runbook, prepare-the-database-users" in said


def test_a_slot_that_goes_would_take_its_database_with_it(prod: Workbench) -> None:
    answer = refused(prod, without_slot, "--abandon-hub", "prodledgerstaging")
    assert "database prodledgerstaging would be deleted; whatever runs on it goes with it" in answer.err


def test_size_and_days_are_changed_in_place_and_another_group_never_replaces_the_server(prod: Workbench) -> None:
    before = prod.in_azure()
    prod.describe("prod", larger_for_others)
    answer = prod.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.err
    assert prod.in_azure() == before
    assert "4 update" in answer.summary
    assert "replace" not in answer.summary
