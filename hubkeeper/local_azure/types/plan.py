"""Microsoft.Web/serverfarms: the plan that apps run on."""

from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target
from .skus import Sku, sku_named

_SPEC = "Azure REST specs, AppServicePlans.json 2022-03-01 (x-ms-mutability create, read), read 2026-11-22"
_TRACKED = "Azure REST specs, AppServicePlan.tsp: a TrackedResource, location create and read only, read 2026-11-22"


_FEWEST_OVER_ZONES = 2
SLOT_TOKEN = "azure-native:web:WebAppSlot"


def sku_of(plan: Stored) -> Sku | None:
    """The SKU of a plan that exists."""
    sku = plan.inputs.get("sku")
    return sku_named(str(sku.get("name", ""))) if isinstance(sku, Mapping) else None


def is_linux(plan: Stored) -> bool:
    """Whether a plan runs Linux: `reserved` says so."""
    return plan.inputs.get("reserved") is True


def apps_on(transaction: Transaction, plan_id: str) -> list[Stored]:
    """The apps (without slots) on a plan."""
    apps = transaction.of_type("azure-native:web:WebApp")
    return [app for app in apps if str(app.inputs.get("serverFarmId", "")).lower() == plan_id.lower()]


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    sku = unwrap(inputs.get("sku"))
    name = unwrap(sku.get("name")) if isinstance(sku, Mapping) else None
    if not isinstance(name, str) or sku_named(name):
        return []
    return [Failure("BadRequest", "The parameter SKU.Name has an invalid value.")]


def _wanted_sku(target: Target) -> Sku | None:
    sku = unwrap(target.inputs.get("sku"))
    return sku_named(str(unwrap(sku.get("name", "")))) if isinstance(sku, Mapping) else None


def refuse_slots(sku: Sku, extra: int) -> None:
    """Raises Refusal when a site cannot have so many slots beside production (azure-functions-ux issue 1309)."""
    if 1 + extra > sku.slots:
        raise Refusal(
            409,
            "Conflict",
            "Cannot complete the operation because the site will exceed the number of slots allowed for the "
            f"'{sku.tier}' SKU.",
        )


def _admit(transaction: Transaction, target: Target) -> None:
    known = _wanted_sku(target)
    if known:
        _refuse_migration(transaction, target, known)
        for app in apps_on(transaction, target.id):
            refuse_slots(known, len([item for item in transaction.below(app.id) if item.type == SLOT_TOKEN]))
    if known and unwrap(target.inputs.get("zoneRedundant")) is True:
        _refuse_zones(known, _capacity(target))
    if known and known.instances and (_capacity(target) or 0) > known.instances:
        raise Refusal(
            400,
            "BadRequest",
            f"A plan of the tier {known.tier} has at most {known.instances} instances, not {_capacity(target):g}.",
        )
    if known and known.linux_only and unwrap(target.inputs.get("reserved")) is not True:
        raise Refusal(400, "BadRequest", "Flex Consumption runs on Linux only: 'reserved' must be true.")


def _refuse_migration(transaction: Transaction, target: Target, wanted: Sku) -> None:
    """No app moves to Flex Consumption or away from it: a new one is made (migrate-plan-consumption-to-flex, 2026)."""
    present = sku_of(target.existing) if target.existing else None
    tiers = {sku.tier for sku in (present, wanted) if sku}
    if len(tiers) > 1 and "FlexConsumption" in tiers and apps_on(transaction, target.id):
        raise Refusal(
            409, "Conflict", f"A plan with apps cannot change between the tiers {' and '.join(sorted(tiers))}."
        )


def _refuse_zones(sku: Sku, capacity: float | None) -> None:
    """Two instances at least, since 2025; Flex Consumption has no capacity and sees to that itself."""
    if not sku.zones:
        raise Refusal(400, "BadRequest", f"Zone redundancy is not supported for plans of the tier {sku.tier}.")
    if sku.tier != "FlexConsumption" and capacity is not None and capacity < _FEWEST_OVER_ZONES:
        raise Refusal(
            400, "BadRequest", f"A zone-redundant plan has at least {_FEWEST_OVER_ZONES} instances, not {capacity:g}."
        )


def _capacity(target: Target) -> float | None:
    sku = unwrap(target.inputs.get("sku"))
    capacity = unwrap(sku.get("capacity")) if isinstance(sku, Mapping) else None
    return capacity if isinstance(capacity, int | float) else None


def _computed(target: Target) -> dict[str, Any]:
    known = _wanted_sku(target)
    answer: dict[str, Any] = {
        "status": "Ready",
        "provisioningState": "Succeeded",
        "subscription": target.account.subscription_id,
        "resourceGroup": target.text("resourceGroupName"),
        "geoRegion": target.text("location"),
    }
    if known:
        answer["sku"] = {"tier": known.tier}
    return answer


def _has_no_apps(transaction: Transaction, plan: Stored) -> None:
    names = [app.id.rsplit("/", 1)[-1] for app in apps_on(transaction, plan.id)]
    if names:
        name = plan.id.rsplit("/", 1)[-1]
        raise Refusal(
            409,
            "Conflict",
            f"Server farm '{name}' cannot be deleted because it has web app(s) {', '.join(names)} assigned to it.",
        )


PLAN = ResourceType(
    token="azure-native:web:AppServicePlan",
    arm_type="Microsoft.Web/serverfarms",
    api_version="2025-05-01",
    id_form="/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/serverfarms/{name}",
    source="sentence of the refused delete: terraform-provider-azurerm issue 13377",
    name_rule=NameRule("name", r"(?:[^\W_]|-){1,60}", "1 to 60 letters, digits and hyphens"),
    replaces={
        "location": _TRACKED,
        "reserved": _SPEC,
        "isXenon": _SPEC,
        "hyperV": _SPEC,
        "hostingEnvironmentProfile": _SPEC,
    },
    check=_check,
    admit=_admit,
    computed=_computed,
    before_delete=_has_no_apps,
)

TYPES = (PLAN,)
