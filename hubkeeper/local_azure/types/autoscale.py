"""Microsoft.Insights/autoscaleSettings: who adds instances to a Dedicated plan."""

from collections.abc import Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal
from .declaration import NameRule, ResourceType, Target
from .plan import sku_of

_TRACKED = "autoscale_API.json 2022-10-01: location create and read only (x-ms-mutability), read 2026-11-22"
_MOST_PROFILES = 20
_TIERS_WITHOUT = ("FlexConsumption", "Dynamic", "ElasticPremium", "Free", "Basic")
"""Tiers that rules of autoscale do not reach: functions-scale and App Service limits, learn.microsoft.com, 2026."""


def _profiles(inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    profiles = reveal(inputs.get("profiles"))
    return [one for one in profiles if isinstance(one, Mapping)] if isinstance(profiles, list) else []


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    failures = []
    if len(_profiles(inputs)) > _MOST_PROFILES:
        failures.append(Failure("BadRequest", f"an autoscale setting has at most {_MOST_PROFILES} profiles"))
    for profile in _profiles(inputs):
        capacity = profile.get("capacity")
        capacity = capacity if isinstance(capacity, Mapping) else {}
        bounds = [str(capacity.get(name, "")) for name in ("minimum", "default", "maximum")]
        if not all(bound.isdigit() for bound in bounds):
            failures.append(Failure("BadRequest", "'capacity' of a profile wants numbers as text"))
        elif sorted(bounds, key=int) != bounds:
            failures.append(Failure("BadRequest", "'capacity' of a profile wants minimum ≤ default ≤ maximum"))
    return failures


def _admit(transaction: Transaction, target: Target) -> None:
    resource = target.text("targetResourceUri")
    plan = transaction.get(resource)
    if plan is None:
        raise Refusal(404, "ResourceNotFound", f"The resource '{resource}' that the setting is for was not found.")
    sku = sku_of(plan)
    if sku and sku.tier in _TIERS_WITHOUT:
        raise Refusal(400, "UnsupportedSku", f"A plan of the tier {sku.tier} cannot be scaled by an autoscale setting.")


AUTOSCALE = ResourceType(
    token="azure-native:monitor:AutoscaleSetting",
    arm_type="Microsoft.Insights/autoscaleSettings",
    api_version="2021-05-01-preview",
    id_form=(
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
        "/providers/Microsoft.Insights/autoscaleSettings/{autoscaleSettingName}"
    ),
    source="azure-rest-api-specs, monitor, autoscale_API.json 2022-10-01, read 2026-11-22; codes not confirmed",
    name_rule=NameRule("autoscaleSettingName", r"[^<>%&\\?/]{1,260}", "1 to 260 characters, none of < > % & \\ ? /"),
    replaces={"location": _TRACKED},
    check=_check,
    admit=_admit,
)

TYPES = (AUTOSCALE,)
