"""An application that is described no more is taken down with what held its hubs: on purpose, by name, and only when drained."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from environments import TaskHub, load_estate, task_hubs
from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

DRAINED = {"pending": 0, "running": 0, "suspended": 0, "continuedAsNew": 0, "more": None}


@pytest.fixture(scope="module")
def without_freight(new_project: Callable[..., Workbench]) -> tuple[Workbench, list[TaskHub]]:
    """A project in which prod is up with two applications, one of which was just taken out of the description."""
    bench = new_project(apps=("claims", "freight"))
    answer = bench.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.out + answer.err
    hubs = [hub for hub in task_hubs(load_estate(bench.root / "environments")["prod"]) if hub.app == "freight"]
    bench.describe("prod", lambda it: it["apps"].pop("freight"))
    return bench, hubs


@pytest.fixture
def prod(without_freight: tuple[Workbench, list[TaskHub]], tmp_path: Path) -> Workbench:
    return without_freight[0].copy(tmp_path / "project")


@pytest.fixture
def hubs(without_freight: tuple[Workbench, list[TaskHub]]) -> list[TaskHub]:
    return without_freight[1]


def answers(prod: Workbench, hubs: list[TaskHub]) -> list[str]:
    """The files that the runbook's question leaves behind, as options."""
    options: list[str] = []
    for hub in hubs:
        file = prod.root / f"{hub.name}.json"
        file.write_text(json.dumps({"hub": hub.name, "store": hub.store, **DRAINED}))
        options += ["--abandon-hub", hub.name, "--drained", str(file)]
    return options


def protected(prod: Workbench) -> set[str]:
    return {one["urn"] for one in prod.state("prod")["resources"] if one.get("protect")}


def test_a_drained_application_goes_with_its_store_and_nothing_else_does(prod: Workbench, hubs: list[TaskHub]) -> None:
    before = prod.in_azure()

    answer = prod.run("up", "prod", "--local", "--yes", "--delete-stores-of", "freight", *answers(prod, hubs))

    assert answer.code == 0, answer.out + answer.err
    assert f"storage account {hubs[0].store}" in answer.out
    gone = {urn.rsplit("::", 1)[-1] for urn, _ in set(before) - set(prod.in_azure())}
    assert "freight-store" in gone
    assert all(name.startswith("freight") for name in gone)
    assert not any("::freight" in urn for urn, _ in prod.in_azure())
    assert {urn.rsplit("::", 1)[-1] for urn in protected(prod)} >= {"group", "claims-store"}


def test_nobody_to_ask_touches_nothing(prod: Workbench, hubs: list[TaskHub]) -> None:
    before = (prod.in_azure(), protected(prod))
    answer = prod.run("up", "prod", "--local", "--delete-stores-of", "freight", *answers(prod, hubs))
    assert answer.code == 1
    assert "application freight goes for good" in answer.out
    assert (prod.in_azure(), protected(prod)) == before


def test_an_up_that_fails_half_way_leaves_what_is_still_there_protected(
    prod: Workbench, hubs: list[TaskHub], tmp_path: Path
) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text(
        json.dumps([{"at": "before-delete", "match": "freight-store", "nth": 2, "times": 9, "do": "refuse"}])
    )
    answer = prod.run(
        *("up", "prod", "--local", "--yes", "--delete-stores-of", "freight"),
        *answers(prod, hubs),
        HUBKEEPER_LOCAL_FAULTS=str(faults),
    )
    assert answer.code == 1
    assert "The server encountered an unexpected failure" in answer.err
    assert not any(urn.endswith("::freight-site") for urn, _ in prod.in_azure())
    assert any(urn.endswith("::freight-store") for urn in protected(prod))

    unproven = prod.run("up", "prod", "--local", "--yes", "--delete-stores-of", "freight")
    assert unproven.code == 1
    assert "the state does not tell every hub of freight" in unproven.err
    again = prod.run("up", "prod", "--local", "--yes", "--delete-stores-of", "freight", *answers(prod, hubs))
    assert again.code == 0, again.out + again.err
    assert not any("::freight" in urn for urn, _ in prod.in_azure())
