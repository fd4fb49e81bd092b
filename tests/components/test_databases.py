"""An application on MSSQL: its own server without a password, a database for each slot, and what may never be replaced."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from environments import Environment, load_estate
from plan import UNKNOWN, Plan, Resource

SERVER = "azure-native:sql:Server"
DATABASE = "azure-native:sql:Database"
DOOR = "azure-native:sql:FirewallRule"
BACKUPS = "azure-native:sql:BackupShortTermRetentionPolicy"
LONG_TERM = "azure-native:sql:LongTermRetentionPolicy"
METRIC_ALERT = "azure-native:monitor:MetricAlert"
ROLE = "azure-native:authorization:RoleAssignment"
OF_A_HUB_IN_THE_STORE = ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3")


@pytest.fixture(scope="module")
def example(project_root: Path) -> dict[str, Environment]:
    return dict(load_estate(project_root / "examples" / "mssql" / "environments").environments)


@pytest.fixture(scope="module")
def prod(example: dict[str, Environment]) -> Plan:
    from tests.components.conftest import plan_of

    return plan_of(example["prod"])


def one(plan: Plan, token: str) -> Resource:
    (found,) = plan.of_type(token)
    return found


def settings(site: Resource) -> dict[str, Any]:
    return {entry["name"]: entry["value"] for entry in site.inputs["siteConfig"]["appSettings"]}


def test_the_server_is_made_for_a_group_and_takes_no_password(prod: Plan) -> None:
    server = one(prod, SERVER)
    assert server.inputs["administrators"] == {
        "administratorType": "ActiveDirectory",
        "azureADOnlyAuthentication": True,
        "login": "sg-ledger-sql",
        "principalType": "Group",
        "sid": "4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45",
        "tenantId": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55",
    }
    assert not {"administratorLogin", "administratorLoginPassword"} & server.inputs.keys()
    assert server.inputs["minimalTlsVersion"] == "1.2"


def test_another_group_of_administrators_never_replaces_the_server(prod: Plan) -> None:
    assert one(prod, SERVER).ignore_changes == ("administrators",)


def test_each_slot_has_a_database_of_its_own_called_as_its_hub(prod: Plan) -> None:
    made = [(one.inputs["serverName"], one.inputs["databaseName"]) for one in prod.of_type(DATABASE)]
    server = one(prod, SERVER).inputs["serverName"]
    assert made == [(server, "prodledger"), (server, "prodledgerstaging")]
    for database in prod.of_type(DATABASE):
        assert database.inputs["collation"] == "Latin1_General_100_BIN2_UTF8"
        assert database.inputs["sku"] == {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2}
        assert database.inputs["zoneRedundant"] is True
        assert database.inputs["requestedBackupStorageRedundancy"] == "Zone"


def test_slots_that_exchanged_their_hubs_in_a_swap_keep_both_databases(
    example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    def databases(production: str, staging: str) -> dict[str, Any]:
        app = example["prod"].apps["ledger"]
        slot = app.slots["staging"].model_copy(update={"hub_binding": "code", "task_hub": staging})
        hub = app.task_hub.model_copy(update={"name": production})
        ledger = app.model_copy(update={"task_hub": hub, "slots": {"staging": slot}})
        plan = planned(example["prod"].model_copy(update={"apps": {"ledger": ledger}}))
        return {one.urn: one.inputs for token in (DATABASE, BACKUPS) for one in plan.of_type(token)}

    before = databases("prodledger", "prodledgerstaging")
    assert len(before) == 4
    assert databases("prodledgerstaging", "prodledger") == before


def test_every_database_can_be_taken_back_as_far_as_was_said(prod: Plan) -> None:
    said = {one.inputs["databaseName"]: one.inputs["retentionDays"] for one in prod.of_type(BACKUPS)}
    assert said == {"prodledger": 14, "prodledgerstaging": 14}


def with_database(environment: Environment, **over: object) -> Environment:
    """The same with a database of another kind, read as a file would be."""
    described = environment.model_dump(mode="json", exclude_unset=True)
    described["apps"]["ledger"]["task_hub"]["database"].update(over)
    described["apps"]["ledger"]["orchestrations"] = {}
    return Environment.model_validate(described)


def test_a_serverless_database_never_pauses_and_keeps_the_fewest_cores_of_its_size_or_those_that_are_said(
    example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    for said, kept in ({}, 0.5), ({"minimum_vcores": 2}, 2):
        plan = planned(with_database(example["prod"], sku="GP_S_Gen5_4", **said))
        for database in plan.of_type(DATABASE):
            assert (database.inputs["minCapacity"], database.inputs["autoPauseDelay"]) == (kept, -1)
            assert database.inputs["sku"]["name"] == "GP_S_Gen5"


@pytest.mark.parametrize(("zones", "standbys"), [(True, 1), (False, 0)])
def test_a_hyperscale_database_has_a_standby_where_it_has_zones(
    zones: bool, standbys: int, example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    plan = planned(with_database(example["prod"], sku="HS_Gen5_2", zone_redundant=zones))
    for database in plan.of_type(DATABASE):
        assert database.inputs["highAvailabilityReplicaCount"] == standbys
        assert database.inputs["requestedBackupStorageRedundancy"] == "Zone"
        assert not {"maxSizeBytes", "minCapacity", "autoPauseDelay"} & database.inputs.keys()


def test_other_databases_are_told_nothing_of_cores_that_stay_and_of_standbys(prod: Plan) -> None:
    told = {"minCapacity", "autoPauseDelay", "highAvailabilityReplicaCount"}
    assert not any(told & database.inputs.keys() for database in prod.of_type(DATABASE))


def test_backups_are_kept_for_long_only_where_that_is_said(
    prod: Plan, example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    assert prod.of_type(LONG_TERM) == []
    plan = planned(with_database(example["prod"], long_term_backups={"weeks": 6, "years": 7, "week_of_year": 20}))
    assert [one.inputs["databaseName"] for one in plan.of_type(LONG_TERM)] == ["prodledger", "prodledgerstaging"]
    for kept in plan.of_type(LONG_TERM):
        assert (kept.inputs["weeklyRetention"], kept.inputs["monthlyRetention"]) == ("P6W", "PT0S")
        assert (kept.inputs["yearlyRetention"], kept.inputs["weekOfYear"]) == ("P7Y", 20)


def test_the_load_and_the_room_of_productions_database_are_watched(
    prod: Plan, example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    watched = {one.inputs["criteria"]["allOf"][0]["metricName"]: one for one in prod.of_type(METRIC_ALERT)}
    assert watched.keys() == {"storage_percent", "cpu_percent", "workers_percent"}
    production = prod.of_type(DATABASE)[0]
    for alert in watched.values():
        assert alert.property_dependencies["scopes"] == (production.urn,)
        [condition] = alert.inputs["criteria"]["allOf"]
        assert condition["metricNamespace"] == "Microsoft.Sql/servers/databases"
        assert "dimensions" not in condition
    grows = planned(with_database(example["prod"], sku="HS_Gen5_2"))
    still = {one.inputs["criteria"]["allOf"][0]["metricName"] for one in grows.of_type(METRIC_ALERT)}
    assert still == {"cpu_percent", "workers_percent"}


def test_the_firewall_knows_the_first_and_the_last_address_of_each_range(prod: Plan) -> None:
    doors = [(one.inputs["startIpAddress"], one.inputs["endIpAddress"]) for one in prod.of_type(DOOR)]
    assert sorted(doors) == [("198.51.100.7", "198.51.100.7"), ("203.0.113.0", "203.0.113.15")]


def test_an_address_that_is_written_twice_is_one_rule(
    example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    dev = example["dev"].model_copy(deep=True)
    database = dev.apps["ledger"].task_hub.database
    assert database is not None
    database.ip_allow_list[:] = ["203.0.113.7", "203.0.113.7/32"]
    assert len(planned(dev).of_type(DOOR)) == 1


@pytest.mark.parametrize(("environment", "protected"), [("prod", True), ("dev", False)])
def test_server_and_databases_are_protected_but_in_development(
    environment: str, protected: bool, example: dict[str, Environment], planned: Callable[..., Plan]
) -> None:
    plan = planned(example[environment])
    assert {one.protect for token in (SERVER, DATABASE) for one in plan.of_type(token)} == {protected}


def test_in_production_a_lock_holds_the_server(prod: Plan) -> None:
    locks = prod.of_type("azure-native:authorization:ManagementLockByScope")
    assert one(prod, SERVER).urn in {urn for lock in locks for urn in lock.property_dependencies["scope"]}


def test_no_site_starts_before_every_database_is_there(prod: Plan) -> None:
    for token, hub in (("azure-native:web:WebApp", "prodledger"), ("azure-native:web:WebAppSlot", "prodledgerstaging")):
        site = one(prod, token)
        assert settings(site)["TASKHUB_NAME"] == hub
        assert settings(site)["SQLDB_Connection"] is UNKNOWN
        needed = set(site.property_dependencies["siteConfig"])
        assert {one(prod, SERVER).urn, *(database.urn for database in prod.of_type(DATABASE))} <= needed


def test_only_the_runtime_can_look_into_the_database_and_is_told_to(prod: Plan) -> None:
    config = one(prod, "azure-native:web:WebApp").inputs["siteConfig"]
    assert config["functionsRuntimeScaleMonitoringEnabled"] is True


def test_the_way_to_the_database_stays_with_its_slot(prod: Plan) -> None:
    sticky = one(prod, "azure-native:web:WebAppSlotConfigurationNames").inputs["appSettingNames"]
    assert {"TASKHUB_NAME", "SQLDB_Connection"} <= set(sticky)


def test_the_store_is_left_to_the_host(prod: Plan) -> None:
    given = {assignment.inputs["roleDefinitionId"].rsplit("/", 1)[-1] for assignment in prod.of_type(ROLE)}
    assert not given & set(OF_A_HUB_IN_THE_STORE)


def test_the_handoff_says_where_the_databases_are_and_what_is_done_by_hand(prod: Plan) -> None:
    told = prod.outputs["handoff"]["apps"]["ledger"]
    server = one(prod, SERVER).inputs["serverName"]
    assert told["database_server"]["name"] == server
    assert "prepare-the-database-users" in told["database_server"]["by_hand"]
    assert told["task_hubs"]["staging"] == {"name": "prodledgerstaging", "store": server, "backend": "mssql"}


def test_an_application_on_azure_storage_hears_of_no_database(plans: dict[str, Plan]) -> None:
    assert not any(plan.of_type(token) for plan in plans.values() for token in (SERVER, DATABASE, DOOR, BACKUPS))
    assert not any(
        "database_server" in app for plan in plans.values() for app in plan.outputs["handoff"]["apps"].values()
    )
