"""The read-only commands of the first minutes, made ready for one application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from environments import App, Environment, TaskHub, hub_of
from hubkeeper.runbook import (
    azure_ids,
    platform_commands,
    scheduler_commands,
    sql_commands,
    sql_statements,
    store_commands,
)
from hubkeeper.runbook.commands import Command, Target
from hubkeeper.runbook.database_context import in_database
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.orchestrations import OrchestrationRow, orchestration_rows
from hubkeeper.runbook.procedure_context import in_tables

_STORE_ROLE_BESIDE_A_SCHEDULER = "Storage Blob Data Owner; on each hub of the scheduler Durable Task Data Contributor"
_STORE_ROLE_BESIDE_DATABASES = "Storage Blob Data Owner; what it may do in a database says the user that it has there"
_STORE_ROLES = "Storage Blob Data Owner, Storage Queue Data Contributor and Storage Table Data Contributor, each once"


@dataclass(frozen=True)
class Triage:
    """The read-only commands of the first minutes, by what they are asked for."""

    up: tuple[Command, ...]
    stuck: tuple[tuple[OrchestrationRow, tuple[Command | Act, ...]], ...]
    progress: tuple[Command | Act, ...]
    changed: tuple[Command, ...]


def triage(environment: Environment, app_name: str, target: Target, ask: Mapping[str, Command]) -> Triage:
    """Gathers them. `ask` are the questions to telemetry, by name."""
    app, names = environment.apps[app_name], environment.app_names(app_name)
    hubs = [hub_of(environment, app_name, slot) for slot in app.all_slots]
    rows = orchestration_rows(app)
    site, store = azure_ids.site_id(environment, app_name), azure_ids.store_id(environment, app_name)
    return Triage(
        up=(
            platform_commands.plan(target, names, app),
            platform_commands.roles(target, names, store, _roles(app)),
            *((platform_commands.vault_references(target, site),) if app.secrets else ()),
            ask["host-restarts"],
        ),
        stuck=tuple(
            (row, _older_than(app, row, described.stuck_after, target, hubs))
            for row, described in zip(rows, app.orchestrations.values(), strict=True)
        ),
        progress=_progress(environment, app_name, target, hubs),
        changed=(
            platform_commands.changes(target, site, "application"),
            platform_commands.changes(target, store, "store"),
        ),
    )


def _older_than(
    app: App, row: OrchestrationRow, age: timedelta, target: Target, hubs: Sequence[TaskHub]
) -> tuple[Command | Act, ...]:
    if in_database(app):
        return tuple(sql_statements.stuck_instances(hub, row.name, age) for hub in hubs)
    if not in_tables(app):
        return ()
    return tuple(store_commands.stuck_instances(target, hub, row.name, age) for hub in hubs)


def _roles(app: App) -> str:
    if in_database(app):
        return _STORE_ROLE_BESIDE_DATABASES
    return _STORE_ROLES if in_tables(app) else _STORE_ROLE_BESIDE_A_SCHEDULER


def _progress(
    environment: Environment, app_name: str, target: Target, hubs: Sequence[TaskHub]
) -> tuple[Command | Act, ...]:
    app = environment.apps[app_name]
    if app.task_hub.database is not None:
        database = azure_ids.database_id(environment, app_name, hubs[0].name)
        return (
            sql_statements.backlog(hubs[0]),
            sql_commands.load(target, database, app.task_hub.database.facts.is_hyperscale),
            sql_commands.server(target, hubs[0]),
            *(sql_commands.database(target, hub) for hub in hubs),
        )
    if not in_tables(app):
        hub_commands = tuple(scheduler_commands.task_hub(target, hub) for hub in hubs)
        return (scheduler_commands.scheduler(target, hubs[0]), *hub_commands)
    return (
        store_commands.queues(target, hubs[0], app.task_hub.partition_count),
        store_commands.partitions(target, hubs[0], app.task_hub.partition_count),
        store_commands.throttling(target, azure_ids.store_id(environment, app_name)),
    )
