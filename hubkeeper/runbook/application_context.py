"""Everything the page of one application prints, finished: templates only place it."""

from dataclasses import dataclass

from environments import (
    App,
    AppNames,
    Environment,
    EnvironmentNames,
    Owner,
    TaskHub,
    hub_of,
    in_words,
    package_of,
    settings_of,
    sticky_names,
)
from hubkeeper.runbook import azure_ids, five_commands, instance_commands, platform_commands, queries, store_commands
from hubkeeper.runbook.commands import Command, Target
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.orchestrations import OrchestrationRow, orchestration_rows
from hubkeeper.runbook.queries import Fill
from hubkeeper.runbook.settings_table import SettingRow, setting_rows, shown_names

#: `workItemQueueVisibilityTimeout` and `controlQueueVisibilityTimeout` of host.json: the default of the durable extension.
VISIBILITY = "5 minutes"
_PURGED_BY = {"scheduled-job": "a scheduled job", "operator": "an operator"}
_STORE_ROLES = "Storage Blob Data Owner, Storage Queue Data Contributor and Storage Table Data Contributor, each once"


@dataclass(frozen=True)
class SlotContext:
    """One slot: `title` is its name on the page, `name` is None for production."""

    name: str | None
    title: str
    hub: TaskHub
    package: str
    shown: Command
    settings: Command
    count: Command
    queues: Command
    restart: Command
    opening: str


@dataclass(frozen=True)
class Triage:
    """The read-only commands of the first minutes, by what they are asked for."""

    up: tuple[Command, ...]
    stuck: tuple[tuple[OrchestrationRow, tuple[Command, ...]], ...]
    silent: Command
    failures: tuple[Command, ...]
    progress: tuple[Command, ...]
    timeline: Command
    shared: Command
    changed: tuple[Command, ...]
    telemetry: tuple[Command, ...]


@dataclass(frozen=True)
class ApplicationContext:
    """One application in one environment."""

    environment: Environment
    names: EnvironmentNames
    app_name: str
    app: App
    app_names: AppNames
    owner: Owner
    resources: tuple[azure_ids.NamedResource, ...]
    slots: tuple[SlotContext, ...]
    slot_list: Command
    insights: Command
    triage: Triage
    looking: tuple[Act, ...]
    acting: tuple[Act, ...]
    settings: tuple[SettingRow, ...]
    sticky: tuple[str, ...]
    secrets: tuple[tuple[str, str], ...]
    secret_names: Command
    orchestrations: tuple[OrchestrationRow, ...]
    events: tuple[str, ...]
    longest: str | None
    visibility: str
    compensates: tuple[str, ...]
    purged_by: str | None
    daily_cap: str


def application_context(environment: Environment, app_name: str, fill: Fill) -> ApplicationContext:
    """Gathers it. `fill` renders a query's template."""
    app, names = environment.apps[app_name], environment.resource_names
    target = _target(environment, app_name, None)
    return ApplicationContext(
        environment=environment,
        names=names,
        app_name=app_name,
        app=app,
        app_names=environment.app_names(app_name),
        owner=environment.owner_of(app_name),
        resources=(*azure_ids.environment_resources(environment), *azure_ids.app_resources(environment, app_name)),
        slots=tuple(_slot(environment, app_name, slot) for slot in app.all_slots),
        slot_list=five_commands.slots(target, list(app.slots)),
        insights=five_commands.insights(target, names, environment.telemetry.retention_days),
        triage=_triage(environment, app_name, target, fill),
        looking=instance_commands.looking(),
        acting=instance_commands.acting(_events(app)),
        settings=setting_rows(environment, app_name),
        sticky=sticky_names(environment, app_name),
        secrets=tuple(app.secrets.items()),
        secret_names=platform_commands.secret_names(target, environment.app_names(app_name).key_vault),
        orchestrations=orchestration_rows(app),
        events=_events(app),
        longest=in_words(app.longest_orchestration) if app.longest_orchestration else None,
        visibility=VISIBILITY,
        compensates=tuple(what for one in app.orchestrations.values() for what in one.compensates),
        purged_by=_PURGED_BY[app.task_hub.purged_by] if app.task_hub.purged_by else None,
        daily_cap=f"{environment.telemetry.daily_cap_gb:g}",
    )


def _target(environment: Environment, app: str, slot: str | None) -> Target:
    names = environment.resource_names
    return Target(environment.subscription_id, names.resource_group, environment.app_names(app).function_app, slot)


def _events(app: App) -> tuple[str, ...]:
    return tuple(sorted({event for one in app.orchestrations.values() for event in one.waits_for}))


def _slot(environment: Environment, app_name: str, slot: str | None) -> SlotContext:
    app, target, hub = (
        environment.apps[app_name],
        _target(environment, app_name, slot),
        hub_of(environment, app_name, slot),
    )
    shown = shown_names(app, settings_of(environment, app_name, slot))
    return SlotContext(
        name=slot,
        title=f"Slot {slot}" if slot else "Production",
        hub=hub,
        package=package_of(environment, app_name, slot),
        shown=five_commands.show(target, app.runtime.linux_fx_version),
        settings=five_commands.settings(target, shown, sticky_names(environment, app_name)),
        count=store_commands.open_instances(target, hub),
        queues=store_commands.queues(target, hub, app.task_hub.partition_count),
        restart=five_commands.restart(target, VISIBILITY),
        opening=instance_commands.opening(target, hub),
    )


def _triage(environment: Environment, app_name: str, target: Target, fill: Fill) -> Triage:
    app, names = environment.apps[app_name], environment.app_names(app_name)
    hubs = [hub_of(environment, app_name, slot) for slot in app.all_slots]
    rows = orchestration_rows(app)
    longest = app.longest_orchestration.days if app.longest_orchestration else 0
    values: dict[str, object] = {
        "hubs": [hub.name for hub in hubs],
        "app": names.function_app,
        "orchestrations": rows,
        "look_back_days": min(longest + 2, environment.telemetry.retention_days),
    }
    site, store = azure_ids.site_id(environment, app_name), azure_ids.store_id(environment, app_name)

    def ask(name: str, title: str, of_instance: bool = False) -> Command:
        return queries.ask(fill, target, name, title, values, of_instance)

    return Triage(
        up=(
            platform_commands.plan(target, names, app),
            platform_commands.roles(target, names, store, _STORE_ROLES),
            *((platform_commands.vault_references(target, site),) if app.secrets else ()),
            ask("host-restarts", "Restarts of hosts"),
        ),
        stuck=tuple(
            (row, tuple(store_commands.stuck_instances(target, hub, row.name, described.stuck_after) for hub in hubs))
            for row, described in zip(rows, app.orchestrations.values(), strict=True)
        ),
        silent=ask("silent-instances", "Silent instances"),
        failures=(ask("failures-by-cause", "Failures by cause"), ask("retries", "Retries and redeliveries")),
        progress=(
            store_commands.queues(target, hubs[0], app.task_hub.partition_count),
            store_commands.partitions(target, hubs[0], app.task_hub.partition_count),
            store_commands.throttling(target, store),
        ),
        timeline=ask("instance-timeline", "Its timeline", of_instance=True),
        shared=ask("two-on-one-hub", "Who works on the hubs"),
        changed=(
            platform_commands.changes(target, site, "application"),
            platform_commands.changes(target, store, "store"),
        ),
        telemetry=(ask("is-telemetry-arriving", "Telemetry of orchestrations"),),
    )
