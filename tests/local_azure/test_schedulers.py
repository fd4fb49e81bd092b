"""A scheduler holds task hubs: what Azure takes, counts and refuses around it."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.local_azure.driver import Caller, Created, Refused
from tests.local_azure.estate import GROUP, LOCATION, Estate

SCHEDULER, TASK_HUB, POLICY = "durabletask:Scheduler", "durabletask:TaskHub", "durabletask:RetentionPolicy"


def scheduler_inputs(
    name: str = "dts-claims-dev", sku: str = "Dedicated", capacity: int | None = None, location: str = LOCATION,
    addresses: Sequence[str] = ("203.0.113.0/24",),
) -> dict[str, Any]:  # fmt: skip
    size = {"capacity": capacity} if capacity is not None else {}
    return {
        "resourceGroupName": GROUP,
        "schedulerName": name,
        "location": location,
        "properties": {"ipAllowlist": list(addresses), "sku": {"name": sku, **size}},
    }


def scheduler(caller: Caller, name: str = "dts-claims-dev", sku: str = "Dedicated", **more: Any) -> Created:
    return caller.create(SCHEDULER, scheduler_inputs(name, sku, **more), name)


def hub(caller: Caller, name: str, on: str = "dts-claims-dev") -> Created:
    inputs = {"resourceGroupName": GROUP, "schedulerName": on, "taskHubName": name}
    return caller.create(TASK_HUB, inputs, name)


def policy(*days: int, on: str = "dts-claims-dev") -> dict[str, Any]:
    listed = [{"retentionPeriodInDays": one} for one in days]
    return {"resourceGroupName": GROUP, "schedulerName": on, "properties": {"retentionPolicies": listed}}


def test_the_endpoint_has_a_part_that_no_name_tells(estate: Estate) -> None:
    one = scheduler(estate.caller).outputs["properties"]["endpoint"]
    assert one.startswith("https://dts-claims-dev-")
    assert one.endswith(f".{LOCATION}.durabletask.io")
    assert one != f"https://dts-claims-dev.{LOCATION}.durabletask.io"
    assert scheduler(estate.caller, "dts-freight-dev").outputs["properties"]["endpoint"].split("-")[-1] not in one


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        (scheduler_inputs(sku="Consumption", capacity=1), "capacity' cannot be set for the SKU Consumption"),
        (scheduler_inputs(capacity=4), "capacity' is 4; it can be 1 to 3"),
        (scheduler_inputs(sku="Free"), "is not one of Dedicated, Consumption"),
        (scheduler_inputs(addresses=["office"]), "'office' in 'properties.ipAllowlist' is no address"),
        (scheduler_inputs(name="a_b"), "'a_b' is not a valid 'schedulerName'"),
        ({"resourceGroupName": GROUP, "schedulerName": "dts-x", "location": LOCATION}, "'properties'"),
    ],
)
def test_what_no_scheduler_can_be_is_refused_at_preview(estate: Estate, inputs: dict[str, Any], says: str) -> None:
    (reason,) = estate.caller.check(SCHEDULER, inputs)
    assert says in reason


def test_an_empty_allow_list_is_taken_as_azure_takes_it(estate: Estate) -> None:
    assert scheduler(estate.caller, addresses=()).outputs["properties"]["ipAllowlist"] == []


@pytest.mark.parametrize(("capacity", "state"), [(1, "None"), (3, "Zone")])
def test_only_three_units_are_spread_over_zones(estate: Estate, capacity: int, state: str) -> None:
    assert scheduler(estate.caller, capacity=capacity).outputs["properties"]["sku"]["redundancyState"] == state


@pytest.mark.parametrize(("sku", "hubs"), [("Consumption", 5), ("Dedicated", 25)])
def test_one_hub_too_many_in_a_region_is_refused_on_whichever_scheduler(estate: Estate, sku: str, hubs: int) -> None:
    names = ["dts-a", "dts-b"]
    for name in names:
        scheduler(estate.caller, name, sku)
    for number in range(hubs):
        hub(estate.caller, f"hub{number}", names[number % 2])
    with pytest.raises(Refused, match=f"QuotaExceeded.*{hubs} task hubs of the SKU {sku} in the region 'westeurope'"):
        hub(estate.caller, "onemore", "dts-b")


def test_another_region_and_another_sku_have_quotas_of_their_own(estate: Estate) -> None:
    scheduler(estate.caller, "dts-a", "Consumption")
    for number in range(5):
        hub(estate.caller, f"hub{number}", "dts-a")
    scheduler(estate.caller, "dts-north", "Consumption", location="northeurope")
    scheduler(estate.caller, "dts-big", "Dedicated")
    assert hub(estate.caller, "one", "dts-north").id
    assert hub(estate.caller, "two", "dts-big").id


def test_an_eleventh_scheduler_on_consumption_is_refused(estate: Estate) -> None:
    for number in range(10):
        scheduler(estate.caller, f"dts-{number}00", "Consumption")
    with pytest.raises(Refused, match=r"QuotaExceeded.*10 schedulers of the SKU Consumption"):
        scheduler(estate.caller, "dts-onemore", "Consumption")


def test_a_scheduler_with_hubs_is_not_deleted(estate: Estate) -> None:
    made = scheduler(estate.caller)
    inside = hub(estate.caller, "devclaims")
    with pytest.raises(Refused, match=r"CannotDeleteResource.*nested resources.*taskHubs/devclaims"):
        estate.caller.delete(made)
    estate.caller.delete(inside)
    estate.caller.delete(made)
    assert estate.caller.read(made) is None


def test_a_hub_wants_its_scheduler_first(estate: Estate) -> None:
    with pytest.raises(Refused, match="ParentResourceNotFound"):
        hub(estate.caller, "devclaims")


def test_another_sku_place_or_name_is_another_scheduler_and_the_rest_is_not(estate: Estate) -> None:
    old = scheduler_inputs(capacity=1)

    def replaces(new: dict[str, Any]) -> list[str]:
        return estate.caller.diff(SCHEDULER, old, new).replaces

    assert replaces(scheduler_inputs(sku="Consumption")) == ["properties.sku.name"]
    assert replaces(scheduler_inputs(capacity=1, location="northeurope")) == ["location"]
    assert replaces(scheduler_inputs("dts-other", capacity=1)) == ["schedulerName"]
    assert replaces(scheduler_inputs(capacity=3, addresses=["203.0.113.7"])) == []


@pytest.mark.parametrize("days", [-1, 91])
def test_days_that_no_scheduler_keeps_are_refused_at_preview(estate: Estate, days: int) -> None:
    assert estate.caller.check(POLICY, policy(days)) == [
        f"InvalidRequestContent: 'retentionPeriodInDays' is {days}; it can be 0 to 90"
    ]


def test_consumption_keeps_thirty_days_at_most(estate: Estate) -> None:
    scheduler(estate.caller, sku="Consumption")
    with pytest.raises(Refused, match="'retentionPeriodInDays' is 31; a scheduler of this SKU keeps 30 at most"):
        estate.caller.create(POLICY, policy(30, 31))
    assert estate.caller.create(POLICY, policy(30)).id.endswith("/retentionPolicies/default")


def test_a_scheduler_has_one_policy(estate: Estate) -> None:
    scheduler(estate.caller)
    first = estate.caller.create(POLICY, policy(30), "one")
    with pytest.raises(Refused, match="already existing"):
        estate.caller.create(POLICY, policy(60), "two")
    changed = estate.caller.update(first, policy(0, 90))
    assert [one["retentionPeriodInDays"] for one in changed.outputs["properties"]["retentionPolicies"]] == [0, 90]
