"""Everything the page of one application prints, finished: templates only place it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from environments import (
    App,
    AppNames,
    Environment,
    EnvironmentNames,
    Owner,
    Retention,
    TaskHub,
    hub_of,
    in_words,
    package_of,
    retention_of,
    settings_of,
    sticky_names,
)
from hubkeeper.runbook import (
    azure_ids,
    five_commands,
    hub_wide_commands,
    instance_commands,
    platform_commands,
    raising_commands,
    sql_statements,
    store_commands,
)
from hubkeeper.runbook.access_context import AccessContext, access_context, token_for
from hubkeeper.runbook.commands import Command, Target
from hubkeeper.runbook.database_context import DatabaseContext, database_context, in_database
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.network_context import NetworkContext, network_context
from hubkeeper.runbook.orchestrations import OrchestrationRow, compensations, orchestration_rows
from hubkeeper.runbook.procedure_context import (
    AppProcedures,
    SlotProcedures,
    app_procedures,
    in_tables,
    slot_procedures,
)
from hubkeeper.runbook.procedures import Procedure, procedures_of
from hubkeeper.runbook.queries import Fill, Question, questions
from hubkeeper.runbook.repeats import Repeats, repeats_of
from hubkeeper.runbook.settings_table import SettingRow, setting_rows, shown_names
from hubkeeper.runbook.triage_context import Triage, triage

#: `workItemQueueVisibilityTimeout` and `controlQueueVisibilityTimeout` of host.json: the default of the durable extension.
VISIBILITY = "5 minutes"
#: SDKs may write a longer timer as several: TimerOptions.MaximumTimerInterval of durabletask-dotnet, read 2026-11; the extension
#: tells Python and JavaScript 6 days, in parts of 3, on Azure Storage.
_SPLIT_TIMER = timedelta(days=3)
_PURGED_BY = {"scheduled-job": "a scheduled job", "operator": "an operator", "scheduler": "the scheduler, by itself"}


@dataclass(frozen=True)
class SlotContext:
    """One slot: `title` is its name on the page, `name` is None for production."""

    name: str | None
    title: str
    hub: TaskHub
    package: str
    shown: Command
    settings: Command
    count: Command | Act
    queues: Command | None
    restart: Command
    opening: str
    more: SlotProcedures


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
    questions: tuple[Question, ...]
    ask: Mapping[str, Command]
    looking: tuple[Act, ...]
    raising: tuple[Act, ...]
    acting: tuple[Act, ...]
    repeats: Repeats
    admitted: AccessContext
    settings: tuple[SettingRow, ...]
    sticky: tuple[str, ...]
    secrets: tuple[tuple[str, str], ...]
    secret_names: Command
    orchestrations: tuple[OrchestrationRow, ...]
    events: tuple[str, ...]
    longest: str | None
    long_timers: bool
    visibility: str
    compensates: tuple[str, ...]
    compensations: tuple[tuple[str, str | None], ...]
    purged_by: str | None
    retention: Retention
    in_tables: bool
    database: DatabaseContext | None
    network: NetworkContext | None
    daily_cap: str
    binding: str | None
    procedures: tuple[Procedure, ...]
    more: AppProcedures


def application_context(environment: Environment, app_name: str, fill: Fill) -> ApplicationContext:
    """Gathers it. `fill` renders a query's template."""
    app, names = environment.apps[app_name], environment.resource_names
    target = _target(environment, app_name, None)
    asked = _questions(environment, app_name, target, fill)
    retention = retention_of(app)
    ask = {name: question.command for name, question in asked.items()}
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
        triage=triage(environment, app_name, target, ask),
        questions=tuple(asked.values()),
        ask=ask,
        looking=instance_commands.looking(),
        raising=raising_commands.raising(_events(app)),
        acting=instance_commands.acting(repeats_of(app)),
        repeats=repeats_of(app),
        admitted=access_context(
            environment, app_name, [_target(environment, app_name, slot) for slot in app.all_slots]
        ),
        settings=setting_rows(environment, app_name),
        sticky=sticky_names(environment, app_name),
        secrets=tuple(app.secrets.items()),
        secret_names=platform_commands.secret_names(target, environment.app_names(app_name).key_vault),
        orchestrations=orchestration_rows(app),
        events=_events(app),
        longest=in_words(app.longest_orchestration) if app.longest_orchestration else None,
        long_timers=any(t > _SPLIT_TIMER for one in app.orchestrations.values() for t in one.timers.values()),
        visibility=VISIBILITY,
        compensates=tuple(what for one in app.orchestrations.values() for what in one.compensates),
        compensations=tuple(undone for one in app.orchestrations.values() for undone in compensations(one)),
        purged_by=_PURGED_BY[retention.purged_by] if retention.purged_by else None,
        retention=retention,
        in_tables=in_tables(app),
        database=database_context(environment, app_name, target),
        network=network_context(environment, app_name, target),
        daily_cap=f"{environment.telemetry.daily_cap_gb:g}",
        binding=next((slot.hub_binding for slot in app.slots.values()), None),
        procedures=procedures_of(app),
        more=app_procedures(
            environment, app_name, target, [hub_of(environment, app_name, slot) for slot in app.all_slots]
        ),
    )


def _target(environment: Environment, app: str, slot: str | None) -> Target:
    names = environment.resource_names
    site, access = environment.app_names(app).function_app, environment.apps[app].access_of(slot)
    return Target(environment.subscription_id, names.resource_group, site, slot, token_for(access))


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
        shown=five_commands.show(target, app),
        settings=five_commands.settings(target, hub.name, shown, sticky_names(environment, app_name)),
        count=_count(app, target, hub),
        queues=store_commands.queues(target, hub, app.task_hub.partition_count) if in_tables(app) else None,
        restart=five_commands.restart(target, VISIBILITY),
        opening=instance_commands.opening(target, hub),
        more=slot_procedures(environment, app_name, slot, target),
    )


def _count(app: App, target: Target, hub: TaskHub) -> Command | Act:
    if in_database(app):
        return sql_statements.open_instances(hub)
    return store_commands.open_instances(target, hub) if in_tables(app) else hub_wide_commands.ask_for_open(target, hub)


def _questions(environment: Environment, app_name: str, target: Target, fill: Fill) -> dict[str, Question]:
    app = environment.apps[app_name]
    longest = app.longest_orchestration.days if app.longest_orchestration else 0
    values: dict[str, object] = {
        "hubs": [hub_of(environment, app_name, slot).name for slot in app.all_slots],
        "app": environment.app_names(app_name).function_app,
        "orchestrations": orchestration_rows(app),
        "look_back_days": min(longest + 2, environment.telemetry.retention_days),
    }
    return questions(fill, target, values)
