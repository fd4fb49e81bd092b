"""An application in a private network: what is closed, what leads to it, and what waits for what. The matrix has every plan."""

from collections.abc import Iterable
from typing import Any

import pytest

from environments import Environment, catalogue
from environments.private_endpoints import endpoints_of
from plan import Plan, Resource
from tests.components.conftest import plan_of
from tests.matrix.cells import NAME, Cell, description_of

HUB = "/subscriptions/5b0f8d2c-4c1e-4f7a-9a63-2e8d7c6b5a40/resourceGroups/rg-hub/providers/Microsoft.Network"
VNET, SUBNET = "azure-native:network:VirtualNetwork", "azure-native:network:Subnet"
ENDPOINT, ZONES = "azure-native:network:PrivateEndpoint", "azure-native:network:PrivateDnsZoneGroup"
ZONE, LINK = "azure-native:privatedns:PrivateZone", "azure-native:privatedns:VirtualNetworkLink"
STORE, VAULT = "azure-native:storage:StorageAccount", "azure-native:keyvault:Vault"
SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")
PREMIUM = Cell("EP1", "linux", "node", binding="slot", network="private")
FLEX = Cell("FC1", "linux", "node", network="private")
DEDICATED = Cell("P1v3", "windows", "node", binding="code", network="private")


def environment(cell: Cell, network: dict[str, Any] | None = None, place: dict[str, Any] | None = None) -> Environment:
    """The environment of a cell; the network and the application's place in it where they are others."""
    described = description_of({"orders": cell})
    if network is not None:
        described["network"] = network
    if place is not None:
        described["apps"]["orders"]["network"] = place
    return Environment.model_validate({"name": NAME, **described})


def names(resources: Iterable[Resource], key: str) -> set[str]:
    return {str(one.inputs[key]) for one in resources}


def sites(plan: Plan) -> list[Resource]:
    return [one for token in SITES for one in plan.of_type(token)]


@pytest.mark.parametrize(
    ("cell", "delegation"),
    [
        (PREMIUM, "Microsoft.Web/serverFarms"),
        (FLEX, "Microsoft.App/environments"),
        (DEDICATED, "Microsoft.Web/serverFarms"),
    ],
    ids=["premium", "flex", "dedicated"],
)
def test_store_and_vault_are_closed_and_every_slot_joins_the_subnet_of_its_plan(cell: Cell, delegation: str) -> None:
    described = environment(cell)
    plan = plan_of(described)
    [store], [vault] = plan.of_type(STORE), plan.of_type(VAULT)
    assert store.inputs["publicNetworkAccess"] == vault.inputs["properties"]["publicNetworkAccess"] == "Disabled"
    assert names(plan.of_type(ENDPOINT), "privateEndpointName") == {
        one.name for one in endpoints_of(described, "orders")
    }
    assert names(plan.of_type(ZONES), "privateEndpointName") == names(plan.of_type(ENDPOINT), "privateEndpointName")
    [delegated] = [one for one in plan.of_type(SUBNET) if one.inputs.get("delegations")]
    assert [one["serviceName"] for one in delegated.inputs["delegations"]] == [delegation]
    assert len(sites(plan)) == (2 if cell.binding else 1)
    for site in sites(plan):
        assert delegated.urn in site.property_dependencies["virtualNetworkSubnetId"]
        assert site.inputs.get("outboundVnetRouting") == (None if cell is FLEX else {"applicationTraffic": True})
        assert site.inputs["publicNetworkAccess"] == "Disabled"
        monitored = site.inputs["siteConfig"].get("functionsRuntimeScaleMonitoringEnabled", False)
        assert monitored is (cell is PREMIUM)


def test_a_site_that_stays_public_has_no_endpoint_and_says_nothing_of_it() -> None:
    plan = plan_of(environment(PREMIUM, place={"subnet": "10.40.8.0/26"}))
    assert not [
        name for name in names(plan.of_type(ENDPOINT), "privateEndpointName") if "site" in name or "slot" in name
    ]
    assert [site.inputs.get("publicNetworkAccess") for site in sites(plan)] == [None, None]


@pytest.mark.parametrize(
    ("backend", "holder", "group"),
    [
        ("durable-task-scheduler", "azure-native:durabletask:Scheduler", "scheduler"),
        ("mssql", "azure-native:sql:Server", "sqlServer"),
    ],
)
def test_what_holds_the_hub_is_reached_by_its_endpoint_only(backend: str, holder: str, group: str) -> None:
    plan = plan_of(environment(PREMIUM._replace(backend=backend)))
    [held] = plan.of_type(holder)
    inputs = held.inputs.get("properties", held.inputs)
    assert inputs["publicNetworkAccess"] == "Disabled"
    groups = [one.inputs["privateLinkServiceConnections"][0]["groupIds"][0] for one in plan.of_type(ENDPOINT)]
    assert sorted(groups) == sorted(["blob", "vault", group, "sites", "sites-staging"])


def test_a_site_waits_until_its_hub_can_be_asked_for() -> None:
    plan = plan_of(environment(PREMIUM, place={"subnet": "10.40.8.0/26"}))
    zones = {one.urn for one in plan.of_type(ZONES)}
    assert len(zones) == 4
    for site in sites(plan):
        assert zones <= set(site.property_dependencies["virtualNetworkSubnetId"])


def test_subnets_are_made_one_after_the_other() -> None:
    [first, second] = plan_of(environment(PREMIUM)).of_type(SUBNET)
    assert first.urn in second.property_dependencies["virtualNetworkName"]


def test_of_a_given_network_only_the_zones_that_are_not_given_are_made_and_linked() -> None:
    network = f"{HUB}/virtualNetworks/vnet-hub"
    zones = {one: f"{HUB}/privateDnsZones/{facts.zone}" for one, facts in catalogue.endpoint_services().items()}
    place = {"subnet_resource_id": f"{network}/subnets/orders"}
    given: dict[str, Any] = {"subnet_resource_id": f"{network}/subnets/pe", "private_dns_zone_resource_ids": zones}
    plan = plan_of(environment(PREMIUM, {"private_endpoints": given}, place))
    assert [plan.of_type(token) for token in (VNET, SUBNET, ZONE, LINK)] == [[], [], [], []]
    assert {one.inputs["subnet"]["id"] for one in plan.of_type(ENDPOINT)} == {f"{network}/subnets/pe"}
    assert {one.inputs["virtualNetworkSubnetId"] for one in sites(plan)} == {f"{network}/subnets/orders"}
    told = [one.inputs["privateDnsZoneConfigs"][0]["privateDnsZoneId"] for one in plan.of_type(ZONES)]
    assert told == [zones[one] for one in ("blob", "queue", "table", "vault")]
    del given["private_dns_zone_resource_ids"]
    plan = plan_of(environment(PREMIUM, {"private_endpoints": given}, place))
    assert len(plan.of_type(ZONE)) == 4
    assert {one.inputs["virtualNetwork"]["id"] for one in plan.of_type(LINK)} == {network}


def test_an_own_network_is_told_to_ask_given_zones() -> None:
    blob = f"{HUB}/privateDnsZones/privatelink.blob.core.windows.net"
    endpoints = {"subnet": "10.40.0.0/26", "private_dns_zone_resource_ids": {"blob": blob}}
    plan = plan_of(environment(PREMIUM, {"address_space": ["10.40.0.0/16"], "private_endpoints": endpoints}))
    assert "privatelink.blob.core.windows.net" not in names(plan.of_type(ZONE), "privateZoneName")
    [link] = [one for one in plan.of_type(LINK) if one.inputs["resourceGroupName"] == "rg-hub"]
    assert link.inputs["privateZoneName"] == "privatelink.blob.core.windows.net"


def test_what_exists_already_keeps_the_names_it_has() -> None:
    described = description_of({"orders": PREMIUM})
    described["names"] = {
        "virtual_network": "legacy",
        "private_endpoint_subnet": "pe",
        "zone_links": {"blob": "to-legacy"},
    }
    old = {"name": "old-blob", "private_service_connection_name": "old-0", "private_dns_zone_group_name": "zones"}
    described["apps"]["orders"]["names"] = {"subnet": "apps", "private_endpoints": {"blob": old}}
    described["apps"]["orders"]["slots"]["staging"]["private_endpoint"] = {
        "name": "old-slot",
        "network_interface_name": "old-slot-nic",
    }
    plan = plan_of(Environment.model_validate({"name": NAME, **described}))
    assert names(plan.of_type(VNET), "virtualNetworkName") == {"legacy"}
    assert names(plan.of_type(SUBNET), "subnetName") == {"pe", "apps"}
    assert "to-legacy" in names(plan.of_type(LINK), "virtualNetworkLinkName")
    inputs = {str(one.inputs["privateEndpointName"]): one.inputs for one in plan.of_type(ENDPOINT)}
    groups = {one.inputs["privateEndpointName"]: one.inputs["privateDnsZoneGroupName"] for one in plan.of_type(ZONES)}
    assert "customNetworkInterfaceName" not in inputs["old-blob"]
    assert inputs["old-blob"]["privateLinkServiceConnections"][0]["name"] == "old-0"
    assert inputs["old-slot"]["customNetworkInterfaceName"] == "old-slot-nic"
    assert inputs["old-slot"]["privateLinkServiceConnections"][0]["name"] == "old-slot"
    assert (groups["old-blob"], groups["old-slot"]) == ("zones", "default")


def test_without_a_network_nothing_of_it_is_said() -> None:
    plan = plan_of(environment(PREMIUM._replace(network="public")))
    assert not [one for one in plan.resources.values() if one.type.split(":")[1] in ("network", "privatedns")]
    for site in sites(plan):
        assert not site.inputs.keys() & {"virtualNetworkSubnetId", "outboundVnetRouting", "publicNetworkAccess"}
    [store] = plan.of_type(STORE)
    assert "publicNetworkAccess" not in store.inputs


SCOPE, SCOPED = "azure-native:monitor:PrivateLinkScope", "azure-native:monitor:PrivateLinkScopedResource"


def with_telemetry(link: dict[str, Any]) -> Plan:
    described = description_of({"orders": PREMIUM})
    described["telemetry"]["private_link"] = link
    return plan_of(Environment.model_validate({"name": NAME, **described}))


def test_telemetry_has_a_scope_whose_endpoint_comes_last_and_tells_all_of_its_names() -> None:
    modes = {"ingestion_access_mode": "PrivateOnly", "query_access_mode": "Open"}
    plan = with_telemetry({**modes, "public_ingestion": False})
    [scope], scoped = plan.of_type(SCOPE), plan.of_type(SCOPED)
    assert scope.inputs["accessModeSettings"] == {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "Open"}
    assert len(scoped) == 2
    [endpoint] = [one for one in plan.of_type(ENDPOINT) if one.inputs["privateEndpointName"] == f"pe-telemetry-{NAME}"]
    connections = endpoint.property_dependencies["privateLinkServiceConnections"]
    assert {one.urn for one in (scope, *scoped)} <= set(connections)
    [group] = [one for one in plan.of_type(ZONES) if one.inputs["privateEndpointName"] == f"pe-telemetry-{NAME}"]
    asked = {one.inputs["privateZoneName"] for one in plan.of_type(ZONE) if one.urn in group.dependencies}
    assert asked == {*catalogue.telemetry_link().zones.values(), "privatelink.blob.core.windows.net"}
    assert len(group.inputs["privateDnsZoneConfigs"]) == 5
    for token in ("azure-native:operationalinsights:Workspace", "azure-native:applicationinsights:Component"):
        assert plan.of_type(token)[0].inputs["publicNetworkAccessForIngestion"] == "Disabled"


def test_of_a_given_scope_only_what_is_put_into_it_is_made() -> None:
    group = HUB.rpartition("/providers/")[0]
    plan = with_telemetry({"scope_resource_id": f"{group}/providers/Microsoft.Insights/privateLinkScopes/ampls-hub"})
    assert plan.of_type(SCOPE) == []
    assert {(one.inputs["resourceGroupName"], one.inputs["scopeName"]) for one in plan.of_type(SCOPED)} == {
        ("rg-hub", "ampls-hub")
    }
    assert not [one for one in plan.of_type(ZONE) if "monitor" in one.inputs["privateZoneName"]]
