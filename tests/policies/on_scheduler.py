"""The sound world with its hubs in a Durable Task Scheduler, and ways to break that."""

from typing import Any

from environments import SCHEDULER_SETTING, SchedulerPlace, TaskHub
from plan import UNKNOWN
from policies.subjects import PlacedHub
from tests.policies.changes import both, setting, without
from tests.policies.world import Change, World

ADDRESSES = ["203.0.113.0/28"]
SUBSCRIPTION = "3f0a8c52-6f1d-4e2b-9a57-0c1e5d7b9a10"
MAY_WORK = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/0ad04412-c4d5-4796-b79c-f76d14c8d402"


def on_scheduler(*changes: Change) -> Change:
    """Moves the hubs into a scheduler, with all that belongs to it, and then changes something."""
    return both(_described, _registered, *changes)


def _described(world: World) -> None:
    hub = world.described["apps"]["claims"]["task_hub"]
    del hub["purged_by"]
    hub["backend"] = "durable-task-scheduler"
    hub["scheduler"] = {"sku": "Dedicated", "capacity": 3, "ip_allow_list": list(ADDRESSES)}


def _registered(world: World) -> None:
    without("queues-role", "tables-role")(world)
    tags = {"environment": "prod", "tier": "production", "application": "claims", "owner": "claims-platform"}
    scheduler = {
        "schedulerName": "dts-claims-prod",
        "resourceGroupName": "rg-prod",
        "location": "westeurope",
        "tags": tags,
        "properties": {
            "ipAllowlist": list(ADDRESSES),
            "publicNetworkAccess": "Enabled",
            "sku": {"name": "Dedicated", "capacity": 3},
        },
    }
    made = world.add("scheduler", "azure-native:durabletask:Scheduler", scheduler, protect=True)
    lock = {"scope": UNKNOWN, "level": "CanNotDelete"}
    held: dict[str, tuple[str, ...]] = {"scope": (made.urn,)}
    world.add("scheduler-lock", "azure-native:authorization:ManagementLockByScope", lock, needs=held)
    child: dict[str, Any] = {"schedulerName": "dts-claims-prod", "resourceGroupName": "rg-prod"}
    days = {"properties": {"retentionPolicies": [{"retentionPeriodInDays": 90}]}}
    world.add("history", "azure-native:durabletask:RetentionPolicy", {**child, **days}, protect=True)
    for site, name in (("site", "prodclaims"), ("staging", "prodclaimsstaging")):
        hub = world.add(f"{site}-hub", "azure-native:durabletask:TaskHub", {**child, "taskHubName": name}, protect=True)
        world.add(
            f"{site}-work",
            "azure-native:authorization:RoleAssignment",
            {
                "scope": UNKNOWN,
                "principalId": UNKNOWN,
                "principalType": "ServicePrincipal",
                "roleDefinitionId": MAY_WORK,
            },
            needs={"scope": (hub.urn,), "principalId": (world["identity"].urn,)},
        )
        setting(site, SCHEDULER_SETTING, UNKNOWN)(world)
        needs = world[site].property_dependencies
        needs["siteConfig"] = (*needs.get("siteConfig", ()), made.urn)


def beside(count: int, *, sku: str = "Dedicated", location: str = "westeurope") -> Change:
    """As many hubs of another environment's applications, each in a scheduler of its own."""

    def change(world: World) -> None:
        for number in range(count):
            place = SchedulerPlace(SUBSCRIPTION, location, sku)
            hub = TaskHub(
                "test", "staging", f"app{number}", None, "durable-task-scheduler", f"dts-{location}-{sku}-{number}",
                f"prod{location}{sku}{number}", ("apps", f"app{number}"), place,
            )  # fmt: skip
            world.other_hubs.append(PlacedHub(hub, f"func-app{number}", "environments/test.yaml:90"))

    return change
