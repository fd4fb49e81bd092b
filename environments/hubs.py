"""Task hubs as things: every hub of an environment, with the store it lives in and whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from environments import names
from environments.backends import ON_DATABASE, ON_SCHEDULER
from environments.model import App, Environment, Tier
from environments.problems import Path

#: The application setting that names the hub; host.json reads it as `"hubName": "%TASKHUB_NAME%"`.
HUB_SETTING = "TASKHUB_NAME"

#: The application setting with the way to the scheduler; host.json names it as `connectionStringName`.
SCHEDULER_SETTING = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING"


@dataclass(frozen=True)
class SchedulerPlace:
    """What the quotas of schedulers are counted over: a SKU in a region of a subscription."""

    subscription: str
    location: str
    sku: str


@dataclass(frozen=True)
class TaskHub:
    """One task hub, as one slot of one application uses it. `slot` is None for production; `path` says where it is described.

    `store` is the name of what holds it: a storage account, a SQL server, or a scheduler, and then `scheduler` says what its
    quotas are counted over. On a server `name` is that of the hub's own database (docs/decisions/0018-own-database.md).
    """

    environment: str
    tier: Tier
    app: str
    slot: str | None
    backend: str
    store: str
    name: str
    path: Path = ()
    scheduler: SchedulerPlace | None = None

    @property
    def key(self) -> str:
        """The name as Azure compares it: a scheduler tells two names apart that differ by a dash."""
        return self.name.lower() if self.backend == ON_SCHEDULER else names.canonical(self.name)

    @property
    def whose(self) -> str:
        """Environment, application and slot in one word: `prod/claims/staging`."""
        return "/".join((self.environment, self.app, self.slot or "production"))


def task_hubs(environment: Environment) -> Iterator[TaskHub]:
    """Every hub of an environment: one for each application and each of its slots."""
    for app in environment.apps:
        yield from _hubs_of(environment, app)


def _hubs_of(environment: Environment, app_name: str) -> Iterator[TaskHub]:
    app, known = environment.apps[app_name], environment.app_names(app_name)
    for slot in app.all_slots:
        at: Path = ("apps", app_name)
        if slot is None:
            given, at = app.task_hub.name, (*at, "task_hub", *(("name",) if app.task_hub.name else ()))
        else:
            given = app.slots[slot].task_hub
            at = (*at, "slots", slot, *(("task_hub",) if given else ()))
        yield TaskHub(
            environment=environment.name,
            tier=environment.tier,
            app=app_name,
            slot=slot,
            backend=app.task_hub.backend,
            store=_store(known, app.task_hub.backend),
            name=given or names.hub_name(environment.name, app_name, slot),
            path=at,
            scheduler=_place(environment, app),
        )


def _store(known: names.AppNames, backend: str) -> str:
    return {ON_SCHEDULER: known.scheduler, ON_DATABASE: known.sql_server}.get(backend, known.storage_account)


def _place(environment: Environment, app: App) -> SchedulerPlace | None:
    scheduler = app.task_hub.scheduler
    return SchedulerPlace(environment.subscription_id, environment.location, scheduler.sku) if scheduler else None


def hub_of(environment: Environment, app: str, slot: str | None) -> TaskHub:
    """The hub of one slot."""
    return next(hub for hub in _hubs_of(environment, app) if hub.slot == slot)
