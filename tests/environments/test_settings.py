"""Application settings of a slot: what sticks, what is derived, what the description adds, and that none is a secret."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from environments import HUB_SETTING, Environment, Estate, Setting, load_estate, package_of, settings_of, sticky_names
from environments.settings import PLACEHOLDERS

Files = Mapping[str, str | bytes]
EstateOf = Callable[[Files], Estate]
ProblemsOf = Callable[[Files], list[str]]

HOST_ID = "AzureFunctionsWebHost__hostid"


@pytest.fixture
def environment(good: str, estate_of: EstateOf) -> Environment:
    return estate_of({"dev.yaml": good})["dev"]


def by_name(environment: Environment, slot: str | None = None) -> dict[str, Setting]:
    return {setting.name: setting for setting in settings_of(environment, "orders", slot)}


def every_slot(estate: Estate) -> Iterator[tuple[Environment, str, str | None]]:
    for environment in estate:
        for name, app in environment.apps.items():
            for slot in app.all_slots:
                yield environment, name, slot


def test_hub_and_host_id_stay_with_their_slot(environment: Environment) -> None:
    assert sticky_names(environment, "orders") == (HOST_ID, HUB_SETTING)


def test_hub_and_host_id_differ_in_every_slot(environment: Environment) -> None:
    production, staging = by_name(environment), by_name(environment, "staging")
    assert (production[HUB_SETTING].value, staging[HUB_SETTING].value) == ("devorders", "devordersstaging")
    assert (production[HOST_ID].value, staging[HOST_ID].value) == ("dev-orders", "dev-orders-staging")


def test_a_host_that_is_there_already_keeps_its_id(good: str, estate_of: EstateOf) -> None:
    named = good.replace("    runtime:", "    names: {host_id: legacy-orders}\n    runtime:")
    environment = estate_of(
        {"dev.yaml": named.replace("staging: {hub", "staging: {host_id: legacy-orders-staging, hub")}
    )["dev"]
    production, staging = by_name(environment), by_name(environment, "staging")
    assert (production[HOST_ID].value, staging[HOST_ID].value) == ("legacy-orders", "legacy-orders-staging")
    assert sticky_names(environment, "orders") == (HOST_ID, HUB_SETTING)


def test_slots_have_the_same_settings_and_only_their_own_values_differ(environment: Environment) -> None:
    production, staging = by_name(environment), by_name(environment, "staging")
    assert production.keys() == staging.keys()
    differing = {name for name in production if production[name].value != staging[name].value}
    assert differing == {HUB_SETTING, HOST_ID, "WEBSITE_RUN_FROM_PACKAGE"}


def test_the_store_is_reached_by_identity_and_by_no_connection_string(environment: Environment) -> None:
    settings = by_name(environment)
    store = environment.app_names("orders").storage_account
    assert settings["AzureWebJobsStorage__accountName"].value == store
    assert settings["AzureWebJobsStorage__credential"].value == "managedidentity"
    assert settings["AzureWebJobsStorage__clientId"].value == "{identity_client_id}"
    assert "AzureWebJobsStorage" not in settings, "an exact name would win over the prefix"


def test_a_secret_is_a_reference_into_the_applications_vault(environment: Environment) -> None:
    setting = by_name(environment)["CARRIER_API_KEY"]
    vault = environment.app_names("orders").key_vault
    assert setting.value == f"@Microsoft.KeyVault(VaultName={vault};SecretName=carrier-api-key)"
    assert setting.secret == "carrier-api-key"
    assert not setting.derived


def test_what_the_description_sets_is_taken_as_it_stands(good: str, estate_of: EstateOf) -> None:
    text = good.replace('REMINDER_HOURS: "48"', 'TEMPLATE: "{identity_client_id} {} %PATH%"')
    setting = by_name(estate_of({"dev.yaml": text})["dev"])["TEMPLATE"]
    assert setting.value == "{identity_client_id} {} %PATH%"
    assert not setting.derived, "a placeholder is filled in only where Hubkeeper put it"


def test_only_derived_settings_have_placeholders_and_only_known_ones(project_root: Path) -> None:
    for environment, app, slot in every_slot(load_estate(project_root / "environments")):
        for setting in settings_of(environment, app, slot):
            found = set(re.findall(r"{(\w+)}", setting.value))
            assert setting.derived == bool(found)
            assert found <= set(PLACEHOLDERS)


def test_settings_are_sorted_and_each_is_there_once_and_explained(project_root: Path) -> None:
    for environment, app, slot in every_slot(load_estate(project_root / "environments")):
        settings = settings_of(environment, app, slot)
        names = [setting.name for setting in settings]
        assert names == sorted(set(names))
        assert all(setting.about for setting in settings)


def test_what_is_sampled_is_what_the_description_says(environment: Environment) -> None:
    prefix = "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__"
    sampling = {name.removeprefix(prefix): one.value for name, one in by_name(environment).items() if prefix in name}
    assert sampling == {
        "excludedTypes": "Exception;Request;Trace",
        "isEnabled": "true",
        "maxTelemetryItemsPerSecond": "20",
    }


def test_each_slot_runs_a_package_of_its_own_unless_one_is_given(good: str, estate_of: EstateOf) -> None:
    environment = estate_of({"dev.yaml": good})["dev"]
    assert [package_of(environment, "orders", slot) for slot in (None, "staging")] == [
        "orders.zip",
        "orders-staging.zip",
    ]
    text = good.replace("    plan:\n", "    package: orders-1.4.0.zip\n    plan:\n")
    text = text.replace("{hub_binding: slot}", "{hub_binding: slot, package: next/orders.zip}")
    given = estate_of({"dev.yaml": text})["dev"]
    assert [package_of(given, "orders", slot) for slot in (None, "staging")] == ["orders-1.4.0.zip", "next/orders.zip"]
    store = given.app_names("orders").storage_account
    url = f"https://{store}.blob.core.windows.net/packages/next/orders.zip"
    assert by_name(given, "staging")["WEBSITE_RUN_FROM_PACKAGE"].value == url


OVER_HOST_JSON = "AzureFunctionsJobHost__extensions__durableTask__"
BY_PEOPLE = ("sku: EP1", "sku: P1v3")


def test_where_people_scale_a_setting_may_say_how_much_an_instance_does(good: str, estate_of: EstateOf) -> None:
    setting = f"{OVER_HOST_JSON}maxConcurrentActivityFunctions"
    text = good.replace(*BY_PEOPLE).replace("REMINDER_HOURS:", f"{setting}:")
    assert by_name(estate_of({"dev.yaml": text})["dev"])[setting].value == "48"


@pytest.mark.parametrize("key", ["controlQueueBatchSize", "maxQueuePollingInterval"])
def test_where_people_scale_a_setting_may_say_how_the_store_is_used(key: str, good: str, estate_of: EstateOf) -> None:
    setting = f"{OVER_HOST_JSON}storageProvider__{key}"
    text = good.replace(*BY_PEOPLE).replace("REMINDER_HOURS:", f"{setting}:")
    assert by_name(estate_of({"dev.yaml": text})["dev"])[setting].value == "48"


def test_where_the_platform_scales_such_a_setting_is_refused_and_belongs_into_the_file(
    good: str, problems_of: ProblemsOf
) -> None:
    text = good.replace("REMINDER_HOURS:", f"{OVER_HOST_JSON}storageProvider__controlQueueBatchSize:")
    [line] = problems_of({"dev.yaml": text})
    assert "reads host.json and not this setting" in line
    assert "expected it left out: put the key into host.json (" in line


@pytest.mark.parametrize(
    "key", ["hubName", "storageProvider__partitionCount", "storageProvider__trackingStoreNamePrefix"]
)
def test_where_people_scale_a_setting_that_moves_the_hub_is_refused_all_the_same(
    key: str, good: str, problems_of: ProblemsOf
) -> None:
    text = good.replace(*BY_PEOPLE).replace("REMINDER_HOURS:", f"{OVER_HOST_JSON}{key}:")
    [line] = problems_of({"dev.yaml": text})
    assert ": the hub is another than the one described, and nobody sees it" in line
    assert ("expected `task_hub: {partition_count: …}` here" in line) == key.endswith("partitionCount")


CANCELS = "        stuck_after: 3d\n        compensates: [the order]\n        compensated_by: {the order: CancelOrder}"


def switched_off(good: str, function: str, binding: str) -> str:
    slot = f"{{hub_binding: {binding}, disabled_functions: [NightlyCleanup, {function}]}}"
    return good.replace("{hub_binding: slot}", slot).replace("        stuck_after: 3d", CANCELS)


@pytest.mark.parametrize("function", ["ProcessOrder", "cancelorder"])
def test_what_ends_an_instance_is_not_off_where_hubs_go_with_their_code(
    function: str, good: str, problems_of: ProblemsOf
) -> None:
    [line] = problems_of({"dev.yaml": switched_off(good, function, "code")})
    assert f"disabled_functions[1]: {function} is off in staging, where instances that go with their code" in line


@pytest.mark.parametrize(("function", "binding"), [("ProcessOrder", "slot"), ("StartOrder", "code")])
def test_what_waits_for_no_instance_may_be_off_in_a_slot(
    function: str, binding: str, good: str, estate_of: EstateOf
) -> None:
    environment = estate_of({"dev.yaml": switched_off(good, function, binding)})["dev"]
    assert f"AzureWebJobs_{function}_Disabled" in by_name(environment, "staging")
