"""Cases of the rules on task hubs."""

from tests.policies.case import case
from tests.policies.changes import both, described, put, setting, unset, without
from tests.policies.on_scheduler import on_scheduler
from tests.policies.world import Change, World, hub_elsewhere

HUB = "TASKHUB_NAME"
HOST_ID = "AzureFunctionsWebHost__hostid"
SITES = ("site", "staging")


BOTH = ("error claims", "error claims/staging")


def beside(*args: str, **more: str) -> Change:
    """Another hub of the estate."""

    def change(world: World) -> None:
        world.other_hubs.append(hub_elsewhere(*args, **more))

    return change


def hub(site: str, name: str) -> Change:
    """Another hub, described and registered."""
    path = "task_hub.name" if site == "site" else "slots.staging.task_hub"
    return both(setting(site, HUB, name), described(f"apps.claims.{path}", name))


def in_scheduler(site: str, name: str) -> Change:
    """The same, made in a scheduler."""
    return on_scheduler(put(f"{site}-hub", "taskHubName", name), hub(site, name))


BY_PEOPLE = described(
    "apps.claims.plan", {"sku": "P1v3", "zone_redundant": True, "minimum_instances": 2, "maximum_instances": 20}
)

HUBS = [
    case("unique-task-hub", "the same name in another store", beside("PROD-claims"), "error claims"),
    case(
        "unique-task-hub",
        "the staging slot has production's hub",
        hub("staging", "ProdClaims"),
        "critical claims",
        "critical claims/staging",
    ),
    case("unique-task-hub", "another application's hub, not its own", beside("prodclaimsx")),
    case(
        "hub-no-default-name",
        "staging has the site's default name",
        hub("staging", "funcclaimsprod"),
        "error claims/staging",
    ),
    case("hub-no-default-name", "production may have its own default name", hub("site", "funcclaimsprod")),
    case(
        "store-not-shared", "another tier's hub in the store", beside("testclaims", "STclaimsProd"), "critical claims"
    ),
    case(
        "store-not-shared",
        "another application's hub in the store",
        beside("prodx", "stclaimsprod", environment="prod", app="x"),
        "error claims",
        "error x",
    ),
    case("hub-explicit", "production names no hub", unset("site", HUB), "error claims"),
    case("hub-explicit", "a dash in the name", setting("staging", HUB, "prod-claims-staging"), "error claims/staging"),
    case("hub-explicit", "a dash on a scheduler", in_scheduler("staging", "prod-claims-staging")),
    case("hub-explicit", "two letters", setting("site", HUB, "ab"), "error claims"),
    case("hub-explicit", "46 letters", setting("site", HUB, "a" * 46), "error claims"),
    case("hub-explicit", "45 letters", hub("site", "a" * 45)),
    case("hub-explicit", "a digit first", setting("site", HUB, "1claims"), "error claims"),
    case(
        "hub-explicit", "a web app that runs no functions", both(put("site", "kind", "app,linux"), unset("site", HUB))
    ),
    case(
        "hub-not-overridden",
        "the hub set over host.json",
        setting("site", "AzureFunctionsJobHost__extensions__durableTask__hubName", "prodclaims"),
        "error claims",
    ),
    case(
        "hub-not-overridden",
        "the storage provider set over host.json, in small letters",
        setting("staging", "azurefunctionsjobhost__extensions__durabletask__storageprovider__partitioncount", "8"),
        "error claims/staging",
    ),
    case(
        "hub-not-overridden",
        "concurrency set over host.json",
        setting("site", "AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions", "8"),
        "error claims",
    ),
    case(
        "hub-not-overridden",
        "concurrency set over host.json where people scale",
        both(
            BY_PEOPLE,
            setting("site", "AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions", "8"),
        ),
    ),
    case(
        "hub-not-overridden",
        "the hub set over host.json where people scale",
        both(BY_PEOPLE, setting("site", "AzureFunctionsJobHost__extensions__durableTask__hubName", "prodclaims")),
        "error claims",
    ),
    case(
        "hub-not-overridden",
        "how the store is used set over host.json where people scale",
        both(
            BY_PEOPLE,
            setting(
                "site", "AzureFunctionsJobHost__extensions__durableTask__storageProvider__controlQueueBatchSize", "16"
            ),
        ),
    ),
    case(
        "hub-not-overridden",
        "partitions set over host.json where people scale",
        both(
            BY_PEOPLE,
            setting("site", "AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount", "8"),
        ),
        "error claims",
    ),
    case(
        "hub-not-overridden",
        "logging set over host.json",
        setting("site", "AzureFunctionsJobHost__logging__console__isEnabled", "true"),
    ),
    case(
        "hub-sticky", "the hub is not in the list", put("sticky", "appSettingNames", [HOST_ID]), "error claims/staging"
    ),
    case("hub-sticky", "there is no list", without("sticky"), "error claims/staging"),
    case("hub-sticky", "the list of another site", put("sticky", "name", "func-freight-prod"), "error claims/staging"),
    case(
        "hub-sticky",
        "the hub goes with the code, and is in the list",
        described("apps.claims.slots.staging.hub_binding", "code"),
        "error claims/staging",
    ),
    case(
        "hub-sticky",
        "the hub goes with the code, and is not in the list",
        both(
            described("apps.claims.slots.staging.hub_binding", "code"),
            put("sticky", "appSettingNames", [HOST_ID]),
        ),
    ),
    case(
        "hub-as-described",
        "the program names another hub",
        setting("staging", HUB, "prodclaimsother"),
        "error claims/staging",
    ),
    case(
        "hub-as-described",
        "the program names another store",
        both(
            *(setting(site, "AzureWebJobsStorage__accountName", "stclaimsmine") for site in SITES),
            *(unset(site, "WEBSITE_RUN_FROM_PACKAGE") for site in SITES),
            *(put(one, "accountName", "stclaimsmine") for one in ("store", "blobs", "packages")),
        ),
        "error claims",
        "error claims/staging",
    ),
    case(
        "hub-as-described", "a slot that is not described", described("apps.claims.slots", None), "error claims/staging"
    ),
    case("hub-sticky", "no slot, no list", without("staging", "staging-ftp", "staging-scm", "sticky")),
    case("host-id-own", "the slot has production's", setting("staging", HOST_ID, "prod-claims-site"), *BOTH),
    case("host-id-own", "the slot has none", unset("staging", HOST_ID), "error claims/staging"),
    case("host-id-own", "33 characters", setting("site", HOST_ID, "a" * 33), "error claims"),
    case("host-id-own", "32 characters", setting("site", HOST_ID, "a" * 32)),
    case(
        "host-id-own",
        "none, and nobody else in the store",
        both(
            unset("site", HOST_ID),
            without("staging", "staging-ftp", "staging-scm"),
            described("apps.claims.slots", None),
        ),
    ),
    case("host-id-sticky", "only the hub is", put("sticky", "appSettingNames", [HUB]), "warning claims/staging"),
    case(
        "host-id-sticky",
        "no slot",
        both(without("staging", "staging-ftp", "staging-scm"), put("sticky", "appSettingNames", [HUB])),
    ),
    case("partitions-used", "five for four", described("apps.claims.plan.minimum_instances", 5), "warning claims"),
    case("partitions-used", "four for four", described("apps.claims.plan.minimum_instances", 4)),
    case(
        "setting-names-plain",
        "a full stop on Linux",
        setting("site", "AzureWebJobs.Starter.Disabled", "1"),
        "error claims",
    ),
    case(
        "setting-names-plain",
        "a full stop on Windows",
        both(put("site", "kind", "functionapp"), setting("site", "AzureWebJobs.Starter.Disabled", "1")),
    ),
]
HUBS += [
    case("store-not-shared", "a store of nearly that name", beside("testclaims", "stclaimsprodx")),
    case("hub-as-described", "another hub, registered and described", hub("staging", "prodclaimsother")),
]
