"""A SQL server whose databases are task hubs: what Azure takes, refuses and replaces around it."""

from typing import Any

import pytest

from tests.local_azure.driver import TENANT, Caller, Created, Refused
from tests.local_azure.estate import GROUP, LOCATION, Estate

SERVER, DATABASE, DOOR = "sql:Server", "sql:Database", "sql:FirewallRule"
BACKUPS = "sql:BackupShortTermRetentionPolicy"
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
