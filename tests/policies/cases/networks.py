"""Cases of the rules on private networks."""

from plan import UNKNOWN
from tests.policies.case import case
from tests.policies.changes import both, described, drop, put, setting, unset, without
from tests.policies.in_network import OWN, SWAPS, endpoint, in_network
from tests.policies.on_database import on_database
from tests.policies.on_scheduler import on_scheduler
from tests.policies.world import Change, World

PUBLIC = "publicNetworkAccess"
MONITORED = "siteConfig.functionsRuntimeScaleMonitoringEnabled"
NETWORK = "apps.claims.network"
SITES = ("site", "staging")


def beside_it() -> Change:
    """The environment has a network, and the application is not in it."""
    return described("network", dict(OWN))


def closed_site() -> Change:
    """The site and its slot are reached by endpoints as well."""
    return both(
        endpoint("sites", "site", zone="blob"),
        endpoint("sites-staging", "site", zone="blob"),
        put("site", PUBLIC, "Disabled"),
        put("staging", PUBLIC, "Disabled"),
        described(NETWORK, {"subnet": "10.40.1.0/26", "public": False}),
        described("apps.claims.access.allowed_addresses", None),
    )


def dedicated() -> Change:
    """On a plan that the runtime need not watch for."""
    return both(
        put("plan", "sku", {"name": "P1v3", "tier": "PremiumV3", "capacity": 2}),
        *(put(site, "siteConfig.alwaysOn", True) for site in SITES),
        described("apps.claims.plan.sku", "P1v3"),
    )


def on_a_given_network(world: World) -> None:
    """Endpoints whose zone somebody else has made."""
    zone = "/subscriptions/3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10/resourceGroups/rg-hub/providers/Microsoft.Network/privateDnsZones/x"
    put("pe-blob-zones", "privateDnsZoneConfigs", [{"name": "zone", "privateDnsZoneId": zone}])(world)
    world["pe-blob-zones"].property_dependencies.clear()
    without("blob-zone", "blob-link")(world)


NETWORKS = [
    case("private-hub-reached", "everything in a network", in_network()),
    case("private-data-private", "an application beside the network", beside_it(), "error claims"),
    case(
        "private-data-private",
        "nothing personal in it",
        both(beside_it(), described("apps.claims.task_hub.personal_data", False)),
    ),
    case("private-is-closed", "an open store", in_network(drop("store", PUBLIC)), "error claims"),
    case("private-is-closed", "site and slot closed too", in_network(closed_site())),
    case(
        "private-is-closed",
        "an open slot beside its endpoint",
        in_network(closed_site(), drop("staging", PUBLIC)),
        "error claims/staging",
    ),
    case("private-is-closed", "a site that is meant to be open", in_network(put("site", PUBLIC, "Enabled"))),
    case("endpoint-in-dns", "no zone group", in_network(without("pe-vault-zones")), "error claims"),
    case("endpoint-in-dns", "a zone without a link", in_network(without("queue-link")), "error claims"),
    case("endpoint-in-dns", "a zone of somebody else", in_network(on_a_given_network)),
    case(
        "private-hub-reached",
        "a slot in no network",
        in_network(drop("staging", "virtualNetworkSubnetId")),
        "critical claims/staging",
    ),
    case(
        "private-hub-reached",
        "nobody in a network",
        in_network(*(drop(site, "virtualNetworkSubnetId") for site in SITES)),
        "critical claims",
        "critical claims/staging",
    ),
    case("hub-endpoints-complete", "no queues", in_network(without("pe-queue", "pe-queue-zones")), "critical claims"),
    case(
        "hub-endpoints-complete",
        "in other letters",
        in_network(
            put(
                "pe-table",
                "privateLinkServiceConnections",
                [{"name": "x", "groupIds": ["Table"], "privateLinkServiceId": UNKNOWN}],
            ),
        ),
    ),
    case("private-app-scales", "not told", in_network(drop("site", MONITORED)), "error claims"),
    case("private-app-scales", "Dedicated", in_network(dedicated(), *(drop(site, MONITORED) for site in SITES))),
    case("private-app-swaps", "production lacks it", in_network(unset("site", SWAPS)), "warning claims"),
    case("private-app-swaps", "Dedicated", in_network(dedicated(), *(unset(site, SWAPS) for site in SITES))),
    case(
        "subnet-roomy",
        "as many addresses as instances",
        in_network(described(f"{NETWORK}.subnet", "10.40.1.0/27")),
        "warning claims",
    ),
    case("subnet-roomy", "twice as many", in_network(described(f"{NETWORK}.subnet", "10.40.1.0/26"))),
]

MORE_OF_NETWORKS = [
    case(
        "private-data-private",
        "in staging",
        both(
            beside_it(),
            described("tier", "staging"),
        ),
    ),
    case(
        "private-is-closed",
        "an open vault",
        in_network(put("vault", f"properties.{PUBLIC}", "Enabled")),
        "error claims",
    ),
    case(
        "endpoint-in-dns",
        "an empty zone group",
        in_network(put("pe-vault-zones", "privateDnsZoneConfigs", [])),
        "error claims",
    ),
    case(
        "private-hub-reached",
        "in a given subnet",
        in_network(*(put(site, "virtualNetworkSubnetId", "/subscriptions/x/subnets/apps") for site in SITES)),
    ),
    case(
        "private-hub-reached",
        "a closed scheduler",
        on_scheduler(put("scheduler", f"properties.{PUBLIC}", "Disabled")),
        "critical claims",
        "critical claims/staging",
    ),
    case(
        "private-hub-reached",
        "a closed server, and a slot that is in a network",
        on_database(
            put("server", PUBLIC, "Disabled"),
            put("staging", "virtualNetworkSubnetId", "/x/subnets/apps"),
            put("staging", MONITORED, True),
        ),
        "critical claims",
    ),
    case("private-app-scales", "turned off", in_network(put("staging", MONITORED, False)), "error claims/staging"),
    case(
        "private-app-swaps",
        "the slot has another value",
        in_network(setting("staging", SWAPS, "1")),
        "warning claims/staging",
    ),
]
"""Further ways to the same findings, judged here alone: each would cost the engine a stack of its own."""

UNKNOWN_IN_A_NETWORK = [
    ("private-is-closed", in_network(put("store", PUBLIC, UNKNOWN)), "error claims"),
    ("endpoint-in-dns", in_network(put("pe-vault-zones", "privateDnsZoneConfigs", UNKNOWN)), "error claims"),
    (
        "private-hub-reached",
        in_network(put("store", PUBLIC, UNKNOWN), drop("site", "virtualNetworkSubnetId")),
        "critical claims",
    ),
    ("hub-endpoints-complete", in_network(put("pe-blob", "privateLinkServiceConnections", UNKNOWN)), "critical claims"),
    ("private-app-scales", in_network(put("site", MONITORED, UNKNOWN)), "error claims"),
    ("private-app-swaps", in_network(setting("site", SWAPS, UNKNOWN)), "warning claims"),
]
"""What cannot be read is said: rule, change, and the one line that follows."""
