"""Hosting plan: Elastic Premium, where the platform adds instances, or Dedicated, where people do."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web


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
    """Tier of the SKU, like ElasticPremium."""
    family: str
    """Family of the SKU, like EP."""
    elastic: bool
    """Whether the platform adds instances (Elastic Premium)."""
    minimum_instances: int
    """Instances that always run."""
    maximum_instances: NotRequired[int]
    """Instances at most; Elastic Premium only."""
    zone_redundant: bool
    """Whether instances are spread over zones; fixed when the plan is made."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class HostingPlan(pulumi.ComponentResource):
    """A Linux plan for one application."""

    plan_id: pulumi.Output[str]
    """Azure's id of the plan."""

    def __init__(self, name: str, args: HostingPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:HostingPlan", name, {}, opts)

        self.plan = web.AppServicePlan(
            f"{name}-plan",
            name=args["plan_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind="elastic" if args["elastic"] else "linux",
            reserved=True,
            sku={
                "name": args["sku"],
                "tier": args["tier"],
                "size": args["sku"],
                "family": args["family"],
                "capacity": args["minimum_instances"],
            },
            zone_redundant=args["zone_redundant"],
            maximum_elastic_worker_count=args.get("maximum_instances") if args["elastic"] else None,
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.plan_id = self.plan.id
        self.register_outputs({"plan_id": self.plan_id})
