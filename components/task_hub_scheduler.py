"""Task-hub scheduler: the Durable Task Scheduler of one application, its hubs, and how long it keeps what has finished."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import durabletask

from components.known_after import known_after


class SchedulerSpec(TypedDict):
    """What a scheduler is like, wherever it is made."""

    scheduler_name: str
    """Name of the scheduler, unique in the resource group."""
    sku: str
    """Dedicated or Consumption. Another one is another scheduler."""
    capacity: NotRequired[int]
    """Capacity units, Dedicated only; Consumption refuses any."""
    ip_allow_list: list[str]
    """Addresses and ranges that may reach it. An empty list lets nobody in."""
    public_network_access: bool
    """Whether it is reached from outside its private endpoints at all."""
    hubs: dict[str, str]
    """Name of the task hub of each slot, `production` among them. Hubs are not made by running code here."""
    history_days: int
    """Days after which what has finished is purged, in every hub of the scheduler."""
    history_days_by_state: dict[str, int]
    """Days of single states, where they differ: completed, failed, terminated, canceled."""


class TaskHubSchedulerArgs(TypedDict):
    """What a scheduler needs to know."""

    spec: SchedulerSpec
    """What it is like."""
    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    protected: bool
    """The engine refuses to delete or replace scheduler, hubs and policy."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class TaskHubScheduler(pulumi.ComponentResource):
    """A scheduler of its own for one application, with a hub for each of its slots.

    The policy on history is one for all hubs. It is always there and protected with them: deleting it does not bring back the
    30 days of a scheduler that never had one, it turns purging off ("Auto-purge in the Durable Task Scheduler", 2026-05).
    """

    scheduler_id: pulumi.Output[str]
    """Azure's id of the scheduler."""
    endpoint: pulumi.Output[str]
    """Where it answers. Read, never built: it holds a part that Azure draws."""
    hub_ids: dict[str, pulumi.Output[str]]
    """Azure's id of each slot's hub."""

    def __init__(self, name: str, args: TaskHubSchedulerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:TaskHubScheduler", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self, protect=args["protected"])
        group, spec = args["resource_group_name"], args["spec"]
        sku: durabletask.SchedulerSkuArgsDict = {"name": spec["sku"]}
        if "capacity" in spec:
            sku["capacity"] = spec["capacity"]

        self.scheduler = durabletask.Scheduler(
            f"{name}-scheduler",
            scheduler_name=spec["scheduler_name"],
            resource_group_name=group,
            location=args["location"],
            properties={
                "ip_allowlist": spec["ip_allow_list"],
                "public_network_access": (
                    durabletask.PublicNetworkAccess.ENABLED
                    if spec["public_network_access"]
                    else durabletask.PublicNetworkAccess.DISABLED
                ),
                "sku": sku,
            },
            tags=args["tags"],
            opts=child,
        )
        scheduler_name = known_after(self.scheduler, spec["scheduler_name"])
        self.policy = durabletask.RetentionPolicy(
            f"{name}-history",
            scheduler_name=scheduler_name,
            resource_group_name=group,
            properties={"retention_policies": _policies(spec["history_days"], spec["history_days_by_state"])},
            opts=child,
        )
        # Called as the hub and not as the slot: where a swap took the hubs along, the slots exchange their names and no hub is
        # another one for it. The alias is what they were called before. Two slots of one hub are a finding of the rules, which
        # see it only if the hub is made once.
        slots = slot_of_each(spec["hubs"])
        made = {
            hub: durabletask.TaskHub(
                f"{name}-{hub}-hub",
                task_hub_name=hub,
                scheduler_name=scheduler_name,
                resource_group_name=group,
                opts=pulumi.ResourceOptions.merge(
                    child, pulumi.ResourceOptions(aliases=[pulumi.Alias(name=f"{name}-{slot}-hub")])
                ),
            )
            for hub, slot in slots.items()
        }
        self.hubs = {slot: made[hub] for slot, hub in spec["hubs"].items()}
        self.scheduler_id = self.scheduler.id
        self.endpoint = self.scheduler.properties.apply(lambda known: known.endpoint)
        self.hub_ids = {slot: hub.id for slot, hub in self.hubs.items()}
        self.register_outputs({"scheduler_id": self.scheduler_id, "endpoint": self.endpoint})


def slot_of_each(hubs: dict[str, str]) -> dict[str, str]:
    """The first slot of each hub, in the order of the slots; `hubs` names that of each slot."""
    found: dict[str, str] = {}
    for slot, hub in hubs.items():
        found.setdefault(hub, slot)
    return found


def _policies(days: int, by_state: dict[str, int]) -> list[durabletask.RetentionPolicyDetailsArgsDict]:
    """The days of all states first, then those of single ones, which win."""
    single: list[durabletask.RetentionPolicyDetailsArgsDict] = [
        {
            "orchestration_state": durabletask.PurgeableOrchestrationState(state.capitalize()),
            "retention_period_in_days": own,
        }
        for state, own in sorted(by_state.items())
    ]
    return [{"retention_period_in_days": days}, *single]
