"""The state of a plan: what is deployed (a stack export), or what a program asks for (a recorded plan)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from environments import Environment, TaskHub
from plan import Plan, Resource
from policies.reading import at
from policies.registered import SCHEDULER, STORAGE_ACCOUNT, WEB_APP, registered_hubs, settings_of, tier_of, whose
from policies.states import AppState, EnvironmentState

BLOB_SERVICE: Final = "azure-native:storage:BlobServiceProperties"
VAULT: Final = "azure-native:keyvault:Vault"
WORKSPACE: Final = "azure-native:operationalinsights:Workspace"
_STORE_FACTS: Final = {
    "accountName": "name",
    "schedulerName": "name",
    "location": "location",
    "resourceGroupName": "resource group",
    "kind": "kind",
    "isHnsEnabled": "hierarchical namespace",
    "properties.sku.name": "scheduler's SKU",
}


def registered_state(plan: Plan, described: Environment | None = None) -> EnvironmentState:
    """What a plan has of an environment. What is unknown or secret in it is left out; slots with such a hub are named.

    `described` says where in the description its hubs are.
    """
    hubs: dict[str, list[TaskHub]] = defaultdict(list)
    unread: dict[str, set[str | None]] = defaultdict(set)
    decided, undecided = registered_hubs(plan, described)
    for hub, _ in decided:
        hubs[hub.app].append(hub)
    for one in undecided:
        unread[one.whose.app or ""].add(one.whose.slot)
    workspaces = [at(one.inputs, "retentionInDays") for one in plan.of_type(WORKSPACE)]
    days = {"telemetry.retention_days": min((one for one in workspaces if isinstance(one, int)), default=None)}
    apps = {name: _app(plan, name, hubs[name], frozenset(unread[name])) for name in {**hubs, **unread}}
    return EnvironmentState(plan.stack, tier_of(plan), apps, _known(days))


def _app(plan: Plan, name: str, hubs: list[TaskHub], unread: frozenset[str | None]) -> AppState:
    by_slot = {hub.slot: hub for hub in hubs}
    holder = (by_slot.get(None) or hubs[0]).store if hubs else ""
    store = _named(plan, holder)
    days = {
        "store.soft_delete_days": _first(plan, name, BLOB_SERVICE, "deleteRetentionPolicy.days"),
        "vault.soft_delete_days": _first(plan, name, VAULT, "properties.softDeleteRetentionInDays"),
    }
    language = _first(plan, name, WEB_APP, "functionAppConfig.runtime.name") or _setting(plan, name)
    return AppState(
        hubs=by_slot,
        store=_facts(store) if store else {"name": holder.lower()} if holder else {},
        protected=store.protect if store else None,
        language=language if isinstance(language, str) else None,
        days=_known(days),
        unread=unread,
    )


def _named(plan: Plan, holder: str) -> Resource | None:
    """The storage account, or the scheduler, of this name."""
    for token, key in ((STORAGE_ACCOUNT, "accountName"), (SCHEDULER, "schedulerName")):
        for one in plan.of_type(token):
            if str(at(one.inputs, key)).lower() == holder.lower():
                return one
    return None


def _first(plan: Plan, app: str, token: str, path: str) -> Any:
    """What an application's first resource of a type has there; None where it is not there or cannot be read."""
    found = (at(one.inputs, path) for one in plan.of_type(token) if whose(plan, one).app == app)
    return next((one for one in found if isinstance(one, str | int)), None)


def _setting(plan: Plan, app: str) -> Any:
    sites = (one for one in plan.of_type(WEB_APP) if whose(plan, one).app == app)
    return next((settings_of(one).get("FUNCTIONS_WORKER_RUNTIME") for one in sites), None)


def _facts(store: Resource) -> dict[str, str]:
    read = ((words, at(store.inputs, path)) for path, words in _STORE_FACTS.items())
    return {words: str(value).lower() for words, value in read if isinstance(value, str | bool)}


def _known(days: dict[str, Any]) -> dict[str, int]:
    return {key: value for key, value in days.items() if isinstance(value, int)}
