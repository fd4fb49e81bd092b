"""Scaling by load: how many instances a Dedicated plan runs, between two bounds."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import monitor

_BUSY_PERCENT, _IDLE_PERCENT = 70, 30
"""One instance more above the first, one fewer below the second: so far apart that one does not bring the other about."""


class LoadScalingArgs(TypedDict):
    """What scaling needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    setting_name: pulumi.Input[str]
    """Name of the autoscale setting."""
    plan_id: pulumi.Input[str]
    """Id of the plan that it scales."""
    minimum_instances: int
    """Instances that always run, and while load cannot be read."""
    maximum_instances: int
    """Instances at most."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class LoadScaling(pulumi.ComponentResource):
    """Adds an instance when processors are busy for ten minutes and takes one when they are idle.

    It knows nothing of the hub: where instances wait for partners rather than for processors, nothing grows. The engine does
    not see what it does; a change of the plan itself goes back to the minimum, until load is read again.
    "Autoscale in Azure Monitor: best practices", learn.microsoft.com, read 2026-11-22.
    """

    def __init__(self, name: str, args: LoadScalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:LoadScaling", name, {}, opts)
        low, high = str(args["minimum_instances"]), str(args["maximum_instances"])

        self.setting = monitor.AutoscaleSetting(
            f"{name}-load",
            autoscale_setting_name=args["setting_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            enabled=True,
            target_resource_uri=args["plan_id"],
            profiles=[
                {
                    "name": "by load",
                    "capacity": {"minimum": low, "default": low, "maximum": high},
                    "rules": [
                        _rule(args["plan_id"], monitor.ComparisonOperationType.GREATER_THAN, _BUSY_PERCENT),
                        _rule(args["plan_id"], monitor.ComparisonOperationType.LESS_THAN, _IDLE_PERCENT),
                    ],
                }
            ],
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})


def _rule(plan_id: pulumi.Input[str], than: monitor.ComparisonOperationType, percent: int) -> monitor.ScaleRuleArgsDict:
    busy = than is monitor.ComparisonOperationType.GREATER_THAN
    return {
        "metric_trigger": {
            "metric_name": "CpuPercentage",
            "metric_resource_uri": plan_id,
            "time_grain": "PT1M",
            "statistic": monitor.MetricStatisticType.AVERAGE,
            "time_window": "PT10M",
            "time_aggregation": monitor.TimeAggregationType.AVERAGE,
            "operator": than,
            "threshold": percent,
        },
        "scale_action": {
            "direction": monitor.ScaleDirection.INCREASE if busy else monitor.ScaleDirection.DECREASE,
            "type": monitor.ScaleType.CHANGE_COUNT,
            "value": "1",
            "cooldown": "PT5M" if busy else "PT20M",
        },
    }
