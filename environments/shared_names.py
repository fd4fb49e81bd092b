"""Names under which two things of an estate would be one in Azure: given ones that collide, and derived ones that do."""

from collections.abc import Iterable, Iterator

from environments.alert_rules import alert_rules
from environments.model import Environment
from environments.names import action_group_name
from environments.problems import Path

#: Whose description, the place in it, what is wrong there, what was expected, and a key of sources.yaml where Azure says so.
Shared = tuple[Environment, Path, str, str] | tuple[Environment, Path, str, str, str]

_OF_ENVIRONMENT = {"workspace": "workspace", "application_insights": "Application Insights"}
#: `storage_account` is a rule's: a store that two applications share can work, and may be waived.
_OF_APP = {
    "function_app": "function app",
    "plan": "plan",
    "identity": "identity",
    "scheduler": "scheduler",
    "sql_server": "SQL server",
    "key_vault": "vault",
}
#: "Naming rules and restrictions for Azure resources", learn.microsoft.com, read 2026-11-22: unique in the world.
_WORLDWIDE = ("function_app", "sql_server", "key_vault")
#: What stands elsewhere than in the rules for names.
_SOURCES = {"host id": "store-of-host"}
_ONLY_WITH = {"scheduler": "durable-task-scheduler", "sql_server": "mssql"}


def shared_names(environments: Iterable[Environment]) -> Iterator[Shared]:
    """Everything whose name is that of something before it. Azure compares names without regard to case."""
    taken: dict[tuple[str, ...], str] = {}
    for environment in environments:
        for key, what, whose, path in _names(environment):
            if (other := taken.setdefault(key, whose)) != whose:
                yield (
                    environment,
                    path,
                    f"the {what} {key[-1]} is that of {other} as well",
                    "a name of its own",
                    _SOURCES.get(what, "names"),
                )
        yield from _action_groups(environment)


def _action_groups(environment: Environment) -> Iterator[Shared]:
    """An application that is called like the organization, whose alerts go to its own owner."""
    app = environment.organization
    if app in environment.apps and {None, app} <= {rule.app for rule in alert_rules(environment)}:
        wrong = f"the action group {action_group_name(app, environment.name, app)} of its alerts is the environment's as well"
        yield environment, ("apps", app), wrong, "an application that is not called like the organization"


def _names(environment: Environment) -> Iterator[tuple[tuple[str, ...], str, str, Path]]:
    """What must be the same for two things to be one, what it is called, whose it is, and where it stands."""
    known = environment.resource_names
    subscription = str(environment.subscription_id).lower()
    group = (subscription, known.resource_group.lower())
    yield ("group", *group), "resource group", environment.name, ("names", "resource_group")
    for kind, what in _OF_ENVIRONMENT.items():
        yield (kind, *group, getattr(known, kind).lower()), what, environment.name, ("names", kind)
    for app, described in environment.apps.items():
        whose = f"{environment.name}/{app}"
        for kind, what in _OF_APP.items():
            if kind in _ONLY_WITH and described.task_hub.backend != _ONLY_WITH[kind]:
                continue
            within = () if kind in _WORLDWIDE else group
            name = getattr(environment.app_names(app), kind).lower()
            yield (kind, *within, name), what, whose, ("apps", app, "names", kind)
        yield from _host_ids(environment, app)


def _host_ids(environment: Environment, app: str) -> Iterator[tuple[tuple[str, ...], str, str, Path]]:
    """Hosts of one store under one id take each other's locks (AZFD0004). Flex Consumption makes its own of the site's name."""
    described = environment.apps[app]
    store = environment.app_names(app).storage_account
    for slot in described.all_slots if described.plan.facts.hosting != "flex" else ():
        path: Path = ("slots", slot, "host_id") if slot else ("names", "host_id")
        whose = "/".join((environment.name, app, slot or "production"))
        yield ("host", store, environment.host_id(app, slot)), "host id", whose, ("apps", app, *path)
