"""What an application on Flex Consumption registers, taken from the example."""

from pathlib import Path

import pytest

from environments import Environment, load_estate
from plan import UNKNOWN, Plan, Resource
from tests.components.conftest import plan_of


@pytest.fixture(scope="module")
def environment(project_root: Path) -> Environment:
    return load_estate(project_root / "examples" / "flex-consumption" / "environments")["prod"]


@pytest.fixture(scope="module")
def plan(environment: Environment) -> Plan:
    return plan_of(environment)


def only(plan: Plan, kind: str) -> Resource:
    [one] = plan.of_type(f"azure-native:web:{kind}")
    return one


def test_runtime_scale_and_updates_are_properties_of_the_site(plan: Plan) -> None:
    config = only(plan, "WebApp").inputs["functionAppConfig"]
    assert config["runtime"] == {"name": "python", "version": "3.12"}
    assert config["scaleAndConcurrency"] == {
        "alwaysReady": [{"name": "durable", "instanceCount": 1}],
        "instanceMemoryMB": 2048,
        "maximumInstanceCount": 100,
    }
    assert config["siteUpdateStrategy"] == {"type": "RollingUpdate"}


def test_deployments_go_into_the_own_store_by_the_own_identity(plan: Plan, environment: Environment) -> None:
    storage = only(plan, "WebApp").inputs["functionAppConfig"]["deployment"]["storage"]
    store = environment.app_names("orders").storage_account
    assert storage["value"] == f"https://{store}.blob.core.windows.net/packages", (
        "a literal, so that a rule can read it"
    )
    assert storage["authentication"] == {
        "type": "UserAssignedIdentity",
        "userAssignedIdentityResourceId": UNKNOWN,
    }


def test_the_site_waits_for_the_container_that_its_code_comes_from(plan: Plan) -> None:
    [container] = plan.of_type("azure-native:storage:BlobContainer")
    assert container.urn in only(plan, "WebApp").property_dependencies["functionAppConfig"]


def test_nothing_is_registered_that_the_plan_refuses(plan: Plan) -> None:
    site = only(plan, "WebApp").inputs
    assert site["siteConfig"].keys() == {
        "minTlsVersion", "scmMinTlsVersion", "http20Enabled", "remoteDebuggingEnabled", "appSettings",
        "ipSecurityRestrictions", "ipSecurityRestrictionsDefaultAction", "scmIpSecurityRestrictionsUseMain",
    }  # fmt: skip
    assert only(plan, "AppServicePlan").inputs["sku"] == {"name": "FC1", "tier": "FlexConsumption"}
    kinds = {one.type.rsplit(":", 1)[-1] for one in plan.resources.values()}
    assert not kinds & {"WebAppSlot", "WebAppSlotConfigurationNames", "WebAppFtpAllowed"}
    assert "WebAppScmAllowed" in kinds


def test_the_plan_over_zones_has_a_store_over_zones(plan: Plan) -> None:
    [store] = plan.of_type("azure-native:storage:StorageAccount")
    assert store.inputs["sku"] == {"name": "Standard_ZRS"}
    assert only(plan, "AppServicePlan").inputs["zoneRedundant"] is True
