"""What of an environment running work hangs on: described in two revisions, or deployed and planned. Rules compare two of these.

What one of two states does not know is left out of it, and is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from environments import Environment, TaskHub, Tier, task_hubs


@dataclass(frozen=True)
class AppState:
    """One application. `store` says by what the store is the same one; `days` how long things are kept, by their key.

    `protected` or `locked` None, or a text None: not known. `unread` are slots whose hub cannot be read.
    """

    hubs: Mapping[str | None, TaskHub]
    store: Mapping[str, str] = field(default_factory=dict)
    protected: bool | None = None
    locked: bool | None = None
    partition_count: int | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    default_version: str | None = None
    days: Mapping[str, int] = field(default_factory=dict)
    review_due: date | None = None
    personal_data: bool = False
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
        return any((one.store.lower(), one.key) == (hub.store.lower(), hub.key) for one in self.hubs.values())


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
            # Another SKU is another scheduler: nothing says that one with hubs takes it.
            **({"scheduler's SKU": app.task_hub.scheduler.sku} if app.task_hub.scheduler else {}),
        },
        protected=environment.protects_hubs,
        locked=environment.locks_store(name),
        partition_count=app.task_hub.partition_count,
        bindings={slot: one.hub_binding for slot, one in app.slots.items()},
        language=app.runtime.language,
        default_version=app.versioning.default_version if app.versioning else None,
        days={key: value for key, value in days.items() if value is not None},
        review_due=app.task_hub.review_due,
        personal_data=app.task_hub.personal_data,
    )
