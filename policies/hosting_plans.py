"""Which hosting plan a site is on, and of what sort that is."""

from typing import Final

from plan import UNKNOWN, Plan, Resource
from policies.reading import at

HOSTING_PLAN: Final = "azure-native:web:AppServicePlan"
#: Tiers that the platform scales by itself: "Azure Functions hosting options", read 2026-11-22.
SCALED_BY_PLATFORM: Final = frozenset(("elasticpremium", "flexconsumption", "dynamic"))


def plan_of(plan: Plan, site: Resource) -> Resource | None:
    """The plan of this program that a site's `serverFarmId` comes from; None for one that is not made here."""
    urns = site.property_dependencies.get("serverFarmId", ())
    return next((one for one in plan.of_type(HOSTING_PLAN) if one.urn in urns), None)


def is_dedicated(hosting_plan: Resource) -> object:
    """Whether instances are added by people only; UNKNOWN where the tier is."""
    tier = at(hosting_plan.inputs, "sku.tier")
    return UNKNOWN if tier is UNKNOWN else str(tier).lower() not in SCALED_BY_PLATFORM
