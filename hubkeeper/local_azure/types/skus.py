"""What a plan's SKU allows, as far as Azure refuses something for it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Sku:
    """A family of plan SKUs. `slots` counts the production slot too."""

    pattern: str
    tier: str
    slots: int
    always_on: bool = True
    apps: int | None = None
    linux_only: bool = False
    instances: int | None = None
    """At most, as `sku.capacity`: "Azure subscription and service limits", App Service, learn.microsoft.com, 2026."""
    zones: bool = False
    """Whether `zoneRedundant` is taken: reliability-functions and reliability-app-service, learn.microsoft.com, 2026."""


# Slots, Always On and apps per plan: functions-scale (learn.microsoft.com, 2026-09-16) and App Service limits, where
# Free, Shared and Basic have no slots, Standard 5, Premium and Isolated 20.
_SKUS = (
    Sku(r"FC1", "FlexConsumption", slots=1, always_on=False, apps=1, linux_only=True, zones=True),
    Sku(r"Y1", "Dynamic", slots=2, always_on=False, apps=100),
    Sku(r"EP[1-3]", "ElasticPremium", slots=3, apps=100, instances=100, zones=True),
    Sku(r"F1|D1", "Free", slots=1, always_on=False),
    Sku(r"B[1-3]", "Basic", slots=1, instances=3),
    Sku(r"S[1-3]", "Standard", slots=5, instances=10),
    Sku(r"P[1-3]", "Premium", slots=20, instances=30),
    Sku(r"P[1-3]v2", "PremiumV2", slots=20, instances=30, zones=True),
    Sku(r"P[0-5]m?v3", "PremiumV3", slots=20, instances=30, zones=True),
    Sku(r"P[0-5]m?v4", "PremiumV4", slots=20, instances=30, zones=True),
    Sku(r"I[1-6]m?v2", "IsolatedV2", slots=20, instances=100, zones=True),
)


def sku_named(name: str) -> Sku | None:
    """The SKU of this name ("EP1"), without regard to case; None when Azure has no such SKU."""
    return next((sku for sku in _SKUS if re.fullmatch(sku.pattern, name, re.IGNORECASE)), None)
