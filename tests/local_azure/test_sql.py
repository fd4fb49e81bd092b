"""A SQL server whose databases are task hubs: what Azure takes, refuses and replaces around it."""

from typing import Any

import pytest

from tests.local_azure.driver import TENANT, Caller, Created, Refused
from tests.local_azure.estate import GROUP, LOCATION, Estate

SERVER, DATABASE, DOOR = "sql:Server", "sql:Database", "sql:FirewallRule"
BACKUPS, LONG_TERM = "sql:BackupShortTermRetentionPolicy", "sql:LongTermRetentionPolicy"
SERVERLESS = {"sku": {"name": "GP_S_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2}}
HYPERSCALE = {"sku": {"name": "HS_Gen5", "tier": "Hyperscale", "family": "Gen5", "capacity": 2}}
ADMINISTRATORS: dict[str, Any] = {
    "administratorType": "ActiveDirectory",
    "azureADOnlyAuthentication": True,
    "login": "sg-claims-sql",
    "principalType": "Group",
    "sid": "4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45",
    "tenantId": TENANT,
}


def server_inputs(name: str = "sql-claims-dev", **over: Any) -> dict[str, Any]:
    inputs = {
        "resourceGroupName": GROUP,
        "serverName": name,
        "location": LOCATION,
        "version": "12.0",
        "administrators": dict(ADMINISTRATORS),
        "minimalTlsVersion": "1.2",
    } | over
    return {key: value for key, value in inputs.items() if value is not None}


def server(caller: Caller, name: str = "sql-claims-dev", **over: Any) -> Created:
    return caller.create(SERVER, server_inputs(name, **over), name)


def database_inputs(name: str = "devclaims", **over: Any) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "resourceGroupName": GROUP,
        "serverName": "sql-claims-dev",
        "databaseName": name,
        "location": LOCATION,
        "sku": {"name": "S1", "tier": "Standard", "capacity": 20},
    }
    return inputs | over


def database(caller: Caller, name: str = "devclaims", **over: Any) -> Created:
    return caller.create(DATABASE, database_inputs(name, **over), name)


def backups(days: int) -> dict[str, Any]:
    of = {"resourceGroupName": GROUP, "serverName": "sql-claims-dev", "databaseName": "devclaims"}
    return {**of, "policyName": "default", "retentionDays": days}


def long_term(**kept: Any) -> dict[str, Any]:
    return {key: value for key, value in backups(7).items() if key != "retentionDays"} | kept


def test_a_server_answers_under_a_name_that_is_taken_in_the_whole_world(estate: Estate) -> None:
    address = server(estate.caller).outputs["fullyQualifiedDomainName"]
    assert address == "sql-claims-dev.database.windows.net"
    other = Estate(estate.caller, "rg-other")
    with pytest.raises(Refused, match=r"NameAlreadyExists.*'sql-claims-dev' already exists"):
        other.caller.create(SERVER, server_inputs(resourceGroupName="rg-other"), "again")


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"administrators": None}, "parameter Login."),
        ({"administrators": None, "administratorLogin": "claims"}, "parameter Password."),
        ({"administrators": ADMINISTRATORS | {"azureADOnlyAuthentication": False}}, "parameter Login."),
        (
            {"administrators": {"azureADOnlyAuthentication": True, "login": "sg"}},
            "parameter ExternalAdministratorLoginSid.",
        ),
        (
            {"administrators": {"azureADOnlyAuthentication": True, "sid": "x"}},
            "parameter ExternalAdministratorLoginName.",
        ),
        ({"serverName": "Sql-Claims"}, "'Sql-Claims' is not a valid 'serverName'"),
        ({"serverName": "sql-"}, "'sql-' is not a valid 'serverName'"),
        ({"minimalTlsVersion": "TLS1_2"}, "is not one of None, 1.0, 1.1, 1.2, 1.3"),
    ],
)
def test_what_no_server_can_be_is_refused_at_preview(estate: Estate, over: dict[str, Any], says: str) -> None:
    reasons = estate.caller.check(SERVER, server_inputs(**over))
    assert says in reasons[0]


def test_where_only_entra_counts_a_password_is_refused(estate: Estate) -> None:
    made = server(estate.caller)
    with pytest.raises(Refused, match="AadOnlyAuthenticationIsEnabled"):
        estate.caller.update(made, server_inputs(administratorLoginPassword="correct horse battery"))


def test_other_administrators_would_replace_the_server_and_a_tag_would_not(estate: Estate) -> None:
    other = server_inputs(administrators=ADMINISTRATORS | {"login": "sg-other"})
    assert estate.caller.diff(SERVER, server_inputs(), other).replaces
    assert not estate.caller.diff(SERVER, server_inputs(), server_inputs(tags={"owner": "claims"})).replaces


@pytest.mark.parametrize(
    ("over", "replaced"),
    [
        ({"sku": {"name": "S2", "tier": "Standard", "capacity": 50}}, False),
        ({"zoneRedundant": False}, False),
        ({"collation": "SQL_Latin1_General_CP1_CI_AS"}, True),
        ({"isLedgerOn": True}, True),
    ],
)
def test_a_database_takes_another_size_in_place_and_nothing_that_is_not_known_to_be_taken(
    estate: Estate, over: dict[str, Any], replaced: bool
) -> None:
    found = estate.caller.diff(DATABASE, database_inputs(), database_inputs(**over))
    assert bool(found.replaces) == replaced


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"sku": {"name": "S5"}}, "InvalidSku: The sku 'S5' specified is invalid."),
        ({"sku": {"name": "S1", "capacity": 10}}, "InvalidSku: The sku 'S1' with capacity '10' specified is invalid."),
        ({"sku": {"name": "S1", "tier": "Premium"}}, "InvalidTierSkuCombination: The specified tier does not support"),
        ({"zoneRedundant": True}, "ProvisioningDisabled: Provisioning of zone redundant"),
        (SERVERLESS | {"minCapacity": 0.25}, "The minimum capacity 0.25 is not between 0.5 and 2."),
        (SERVERLESS | {"minCapacity": 4}, "The minimum capacity 4 is not between 0.5 and 2."),
        (SERVERLESS | {"autoPauseDelay": 5}, "The auto-pause delay 5 is neither -1 nor"),
        (
            HYPERSCALE | {"zoneRedundant": True, "requestedBackupStorageRedundancy": "Geo"},
            "ProvisioningDisabled: Provisioning of zone redundant Hyperscale database with geo backup redundancy is not",
        ),
        (
            HYPERSCALE
            | {
                "zoneRedundant": True,
                "requestedBackupStorageRedundancy": "Zone",
                "highAvailabilityReplicaCount": 0,
            },
            "has one replica at least",
        ),
        ({"databaseName": "master"}, "'master' is not a valid 'databaseName'"),
        ({"databaseName": "dev:claims"}, "is not a valid 'databaseName'"),
    ],
)
def test_what_no_database_can_be_is_refused_at_preview(estate: Estate, over: dict[str, Any], says: str) -> None:
    assert says in estate.caller.check(DATABASE, database_inputs(**over))[0]


@pytest.mark.parametrize(
    "sku",
    [
        {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2},
        {"name": "GP_Gen5_2"},
        {"name": "P1", "tier": "Premium", "capacity": 125},
        {"name": "BC_Gen5", "capacity": 4},
    ],
)
def test_a_database_that_can_be_spread_over_zones_is(estate: Estate, sku: dict[str, Any]) -> None:
    server(estate.caller)
    assert database(estate.caller, sku=sku, zoneRedundant=True).outputs["zoneRedundant"] is True


def test_a_database_wants_its_server(estate: Estate) -> None:
    with pytest.raises(Refused, match="ParentResourceNotFound"):
        database(estate.caller)


def test_a_server_that_goes_takes_its_databases_with_it(estate: Estate) -> None:
    made = server(estate.caller)
    hub = database(estate.caller)
    estate.caller.delete(made)
    assert estate.caller.read(hub) is None


@pytest.mark.parametrize(("days", "taken"), [(1, True), (35, True), (0, False), (36, False)])
def test_a_database_is_taken_back_one_to_35_days(estate: Estate, days: int, taken: bool) -> None:
    assert (estate.caller.check(BACKUPS, backups(days)) == []) == taken


def test_a_small_database_is_taken_back_seven_days_at_most(estate: Estate) -> None:
    server(estate.caller)
    database(estate.caller, sku={"name": "Basic", "tier": "Basic", "capacity": 5})
    with pytest.raises(Refused, match=r"InvalidBackupRetentionPeriod.*days of 8 is.*between 1 and 7"):
        estate.caller.create(BACKUPS, backups(8), "backups")
    assert estate.caller.create(BACKUPS, backups(7), "backups").outputs["retentionDays"] == 7


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [
        ("203.0.113.0", "203.0.113.15", True),
        ("0.0.0.0", "0.0.0.0", True),
        ("203.0.113.15", "203.0.113.0", False),
        ("2001:db8::", "2001:db8::1", False),
        ("office", "office", False),
    ],
)
def test_a_firewall_rule_is_a_range_of_ipv4_from_the_first_to_the_last(
    estate: Estate, first: str, last: str, taken: bool
) -> None:
    of = {"resourceGroupName": GROUP, "serverName": "sql-claims-dev", "firewallRuleName": "office"}
    reasons = estate.caller.check(DOOR, {**of, "startIpAddress": first, "endIpAddress": last})
    assert (reasons == []) == taken


def test_a_server_that_is_not_public_takes_no_rules_of_a_firewall_and_keeps_those_it_had(estate: Estate) -> None:
    made = server(estate.caller)
    of = {"resourceGroupName": GROUP, "serverName": "sql-claims-dev"}
    office = {**of, "firewallRuleName": "office", "startIpAddress": "203.0.113.0", "endIpAddress": "203.0.113.15"}
    rule = estate.caller.create(DOOR, office, "office")
    estate.caller.update(made, server_inputs(publicNetworkAccess="Disabled"))
    with pytest.raises(Refused, match="DenyPublicEndpointEnabled"):
        estate.caller.create(DOOR, {**office, "firewallRuleName": "other"}, "other")
    with pytest.raises(Refused, match="DenyPublicEndpointEnabled"):
        estate.caller.update(rule, {**office, "endIpAddress": "203.0.113.31"})
    assert estate.caller.read(rule) is not None


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (HYPERSCALE, {}, "tier Hyperscale cannot be changed to Standard"),
        (HYPERSCALE, SERVERLESS, "tier Hyperscale cannot be changed to GeneralPurpose"),
        ({"sku": {"name": "Basic"}}, HYPERSCALE, "Direct conversion from the Basic service tier to Hyperscale"),
        (HYPERSCALE, HYPERSCALE | {"requestedBackupStorageRedundancy": "Zone"}, "when it is created only"),
        (
            HYPERSCALE | {"requestedBackupStorageRedundancy": "Zone"},
            HYPERSCALE | {"requestedBackupStorageRedundancy": "Zone", "zoneRedundant": True},
            "'zoneRedundant' of a Hyperscale database",
        ),
    ],
)
def test_what_is_hyperscale_stays_what_it_was_made_and_basic_does_not_become_it(
    estate: Estate, before: dict[str, Any], after: dict[str, Any], says: str
) -> None:
    server(estate.caller)
    made = database(estate.caller, **before)
    with pytest.raises(Refused, match=says):
        estate.caller.update(made, database_inputs(**after))


@pytest.mark.parametrize("before", [{}, SERVERLESS | {"autoPauseDelay": -1, "minCapacity": 0.5}])
def test_a_database_becomes_hyperscale_and_larger_in_place(estate: Estate, before: dict[str, Any]) -> None:
    server(estate.caller)
    made = database(estate.caller, **before)
    inputs = database_inputs(**HYPERSCALE, requestedBackupStorageRedundancy="Zone", zoneRedundant=True)
    assert not estate.caller.diff(DATABASE, database_inputs(**before), inputs).replaces
    estate.caller.update(made, inputs)
    larger = inputs | {"sku": {"name": "HS_Gen5_8"}, "highAvailabilityReplicaCount": 2}
    assert estate.caller.update(made, larger).outputs["highAvailabilityReplicaCount"] == 2


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ({"weeklyRetention": "P6W", "monthlyRetention": "P12M"}, None),
        ({"weeklyRetention": "PT0S", "yearlyRetention": "PT0S", "weekOfYear": 0}, None),
        ({"yearlyRetention": "P7Y", "weekOfYear": 20}, None),
        ({"yearlyRetention": "P7Y"}, "LongTermRetentionMissingWeekOfYear: WeekOfYear is required"),
        ({"yearlyRetention": "P7Y", "weekOfYear": 53}, "LongTermRetentionMissingWeekOfYear"),
        ({"yearlyRetention": "P11Y", "weekOfYear": 1}, "'yearlyRetention' is no length that backups are kept: P11Y"),
        ({"weeklyRetention": "six weeks"}, "'weeklyRetention' is no length"),
    ],
)
def test_a_backup_is_kept_for_weeks_months_or_years_and_years_want_their_week(
    estate: Estate, kept: dict[str, Any], says: str | None
) -> None:
    reasons = estate.caller.check(LONG_TERM, long_term(**kept))
    assert says in reasons[0] if says else reasons == []


def test_a_database_that_may_pause_keeps_no_backups_for_long(estate: Estate) -> None:
    server(estate.caller)
    made = database(estate.caller, **SERVERLESS)
    kept = long_term(weeklyRetention="P6W")
    with pytest.raises(Refused, match=r"LongTermRetentionPolicyNotSupported.*auto-pause"):
        estate.caller.create(LONG_TERM, kept, "long-term")
    estate.caller.update(made, database_inputs(**SERVERLESS, autoPauseDelay=-1))
    assert estate.caller.create(LONG_TERM, kept, "long-term").outputs["weeklyRetention"] == "P6W"
