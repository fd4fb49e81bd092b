"""The state of a plan: what is deployed (a stack export), or what a program asks for (a recorded plan)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from environments import App, Environment, TaskHub, catalogue
from environments.names import subnet_name
from plan import PROVIDER_PREFIX, Plan, Resource
from policies.databases import DATABASE, backups_of
from policies.doors import addresses_of, asks_for_token, is_private, is_restricted
from policies.networks import SUBNET, is_integrated
from policies.reading import at
from policies.registered import (
    SCHEDULER,
    SQL_SERVER,
    STORAGE_ACCOUNT,
    WEB_APP,
    registered_hubs,
    settings_of,
    sites,
    tier_of,
    whose,
)
from policies.states import (
    ADDRESSES,
    HOSTS_STORE,
    PRIVATE_ENDPOINTS,
    TOKEN,
    AppState,
    EnvironmentState,
    slots_open_as_said,
    where_copies_are_said,
)

BLOB_SERVICE: Final = "azure-native:storage:BlobServiceProperties"
HOSTING_PLAN: Final = "azure-native:web:AppServicePlan"
VAULT: Final = "azure-native:keyvault:Vault"
WORKSPACE: Final = "azure-native:operationalinsights:Workspace"
_DATABASE_FACTS: Final = {
    "sku.tier": "tier",
    "zoneRedundant": "zones",
    "requestedBackupStorageRedundancy": "backups",
}
_PLACE_FACTS: Final = {"subscriptionId": "subscription", "tenantId": "tenant"}
_STORE_FACTS: Final = {
    "accountName": "name",
    "schedulerName": "name",
    "serverName": "name",
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
    said = described.apps if described else {}
    apps = {name: _app(plan, name, hubs[name], frozenset(unread[name]), said.get(name)) for name in {**hubs, **unread}}
    return EnvironmentState(plan.stack, tier_of(plan), apps, _known(days))


def _app(plan: Plan, name: str, hubs: list[TaskHub], unread: frozenset[str | None], described: App | None) -> AppState:
    by_slot = {hub.slot: hub for hub in hubs}
    holder = (by_slot.get(None) or hubs[0]).store if hubs else ""
    store = _named(plan, holder)
    days = {
        "store.soft_delete_days": _first(plan, name, BLOB_SERVICE, "deleteRetentionPolicy.days"),
        "vault.soft_delete_days": _first(plan, name, VAULT, "properties.softDeleteRetentionInDays"),
        "task_hub.database.backup_days": _backup_days(plan, name),
    }
    language = _first(plan, name, WEB_APP, "functionAppConfig.runtime.name") or _setting(plan, name)
    sku = catalogue.plans().get(str(_first(plan, name, HOSTING_PLAN, "sku.name")))
    return AppState(
        hubs=by_slot,
        store={
            **(_facts(store) if store else {"name": holder} if holder else {}),
            **_place(plan),
            **_hosts_store(plan, name, store),
        },
        protected=store.protect if store else None,
        partition_count=_partitions(plan, name),
        language=language if isinstance(language, str) else None,
        hosting=sku.hosting if sku else None,
        days=_known(days),
        database=_database(plan, name),
        copies=_copies(plan, name),
        copies_at=where_copies_are_said(described) if described else ("store", "redundancy"),
        private=any(is_integrated(one) for one in plan.of_type(WEB_APP) if whose(plan, one).app == name),
        subnet=_subnet(plan, name),
        guards=dict(_guards(plan, name)),
        addresses={
            site.whose.slot: ranges
            for site in sites(plan)
            if site.whose.app == name and (ranges := addresses_of(site.resource))
        },
        open_as_said=slots_open_as_said(described) if described else frozenset(),
        unread=unread,
    )


def _guards(plan: Plan, app: str) -> Iterator[tuple[str | None, frozenset[str]]]:
    """What stands before each site of an application; a slot where that cannot be read is left out."""
    for site in sites(plan):
        if site.whose.app != app:
            continue
        judged = {
            TOKEN: asks_for_token(plan, site.resource),
            ADDRESSES: is_restricted(site.resource),
            PRIVATE_ENDPOINTS: is_private(site.resource),
        }
        if None not in judged.values():
            yield site.whose.slot, frozenset(guard for guard, stands in judged.items() if stands)


def _subnet(plan: Plan, app: str) -> str | None:
    """The range of the subnet that is made for an application: the one its sites hang on, or the one of the derived name."""
    of_app = [one for one in plan.of_type(WEB_APP) if whose(plan, one).app == app]
    joined = {urn for site in of_app for urn in site.property_dependencies.get("virtualNetworkSubnetId", ())}
    known = plan.of_type(SUBNET)
    made = [one for one in known if one.urn in joined or at(one.inputs, "subnetName") == subnet_name(app)]
    ranges = [at(one.inputs, "addressPrefix") for one in made]
    return next((one for one in ranges if isinstance(one, str)), None)


def _hosts_store(plan: Plan, app: str, holder: Resource | None) -> dict[str, str]:
    """The storage account of an application whose hubs are somewhere else."""
    name = _first(plan, app, STORAGE_ACCOUNT, "accountName")
    return {HOSTS_STORE: name} if holder and holder.type != STORAGE_ACCOUNT and isinstance(name, str) else {}


def _partitions(plan: Plan, app: str) -> int | None:
    """The number of partitions of an application's hubs. No resource has it, since the host makes the queues; the handoff does."""
    count = at(plan.outputs, f"handoff.apps.{app}.task_hubs.production.partitions")
    return int(count) if isinstance(count, int | float) and isfinite(count) else None


def _named(plan: Plan, holder: str) -> Resource | None:
    """The storage account, the scheduler or the SQL server of this name."""
    for token, key in ((STORAGE_ACCOUNT, "accountName"), (SCHEDULER, "schedulerName"), (SQL_SERVER, "serverName")):
        for one in plan.of_type(token):
            if str(at(one.inputs, key)).lower() == holder.lower():
                return one
    return None


def _database(plan: Plan, app: str) -> dict[str, str]:
    """What of an application's first database Azure changes not at will, where it can be read."""
    read = {words: _first(plan, app, DATABASE, path) for path, words in _DATABASE_FACTS.items()}
    return {
        words: str(value).lower() if words == "zones" else str(value)
        for words, value in read.items()
        if value is not None
    }


def _copies(plan: Plan, app: str) -> str | None:
    """The copies of an application's store, without the tier that Azure puts before them."""
    name = _first(plan, app, STORAGE_ACCOUNT, "sku.name")
    return name.rpartition("_")[2] if isinstance(name, str) else None


def _backup_days(plan: Plan, app: str) -> Any:
    """The fewest days that one of an application's databases can be taken back."""
    own = [one for one in plan.of_type(DATABASE) if whose(plan, one).app == app]
    days = [at(policy.inputs, "retentionDays") for one in own for policy in backups_of(plan, one)]
    return min((one for one in days if isinstance(one, int)), default=None)


def _first(plan: Plan, app: str, token: str, path: str) -> Any:
    """What an application's first resource of a type has there; None where it is not there or cannot be read."""
    found = (at(one.inputs, path) for one in plan.of_type(token) if whose(plan, one).app == app)
    return next((one for one in found if isinstance(one, str | int)), None)


def _setting(plan: Plan, app: str) -> Any:
    sites = (one for one in plan.of_type(WEB_APP) if whose(plan, one).app == app)
    return next((settings_of(one).get("FUNCTIONS_WORKER_RUNTIME") for one in sites), None)


def _facts(store: Resource) -> dict[str, str]:
    read = ((words, at(store.inputs, path)) for path, words in _STORE_FACTS.items())
    # Names as they are: the engine takes another case for another resource.
    return {
        words: str(value) if words in ("name", "resource group") else str(value).lower()
        for words, value in read
        if isinstance(value, str | bool)
    }


def _place(plan: Plan) -> dict[str, str]:
    """Where the one provider of the program works; nothing where there are several."""
    found = plan.of_type(f"{PROVIDER_PREFIX}azure-native")
    read = {words: at(found[0].inputs, key) for key, words in _PLACE_FACTS.items()} if len(found) == 1 else {}
    return {words: value for words, value in read.items() if isinstance(value, str)}


def _known(days: dict[str, Any]) -> dict[str, int]:
    return {key: value for key, value in days.items() if isinstance(value, int)}
