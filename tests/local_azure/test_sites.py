"""Plans, apps and slots: what a plan refuses."""

from typing import Any

import pytest

from tests.local_azure.driver import Refused
from tests.local_azure.estate import GROUP, Estate

FLEX_CONFIG = {"functionAppConfig": {"runtime": {"name": "python", "version": "3.12"}}}


def _settings(**values: str) -> dict[str, Any]:
    return {"appSettings": [{"name": name, "value": value} for name, value in values.items()]}


def test_a_slot_answers_under_a_name_of_its_own(estate: Estate) -> None:
    plan = estate.plan()
    estate.app(plan)
    slot = estate.slot(plan)
    assert slot.outputs["name"] == "func-dev-claims/staging"
    assert slot.outputs["defaultHostName"] == "func-dev-claims-staging.azurewebsites.net"
    assert slot.id.endswith("/sites/func-dev-claims/slots/staging")


@pytest.mark.parametrize(("sku", "slots"), [("FC1", 0), ("Y1", 1), ("EP1", 2), ("B1", 0), ("S1", 4)])
def test_a_plan_takes_so_many_slots_beside_production_and_no_more(estate: Estate, sku: str, slots: int) -> None:
    plan = estate.plan(sku)
    over: dict[str, Any] = FLEX_CONFIG | {"siteConfig": {}} if sku == "FC1" else {}
    estate.app(plan, **over)
    for number in range(slots):
        estate.slot(plan, f"slot{number}", **over)
    with pytest.raises(Refused, match="exceed the number of slots allowed"):
        estate.slot(plan, "onemore", **over)


def test_a_plan_with_slots_on_it_is_not_scaled_down_to_one_without(estate: Estate) -> None:
    plan = estate.plan("S1")
    estate.app(plan)
    estate.slot(plan)
    assert estate.caller.update(plan, plan.inputs | {"sku": {"name": "EP1"}}).outputs["sku"]["tier"] == "ElasticPremium"
    with pytest.raises(Refused, match="exceed the number of slots allowed for the 'Basic' SKU"):
        estate.caller.update(plan, plan.inputs | {"sku": {"name": "B1"}})


@pytest.mark.parametrize("over", [{"kind": "functionapp"}, {"reserved": False}])
def test_a_slot_of_another_kind_than_its_app_is_refused(estate: Estate, over: dict[str, Any]) -> None:
    plan = estate.plan()
    estate.app(plan)
    with pytest.raises(Refused, match="54026"):
        estate.slot(plan, **over)


def test_an_app_on_a_plan_that_is_not_there_is_refused(estate: Estate) -> None:
    plan = estate.plan()
    estate.caller.delete(plan)
    with pytest.raises(Refused, match="Cannot find ServerFarm with name plan-dev"):
        estate.app(plan)


def test_a_linux_runtime_on_a_windows_plan_is_refused(estate: Estate) -> None:
    with pytest.raises(Refused, match="LinuxFxVersion has an invalid value"):
        estate.app(estate.plan(linux=False))


@pytest.mark.parametrize("sku", ["Y1", "FC1"])
def test_always_on_is_refused_where_the_plan_has_none(estate: Estate, sku: str) -> None:
    with pytest.raises(Refused, match="AlwaysOn cannot be set for this site"):
        estate.app(estate.plan(sku), siteConfig={"alwaysOn": True}, **FLEX_CONFIG)


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"linuxFxVersion": "PYTHON|3.12"}, "siteConfig.linuxFxVersion"),
        ({"ftpsState": "Disabled"}, "siteConfig.ftpsState"),
        (_settings(FUNCTIONS_WORKER_RUNTIME="python"), "FUNCTIONS_WORKER_RUNTIME"),
        (_settings(WEBSITE_RUN_FROM_PACKAGE="1"), "WEBSITE_RUN_FROM_PACKAGE"),
    ],
)
def test_flex_consumption_refuses_what_it_has_deprecated(estate: Estate, config: dict[str, Any], named: str) -> None:
    with pytest.raises(Refused, match=named):
        estate.app(estate.plan("FC1"), siteConfig=config, **FLEX_CONFIG)


@pytest.mark.parametrize(("key", "most"), [("minimumElasticInstanceCount", 20), ("preWarmedInstanceCount", 10)])
def test_more_waiting_instances_than_azure_keeps_are_refused(estate: Estate, key: str, most: int) -> None:
    plan = estate.plan("EP1")
    with pytest.raises(Refused, match=f"{key} has an invalid value"):
        estate.app(plan, siteConfig={key: most + 1})
    assert estate.app(plan, siteConfig={key: most}).id


def test_flex_consumption_takes_one_app_a_plan(estate: Estate) -> None:
    plan = estate.plan("FC1")
    estate.app(plan, siteConfig={"alwaysOn": False}, **FLEX_CONFIG)
    with pytest.raises(Refused, match="can have 1 app"):
        estate.app(plan, name="func-second", siteConfig={}, **FLEX_CONFIG)


def test_a_content_share_needs_an_account_with_shared_keys(estate: Estate) -> None:
    assert estate.store.inputs["allowSharedKeyAccess"] is False
    key = "c2VjcmV0LWtleQ=="
    connection = (
        f"DefaultEndpointsProtocol=https;AccountName=stdevclaims;AccountKey={key};EndpointSuffix=core.windows.net"
    )
    plan = estate.plan()
    with pytest.raises(Refused, match="Creation of storage file share failed") as refused:
        estate.app(plan, siteConfig=_settings(WEBSITE_CONTENTAZUREFILECONNECTIONSTRING=connection))
    assert key not in str(refused.value)
    estate.caller.update(estate.store, estate.store.inputs | {"allowSharedKeyAccess": True})
    assert estate.app(plan, siteConfig=_settings(WEBSITE_CONTENTAZUREFILECONNECTIONSTRING=connection)).id


def test_an_unknown_sku_is_refused_at_preview(estate: Estate) -> None:
    inputs = {"resourceGroupName": GROUP, "name": "p", "location": "westeurope", "sku": {"name": "EP9"}}
    assert estate.caller.check("web:AppServicePlan", inputs) == [
        "BadRequest: The parameter SKU.Name has an invalid value."
    ]
