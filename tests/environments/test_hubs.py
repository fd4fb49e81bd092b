"""Task hubs of an estate: one for every slot, whose it is, where it lives, and where it is described."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from environments import Estate, hub_of, load_estate, task_hubs

Files = Mapping[str, str | bytes]
EstateOf = Callable[[Files], Estate]

SLOTS = "    slots:\n      staging: {hub_binding: slot}\n"


def test_every_slot_of_every_application_has_a_hub(good: str, estate_of: EstateOf) -> None:
    estate = estate_of({"dev.yaml": good, "prod.yaml": good.replace(SLOTS, "")})
    assert [hub.whose for hub in estate.task_hubs()] == [
        "dev/orders/production",
        "dev/orders/staging",
        "prod/orders/production",
    ]


def test_a_hub_knows_where_it_lives_and_how_strictly_it_is_held(good: str, estate_of: EstateOf) -> None:
    environment = estate_of({"dev.yaml": good})["dev"]
    for hub in task_hubs(environment):
        assert (hub.environment, hub.tier, hub.app, hub.backend) == ("dev", "staging", "orders", "azure-storage")
        assert hub.store == environment.app_names("orders").storage_account


def test_a_store_that_exists_already_is_where_the_hubs_live(good: str, estate_of: EstateOf) -> None:
    text = good.replace("    slots:\n", "    names: {storage_account: oldstore1}\n    slots:\n")
    assert {hub.store for hub in estate_of({"dev.yaml": text}).task_hubs()} == {"oldstore1"}


def test_derived_hubs_point_to_the_application_and_the_slot(good: str, estate_of: EstateOf) -> None:
    estate = estate_of({"dev.yaml": good})
    places = {hub.name: estate.where("dev", hub.path) for hub in estate.task_hubs()}
    assert places == {
        "devorders": ("environments/dev.yaml", 20),
        "devordersstaging": ("environments/dev.yaml", 25),
    }


def test_given_hubs_point_to_their_own_lines(good: str, estate_of: EstateOf) -> None:
    text = good.replace("    slots:\n      staging: {hub_binding: slot}\n", SLOTS.replace("{", "\n        {")).replace(
        "      backend: azure-storage\n", "      backend: azure-storage\n      name: OldOrders\n"
    )
    text = text.replace("\n        {hub_binding: slot}", "\n        hub_binding: slot\n        task_hub: OldStaging")
    estate = estate_of({"dev.yaml": text})
    places = {hub.name: estate.where("dev", hub.path) for hub in estate.task_hubs()}
    assert places == {
        "OldOrders": ("environments/dev.yaml", 22),
        "OldStaging": ("environments/dev.yaml", 28),
    }
    assert [hub.key for hub in estate.task_hubs()] == ["oldorders", "oldstaging"]


def test_two_hubs_of_one_name_are_read_since_a_rule_must_see_them(good: str, estate_of: EstateOf) -> None:
    text = good.replace("{hub_binding: slot}", "{hub_binding: slot, task_hub: devORDERS}")
    first, second = estate_of({"dev.yaml": text}).task_hubs()
    assert first.name != second.name
    assert (first.key, first.store) == (second.key, second.store)


def test_the_hub_of_a_slot_is_found_by_its_name(good: str, estate_of: EstateOf) -> None:
    environment = estate_of({"dev.yaml": good})["dev"]
    assert hub_of(environment, "orders", None).name == "devorders"
    assert hub_of(environment, "orders", "staging").name == "devordersstaging"
    with pytest.raises(StopIteration):
        hub_of(environment, "orders", "canary")


def test_no_two_hubs_of_the_shipped_estate_are_the_same(project_root: Path) -> None:
    hubs = load_estate(project_root / "environments").task_hubs()
    assert len({hub.key for hub in hubs}) == len(hubs) == 15


def test_every_hub_of_the_shipped_estate_has_a_line_that_says_so(project_root: Path) -> None:
    estate = load_estate(project_root / "environments")
    for hub in estate.task_hubs():
        file, line = estate.where(hub.environment, hub.path)
        text = (project_root / file).read_text(encoding="utf-8").splitlines()[line - 1]
        assert text.strip().startswith("task_hub:" if hub.slot is None else f"{hub.slot}:")


def test_on_a_scheduler_a_hub_that_exists_may_have_dashes(good: str, estate_of: EstateOf) -> None:
    scheduler = "{sku: Consumption, ip_allow_list: [203.0.113.0/28]}"
    there = f"      backend: durable-task-scheduler\n      name: 2-orders-hub\n      scheduler: {scheduler}\n"
    text = good.replace("      backend: azure-storage\n", there).replace("history_days: 60", "history_days: 30")
    text = text.replace("staging: {hub", "staging: {task_hub: 2ordershub, hub")
    assert [hub.key for hub in estate_of({"dev.yaml": text}).task_hubs()] == ["2-orders-hub", "2ordershub"]
