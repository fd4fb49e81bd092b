"""Holds the pages against what is deployed: every name and id that a page prints, and every setting it tells of.

What is deployed comes as a plan read from `pulumi stack export`. Ids are compared as Azure does, upper and lower case alike;
values of settings are never printed, but the name of a hub is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from environments import HUB_SETTING, Environment, Estate, hub_of, settings_of
from hubkeeper.check.bad_input import BadInput
from hubkeeper.check.change import read_export
from hubkeeper.project import Project
from hubkeeper.runbook import azure_ids
from hubkeeper.runbook.errors import RunbookError
from plan import Plan, Resource
from policies.reading import MISSING, at
from policies.registered import sites

#: What a page names: the type of the resource, its type in an id, and the inputs that hold its name.
_NAMED: dict[str, tuple[str, tuple[str, ...]]] = {
    "azure-native:resources:ResourceGroup": ("", ()),
    "azure-native:operationalinsights:Workspace": ("Microsoft.OperationalInsights/workspaces", ("workspaceName",)),
    "azure-native:applicationinsights:Component": ("Microsoft.Insights/components", ("resourceName",)),
    "azure-native:applicationinsights:Workbook": ("Microsoft.Insights/workbooks", ("resourceName",)),
    "azure-native:durabletask:Scheduler": ("Microsoft.DurableTask/schedulers", ("schedulerName",)),
    "azure-native:sql:Server": ("Microsoft.Sql/servers", ("serverName",)),
    "azure-native:web:AppServicePlan": ("Microsoft.Web/serverfarms", ("name",)),
    "azure-native:web:WebApp": ("Microsoft.Web/sites", ("name",)),
    "azure-native:web:WebAppSlot": ("Microsoft.Web/sites", ("name", "slot")),
    "azure-native:storage:StorageAccount": ("Microsoft.Storage/storageAccounts", ("accountName",)),
    "azure-native:keyvault:Vault": ("Microsoft.KeyVault/vaults", ("vaultName",)),
    "azure-native:managedidentity:UserAssignedIdentity": (
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        ("resourceName",),
    ),
}


@dataclass(frozen=True)
class Untrue:
    """Something a page says that is not what is deployed. `line` is where the page says it, 1 where it says nothing."""

    path: str
    line: int
    says: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}, expected {self.expected}"


def against_state(file: Path, project: Project, estate: Estate, pages: Mapping[str, str]) -> list[Untrue]:
    """What the pages say that is not in an export of a stack. Raises RunbookError for a file that cannot be used."""
    try:
        plan = read_export(file, project, list(estate.environments))
    except BadInput as error:
        raise RunbookError(str(error)) from None
    if plan is None:
        raise RunbookError(f"{file}:1: the stack has no resources, expected one that was brought up")
    if f"{plan.stack}/index.md" not in pages:
        raise RunbookError(
            f"{file}:1: the export of stack {plan.stack!r}, expected one of the environments that are named"
        )
    return untrue(plan, estate[plan.stack], pages)


def untrue(plan: Plan, environment: Environment, pages: Mapping[str, str]) -> list[Untrue]:
    """Everything the pages of an environment say that its deployed stack does not bear out, page by page."""
    deployed = {
        identity.lower(): resource for resource in plan.resources.values() if (identity := _id(resource, environment))
    }
    start, named = f"{environment.name}/index.md", set()
    found: list[Untrue] = []
    places = [(start, tuple(azure_ids.environment_resources(environment)))]
    places += [
        (f"{environment.name}/{app}.md", tuple(azure_ids.app_resources(environment, app))) for app in environment.apps
    ]
    for path, resources in places:
        for resource in resources:
            named.add(resource.id.lower())
            if resource.id.lower() not in deployed:
                says = f"names the {resource.what} {resource.name}"
                found.append(Untrue(path, _line(pages[path], resource.name), says, "one that is deployed"))
    for identity, resource in deployed.items():
        if identity not in named:
            says = f"does not name {identity.rpartition('/')[2]} ({resource.type.rpartition(':')[2]})"
            found.append(Untrue(start, 1, says, "everything that is deployed to be described"))
    found += _settings(plan, environment, pages)
    return sorted(found, key=lambda one: (one.path, one.line, one.says))


def _id(resource: Resource, environment: Environment) -> str:
    """The id Azure gave, else the one that the names in the resource's inputs make."""
    known = _NAMED.get(resource.type)
    if known is None:
        return ""
    if resource.id:
        return resource.id
    group, names = at(resource.inputs, "resourceGroupName"), [at(resource.inputs, name) for name in known[1]]
    if not all(isinstance(name, str) for name in (group, *names)):
        return ""
    below = "/slots/".join(str(name) for name in names)
    base = f"/subscriptions/{environment.subscription_id}/resourceGroups/{group}"
    return f"{base}/providers/{known[0]}/{below}" if known[0] else base


def _settings(plan: Plan, environment: Environment, pages: Mapping[str, str]) -> Iterator[Untrue]:
    """Settings of the table that are not there, or have another value. Derived ones and secrets are compared by name only."""
    for site in sites(plan, environment):
        app, slot = site.whose.app, site.whose.slot
        if app not in environment.apps or slot not in environment.apps[app].all_slots:
            continue
        path = f"{environment.name}/{app}.md"
        where = f"of {slot or 'production'}"
        for setting in settings_of(environment, app, slot):
            value = site.settings.get(setting.name)
            line = _line(pages[path], f"`{setting.name}`")
            if value is MISSING:
                yield Untrue(path, line, f"tells of the setting {setting.name} {where}", "one that is deployed")
            elif setting.name == HUB_SETTING and isinstance(value, str) and value != setting.value:
                hub = hub_of(environment, app, slot).name
                yield Untrue(path, line, f"names the hub {hub} {where}", f"{value}, which is deployed")
            elif isinstance(value, str) and not setting.derived and setting.secret is None and value != setting.value:
                yield Untrue(
                    path, line, f"tells another value of the setting {setting.name} {where}", "the deployed one"
                )


def _line(page: str, words: str) -> int:
    return next((number for number, line in enumerate(page.splitlines(), 1) if words in line), 1)
