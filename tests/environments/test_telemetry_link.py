"""Telemetry through a private link scope: what would cut off others, or oneself, is refused with what works instead."""

from collections.abc import Callable, Mapping

import pytest

from environments import Estate
from environments.private_endpoints import telemetry_endpoint
from tests.environments.test_networks import GIVEN, HUB, IN_IT, OWN, PLAN

Problems = Callable[[Mapping[str, str]], list[str]]
EstateOf = Callable[[Mapping[str, str]], Estate]

SAMPLING = "  sampling: {max_items"
OPEN = "{ingestion_access_mode: PrivateOnly, query_access_mode: Open}"
SUBSCRIPTION = "7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27"
SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-hub/providers/Microsoft.Insights/privateLinkScopes/ampls-hub"
IN_GIVEN = f"{{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/apps}}"
BLOB = f"{HUB}/privateDnsZones/privatelink.blob.core.windows.net"


def described(good: str, link: str, network: str = OWN, app: str = IN_IT) -> dict[str, str]:
    text = good.replace(SAMPLING, f"  private_link: {link}\n{SAMPLING}")
    if network:
        text = text.replace("apps:\n", f"network: {network}\napps:\n")
    return {"dev.yaml": text.replace(PLAN, f"    network: {app}\n{PLAN}" if app else PLAN)}


@pytest.mark.parametrize(
    ("link", "network", "app", "says"),
    [
        (
            "true",
            OWN,
            IN_IT,
            "telemetry.private_link: true or false stands here, expected {ingestion_access_mode: …, query_access_mode: …} for an "
            "own scope, or {scope_resource_id: …}",
        ),
        (
            OPEN,
            "",
            "",
            "telemetry.private_link: a scope of its own, and no application in a network, expected a network",
        ),
        (
            OPEN,
            GIVEN,
            IN_GIVEN,
            "telemetry.private_link: a scope of its own in a given network: the names it changes are",
        ),
        (
            "{ingestion_access_mode: Open}",
            OWN,
            IN_IT,
            "telemetry.private_link.query_access_mode: missing, and Azure's own choice differs by version, expected Open, or",
        ),
        (
            f"{{scope_resource_id: {SCOPE}, query_access_mode: Open}}",
            OWN,
            IN_IT,
            "telemetry.private_link.query_access_mode: the access mode of a given scope, which its owner chooses, expected it",
        ),
        (
            f"{{scope_resource_id: {SCOPE.replace(SUBSCRIPTION, '11111111' + SUBSCRIPTION[8:])}}}",
            OWN,
            IN_IT,
            "telemetry.private_link.scope_resource_id: a scope of another subscription, which this environment's login may",
        ),
        (
            f"{{scope_resource_id: {SCOPE}, public_ingestion: false}}",
            "",
            "",
            "telemetry.private_link.public_ingestion: false, while orders sends its telemetry from outside of the network",
        ),
        (
            OPEN,
            "{address_space: [10.40.0.0/22], private_endpoints: {subnet: 10.40.0.0/28}}",
            IN_IT,
            "network.private_endpoints.subnet: 11 addresses for 4 private endpoints and the 13 of telemetry's, expected /27 or",
        ),
        (
            OPEN,
            OWN.replace("10.40.0.0/26", f"10.40.0.0/26, private_dns_zone_resource_ids: {{blob: {BLOB}}}"),
            IN_IT,
            "network.private_endpoints.private_dns_zone_resource_ids.blob: a given zone, into which the own scope for telemetry",
        ),
    ],
    ids=[
        "on",
        "no network",
        "others' DNS",
        "no mode",
        "given mode",
        "elsewhere",
        "shut out",
        "no room",
        "others' zone",
    ],
)
def test_a_scope_that_cannot_be_or_would_reach_others_gets_one_line(
    link: str, network: str, app: str, says: str, good: str, problems_of: Problems
) -> None:
    [line] = problems_of(described(good, link, network, app))
    assert line.partition(": ")[2].startswith(says)


def test_an_own_scope_has_an_endpoint_and_a_given_one_is_its_owners(good: str, estate_of: EstateOf) -> None:
    own = telemetry_endpoint(estate_of(described(good, OPEN))["dev"])
    assert own is not None
    assert (own.name, own.group_id, own.interface) == ("pe-telemetry-dev", "azuremonitor", "nic-pe-telemetry-dev")
    given = estate_of(described(good, f"{{scope_resource_id: {SCOPE}}}", GIVEN, IN_GIVEN))["dev"]
    assert telemetry_endpoint(given) is None


def test_names_of_a_scope_that_is_not_made_get_one_line(good: str, problems_of: Problems) -> None:
    files = described(good, f"{{scope_resource_id: {SCOPE}}}")
    text = files["dev.yaml"].replace("apps:\n", "names: {private_link_scope: ampls-old}\napps:\n")
    [line] = problems_of({"dev.yaml": text})
    assert "names.private_link_scope: the name of something that is not made here: there is no own scope" in line


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ("{name: pe-orders}", "'pe-orders' is the private endpoint of blob of orders already"),
        (
            "{name: pe-logs, network_interface_name: nic-orders}",
            "'nic-orders' is the network interface of blob of orders already",
        ),
    ],
    ids=["endpoint", "interface"],
)
def test_the_endpoint_of_telemetry_and_one_of_an_application_cannot_be_called_alike(
    names: str, what: str, good: str, problems_of: Problems
) -> None:
    text = described(good, OPEN)["dev.yaml"].replace("apps:\n", f"names: {{telemetry_endpoint: {names}}}\napps:\n")
    blob = "{private_endpoints: {blob: {name: pe-orders, network_interface_name: nic-orders}}}"
    [line] = problems_of({"dev.yaml": text.replace(PLAN, f"    names: {blob}\n{PLAN}")})
    assert line.partition(": ")[2] == f"names.telemetry_endpoint: {what}, expected a name of its own"
