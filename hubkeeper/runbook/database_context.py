"""What the pages of an application on MSSQL say of its databases: who may log in, what is in them, what can come back."""

from dataclasses import dataclass

from environments import ON_DATABASE, App, Environment, TaskHub, hub_of, retention_of
from hubkeeper.runbook import sql_commands, sql_statements, sql_users
from hubkeeper.runbook.commands import Command, Target
from hubkeeper.runbook.instance_commands import Act


@dataclass(frozen=True)
class HubDatabase:
    """The database of one slot."""

    hub: TaskHub
    title: str
    users: Act
    prepare: Act
    narrow: Act
    state: Act
    backlog: Act
    restore: Command
    long_term: Command | None
    set_aside: Command
    put_in_place: Command


@dataclass(frozen=True)
class DatabaseContext:
    """The server and its databases. `administrators` is the group whose members make the users."""

    server: str
    address: str
    identity: str
    administrators: str
    administrators_id: str
    backup_days: int
    long_term_days: int
    look_up: Act
    shown: Command
    set_administrators: Command
    doors: Command
    deleted: Command
    hubs: tuple[HubDatabase, ...]


def in_database(app: App) -> bool:
    """Whether each hub is a database of its own."""
    return app.task_hub.backend == ON_DATABASE


def database_context(environment: Environment, app_name: str, target: Target) -> DatabaseContext | None:
    """Gathers it; None for an application on another backend."""
    app, names = environment.apps[app_name], environment.app_names(app_name)
    described = app.task_hub.database
    if not in_database(app) or described is None:
        return None
    hubs = [hub_of(environment, app_name, slot) for slot in app.all_slots]
    return DatabaseContext(
        server=names.sql_server,
        address=sql_commands.address(hubs[0]),
        identity=names.identity,
        administrators=described.administrators.group,
        administrators_id=described.administrators.object_id,
        backup_days=described.backup_days,
        long_term_days=retention_of(app).long_term_days,
        look_up=sql_users.look_up(target, names.identity),
        shown=sql_commands.server(target, hubs[0]),
        set_administrators=sql_commands.set_administrators(
            target, hubs[0], described.administrators.group, described.administrators.object_id
        ),
        doors=sql_commands.doors(target, hubs[0]),
        deleted=sql_commands.deleted(target, hubs[0]),
        hubs=tuple(
            _hub(target, hub, names.identity, environment.location if described.long_term_backups else None)
            for hub in hubs
        ),
    )


def _hub(target: Target, hub: TaskHub, identity: str, kept_in: str | None) -> HubDatabase:
    return HubDatabase(
        hub=hub,
        title=f"slot {hub.slot}" if hub.slot else "production",
        users=sql_users.users(hub),
        prepare=sql_users.prepare(hub, identity),
        narrow=sql_users.narrow(hub, identity),
        state=sql_users.state(hub),
        backlog=sql_statements.backlog(hub),
        restore=sql_commands.restore(target, hub),
        long_term=sql_commands.long_term(target, hub, kept_in) if kept_in else None,
        set_aside=sql_commands.renamed(
            target,
            hub,
            hub.name,
            f"{hub.name}-lost",
            "Puts what is there now aside, as evidence. Not where it was deleted.",
        ),
        put_in_place=sql_commands.renamed(
            target,
            hub,
            f"{hub.name}-restored",
            hub.name,
            "Makes the copy the hub: settings and users know it by this name.",
        ),
    )
