"""What is really registered: sites with their settings, task hubs, and whose a resource is.

Settings are read from inputs, since Azure never gives them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from environments import (
    DATABASE_SETTING,
    HUB_SETTING,
    ON_DATABASE,
    ON_SCHEDULER,
    SCHEDULER_SETTING,
    Environment,
    Path,
    TaskHub,
    Tier,
    task_hubs,
)
from plan import UNKNOWN, Plan, Resource
from policies.reading import MISSING, at, is_unreadable
from policies.rule import Whose
from policies.subjects import UndecidedHub

WEB_APP: Final = "azure-native:web:WebApp"
WEB_APP_SLOT: Final = "azure-native:web:WebAppSlot"
SITES: Final = (WEB_APP, WEB_APP_SLOT)
STORAGE_ACCOUNT: Final = "azure-native:storage:StorageAccount"
SCHEDULER: Final = "azure-native:durabletask:Scheduler"
SQL_SERVER: Final = "azure-native:sql:Server"
RESOURCE_GROUP: Final = "azure-native:resources:ResourceGroup"
DURABLE_APP: Final = "hubkeeper:index:DurableApp"
STORE_SETTING: Final = "AzureWebJobsStorage__accountName"
#: Addresses of single services of the store, which win over the account's name: functions host, StorageServiceUriOptions, 2024-10.
SERVICE_SETTINGS: Final = tuple(f"AzureWebJobsStorage__{service}ServiceUri" for service in ("blob", "queue", "table"))
_NOT_THERE: Final = "does not tell the store, since an address of a single service wins over it"


@dataclass(frozen=True)
class RegisteredSettings:
    """The application settings of one site or slot. `complete` is False when a part of the list is not known yet.

    Names are compared as the host compares them, upper and lower case alike.
    """

    values: dict[str, Any] = field(default_factory=dict)
    complete: bool = True

    def get(self, name: str) -> Any:
        """The value; UNKNOWN where it is unknown, a secret, or may stand in the unknown part; MISSING where it is not there."""
        wanted = name.lower()
        for key, value in self.values.items():
            if key.lower() == wanted:
                return UNKNOWN if is_unreadable(value) else value
        return MISSING if self.complete else UNKNOWN

    def has(self, name: str) -> bool | None:
        """Whether it is registered with any value, known or not; None where it may stand in the unknown part."""
        if any(key.lower() == name.lower() and value is not None for key, value in self.values.items()):
            return True
        return False if self.complete else None


@dataclass(frozen=True)
class Site:
    """A function app or a slot of one."""

    resource: Resource
    whose: Whose
    settings: RegisteredSettings

    @property
    def name(self) -> Any:
        """The function app's name in Azure; may be UNKNOWN."""
        return at(self.resource.inputs, "name")


def is_function_app(resource: Resource) -> bool:
    """Whether a site is a function app; one that does not say its kind yet counts as one."""
    kind = at(resource.inputs, "kind")
    return kind is UNKNOWN or (isinstance(kind, str) and "functionapp" in kind and "workflowapp" not in kind)


def is_flex(resource: Resource) -> bool:
    """Whether a site is one of Flex Consumption, which says in `functionAppConfig` what others say in settings."""
    return at(resource.inputs, "functionAppConfig") is not MISSING


def settings_of(resource: Resource) -> RegisteredSettings:
    """The settings in a site's `siteConfig.appSettings`."""
    entries = at(resource.inputs, "siteConfig.appSettings")
    if entries is MISSING:
        return RegisteredSettings()
    if not isinstance(entries, list):
        return RegisteredSettings(complete=False)
    values: dict[str, Any] = {}
    complete = True
    for entry in entries:
        name = at(entry, "name")
        if isinstance(name, str):
            values[name] = entry.get("value")
        else:
            complete = False
    return RegisteredSettings(values, complete)


def sites(plan: Plan, described: Environment | None = None) -> Iterator[Site]:
    """Every function app and slot of a plan."""
    for token in SITES:
        for resource in plan.of_type(token):
            if is_function_app(resource):
                yield Site(resource, whose(plan, resource, described), settings_of(resource))


def is_on_scheduler(site: Site) -> bool:
    """Whether the site's hub lives in a Durable Task Scheduler, and not in its storage account."""
    return site.settings.has(SCHEDULER_SETTING) is True


def scheduler_of(plan: Plan, site: Site) -> Resource | None:
    """The scheduler that a site's settings lead to. Its endpoint is unknown in a first preview, whose it is is not."""
    return _led_to(plan, site, SCHEDULER) if is_on_scheduler(site) else None


def is_on_database(site: Site) -> bool:
    """Whether the site's hub is a database of its own, and not in its storage account."""
    return site.settings.has(DATABASE_SETTING) is True and not is_on_scheduler(site)


def server_of(plan: Plan, site: Site) -> Resource | None:
    """The SQL server that a site's settings lead to. Its address is unknown in a first preview, whose it is is not."""
    return _led_to(plan, site, SQL_SERVER) if is_on_database(site) else None


def _led_to(plan: Plan, site: Site, token: str) -> Resource | None:
    urns = site.resource.property_dependencies.get("siteConfig", ())
    found = [one for one in plan.of_type(token) if one.urn in urns]
    return found[0] if len(found) == 1 else None


def _holder(plan: Plan, site: Site) -> tuple[str, str, Any]:
    """What holds a site's hub: the backend, the setting that says so, and the name, UNKNOWN where it cannot be read."""
    if is_on_database(site):
        server = server_of(plan, site)
        return ON_DATABASE, DATABASE_SETTING, at(server.inputs, "serverName") if server else UNKNOWN
    if not is_on_scheduler(site):
        return "azure-storage", STORE_SETTING, UNKNOWN if _leads_elsewhere(site) else site.settings.get(STORE_SETTING)
    scheduler = scheduler_of(plan, site)
    return ON_SCHEDULER, SCHEDULER_SETTING, at(scheduler.inputs, "schedulerName") if scheduler else UNKNOWN


def _leads_elsewhere(site: Site) -> bool:
    """Whether a service of the store has an address of its own, which wins over the account's name."""
    return any(site.settings.has(name) for name in SERVICE_SETTINGS)


def whose(plan: Plan, resource: Resource, described: Environment | None = None) -> Whose:
    """Whose a resource is: the application above it, the slot it names, and their place in the description."""
    component = next((one for one in (resource, *plan.ancestors(resource)) if one.type == DURABLE_APP), None)
    app = component.name if component else _text(at(resource.inputs, "tags.application"))
    slot = _text(at(resource.inputs, "slot"))
    path: Path = ("apps", app) if app else ()
    if app and slot:
        path = (*path, "slots", slot)
    return Whose(plan.stack, described.tier if described else tier_of(plan), app, slot, path)


def tier_of(plan: Plan) -> Tier:
    """The tier that the resources are tagged with; without one the strictest, so that nothing is let through."""
    for resource in plan.resources.values():
        tag = at(resource.inputs, "tags.tier")
        if tag in get_args(Tier):
            tier: Tier = tag
            return tier
    return "production"


def registered_hubs(
    plan: Plan, described: Environment | None = None
) -> tuple[tuple[tuple[TaskHub, str], ...], tuple[UndecidedHub, ...]]:
    """The task hubs of a plan, each with its site's name, and the slots whose hub cannot be read.

    A slot that registers no hub at all is left out here; a rule of its own reports it.
    """
    known = {(hub.app, hub.slot): hub for hub in task_hubs(described)} if described else {}
    hubs: list[tuple[TaskHub, str]] = []
    undecided: list[UndecidedHub] = []
    for site in sites(plan, described):
        owner = site.whose
        same = known.get((owner.app or "", owner.slot))
        owner = replace(owner, path=same.path if same else owner.path)
        name, (backend, held_by, store) = site.settings.get(HUB_SETTING), _holder(plan, site)
        unread = [key for key, value in ((HUB_SETTING, name), (held_by, store)) if value is UNKNOWN]
        if unread:
            why = _NOT_THERE if held_by == STORE_SETTING and _leads_elsewhere(site) and unread == [held_by] else ""
            undecided.append(UndecidedHub(owner, site.resource.urn, " and ".join(unread), _text(store), why))
        elif isinstance(name, str):
            hub = TaskHub(
                environment=owner.environment,
                tier=owner.tier,
                app=owner.app or site.resource.name,
                slot=owner.slot,
                backend=backend,
                store=_text(store) or "",
                name=name,
                path=owner.path,
                scheduler=same.scheduler if same and backend == ON_SCHEDULER else None,
            )
            hubs.append((hub, _text(site.name) or site.resource.name))
    return tuple(hubs), tuple(undecided)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
