"""The commands of the procedures, made ready for one application and each of its slots."""

from dataclasses import dataclass
from datetime import timedelta

from environments import App, Environment, TaskHub, hub_of, in_words
from hubkeeper.runbook import (
    azure_ids,
    hub_wide_commands,
    lists_of_instances,
    many_commands,
    platform_commands,
    release_commands,
    scheduler_commands,
    sql_commands,
    sql_statements,
    sql_users,
    starter_commands,
    store_commands,
    upkeep_commands,
)
from hubkeeper.runbook.commands import Command, Target
from hubkeeper.runbook.database_context import in_database
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.repeats import repeats_of


@dataclass(frozen=True)
class SlotProcedures:
    """What procedures ask of one slot and its hub, or do to it. Production is never swapped with itself."""

    by_version: Command | None
    oldest: Command | None
    started: Command | None
    configuration: Command
    witness: Act
    steps: Command | None
    failed: Command | Act
    draft: Act
    draft_running: Act
    each: str
    functions: Command
    hold: Act
    let_go: Act
    dry_run: Command | Act | None
    purge: Act | None
    stop: Command
    start: Command
    key: Command
    swap: Command | None
    reset: Command | None


@dataclass(frozen=True)
class AppProcedures:
    """What procedures ask of the application as a whole. `purge_after` is how old an instance must be before a purge may see it."""

    purge_after_days: int | None
    purge_after: str
    store_id: str
    where: Command | None
    split: Act
    take_in: Act
    look_at_each: Act
    acting_on_each: tuple[Act, ...]
    store: Command
    hub_parts: tuple[Command | Act, ...]
    containers: Command
    restore: Command
    fail_over: Command | None
    set_secret: Command
    on_store: Command
    on_app: Command
    on_vault: Command
    key_use: Command
    vault_references: Command
    throttling: Command
    plan: Command


def slot_procedures(environment: Environment, app_name: str, slot: str | None, target: Target) -> SlotProcedures:
    """Gathers them for a slot."""
    app, hub = environment.apps[app_name], hub_of(environment, app_name, slot)
    version = app.versioning.default_version if app.versioning else None
    tables, days, site = in_tables(app), purge_after_days(app), azure_ids.site_id(environment, app_name)
    on_linux = app.runtime.linux_fx_version if app.plan.system == "linux" else ""
    return SlotProcedures(
        by_version=release_commands.by_version(target, hub, version) if tables else None,
        oldest=release_commands.oldest_open(target, hub) if tables else None,
        started=release_commands.created_since(target, hub) if tables else None,
        configuration=release_commands.configuration(target, on_linux, slot or "production"),
        witness=hub_wide_commands.ask_for_open(target, hub),
        steps=store_commands.steps(target, hub) if tables else None,
        failed=lists_of_instances.failed(target, hub, tables),
        draft=lists_of_instances.draft(target, hub, "Failed", tables),
        draft_running=lists_of_instances.draft(target, hub, "Running", tables),
        each=many_commands.each(target, hub),
        functions=starter_commands.functions(target, site),
        hold=starter_commands.hold(target, site, app.plan.system),
        let_go=starter_commands.let_go(target, app.plan.system),
        dry_run=_dry_run(app, target, hub) if days else None,
        purge=hub_wide_commands.purge_day(target, hub, days) if days and (tables or in_database(app)) else None,
        stop=release_commands.stop_or_start(target, "stop"),
        start=release_commands.stop_or_start(target, "start"),
        key=upkeep_commands.rotate_key(target),
        swap=release_commands.swap(target) if slot else None,
        reset=release_commands.reset(target) if slot else None,
    )


def _dry_run(app: App, target: Target, hub: TaskHub) -> Command | Act | None:
    """What a purge of one day would take; a scheduler purges by itself."""
    if in_database(app):
        return sql_statements.dry_run(hub)
    return hub_wide_commands.dry_run(target, hub) if in_tables(app) else None


def in_tables(app: App) -> bool:
    """Whether the hub is tables and queues of the store, which can be looked into, and not a service of its own."""
    return app.task_hub.backend == "azure-storage"


def purge_after_days(app: App) -> int | None:
    """Days since its creation after which an instance may go: it may take so long, and is kept so long after that."""
    if app.task_hub.history_days is None:
        return None
    longest = app.longest_orchestration or timedelta()
    return app.task_hub.history_days + longest.days + (1 if longest.seconds else 0)


def app_procedures(environment: Environment, app_name: str, target: Target, hubs: list[TaskHub]) -> AppProcedures:
    """Gathers them for an application."""
    app, names = environment.apps[app_name], environment.app_names(app_name)
    site, store = azure_ids.site_id(environment, app_name), azure_ids.store_id(environment, app_name)
    vault = azure_ids.vault_id(environment, app_name)
    days = purge_after_days(app)
    team = environment.owner_of(app_name).team
    identity = f"the identity {names.identity} with its three Storage roles"
    return AppProcedures(
        purge_after_days=days,
        purge_after=in_words(timedelta(days=days)) if days else "not declared",
        store_id=store,
        where=store_commands.where_it_lives(target, hubs) if in_tables(app) else None,
        split=many_commands.split(),
        take_in=many_commands.take_in(),
        look_at_each=many_commands.look(),
        acting_on_each=many_commands.acting(repeats_of(app)),
        store=upkeep_commands.store_state(environment, target, app_name),
        hub_parts=_parts(app, target, hubs),
        containers=upkeep_commands.deleted_containers(target, names.storage_account, hubs[0]),
        restore=upkeep_commands.restore_container(target, names.storage_account),
        fail_over=upkeep_commands.fail_over(target, names.storage_account) if "G" in app.redundancy else None,
        set_secret=upkeep_commands.set_secret(target, names.key_vault),
        on_store=upkeep_commands.who_may(
            target, store, "store", f"{identity}, and readers of {team}; no Owner that nobody knows"
        ),
        on_app=upkeep_commands.who_may(
            target,
            site,
            "application",
            f"the pipeline and few people of {team}: whoever may write here may fetch the key of every instance",
        ),
        on_vault=upkeep_commands.who_may(
            target,
            vault,
            "vault",
            f"{names.identity} as Key Vault Secrets User, and who fills it: Key Vault Secrets Officer",
        ),
        key_use=upkeep_commands.key_use(target, environment, app_name),
        vault_references=platform_commands.vault_references(target, site),
        throttling=store_commands.throttling(target, store),
        plan=platform_commands.plan(target, names, app),
    )


def _parts(app: App, target: Target, hubs: list[TaskHub]) -> tuple[Command | Act, ...]:
    """What shows whether the hubs are whole."""
    if in_database(app):
        whole = ((sql_commands.database(target, hub), sql_users.state(hub)) for hub in hubs)
        return (sql_commands.server(target, hubs[0]), *(one for pair in whole for one in pair))
    if not in_tables(app):
        hub_commands = tuple(scheduler_commands.task_hub(target, hub) for hub in hubs)
        return (
            scheduler_commands.scheduler(target, hubs[0]),
            *hub_commands,
            scheduler_commands.retention(target, hubs[0]),
        )
    tables = tuple(upkeep_commands.hub_tables(target, hub) for hub in hubs)
    return (*tables, *(upkeep_commands.hub_queues(target, hub, app.task_hub.partition_count) for hub in hubs))
