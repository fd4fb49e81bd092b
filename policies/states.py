"""What of an environment running work hangs on: described in two revisions, or deployed and planned. Rules compare two of these.

What one of two states does not know is left out of it, and is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from environments import App, Environment, Path, TaskHub, Tier, catalogue, task_hubs
from environments.backends import BACKUP_COPIES

#: The key in `AppState.store` of the host's own store, where that holds no hub.
HOSTS_STORE = "host's store"

#: What can stand before the starters and the status endpoints.
TOKEN, ADDRESSES, PRIVATE_ENDPOINTS = "a token", "a list of addresses", "a shut public entry"


def is_same_name(one: TaskHub, other: TaskHub) -> bool:
    """Whether two hubs of one store are the same one.

    A hub that is a resource of its own is made anew for another case, though Azure does not tell the two apart.
    """
    return one.name == other.name if one.backend != "azure-storage" else one.key == other.key


@dataclass(frozen=True)
class AppState:
    """One application. `store` says by what the store is the same one; `days` how long things are kept, by their key.

    `database` is what of its databases Azure changes not at will: tier, zones, backups. `copies` are those of its store: LRS, ….
    `protected`, `locked` or `private` None, or a text None: not known. `unread` are slots whose hub cannot be read.
    `copies_at` is where a description says them. `guards` are what stands before each slot, where that can be read: TOKEN,
    ADDRESSES, PRIVATE_ENDPOINTS; `addresses` the ranges let in, where nothing else is. `open_as_said` are slots that everybody
    may call for a reason that the description gives.
    """

    hubs: Mapping[str | None, TaskHub]
    store: Mapping[str, str] = field(default_factory=dict)
    protected: bool | None = None
    locked: bool | None = None
    partition_count: int | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    hosting: catalogue.Hosting | None = None
    default_version: str | None = None
    days: Mapping[str, int] = field(default_factory=dict)
    database: Mapping[str, str] = field(default_factory=dict)
    copies: str | None = None
    copies_at: Path = ("store", "redundancy")
    review_due: date | None = None
    personal_data: bool = False
    private: bool | None = None
    subnet: str | None = None
    guards: Mapping[str | None, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[str | None, tuple[str, ...]] = field(default_factory=dict)
    open_as_said: frozenset[str | None] = frozenset()
    unread: frozenset[str | None] = frozenset()

    @property
    def backends(self) -> frozenset[str]:
        """Where its hubs are; more than one only while it moves."""
        return frozenset(hub.backend for hub in self.hubs.values())

    @property
    def slots(self) -> frozenset[str]:
        """The slots beside production."""
        return frozenset(slot for slot in (*self.hubs, *self.unread) if slot)

    def has(self, hub: TaskHub) -> bool:
        """Whether one of its slots works on this hub."""
        return any(one.store.lower() == hub.store.lower() and is_same_name(one, hub) for one in self.hubs.values())


@dataclass(frozen=True)
class EnvironmentState:
    """One environment, with `days` of its own."""

    name: str
    tier: Tier
    apps: Mapping[str, AppState]
    days: Mapping[str, int] = field(default_factory=dict)

    def hubs(self) -> Iterator[TaskHub]:
        """Every task hub."""
        for app in self.apps.values():
            yield from app.hubs.values()


def described_state(environment: Environment) -> EnvironmentState:
    """The state that a description asks for."""
    hubs = list(task_hubs(environment))
    apps = {name: _app(environment, name, [hub for hub in hubs if hub.app == name]) for name in environment.apps}
    days = {"telemetry.retention_days": environment.telemetry.retention_days}
    return EnvironmentState(environment.name, environment.tier, apps, days)


def _app(environment: Environment, name: str, hubs: list[TaskHub]) -> AppState:
    app = environment.apps[name]
    production = next(hub for hub in hubs if hub.slot is None)
    days = {
        "task_hub.history_days": app.task_hub.history_days,
        "store.soft_delete_days": app.store.soft_delete_days,
        "vault.soft_delete_days": app.vault.soft_delete_days,
        "task_hub.database.backup_days": app.task_hub.database.backup_days if app.task_hub.database else None,
        **{
            f"task_hub.history_days_by_state.{state}": days
            for state, days in app.task_hub.history_days_by_state.items()
        },
    }
    return AppState(
        hubs={hub.slot: hub for hub in hubs},
        store={
            "name": production.store,
            "location": environment.location,
            "resource group": environment.resource_names.resource_group,
            "subscription": environment.subscription_id,
            "tenant": environment.tenant_id,
            # Where hubs are elsewhere, the host still keeps keys, locks and packages in a store of its own.
            **(
                {HOSTS_STORE: environment.app_names(name).storage_account}
                if production.store != environment.app_names(name).storage_account
                else {}
            ),
            # Another SKU is another scheduler: nothing says that one with hubs takes it.
            **({"scheduler's SKU": app.task_hub.scheduler.sku} if app.task_hub.scheduler else {}),
        },
        protected=environment.protects_hubs,
        locked=environment.locks_store(name),
        partition_count=app.task_hub.partition_count,
        bindings={slot: one.hub_binding for slot, one in app.slots.items()},
        language=app.runtime.language,
        hosting=app.plan.facts.hosting,
        default_version=app.versioning.default_version if app.versioning else None,
        days={key: value for key, value in days.items() if value is not None},
        database=_database(app),
        copies=app.redundancy,
        copies_at=where_copies_are_said(app),
        review_due=app.task_hub.review_due,
        personal_data=app.task_hub.personal_data,
        private=app.network is not None,
        subnet=app.network.subnet if app.network else None,
        guards={slot: frozenset(_guards(app, slot)) for slot in app.all_slots},
        addresses={
            slot: tuple(source.range for source in app.access_of(slot).sources)
            for slot in app.all_slots
            if not any(source.service_tag for source in app.access_of(slot).sources)
        },
        open_as_said=slots_open_as_said(app),
    )


def where_copies_are_said(app: App) -> Path:
    """The place of what decides them, from the application's own on: a plan over zones asks for a store over zones."""
    return ("store", "redundancy") if app.store.redundancy else ("plan",)


def slots_open_as_said(app: App) -> frozenset[str | None]:
    """Slots, and None for production, that everybody may call for a reason that the description gives."""
    return frozenset(slot for slot in app.all_slots if app.access_of(slot).open_to_everyone)


def _database(app: App) -> dict[str, str]:
    database = app.task_hub.database
    if database is None:
        return {}
    zones = str(database.zone_redundant).lower()
    return {"tier": database.facts.tier, "zones": zones, "backups": BACKUP_COPIES[app.redundancy]}


def _guards(app: App, slot: str | None) -> Iterator[str]:
    access = app.access_of(slot)
    if access.authentication:
        yield TOKEN
    if access.sources:
        yield ADDRESSES
    if app.network is not None and not app.network.public:
        yield PRIVATE_ENDPOINTS
