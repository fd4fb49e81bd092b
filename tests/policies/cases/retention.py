"""Cases of the rules on history and telemetry."""

from tests.policies.case import case
from tests.policies.changes import both, described, drop, put, setting, unset
from tests.policies.on_database import on_database
from tests.policies.world import Change, World

TASK_HUB = "apps.claims.task_hub"
RETENTION = [
    case("history-declared", "nobody says how long", described(f"{TASK_HUB}.history_days", None), "error claims"),
    case(
        "history-declared",
        "nobody says who purges, in development",
        both(described("tier", "development"), described(f"{TASK_HUB}.purged_by", None)),
        "warning claims",
    ),
    case("history-outlasts-orchestration", "44 days for 45", described(f"{TASK_HUB}.history_days", 44), "error claims"),
    case("history-outlasts-orchestration", "45 days for 45", described(f"{TASK_HUB}.history_days", 45)),
    case(
        "history-within-telemetry",
        "a day longer than telemetry",
        described(f"{TASK_HUB}.history_days", 181),
        "error claims",
    ),
    case("history-within-telemetry", "as long as telemetry", described(f"{TASK_HUB}.history_days", 180)),
    case("history-review-due", "personal data, no review", described(f"{TASK_HUB}.review_due", None), "error claims"),
    case(
        "history-review-due",
        "personal data, review was yesterday",
        described(f"{TASK_HUB}.review_due", "2026-11-21"),
        "error claims",
    ),
    case("history-review-due", "review is today", described(f"{TASK_HUB}.review_due", "2026-11-22"), "warning claims"),
    case("history-review-due", "review in 31 days", described(f"{TASK_HUB}.review_due", "2026-12-23")),
    case(
        "history-review-due",
        "no personal data, review was yesterday",
        both(described(f"{TASK_HUB}.personal_data", False), described(f"{TASK_HUB}.review_due", "2026-11-21")),
        "warning claims",
    ),
    case(
        "history-review-due",
        "no personal data, no review",
        both(described(f"{TASK_HUB}.personal_data", False), described(f"{TASK_HUB}.review_due", None)),
    ),
    case("telemetry-alike", "the workspace forgets sooner", put("workspace", "retentionInDays", 30), "error -"),
    case("telemetry-alike", "Insights has the platform's default", drop("insights", "retentionInDays"), "error -"),
    case("insights-workspace-based", "a classic component", drop("insights", "workspaceResourceId"), "error -"),
    case("workspace-capped", "no cap", drop("workspace", "workspaceCapping"), "warning -"),
    case("workspace-capped", "a cap of -1 is none", put("workspace", "workspaceCapping.dailyQuotaGb", -1), "warning -"),
    case(
        "sampling-keeps-tracking",
        "the template's exclusion",
        described("telemetry.sampling.excluded_types", ["Request"]),
        "error -",
    ),
]


def short_telemetry(world: World) -> None:
    described("telemetry.retention_days", 60)(world)
    described("apps.claims.task_hub.history_days", 60)(world)
    put("workspace", "retentionInDays", 60)(world)
    put("insights", "retentionInDays", 60)(world)


RETENTION += [
    case("telemetry-kept", "60 days in production", short_telemetry, "error -"),
    case("telemetry-kept", "60 days in staging", both(described("tier", "staging"), short_telemetry)),
]


def long_telemetry(days: int) -> list[Change]:
    """Telemetry kept long enough for any history."""
    told = [put(name, "retentionInDays", days) for name in ("workspace", "insights")]
    return [described("telemetry.retention_days", days), *told]


def table(name: str, days: object) -> Change:
    """A table of the workspace with a retention of its own."""

    def change(world: World) -> None:
        inputs = {"workspaceName": "log-prod", "tableName": name, "retentionInDays": days}
        world.add("table", "azure-native:operationalinsights:Table", inputs, on_its_own=True)

    return change


def lifecycle(*prefixes: object, action: str = "delete", days: object = 30) -> Change:
    """A lifecycle rule on the store, under these prefixes; under all when there is none."""

    def change(world: World) -> None:
        age = {action: {"daysAfterModificationGreaterThan": days}}
        filters = {"blobTypes": ["blockBlob"], **({"prefixMatch": list(prefixes)} if prefixes else {})}
        rule = {"name": "old", "enabled": True, "definition": {"actions": {"baseBlob": age}, "filters": filters}}
        inputs = {"accountName": "stclaimsprod", "policy": {"rules": [rule]}}
        world.add("lifecycle", "azure-native:storage:ManagementPolicy", inputs)

    return change


LIFECYCLE = "lifecycle-spares-hubs"
SAMPLING = "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__"
STORE_DAYS = "apps.claims.store"
RETENTION += [
    case(
        "personal-history-bounded",
        "366 days",
        both(described(f"{TASK_HUB}.history_days", 366), *long_telemetry(550)),
        "error claims",
    ),
    case(
        "personal-history-bounded",
        "365 days",
        both(described(f"{TASK_HUB}.history_days", 365), *long_telemetry(550)),
    ),
    case(
        "personal-history-bounded",
        "366 days of nobody's data",
        both(
            described(f"{TASK_HUB}.history_days", 366),
            described(f"{TASK_HUB}.personal_data", False),
            *long_telemetry(550),
        ),
    ),
    case(
        "personal-history-bounded",
        "four weeks more in backups that are kept for long",
        on_database(
            described(f"{TASK_HUB}.history_days", 340),
            described(f"{TASK_HUB}.database.long_term_backups", {"weeks": 4}),
            *long_telemetry(550),
        ),
        "error claims",
    ),
    case(
        "personal-history-bounded",
        "three weeks more in them",
        on_database(
            described(f"{TASK_HUB}.history_days", 340),
            described(f"{TASK_HUB}.database.long_term_backups", {"weeks": 3}),
            *long_telemetry(550),
        ),
    ),
    case("review-within-reach", "in 367 days", described(f"{TASK_HUB}.review_due", "2027-11-24"), "warning claims"),
    case("review-within-reach", "in 366 days", described(f"{TASK_HUB}.review_due", "2027-11-23")),
    case("erasure-in-time", "31 days", described(STORE_DAYS, {"soft_delete_days": 31}), "warning claims"),
    case(
        "erasure-in-time",
        "31 days in the backups of a database",
        on_database(described(f"{TASK_HUB}.database.backup_days", 31)),
        "warning claims",
    ),
    case(
        "erasure-in-time",
        "five weeks in backups that are kept for long",
        on_database(described(f"{TASK_HUB}.database.long_term_backups", {"weeks": 5})),
        "warning claims",
    ),
    case(
        "erasure-in-time",
        "four weeks in them",
        on_database(described(f"{TASK_HUB}.database.long_term_backups", {"weeks": 4})),
    ),
    case("erasure-in-time", "30 days", described(STORE_DAYS, {"soft_delete_days": 30})),
    case("purge-scheduled", "by hand in production", described(f"{TASK_HUB}.purged_by", "operator"), "warning claims"),
    case(
        "purge-scheduled",
        "by hand in staging",
        both(described("tier", "staging"), described(f"{TASK_HUB}.purged_by", "operator")),
    ),
    case("holds-told", "personal data, nobody says which", described(f"{TASK_HUB}.holds", []), "error claims"),
    case(
        "holds-told",
        "not said",
        both(described(f"{TASK_HUB}.holds", []), described(f"{TASK_HUB}.personal_data", False)),
        "warning claims",
    ),
    case("table-keeps-telemetry", "traces for a week", table("AppTraces", 7), "error -"),
    case("table-keeps-telemetry", "traces as the workspace", table("AppTraces", -1)),
    case("table-keeps-telemetry", "a table of the team for a week", table("Scores_CL", 7)),
    case(LIFECYCLE, "everything old is deleted", lifecycle(), "critical claims"),
    case(LIFECYCLE, "old payloads are deleted", lifecycle("prodclaims-largemessages/"), "critical claims"),
    case(LIFECYCLE, "keys and locks are deleted", lifecycle("azure-webjobs"), "critical claims"),
    case(LIFECYCLE, "a prefix that begins as one that lives", lifecycle("a"), "critical claims"),
    case(LIFECYCLE, "a prefix that a hub's name begins with", lifecycle("prod"), "critical claims"),
    case(
        LIFECYCLE,
        "payloads that cannot be read",
        lifecycle("x-largemessages/", action="tierToArchive"),
        "critical claims",
    ),
    case(LIFECYCLE, "old packages, which a slot may still run", lifecycle("packages/"), "critical claims"),
    case(LIFECYCLE, "exports are deleted", lifecycle("exports/")),
    case(LIFECYCLE, "exports and what begins like it", lifecycle("exports")),
    case(LIFECYCLE, "everything old gets cooler", lifecycle(action="tierToCool")),
    case(
        "telemetry-connected",
        "the slot is not",
        unset("staging", "APPLICATIONINSIGHTS_CONNECTION_STRING"),
        "error claims/staging",
    ),
    case(
        "telemetry-by-identity",
        "the slot sends a key",
        unset("staging", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"),
        "error claims/staging",
    ),
    case(
        "telemetry-by-identity",
        "no word of Entra ID",
        setting("site", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55"),
        "error claims",
    ),
    case(
        "telemetry-by-identity",
        "as the site's own identity",
        setting("site", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=AAD"),
    ),
    case("insights-no-key", "keys allowed", put("insights", "disableLocalAuth", False), "warning -"),
    case("insights-no-key", "not said", drop("insights", "disableLocalAuth"), "warning -"),
    case(
        "sampling-well-placed",
        "outside applicationInsights",
        setting("site", "AzureFunctionsJobHost__logging__samplingSettings__isEnabled", "false"),
        "warning claims",
    ),
    case(
        "sampling-well-placed",
        "a key of no host",
        setting("site", f"{SAMPLING}samplingExcludedTypes", "Trace"),
        "warning claims",
    ),
    case("sampling-well-placed", "in small letters", setting("site", f"{SAMPLING}isEnabled".lower(), "false")),
    case("elastic-bounded", "to the end", described("apps.claims.plan.maximum_instances", None), "warning claims"),
    case(
        "elastic-bounded",
        "a plan that people scale",
        described("apps.claims.plan", {"sku": "P1v3", "minimum_instances": 2}),
    ),
]
CONNECTION = "APPLICATIONINSIGHTS_CONNECTION_STRING"
WORKSPACE_ID = "/subscriptions/x/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log"
RETENTION += [
    case(
        "history-declared",
        "purged by an operator, in staging",
        both(described("tier", "staging"), described(f"{TASK_HUB}.purged_by", "operator")),
    ),
    case("telemetry-alike", "longer in both", both(*long_telemetry(365))),
    case("insights-workspace-based", "a workspace by its id", put("insights", "workspaceResourceId", WORKSPACE_ID)),
    case("workspace-capped", "the least cap there is", put("workspace", "workspaceCapping.dailyQuotaGb", 0.023)),
    case("sampling-keeps-tracking", "only traces are kept", described("telemetry.sampling.excluded_types", ["Trace"])),
    case("holds-told", "one thing", described(f"{TASK_HUB}.holds", ["x"])),
    case(
        "telemetry-connected",
        "in small letters",
        both(unset("site", CONNECTION), setting("site", CONNECTION.lower(), "x")),
    ),
    case("insights-no-key", "nothing from outside", put("insights", "publicNetworkAccessForIngestion", "Disabled")),
]
PROCESS = "apps.claims.orchestrations.ProcessClaim.fan_out"
FAN_OUT = "fan-out-within-scale"
RETENTION += [
    case(
        FAN_OUT,
        "much too wide",
        both(described("apps.claims.concurrency", {"activities": 4}), described(PROCESS, 9000)),
        "warning claims",
    ),
    case(
        FAN_OUT,
        "wider than ten rounds",
        both(described("apps.claims.concurrency", {"activities": 4}), described(PROCESS, 801)),
        "warning claims",
    ),
    case(
        FAN_OUT,
        "ten rounds",
        both(described("apps.claims.concurrency", {"activities": 4}), described(PROCESS, 800)),
    ),
    case(FAN_OUT, "501 with nothing declared", described(PROCESS, 501), "warning claims"),
    case(FAN_OUT, "500 with nothing declared", described(PROCESS, 500)),
]
BUDGET = "budget-for-growth"
GROWS_TO = "apps.claims.plan.maximum_instances"
RETENTION += [
    case(BUDGET, "41 instances and no budget", described(GROWS_TO, 41), "warning -"),
    case(BUDGET, "40 instances and no budget", described(GROWS_TO, 40)),
    case(
        BUDGET,
        "41 instances and a budget",
        both(described(GROWS_TO, 41), described("budget", {"monthly": 3000, "starts": "2026-12-01"})),
    ),
]
