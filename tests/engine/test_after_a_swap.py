"""After a swap the description says what each slot holds, and the next `up` for something else moves nothing back."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from environments import HUB_SETTING, load_estate
from hubkeeper.local_azure.swap import swap
from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine

EXAMPLE = "hub-goes-with-code"
PACKAGE = "WEBSITE_RUN_FROM_PACKAGE"
Slots = dict[str, dict[str, str]]


def slots_in_azure(bench: Workbench) -> Slots:
    """Digests of the hub and the package that production and staging hold; values are never stored."""
    with sqlite3.connect(bench.root / ".hubkeeper" / "local" / "azure.db") as connection:
        rows = connection.execute("select type, inputs from resources where type like 'azure-native:web:WebApp%'")
        sites = {kind.rpartition(":")[2]: json.loads(inputs) for kind, inputs in rows}
    return {
        name: {one["name"]: one["digest"] for one in sites[kind]["siteConfig"]["appSettings"]}
        for name, kind in (("production", "WebApp"), ("staging", "WebAppSlot"))
    }


def held(slots: Slots, *settings: str) -> list[tuple[str, ...]]:
    return [tuple(slot[name] for name in settings) for slot in slots.values()]


def change_a_tag(document: dict[str, Any]) -> None:
    document["tags"] = {"cost-center": "4712"}


def as_after_the_swap(document: dict[str, Any]) -> None:
    """What the last page of the swap says: packages exchanged; the hubs too, where they go with the code."""
    app = document["apps"]["orders"]
    staging = app["slots"]["staging"]
    app["package"], staging["package"] = staging["package"], app["package"]
    if staging["hub_binding"] == "code":
        app["task_hub"]["name"], staging["task_hub"] = "prodordersstaging", "prodorders"


def bound_to_its_slot(root: Path, project_root: Path, cli: Path) -> Workbench:
    """The example, up with hubs that stay where they are."""
    bench = Workbench.set_up(root, project_root, cli)
    bench.describe_as(project_root / "examples" / EXAMPLE)
    bench.describe("prod", lambda it: it["apps"]["orders"]["slots"]["staging"].update(hub_binding="slot"))
    up = bench.run("up", "prod", "--local", "--yes")
    assert up.code == 0, up.err
    return bench


def swapped(bench: Workbench) -> tuple[Workbench, Slots, Slots]:
    """A project that is up, swapped past the engine; what the slots held before and after."""
    before = slots_in_azure(bench)
    site = load_estate(bench.root / "environments")["prod"].app_names("orders").function_app
    swap(bench.root / ".hubkeeper" / "local" / "azure.db", site, "staging")
    return bench, before, slots_in_azure(bench)


@pytest.fixture(scope="module", params=["slot", "code"])
def story(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    already_up: AlreadyUp,
    project_root: Path,
    pulumi_cli: Path,
) -> tuple[str, Workbench, Slots, Slots]:
    root = tmp_path_factory.mktemp("swap") / "project"
    if request.param == "code":
        return (request.param, *swapped(already_up.example(root, EXAMPLE)[0]))
    return (request.param, *swapped(bound_to_its_slot(root, project_root, pulumi_cli)))


def test_a_swap_takes_the_package_and_only_a_hub_that_goes_with_its_code(
    story: tuple[str, Workbench, Slots, Slots],
) -> None:
    binding, _, before, after = story
    assert held(after, PACKAGE) == held(before, PACKAGE)[::-1]
    assert held(after, HUB_SETTING) == held(before, HUB_SETTING)[:: -1 if binding == "code" else 1]
    stays = ("AzureFunctionsWebHost__hostid",)
    assert held(after, *stays) == held(before, *stays)


def test_an_up_for_a_tag_moves_neither_package_nor_hub_back(
    story: tuple[str, Workbench, Slots, Slots], tmp_path: Path
) -> None:
    _, up, _, after = story
    bench = up.copy(tmp_path / "told")
    bench.describe("prod", as_after_the_swap)
    bench.describe("prod", change_a_tag)
    done = bench.run("up", "prod", "--local", "--yes")
    assert done.code == 0, done.err
    assert slots_in_azure(bench) == after


def test_an_up_with_the_description_of_before_moves_them_back(
    story: tuple[str, Workbench, Slots, Slots], tmp_path: Path
) -> None:
    """Why the description has to be changed: the engine compares it with its own state, and sees no swap."""
    _, up, before, _ = story
    bench = up.copy(tmp_path / "untold")
    bench.describe("prod", change_a_tag)
    done = bench.run("up", "prod", "--local", "--yes")
    assert done.code == 0, done.err
    assert slots_in_azure(bench) == before
