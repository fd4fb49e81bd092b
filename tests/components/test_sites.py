"""Sites and slots of the shipped estate: what they run, what they are set to, and how they are reached."""

from typing import Any

import pytest

from environments import HUB_SETTING, Estate, settings_of, sticky_names
from plan import UNKNOWN, Plan, Resource

EVERY_SLOT = [
    (environment, app, slot)
    for environment in ("dev", "test", "prod")
    for app, slots in (("claims", [None, "staging"]), ("freight", [None, "staging"]), ("genomics", [None]))
    for slot in slots
]


def site_of(plan: Plan, estate: Estate, app: str, slot: str | None) -> Resource:
    name = estate[plan.stack].app_names(app).function_app
    token = "azure-native:web:WebAppSlot" if slot else "azure-native:web:WebApp"
    [site] = [one for one in plan.of_type(token) if (one.inputs["name"], one.inputs.get("slot")) == (name, slot)]
    return site


def settings_on(site: Resource) -> dict[str, Any]:
    pairs = site.inputs["siteConfig"]["appSettings"]
    assert len({pair["name"] for pair in pairs}) == len(pairs)
    return {pair["name"]: pair["value"] for pair in pairs}


@pytest.mark.parametrize(("name", "app", "slot"), EVERY_SLOT)
def test_what_is_registered_is_what_the_description_derives(
    name: str, app: str, slot: str | None, estate: Estate, plans: dict[str, Plan]
) -> None:
    expected = {
        setting.name: UNKNOWN if setting.derived else setting.value for setting in settings_of(estate[name], app, slot)
    }
    assert settings_on(site_of(plans[name], estate, app, slot)) == expected


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_the_list_of_sticky_settings_holds_the_hub(name: str, estate: Estate, plans: dict[str, Plan]) -> None:
    lists = plans[name].of_type("azure-native:web:WebAppSlotConfigurationNames")
    by_site = {one.inputs["name"]: one.inputs["appSettingNames"] for one in lists}
    environment = estate[name]
    assert by_site == {
        environment.app_names(app).function_app: list(sticky_names(environment, app)) for app in environment.apps
    }
    assert all(HUB_SETTING in names for names in by_site.values())


@pytest.mark.parametrize(("name", "app", "slot"), EVERY_SLOT)
def test_a_site_is_reached_over_https_and_with_no_password(
    name: str, app: str, slot: str | None, estate: Estate, plans: dict[str, Plan]
) -> None:
    plan = plans[name]
    site = site_of(plan, estate, app, slot)
    config = site.inputs["siteConfig"]
    assert site.inputs["httpsOnly"] is True
    assert (config["minTlsVersion"], config["scmMinTlsVersion"], config["ftpsState"]) == ("1.2", "1.2", "Disabled")
    assert config["remoteDebuggingEnabled"] is False
    suffix = "Slot" if slot else ""
    for door in ("Ftp", "Scm"):
        allowed = [
            one.inputs["allow"]
            for one in plan.of_type(f"azure-native:web:WebApp{door}Allowed{suffix}")
            if (one.inputs["name"], one.inputs.get("slot")) == (site.inputs["name"], slot)
        ]
        assert allowed == [False]


def test_a_site_runs_as_the_applications_own_identity_only(estate: Estate, plans: dict[str, Plan]) -> None:
    for name, app, slot in EVERY_SLOT:
        site = site_of(plans[name], estate, app, slot)
        assert site.inputs["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [UNKNOWN]}
        assert site.inputs["keyVaultReferenceIdentity"] is UNKNOWN


def test_a_slot_is_like_production_in_all_but_its_own_settings(estate: Estate, plans: dict[str, Plan]) -> None:
    for app in ("claims", "freight"):
        production, staging = (dict(site_of(plans["prod"], estate, app, slot).inputs) for slot in (None, "staging"))
        assert staging.pop("slot") == "staging"
        configs = [{**one.pop("siteConfig"), "appSettings": []} for one in (production, staging)]
        assert configs[0] == configs[1]
        assert production == staging


def test_elastic_applications_scale_by_themselves_between_their_bounds(estate: Estate, plans: dict[str, Plan]) -> None:
    config = site_of(plans["prod"], estate, "freight", None).inputs["siteConfig"]
    assert (config["minimumElasticInstanceCount"], config["functionAppScaleLimit"]) == (3, 40)
    assert config["alwaysOn"] is False, "Elastic Premium keeps its instances by itself"
    [plan] = [one for one in plans["prod"].of_type("azure-native:web:AppServicePlan") if one.name == "freight-plan"]
    assert (plan.inputs["kind"], plan.inputs["maximumElasticWorkerCount"]) == ("elastic", 40)
    assert plan.inputs["sku"] == {
        "name": "EP2",
        "tier": "ElasticPremium",
        "size": "EP2",
        "family": "EP",
        "capacity": 3,
    }


def test_dedicated_applications_are_always_on_and_scaled_by_people(estate: Estate, plans: dict[str, Plan]) -> None:
    config = site_of(plans["prod"], estate, "genomics", None).inputs["siteConfig"]
    assert config["alwaysOn"] is True
    assert {"minimumElasticInstanceCount", "functionAppScaleLimit"} & config.keys() == set()
    [plan] = [one for one in plans["prod"].of_type("azure-native:web:AppServicePlan") if one.name == "genomics-plan"]
    assert plan.inputs["kind"] == "linux"
    assert "maximumElasticWorkerCount" not in plan.inputs
    assert plan.inputs["sku"]["capacity"] == 3


def test_plans_are_linux_and_spread_over_zones_where_the_description_says_so(
    estate: Estate, plans: dict[str, Plan]
) -> None:
    for name, plan in plans.items():
        for one in plan.of_type("azure-native:web:AppServicePlan"):
            app = estate[name].apps[one.name.removesuffix("-plan")]
            assert one.inputs["reserved"] is True
            assert one.inputs["zoneRedundant"] is app.plan.zone_redundant
