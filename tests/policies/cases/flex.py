"""Cases of the rules on Flex Consumption: the sound application on such a plan, and what can be wrong with it there."""

from typing import Any

from plan import UNKNOWN
from tests.policies.case import case
from tests.policies.changes import both, described, drop, put, unset, without
from tests.policies.sound import PACKAGES
from tests.policies.world import Change

REFUSED_PROPERTIES = ("ftpsState", "alwaysOn", "use32BitWorkerProcess", "linuxFxVersion")
REFUSED_SETTINGS = ("FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE")
AWAKE = {"durable": 1}
DEPLOYMENT = "functionAppConfig.deployment.storage"


def flex(always_ready: dict[str, int] = AWAKE, *more: Change) -> Change:
    """The sound application on Flex Consumption: no slots, and nothing registered that the plan refuses."""
    config: dict[str, Any] = {
        "deployment": {
            "storage": {
                "type": "blobContainer",
                "value": PACKAGES,
                "authentication": {"type": "UserAssignedIdentity", "userAssignedIdentityResourceId": UNKNOWN},
            }
        },
        "runtime": {"name": "python", "version": "3.12"},
    }
    plan = {"sku": "FC1", "zone_redundant": True, "maximum_instances": 40, "always_ready": always_ready}
    return both(
        without("staging", "staging-ftp", "staging-scm", "site-ftp", "sticky"),
        described("apps.claims.slots", None),
        described("apps.claims.plan", plan),
        put("plan", "sku", {"name": "FC1", "tier": "FlexConsumption"}),
        put("site", "functionAppConfig", config),
        *(drop("site", f"siteConfig.{name}") for name in REFUSED_PROPERTIES),
        *(unset("site", name) for name in (*REFUSED_SETTINGS, "AzureFunctionsWebHost__hostid")),
        *more,
    )


FLEX = (
    case("flex-deployment-own", "as the components register it", flex()),
    case("site-no-ftp", "Flex Consumption, which has none", flex()),
    case(
        "site-no-publishing-password",
        "the SCM endpoint of Flex takes one",
        flex(AWAKE, without("site-scm")),
        "error claims",
    ),
    case(
        "flex-deployment-own",
        "by connection string",
        flex(AWAKE, put("site", f"{DEPLOYMENT}.authentication.type", "StorageAccountConnectionString")),
        "error claims",
    ),
    case(
        "flex-deployment-own",
        "in another store",
        flex(AWAKE, put("site", f"{DEPLOYMENT}.value", "https://stother.blob.core.windows.net/packages")),
        "error claims",
    ),
    case(
        "flex-deployment-own",
        "at an address that is not known yet",
        flex(AWAKE, put("site", f"{DEPLOYMENT}.value", UNKNOWN)),
        "error claims",
    ),
    case("flex-hub-awake", "one worker of durable functions", flex({"durable": 1})),
    case("flex-hub-awake", "nothing is always ready", flex({}), "warning claims"),
    case("flex-hub-awake", "something else is always ready", flex({"http": 2}), "warning claims"),
    case("flex-hub-awake", "in staging", flex({}, described("tier", "staging")), "note claims"),
)
