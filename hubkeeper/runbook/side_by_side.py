"""The environments of an estate side by side: what differs, and what each line decides, so that a difference can be judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from environments import App, Environment, Estate, TaskHub, retention_of
from environments.alert_rules import alert_rules


@dataclass(frozen=True)
class Difference:
    """One thing side by side over the environments; `values` in their order. `decides` says why it is what it is in each."""

    what: str
    values: tuple[str, ...]
    decides: str

    @property
    def differs(self) -> bool:
        """Whether any two environments have it otherwise."""
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class EstateContext:
    """The whole estate: all hubs, and the environments side by side."""

    environments: tuple[Environment, ...]
    hubs: tuple[TaskHub, ...]
    differences: tuple[Difference, ...]


def _partitions(app: App) -> object:
    return app.task_hub.partition_count if app.task_hub.backend == "azure-storage" else "has none"


def _history(app: App) -> object:
    kept = retention_of(app)
    return (
        f"{kept.days or 'not declared'}, then {kept.backup_days} in backups"
        if kept.backup_days
        else kept.days or "not declared"
    )


def _slots(app: App) -> str:
    return ", ".join(f"{name} ({slot.hub_binding})" for name, slot in app.slots.items()) or "none"


_OF_AN_ENVIRONMENT: tuple[tuple[str, Callable[[Environment], object], str], ...] = (
    ("tier", lambda one: one.tier, "how strict the rules are, and what is protected"),
    ("region", lambda one: one.location, "should be the same, or tests say nothing about latency and zones"),
    ("subscription", lambda one: one.subscription_id, "should differ: quotas, rights and mistakes end at it"),
    ("resource group", lambda one: one.resource_names.resource_group, "derived from the environment's name"),
    (
        "telemetry, days",
        lambda one: one.telemetry.retention_days,
        "how far back an incident can be read; costs by the day",
    ),
    (
        "daily cap, GB",
        lambda one: f"{one.telemetry.daily_cap_gb:g}",
        "what a bad day may cost; above it nothing is seen",
    ),
    (
        "hubs protected",
        lambda one: "yes" if one.protects_hubs else "no",
        "follows the tier: development may be destroyed",
    ),
    ("alerts", lambda one: len(alert_rules(one)) or "none", "follows the tier: nobody is woken for development"),
)
_OF_AN_APP: tuple[tuple[str, Callable[[App], object], str], ...] = (
    ("plan", lambda app: app.plan.sku, "a smaller one outside of production saves money and hides load"),
    ("instances at least", lambda app: app.plan.least_instances, "what is paid for at night, and how fast work begins"),
    ("instances at most", lambda app: app.plan.maximum_instances or "as many as a person sets", "what a rush may cost"),
    ("zones", lambda app: "yes" if app.plan.zone_redundant else "no", "wants two instances, so mostly production only"),
    ("runtime", lambda app: app.runtime.title, "must be the same, but while a new one is tried"),
    ("backend", lambda app: app.task_hub.backend, "must be the same, or tests say nothing"),
    ("partitions", _partitions, "must be the same: it comes from the one host.json"),
    ("store copies", lambda app: app.redundancy, "what survives the loss of a zone or a region"),
    ("slots", _slots, "a swap is drilled only where there is one"),
    (
        "history, days",
        _history,
        "how long finished instances are kept: privacy, cost, and how far back a case can be read",
    ),
    (
        "purged by",
        lambda app: retention_of(app).purged_by or "nobody declared",
        "should be the same, so that the purge is tried before production",
    ),
    (
        "version of new instances",
        lambda app: app.versioning.default_version if app.versioning else "none",
        "is ahead where a release is tried",
    ),
)


def estate_context(estate: Estate) -> EstateContext:
    """Gathers it."""
    every = tuple(estate)
    apps = dict.fromkeys(name for environment in every for name in environment.apps)
    rows = [Difference(what, tuple(str(of(one)) for one in every), decides) for what, of, decides in _OF_AN_ENVIRONMENT]
    rows += [row for name in apps for row in _app_rows(name, [one.apps.get(name) for one in every])]
    return EstateContext(every, estate.task_hubs(), tuple(rows))


def _app_rows(name: str, apps: Sequence[App | None]) -> list[Difference]:
    return [
        Difference(f"{name}: {what}", tuple("not there" if app is None else str(of(app)) for app in apps), decides)
        for what, of, decides in _OF_AN_APP
    ]
