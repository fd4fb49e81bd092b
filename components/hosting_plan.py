"""Hosting plan: what an application runs on. The platform adds instances, or on Dedicated people do."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web

FLEX = "FlexConsumption"
CONSUMPTION = "Dynamic"


class HostingPlanArgs(TypedDict):
    """What a plan needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    plan_name: pulumi.Input[str]
    """Name of the plan."""
    sku: str
    """Size of its instances, like EP1 or P1v3."""
    tier: str
    """Tier of the SKU: FlexConsumption, Dynamic, ElasticPremium, or one of Dedicated like PremiumV3."""
    family: str
    """Family of the SKU, like EP."""
    elastic: bool
    """Whether it is Elastic Premium."""
    windows: NotRequired[bool]
    """Whether it runs Windows; Linux when not given. Fixed when the plan is made."""
    minimum_instances: int
    """Instances that always run; without meaning on Flex Consumption and Consumption."""
    maximum_instances: NotRequired[int]
    """Instances at most; Elastic Premium only."""
    zone_redundant: bool
    """Whether instances are spread over zones; changed in place (functions-zone-redundancy, 2026-02-19)."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class HostingPlan(pulumi.ComponentResource):
    """A plan for one application."""

    plan_id: pulumi.Output[str]
    """Azure's id of the plan."""

    def __init__(self, name: str, args: HostingPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:HostingPlan", name, {}, opts)
        # Azure deletes no plan that an application is on, so under another name the new one comes first.
        child = pulumi.ResourceOptions(parent=self, delete_before_replace=False)

        self.plan = web.AppServicePlan(
            f"{name}-plan",
            name=args["plan_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind=_kind(args),
            reserved=not args.get("windows", False),
            sku=_sku(args),
            zone_redundant=args["zone_redundant"],
            maximum_elastic_worker_count=args.get("maximum_instances") if args["elastic"] else None,
            tags=args["tags"],
            opts=child,
        )
        self.plan_id = self.plan.id
        self.register_outputs({"plan_id": self.plan_id})


def _kind(args: HostingPlanArgs) -> str:
    """As the portal names plans: the kind of Dedicated says the system, the others have one for both."""
    if args["tier"] in (FLEX, CONSUMPTION):
        return "functionapp"
    if args["elastic"]:
        return "elastic"
    return "app" if args.get("windows") else "linux"


def _sku(args: HostingPlanArgs) -> web.SkuDescriptionArgsDict:
    """Flex Consumption has no capacity: each function app says its own. Consumption has none of its own either."""
    if args["tier"] == FLEX:
        return {"name": args["sku"], "tier": args["tier"]}
    return {
        "name": args["sku"],
        "tier": args["tier"],
        "size": args["sku"],
        "family": args["family"],
        "capacity": 0 if args["tier"] == CONSUMPTION else args["minimum_instances"],
    }
