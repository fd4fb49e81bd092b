"""Microsoft.DurableTask/schedulers: the scheduler, its task hubs, and the one policy that says when it purges."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target
from .made_up import guid
from .scheduler_skus import SCHEDULER_SKUS

_SPEC = "Azure resource manager schemas, 2026-02-01/Microsoft.DurableTask.json, read 2026-11-22"
_TRACKED = "common-types v5, TrackedResource: location create and read only (x-ms-mutability), read 2026-11-22"
_UNSOURCED = "no source that a running scheduler takes another SKU; terraform-provider-azurerm replaces it (2026-11-22)"
_API_VERSION = "2026-02-01"
_NAME = r"[a-zA-Z0-9-]{3,64}"
_NAME_SAYS = "3 to 64 letters, digits and hyphens"
_SCHEDULER_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
    "/providers/Microsoft.DurableTask/schedulers/{schedulerName}"
)


def _properties(values: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = unwrap(values.get("properties"))
    return properties if isinstance(properties, Mapping) else {}


def _sku_name(values: Mapping[str, Any]) -> str:
    sku = unwrap(_properties(values).get("sku"))
    return str(unwrap(sku.get("name", ""))) if isinstance(sku, Mapping) else ""


def _check_scheduler(inputs: Mapping[str, Any]) -> list[Failure]:
    properties = _properties(inputs)
    if not properties:
        return [Failure("InvalidRequestContent", "missing required property 'properties'")]
    return [*_wrong_capacity(properties), *_wrong_addresses(properties)]


def _wrong_capacity(properties: Mapping[str, Any]) -> list[Failure]:
    # Azure's words for it are not confirmed.
    sku = unwrap(properties.get("sku"))
    capacity = unwrap(sku.get("capacity")) if isinstance(sku, Mapping) else None
    known = SCHEDULER_SKUS.get(_sku_name({"properties": properties}))
    if not isinstance(capacity, int) or known is None or capacity in known.capacity:
        return []
    if not known.capacity:
        return [Failure("InvalidRequestContent", "'properties.sku.capacity' cannot be set for the SKU Consumption")]
    return [Failure("InvalidRequestContent", f"'properties.sku.capacity' is {capacity}; it can be 1 to 3")]


def _wrong_addresses(properties: Mapping[str, Any]) -> list[Failure]:
    # An empty list is taken, and then nobody is let in.
    listed = unwrap(properties.get("ipAllowlist"))
    wrong = [one for one in map(unwrap, listed) if isinstance(one, str) and not _is_address(one)] if listed else []
    return [
        Failure("InvalidRequestContent", f"'{one}' in 'properties.ipAllowlist' is no address and no CIDR range")
        for one in wrong
    ]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _alike(transaction: Transaction, subscription: str, place: str, sku: str) -> list[Stored]:
    """The schedulers of a SKU in a region of a subscription, which its quotas are counted over."""
    return [
        one
        for one in transaction.of_type(SCHEDULER.token)
        if one.subscription == subscription and one.outputs.get("location") == place and _sku_name(one.inputs) == sku
    ]


def _refuse_beyond(limit: int, wanted: int, what: str, sku: str, place: str) -> None:
    # The limits are documented, Azure's code and words for them are not.
    if wanted > limit:
        raise Refusal(
            409,
            "QuotaExceeded",
            f"A subscription can have {limit} {what} of the SKU {sku} in the region '{place}'.",
        )


def _admit_scheduler(transaction: Transaction, target: Target) -> None:
    sku = _sku_name(target.inputs)
    others = [
        one
        for one in _alike(transaction, target.account.subscription_id, target.place, sku)
        if one.id.lower() != target.id.lower()
    ]
    if sku in SCHEDULER_SKUS:
        _refuse_beyond(SCHEDULER_SKUS[sku].schedulers, len(others) + 1, "schedulers", sku, target.place)


def _scheduler(target: Target) -> dict[str, Any]:
    suffix = guid(target.id, "endpoint").replace("-", "")[:12]
    endpoint = f"https://{target.text('schedulerName').lower()}-{suffix}.{target.place}.durabletask.io"
    sku = unwrap(_properties(target.inputs).get("sku"))
    capacity = unwrap(sku.get("capacity")) if isinstance(sku, Mapping) else None
    return {
        "properties": {
            "endpoint": endpoint,
            "provisioningState": "Succeeded",
            # Three capacity units are spread over zones, fewer are not: the billing page, 2026-05-01.
            "sku": {"redundancyState": "Zone" if capacity == 3 else "None"},
        }
    }


def _has_no_hubs(transaction: Transaction, scheduler: Stored) -> None:
    hubs = [one.id for one in transaction.below(scheduler.id) if one.type == TASK_HUB.token]
    if hubs:
        raise Refusal(
            409,
            "CannotDeleteResource",
            "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
            f"'{', '.join(hubs)}'. Please delete all nested resources before deleting this resource.",
        )


def _parent(transaction: Transaction, target: Target) -> Stored | None:
    return transaction.get(target.id.rsplit("/", 2)[0])


def _admit_hub(transaction: Transaction, target: Target) -> None:
    parent = _parent(transaction, target)
    sku = _sku_name(parent.inputs) if parent else ""
    if parent is None or sku not in SCHEDULER_SKUS:
        return
    place = str(parent.outputs.get("location", ""))
    schedulers = _alike(transaction, target.account.subscription_id, place, sku)
    hubs = [hub for one in schedulers for hub in transaction.below(one.id) if hub.type == TASK_HUB.token]
    others = [hub for hub in hubs if hub.id.lower() != target.id.lower()]
    _refuse_beyond(SCHEDULER_SKUS[sku].hubs, len(others) + 1, "task hubs", sku, place)


def _hub(target: Target) -> dict[str, Any]:
    # The form of this address is not documented; only that there is one.
    return {
        "properties": {"dashboardUrl": f"https://dashboard.durabletask.io{target.id}", "provisioningState": "Succeeded"}
    }


def _policies(inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = unwrap(_properties(inputs).get("retentionPolicies"))
    found = [unwrap(one) for one in listed] if isinstance(listed, list) else []
    return [one for one in found if isinstance(one, Mapping)]


def _check_policy(inputs: Mapping[str, Any]) -> list[Failure]:
    days = [unwrap(one.get("retentionPeriodInDays")) for one in _policies(inputs)]
    return [
        Failure("InvalidRequestContent", f"'retentionPeriodInDays' is {one}; it can be 0 to 90")
        for one in days
        if isinstance(one, int) and not 0 <= one <= 90
    ]


def _admit_policy(transaction: Transaction, target: Target) -> None:
    parent = _parent(transaction, target)
    known = SCHEDULER_SKUS.get(_sku_name(parent.inputs)) if parent else None
    for one in _policies(target.inputs) if known else ():
        days = unwrap(one.get("retentionPeriodInDays"))
        if known and isinstance(days, int) and days > known.retention_days:
            raise Refusal(
                400,
                "InvalidRequestContent",
                f"'retentionPeriodInDays' is {days}; a scheduler of this SKU keeps {known.retention_days} at most.",
            )


SCHEDULER = ResourceType(
    token="azure-native:durabletask:Scheduler",
    arm_type="Microsoft.DurableTask/schedulers",
    api_version=_API_VERSION,
    id_form=_SCHEDULER_ID,
    source=f"{_SPEC}; the refused delete: Troubleshoot the Durable Task Scheduler, 2026-05",
    name_rule=NameRule("schedulerName", _NAME, _NAME_SAYS),
    replaces={"location": _TRACKED, "properties.sku.name": _UNSOURCED},
    # SchedulerUpdate of the same API version has these two and nothing else.
    updatable=frozenset({"properties", "tags"}),
    check=_check_scheduler,
    admit=_admit_scheduler,
    computed=_scheduler,
    before_delete=_has_no_hubs,
)

TASK_HUB = ResourceType(
    token="azure-native:durabletask:TaskHub",
    arm_type="Microsoft.DurableTask/schedulers/taskHubs",
    api_version=_API_VERSION,
    id_form=_SCHEDULER_ID + "/taskHubs/{taskHubName}",
    source=_SPEC,
    name_rule=NameRule("taskHubName", _NAME, _NAME_SAYS),
    located=False,
    updatable=frozenset(),
    admit=_admit_hub,
    computed=_hub,
)

RETENTION_POLICY = ResourceType(
    token="azure-native:durabletask:RetentionPolicy",
    arm_type="Microsoft.DurableTask/schedulers/retentionPolicies",
    api_version=_API_VERSION,
    id_form=_SCHEDULER_ID + "/retentionPolicies/default",
    source=f"{_SPEC}; days: auto-purge in the Durable Task Scheduler, 2026-05",
    located=False,
    check=_check_policy,
    admit=_admit_policy,
    computed=lambda _: {"properties": {"provisioningState": "Succeeded"}},
)

TYPES = (SCHEDULER, TASK_HUB, RETENTION_POLICY)
