"""Everything the page of an environment and the page of the estate print, finished: templates only place it."""

from collections.abc import Sequence
from dataclasses import dataclass

from environments import App, AppNames, Environment, EnvironmentNames, Estate, Owner, TaskHub, task_hubs
from hubkeeper.runbook import azure_ids
from hubkeeper.runbook.picture import picture
from hubkeeper.runbook.quoting import shell


@dataclass(frozen=True)
class AppSummary:
    """One line of what runs in an environment."""

    name: str
    app: App
    names: AppNames
    owner: Owner
    slots: tuple[str, ...]
    has_events: bool


@dataclass(frozen=True)
class EnvironmentContext:
    """One environment. `login` is bash that signs in where its commands go, `workspace` what looks up the id queries need."""

    environment: Environment
    names: EnvironmentNames
    apps: tuple[AppSummary, ...]
    hubs: tuple[TaskHub, ...]
    resources: tuple[azure_ids.NamedResource, ...]
    owners: tuple[Owner, ...]
    picture: str
    login: str


def environment_context(environment: Environment) -> EnvironmentContext:
    """Gathers it."""
    apps = tuple(_summary(environment, name) for name in environment.apps)
    owners = {owner.team: owner for owner in (environment.owner, *(app.owner for app in apps))}
    return EnvironmentContext(
        environment=environment,
        names=environment.resource_names,
        apps=apps,
        hubs=tuple(task_hubs(environment)),
        resources=tuple(azure_ids.environment_resources(environment)),
        owners=tuple(owners.values()),
        picture=picture(environment),
        login=login(environment),
    )


def _summary(environment: Environment, name: str) -> AppSummary:
    app = environment.apps[name]
    slots = tuple(slot or "production" for slot in app.all_slots)
    waits = any(one.waits_for for one in app.orchestrations.values())
    return AppSummary(name, app, environment.app_names(name), environment.owner_of(name), slots, waits)


def login(environment: Environment) -> str:
    """Bash that signs in, chooses the subscription, and looks up the one id that only Azure knows."""
    names = environment.resource_names
    look_up = (
        f"az monitor log-analytics workspace show --subscription {shell(environment.subscription_id)} \\\n"
        f"  --resource-group {shell(names.resource_group)} --workspace-name {shell(names.workspace)} \\\n"
        "  --only-show-errors --output tsv --query customerId"
    )
    return "\n".join(
        (
            f"az login --tenant {shell(environment.tenant_id)} --only-show-errors --output none",
            f"az account set --subscription {shell(environment.subscription_id)} --only-show-errors",
            "az account show --only-show-errors --output table --query '{subscription:name,id:id,tenant:tenantId,you:user.name}'",
            f"WORKSPACE_ID=$({look_up})",
        )
    )


@dataclass(frozen=True)
class Difference:
    """One thing side by side over the environments; `values` in their order."""

    what: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class EstateContext:
    """The whole estate: all hubs, and the environments side by side."""

    environments: tuple[Environment, ...]
    hubs: tuple[TaskHub, ...]
    differences: tuple[Difference, ...]


def estate_context(estate: Estate) -> EstateContext:
    """Gathers it."""
    every = tuple(estate)
    apps = list(dict.fromkeys(name for environment in every for name in environment.apps))
    rows = [
        _difference("tier", [environment.tier for environment in every]),
        _difference("region", [environment.location for environment in every]),
        _difference("subscription", [environment.subscription_id for environment in every]),
        _difference("resource group", [environment.resource_names.resource_group for environment in every]),
        _difference("telemetry, days", [str(environment.telemetry.retention_days) for environment in every]),
        _difference("daily cap, GB", [f"{environment.telemetry.daily_cap_gb:g}" for environment in every]),
        _difference("hubs protected", ["yes" if environment.protects_hubs else "no" for environment in every]),
    ]
    for name in apps:
        rows += _app_differences(name, [environment.apps.get(name) for environment in every])
    return EstateContext(every, estate.task_hubs(), tuple(rows))


def _app_differences(name: str, apps: Sequence[App | None]) -> list[Difference]:
    def row(what: str, values: Sequence[object]) -> Difference:
        shown = ["not there" if app is None else str(value) for app, value in zip(apps, values, strict=True)]
        return _difference(f"{name}: {what}", shown)

    return [
        row("plan", [app and app.plan.sku for app in apps]),
        row("instances at least", [app and app.plan.minimum_instances for app in apps]),
        row("instances at most", [app and (app.plan.maximum_instances or "as many as a person sets") for app in apps]),
        row("zones", [app and ("yes" if app.plan.zone_redundant else "no") for app in apps]),
        row("runtime", [app and f"{app.runtime.language} {app.runtime.version}" for app in apps]),
        row("partitions", [app and app.task_hub.partition_count for app in apps]),
        row("history, days", [app and (app.task_hub.history_days or "not declared") for app in apps]),
        row(
            "version of new instances",
            [app and (app.versioning.default_version if app.versioning else "none") for app in apps],
        ),
    ]


def _difference(what: str, values: Sequence[str]) -> Difference:
    return Difference(what, tuple(values), len(set(values)) > 1)
