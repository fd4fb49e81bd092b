"""What is described is what is registered."""

from dataclasses import replace
from pathlib import Path

import pytest

from environments import Estate, load_estate, task_hubs
from hubkeeper.project import find_project
from hubkeeper.recording import record_environment
from plan import UNKNOWN
from policies.registered import RegisteredSettings, registered_hubs, settings_of, tier_of, whose
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
