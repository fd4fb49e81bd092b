"""Cases of the rules on history and telemetry."""

from tests.policies.case import case
from tests.policies.changes import both, described, drop, put
from tests.policies.world import World

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
