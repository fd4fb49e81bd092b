"""A virtual network holds subnets, sites and private endpoints: what Azure takes, and what it refuses around them."""

from typing import Any

import pytest

from tests.local_azure.driver import SUBSCRIPTION, Caller, Created, Refused
from tests.local_azure.estate import GROUP, LOCATION, VAULT, Estate

VNET, SUBNET = "network:VirtualNetwork", "network:Subnet"
ENDPOINT, ZONES = "network:PrivateEndpoint", "network:PrivateDnsZoneGroup"
ZONE, LINK = "privatedns:PrivateZone", "privatedns:VirtualNetworkLink"
FLEX, PLANS = "Microsoft.App/environments", "Microsoft.Web/serverFarms"
ELSEWHERE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-hub/providers/Microsoft.Network"


def vnet(caller: Caller, name: str = "vnet-dev", space: str = "10.40.0.0/22", location: str = LOCATION) -> Created:
    inputs = {
        "resourceGroupName": GROUP,
        "virtualNetworkName": name,
        "location": location,
        "addressSpace": {"addressPrefixes": [space]},
    }
    return caller.create(VNET, inputs, name)


def subnet_inputs(name: str, prefix: str, delegation: str = "", network: str = "vnet-dev") -> dict[str, Any]:
    delegated = {"delegations": [{"name": "plan", "serviceName": delegation}]} if delegation else {}
    where = {"resourceGroupName": GROUP, "virtualNetworkName": network}
    return {**where, "subnetName": name, "addressPrefix": prefix, **delegated}


def subnet(caller: Caller, name: str, prefix: str, delegation: str = "", network: str = "vnet-dev") -> Created:
    return caller.create(SUBNET, subnet_inputs(name, prefix, delegation, network), name)


def endpoint_inputs(
    subnet_id: str, target: str, *groups: str, name: str = "pe", location: str = LOCATION
) -> dict[str, Any]:
    return {
        "resourceGroupName": GROUP,
        "privateEndpointName": name,
        "location": location,
        "subnet": {"id": subnet_id},
        "privateLinkServiceConnections": [{"name": name, "groupIds": list(groups), "privateLinkServiceId": target}],
    }


def endpoint(caller: Caller, subnet_id: str, target: str, group: str, name: str = "pe", **more: Any) -> Created:
    return caller.create(ENDPOINT, endpoint_inputs(subnet_id, target, group, name=name, **more), name)


def zone(caller: Caller, name: str = "privatelink.blob.core.windows.net") -> Created:
    inputs = {"resourceGroupName": GROUP, "privateZoneName": name, "location": "global"}
    return caller.create(ZONE, inputs, name)


def link(
    caller: Caller, network_id: str, name: str = "link", zone_name: str = "privatelink.blob.core.windows.net"
) -> Created:
    inputs = {
        "resourceGroupName": GROUP,
        "privateZoneName": zone_name,
        "virtualNetworkLinkName": name,
        "location": "global",
        "registrationEnabled": False,
        "virtualNetwork": {"id": network_id},
    }
    return caller.create(LINK, inputs, name)


@pytest.mark.parametrize(
    ("prefix", "says"),
    [
        ("10.41.0.0/26", "NetcfgInvalidSubnet.*Subnet 'apps' is not valid in virtual network 'vnet-dev'"),
        ("10.40.1.0/30", "NetcfgInvalidSubnet"),
        ("10.40.0.0/25", "NetcfgSubnetRangesOverlap.*existing subnet 'endpoints'"),
    ],
)
def test_a_subnet_lies_in_its_network_and_apart_from_the_others(estate: Estate, prefix: str, says: str) -> None:
    vnet(estate.caller)
    subnet(estate.caller, "endpoints", "10.40.0.0/26")
    with pytest.raises(Refused, match=says):
        subnet(estate.caller, "apps", prefix)


def test_what_is_no_range_is_refused_at_preview(estate: Estate) -> None:
    (reason,) = estate.caller.check(SUBNET, subnet_inputs("apps", "10.40.0.7/26"))
    assert "10.40.0.7/26" in reason


def test_a_subnet_needs_its_network(estate: Estate) -> None:
    with pytest.raises(Refused, match=r"ParentResourceNotFound.*vnet-dev"):
        subnet(estate.caller, "apps", "10.40.0.0/26")


@pytest.mark.parametrize(
    ("sku", "delegation", "says"),
    [
        ("EP1", "", "missing a delegation to Microsoft.Web/serverFarms"),
        ("EP1", FLEX, "missing a delegation to Microsoft.Web/serverFarms"),
        ("FC1", PLANS, "missing a delegation to Microsoft.App/environments"),
        ("Y1", PLANS, "VNET limit"),
    ],
)
def test_a_site_wants_a_subnet_that_is_delegated_to_its_kind_of_plan(
    estate: Estate, sku: str, delegation: str, says: str
) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "apps", "10.40.1.0/26", delegation)
    flex = {"siteConfig": {}, "functionAppConfig": {"runtime": {"name": "python", "version": "3.12"}}}
    with pytest.raises(Refused, match=says):
        estate.app(estate.plan(sku), virtualNetworkSubnetId=place.id, **(flex if sku == "FC1" else {}))


def test_a_site_joins_the_subnet_made_for_it_and_so_does_its_slot(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    plan = estate.plan()
    estate.app(plan, virtualNetworkSubnetId=place.id)
    assert estate.slot(plan, virtualNetworkSubnetId=place.id).outputs["virtualNetworkSubnetId"] == place.id


def test_a_subnet_of_one_plan_takes_no_second_plan(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    estate.app(estate.plan(), virtualNetworkSubnetId=place.id)
    with pytest.raises(Refused, match="already in use by another resource or plan"):
        estate.app(estate.plan(name="plan-two"), name="func-two", virtualNetworkSubnetId=place.id)


def test_a_subnet_too_small_for_a_plan_is_refused(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "apps", "10.40.1.0/29", PLANS)
    with pytest.raises(Refused, match="too small: /28 at least"):
        estate.app(estate.plan(), virtualNetworkSubnetId=place.id)


def test_a_site_of_another_region_cannot_join(estate: Estate) -> None:
    vnet(estate.caller, location="northeurope")
    place = subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    with pytest.raises(Refused, match="not in the region 'westeurope'"):
        estate.app(estate.plan(), virtualNetworkSubnetId=place.id)


def test_a_subnet_somebody_is_in_keeps_its_range_its_delegation_and_its_place(estate: Estate) -> None:
    network = vnet(estate.caller)
    place = subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    site = estate.app(estate.plan(), virtualNetworkSubnetId=place.id)
    for inputs, says in (
        (subnet_inputs("apps", "10.40.1.0/25", PLANS), "InUsePrefixCannotBeDeleted"),
        (subnet_inputs("apps", "10.40.1.0/26"), "SubnetMissingRequiredDelegation"),
    ):
        with pytest.raises(Refused, match=says):
            estate.caller.update(place, inputs)
    for resource in (place, network):
        with pytest.raises(Refused, match=r"InUseSubnetCannotBeDeleted.*func-dev-claims"):
            estate.caller.delete(resource)
    estate.caller.delete(site)
    estate.caller.delete(place)
    estate.caller.delete(network)


def test_a_network_cannot_shrink_below_its_subnets(estate: Estate) -> None:
    network = vnet(estate.caller)
    subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    smaller = {**network.inputs, "addressSpace": {"addressPrefixes": ["10.40.0.0/24"]}}
    with pytest.raises(Refused, match="NetcfgInvalidSubnet"):
        estate.caller.update(network, smaller)


@pytest.mark.parametrize(
    ("groups", "says"),
    [((), "MissingParameterOnPrivateLinkServiceConnection"), (("blob", "queue"), "OnlyOneGroupIdPermitted")],
)
def test_an_endpoint_leads_to_one_part_of_one_resource(estate: Estate, groups: tuple[str, ...], says: str) -> None:
    (reason,) = estate.caller.check(ENDPOINT, endpoint_inputs("/subnets/x", estate.store.id, *groups))
    assert says in reason


@pytest.mark.parametrize("group", ["blobs", "vault", "sites"])
def test_a_part_that_a_store_has_not_is_refused(estate: Estate, group: str) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    with pytest.raises(Refused, match=f"Microsoft.Storage/storageAccounts failed.*Invalid groupId '{group}'"):
        endpoint(estate.caller, place.id, estate.store.id, group)


def test_stores_vaults_and_slots_take_endpoints(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    vault = estate.caller.create("keyvault:Vault", VAULT, "vault")
    plan = estate.plan()
    site = estate.app(plan)
    estate.slot(plan)
    targets = [
        (estate.store, "blob"),
        (estate.store, "table"),
        (vault, "vault"),
        (site, "sites"),
        (site, "sites-staging"),
    ]
    for number, (target, group) in enumerate(targets):
        made = endpoint(estate.caller, place.id, target.id, group, f"pe-{number}")
        [connection] = made.outputs["privateLinkServiceConnections"]
        assert connection["privateLinkServiceConnectionState"]["status"] == "Approved"


def test_an_endpoint_to_nothing_is_refused(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    gone = f"{estate.group.id}/providers/Microsoft.Storage/storageAccounts/stgone"
    with pytest.raises(Refused, match=r"ResourceNotFound.*stgone"):
        endpoint(estate.caller, place.id, gone, "blob")
    with pytest.raises(Refused, match="Invalid groupId 'sites-qa'"):
        endpoint(estate.caller, place.id, estate.app(estate.plan()).id, "sites-qa")


def test_a_site_on_consumption_takes_no_endpoint(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    site = estate.app(estate.plan("Y1", linux=False), kind="functionapp", reserved=False, siteConfig={})
    with pytest.raises(Refused, match="Private endpoints are not supported for the 'Dynamic' SKU"):
        endpoint(estate.caller, place.id, site.id, "sites")


def test_a_delegated_or_full_or_missing_subnet_takes_no_endpoint(estate: Estate) -> None:
    network = vnet(estate.caller)
    delegated = subnet(estate.caller, "apps", "10.40.1.0/26", PLANS)
    small = subnet(estate.caller, "endpoints", "10.40.0.0/29")
    with pytest.raises(Refused, match=r"it is delegated to Microsoft.Web/serverFarms"):
        endpoint(estate.caller, delegated.id, estate.store.id, "blob")
    for group in ("blob", "queue", "table"):
        endpoint(estate.caller, small.id, estate.store.id, group, group)
    with pytest.raises(Refused, match=r"SubnetIsFull.*10.40.0.0/29"):
        endpoint(estate.caller, small.id, estate.store.id, "file", "file")
    with pytest.raises(Refused, match="InvalidResourceReference"):
        endpoint(estate.caller, f"{network.id}/subnets/none", estate.store.id, "blob", "lost")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"customNetworkInterfaceName": "nic-other"}, "NameOfExistingPrivateEndpointNicCannotBeChanged"),
        ({"customNetworkInterfaceName": None}, "NameOfExistingPrivateEndpointNicCannotBeChanged"),
        ({"subnet": {"id": f"{ELSEWHERE}/virtualNetworks/v/subnets/s"}}, "CannotChangeSubnetOnExistingPrivateEndpoint"),
        ({"privateLinkServiceConnections": "renamed"}, "CannotChangePrivateLinkConnectionOnPrivateEndpoint"),
    ],
)
def test_an_endpoint_keeps_its_subnet_its_interface_and_its_connection(
    estate: Estate, change: dict[str, Any], code: str
) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    inputs = endpoint_inputs(place.id, estate.store.id, "blob") | {"customNetworkInterfaceName": "nic-pe"}
    made = estate.caller.create(ENDPOINT, inputs, "pe")
    if "privateLinkServiceConnections" in change:
        change = {"privateLinkServiceConnections": [{**inputs["privateLinkServiceConnections"][0], "name": "renamed"}]}
    with pytest.raises(Refused, match=code):
        estate.caller.update(made, {key: value for key, value in (inputs | change).items() if value is not None})
    estate.caller.update(made, inputs | {"tags": {"owner": "others"}})


def test_an_endpoint_has_one_group_of_zones(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    endpoint(estate.caller, place.id, estate.store.id, "blob")
    where = {"resourceGroupName": GROUP, "privateEndpointName": "pe"}
    config = {"privateDnsZoneConfigs": [{"name": "zone", "privateDnsZoneId": zone(estate.caller).id}]}
    estate.caller.create(ZONES, {**where, **config, "privateDnsZoneGroupName": "default"}, "first")
    with pytest.raises(Refused, match="Cannot create more than one private dns zone groups in the private endpoint pe"):
        estate.caller.create(ZONES, {**where, **config, "privateDnsZoneGroupName": "second"}, "second")


def test_a_given_subnet_of_somebody_elses_group_is_taken_as_there(estate: Estate) -> None:
    place = f"{ELSEWHERE}/virtualNetworks/vnet-hub/subnets"
    endpoint(estate.caller, f"{place}/pe", estate.store.id, "blob")
    assert estate.app(estate.plan(), virtualNetworkSubnetId=f"{place}/apps").id


def test_a_zone_has_one_link_to_a_network_and_goes_after_it(estate: Estate) -> None:
    network = vnet(estate.caller)
    made = zone(estate.caller)
    first = link(estate.caller, network.id)
    with pytest.raises(Refused, match="cannot be linked to multiple zones with overlapping namespaces"):
        link(estate.caller, network.id, "again")
    with pytest.raises(Refused, match="CannotDeleteResource"):
        estate.caller.delete(made)
    estate.caller.delete(first)
    estate.caller.delete(made)


def test_a_zone_lies_in_no_region(estate: Estate) -> None:
    inputs = {"resourceGroupName": GROUP, "privateZoneName": "privatelink.blob.core.windows.net", "location": LOCATION}
    (reason,) = estate.caller.check(ZONE, inputs)
    assert "it is 'global'" in reason


def test_the_zone_of_an_endpoint_must_be_there(estate: Estate) -> None:
    vnet(estate.caller)
    place = subnet(estate.caller, "endpoints", "10.40.0.0/26")
    endpoint(estate.caller, place.id, estate.store.id, "blob")
    made = zone(estate.caller)

    def group(zone_id: str) -> dict[str, Any]:
        configs = [{"name": "zone", "privateDnsZoneId": zone_id}]
        names = {"privateEndpointName": "pe", "privateDnsZoneGroupName": "default"}
        return {"resourceGroupName": GROUP, **names, "privateDnsZoneConfigs": configs}

    with pytest.raises(Refused, match=r"InvalidResourceReference.*lost"):
        estate.caller.create(ZONES, group(made.id.replace("privatelink", "lost")), "zones")
    assert estate.caller.create(ZONES, group(made.id), "zones").id.endswith("/privateDnsZoneGroups/default")


SCOPE, SCOPED = "monitor:PrivateLinkScope", "monitor:PrivateLinkScopedResource"
MODES = {"queryAccessMode": "Open", "ingestionAccessMode": "PrivateOnly"}


def scope(caller: Caller) -> Created:
    inputs = {"resourceGroupName": GROUP, "scopeName": "ampls", "location": "global", "accessModeSettings": MODES}
    return caller.create(SCOPE, inputs, "ampls")


def scoped(caller: Caller, linked: str) -> Created:
    inputs = {"resourceGroupName": GROUP, "scopeName": "ampls", "name": "one", "linkedResourceId": linked}
    return caller.create(SCOPED, inputs, "scoped")


def test_a_scope_says_both_access_modes_and_lies_in_no_region(estate: Estate) -> None:
    inputs = {"resourceGroupName": GROUP, "scopeName": "ampls", "location": "global", "accessModeSettings": MODES}
    (reason,) = estate.caller.check(SCOPE, inputs | {"accessModeSettings": {"queryAccessMode": "Open"}})
    assert "accessModeSettings.ingestionAccessMode" in reason
    (reason,) = estate.caller.check(SCOPE, inputs | {"accessModeSettings": MODES | {"queryAccessMode": "Closed"}})
    assert "is not one of Open, PrivateOnly" in reason
    (reason,) = estate.caller.check(SCOPE, inputs | {"location": LOCATION})
    assert reason.startswith("LocationNotAvailableForResourceType")
    assert scope(estate.caller).id.endswith("/privateLinkScopes/ampls")


def test_a_scope_takes_telemetry_only_and_holds_what_it_has(estate: Estate) -> None:
    scope(estate.caller)
    where = {"resourceGroupName": GROUP, "workspaceName": "log-dev", "location": LOCATION}
    workspace = estate.caller.create("operationalinsights:Workspace", where, "workspace")
    with pytest.raises(Refused, match="is nothing that a private link scope takes"):
        scoped(estate.caller, estate.store.id)
    with pytest.raises(Refused, match="ResourceNotFound"):
        scoped(estate.caller, f"{workspace.id}-gone")
    one = scoped(estate.caller, workspace.id)
    with pytest.raises(Refused, match="it is in a private link scope"):
        estate.caller.delete(workspace)
    estate.caller.delete(one)
    estate.caller.delete(workspace)


def test_the_endpoint_of_a_scope_takes_an_address_for_each_name_and_all_five_zones(estate: Estate) -> None:
    vnet(estate.caller)
    made = scope(estate.caller)
    small = subnet(estate.caller, "small", "10.40.1.0/28")
    with pytest.raises(Refused, match=r"SubnetIsFull.*13 IP addresses"):
        endpoint(estate.caller, small.id, made.id, "azuremonitor")
    large = subnet(estate.caller, "large", "10.40.0.0/27")
    endpoint(estate.caller, large.id, made.id, "azuremonitor")
    names = ["monitor.azure.com", "oms.opinsights.azure.com", "ods.opinsights.azure.com", "blob.core.windows.net"]
    zones = [zone(estate.caller, f"privatelink.{name}").id for name in names]

    def told(ids: list[str]) -> Created:
        configs = [{"name": f"zone-{number}", "privateDnsZoneId": one} for number, one in enumerate(ids)]
        where = {"resourceGroupName": GROUP, "privateEndpointName": "pe", "privateDnsZoneGroupName": "default"}
        return estate.caller.create(ZONES, {**where, "privateDnsZoneConfigs": configs}, "zones")

    with pytest.raises(Refused, match=r"Zones are missing.*privatelink.agentsvc.azure-automation.net"):
        told(zones)
    assert told([*zones, zone(estate.caller, "privatelink.agentsvc.azure-automation.net").id]).id
