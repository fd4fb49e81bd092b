"""Schedulers as they are registered: their hubs, their policy, and what a site and its identity have of them."""

from __future__ import annotations

from typing import Any, Final

from plan import UNKNOWN, Plan, Resource
from policies.reading import at
from policies.registered import SCHEDULER

TASK_HUB: Final = "azure-native:durabletask:TaskHub"
RETENTION_POLICY: Final = "azure-native:durabletask:RetentionPolicy"

__all__ = ["RETENTION_POLICY", "SCHEDULER", "TASK_HUB", "hubs_in", "policies_of", "sku_of"]


def hubs_in(plan: Plan, scheduler: Resource) -> list[Resource]:
    """The task hubs that a plan makes in a scheduler; one whose scheduler is unknown could be in it."""
    return [one for one in plan.of_type(TASK_HUB) if _is_in(one, scheduler)]


def policies_of(plan: Plan, scheduler: Resource) -> list[Resource]:
    """The policies on history that a plan gives a scheduler."""
    return [one for one in plan.of_type(RETENTION_POLICY) if _is_in(one, scheduler)]


def sku_of(scheduler: Resource) -> Any:
    """Name of the SKU; may be UNKNOWN or MISSING."""
    return at(scheduler.inputs, "properties.sku.name")


def _is_in(child: Resource, scheduler: Resource) -> bool:
    named, name = at(child.inputs, "schedulerName"), at(scheduler.inputs, "schedulerName")
    return UNKNOWN in (named, name) or str(named).lower() == str(name).lower()
