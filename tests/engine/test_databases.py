"""Task hubs in databases of their own: what `up` makes and says, what it refuses to lose, and what it changes in place."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

SERVER = "sql-ledger-prod-rbn42t"
SQL_SERVER = "azure-native:sql:Server"


@pytest.fixture
def example(already_up: AlreadyUp, tmp_path: Path) -> tuple[Workbench, dict[str, Answer]]:
    """A project in which the example is up, and what was said then."""
    return already_up.example(tmp_path / "project", "mssql")


@pytest.fixture
def prod(example: tuple[Workbench, dict[str, Answer]]) -> Workbench:
    """A project in which prod is up."""
    return example[0]


def task_hub(it: dict[str, Any]) -> dict[str, Any]:
    hub: dict[str, Any] = it["apps"]["ledger"]["task_hub"]
    return hub


def without_slot(it: dict[str, Any]) -> None:
    del it["apps"]["ledger"]["slots"]


def larger_for_others(it: dict[str, Any]) -> None:
    """A size that grows by itself, more days, and another group of administrators."""
    task_hub(it)["database"].update(sku="HS_Gen5_4", backup_days=21)
    task_hub(it)["database"]["administrators"]["group"] = "sg-other-sql"


def back_again(it: dict[str, Any]) -> None:
    """What Azure does with no database that is Hyperscale."""
    task_hub(it)["database"].update(sku="GP_Gen5_2")


def test_up_ends_with_what_is_still_to_be_done_by_hand(example: tuple[Workbench, dict[str, Answer]]) -> None:
    said = example[1]["prod"].out
    assert f"hub prodledgerstaging in {SERVER}" in said
    assert "database users are made by hand, once (ledger): see the runbook, prepare-the-database-users" in said


def test_a_slot_that_goes_would_take_its_database_with_it(prod: Workbench) -> None:
    answer = prod.refused("prod", without_slot, "--abandon-hub", "prodledgerstaging")
    assert "database prodledgerstaging would be deleted; whatever runs on it goes with it" in answer.err


def test_size_and_days_are_changed_in_place_and_another_group_never_replaces_the_server(prod: Workbench) -> None:
    before = prod.in_azure()
    prod.describe("prod", larger_for_others)
    answer = prod.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.err
    there = prod.in_azure()
    assert [one for one in before if "database-nearly-full" not in one[0]] == there, "it has no size that can be full"
    assert "4 update" in answer.summary
    assert "replace" not in answer.summary
    prod.describe("prod", back_again)
    answer = prod.run("up", "prod", "--local", "--yes")
    assert answer.code != 0
    assert "A database of the tier Hyperscale cannot be changed to GeneralPurpose" in answer.out + answer.err
    assert prod.in_azure() == there
