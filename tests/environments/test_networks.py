"""The private network: what of it cannot be gets one line with what works instead, and what can be is derived from it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from environments import Environment, Estate, names, settings_of
from environments.private_endpoints import endpoints_of, zones_made

Problems = Callable[[Mapping[str, str]], list[str]]
EstateOf = Callable[[Mapping[str, str]], Estate]

PLAN = "    plan:\n      sku: EP1\n      zone_redundant: true\n      minimum_instances: 2\n"
RUNTIME = 'runtime: {language: python, version: "3.12"}'
SLOTS = "    slots:\n      staging: {hub_binding: slot}\n"
OWN = "{address_space: [10.40.0.0/22], private_endpoints: {subnet: 10.40.0.0/26}}"
IN_IT = "{subnet: 10.40.1.0/26}"
HUB = "/subscriptions/7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27/resourceGroups/rg-hub/providers/Microsoft.Network"
GIVEN = f"{{private_endpoints: {{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/pe}}}}"
SCHEDULER = "      backend: durable-task-scheduler\n      scheduler: {sku: Dedicated}\n"


class Refused(NamedTuple):
    """A network that cannot be, and the lines that say so."""

    what: str
    says: list[str]
    app: str
    network: str = OWN
    plan: str = "{sku: EP1}"
    runtime: str = '{language: python, version: "3.12"}'


REFUSED = [
    Refused(**one) for one in yaml.safe_load(Path(__file__).with_name("bad_networks.yaml").read_text(encoding="utf-8"))
]


def described(good: str, one: Refused) -> str:
    """The good description with a network in line 12, the application's place in it in line 17, its plan in line 18."""
    assert good.count(PLAN) == good.count(RUNTIME) == good.count(SLOTS) == 1
    text = good.replace(SLOTS, "").replace(RUNTIME, f"runtime: {one.runtime}")
    text = text.replace(PLAN, f"    network: {one.app}\n    plan: {one.plan}\n")
    return text.replace("apps:\n", f"network: {one.network}\napps:\n") if one.network else text


@pytest.mark.parametrize("one", REFUSED, ids=lambda one: one.what)
def test_a_network_that_cannot_work_gets_one_line(one: Refused, good: str, problems_of: Problems) -> None:
    assert problems_of({"dev.yaml": described(good, one)}) == [f"environments/dev.yaml:{line}" for line in one.says]


def test_a_subnet_of_one_plan_takes_no_second_one(good: str, problems_of: Problems) -> None:
    place = f"    network: {{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/apps}}\n"
    one = good[good.index("  orders:\n") :].replace(PLAN, f"{place}    plan: {{sku: EP1}}\n")
    text = (
        good[: good.index("apps:\n")] + f"network: {GIVEN}\napps:\n" + one + one.replace("  orders:\n", "  returns:\n")
    )
    [line] = problems_of({"dev.yaml": text})
    says = "the subnet of orders, whose plan has it for itself, expected a subnet of its own"
    assert line.endswith(f"{says} (functions-networking-options, read 2026-11-23)")


def test_who_lets_addresses_into_a_closed_site_is_told_that_none_arrives(good: str, problems_of: Problems) -> None:
    place = "    network: {subnet: 10.40.1.0/26, public: false}\n    access: {allowed_addresses: [203.0.113.0/28]}\n"
    text = good.replace(PLAN, place + PLAN).replace("apps:\n", f"network: {OWN}\napps:\n")
    assert problems_of({"dev.yaml": text}) == [
        "environments/dev.yaml:18: apps.orders.access.allowed_addresses: lets somebody in from outside, while `network: "
        "{public: false}` closes the site to all networks, expected it left out, or public: true (private-endpoint-overview, "
        "read 2026-11-23)"
    ]


def test_who_lets_addresses_into_a_slot_of_a_closed_site_is_told_too(
    good: str, problems_of: Problems, estate_of: EstateOf
) -> None:
    place = "    network: {subnet: 10.40.1.0/26, public: false}\n"
    text = good.replace(PLAN, place + PLAN).replace("apps:\n", f"network: {OWN}\napps:\n")
    slot = "staging: {hub_binding: slot"
    assert estate_of({"dev.yaml": text.replace(slot, f"{slot}, access: {{callers: [testers]}}")})
    [line] = problems_of({"dev.yaml": text.replace(slot, f"{slot}, access: {{allowed_addresses: [203.0.113.0/28]}}")})
    assert "apps.orders.slots.staging.access.allowed_addresses: lets somebody in from outside" in line


def test_two_environments_share_neither_a_plans_subnet_nor_zones_that_both_make(
    good: str, problems_of: Problems
) -> None:
    place = f"    network: {{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/apps}}\n"
    text = good.replace(PLAN, place + PLAN).replace("apps:\n", f"network: {GIVEN}\napps:\n")
    zones, subnet = problems_of({"dev.yaml": text, "test.yaml": text})
    assert zones == (
        "environments/test.yaml:12: network.private_endpoints: the network is linked to zones for blob, queue, table, vault that "
        "dev makes, and takes no second one of a name, expected private_dns_zone_resource_ids for blob, queue, table, vault "
        "(private-dns-virtual-network-links, read 2026-11-23)"
    )
    assert subnet.endswith(
        "network.subnet_resource_id: the subnet of dev/orders, whose plan has it for itself, expected a subnet of its own "
        "(functions-networking-options, read 2026-11-23)"
    )


def in_network(good: str, estate_of: EstateOf, network: str = OWN, app: str = IN_IT, plan: str = "") -> Environment:
    text = good.replace("apps:\n", f"network: {network}\napps:\n")
    place = f"    network: {app}\n"
    text = text.replace(PLAN, place + (f"    plan: {plan}\n" if plan else PLAN))
    return estate_of({"dev.yaml": text})["dev"]


def test_everything_the_host_needs_has_an_endpoint_and_a_zone(good: str, estate_of: EstateOf) -> None:
    environment = in_network(good, estate_of)
    assert [one.name for one in endpoints_of(environment, "orders")] == [
        "pe-blob-orders-dev",
        "pe-queue-orders-dev",
        "pe-table-orders-dev",
        "pe-vault-orders-dev",
    ]
    assert list(zones_made(environment)) == ["blob", "queue", "table", "vault"]


def test_a_site_that_is_not_public_has_an_endpoint_for_each_slot(good: str, estate_of: EstateOf) -> None:
    environment = in_network(good, estate_of, app="{subnet: 10.40.1.0/26, public: false}")
    sites = [(one.name, one.group_id) for one in endpoints_of(environment, "orders") if one.service == "site"]
    assert sites == [("pe-site-orders-dev", "sites"), ("pe-slot-staging-orders-dev", "sites-staging")]


def test_a_scheduler_in_a_network_needs_no_addresses_and_is_closed(good: str, estate_of: EstateOf) -> None:
    text = good.replace("      backend: azure-storage\n", SCHEDULER)
    environment = in_network(text, estate_of)
    assert not environment.apps["orders"].hub_is_public
    assert [one.service for one in endpoints_of(environment, "orders")] == ["blob", "vault", "scheduler"]


def test_a_given_zone_is_not_made_again(good: str, estate_of: EstateOf) -> None:
    zone = f"{HUB}/privateDnsZones/privatelink.blob.core.windows.net"
    inside = f"{{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/pe, private_dns_zone_resource_ids: {{blob: {zone}}}}}"
    app = f"{{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/orders}}"
    environment = in_network(good, estate_of, f"{{private_endpoints: {inside}}}", app)
    assert list(zones_made(environment)) == ["queue", "table", "vault"]


def test_an_application_outside_the_network_has_no_endpoint(good: str, estate_of: EstateOf) -> None:
    environment = estate_of({"dev.yaml": good.replace("apps:\n", f"network: {OWN}\napps:\n")})["dev"]
    assert endpoints_of(environment, "orders") == ()
    assert zones_made(environment) == {}


def test_elastic_premium_in_a_network_scales_by_the_runtime_and_swaps(good: str, estate_of: EstateOf) -> None:
    environment = in_network(good, estate_of)
    assert environment.apps["orders"].watches_triggers
    swaps = "WEBSITE_OVERRIDE_STICKY_DIAGNOSTICS_SETTINGS"
    for slot in (None, "staging"):
        assert {one.name: one.value for one in settings_of(environment, "orders", slot)}[swaps] == "0"


def test_a_dedicated_plan_in_a_network_is_not_told_to_watch_triggers(good: str, estate_of: EstateOf) -> None:
    environment = in_network(good, estate_of, plan="{sku: P1v3}")
    assert not environment.apps["orders"].watches_triggers


NAMES_NOBODY_HAS = [
    (OWN, IN_IT, "names: {zone_links: {sql: link-sql}}", "", "names.zone_links.sql: the name of something that is not made "
     "here: no private endpoint leads there, expected one of blob, queue, table, vault"),
    (GIVEN, f"{{subnet_resource_id: {HUB}/virtualNetworks/vnet-hub/subnets/apps}}", "names: {virtual_network: vnet-old}", "",
     "names.virtual_network: the name of something that is not made here: there is no own network "
     "(`network: {address_space: […]}`), expected it left out"),
    (OWN, IN_IT, "", "{private_endpoints: {scheduler: {name: pe-old}}}",
     "apps.orders.names.private_endpoints.scheduler: the name of something that is not made here: the application has no "
     "private endpoint for a scheduler, expected one of blob, queue, table, vault"),
    (OWN, IN_IT, "", "{subnet: snet-endpoints}",
     "apps.orders.names.subnet: 'snet-endpoints' is the subnet of the private endpoints already, expected a name of its own"),
    (OWN, IN_IT, "", "{private_endpoints: {blob: {name: pe-old}, queue: {name: PE-OLD}}}",
     "apps.orders.names.private_endpoints.queue: 'PE-OLD' is the private endpoint of blob of orders already, expected a name "
     "of its own"),
    (OWN, IN_IT, "", "{private_endpoints: {blob: {name: pe-}}}",
     "apps.orders.names.private_endpoints.blob.name: 'pe-' is not valid, expected a private endpoint name: 2 to 64 letters, "
     "digits, _ . -, a letter or digit first, no . or - last"),
]  # fmt: skip


@pytest.mark.parametrize(("network", "app", "names_", "of_app", "says"), NAMES_NOBODY_HAS)
def test_a_name_of_what_is_not_made_or_of_a_second_thing_gets_one_line(
    network: str, app: str, names_: str, of_app: str, says: str, good: str, problems_of: Problems
) -> None:
    place = f"    network: {app}\n" + (f"    names: {of_app}\n" if of_app else "")
    text = good.replace(PLAN, place + PLAN).replace("apps:\n", f"network: {network}\n{names_}\napps:\n")
    [line] = problems_of({"dev.yaml": text})
    assert line.partition(": ")[2] == says


def test_names_of_a_flex_subnet_or_of_a_slot_that_is_public_get_one_line(good: str, problems_of: Problems) -> None:
    flex = good.replace(SLOTS, "").replace(
        PLAN, f"    network: {IN_IT}\n    names: {{subnet: my_apps}}\n    plan: {{sku: FC1}}\n"
    )
    [line] = problems_of({"dev.yaml": flex.replace("apps:\n", f"network: {OWN}\napps:\n")})
    assert line.endswith(
        "names.subnet: an underscore in the subnet of FC1, which is not integrated with it, expected another subnet, with dashes "
        "(functions-networking-options, read 2026-11-23)"
    )
    slot = good.replace("{hub_binding: slot}", "{hub_binding: slot, private_endpoint: {name: pe-old}}")
    slot = slot.replace(PLAN, f"    network: {IN_IT}\n{PLAN}").replace("apps:\n", f"network: {OWN}\napps:\n")
    [line] = problems_of({"dev.yaml": slot})
    assert (
        "slots.staging.private_endpoint: the name of something that is not made here: slots have private endpoints"
        in line
    )


def test_names_of_the_network_never_change() -> None:
    assert names.zone_link_name("acme", "dev") == "link-vnet-acme-dev"
    assert names.network_interface_name("pe-blob-orders-dev") == "nic-pe-blob-orders-dev"
    assert names.virtual_network_name("acme", "dev") == "vnet-acme-dev"
    assert (names.subnet_name("orders"), names.subnet_name(None)) == ("snet-app-orders", "snet-endpoints")
    assert names.private_endpoint_name("dev", "orders", "blob") == "pe-blob-orders-dev"
    assert names.private_endpoint_name("dev", "orders", "site", "staging") == "pe-slot-staging-orders-dev"
