"""Microsoft.Web/sites and sites/slots: the Function App, its slots, and their host names."""

import hashlib
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target
from .identity import answered_identity, identities_exist
from .plan import SLOT_TOKEN, apps_on, is_linux, refuse_slots, sku_of
from .site_network import refuse_network
from .site_rules import refuse_settings

_FORCE_NEW = "pulumi-azure-native provider/pkg/gen/replacement.go, forceNewMap, read 2026-11-22"
_TRACKED = "Azure REST specs, Site.tsp: a TrackedResource, location create and read only, read 2026-11-22"
_SITE_ID = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}"
_DOMAIN = "azurewebsites.net"
_LONGEST_LABEL = 59
"""Characters. That Azure cuts a longer "site-slot" and adds four is known, how exactly is not confirmed."""


def _label(target: Target) -> str:
    slot = target.text("slot")
    label = f"{target.text('name')}-{slot}" if slot else target.text("name")
    if len(label) > _LONGEST_LABEL and slot:
        label = label[:_LONGEST_LABEL] + hashlib.sha256(label.lower().encode()).hexdigest()[:4]
    return label.lower()


def _taken(target: Target, _: Stored) -> Refusal:
    return Refusal(409, "Conflict", f"Website with given name {_label(target)} already exists.")


def _plan(transaction: Transaction, target: Target) -> Stored | None:
    plan_id = target.text("serverFarmId")
    if not plan_id:
        return None
    plan = transaction.get(plan_id)
    if plan is None:
        raise Refusal(404, "NotFound", f"Cannot find ServerFarm with name {plan_id.rsplit('/', 1)[-1]}.")
    return plan


def _admit_app(transaction: Transaction, target: Target) -> None:
    identities_exist(transaction, target)
    plan = _plan(transaction, target)
    if plan is None:
        return
    sku = sku_of(plan)
    others = [app for app in apps_on(transaction, plan.id) if app.id.lower() != target.id.lower()]
    if sku and sku.apps is not None and len(others) >= sku.apps:
        raise Refusal(
            409,
            "Conflict",
            f"The plan '{plan.id.rsplit('/', 1)[-1]}' ({sku.tier}) can have {sku.apps} app(s) and has {len(others)}.",
        )
    refuse_settings(transaction, target, sku, is_linux(plan))
    refuse_network(transaction, target, plan, sku)


def _admit_slot(transaction: Transaction, target: Target) -> None:
    identities_exist(transaction, target)
    app = transaction.get(target.id.rsplit("/slots/", 1)[0])
    if app is None:
        return  # the missing parent is refused before this
    _same_kind(target, app)
    plan = _plan(transaction, target) or transaction.get(str(app.inputs.get("serverFarmId", "")))
    sku = sku_of(plan) if plan else None
    if plan is None or sku is None:
        return
    beside = [
        item for item in transaction.below(app.id) if item.type == SLOT_TOKEN and item.id.lower() != target.id.lower()
    ]
    refuse_slots(sku, len(beside) + 1)
    refuse_settings(transaction, target, sku, is_linux(plan))
    refuse_network(transaction, target, plan, sku)


def _same_kind(target: Target, app: Stored) -> None:
    kinds = (target.text("kind").lower(), str(app.inputs.get("kind", "")).lower())
    linux = (unwrap(target.inputs.get("reserved")) is True, app.inputs.get("reserved") is True)
    if kinds[0] != kinds[1] or linux[0] != linux[1]:
        # ARM 400, extended code 54026: pulumi-azure-native issue 4748.
        raise Refusal(
            400,
            "BadRequest",
            f"The slot's kind '{target.text('kind')}' (reserved: {linux[0]}) differs from the kind "
            f"'{app.inputs.get('kind', '')}' (reserved: {linux[1]}) of the site it belongs to (54026).",
        )


def _computed(target: Target) -> dict[str, Any]:
    host = f"{_label(target)}.{_DOMAIN}"
    answer: dict[str, Any] = {
        "defaultHostName": host,
        "hostNames": [host],
        "enabledHostNames": [host, f"{_label(target)}.scm.{_DOMAIN}"],
        "state": "Running",
        "availabilityState": "Normal",
        "usageState": "Normal",
        "resourceGroup": target.text("resourceGroupName"),
        "repositorySiteName": target.text("name"),
        "outboundIpAddresses": "192.0.2.10,192.0.2.11",
        "possibleOutboundIpAddresses": "192.0.2.10,192.0.2.11,192.0.2.12,192.0.2.13",
    }
    return answer | answered_identity(target)


def _host_names(target: Target) -> list[tuple[str, str]]:
    return [(_DOMAIN, _label(target))]


WEB_APP = ResourceType(
    token="azure-native:web:WebApp",
    arm_type="Microsoft.Web/sites",
    api_version="2025-05-01",
    id_form=_SITE_ID,
    source="name taken: azure-quickstart-templates issue 6361 (54001); addresses: RFC 5737, for documentation",
    name_rule=NameRule(
        "name",
        r"[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]",
        "2 to 60 letters, digits and hyphens, no hyphen at either end",
        "BadRequest",
    ),
    replaces={"location": _FORCE_NEW, "kind": _FORCE_NEW},
    admit=_admit_app,
    computed=_computed,
    global_names=_host_names,
    name_taken=_taken,
)

SLOT = ResourceType(
    token=SLOT_TOKEN,
    arm_type="Microsoft.Web/sites/slots",
    api_version="2025-05-01",
    id_form=_SITE_ID + "/slots/{slot}",
    source="slot limit: azure-functions-ux issue 1309; kind: pulumi-azure-native issue 4748",
    name_rule=NameRule(
        "slot",
        r"(?!(?i:production)$)[A-Za-z0-9-]{2,59}",
        "2 to 59 letters, digits and hyphens, not 'production'",
        "BadRequest",
    ),
    output_name="{name}/{slot}",
    replaces={"location": _TRACKED},
    admit=_admit_slot,
    computed=_computed,
    global_names=_host_names,
    name_taken=_taken,
)

TYPES = (WEB_APP, SLOT)
