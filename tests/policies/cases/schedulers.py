"""Cases of the rules on schedulers, and of others in a world whose hubs live in one."""

from tests.policies.case import case
from tests.policies.cases.retention import lifecycle
from tests.policies.changes import both, described, put, setting, without
from tests.policies.on_scheduler import beside, on_scheduler
from tests.policies.world import Change, World

HUB = "apps.claims.task_hub"
POLICY = "properties.retentionPolicies"


def consumption(*changes: Change) -> Change:
    """A scheduler that is paid by the action."""
    return on_scheduler(
        put("scheduler", "properties.sku", {"name": "Consumption"}),
        described(f"{HUB}.scheduler", {"sku": "Consumption", "ip_allow_list": ["203.0.113.0/28"]}),
        described(f"{HUB}.history_days", 30),
        put("history", POLICY, [{"retentionPeriodInDays": 30}]),
        *changes,
    )


def unprotected(*resources: str) -> Change:
    """Takes the protection off some resources."""

    def change(world: World) -> None:
        for name in resources:
            world[name].protect = False

    return change


def integrated(site: str) -> Change:
    """Puts a site into a given network."""
    scaled = put(site, "siteConfig.functionsRuntimeScaleMonitoringEnabled", True)
    return both(put(site, "virtualNetworkSubnetId", "/subscriptions/x/subnets/apps"), scaled)


SCHEDULERS = [
    case("scheduler-hub-made", "everything in a scheduler", on_scheduler()),
    case(
        "scheduler-hub-made",
        "the hub of a slot is not made",
        on_scheduler(without("staging-hub"), put("staging-work", "scope", "/x/taskHubs/prodclaimsstaging")),
        "error claims/staging",
    ),
    case(
        "scheduler-hub-made",
        "in other letters",
        on_scheduler(
            put("site-hub", "taskHubName", "ProdClaims"),
            put("site-work", "scope", "/x/schedulers/dts-claims-prod/taskHubs/prodclaims"),
        ),
    ),
    case(
        "scheduler-role",
        "a role for everything",
        on_scheduler(put("site-work", "roleDefinitionId", "/x/0ad04412-c4d5-4796-b79c-f76d14c8d402")),
    ),
    case("scheduler-role", "no role on a slot's hub", on_scheduler(without("staging-work")), "error claims/staging"),
    case(
        "scheduler-role",
        "a role to read only",
        on_scheduler(put("site-work", "roleDefinitionId", "/x/d6a5505f-6ebb-45a4-896e-ac8274cfc0ac")),
        "error claims",
    ),
    case("scheduler-quota", "25 hubs of Dedicated", on_scheduler(beside(23))),
    case("scheduler-quota", "26 hubs of Dedicated", on_scheduler(beside(24)), "error claims/staging"),
    case("scheduler-quota", "another region beside it", on_scheduler(beside(23), beside(25, location="northeurope"))),
    case("scheduler-quota", "another SKU beside it", on_scheduler(beside(23), beside(5, sku="Consumption"))),
    case(
        "scheduler-not-open",
        "everybody",
        on_scheduler(put("scheduler", "properties.ipAllowlist", ["0.0.0.0/0"])),
        "warning claims",
    ),
    case(
        "scheduler-not-open",
        "everybody by IPv6",
        on_scheduler(put("scheduler", "properties.ipAllowlist", ["::/0"])),
        "warning claims",
    ),
    case("scheduler-not-open", "nobody", on_scheduler(put("scheduler", "properties.ipAllowlist", [])), "error claims"),
    case(
        "scheduler-not-open",
        "nobody from outside its private endpoints",
        on_scheduler(
            put("scheduler", "properties.ipAllowlist", []),
            put("scheduler", "properties.publicNetworkAccess", "Disabled"),
            *(integrated(site) for site in ("site", "staging")),
        ),
    ),
    case("scheduler-purges", "no policy", on_scheduler(without("history")), "error claims"),
    case(
        "scheduler-purges",
        "a policy for one state only",
        on_scheduler(put("history", POLICY, [{"orchestrationState": "Failed", "retentionPeriodInDays": 90}])),
        "error claims",
    ),
    case(
        "scheduler-purges",
        "91 days",
        on_scheduler(put("history", POLICY, [{"retentionPeriodInDays": 91}])),
        "error claims",
    ),
    case(
        "scheduler-purges",
        "completed ones at once",
        on_scheduler(
            put(
                "history",
                POLICY,
                [{"retentionPeriodInDays": 90}, {"orchestrationState": "Completed", "retentionPeriodInDays": 0}],
            )
        ),
    ),
    case(
        "lifecycle-spares-hubs",
        "large payloads, before they are out of use",
        on_scheduler(lifecycle("durabletask-payloads/", days=135)),
        "critical claims",
    ),
    case(
        "lifecycle-spares-hubs",
        "large payloads, when nothing needs them: 45 days at most, and 90 of history",
        on_scheduler(lifecycle("durabletask-payloads/", days=136)),
    ),
    case(
        "scheduler-zonal",
        "one unit",
        on_scheduler(put("scheduler", "properties.sku.capacity", 1)),
        "warning claims",
    ),
    case("scheduler-zonal", "Consumption never is", consumption(), "note claims"),
    case(
        "scheduler-zonal",
        "one unit in staging",
        on_scheduler(put("scheduler", "properties.sku.capacity", 1), described("tier", "staging")),
    ),
    case(
        "hub-protected",
        "scheduler, hub and policy lie open",
        on_scheduler(
            unprotected("scheduler", "site-hub", "history"),
        ),
        "critical claims",
    ),
    case("storage-roles", "the host's own role is missing", on_scheduler(without("blobs-role")), "error claims"),
    case(
        "history-within-telemetry",
        "90 days from the end of 100",
        on_scheduler(
            described("apps.claims.orchestrations.ProcessClaim.stuck_after", "100d"),
        ),
        "error claims",
    ),
    case(
        "history-outlasts-orchestration",
        "a purge that counts from the end",
        on_scheduler(described(f"{HUB}.history_days", 30)),
    ),
    case(
        "hub-as-described",
        "the hubs stay in the store",
        both(
            described(f"{HUB}.backend", "durable-task-scheduler"),
            described(f"{HUB}.purged_by", None),
            described(f"{HUB}.scheduler", {"sku": "Dedicated", "ip_allow_list": ["203.0.113.0/28"]}),
        ),
        "error claims",
        "error claims/staging",
    ),
    case(
        "no-literal-secret",
        "the way to the scheduler, once it is known",
        on_scheduler(
            setting(
                "site",
                "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
                "Endpoint=https://dts-claims-prod-a1b2c3d4e5f6.westeurope.durabletask.io;Authentication=ManagedIdentity;"
                "ClientID=3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10",
            )
        ),
    ),
]
