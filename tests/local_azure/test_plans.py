"""What Azure asks of Flex Consumption, of plans over zones, and of scaling by load."""

from typing import Any

import pytest

from tests.local_azure.driver import Refused
from tests.local_azure.estate import GROUP, LOCATION, STORAGE_ACCOUNT, Estate


def flex(**scale: Any) -> dict[str, Any]:
    return {
        "siteConfig": {},
        "functionAppConfig": {
            "deployment": {
                "storage": {
                    "type": "blobContainer",
                    "value": "https://stdevclaims.blob.core.windows.net/packages",
                    "authentication": {"type": "SystemAssignedIdentity"},
                }
            },
            "runtime": {"name": "python", "version": "3.12"},
            "scaleAndConcurrency": {"instanceMemoryMB": 2048, "maximumInstanceCount": 100} | scale,
        },
    }


@pytest.mark.parametrize(
    ("scale", "says"),
    [
        ({"instanceMemoryMB": 1024}, "'instanceMemoryMB' is 1024; it can be one of 512, 2048, 4096"),
        ({"maximumInstanceCount": 39}, "'maximumInstanceCount' is 39; it can be 40 to 1000"),
        ({"maximumInstanceCount": 1001}, "'maximumInstanceCount' is 1001; it can be 40 to 1000"),
        ({"alwaysReady": [{"name": "durables", "instanceCount": 1}]}, "names a group that does not exist"),
        ({"alwaysReady": [{"name": "http", "instanceCount": 101}]}, "more instances than 'maximumInstanceCount'"),
    ],
)
def test_flex_refuses_sizes_and_numbers_that_do_not_exist(estate: Estate, scale: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        estate.app(estate.plan("FC1"), **flex(**scale))


def test_flex_takes_a_runtime_version_that_does_not_exist(estate: Estate) -> None:
    """As Azure does, and the application then never starts; the description is what refuses it."""
    config = flex()
    config["functionAppConfig"]["runtime"] = {"name": "dotnet-isolated", "version": "10"}
    assert estate.app(estate.plan("FC1"), **config).id


def test_flex_without_its_own_configuration_is_refused(estate: Estate) -> None:
    with pytest.raises(Refused, match="need 'functionAppConfig'"):
        estate.app(estate.plan("FC1"), siteConfig={})


def test_the_sdk_may_say_on_flex_that_a_site_is_no_xenon(estate: Estate) -> None:
    plan = estate.plan("FC1")
    app = estate.app(plan, isXenon=False, **flex())
    with pytest.raises(Refused, match="isXenon: not valid for Flex Consumption sites"):
        estate.caller.update(app, estate.site(plan, isXenon=True, **flex()))


def plan_over_zones(sku: str, **capacity: int) -> dict[str, Any]:
    return {
        "resourceGroupName": GROUP,
        "name": "plan-zones",
        "location": LOCATION,
        "reserved": True,
        "zoneRedundant": True,
        "sku": {"name": sku} | capacity,
    }


@pytest.mark.parametrize(("sku", "capacity"), [("FC1", {}), ("EP1", {"capacity": 2}), ("P1v3", {"capacity": 3})])
def test_a_plan_is_spread_over_zones_where_there_are_some(estate: Estate, sku: str, capacity: dict[str, int]) -> None:
    assert estate.caller.create("web:AppServicePlan", plan_over_zones(sku, **capacity)).outputs["zoneRedundant"]


@pytest.mark.parametrize("sku", ["Y1", "S1", "B1"])
def test_a_plan_without_zones_is_not_spread(estate: Estate, sku: str) -> None:
    with pytest.raises(Refused, match="Zone redundancy is not supported"):
        estate.caller.create("web:AppServicePlan", plan_over_zones(sku, capacity=2))


def test_one_instance_is_not_spread(estate: Estate) -> None:
    with pytest.raises(Refused, match="has at least 2 instances, not 1"):
        estate.caller.create("web:AppServicePlan", plan_over_zones("EP1", capacity=1))


@pytest.mark.parametrize(("sku", "most"), [("S1", 10), ("P1v3", 30), ("EP1", 100)])
def test_a_plan_has_no_more_instances_than_its_tier(estate: Estate, sku: str, most: int) -> None:
    wanted = plan_over_zones(sku) | {"zoneRedundant": False}
    with pytest.raises(Refused, match=f"at most {most} instances, not {most + 1}"):
        estate.caller.create("web:AppServicePlan", wanted | {"sku": {"name": sku, "capacity": most + 1}})
    assert estate.caller.create("web:AppServicePlan", wanted | {"sku": {"name": sku, "capacity": most}}).id


def scaling(plan: str, low: str = "1", usual: str = "1", high: str = "4") -> dict[str, Any]:
    return {
        "resourceGroupName": GROUP,
        "autoscaleSettingName": "load-plan-dev",
        "location": LOCATION,
        "targetResourceUri": plan,
        "profiles": [{"name": "by load", "capacity": {"minimum": low, "default": usual, "maximum": high}, "rules": []}],
    }


def test_a_dedicated_plan_is_scaled_by_load_and_others_are_not(estate: Estate) -> None:
    assert estate.caller.create("monitor:AutoscaleSetting", scaling(estate.plan("P1v3").id)).id
    elastic = estate.plan("EP1", "plan-elastic")
    with pytest.raises(Refused, match="tier ElasticPremium cannot be scaled"):
        estate.caller.create("monitor:AutoscaleSetting", scaling(elastic.id) | {"autoscaleSettingName": "other"})


def test_a_plan_that_is_not_there_is_not_scaled(estate: Estate) -> None:
    with pytest.raises(Refused, match="was not found"):
        estate.caller.create("monitor:AutoscaleSetting", scaling("/subscriptions/none/serverfarms/none"))


def test_bounds_that_contradict_each_other_are_refused_at_preview(estate: Estate) -> None:
    plan = estate.plan("P1v3")
    inputs = scaling(plan.id, low="5")
    assert estate.caller.check("monitor:AutoscaleSetting", inputs) == [
        "BadRequest: 'capacity' of a profile wants minimum ≤ default ≤ maximum"
    ]


@pytest.mark.parametrize(("sku", "other"), [("FC1", "EP1"), ("EP1", "FC1")])
def test_no_application_moves_to_flex_or_away_from_it(estate: Estate, sku: str, other: str) -> None:
    plan = estate.plan(sku)
    estate.app(plan, **(flex() if sku == "FC1" else {}))
    with pytest.raises(Refused, match="A plan with apps cannot change between the tiers"):
        estate.caller.update(plan, plan.inputs | {"sku": {"name": other}})


@pytest.mark.parametrize(("before", "after"), [("LRS", "ZRS"), ("ZRS", "LRS"), ("GRS", "GZRS"), ("LRS", "GZRS")])
def test_a_store_gets_or_loses_no_zones_by_a_plain_change(estate: Estate, before: str, after: str) -> None:
    made = estate.caller.create("storage:StorageAccount", stored(before), "store")
    with pytest.raises(Refused, match=r"Values for request parameters are invalid: sku\."):
        estate.caller.update(made, stored(after))


def test_a_store_gets_a_second_region_in_place(estate: Estate) -> None:
    made = estate.caller.create("storage:StorageAccount", stored("ZRS"), "store")
    assert estate.caller.update(made, stored("GZRS")).outputs["sku"]["name"] == "Standard_GZRS"


@pytest.mark.parametrize("sku", ["EP1", "FC1"])
def test_a_plan_over_zones_is_taken_beside_a_store_in_one_zone(estate: Estate, sku: str) -> None:
    """As Azure does: it asks for such a store in words only, and the description is what refuses it."""
    estate.caller.create("storage:StorageAccount", stored("LRS"), "store")
    inputs = {"resourceGroupName": GROUP, "name": "plan-zonal", "location": LOCATION, "reserved": True}
    size = {"name": sku} if sku == "FC1" else {"name": sku, "capacity": 2}
    assert estate.caller.create("web:AppServicePlan", inputs | {"sku": size, "zoneRedundant": True}, "zonal").id


@pytest.mark.parametrize("sku", ["EP1", "FC1"])
def test_a_plan_is_spread_over_zones_in_place_and_back(estate: Estate, sku: str) -> None:
    inputs: dict[str, Any] = {"resourceGroupName": GROUP, "name": "plan-zonal", "location": LOCATION, "reserved": True}
    inputs["sku"] = {"name": sku} if sku == "FC1" else {"name": sku, "capacity": 2}
    made = estate.caller.create("web:AppServicePlan", inputs | {"zoneRedundant": False}, "zonal")
    assert not estate.caller.diff("web:AppServicePlan", made.inputs, inputs | {"zoneRedundant": True}).replaces
    spread = estate.caller.update(made, inputs | {"zoneRedundant": True})
    assert estate.caller.update(spread, inputs | {"zoneRedundant": False}).id == made.id


def stored(copies: str) -> dict[str, Any]:
    return STORAGE_ACCOUNT | {"sku": {"name": f"Standard_{copies}"}}
