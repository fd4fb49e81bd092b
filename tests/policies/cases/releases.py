"""Cases of the rules on releases."""

from tests.policies.case import case
from tests.policies.cases.flex import flex
from tests.policies.changes import both, described, drop, put, setting, without
from tests.policies.world import Change

PACKAGE = "WEBSITE_RUN_FROM_PACKAGE"
RUNTIME = "apps.claims.runtime"
PROCESS = "apps.claims.orchestrations.ProcessClaim"


def runtime(language: str, version: str) -> Change:
    """Another runtime, described and registered."""
    stack = {"python": "Python", "node": "Node", "powershell": "PowerShell"}[language]
    registered = [
        both(
            put(site, "siteConfig.linuxFxVersion", f"{stack}|{version}"),
            setting(site, "FUNCTIONS_WORKER_RUNTIME", language),
        )
        for site in ("site", "staging")
    ]
    return both(described(RUNTIME, {"language": language, "version": version}), *registered)


def package(*sites: str, at: str) -> Change:
    """The package of a slot."""
    return both(*(setting(site, PACKAGE, at) for site in sites))


def no_slots(expected: str, stuck_after: str) -> Change:
    """An application without slots and versioning, whose instances take that long."""
    return both(
        described("apps.claims.slots", None),
        described("apps.claims.versioning", None),
        described(f"{PROCESS}.expected", expected),
        described(f"{PROCESS}.stuck_after", stuck_after),
        without("staging", "staging-ftp", "staging-scm"),
    )


SLOT = "error claims/staging"
STORE = "https://stclaimsprod.blob.core.windows.net/packages"
RELEASES = [
    case("long-instances-versioned", "a day and an hour", no_slots("5h", "25h"), "error claims"),
    case("long-instances-versioned", "a day", no_slots("5h", "24h")),
    case("no-auto-swap", "into production", put("staging", "siteConfig.autoSwapSlotName", "x"), "error claims/staging"),
    case("host-version", "version 3", setting("site", "FUNCTIONS_EXTENSION_VERSION", "~3"), "error claims"),
    case("host-version", "pinned in the slot", setting("staging", "FUNCTIONS_EXTENSION_VERSION", "4.1"), SLOT),
    case(
        "host-version",
        "Flex Consumption sets it itself",
        flex(),
    ),
    case("runtime-supported", "twelve days too late", runtime("powershell", "7.4"), "error claims"),
    case(
        "runtime-supported",
        "twelve days too late, in staging",
        both(described("tier", "staging"), runtime("powershell", "7.4")),
        "warning claims",
    ),
    case("runtime-supported", "159 days left", runtime("node", "22")),
    case("worker-fits-stack", "another worker", setting("site", "FUNCTIONS_WORKER_RUNTIME", "node"), "error claims"),
    case(
        "worker-fits-stack",
        "a worker of the past",
        setting("site", "FUNCTIONS_WORKER_RUNTIME", "dotnet"),
        "error claims",
    ),
    case(
        "worker-fits-stack",
        "a version of nowhere",
        put("site", "siteConfig.linuxFxVersion", "Python|3.1"),
        "error claims",
    ),
    case("worker-fits-stack", "no stack", drop("staging", "siteConfig.linuxFxVersion"), SLOT),
    case("worker-fits-stack", "the stack in capitals", put("site", "siteConfig.linuxFxVersion", "PYTHON|3.12")),
    case(
        "package-own",
        "another store",
        package("site", at=STORE.replace("prod", "test") + "/claims-1.4.zip"),
        "error claims",
    ),
    case(
        "package-own",
        "without encryption",
        package("site", at=STORE.replace("https", "http") + "/a.zip"),
        "error claims",
    ),
    case("package-own", "a package of the site itself", package("site", at="1")),
    case(
        "package-per-slot", "one blob that is written over", package("site", "staging", at=f"{STORE}/claims.zip"), SLOT
    ),
    case("package-per-slot", "one build", package("site", "staging", at=f"{STORE}/claims-1.4.0.zip")),
    case(
        "retries-idempotent",
        "five attempts without a key",
        described(f"{PROCESS}.retry", {"attempts": 5, "first_interval": "30s"}),
        "warning claims",
    ),
    case(
        "retries-idempotent", "undone without a key", described(f"{PROCESS}.compensates", ["booking"]), "warning claims"
    ),
    case(
        "retries-idempotent",
        "one attempt",
        described(f"{PROCESS}.retry", {"attempts": 1, "first_interval": "30s"}),
    ),
]
RELEASES += [case("no-auto-swap", "into nothing", put("staging", "siteConfig.autoSwapSlotName", ""))]
