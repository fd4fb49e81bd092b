"""What is described is what is registered."""

from dataclasses import replace
from pathlib import Path

import pytest

from environments import Estate, TaskHub, load_estate, task_hubs
from hubkeeper.project import find_project
from hubkeeper.recording import record_environment
from plan import UNKNOWN
from policies.registered import RegisteredSettings, registered_hubs, settings_of, tier_of, whose
from policies.rules.hubs import store_not_shared
from policies.subjects import HubsSubject, PlacedHub
from tests.policies.changes import setting, unset
from tests.policies.sound import sound


@pytest.fixture(scope="module")
def estate(project_root: Path) -> Estate:
    return load_estate(project_root / "environments")


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_every_described_hub_is_registered_as_described_and_no_other(
    name: str, estate: Estate, project_root: Path
) -> None:
    plan = record_environment(find_project(project_root), name)
    described = [(hub, estate[name].app_names(hub.app).function_app) for hub in task_hubs(estate[name])]
    registered, undecided = registered_hubs(plan, estate[name])
    assert sorted(registered, key=str) == sorted(described, key=str)
    assert undecided == ()


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_without_a_description_the_same_hubs_are_found_by_component_and_tags(
    name: str, estate: Estate, project_root: Path
) -> None:
    plan = record_environment(find_project(project_root), name)
    found = {replace(hub, path=()) for hub, _ in registered_hubs(plan)[0]}
    assert found == {replace(hub, path=()) for hub in task_hubs(estate[name])}


def test_a_site_outside_the_component_belongs_to_the_application_of_its_tag() -> None:
    world = sound()
    site = world["staging"]
    site.parent = ""
    owner = whose(world.plan, site)
    assert (owner.environment, owner.tier, owner.app, owner.slot) == ("prod", "production", "claims", "staging")


def test_without_a_tag_the_strictest_tier_counts() -> None:
    world = sound()
    for resource in world.plan.resources.values():
        resource.inputs.pop("tags", None)
    assert tier_of(world.plan) == "production"


def test_an_unknown_hub_is_undecided_and_a_missing_one_is_none() -> None:
    world = sound()
    setting("site", "TASKHUB_NAME", UNKNOWN)(world)
    unset("staging", "TASKHUB_NAME")(world)
    hubs, undecided = registered_hubs(world.plan, world.environment)
    assert hubs == ()
    assert [(one.whose.slot, one.what) for one in undecided] == [(None, "TASKHUB_NAME")]


def test_settings_are_read_whatever_their_case() -> None:
    assert RegisteredSettings({"TaskHub_Name": "a"}).get("TASKHUB_NAME") == "a"


def test_a_setting_may_stand_in_the_part_of_the_list_that_is_unknown() -> None:
    world = sound()
    world["site"].inputs["siteConfig"]["appSettings"].append(UNKNOWN)
    settings = settings_of(world["site"])
    assert settings.get("TASKHUB_NAME") == "prodclaims"
    assert settings.get("NOT_THERE") is UNKNOWN


@pytest.mark.parametrize("service", ["blobServiceUri", "QUEUESERVICEURI", "tableServiceUri"])
def test_an_address_of_a_single_service_leaves_the_store_open_though_an_account_is_named(service: str) -> None:
    world = sound()
    setting("site", f"AzureWebJobsStorage__{service}", "https://stother.queue.core.windows.net")(world)
    hubs, undecided = registered_hubs(world.plan)
    assert [hub.slot for hub, _ in hubs] == ["staging"]
    assert [(one.whose.slot, one.what, one.store) for one in undecided] == [
        (None, "AzureWebJobsStorage__accountName", None)
    ]
    found = {finding.rule: finding.message for finding in world.findings()}
    assert {"store-by-identity", "unique-task-hub", "store-not-shared", "hub-as-described"} <= set(found)
    assert found["store-not-shared"] == (
        "AzureWebJobsStorage__accountName does not tell the store, since an address of a single service wins over it: "
        "whether another application uses the same store cannot be checked"
    )
    assert (
        found["store-by-identity"].lower()
        == (
            f"azurewebjobsstorage__{service} is registered and wins over azurewebjobsstorage__accountname, "
            "so a part of the store is elsewhere"
        ).lower()
    )


@pytest.mark.parametrize(
    ("backend", "says", "fix"),
    [
        ("azure-storage", "store shared also holds", "Remove `names: {storage_account: …}`"),
        ("durable-task-scheduler", "scheduler shared also holds", "Remove `names: {scheduler: …}`"),
        ("mssql", "SQL server shared also holds", "Remove `names: {sql_server: …}`"),
    ],
)
def test_what_two_applications_share_is_called_what_it_is(backend: str, says: str, fix: str) -> None:
    placed = [
        PlacedHub(TaskHub("prod", "production", app, None, backend, "shared", f"prod{app}"), app, f"prod/{app}")
        for app in ("claims", "orders")
    ]
    found = list(store_not_shared.check(HubsSubject(tuple(placed), ())))
    assert {one.message.startswith(says) and str(one.fix).startswith(fix) for one in found} == {True}
